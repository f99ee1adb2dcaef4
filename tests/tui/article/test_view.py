"""The widget: its state, its messages, and what it paints and how often."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product

import pytest
from textual._compositor import Compositor
from textual.geometry import Offset, Size
from textual.strip import Strip
from textual.widget import Widget

from store.model import Article, Removed, Span
from tests.tui.article.build import HARBOUR, Stage, article, mark
from tui.article import canvas
from tui.article.painter import Painter
from tui.article.view import ArticleView

SHOWN = article(*HARBOUR)
LONG = article(
    *(
        f"{number}번째 문단이다. 여기에는 문장이 둘 있다. 바닷가 창고의 이야기가 이어진다."
        for number in range(1, 121)
    )
)
SECOND = "짓는 데 열여덟 달이 걸렸고, 비용은 약 320억 원이었다."


def said(view: ArticleView, span: Span | None) -> str:
    return "" if span is None else view.units.text[span.start : span.end]


async def test_it_shows_the_article_and_says_where_the_reader_is() -> None:
    app = Stage(SHOWN)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        lines = app.screen_text()
        assert any("바다일보 · 날짜 없음 · 문장" in line for line in lines)
        assert sum("부산의 한 물류 회사가" in line for line in lines) == 1
        assert said(app.view, app.view.cursor) == "항구의 새 창고"
        app.view.move("sentence", 1)
        await pilot.pause()
        moved = app.heard(ArticleView.Moved)[-1]
        assert isinstance(moved, ArticleView.Moved)
        assert said(app.view, moved.passage).startswith("부산의")
        assert moved.progress == app.view.progress < 1.0


@pytest.mark.parametrize(
    ("size", "spacing", "width"), list(product([(40, 12), (80, 24), (120, 40), (200, 50)], [0, 1], [30, 76]))
)
async def test_every_line_fills_the_window_exactly(size: tuple[int, int], spacing: int, width: int) -> None:
    app = Stage(SHOWN, [mark("m1", 10, 40, "비용/개발", "주장"), mark("m2", 20, 60, note="왜")])
    async with app.run_test(size=size) as pilot:
        app.view.text_width = width
        app.view.spacing = spacing
        app.view.show_removed = True
        await pilot.pause()
        view = app.view
        for top in range(0, int(view.max_scroll_y) + 1, 5):
            view.scroll_to(y=top, animate=False)
            strips = [view.render_line(y) for y in range(view.size.height)]
            assert {strip.cell_length for strip in strips} == {size[0]}
            assert all(strip.cell_length == sum(segment.cell_length for segment in strip) for strip in strips)


async def test_the_column_is_centred() -> None:
    app = Stage(SHOWN)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        title = next(line for line in app.screen_text() if "항구의 새 창고" in line)
        assert title.index("항") == (119 - 76) // 2 + 1


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The rows that are painted from here on: block, and number in it."""
    painted: list[tuple[int, int]] = []
    original = Painter.row

    def row(self: Painter, block: int, number: int, state: object) -> object:
        painted.append((block, number))
        return original(self, block, number, state)  # type: ignore[arg-type]

    monkeypatch.setattr(Painter, "row", row)
    return painted


async def test_however_high_the_window_its_rows_stay_painted(painted: list[tuple[int, int]]) -> None:
    app = Stage(LONG)
    async with app.run_test(size=(80, 220)) as pilot:
        await pilot.pause()
        assert len(painted) > 100
        painted.clear()
        app.view.refresh()
        await pilot.pause()
        assert painted == []


async def test_a_step_paints_only_its_rows(painted: list[tuple[int, int]]) -> None:
    app = Stage(LONG)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        app.view.move("sentence", 1)
        await pilot.pause()
        painted.clear()
        app.view.move("sentence", 1)
        await pilot.pause()
        assert 1 <= len(painted) <= 2
        painted.clear()
        app.view.set_annotations([mark("m1", 0, 5)])
        await pilot.pause()
        assert painted == [(0, 0)]


