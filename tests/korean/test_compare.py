"""The table of a comparison: which rows it has, and in which order. No Kiwi: the figures are given."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from store.korean.compare import compare, worth_showing
from store.korean.related import Corpus
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


def ratio(surface: str, value: float | tuple[float, float], measures: str) -> dict[str, Any]:
    return {"surface": surface, "value": value, "unit": None, "kind": "ratio", "measures": measures}


def relation(one: dict[str, Any], other: dict[str, Any]) -> str | None:
    """How two figures stand to each other in a comparison of two articles."""
    found = compare([("a", *made(one)), ("b", *made(other))]).rows
    return found[0].relation if len(found) == 1 else None


def test_ratios_that_only_overlap_are_the_same_where_they_are_of_one_base() -> None:
    tenth = ratio("1/10", 0.1, "나루 조선 대비 건조 비용")
    wide = ratio("1/10~1/30", (1 / 30, 0.1), "섬나라 조선소 대비 건조 비용")
    assert relation(tenth, wide) == "related", "a tenth of one and up to a tenth of another"
    assert relation(tenth, {**wide, "measures": "나루 조선 대비 건조 비용"}) == "same"
    assert relation(tenth, {**wide, "measures": "건조 비용"}) == "related", "it does not say of what"
    assert relation(tenth, ratio("10분의 1", 0.1, "나루 조선 대비 건조 비용")) == "same"
    fifth = ratio("5분의 1", 0.2, "섬나라 조선소 대비 건조 비용")
    assert relation(tenth, fifth) == "related"
    loose = {**ratio("11분의 1", 1 / 11, "나루 조선의 배 대비 건조 비용"), "qualifier": "약"}
    assert relation({**tenth, "surface": "9.5%", "value": 9.5, "kind": "percent"}, loose) == "same"
    assert relation({**tenth, "measures": "먼바다 대비 건조 비용"}, loose) == "related"


def test_a_ratio_is_the_same_only_of_the_same_base_as_far_as_both_say() -> None:
    twentieth = ratio("20분의 1", 0.05, "2억달러 대비 배2의 건조 비용")
    percent = {**ratio("5%", 5.0, "기존 모델 대비 건조 비용"), "kind": "percent"}
    assert relation(twentieth, percent) == "related", "of two hundred million, and of what there was before"
    assert relation(percent, ratio("1/20", 0.05, "기존 AI 모델 대비 비용")) == "same", (
        "nothing in particular both"
    )
    assert relation(twentieth, ratio("1/20", 0.05, "건조 비용")) == "same", "one does not say of what"
    assert relation(twentieth, ratio("1/20", 0.05, "2억달러 대비 비용")) == "same"
    assert relation(twentieth, ratio("1/20", 0.05, "2억달러 대비 배3의 건조 비용")) == "related", (
        "other ships"
    )
    tenth = ratio("1/10", 0.1, "나루가 배에 쓴 돈 대비 건조 비용")
    assert relation(tenth, ratio("10분의 1", 0.1, "나루가 쓴 비용 대비 건조 비용")) == "same"


def test_a_half_of_whatever_there_is_has_no_row_of_its_own() -> None:
    one = made(ratio("절반", 0.5, "비결"), ratio("10분의 1", 0.1, "재료비"), ratio("반값", 0.5, "다리 비용"))
    assert [row.label for row in compare([("a", *one)]).rows] == ["다리 비용 (비율)", "재료비 (비율)"]


def related(text: str, *figures: dict[str, Any]) -> tuple[Page, Extracts]:
    """An article of one sentence, whose words are its terms."""
    page, found = made(*figures)
    at = [text.index(figure.surface) for figure in found.figures]
    moved = tuple(
        replace(figure, start=start, end=start + len(figure.surface))
        for figure, start in zip(found.figures, at, strict=True)
    )
    whole = Span(start=0, end=len(text))
    page = replace(
        page,
        text=text,
        blocks=(Block(type=BlockType.PARAGRAPH, start=0, end=len(text)),),
        sentences=(whole,),
    )
    return page, Extracts(version=1, figures=moved, terms=(tuple(text.rstrip(".").split()),))


def test_the_two_figures_that_relate_two_passages_are_named() -> None:
    one = related(
        "배1 건조 비용은 557만6000원으로 옛 배보다 95% 싸다.",
        ratio("95%", 0.05, "옛 배 대비 건조 비용"),
        money("557만6000원", 5_576_000.0, "배1의 건조 비용"),
    )
    two = related(
        "배2 건조 비용은 557만6000원이며 옛 배의 20분의 1이다.",
        ratio("20분의 1", 0.05, "옛 배 대비 건조 비용"),
        money("557만6000원", 5_576_000.0, "배2의 건조 비용"),
    )
    other = related("통행료는 아직 모른다.")
    corpus = Corpus([("a", *one), ("b", *two), ("c", *other)])
    text = one[0].text

    def match(start: int, end: int) -> tuple[str, list[str]]:
        (found,) = corpus.related("a", start, end)
        assert found.figures is not None
        return found.relation, [figure.surface for figure in found.figures]

    assert match(0, len(text)) == ("conflict", ["557만6000원", "557만6000원"])
    start = text.index("95%")
    assert match(start, start + 3) == ("same", ["95%", "20분의 1"]), "of a part, its own figures count"


def test_figures_that_are_the_same_in_groups_are_told_apart() -> None:
    base = "옛 배 대비 건조 비용"
    one = made(ratio("20분의 1", 0.05, base), ratio("1/10", 0.1, base))
    two = made(ratio("1/20", 0.05, base))
    three = made(ratio("10분의 1", 0.1, base))
    (row,) = compare([("a", *one), ("b", *two), ("c", *three)]).rows
    groups = {entry.figure.surface: entry.groups for cell in row.cells for entry in cell}
    assert groups["20분의 1"] == groups["1/20"] != groups["1/10"] == groups["10분의 1"]
    assert {len(those) for those in groups.values()} == {1}
    assert row.agreed != "same"


def dollars(surface: str, value: float, measures: str) -> dict[str, Any]:
    return {"surface": surface, "value": value, "unit": "USD", "kind": "money", "measures": measures}


def test_two_that_are_the_same_and_may_conflict_with_a_third_are_told_from_it() -> None:
    first = made(dollars("120만 달러", 1_200_000.0, "배1의 건조 비용"))
    paper = made(dollars("119만8000달러", 1_198_000.0, "배2의 건조 비용"))
    repost = made(
        dollars("119만8000달러", 1_198_000.0, "배2의 건조 비용"), dollars("7만 달러", 70_000.0, "배 칠 비용")
    )
    (row,) = compare([("a", *first), ("b", *paper), ("c", *repost)]).rows
    told = {
        (column, entry.figure.surface): (entry.relation, entry.groups)
        for column, cell in enumerate(row.cells)
        for entry in cell
    }
    assert told[0, "120만 달러"] == ("conflict", ())
    assert told[1, "119만8000달러"] == told[2, "119만8000달러"] == ("conflict", (1,))
    assert row.agreed == "conflict"


def test_articles_that_both_give_both_figures_do_not_contradict_each_other() -> None:
    first = dollars("120만 달러", 1_200_000.0, "배1의 건조 비용")
    second = dollars("119만8000달러", 1_198_000.0, "배2의 건조 비용")
    both = related("배1은 120만 달러가 들었고 배2는 119만8000달러가 들었다.", first, second)
    one = related("배2는 119만8000달러가 들었다.", second)
    (row,) = compare([("a", *both), ("b", *both)]).rows
    assert row.relation == "same"
    assert {entry.relation for cell in row.cells for entry in cell} == {"same"}
    assert "conflict" not in {pair.relation for pair in Corpus([("a", *both), ("b", *both)]).pairs()}
    (row,) = compare([("a", *both), ("b", *one)]).rows
    assert row.relation == "conflict", "what only one of them knows of may still be wrong"
    assert "conflict" in {pair.relation for pair in Corpus([("a", *both), ("b", *one)]).pairs()}


def test_a_row_keeps_how_its_figures_stand_and_every_figure_shows_the_strongest() -> None:
    rank = ["conflict", "same", "related", None]
    base = "옛 배 대비 건조 비용"
    one = made(ratio("20분의 1", 0.05, base), dollars("120만 달러", 1_200_000.0, "배1의 건조 비용"))
    two = made(
        ratio("1/10", 0.1, base),
        ratio("1/20", 0.05, base),
        dollars("119만8000달러", 1_198_000.0, "배2의 건조 비용"),
    )
    three = made(
        ratio("1/20", 0.05, "먼바다 대비 건조 비용"), dollars("119만8000달러", 1_198_000.0, "배2의 건조 비용")
    )
    rows = compare([("a", *one), ("b", *two), ("c", *three)]).rows
    assert len(rows) == 2
    for row in rows:
        for column, cell in enumerate(row.cells):
            for k, entry in enumerate(cell):
                those = [one.relation for one in row.standings if (column, k) in (one.first, one.second)]
                assert entry.relation == min(those, key=rank.index, default=None)
        assert all(one.first[0] != one.second[0] for one in row.standings)


def test_a_row_is_the_same_where_all_its_figures_are() -> None:
    base = "옛 배 대비 건조 비용"
    tenth = made(ratio("1/10", 0.1, base))
    (row,) = compare([("a", *tenth), ("b", *tenth), ("c", *tenth)]).rows
    assert (row.relation, row.agreed) == ("same", "same")
    assert all(entry.groups == () for cell in row.cells for entry in cell), "one group needs no number"
    other = made(ratio("1/30", 1 / 30, "섬 대비 건조 비용"))
    (row,) = compare([("a", *tenth), ("b", *tenth), ("c", *other)]).rows
    assert (row.relation, row.agreed) == ("same", None)
    assert [cell[0].relation for cell in row.cells] == ["same", "same", "related"]


def test_being_the_same_does_not_carry_over() -> None:
    base = "옛 배 대비 건조 비용"
    wide = made(ratio("1/10~1/30", (1 / 30, 0.1), base))
    tenth, thirtieth = made(ratio("1/10", 0.1, base)), made(ratio("1/30", 1 / 30, base))
    (row,) = compare([("a", *tenth), ("b", *wide), ("c", *thirtieth)]).rows
    assert [cell[0].groups for cell in row.cells] == [(1,), (1, 2), (2,)]
    assert row.agreed != "same"


def test_orders_and_a_few_of_something_unknown_are_not_worth_a_line() -> None:
    def figure(surface: str, value: float, unit: str, kind: str = "count", measures: str = "") -> Figure:
        return made(
            {"surface": surface, "value": value, "unit": unit, "kind": kind, "measures": measures or None}
        )[1].figures[0]

    assert not worth_showing(figure("두 번째", 2, "번째", "rank", "빈칸"))
    assert not worth_showing(figure("3대", 3, "대", "rank", "강국"))
    assert not worth_showing(figure("두 개", 2, "개"))
    assert worth_showing(figure("두 개", 2, "개", measures="다리"))
    assert worth_showing(figure("3000개", 3000, "개"))
    assert worth_showing(figure("2.5개", 2.5, "개"))
    assert worth_showing(figure("두 배", 2, "배", "ratio"))
