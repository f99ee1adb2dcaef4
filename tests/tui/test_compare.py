"""The compare screen: what is set side by side, the cursor in the grid, marks, the way to the passage, the table as Markdown."""

from __future__ import annotations

import re
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from store.exchange.citation import Place
from store.exchange.comparison import comparison_page, export_comparison
from store.exchange.tables import as_written
from store.library import Library
from store.model import Extracts, Figure, Keyword
from tests.tui.conftest import opened, opens, told, until
from tests.tui.test_registry import event, in_hangul_mode
from tui.article.widths import cells
from tui.asking import Ask
from tui.background import Analysed, AnalysisEnded, Background
from tui.compare import CompareScreen
from tui.comparegrid import LEAST, frame
from tui.comparing import gather, standings
from tui.config import Config
from tui.reader import ReaderScreen

PAGES = {
    "하나.txt": "다리값을 두고 엇갈리는 말\n\n시청은 다리 R1의 건설 비용이 약 120만 달러라고 적었다. "
    "낡은 다리보다 95% 절감된 비용이라는 설명도 붙었다. 다리는 내년 봄에 열린다.\n",
    "둘.txt": "다리 장부를 다시 펴 보니\n\n장부에는 다리 V3의 건설 비용이 119만8000달러로 나온다. "
    "김 소장은 낡은 다리의 20분의 1이라고 말했다. 통행료는 아직 정해지지 않았다.\n",
    "셋.txt": "강가 주민이 보는 다리\n\n주민들은 한 사람당 3만달러 안팎을 나누어 내는 셈이라고 한다. 다리는 길다.\n",
    "넷.txt": "도시 숲의 여름\n\n숲을 가꾸는 비용은 해마다 40만 달러이다. 나무는 그늘을 준다.\n",
}
FIGURES: dict[str, list[dict[str, Any]]] = {
    "다리값을": [
        {"surface": "120만 달러", "value": 1_200_000.0, "unit": "USD", "kind": "money", "qualifier": "약",
         "measures": "R1 건설 비용", "speaker": "시청"},
        {"surface": "95%", "value": 95.0, "unit": "%", "kind": "percent", "measures": "낡은 다리 대비 건설 비용"},
    ],
    "다리 장부": [
        {"surface": "119만8000달러", "value": 1_198_000.0, "unit": "USD", "kind": "money", "measures": "V3의 건설 비용"},
        {"surface": "20분의 1", "value": 0.05, "unit": None, "kind": "ratio", "measures": "낡은 다리 대비 건설 비용",
         "speaker": "김 소장"},
    ],
    "강가 주민": [
        {"surface": "3만달러", "value": 30_000.0, "unit": "USD", "kind": "money", "qualifier": "안팎",
         "measures": "한 사람당 부담금"},
    ],
    "도시 숲의": [
        {"surface": "40만 달러", "value": 400_000.0, "unit": "USD", "kind": "money", "measures": "숲 관리 비용"},
    ],
}  # fmt: skip
WORDS = {
    "다리값을": "다리 건설 시청",
    "다리 장부": "다리 건설 장부",
    "강가 주민": "다리 건설 주민",
    "도시 숲의": "숲 나무",
}


def found_in(library: Library, id: str) -> Extracts:
    """What an analysis would find, as the table above has it."""
    article = library.article(id)
    key = next(key for key in FIGURES if article.title.startswith(key))
    figures = []
    for made in FIGURES[key]:
        start = article.text.index(made["surface"])
        sentence = next(n for n, span in enumerate(article.sentences) if span.start <= start < span.end)
        figures.append(Figure(start=start, end=start + len(made["surface"]), sentence=sentence, **made))
    keywords = tuple(Keyword(text=word, score=1, count=1) for word in WORDS[key].split())
    return Extracts(version=1, figures=tuple(figures), keywords=keywords)


@pytest.fixture
def library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    with Library.open(folder) as opened_:
        for name, text in PAGES.items():
            (added,) = opened_.add(text.encode(), name=name)
            assert added.status == "added", added
        found = {summary.id: found_in(opened_, summary.id) for summary in opened_.list()}
        monkeypatch.setattr(Library, "extracts", lambda self, id, **_: found.get(id))
        yield opened_