async def test_what_stays_painted_is_what_would_be_painted() -> None:
    app = Stage(LONG)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        view = app.view
        acts: list[Callable[[], object]] = [
            *[lambda: view.move("sentence", 1)] * 30,
            lambda: view.page(1),
            lambda: view.set_annotations([mark("m1", 0, 5), mark("m2", 2400, 2440, "비용")]),
            lambda: view.find("창고"),
            lambda: view.find_next(1),
            lambda: view.go_to(900, 940),
            lambda: view.toggle_select(),
            lambda: view.move("paragraph", 2),
            lambda: view.drop(),
            lambda: setattr(view, "text_width", 40),
            lambda: setattr(view, "spacing", 1),
            lambda: setattr(view, "show_tags", False),
            lambda: view.set_tag_colours({"비용": "red"}),
            lambda: setattr(app, "theme", "textual-light"),
            lambda: view.end(),
            lambda: view.show(SHOWN, []),
            lambda: view.show(None, []),
        ]
        for number, act in enumerate(acts):
            act()
            await pilot.pause()
            kept = view.render_lines(view.size.region)
            view._lines.clear()
            view._strips.clear()
            assert view.render_lines(view.size.region) == kept, number
        for height in (30, 39, 40):
            await pilot.resize_terminal(80, height)
            await pilot.pause()
            kept = view.render_lines(view.size.region)
            view._lines.clear()
            view._strips.clear()
            assert view.render_lines(view.size.region) == kept, height


async def test_a_step_asks_for_the_lines_that_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    render = ArticleView.render_line

    def counted(self: ArticleView, y: int) -> Strip:
        asked.append(y)
        return render(self, y)

    monkeypatch.setattr(ArticleView, "render_line", counted)
    app = Stage(LONG)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        asked.clear()
        app.view.move("sentence", 1)
        await pilot.pause()
        assert 1 <= len(asked) <= 3


async def test_a_window_that_turns_has_nothing_laid_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    arranged: list[bool] = []
    arrange = Compositor._arrange_root

    def counted(self: Compositor, root: Widget, size: Size, visible_only: bool = True) -> object:
        arranged.append(visible_only)
        return arrange(self, root, size, visible_only)

    monkeypatch.setattr(Compositor, "_arrange_root", counted)
    app = Stage(LONG)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        assert arranged
        arranged.clear()
        app.view.page(1)
        await pilot.pause()
        assert app.view.scroll_offset.y > 30
        assert arranged == []


async def test_selecting_tells_and_drop_has_an_end() -> None:
    app = Stage(SHOWN, offset=SHOWN.text.index("짓는"))
    async with app.run_test(size=(80, 40)) as pilot:
        view = app.view
        view.toggle_select()
        view.move("eojeol", 1)
        await pilot.pause()
        told = app.heard(ArticleView.Selected)[-1]
        assert isinstance(told, ArticleView.Selected)
        assert said(view, told.span) == f"{SECOND} 사람보다" == said(view, view.passage)
        assert view.find("원") > 0
        assert view.selection is None
        assert [view.drop(), view.drop()] == [True, False]


async def test_marks_in_the_gutter_and_their_tags_after_the_passage() -> None:
    start = SHOWN.text.index("회사는 전기")
    end = SHOWN.text.index("밝혔다.") + 4
    app = Stage(SHOWN, [mark("m1", start, end, "비용", "주장")])
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        line = next(line for line in app.screen_text() if "밝혔다." in line)
        assert "▌" in line.split("회사는")[0]
        assert "밝혔다.  #비용 #주장" in line
        app.view.show_tags = False
        await pilot.pause()
        assert not any("#비용" in line for line in app.screen_text())


async def test_overlapping_marks_have_two_bars() -> None:
    start = SHOWN.text.index("회사는 전기")
    app = Stage(SHOWN, [mark("m1", start, start + 12), mark("m2", start + 4, start + 16)])
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        line = next(line for line in app.screen_text() if "회사는 전기" in line)
        assert "▐▌" in line


