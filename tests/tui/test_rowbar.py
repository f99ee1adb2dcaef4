"""The scrollbar of a list: as Textual's own looks and acts, in the list's last column."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from tests.tui.test_rows import Lists
from tui import themes
from tui.rows import Row, RowList, text_row, wrapped


class Textuals(App[None]):
    """As much to scroll through, with Textual's own scrollbar."""

    CSS = "* { scrollbar-size: 1 1; }"

    def __init__(self, lines: int) -> None:
        super().__init__()
        for theme in themes.OURS:
            self.register_theme(theme)
        self.theme = themes.LIGHT
        self.lines = lines

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.defaults(True)

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("\n" * (self.lines - 1))


def edge(app: App[None]) -> list[tuple[str, object]]:
    """The last cell of each line of the screen: its character and how it looks."""
    found: list[tuple[str, object]] = []
    for strip in app.screen._compositor.render_strips():
        *_, last = strip
        style = last.style
        assert style is not None
        found.append(
            (last.text[-1], (style.color, style.bgcolor, style.reverse) if last.text[-1] != " " else "")
        )
    return found


@pytest.mark.parametrize(("lines", "top"), [(11, 0), (11, 1), (35, 0), (35, 7), (35, 25), (900, 400)])
async def test_it_looks_like_textuals(lines: int, top: int) -> None:
    edges = []
    for app in (Lists(), Textuals(lines)):
        async with app.run_test(size=(40, 10)) as pilot:
            if isinstance(app, Lists):
                app.rows.show([text_row(str(n), ("가", "")) for n in range(lines)])
            await pilot.pause()
            widget = app.query("RowList, VerticalScroll").first()
            widget.scroll_to(y=top, animate=False, force=True)
            await pilot.pause()
            edges.append([char for char, _ in edge(app)])
            assert widget.scroll_offset.y == top
    assert edges[0] == edges[1]


async def test_it_is_there_when_there_is_more_than_the_window_has() -> None:
    asked: list[int] = []

    def row(n: int) -> Row:
        def lines(width: int) -> list[list[tuple[str, str]]]:
            asked.append(width)
            return [*wrapped("말 " * 12, width), []]

        return Row(str(n), lines)

    app = Lists()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.show([row(n) for n in range(5)])
        await pilot.pause()
        assert asked == [38] * 5
        assert app.rows.virtual_size.height == 10
        asked.clear()
        app.rows.show([row(n) for n in range(7)])
        await pilot.pause()
        assert asked == [38] * 7 + [37] * 7, "once for each width, however often painted"
        assert len({char for char, _ in edge(app)}) > 1
        app.rows.show([row(n) for n in range(2)])
        await pilot.pause()
        assert {char for char, _ in edge(app)} == {" "}
        assert app.rows.scroll_offset.y == 0
        app.rows.show([row(n) for n in range(5)])
        await pilot.resize_terminal(40, 9)
        await pilot.pause()
        assert len({char for char, _ in edge(app)}) > 1
        assert all(strip.cell_length == 40 for strip in app.screen._compositor.render_strips())


async def held(pilot: Pilot[None], y: int) -> None:
    await pilot.mouse_down(RowList, offset=(39, y))
    await pilot.pause()


async def test_rows_that_are_lower_in_a_narrower_window_settle(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[int] = []

    def row(n: int) -> Row:
        return Row(str(n), lambda width: [[("가", "")]] * (2 if width > 37 else 1))

    measure = RowList._measure

    def counted(rows: RowList) -> None:
        measured.append(1)
        measure(rows)

    app = Lists()
    async with app.run_test(size=(40, 10)) as pilot:
        monkeypatch.setattr(RowList, "_measure", counted)
        app.rows.show([row(n) for n in range(8)])
        for height in (10, 9, 12, 10):
            await pilot.resize_terminal(40, height)
            await pilot.pause(0.1)
            before = len(measured)
            await pilot.pause(0.1)
            assert len(measured) == before <= 10
            assert app.rows.virtual_size.height == 8


async def test_a_list_as_high_as_its_rows_has_none_while_it_grows() -> None:
    app = Lists()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.styles.height = "auto"
        app.rows.styles.max_height = 8
        for count in (2, 8, 30, 8, 1, 5):
            app.rows.show([text_row(str(n), ("가" * 30, "")) for n in range(count)])
            await pilot.pause()
            assert app.rows.size.height == min(count, 8)
            assert app.rows._scroll_bar.shown == (count > 8)
            assert app.rows._width == 40 - (count > 8)


async def test_the_mouse_drags_it_and_turns_pages_beside_it() -> None:
    app = Lists()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.show([text_row(str(n), (f"줄 {n}", "")) for n in range(100)])
        await pilot.pause()
        await held(pilot, 0)
        await pilot.hover(RowList, offset=(20, 5))
        await pilot.pause()
        assert app.rows.scroll_offset.y == 50
        await pilot.mouse_up(RowList, offset=(20, 5))
        await pilot.pause()
        assert app.rows.key == "0", "no row was meant where it was let go"
        assert not app.heard
        await pilot.hover(RowList, offset=(20, 9))
        assert app.rows.scroll_offset.y == 50, "it has been let go"
        await pilot.click(RowList, offset=(39, 9))
        await pilot.pause(0.6)
        assert app.rows.scroll_offset.y == 60
        await pilot.click(RowList, offset=(39, 1))
        await pilot.pause(0.6)
        assert app.rows.scroll_offset.y == 50
        assert app.rows.key == "0"
        await pilot.click(RowList, offset=(5, 3))
        assert app.rows.key == "53"


async def test_a_screen_that_comes_over_it_has_it_let_go_of() -> None:
    app = Lists()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.show([text_row(str(n), (f"줄 {n}", "")) for n in range(100)])
        await pilot.pause()
        await held(pilot, 0)
        app.push_screen(Screen())
        await pilot.pause()
        await pilot.mouse_up(offset=(5, 3))
        app.pop_screen()
        await pilot.pause()
        await pilot.hover(RowList, offset=(20, 5))
        await pilot.pause()
        assert app.rows.scroll_offset.y == 0


async def test_it_is_lit_under_the_mouse() -> None:
    app = Lists()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.show([text_row(str(n), (f"줄 {n}", "")) for n in range(100)])
        looks = []
        for x in (5, 39, 5):
            await pilot.hover(RowList, offset=(x, 5))
            await pilot.pause()
            looks.append([strip._segments[-1].style for strip in app.screen._compositor.render_strips()])
        assert looks[0] == looks[2] != looks[1]


async def test_the_wheel_scrolls() -> None:
    app = Lists()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.show([text_row(str(n), (f"줄 {n}", "")) for n in range(100)])
        await pilot.pause()
        assert app.rows.allow_vertical_scroll
        app.rows.post_message(events.MouseScrollDown(app.rows, 1, 1, 0, 1, 0, False, False, False))
        await pilot.pause(0.1)
        assert app.rows.scroll_offset.y > 0
        app.rows.show([text_row(str(n), (f"줄 {n}", "")) for n in range(10)])
        assert not app.rows.allow_vertical_scroll
        assert app.rows.scroll_offset.y == 0
