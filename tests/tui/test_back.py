"""q and Esc go back one step, wherever one is; at the end q quits, but not by accident."""

from __future__ import annotations

import pytest

from store.library import Library
from tests.tui.conftest import filtered, opened, settled, text_of, told
from tui.config import Config
from tui.tagscreen import TagScreen


@pytest.mark.parametrize("key", ["q", "ㅂ", "escape"])
@pytest.mark.parametrize("way", [("g",), ("f2", "v")], ids=str)
async def test_back_from_what_stands_over_the_reader(
    library: Library, config: Config, way: tuple[str, ...], key: str
) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press(*way)
        over = screen.app.screen
        assert over is not screen
        if isinstance(over, TagScreen):
            while not over.settled:
                await pilot.pause(0.01)
        await pilot.press(key)
        await pilot.pause()
        assert screen.app.screen is screen
        assert screen.app.is_running


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_out_of_the_trash_then_to_the_article(library: Library, config: Config, key: str) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("f2", "d", "u")
        await settled(pilot, screen)
        assert len(screen.session.order()) == 1
        assert screen.keys.place == "trash"
        assert ("d", "꺼내기", "remove") in screen.keys.hints()
        await pilot.press(key)
        await settled(pilot, screen)
        assert not screen.session.trash
        assert screen.session.order() == [one.id for one in library.list()]
        assert screen.shelf.rule.name_ == "서가"
        assert (screen.place, screen.keys.place) == ("shelf", "shelf")
        await pilot.press(key)
        assert screen.in_article
        assert screen.app.is_running


async def test_out_of_the_trash_from_the_article_too(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("f2", "u", "f2")
        await settled(pilot, screen)
        assert screen.in_article
        assert screen.session.trash
        await pilot.press("q")
        await settled(pilot, screen)
        assert not screen.session.trash
        assert screen.app.is_running


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_a_filter_is_taken_off_first(library: Library, config: Config, key: str) -> None:
    async with opened(library, config) as (pilot, screen):
        await filtered(pilot, screen, "고래")
        (row,) = screen.shelf.books.rows
        assert "Esc로 모두" in text_of(row)
        assert ("Esc", "모두 보기", "drop") in screen.keys.hints()
        await pilot.press(key)
        await settled(pilot, screen)
        assert len(screen.session.order()) == 2
        assert screen.place == "shelf"
        assert told(screen)[-1] == "거른 것을 풀었습니다."
        await pilot.press(key)
        assert screen.in_article


async def test_a_filter_stays_when_one_quits_from_the_article(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        screen.session.query = "다리"
        await pilot.press("escape")
        assert screen.session.query == "다리"
        await pilot.press("q")
        assert not screen.app.is_running
