"""The smaller pure parts: flow, head and foot, tables, shapes, finding, the column at the right edge."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.model import Article, Block, BlockType, Link, Span
from tests.tui.article.build import HARBOUR, article
from tui.article import scrollmap
from tui.article.finding import find_all
from tui.article.flow import BLANK, Flow, Line, Run
from tui.article.head import facts, foot, head
from tui.article.layout import Layout, Shape
from tui.article.links import first_address, links
from tui.article.shapes import look
from tui.article.tables import paddings
from tui.article.widths import cells

SHOWN = article(*HARBOUR)
HEAD = [Line((Run("머리", "title"),)), BLANK]
FOOT = [BLANK, Line((Run("꼬리", "rule"),))]


def flow_of(width: int = 30, spacing: int = 0, extra: dict[int, list[Line]] | None = None) -> Flow:
    layout = Layout(SHOWN.text, SHOWN.blocks, width, [Shape()] * len(SHOWN.blocks))
    layout.rows.more(len(SHOWN.blocks))
    return Flow(layout, HEAD, FOOT, extra, spacing)


@given(st.integers(8, 90), st.integers(0, 2))
def test_every_row_has_one_line(width: int, spacing: int) -> None:
    flow = flow_of(width, spacing)
    rows = [(place.block, place.row) for place in map(flow.at, range(flow.height)) if place.row >= 0]
    assert rows == [(block, row) for block, rows in enumerate(flow.layout.rows) for row in range(len(rows))]
    for block, row in rows:
        line = flow.line_of(block, row)
        assert (flow.at(line).block, flow.at(line).row) == (block, row)
        assert flow.row_near(line) == (block, row)
        assert flow.line_at(flow.layout.rows[block][row].start) == line


@given(st.integers(0, 200))
def test_the_nearest_row_is_not_above(y: int) -> None:
    flow = flow_of()
    y = min(y, flow.height - 1)
    block, row = flow.row_near(y)
    last = len(flow.layout.rows) - 1
    assert flow.line_of(block, row) >= y or (block, row) == (last, len(flow.layout.rows[last]) - 1)


LONG = article(
    *(f"{number}번째 문단이다. " + "바닷가 창고의 이야기가 " * (number * 7 % 11) for number in range(90))
)


@settings(deadline=None)
@given(st.integers(0, len(LONG.text) - 1), st.integers(1, 60), st.integers(8, 60), st.integers(0, 2))
def test_around_a_place_lines_are_right_before_everything_is_wrapped(
    offset: int, lines: int, width: int, spacing: int
) -> None:
    extra = {7: [BLANK, BLANK]}
    part, whole = (
        Flow(
            Layout(LONG.text, LONG.blocks, width, [Shape(1, 3)] * len(LONG.blocks)),
            HEAD,
            FOOT,
            extra,
            spacing,
        )
        for _ in range(2)
    )
    whole.layout.rows.more(len(LONG.blocks))
    whole.measure()
    part.wrap_around(offset, lines)
    here, there = part.line_at(offset), whole.line_at(offset)
    for line in range(max(0, there - lines), min(whole.height - 1, there + lines) + 1):
        assert part.at(line - there + here) == whole.at(line)
        assert part.offset_near(line - there + here) == whole.offset_near(line)
    assert part.layout.rows.more(len(LONG.blocks))
    part.measure()
    assert part.height == whole.height
    assert part.line_at(offset) == there


def test_about_where_a_line_is_before_it_is_wrapped() -> None:
    part = Flow(Layout(LONG.text, LONG.blocks, 40, [Shape()] * len(LONG.blocks)), HEAD, FOOT)
    offsets = [part.offset_near(line) for line in range(part.height)]
    assert offsets == sorted(offsets)
    assert offsets[-1] > len(LONG.text) * 0.9
    assert not any(part.layout.rows.known(block) for block in range(len(LONG.blocks)))
    assert 0.7 < part.height / flow_height(LONG, 40) < 1.4


def flow_height(shown: Article, width: int) -> int:
    layout = Layout(shown.text, shown.blocks, width, [Shape()] * len(shown.blocks))
    layout.rows.more(len(shown.blocks))
    return Flow(layout, HEAD, FOOT).height


def test_extra_lines_stand_before_their_block_and_at_the_end() -> None:
    lines = [Line((Run("빠진 줄", "removed"),), 3)]
    flow = flow_of(extra={2: lines, len(SHOWN.blocks): [Line((Run("끝에 빠진 줄", "removed"),), 4)]})
    (line,) = flow.lines_of_removed(3)
    assert flow.line_of(1, len(flow.layout.rows[1]) - 1) < line < flow.line_of(2, 0)
    (end,) = flow.lines_of_removed(4)
    assert end > flow.line_at(len(SHOWN.text) - 1)
    assert not flow.lines_of_removed(5)


def test_an_article_without_text_has_head_and_foot() -> None:
    flow = Flow(Layout("", (), 30, ()), HEAD, FOOT)
    assert [flow.at(y).line for y in range(flow.height)] == [*HEAD, *FOOT]
    assert flow.row_near(0) == (-1, 0)
    assert flow.line_at(0) == 0


# ── head and foot ──


def words(lines: list[Line]) -> list[str]:
    return ["".join(run.text for run in line.runs).strip() for line in lines if line.runs]


def test_the_head_says_what_is_known_and_what_is_not() -> None:
    shown = article(*HARBOUR, subtitle="첫 줄\n둘째 줄", original_source="먼바다신문", published=None)
    assert words(head(shown, 60, 2)) == [
        "항구의 새 창고", "첫 줄", "둘째 줄", f"바다일보 · 날짜 없음 · 문장 {len(shown.sentences)} · ✎ 2", "원 출처 먼바다신문",
    ]  # fmt: skip
    assert facts(article("글.", publisher=None, authors=("김파도", "이갈매"), published="2025-02"), 0) == [
        "김파도, 이갈매", "2025-02", "문장 1",
    ]  # fmt: skip


def test_what_the_page_says_stands_before_what_the_reader_did() -> None:
    shown = article("글.", original_source="먼바다신문")
    below = words(head(shown, 60, 1, lost=1, lost_key="f", tags=["항구"]))[2:]
    assert below == ["원 출처 먼바다신문", "#항구", "? 자리를 잃은 표시 1개 · f"]


def test_the_head_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITJUL_LANG", "en")
    assert "no date" in " ".join(words(head(article("글."), 60, 0)))
    assert "First part only" in " ".join(words(foot(article("글.", truncated=True), 60)))


@given(st.integers(12, 100))
def test_head_and_foot_fit(width: int) -> None:
    shown = article(
        *HARBOUR,
        title="긴 제목 " * 12,
        subtitle="부제 " * 20,
        summary=("요약한 첫 줄이 길게 이어진다. " * 4, "둘째"),
        truncated=True,
    )
    for line in head(shown, width, 3) + foot(shown, width):
        assert sum(cells(run.text) for run in line.runs) <= width


def test_the_summary_has_a_straight_frame() -> None:
    lines = head(article("글.", summary=("요약 하나.", "ASCII two…")), 40, 0)
    framed = [line for line in lines if any(run.style == "summary-frame" for run in line.runs)]
    assert len(framed) == 4
    assert {sum(cells(run.text) for run in line.runs) for line in framed} == {40}


def test_that_the_rest_is_missing_is_said_where_it_would_be() -> None:
    assert "앞부분만 있는 글" in words(foot(article("글.", truncated=True), 60))[0]
    assert "앞부분만" not in "".join(words(foot(article("글."), 60)))


# ── shapes and tables ──


@pytest.mark.parametrize(
    ("line", "shape", "marker"),
    [
        ("- 하나", Shape(2, 2), "• "),
        ("-- 둘", Shape(4, 4), "  ◦ "),
        ("- 1. 첫째", Shape(0, 3), None),
        ("- ① 첫째", Shape(0, 2), None),
        ("- 가) 첫째", Shape(0, 4), None),
        ("* *붙임말", Shape(0, 0), None),
        ("* 1) 붙임말", Shape(0, 3), None),
        ("@ [1] 어느 책", Shape(0, 4), None),
        ("@ 어느 책", Shape(0, 2), None),
        ("> 따온 말", Shape(4, 4), None),
        ("그냥 글", Shape(0, 0), None),
    ],
)
def test_blocks_stand_as_they_should(line: str, shape: Shape, marker: str | None) -> None:
    shown = article(line)
    found = look(shown.blocks[0], shown.text)
    assert found.shape == shape
    assert (found.marker.text if found.marker else None) == marker


def test_columns_of_a_table_stand_below_one_another() -> None:
    table = "모델 | 값\nR1-큰 것 | 약 560만 달러\n가 | 3"
    block = Block(type=BlockType.TABLE, start=0, end=len(table))
    pads = paddings(table, [block], 60)
    edges = []
    at = 0
    for line in table.split("\n"):
        bar = line.index("|")
        edges.append(cells(line[:bar]) + sum(pad for end, pad in pads.items() if at <= end <= at + bar))
        at += len(line) + 1
    assert len(set(edges)) == 1
    assert paddings(table, [block], 10) == {}


# ── finding ──


def test_finding_is_lenient_in_case_form_and_white_space() -> None:
    text = "AI 모델과 ai  모델, Ai\n모델."
    assert find_all(text, "ai 모델") == [Span(start=0, end=5), Span(start=7, end=13), Span(start=15, end=20)]
    assert find_all("가나", "\u1100\u1161") == [Span(start=0, end=1)]
    assert find_all("a.b (c)", ".B (") == [Span(start=1, end=5)]
    assert find_all("글", "  ") == []


# ── the column at the right edge ──


@given(st.integers(1, 60), st.integers(1, 5000), st.integers(0, 5000))
def test_the_thumb_is_in_the_column(height: int, total: int, top: int) -> None:
    window = scrollmap.thumb(min(top, max(0, total - height)), height, total)
    if total <= height:
        assert not window
    else:
        assert 0 <= window.start < window.stop <= height
        assert scrollmap.thumb(0, height, total).start == 0
        assert scrollmap.thumb(total - height, height, total).stop == height


@given(st.integers(2, 60), st.integers(61, 5000))
def test_dragging_reaches_both_ends(height: int, total: int) -> None:
    assert scrollmap.line_for(0, height, total) == 0
    assert scrollmap.line_for(height - 1, height, total) == total - height


def test_hits_are_seen_over_marks() -> None:
    ten = [10 * line for line in range(101)]  # a hundred lines of ten code points
    signs = scrollmap.signs(10, 100, ten.__getitem__, marks=[0, 550, 999], hits=[520])
    assert signs == {0: scrollmap.MARK, 5: scrollmap.HIT, 9: scrollmap.MARK}
    assert scrollmap.signs(0, 100, ten.__getitem__, [1], [1]) == {}


@given(st.integers(1, 60), st.integers(1, 300), st.lists(st.integers(0, 299), max_size=5))
def test_a_sign_stands_where_its_line_would_be_dragged(height: int, total: int, lines: list[int]) -> None:
    lines = sorted({line for line in lines if line < total})
    signs = scrollmap.signs(height, total, lambda line: line, lines, [])
    assert set(signs) == {line * height // max(height, total) for line in lines}


# ── addresses ──


def test_an_address_ends_before_the_punctuation_around_it() -> None:
    text = "이 글의 바탕은 (https://example.org/a_(b)?q=1). 이어서 http://sea.example/road 를 본다. ftp://no"
    found = [text[span.start : span.end] for span in links(text, 0, len(text))]
    assert found == ["https://example.org/a_(b)?q=1", "http://sea.example/road"]
    at = text.index("이어서")
    assert [span.start for span in links(text, at, len(text))] == [text.index("http://sea")]


def test_the_first_address_of_a_passage() -> None:
    text = "바다는 넓다. 자료는 여기 있다. 또 https://sea.example/1 에도 있다."
    at = text.index("여기")
    linked = article(text, links=(Link(start=at, end=at + 2, url="https://a.example/b"),))
    first, second, third = linked.sentences
    assert first_address(linked, first) == ""
    assert first_address(linked, second) == "https://a.example/b"
    assert first_address(linked, third) == "https://sea.example/1"
    assert first_address(linked, Span(start=0, end=len(text))) == "https://a.example/b"