def named(library: Library, start: str) -> str:
    return next(summary.id for summary in library.list() if summary.title.startswith(start))


@asynccontextmanager
async def compared(
    library: Library,
    config: Config,
    size: tuple[int, int] = (120, 40),
    before: Callable[[ReaderScreen], None] = lambda screen: None,
    *,
    some: bool = True,
) -> AsyncIterator[tuple[Pilot[None], ReaderScreen, CompareScreen]]:
    """The compare screen of the article 다리값, by its key; with `some` figures, unless there are none to come."""
    async with opened(library, config, size) as (pilot, screen):
        screen.open_article(named(library, "다리값을"))
        before(screen)
        compare = await opens(pilot, CompareScreen, "c")
        grid = compare.grid
        await until(
            pilot,
            lambda: (
                compare.found is not None and grid.size.width > 0 and (not some or grid.rows[0].key != "none")
            ),
        )
        await pilot.pause(0.05)
        yield pilot, screen, compare


def shown(compare: CompareScreen) -> list[str]:
    """The lines of the whole screen, heads to text."""
    return [
        strip.text.rstrip()
        for widget in (compare.rule, compare.heads, compare.grid, compare.edge, compare.said, compare.keys)
        for strip in (widget.render_line(y) for y in range(widget.size.height))
    ]


# ── what is set side by side ─────────────────────────────────────────────────────────────────────


def test_articles_on_one_subject_are_gathered(library: Library) -> None:
    first, second = named(library, "다리값을"), named(library, "다리 장부")
    found = gather(library, here=first)
    assert found.comparison is not None
    assert found.comparison.articles[:2] == (first, second), "those that may conflict stand side by side"
    assert named(library, "강가 주민") in found.articles
    assert named(library, "도시 숲의") not in found.articles, "a cost, but of something else"
    row = found.comparison.rows[0]
    assert row.relation == "conflict"
    assert [[entry.figure.surface for entry in cell] for cell in row.cells[:2]] == [
        ["120만 달러"],
        ["119만8000달러"],
    ]
    assert found.comparison.rows[1].relation == "same", "95% less is a twentieth"


def test_the_chosen_ones_are_compared_whatever_they_are_about(library: Library) -> None:
    chosen = {named(library, "다리값을"), named(library, "도시 숲의")}
    found = gather(library, chosen, named(library, "강가 주민"))
    assert set(found.articles) == chosen


