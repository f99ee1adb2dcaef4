"""What every act makes of the cursor and the selection."""

from __future__ import annotations

import pytest

from store.model import Span
from tests.tui.article.build import HARBOUR, article
from tui.article.reader import Reader
from tui.article.units import Units

SHOWN = article(*HARBOUR)
FIRST = "부산의 한 물류 회사가 바닷가에 창고를 지었다."
SECOND = "짓는 데 열여덟 달이 걸렸고, 비용은 약 320억 원이었다."
THIRD = "사람보다 기계가 많은 곳이다."


@pytest.fixture
def reader() -> Reader:
    return Reader(Units(SHOWN.text, SHOWN.blocks, SHOWN.sentences), SHOWN.text.index("짓는"))


def said(span: Span | None) -> str:
    return "" if span is None else SHOWN.text[span.start : span.end]


def test_the_cursor_is_a_sentence(reader: Reader) -> None:
    assert said(reader.cursor) == SECOND
    reader.move("sentence", 1)
    assert said(reader.cursor) == THIRD
    reader.move("sentence", -2)
    assert said(reader.passage) == FIRST


def test_eojeol_by_eojeol(reader: Reader) -> None:
    reader.move("eojeol", 1)
    assert said(reader.cursor) == "짓는"
    reader.move("eojeol", 2)
    assert said(reader.cursor) == "열여덟"
    reader.move("eojeol", -3)
    assert said(reader.cursor) == "지었다."
    reader.move("sentence", 1)
    assert said(reader.cursor) == SECOND


def test_back_into_a_sentence_from_its_end(reader: Reader) -> None:
    reader.move("eojeol", -1)
    assert said(reader.cursor) == "원이었다."


def test_paragraphs(reader: Reader) -> None:
    reader.move("paragraph", 1)
    assert said(reader.cursor).startswith("회사는 전기")
    reader.grow()
    assert said(reader.cursor).endswith("셈은 다르다.")
    reader.move("paragraph", -1)
    assert said(reader.cursor) == f"{FIRST} {SECOND} {THIRD}"


def test_growing_and_back(reader: Reader) -> None:
    reader.move("eojeol", 1)
    reader.grow()
    assert said(reader.cursor) == SECOND
    reader.grow()
    assert said(reader.cursor) == f"{FIRST} {SECOND} {THIRD}"
    reader.grow()
    reader.shrink()
    assert said(reader.cursor) == SECOND
    reader.shrink()
    assert said(reader.cursor) == "짓는"


def test_shrinking_what_was_not_grown(reader: Reader) -> None:
    reader.shrink()
    assert said(reader.cursor) == "짓는"
    reader.shrink()
    assert said(reader.cursor) == "짓는"


def test_a_selection_begins_with_the_cursor_and_goes_on_by_sentence(reader: Reader) -> None:
    reader.toggle_select()
    assert said(reader.selection) == SECOND
    reader.move("sentence", 1)
    assert said(reader.selection) == f"{SECOND} {THIRD}"
    reader.move("sentence", -1)
    assert said(reader.selection) == SECOND
    reader.move("sentence", -1)
    assert said(reader.selection) == f"{FIRST} {SECOND}"
    reader.move("sentence", 1)
    assert said(reader.selection) == SECOND


def test_a_selection_by_eojeol(reader: Reader) -> None:
    reader.toggle_select()
    reader.move("eojeol", 1)
    assert said(reader.selection) == f"{SECOND} 사람보다"
    reader.move("eojeol", -2)
    assert said(reader.selection) == "짓는 데 열여덟 달이 걸렸고, 비용은 약 320억"
    reader.move("sentence", 1)
    assert said(reader.selection) == SECOND


def test_a_selection_from_one_word(reader: Reader) -> None:
    reader.move("eojeol", 3)
    reader.toggle_select()
    reader.move("eojeol", 2)
    assert said(reader.selection) == "열여덟 달이 걸렸고,"
    reader.move("eojeol", -3)
    assert said(reader.selection) == "데 열여덟"
    reader.move("sentence", -1)
    assert said(reader.selection) == "짓는 데 열여덟"
    reader.move("sentence", 1)
    reader.move("sentence", 1)
    assert said(reader.selection) == "열여덟 달이 걸렸고, 비용은 약 320억 원이었다."


def test_across_blocks(reader: Reader) -> None:
    reader.toggle_select()
    reader.move("paragraph", 2)
    assert said(reader.selection).endswith("셈은 다르다.")
    assert "\n\n" in said(reader.selection)
    reader.grow()
    assert said(reader.selection).startswith(FIRST)


def test_dropping(reader: Reader) -> None:
    assert not reader.drop()
    reader.toggle_select()
    reader.move("sentence", 1)
    assert reader.drop()
    assert reader.selection is None
    assert said(reader.cursor) == THIRD
    reader.shrink()
    assert reader.drop()
    assert said(reader.cursor) == THIRD
    assert not reader.drop()


def test_jumping_to_a_range_makes_it_the_passage(reader: Reader) -> None:
    start = SHOWN.text.index("열여덟 달이")
    reader.go_to(start, start + 6)
    assert said(reader.passage) == "열여덟 달이"
    reader.toggle_select()
    assert said(reader.passage) == "열여덟 달이"
    reader.drop()
    reader.go_to(start)
    assert said(reader.passage) == SECOND
    reader.go_to(10**9, 10**9 + 5)
    assert said(reader.passage) == "https://example.org/harbour"


def test_lines_left_out_are_stops_where_they_stand(reader: Reader) -> None:
    second, third = SHOWN.blocks[1].start, SHOWN.blocks[2].start
    reader.removed_at = [second, second, third, len(SHOWN.text)]
    reader.go_to(0)
    seen: list[str | int] = []
    for _ in range(30):
        seen.append(said(reader.cursor) if reader.removed is None else reader.removed)
        reader.move("sentence", 1)
    assert seen[:8] == [
        "항구의 새 창고",
        0,
        1,
        FIRST,
        SECOND,
        THIRD,
        2,
        "회사는 전기 요금이 절반으로 줄었다고 밝혔다.",
    ]
    assert seen[-1] == 3
    back: list[str | int] = []
    for _ in range(30):
        back.append(said(reader.cursor) if reader.removed is None else reader.removed)
        reader.move("sentence", -1)
    forward = list(dict.fromkeys(seen))
    assert list(dict.fromkeys(back))[::-1] == forward
    reader.on_removed(1)
    assert reader.passage.start == reader.passage.end
