"""Near copies of the open article: they stand above its extracts, and lead there."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from store.library import Library
from store.model import Keyword
from tests.tui.conftest import PAGES, extracts, opened, settled, text_of
from tui.config import Config
from tui.copies import identical
from tui.extracts import copy_of


async def test_a_repost_is_shown_with_the_article_and_opened_from_there(
    library: Library, config: Config
) -> None:
    body = PAGES["강.txt"].split("\n", 1)[1]
    (added,) = library.add(
        f"다리 이야기 퍼 옴\n\n입력 2025.03.01\n\n{body}\n저작권자 © 가온신문 무단 전재 금지\n".encode(),
        name="퍼온 글.txt",
    )
    bridge = next(summary.id for summary in library.list() if summary.title.startswith("강"))
    wood = next(summary.id for summary in library.list() if summary.title.startswith("도시"))
    async with opened(library, config) as (pilot, screen):
        screen.open_article(bridge)
        while screen.background.busy("copies"):
            await pilot.pause(0.01)
        await settled(pilot, screen)
        rows = [row for row in screen.extracts.list.rows if copy_of(row.key)]
        assert [copy_of(row.key) for row in rows] == [added.id]
        words = text_of(rows[0], 40).splitlines()[0]
        assert "가온신문 · 2025-03-01" in words
        assert words.rstrip().endswith("%")
        screen.to_panel("extracts")
        screen.extracts.list.go(rows[0].key)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.session.article is not None
        assert screen.session.article.id == added.id
        assert screen.in_article
        assert screen.session.trail[-1][0] == bridge
        screen.open_article(wood)
        while screen.background.busy("copies"):
            await pilot.pause(0.01)
        await settled(pilot, screen)
        assert not any(copy_of(row.key) for row in screen.extracts.list.rows)


async def test_what_comes_later_to_stand_above_is_seen_unless_somebody_is_choosing(
    library: Library, config: Config
) -> None:
    bridge, wood = sorted(library.list(), key=lambda summary: not summary.title.startswith("강"))
    found = extracts(library, bridge.id)
    found = replace(found, keywords=tuple(Keyword(text=f"낱말 {n}", score=1, count=1) for n in range(40)))
    async with opened(library, config) as (pilot, screen):
        await settled(pilot, screen)
        panel = screen.extracts
        for focused in (False, True):
            panel.show(None)
            panel.show(found)
            if focused:
                screen.to_panel("extracts")
            await pilot.pause()
            first = panel.list.key
            panel.show(found, near=[(wood, 0.9)])
            await pilot.pause()
            if focused:
                assert panel.list.key == first, "what is about to be chosen"
            else:
                assert panel.list.key == f"copy:{wood.id}"
                assert panel.list.scroll_offset.y == 0
        await pilot.press("down")
        chosen = panel.list.key
        panel.show(found)
        assert panel.list.key == chosen


@pytest.mark.parametrize(("one", "other", "same"), [("가 나", "가\n나", True), ("가 나", "가 다", False)])
def test_identical_words(one: str, other: str, same: bool) -> None:
    assert identical(one, other) is same