def test_one_that_was_not_analysed_or_cannot_be_read_hides_no_other(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Library.extracts
    absent = named(library, "강가 주민")
    monkeypatch.setattr(
        Library, "extracts", lambda self, id, **more: None if id == absent else whole(self, id, **more)
    )
    found = gather(library, here=named(library, "다리값을"))
    assert len(found.articles) == 2
    assert found.unread == 1
    assert gather(library, cancelled=lambda: True).comparison is None


def test_how_figures_stand_to_one(library: Library) -> None:
    found = gather(library, here=named(library, "다리값을"))
    assert found.comparison is not None
    (entry,) = found.comparison.rows[0].cells[0]
    (one,) = standings(found, 0, 0, entry)
    assert (one.column, one.relation, one.entry.figure.surface) == (1, "conflict", "119만8000달러")


def test_a_figure_reads_as_written(library: Library) -> None:
    words = {}
    for summary in library.list():
        text = library.article(summary.id).text
        for figure in found_in(library, summary.id).figures:
            words[figure.surface] = as_written(figure, text)
    assert words["120만 달러"] == "약 120만 달러"
    assert words["3만달러"] == "3만달러 안팎"
    assert words["95%"] == "95% 절감"


def test_a_share_is_shown_with_the_way_it_goes() -> None:
    for text, shown in (
        ("비용을 95% 절감했다.", "95% 절감"),
        ("주가가 17%나 급락했다.", "17% 급락"),
        ("값이 10분의 1 가량 하락했다.", "10분의 1 하락"),
        ("비중은 40%다.", "40%"),
        ("30% 감독이 맡았다.", "30%"),
    ):
        surface = shown.removesuffix(f" {shown.split()[-1]}") if " " in shown else shown
        start = text.index(surface)
        figure = Figure(
            surface=surface,
            value=1.0,
            unit="%",
            kind="percent",
            start=start,
            end=start + len(surface),
            sentence=0,
        )
        assert as_written(figure, text) == shown


@pytest.mark.parametrize("columns", [1, 2, 5, 24])
@pytest.mark.parametrize("width", [1, 20, 37, 59, 60, 77, 117, 197, 300])
def test_columns_share_the_width_and_the_one_in_question_is_seen(width: int, columns: int) -> None:
    first = 0
    for at in [*range(columns), *reversed(range(columns))]:
        shape = frame(width, columns, at, first)
        first = shape.first
        assert first <= at < first + shape.seen <= columns
        assert shape.label + shape.seen * shape.column <= width
        assert shape.seen == 1 or shape.column >= LEAST


# ── the screen ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (200, 50)], ids=str)
async def test_at_every_size_the_conflict_is_plain_and_the_grid_straight(
    library: Library, config: Config, size: tuple[int, int]
) -> None:
    async with compared(library, config, size) as (_pilot, _screen, compare):
        lines = shown(compare)
        assert len(lines) == size[1]
        assert all(cells(line) <= size[0] for line in lines)
        both = next(line for line in lines if "≠ 약 120만 달러" in line)
        assert "≠ 119만8000달러" in both
        assert "어긋날 수 있음" in lines[0]
        below = lines[-1 - compare.said.size.height :]
        assert any("120만 달러" in line for line in below), "the sentence, at the figure"
        bars = {
            tuple(cells(line[: match.start()]) for match in re.finditer("[│▌┼]", line))
            for line in lines[1 : 1 + compare.heads.size.height + compare.grid.size.height]
            if "│" in line or "▌" in line or "┼" in line
        }
        assert len(bars) == 1, "every line between columns stands in the same cells"


async def test_a_repost_is_told_from_what_both_may_conflict_with(library: Library, config: Config) -> None:
    text = f"다리 장부를 퍼 온 글\n\n{PAGES['둘.txt'].partition(chr(10) * 2)[2]}주민들이 옮겨 적었다."
    (added,) = library.add(text.encode(), name="여섯.txt")
    assert added.id is not None
    known = Library.extracts
    there = found_in(library, added.id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Library,
            "extracts",
            lambda self, id, **more: there if id == added.id else known(self, id, **more),
        )
        async with compared(library, config, (160, 40)) as (pilot, _screen, compare):
            (both,) = (line for line in shown(compare) if line.count("≠a 119만8000달러") == 2)
            assert "≠ 약 120만 달러" in both
            assert "글자가 같으면 같은 수치" in shown(compare)[0]
            await pilot.press("right")
            below = [line for line in shown(compare)[-compare.said.size.height - 1 :] if "만" in line]
            assert "≠a 119만8000달러" in below[0], "the same sign as above"
            assert sorted(line.split()[0] for line in below if line.endswith(("같음", "있음"))) == ["=", "≠"]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)], ids=str)
