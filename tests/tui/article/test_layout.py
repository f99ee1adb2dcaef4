"""Wrapping: nothing lost, nothing too wide, nothing where Korean typesetting does not want it, and there and back again."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from store.model import Block, BlockType
from tests.tui.article.build import HARBOUR, article
from tui.article.layout import CLOSING, MINIMUM, OPENING, Layout, Shape, rows_of, wrap
from tui.article.widths import LINE_ENDS, SPACES, cells, widths

WORDS = st.text(alphabet="가힣나비용은…,.!?()“”‘’「」[]%·aZ1/-~$中😀\u0301\u00a0", min_size=1, max_size=30)
TEXTS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=40).map(" ".join),
    st.text(max_size=200),
    st.text(alphabet="가나 (),.\n\t\u3000", max_size=120),
)
SHAPES = st.sampled_from([Shape(), Shape(2, 2), Shape(0, 4), Shape(4, 0)])


def blank(text: str) -> bool:
    return all(char in SPACES or char in LINE_ENDS for char in text)


@given(TEXTS, st.integers(4, 90), SHAPES)
def test_every_character_stands_on_one_row(text: str, width: int, shape: Shape) -> None:
    rows = wrap(text, widths(text), 0, len(text), width, shape)
    at = 0
    for row in rows:
        assert at <= row.start <= row.end
        assert blank(text[at : row.start])
        at = row.end
    assert blank(text[at:])


@given(TEXTS, st.integers(MINIMUM, 90), SHAPES)
def test_no_row_is_too_wide(text: str, width: int, shape: Shape) -> None:
    cell = widths(text)
    for number, row in enumerate(wrap(text, cell, 0, len(text), width, shape)):
        room = max(MINIMUM, width - (shape.rest if number else shape.first))
        assert sum(cell[row.start : row.end]) <= room


@given(TEXTS, st.integers(MINIMUM, 40))
@example("(「 (「 1", 8)
def test_punctuation_stays_on_its_side_of_a_break(text: str, width: int) -> None:
    cell = widths(text)
    rows = wrap(text, cell, 0, len(text), width)

    def good(cut: int) -> bool:
        before = cut - 1
        while before and text[before] in SPACES:  # what is blank before a break is not seen
            before -= 1
        return (
            text[cut] not in CLOSING
            and text[before] not in OPENING.union(SPACES)
            and cell[cut] > 0
            and text[cut] not in SPACES
        )

    for row, following in pairwise(rows):
        if any(char in LINE_ENDS for char in text[row.end : following.start]):
            continue
        if text[following.start] in CLOSING or text[row.end - 1] in OPENING:
            assert not any(good(cut) for cut in range(row.start + 1, row.end)), (row, following)


@given(TEXTS, st.integers(MINIMUM, 40))
def test_rows_are_filled(text: str, width: int) -> None:
    """A word is not moved to the next row without need: it would not fit, or may not begin or end there."""
    cell = widths(text)
    rows = wrap(text, cell, 0, len(text), width)
    for row, following in pairwise(rows):
        between = text[row.end : following.start]
        if not between or any(char in LINE_ENDS for char in between):
            continue
        end = following.start
        while end < len(text) and text[end] not in SPACES and text[end] not in LINE_ENDS:
            end += 1
        after = text[end:].lstrip(SPACES)
        held = text[end - 1] in OPENING or (after and after[0] in CLOSING)
        assert held or sum(cell[row.start : end]) > width


def test_words_are_kept_whole() -> None:
    text = "그 창고는 바닷가에 있고 사람보다 기계가 훨씬 많다"
    rows = wrap(text, widths(text), 0, len(text), 20)
    assert [text[start:end] for start, end in rows] == [
        "그 창고는 바닷가에",
        "있고 사람보다 기계가",
        "훨씬 많다",
    ]


def test_a_long_run_begins_where_the_row_before_has_room() -> None:
    text = "주소 https://example.org/a/very/long/address/that/goes/on"
    rows = wrap(text, widths(text), 0, len(text), 30)
    assert text[rows[0].start : rows[0].end] == "주소 https://example.org/a/ver"
    assert all(cells(text[start:end]) <= 30 for start, end in rows)


def test_hanging_indent_narrows_the_other_rows() -> None:
    text = "가나 다라 마바 사아 자차"
    rows = wrap(text, widths(text), 0, len(text), 14, Shape(0, 4))
    assert [text[start:end] for start, end in rows] == ["가나 다라 마바", "사아 자차"]


def layout_of(text: str, width: int, insets: dict[int, int] | None = None) -> Layout:
    blocks = [Block(type=BlockType.PARAGRAPH, start=0, end=len(text))]
    return Layout(text, blocks, width, [Shape(2, 2)], insets)


@given(TEXTS, st.integers(MINIMUM, 60))
def test_there_and_back_again(text: str, width: int) -> None:
    layout, plain = layout_of(text, width), widths(text)
    for row, (start, end) in enumerate(layout.rows[0]):
        for offset in range(start, end):
            if plain[offset]:
                cell = layout.cell_of(0, row, offset)
                assert layout.offset_at(0, row, cell) == offset
                assert layout.offset_at(0, row, cell + plain[offset] - 1) == offset
                assert layout.row_at(offset) == (0, row)
        assert layout.offset_at(0, row, 0) in (start, min(end, start + 1)) or not layout.row_cells(0, row)
        assert layout.offset_at(0, row, 10_000) == end


@given(TEXTS, st.integers(MINIMUM, 60), st.data())
def test_what_is_drawn_between_characters_has_its_room(text: str, width: int, data: st.DataObject) -> None:
    places = data.draw(st.dictionaries(st.integers(1, max(1, len(text))), st.integers(1, 20), max_size=4))
    insets = {at: cells for at, cells in places.items() if at <= len(text)}
    layout = layout_of(text, width, insets)
    plain = layout_of(text, width)
    for row, (start, end) in enumerate(layout.rows[0]):
        inside = sum(layout.insets.get(at, 0) for at in range(start + 1, end + 1))
        drawn = sum(widths(text)[start:end]) + inside
        assert drawn == layout.row_cells(0, row)
        assert drawn + 2 <= max(layout.width, MINIMUM + 2) or end - start <= 1
    layout.change_insets(dict.fromkeys(insets, 0))
    assert list(layout.rows) == list(plain.rows)
    assert not layout.insets


def test_only_blocks_that_change_are_wrapped_again() -> None:
    shown = article(*HARBOUR)
    layout = Layout(shown.text, shown.blocks, 40, [Shape()] * len(shown.blocks))
    before = [list(rows) for rows in layout.rows]
    end = shown.blocks[1].end
    assert layout.change_insets({end: 30}) == [1]
    assert [number for number, rows in enumerate(layout.rows) if rows != before[number]] == [1]
    assert layout.change_insets({end: 30}) == []
    assert layout.change_insets({end: 0}) == [1]
    assert list(layout.rows) == before


def test_an_inset_is_found_by_its_cells() -> None:
    layout = layout_of("가나 다라", 40, {2: 6})
    # indent 2, 가나 4 cells, then 6 of the inset
    assert [layout.inset_at(0, 0, cell) for cell in (5, 6, 11, 12)] == [None, 2, 2, None]


def test_rows_of_a_range() -> None:
    shown = article(*HARBOUR)
    layout = Layout(shown.text, shown.blocks, 40, [Shape()] * len(shown.blocks))
    layout.rows[2]
    assert {block for block, _ in rows_of(layout, 0, len(shown.text))} == {2}
    layout.rows.more(len(shown.blocks))
    everything = list(rows_of(layout, 0, len(shown.text)))
    assert everything == [(block, row) for block, rows in enumerate(layout.rows) for row in range(len(rows))]
    start = shown.blocks[2].start
    assert list(rows_of(layout, start, start)) == [(2, 0)]


def test_the_gap_between_blocks_belongs_to_the_block_before() -> None:
    shown = article(*HARBOUR)
    layout = Layout(shown.text, shown.blocks, 40, [Shape()] * len(shown.blocks))
    gap = shown.blocks[0].end + 1
    assert layout.row_at(gap) == (0, len(layout.rows[0]) - 1)


@given(st.lists(TEXTS, min_size=1, max_size=12), st.integers(MINIMUM, 60), st.data())
def test_blocks_wrapped_as_they_are_needed_are_wrapped_as_ever(
    texts: list[str], width: int, data: st.DataObject
) -> None:
    blocks, at = [], 0
    for text in texts:
        blocks.append(Block(type=BlockType.PARAGRAPH, start=at, end=at + len(text)))
        at += len(text) + 2
    whole = "\n\n".join(texts)
    places = data.draw(st.dictionaries(st.integers(1, max(1, len(whole))), st.integers(1, 9), max_size=4))
    insets = {place: cells for place, cells in places.items() if place <= len(whole)}
    later = {place: cells for place, cells in insets.items() if data.draw(st.booleans())}
    earlier = {place: data.draw(st.integers(0, 9)) if place in later else insets[place] for place in insets}
    layout = Layout(whole, blocks, width, [Shape(2, 2)] * len(blocks), earlier)
    cell = bytearray(widths(whole))
    for place, drawn in insets.items():
        cell[place - 1] += min(drawn, layout.width - 4)
    for block in data.draw(st.lists(st.integers(0, len(blocks) - 1))):
        layout.rows[block]
    layout.change_insets(later)
    done = layout.rows.more(data.draw(st.integers(0, 12)))
    assert not done or all(layout.rows.known(block) for block in range(len(blocks)))
    assert all(layout.count(block) >= 1 for block in range(len(blocks)))
    assert list(layout.rows) == [wrap(whole, cell, one.start, one.end, width, Shape(2, 2)) for one in blocks]
    assert [layout.count(block) for block in range(len(blocks))] == [len(rows) for rows in layout.rows]


def test_a_megabyte_is_wrapped_at_once() -> None:
    line = (
        "부산의 한 물류 회사가 바닷가에 창고를 지었다. 짓는 데 (열여덟 달이) 걸렸고, 비용은 약 320억 원이었다. "
        * 6
    )
    count = 1_000_000 // len(line.encode()) + 1
    shown = [
        Block(type=BlockType.PARAGRAPH, start=at * len(line), end=(at + 1) * len(line)) for at in range(count)
    ]
    text = line * count
    spent = []
    for _ in range(3):
        start = time.process_time()
        layout = Layout(text, shown, 76, [Shape()] * count)
        assert layout.rows.more(count)
        spent.append(time.process_time() - start)
    assert sum(map(len, layout.rows)) > 5000
    assert min(spent) < 2  # some 0.08 s on an idle core; the bench has the figure
