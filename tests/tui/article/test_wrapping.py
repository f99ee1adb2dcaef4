"""Wrapping as it is needed: what is to be seen and done before everything is wrapped is what it is afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.tui.article.build import Stage, article, mark
from tui.article import window
from tui.article.view import ArticleView

LONG = article(
    *(
        f"# {number}째 마디" if number % 9 == 0 else f"{number}번째 문단이다. " + "바닷가 창고의 이야기가 " * (number % 13 + 1)
        for number in range(300)
    )
)  # fmt: skip
MARKS = [
    mark(f"m{number}", LONG.blocks[number].start, LONG.blocks[number].end, "비용/개발")
    for number in range(5, 300, 7)
]
PLACES = (0, LONG.blocks[3].start, LONG.blocks[150].start, LONG.blocks[299].start)


@pytest.fixture(autouse=True)
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is wrapped only when something asks for it."""
    monkeypatch.setattr(window, "PAUSE", 3600)


def unfinished(view: ArticleView) -> bool:
    return view._wrapping is not None


@pytest.mark.parametrize("offset", PLACES)
@pytest.mark.parametrize("size", [(80, 24), (44, 12), (120, 60)])
async def test_what_is_in_the_window_stands_still_when_the_rest_is_wrapped(
    offset: int, size: tuple[int, int]
) -> None:
    app = Stage(LONG, MARKS, offset=offset)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        view = app.view
        assert unfinished(view)
        first = app.screen_text()
        cursor = view.cursor_screen_offset
        view._finish()
        await pilot.pause()
        assert not unfinished(view)
        assert app.screen_text() == first
        assert view.cursor_screen_offset == cursor
        assert view.virtual_size.height == view._scene.flow.height  # type: ignore[union-attr]
        sure = app.screen_text()
        view._strips.clear()
        view._signs = None
        assert app.screen_text() == sure


def repeat(times: int, act: Callable[..., object], *arguments: object) -> None:
    for _ in range(times):
        act(*arguments)


ACTS: dict[str, Callable[[ArticleView], object]] = {
    "end": lambda view: view.end(),
    "home": lambda view: view.home(),
    "page": lambda view: view.page(1),
    "page back": lambda view: view.page(-1),
    "many pages": lambda view: repeat(5, view.page, 1),
    "sentence": lambda view: view.move("sentence", 1),
    "sentences": lambda view: repeat(30, view.move, "sentence", -1),
    "heading": lambda view: view.move("heading", 3),
    "next mark": lambda view: view.next_mark(1),
    "marks back": lambda view: repeat(12, view.next_mark, -1),
    "go to": lambda view: view.go_to(LONG.blocks[220].start + 2, LONG.blocks[220].start + 6),
    "find": lambda view: (view.find("99번째"), view.find_next(1)),
    "scroll": lambda view: view.scroll_to_cell(10),
    "marks": lambda view: view.set_annotations(MARKS[::2]),
    "narrower": lambda view: setattr(view, "text_width", 40),
    "spacing": lambda view: setattr(view, "spacing", 1),
}


@pytest.mark.parametrize("act", ACTS)
async def test_acts_do_not_wait_for_the_rest(act: str) -> None:
    seen = []
    for whole in (True, False):
        app = Stage(LONG, MARKS, offset=LONG.blocks[150].start)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            view = app.view
            if whole:
                view._finish()
                await pilot.pause()
            assert unfinished(view) is not whole
            ACTS[act](view)
            view._finish()
            await pilot.pause()
            seen.append((app.screen_text(), view.cursor, view.scroll_offset, view.virtual_size))
    if act == "scroll":  # by the lines there are thought to be: about there
        there, about = (state[2].y for state in seen)
        assert abs(there - about) < 40
    else:
        assert seen[0] == seen[1]


async def test_the_rest_follows_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "PAUSE", 0.001)
    app = Stage(LONG, MARKS)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        for _ in range(200):
            if not unfinished(view):
                break
            await pilot.pause(0.01)
        assert not unfinished(view)
        scene = view._laid
        assert scene is not None
        assert all(scene.layout.rows.known(block) for block in range(len(LONG.blocks)))


async def test_a_storm_of_sizes_keeps_the_place_and_wraps_little() -> None:
    app = Stage(LONG, MARKS, offset=LONG.blocks[150].start)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        view = app.view
        cursor = view.cursor
        for width, height in [(60 + step % 7 * 9, 12 + step % 5 * 7) for step in range(25)]:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            assert view.cursor == cursor
            assert 0 <= view.cursor_screen_offset.y < height
            assert any("150번째" in line for line in app.screen_text())
        scene = view._laid
        assert scene is not None
        known = [block for block in range(len(LONG.blocks)) if scene.layout.rows.known(block)]
        assert len(known) < 150


async def test_a_window_that_grows_under_a_long_head_stays_at_the_top() -> None:
    shown = article("첫 문장이다. 둘째 문장이다.", "셋째 문장이다.", summary=("요약이다.",) * 9)
    app = Stage(shown)
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.pause()
        assert app.view.scroll_offset.y == 0
        for height in (7, 9, 8):
            await pilot.resize_terminal(60, height)
            await pilot.pause()
            assert app.view.scroll_offset.y == 0
        app.view.move("sentence", 1)
        await pilot.pause()
        assert app.view.scroll_offset.y > 0
        await pilot.resize_terminal(60, 5)
        await pilot.pause()
        assert any("둘째" in line for line in app.screen_text())