async def test_a_long_heading_is_cut_inside_its_brackets(
    library: Library, config: Config, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    heading = (
        "다리 값을 둘러싼 긴 다툼과 시청, 주민, 회사가 저마다 내놓는 서로 다른 셈법의 속사정과 그 다음 이야기"
    )
    monkeypatch.setattr("tui.comparesaid.place", lambda article, offset: Place(heading, 11))
    async with compared(library, config, size) as (_pilot, _screen, compare):
        edge = compare.edge.render_line(0).text
        assert re.search(r" 「\S.*…」 11문단 ─", edge), edge
        assert "다리값" in edge or "다리…" in edge or "하나" in edge, "and the article is named"
        assert cells(edge) == size[0]


async def test_the_cursor_moves_by_cells_and_skips_to_figures(library: Library, config: Config) -> None:
    async with compared(library, config) as (pilot, _screen, compare):
        grid = compare.grid
        assert grid.entry is not None
        assert (grid.spot, grid.column, grid.entry.figure.surface) == ((0, 0), 0, "120만 달러")
        await pilot.press("right")
        assert grid.entry.figure.surface == "119만8000달러"
        assert any("119만8000" in line for line in shown(compare)[-12:])
        await pilot.press("right")
        assert grid.entry is None, "an empty cell can be stood on"
        assert "이 수치가 없습니다" in "".join(shown(compare)[-12:])
        await pilot.press("right", "right")
        assert grid.column == 2, "there is nothing beyond the last"
        await pilot.press("tab")
        assert grid.entry is not None
        assert (grid.spot, grid.column) == ((1, 0), 0)
        await pilot.press("shift+tab")
        assert (grid.spot, grid.column) == ((0, 0), 1)
        await pilot.press("end")
        assert grid.spot == (2, 0)
        await pilot.press("down", "home")
        assert grid.spot == (0, 0)


async def test_the_mouse_picks_a_cell(library: Library, config: Config) -> None:
    async with compared(library, config) as (pilot, screen, compare):
        grid = compare.grid
        y = next(n for n, line in enumerate(shown(compare)) if "20분의 1" in line) - grid.region.y
        x = 1 + grid.frame.label + grid.frame.column + 4
        await pilot.click(grid, offset=(x, y))
        assert grid.entry is not None
        assert grid.entry.figure.surface == "20분의 1"
        assert any("김 소장의 말" in line for line in shown(compare))
        await pilot.click(grid, offset=(x, y), times=2)
        await pilot.pause()
        assert pilot.app.screen is screen


async def test_more_columns_than_fit_are_paged(library: Library, config: Config) -> None:
    async with compared(library, config, (40, 12)) as (pilot, _screen, compare):
        grid = compare.grid
        assert grid.frame.seen == 2
        await pilot.press("]")
        assert (grid.column, grid.frame.first) == (2, 1)
        assert "강가" in "".join(shown(compare)[:3])
        await pilot.press("[")
        assert (grid.column, grid.frame.first) == (0, 0)


@pytest.mark.parametrize("hangul", [False, True], ids=["latin", "hangul"])
async def test_a_sentence_is_marked_with_one_key(library: Library, config: Config, hangul: bool) -> None:
    key = event(in_hangul_mode("h") if hangul else "h")
    async with compared(library, config) as (pilot, screen, compare):
        screen.app.post_message(key)
        await pilot.pause()
        (mark,) = library.annotations()
        assert mark.exact == "시청은 다리 R1의 건설 비용이 약 120만 달러라고 적었다."
        assert any("달러 ✎" in line for line in shown(compare))
        screen.app.post_message(event(in_hangul_mode("z") if hangul else "z"))
        await pilot.pause()
        assert not library.annotations()
        for _ in range(500):  # the marks are read beside the screen
            if not any("달러 ✎" in line for line in shown(compare)):
                break
            await pilot.pause(0.02)
        assert not any("달러 ✎" in line for line in shown(compare))
        await pilot.press("h", "h")
        assert not library.annotations(), "a bare mark is taken away by the same key"
        await pilot.press("h", "escape")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert len(screen.session.marks) == 1, "the article shows what was marked there"


async def test_a_mark_with_a_tag_stays(library: Library, config: Config) -> None:
    article = library.article(named(library, "다리값을"))
    first = article.sentences[0]
    library.annotate(article.id, first.start, first.end, tags=["비용"])
    async with compared(library, config) as (pilot, screen, _compare):
        await pilot.press("h")
        await pilot.pause()
        assert [mark.tags for mark in library.annotations()] == [("비용",)]
        assert any("이미 표시한" in line for line in told(screen))


async def test_nothing_is_marked_where_the_library_may_only_be_read(
    library: Library, config: Config, folder: Path
) -> None:
    with Library.open(folder, write=False) as other:
        async with compared(other, config) as (pilot, screen, _compare):
            await pilot.press("h")
            await pilot.pause()
            assert not library.annotations()
            assert any("읽기 전용" in line for line in told(screen))


async def test_enter_jumps_to_the_passage(library: Library, config: Config) -> None:
    async with compared(library, config) as (pilot, screen, compare):
        await pilot.press("right", "enter")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert screen.session.article is not None
        assert screen.session.article.id == named(library, "다리 장부")
        article = screen.session.article
        assert article.slice(screen.view.cursor.start, screen.view.cursor.end).startswith("장부에는")
        assert screen.session.trail, "and one can come back"
        entry = compare.grid.entry
        again = await opens(pilot, CompareScreen, "c")
        while again.found is None:
            await pilot.pause(0.005)
        assert again.grid.entry == entry, "also to the figure that one came from"
        assert again.grid.articles[again.grid.column].id == article.id


async def test_those_chosen_on_the_shelf(library: Library, config: Config) -> None:
    chosen = {named(library, "다리값을"), named(library, "도시 숲의")}

    def choose(screen: ReaderScreen) -> None:
        screen.session.chosen = chosen

    async with compared(library, config, before=choose) as (_pilot, _screen, compare):
        assert {article.id for article in compare.grid.articles} == chosen
        assert "2편" in compare.rule.name_


async def test_without_anything_to_compare_it_says_what_to_do(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library, "extracts", lambda self, id, **_: Extracts(version=1))
    async with compared(library, config, some=False) as (pilot, screen, compare):
        assert "서가(F2)" in " ".join(shown(compare))
        await pilot.press("down", "right", "tab", "h", "x", "enter")
        assert not library.annotations()
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app.screen is screen
    monkeypatch.setattr(Library, "extracts", lambda self, id, **_: None)
    async with compared(library, config, (40, 12), some=False) as (_pilot, _screen, compare):
        assert "4편" in " ".join(shown(compare))


@pytest.mark.parametrize("size", [(120, 40), (40, 12)], ids=str)
async def test_it_fills_as_the_articles_are_looked_at(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    whole = Library.extracts
    known: set[str] = set()
    monkeypatch.setattr(
        Library, "extracts", lambda self, id, **more: whole(self, id, **more) if id in known else None
    )
    monkeypatch.setattr(Background, "busy", lambda self, kind: kind == "analysis")
    one, two, three = (named(library, start) for start in ("다리값을", "다리 장부", "강가 주민"))

    def footer() -> str:
        return compare.keys.render_line(0).text

    async with compared(library, config, size, some=False) as (pilot, screen, compare):
        assert "4편" in " ".join(shown(compare))
        assert "닫기" in footer()
        assert not {"밑줄", "표로", "칸"} & set(footer().split())
        await pilot.press("h")
        assert told(screen)[-1] == "밑줄을 그을 수치가 없습니다."
        compare.keys.tell([])

        known.add(two)
        screen.post_message(Analysed(two, 1, 4))
        await until(pilot, lambda: "1/4" in footer())
        known.add(one)
        screen.post_message(Analysed(one, 2, 4))
        await until(pilot, lambda: len(compare.grid.articles) == 2)
        assert told(screen)[-1] == "아직 살피지 않은 글 2편은 빠졌습니다."
        compare.keys.tell([])
        assert "2/4" in footer()
        assert "칸" in footer()

        await pilot.press("right")
        here = compare.grid.passage
        assert here is not None
        known.add(three)
        screen.post_message(Analysed(three, 3, 4))
        screen.post_message(AnalysisEnded())
        await until(pilot, lambda: len(compare.grid.articles) == 3)
        assert compare.grid.passage == here, "the cursor stays on its figure"
        assert "살피지 않은 글 1편" in footer(), "that could not be looked at"
        assert told(screen)[-1] == "아직 살피지 않은 글 2편은 빠졌습니다.", "is said once"


async def test_what_is_found_while_articles_are_gathered_is_not_missed(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Library.extracts
    held, go = threading.Event(), threading.Event()

    def slow(self: Library, id: str, **more: Any) -> Extracts | None:
        if threading.current_thread().name != "mitjul-beside" or go.is_set():
            return whole(self, id, **more)
        held.set()
        go.wait(5)
        return None

    monkeypatch.setattr(Library, "extracts", slow)
    async with opened(library, config) as (pilot, screen):
        screen.open_article(named(library, "다리값을"))
        compare = await opens(pilot, CompareScreen, "c")
        await until(pilot, held.is_set)
        screen.post_message(AnalysisEnded())
        await pilot.pause()
        go.set()
        await until(pilot, lambda: len(compare.grid.articles) == 3)


def test_one_that_was_not_analysed_is_not_taken_for_another(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Library.extracts
    absent = named(library, "다리값을")
    monkeypatch.setattr(
        Library, "extracts", lambda self, id, **more: None if id == absent else whole(self, id, **more)
    )
    found = gather(library, here=absent)
    assert found.comparison is None
    assert found.unread == 1


# ── the table ────────────────────────────────────────────────────────────────────────────────────


def test_the_page_links_each_figure_to_its_passage(library: Library) -> None:
    found = gather(library, here=named(library, "다리값을"))
    assert found.comparison is not None
    page = comparison_page(found.comparison, found.articles)
    links = set(re.findall(r"\]\(#(p\d+)\)", page))
    assert links == set(re.findall(r"(?m)^### (p\d+)$", page))
    assert len(links) == 5
    row = next(line for line in page.splitlines() if "119만8000달러" in line)
    assert row.startswith("| 건설 비용 | ≠ [약 120만 달러](#p1) R1 건설 비용 | ≠ [119만8000달러](#p2)")
    assert row.endswith("| 어긋날 수 있음 |")
    assert "> 장부에는 다리 V3의 건설 비용이 119만8000달러로 나온다." in page
    assert "20분의 1 (김 소장)" in page
    tables = [line for line in page.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in tables} == {6}


def test_words_of_articles_stay_words_in_the_page(library: Library) -> None:
    text = "다리 [값](x)|<b>표</b>\n\n다리 건설 비용은 모두 77만 달러이다. 다리는 길다.\n"
    (added,) = library.add(text.encode(), name="못된.txt")
    assert added.id is not None
    article = library.article(added.id)
    start = article.text.index("77만 달러")
    figure = Figure(surface="77만 달러", value=770_000.0, unit="USD", kind="money", start=start, end=start + 6,
                    sentence=0, measures="a|b [c](d) <i>")  # fmt: skip
    from store.korean.compare import compare

    other = named(library, "다리값을")
    made = compare(
        [(other, library.article(other), found_in(library, other)), (article.id, article, Extracts(version=1, figures=(figure,)))]
    )  # fmt: skip
    page = comparison_page(made, {other: library.article(other), article.id: article})
    tables = [line for line in page.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} == {5}
    assert "<b>" not in re.sub(r"\\<", "", page)
    assert "](d)" not in page.replace("\\](d)", "")


async def test_the_table_is_exported(library: Library, config: Config, tmp_path: Path) -> None:
    async with compared(library, config) as (pilot, screen, compare):
        box = await opens(pilot, Ask, "x")
        box.field.value = str(tmp_path / "표")
        await pilot.press("enter")
        for _ in range(100):
            await pilot.pause(0.02)
            if any("내보냈습니다" in line for line in told(screen)):
                break
        (file,) = (tmp_path / "표").glob("*.md")
        assert file.name.startswith("글 견주기 다리값을 두고 엇갈리는 말 외 2편")
        assert compare.found is not None
        assert compare.found.comparison is not None
        assert file.read_text("utf-8") == comparison_page(compare.found.comparison, compare.found.articles)
        again = export_comparison(compare.found.comparison, compare.found.articles, tmp_path / "표")
        assert again.status == "unchanged"


async def test_two_quick_presses_leave_only_this_screen(library: Library, config: Config) -> None:
    async with compared(library, config) as (pilot, screen, compare):
        compare.grid.choose()
        compare.grid.choose()
        await pilot.pause()
        assert pilot.app.screen is screen
        assert screen.is_running


async def test_of_ratios_it_is_said_where_they_are_of_other_bases(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, other = Library.extracts, named(library, "다리 장부")

    def extracts(self: Library, id: str, **more: Any) -> Extracts | None:
        found = known(self, id, **more)
        if found is None or id != other:
            return found
        (cost, share) = found.figures
        return replace(found, figures=(cost, replace(share, measures="2400만 달러 대비 건설 비용")))

    monkeypatch.setattr(Library, "extracts", extracts)
    async with compared(library, config) as (pilot, _screen, compare):
        row = next(line for line in shown(compare) if "95% 절감" in line)
        assert "20분의 1" in row
        assert "=" not in row
        await pilot.press("tab", "tab")
        below = shown(compare)[-compare.said.size.height - 1 :]
        assert any("20분의 1" in line and line.endswith("견준 대상이 다름") for line in below), below
