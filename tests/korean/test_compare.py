"""The table of a comparison: which rows it has, and in which order. No Kiwi: the figures are given."""

from __future__ import annotations

from typing import Any

from store.korean.compare import compare
from store.korean.speakers import _SAYING
from store.model import Block, BlockType, Extracts, Figure, Page, Span


def made(*figures: dict[str, Any]) -> tuple[Page, Extracts]:
    """An article of one sentence that has these figures."""
    text = ", ".join(figure["surface"] for figure in figures) + "이다."
    whole = Span(start=0, end=len(text))
    page = Page(
        title="글",
        text=text,
        blocks=(Block(type=BlockType.PARAGRAPH, start=0, end=len(text)),),
        sentences=(whole,),
    )
    found = []
    for figure in figures:
        start = text.index(figure["surface"])
        found.append(Figure(start=start, end=start + len(figure["surface"]), sentence=0, **figure))
    return page, Extracts(version=1, figures=tuple(found))


def count(surface: str, value: float, measures: str, unit: str = "개") -> dict[str, Any]:
    return {"surface": surface, "value": value, "unit": unit, "kind": "count", "measures": measures}


def money(surface: str, value: float, measures: str, speaker: str | None = None) -> dict[str, Any]:
    return {
        "surface": surface, "value": value, "unit": "KRW", "kind": "money", "measures": measures, "speaker": speaker
    }  # fmt: skip


def test_small_numbers_of_anything_have_no_row_unless_several_articles_give_them() -> None:
    one = made(
        count("한 잔", 1, "커피", "잔"),
        count("백 포기", 100, "배추", "포기"),
        count("1개", 1, "모형"),
        count("3개", 3, "다리"),
        count("수만 개", 10_000, "벽돌"),
        count("두 명", 2, "사망자", "명"),
    )
    two = made(count("5개", 5, "다리"))
    rows = compare([("a", *one), ("b", *two)]).rows
    assert [row.label for row in rows] == ["다리", "사망자", "벽돌"]


def test_known_kinds_then_amounts_then_the_rest() -> None:
    one = made(
        count("4000개", 4000, "벽돌"), money("70억 원", 7e9, "잔디밭"), money("9억 원", 9e8, "다리 공사비")
    )
    two = made(count("12만 명", 120_000, "이용자", "명"))
    rows = compare([("a", *one), ("b", *two)]).rows
    assert [row.label for row in rows] == ["다리 공사비", "이용자", "잔디밭", "벽돌"]


def test_who_says_it_is_not_what_it_measures() -> None:
    one = made(money("9억 원", 9e8, "김 소장", "김 소장"))
    two = made(money("8억 원", 8e8, "다리 공사비", "김 소장"))
    rows = compare([("a", *one), ("b", *two)]).rows
    assert [row.label for row in rows] == ["다리 공사비"]


def test_what_is_not_known_is_said_by_nobody() -> None:
    assert _SAYING.search("시청은 다리값을 밝혀 왔다")
    assert _SAYING.search("시청이 밝혔다")
    for text in ("다리값은 밝혀지지 않았지만", "다리값이 밝혀진 적은 없다", "다리값이 밝혀졌지만"):
        assert not _SAYING.search(text), text
