"""The mouse: clicks, chains of clicks, dragging, the wheel, the column at the right edge."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from store.model import Span
from tests.tui.article.build import HARBOUR, Stage, article, mark
from tui.article import pointer
from tui.article.view import ArticleView

SHOWN = article(*HARBOUR)
LONG = article(
    *(
        f"{number}번째 문단이다. 여기에는 문장이 둘 있다. 바닷가 창고의 이야기가 이어진다."
        for number in range(1, 121)
    )
)
SECOND = "짓는 데 열여덟 달이 걸렸고, 비용은 약 320억 원이었다."


class Clock:
    """The time by which clicks are counted: it stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def go_on(self) -> None:
        self.now += 10 * pointer.CHAIN


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pointer, "monotonic", clock)
    return clock


def place(app: Stage, words: str, at: int = 0) -> tuple[int, int]:
    """The cell of the window where `words` (plus `at` code points) stands."""
    view = app.view
    offset = view.units.text.index(words) + at
    for y in range(view.size.height):
        for x in range(view.size.width - 1):
            if view.character_at(x, y) == offset and x >= view._scene.frame.text:  # type: ignore[union-attr]
                return x, y
    raise AssertionError(words)


def said(app: Stage, span: Span | None) -> str:
    return "" if span is None else app.view.units.text[span.start : span.end]


async def drag(pilot: Pilot[None], start: tuple[int, int], *path: tuple[int, int]) -> None:
    await pilot.mouse_down(ArticleView, offset=start)
    for step in path:
        await pilot._post_mouse_events([_move()], ArticleView, offset=step, button=1)
    await pilot.mouse_up(ArticleView, offset=path[-1])
    await pilot.pause()


def _move() -> type:
    from textual.events import MouseMove

    return MouseMove


async def test_clicks_word_sentence(clock: Clock) -> None:
    app = Stage(SHOWN)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        x, y = place(app, "열여덟")
        await pilot.click(ArticleView, offset=(x + 1, y))  # the right half of the first character
        assert said(app, app.view.cursor) == SECOND
        assert app.view.selection is None
        clock.go_on()
        await pilot.click(ArticleView, offset=(x + 1, y), times=2)
        assert said(app, app.view.selection) == "열여덟"
        clock.go_on()
        await pilot.click(ArticleView, offset=(x, y), times=3)
        assert said(app, app.view.selection) == SECOND


async def test_dragging_takes_the_characters_under_both_ends(clock: Clock) -> None:
    app = Stage(SHOWN)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        x, y = place(app, "열여덟")
        for left, right in ((0, 4), (1, 5)):  # either half of 열 and of 덟
            await drag(pilot, (x + left, y), (x + right, y))
            assert said(app, app.view.selection) == "열여덟"
            clock.go_on()
        await drag(pilot, (x + 5, y), (x, y))
        assert said(app, app.view.selection) == "열여덟"
        clock.go_on()
        await drag(pilot, (x, y), (x + 1, y))  # within one wide character: a click
        assert app.view.selection is None


async def test_dragging_across_blocks_and_beside_the_text() -> None:
    app = Stage(SHOWN)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        start = place(app, "사람보다")
        _, y = place(app, "회사는 전기")
        await drag(pilot, start, (78, y))
        assert said(app, app.view.selection).startswith("사람보다 기계가 많은 곳이다.\n\n회사는 전기")


async def test_dragging_below_the_window_scrolls() -> None:
    app = Stage(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        await pilot.mouse_down(ArticleView, offset=place(app, "3번째"))
        view._pointer.move(_event(view, 30, 30))
        while view.scroll_offset.y <= 3:
            await pilot.pause(pointer.AUTOSCROLL)
        assert view.selection is not None
        assert view.selection.start == LONG.text.index("3번째")
        await pilot.mouse_up(ArticleView, offset=(30, 20))
        await pilot.pause()
        assert view._pointer._timer is None


def _event(view: ArticleView, x: int, y: int):  # type: ignore[no-untyped-def]
    return _move()(view, x, y, 0, 0, 1, False, False, False)


async def test_a_mark_is_picked_by_its_text_its_bar_and_its_tags(clock: Clock) -> None:
    start = SHOWN.text.index("회사는 전기")
    app = Stage(SHOWN, [mark("m1", start, start + 6, "비용")])
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        x, y = place(app, "회사는 전기")
        for where in ((x + 2, y), (x - 3, y), (x + 14, y)):
            app.said.clear()
            await pilot.click(ArticleView, offset=where)
            clock.go_on()
            await pilot.pause()
            assert [message.annotation for message in app.heard(ArticleView.MarkPicked)] == ["m1"], where  # type: ignore[attr-defined]
        app.said.clear()
        await pilot.click(ArticleView, offset=(x + 30, y))
        assert not app.heard(ArticleView.MarkPicked)


async def test_the_wheel_takes_the_cursor_along() -> None:
    app = Stage(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        for _ in range(8):
            await pilot._post_mouse_events([_wheel()], ArticleView, offset=(10, 10))
        await pilot.pause()
        assert view.scroll_offset.y == 24
        assert 0 <= view.cursor_screen_offset.y < 24
        assert view.cursor.start > 0


def _wheel() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def test_the_column_at_the_edge_is_a_scrollbar() -> None:
    app = Stage(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        await pilot.click(ArticleView, offset=(79, 23))
        await pilot.pause()
        assert view.scroll_offset.y == view.max_scroll_y
        await drag(pilot, (79, 23), (79, 0))
        assert view.scroll_offset.y == 0
