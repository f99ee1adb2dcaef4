"""The list widget: laid out where it is seen, moved over what can be picked, never wider than it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.message import Message

from tui import themes
from tui.article.widths import cells
from tui.many import Many
from tui.packing import packed
from tui.rows import Line, Row, RowList, fit, spread, text_row, wrapped


class Lists(App[None]):
    def __init__(self) -> None:
        super().__init__()
        for theme in themes.OURS:
            self.register_theme(theme)
        self.theme = themes.LIGHT
        self.rows = RowList()
        self.heard: list[Message] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.defaults(True)

    def compose(self) -> ComposeResult:
        yield self.rows

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        self.heard.append(event)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.heard.append(event)


async def test_only_what_is_seen_is_laid_out() -> None:
    laid: list[int] = []

    def row(n: int) -> Row:
        def lines(width: int) -> Sequence[Line]:
            laid.append(n)
            return [[(f"줄 {n}", "")], [("둘째 줄", "muted")]]

        return Row(str(n), lines, 2)

    app = Lists()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.show([row(n) for n in range(50_000)])
        await pilot.pause()
        assert max(laid) < 20
        await pilot.press("end")
        await pilot.pause()
        assert app.rows.key == "49999"
        assert len(set(laid)) < 60
        await pilot.press("home", "pagedown")
        assert app.rows.key == "4", "a page of ten lines is four rows of two, and one line in common"


async def test_headings_are_stepped_over_and_shown_with_their_row() -> None:
    app = Lists()
    async with app.run_test(size=(40, 4)) as pilot:
        rows = [
            text_row("h1", ("갑", "heading"), pickable=False),
            *(text_row(f"a{n}", ("가", "")) for n in range(5)),
        ]
        rows += [text_row("h2", ("을", "heading"), pickable=False), text_row("b", ("나", ""))]
        app.rows.show(rows)
        await pilot.pause()
        assert app.rows.key == "a0"
        assert app.rows.scroll_offset.y == 0
        await pilot.press("up")
        assert app.rows.key == "a0"
        await pilot.press("end", "k", "ㅏ")
        assert app.rows.key in ("a3", "a4")
        await pilot.press("end", "enter")
        assert [type(event).__name__ for event in app.heard[-1:]] == ["Chosen"]
        assert app.rows.scroll_offset.y >= 4


async def test_the_cursor_stays_on_its_key_or_its_place() -> None:
    app = Lists()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.show([text_row(key, (key, "")) for key in "abcde"])
        await pilot.press("down", "down")
        app.rows.show([text_row(key, (key, "")) for key in "xabcde"])
        assert app.rows.key == "c"
        app.rows.show([text_row(key, (key, "")) for key in "vwxyz"])
        assert app.rows.key == "y"
        app.rows.show([])
        assert app.rows.key is None
        await pilot.press("down", "up", "pagedown", "home", "enter")


async def test_a_click_moves_and_a_second_one_chooses() -> None:
    app = Lists()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.show([text_row(key, (key, "")) for key in "abcde"])
        await pilot.pause()
        await pilot.click(RowList, offset=(3, 2))
        assert app.rows.key == "c"
        await pilot.click(RowList, offset=(3, 2), times=2)
        assert isinstance(app.heard[-1], RowList.Chosen)


async def test_markup_and_control_characters_are_text() -> None:
    app = Lists()
    async with app.run_test(size=(40, 4)) as pilot:
        app.rows.show([text_row("a", ("[red]빨강[/] \x1b]52;c;aGk=\x07 \u202e뒤집기", ""))])
        await pilot.pause()
        line = app.rows.render_line(0).text
        assert "[red]빨강[/]" in line
        assert not any(ord(character) < 32 or character == "\u202e" for character in line)


@pytest.mark.parametrize("width", [1, 2, 3, 5, 8, 13, 40])
def test_nothing_is_wider_than_the_list(width: int) -> None:
    line = [("가나다라 마바사", ""), (" abc ", "muted"), ("끝", "")]
    assert sum(cells(text) for text, _ in fit(line, width)) <= width
    if width >= 5:
        assert sum(cells(text) for text, _ in spread(line, [("12", "")], width)) == width
    for most in (0, 1, 2):
        lines = wrapped("가나다라 마바사아 자차카타파하 " * 3, max(width, 8), most)
        assert all(sum(cells(text) for text, _ in line) <= max(width, 8) for line in lines)
        assert not most or len(lines) <= most


def test_lines_filled_to_the_last_cell() -> None:
    text = "국내 대표 대규모언어모델인 ‘하이퍼’를 이끈다. 그리고 이어진다."
    lines = ["".join(run for run, _ in line) for line in packed(text, 20, 2)]
    assert lines == ["국내 대표 대규모언어", "모델인 ‘하이퍼’를…"]
    words = ["".join(run for run, _ in line) for line in packed("지금 투자해야 AI강국이 될 수 있다", 15, 3)]
    assert words == ["지금 투자해야", "AI강국이 될 수", "있다"], "whole words where they fit nearly"
    assert ["".join(run for run, _ in line) for line in packed("짧다.", 20, 2)] == ["짧다."]
    assert packed("", 20, 2) == []
    assert all(line[0][0][0] not in ".’" for line in packed(text, 7, 9))


async def test_nothing_is_laid_out_before_the_width_is_known() -> None:
    widths: list[int] = []

    def lines(width: int) -> list[Line]:
        widths.append(width)
        return [[("한 줄", "")]]

    app = Lists()
    app.rows.show([Row("a", lines), Row("b", lines)], "")
    assert not widths
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert widths
        assert min(widths) > 30


async def test_of_many_rows_only_those_that_are_seen_are_made() -> None:
    made: list[str] = []
    said: dict[str, str] = {}

    def row(key: str) -> Row:
        made.append(key)
        return Row(key, lambda width: [[(said.get(key, f"줄 {key}"), "")], [("둘째", "muted")]], 2)

    app = Lists()
    async with app.run_test(size=(30, 10)) as pilot:
        app.rows.show(Many([str(number) for number in range(10_000)], row, 2), "7000")
        assert len(made) <= 2
        await pilot.pause()
        assert app.rows.key == "7000"
        assert app.rows.virtual_size.height == 20_000
        made.clear()
        app.rows.move(1)
        await pilot.pause()
        assert app.rows.key == "7001"
        assert len(set(made)) <= 10
        app.rows.page(1)
        assert app.rows.key == "7005"
        await pilot.pause()
        said["7005"] = "다른 말"
        app.rows.again(7005)
        await pilot.pause()
        text = "".join(app.rows.render_line(y).text for y in range(10))
        assert "다른 말" in text
        assert "줄 7005" not in text


async def test_rows_that_tell_their_height_are_laid_out_where_they_are_seen() -> None:
    laid: list[int] = []

    def row(n: int) -> Row:
        def lines(width: int) -> list[Line]:
            laid.append(n)
            return [[(f"줄 {n}", "")]] * (n % 3 + 1)

        return Row(str(n), lines, measure=lambda width: n % 3 + 1)

    app = Lists()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.show([row(n) for n in range(60)])
        await pilot.pause()
        assert app.rows.virtual_size.height == 120
        assert laid == [0, 1, 2, 3, 4, 5]
        laid.clear()
        app.rows.refresh()
        await pilot.pause()
        assert not laid
        app.rows.again(1)
        await pilot.pause()
        assert laid == [1]


async def test_what_a_list_says_lays_nothing_out_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    laid: list[object] = []
    app = Lists()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        lay = Compositor.reflow

        def counted(*args: Any) -> object:
            laid.append(args)
            return lay(*args)

        monkeypatch.setattr(Compositor, "reflow", counted)
        for count in (5, 50, 60, 3):
            app.rows.show([text_row(str(n), (f"{count}줄 가운데 {n}", "")) for n in range(count)])
            await pilot.pause()
            text = "".join(strip.text for strip in app.screen._compositor.render_strips())
            assert f"{count}줄 가운데 2" in text
        assert not laid
        app.rows.styles.height = "auto"
        await pilot.pause()
        laid.clear()
        app.rows.show([text_row(str(n), ("가", "")) for n in range(7)])
        await pilot.pause()
        assert laid
        assert app.rows.size.height == 7
