"""An article with so many marks that those around the reader are shown first: acts that come before the others are right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from store.errors import MitjulError
from store.library import Library
from store.marks import encode, new_id
from store.model import Annotation
from tests.tui.conftest import opened, told
from tests.tui.test_registry import event
from tui.background import Background
from tui.config import Config

COUNT = 240


@pytest.fixture
def marked(library: Library) -> Library:
    """The library with an article of `COUNT` marks more, in the middle of which one left off."""
    text = "\n\n".join(f"{n}째 창고가 바닷가에 섰다. 그 값은 아직 모른다." for n in range(2 * COUNT))
    id = library.add(f"창고 이야기\n\n{text}".encode(), name="창고.txt")[0].id
    assert id is not None
    article = library.article(id)
    spans = [span for span in article.sentences if "째 창고" in article.slice(span.start, span.end)][::2]
    marks = [
        Annotation(id=new_id(), article=id, start=span.start, end=span.end, exact="", prefix="", suffix="",
                   tags=("값",), created="2025-02-14T03:04:05.678Z", updated="2025-02-14T03:04:05.678Z")
        for span in spans
    ]  # fmt: skip
    library._marks.set(id, {mark.id: encode(mark) for mark in marks})
    library.set_place(id, spans[COUNT // 2].start, 0.3)
    return library


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """The reading of marks beside the loop, held back; and what is to be called for it to be told."""
    held: list[Callable[[], object]] = []
    ask = Background.ask

    def hold(self: Background, kind: str, read: Callable[[], Any], done: Callable[[Any], object]) -> bool:
        if kind != "marks":
            return ask(self, kind, read, done)
        held.append(lambda: done(read()))
        return True

    monkeypatch.setattr(Background, "ask", hold)
    return held


async def test_they_come_beside_the_loop(marked: Library, config: Config) -> None:
    async with opened(marked, config) as (_pilot, screen):
        assert screen.session.article is not None
        assert screen.session.around is None
        assert [mark.id for mark in screen.view.annotations] == [
            mark.id for mark in marked.annotations(article=screen.session.article.id)
        ]
        assert [tag.name for tag in screen.session.tags] == ["값"]
        assert screen.session.used == {"값": COUNT}


@pytest.mark.parametrize("key", ["h", "left_parenthesis", "pageup", "home", "z"])
async def test_a_key_that_comes_before_them_is_right(
    marked: Library, config: Config, late: list[Callable[[], object]], key: str
) -> None:
    async with opened(marked, config, stocked=False) as (pilot, screen):
        while not late:
            await pilot.pause(0.005)
        assert screen.session.around is not None
        assert 0 < len(screen.session.here) < COUNT
        article = screen.session.article
        assert article is not None
        before = [screen.view.render_line(y).text for y in range(screen.view.size.height)]
        assert sum("#값" in line for line in before) > 5
        await pilot.press("down", key)
        if key == "h":
            assert len(marked.annotations(article=article.id)) == COUNT + 1
            assert screen.session.marks == marked.marks_on(article.id)
            assert list(screen.view.annotations) == screen.session.marks
        if key == "left_parenthesis":
            for _ in range(COUNT // 2):
                screen.app.post_message(event(key))
            await pilot.pause()
            first = marked.marks_on(article.id)[0]
            assert screen.view.cursor.start == first.start
        if key == "home":
            await pilot.pause()
            assert any("#값" in screen.view.render_line(y).text for y in range(screen.view.size.height))
        late[0]()
        await pilot.pause()
        assert screen.session.around is None
        assert screen.session.marks == marked.marks_on(article.id)
        assert list(screen.view.annotations) == screen.session.marks


async def test_marks_that_cannot_be_read_are_told_of_and_the_rest_goes_on(
    marked: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: Library, article: str) -> None:
        raise MitjulError("읽지 못했습니다.", "Cannot be read.")

    monkeypatch.setattr(Library, "marks_on", fails)
    async with opened(marked, config) as (pilot, screen):
        assert "읽지 못했습니다." in told(screen)
        assert screen.session.shelf
        assert screen.session.here
        await pilot.press("home")
        assert screen.view.cursor.start == 0