async def test_marks_are_told_apart_without_colour() -> None:
    start = SHOWN.text.index("회사는 전기")
    app = Stage(SHOWN, [mark("m1", start, start + 6), mark("m2", start + 4, start + 10)])
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        view = app.view
        y = next(y for y, line in enumerate(app.screen_text()) if "회사는 전기" in line)
        attributes = {}
        for segment in view.render_line(y):
            style = segment.style
            assert style is not None
            attributes[segment.text.strip()] = (style.underline, style.underline2, style.bold)
        one, both, other = (attributes[text] for text in ("회사는", "전기", "요금이"))
        assert len({one, both, other}) == 3


async def test_a_mark_that_pushes_lines_keeps_the_cursor_where_it_is() -> None:
    offset = LONG.blocks[60].start
    app = Stage(LONG, offset=offset)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        view = app.view
        before = view.cursor_screen_offset
        block = LONG.blocks[5]
        view.set_annotations(
            [mark("m1", block.start, block.end, "아주/긴/이름의/꼬리표", "또/다른/긴/꼬리표")]
        )
        await pilot.pause()
        assert view.cursor_screen_offset == before
        assert view.cursor == LONG.sentences[120 + 60]


async def test_the_place_is_kept_when_the_window_changes() -> None:
    app = Stage(LONG, offset=LONG.blocks[60].start)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        view = app.view
        cursor, y = view.cursor, view.cursor_screen_offset.y
        for size in ((44, 30), (160, 30), (30, 12), (100, 30)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert view.cursor == cursor
            assert view.cursor_screen_offset.y < size[1]
            assert any("61번째" in line for line in app.screen_text())
        assert abs(view.cursor_screen_offset.y - y) <= 12


async def test_pages_reach_the_end_and_come_back() -> None:
    app = Stage(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        assert view.progress < 0.2
        seen = [view.cursor]
        for _ in range(100):
            view.page(1)
            if view.cursor == seen[-1]:
                break
            seen.append(view.cursor)
        assert view.cursor == LONG.sentences[-1]
        assert view.progress == 1.0
        assert all(one.start < other.start for one, other in pairwise(seen))
        for _ in range(100):
            view.page(-1)
        assert view.cursor == LONG.sentences[0]
        assert view.scroll_offset.y == 0
        assert view.progress == 1.0
        view.end()
        assert view.cursor == LONG.sentences[-1]
        view.home()
        assert view.scroll_offset.y == 0


async def test_the_cursor_stays_in_sight() -> None:
    app = Stage(LONG)
    async with app.run_test(size=(50, 14)) as pilot:
        await pilot.pause()
        view = app.view
        for by in [1] * 90 + [-1] * 90:
            view.move("sentence", by)
            assert 0 <= view.cursor_screen_offset.y < 14
            scene = view._scene
            assert scene is not None
            first, last = scene.flow.lines(view.cursor.start, view.cursor.end)
            assert view.scroll_offset.y <= first <= last < view.scroll_offset.y + 14


async def test_jumping_to_a_passage_lights_it_for_a_moment_and_makes_it_the_passage(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(canvas, "FLASH", 3600)
    app = Stage(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        block = LONG.blocks[80]
        view.go_to(block.start + 2, block.start + 7)
        await pilot.pause()
        assert view.passage == Span(start=block.start + 2, end=block.start + 7)
        assert view._state.flash == view.passage
        assert any("81번째" in line for line in app.screen_text())
        monkeypatch.setattr(canvas, "FLASH", 0.001)
        view.go_to(block.start, block.start + 2)
        while view._state.flash is not None:
            await pilot.pause(0.001)


async def test_from_mark_to_mark() -> None:
    first, second = LONG.sentences[3], LONG.sentences[200]
    app = Stage(LONG, [mark("b", second.start, second.end), mark("a", first.start, first.end)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        assert view.mark_at_cursor() is None
        names = []
        for by in (1, 1, 1, -1, -1):
            found = view.next_mark(by)
            names.append(found.id if found else None)
        assert names == ["a", "b", None, "a", None]
        assert view.passage == first
        at = view.mark_at_cursor()
        assert at is not None
        assert at.id == "a"


async def test_finding_goes_round() -> None:
    app = Stage(LONG, offset=LONG.blocks[60].start)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        assert view.find("번째 문단") == 120
        assert view.find_next(1) == (62, 120)
        assert view.find_next(-1) == (61, 120)
        for _ in range(60):
            place = view.find_next(1)
        assert place == (1, 120)
        assert any("1번째" in line for line in app.screen_text())
        assert view.find("없는 말") == 0
        assert view.find_next(1) == (0, 0)


async def test_lines_left_out_in_their_place() -> None:
    block = SHOWN.blocks[2]
    removed = [
        Removed(text="로그인 | 구독", reason="menu", at=0, line=0),
        Removed(text="[/red] 사진=\x1b]52;c;aGk=\x07누구", reason="photo_credit", at=block.start, line=7),
    ]
    app = Stage(article(*HARBOUR, removed=removed))
    async with app.run_test(size=(80, 50)) as pilot:
        await pilot.pause()
        view = app.view
        assert not any("구독" in line for line in app.screen_text())
        view.show_removed = True
        await pilot.pause()
        lines = app.screen_text()
        credit = next(y for y, line in enumerate(lines) if "[/red] 사진=" in line)
        text = next(y for y, line in enumerate(lines) if "회사는 전기" in line)
        assert text - 3 <= credit < text
        assert lines[credit].endswith("사진 출처")
        assert "\x1b" not in "".join(lines)
        assert "\x07" not in "".join(lines)
        view.home()
        seen = []
        for _ in range(8):
            if view.removed_at_cursor is not None:
                seen.append(view.removed_at_cursor)
                assert view.passage.start == view.passage.end
                assert view.pick()
            view.move("sentence", 1)
        await pilot.pause()
        assert seen == [1]
        view.home()
        view.move("sentence", -1)
        assert view.removed_at_cursor == 0
        assert [message.index for message in app.heard(ArticleView.RemovedPicked)] == [1]  # type: ignore[attr-defined]
        view.show_removed = False
        await pilot.pause()
        assert view.removed_at_cursor is None
        assert not view.pick()


async def test_the_terminals_cursor_stands_where_the_reader_is() -> None:
    app = Stage(SHOWN)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        view = app.view
        view.go_to(SHOWN.text.index("짓는"))
        await pilot.pause()
        x, y = app.cursor_position
        assert view.character_at(x, y) == SHOWN.text.index("짓는")
        view.toggle_select()
        view.move("eojeol", 1)
        x, y = app.cursor_position
        assert view.character_at(x, y) == SHOWN.text.index("사람보다") + 3


async def test_another_theme_is_painted_at_once() -> None:
    app = Stage(SHOWN)
    async with app.run_test(size=(80, 40)) as pilot:
        grounds = set()
        for theme in ("mitjul-light", "mitjul-dark"):
            app.theme = theme
            await pilot.pause()
            await pilot.pause()
            style = next(iter(app.view.render_line(10))).style
            assert style is not None
            grounds.add(style.bgcolor)
        assert len(grounds) == 2


async def test_tag_colours_come_from_the_nearest_tag_above() -> None:
    start = SHOWN.text.index("회사는 전기")
    app = Stage(SHOWN, [mark("m1", start, start + 6, "비용/개발/초기")])
    async with app.run_test(size=(80, 40)) as pilot:
        app.view.set_tag_colours({"비용": "blue", "개발": "red"})
        await pilot.pause()
        y = next(y for y, line in enumerate(app.screen_text()) if "회사는 전기" in line)
        bar = next(segment for segment in app.view.render_line(y) if "▌" in segment.text)
        assert bar.style is not None
        assert bar.style.color == app.view._palette("text", "ink:colour-blue").color


@pytest.mark.parametrize("shown", [None, article(), article("", title="")])
async def test_nothing_to_read(shown: Article | None) -> None:
    app = Stage(shown)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        view = app.view
        for unit in ("eojeol", "sentence", "paragraph", "heading"):
            view.move(unit, 1)
            view.move(unit, -1)
        view.page(1)
        view.home()
        view.end()
        view.grow()
        view.shrink()
        view.toggle_select()
        view.go_to(5, 9)
        assert view.find("가") == 0
        assert view.next_mark(1) is None
        assert view.mark_at_cursor() is None
        view.drop()
        await pilot.click(ArticleView, offset=Offset(10, 5))
        await pilot.pause()
        assert view.progress == 0.0
        view.show(SHOWN, [])
        await pilot.pause()
        assert any("부산의" in line for line in app.screen_text())
        view.show(None, [])
        await pilot.pause()
        assert not any(app.screen_text())


async def test_a_place_to_go_on_from() -> None:
    app = Stage(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        view.show(LONG, [], offset=LONG.blocks[70].start, progress=0.9)
        await pilot.pause()
        assert view.progress >= 0.9
        assert view.cursor.start == LONG.blocks[70].start
        assert any("71번째" in line for line in app.screen_text())


async def test_an_apps_stylesheet_does_not_bring_a_second_scrollbar() -> None:
    class Styled(Stage):
        CSS = "* { scrollbar-size-vertical: 2; }"

    app = Styled(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.view.size.width == 80


async def test_what_is_only_in_sight_has_not_been_read() -> None:
    app = Stage(SHOWN)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        view = app.view
        assert view.max_scroll_y == 0, "all of it is in sight"
        assert view.progress == view.position == 0.0
        view.move("sentence", 1)
        assert 0.0 < view.position == view.progress == view.cursor.start / len(SHOWN.text) < 1.0
        view.move("sentence", -1)
        assert view.progress > view.position == 0.0, "what was read stays read"
        view.page(1)
        assert view.progress == 1.0, "nothing follows: the cursor is on the last sentence"


async def test_the_last_window_is_read_when_one_has_come_to_it() -> None:
    app = Stage(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        assert view.progress == 0.0
        for top in range(0, int(view.max_scroll_y) + 1, 12):
            view.scroll_to(y=top, animate=False)  # by the wheel: the cursor stays behind
            await pilot.pause()
            assert top == 0 or 0.0 < view.progress < 1.0
            assert view.position == view.progress
        view.scroll_end(animate=False)
        await pilot.pause()
        assert view.progress == 1.0
        view.go_to(LONG.sentences[-9].start)
        view.scroll_to(y=0, animate=False)
        await pilot.pause()
        assert view.progress == 1.0 > view.position == 0.0


async def test_opened_where_one_left_it_near_the_end_it_is_not_read_yet() -> None:
    app = Stage(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        left = LONG.sentences[-4].start
        view.show(LONG, [], offset=left, progress=left / len(LONG.text))
        await pilot.pause()
        assert view.scroll_offset.y == view.max_scroll_y
        assert view.progress == pytest.approx(left / len(LONG.text))
        for _ in range(3):
            view.move("sentence", 1)
        assert view.progress == 1.0


async def test_a_jump_is_not_reading() -> None:
    app = Stage(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        before = view.progress
        view.go_to(LONG.sentences[-3].start)
        await pilot.pause()
        assert view.progress == before
        view.end()
        await pilot.pause()
        assert view.progress == before
        assert view.position == 1.0, "one is there all the same"
        view.home()
        assert view.position == 0.0
        view.page(1)
        await pilot.pause()
        assert before < view.progress < 0.3
