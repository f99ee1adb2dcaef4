"""The whole analysis, with Kiwi, in this process: what comes out of articles of our own, of the real pages, of bad input."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest

from store.korean.analyse import analyse
from store.korean.compare import compare
from store.korean.related import Corpus
from store.model import Extracts, Figure, Page
from tests.korean.articles import HARBOUR, REPORT
from tests.korean.pages import page
from tests.places import REAL_PAGES, needs_real_pages


@pytest.fixture(scope="module")
def harbour() -> tuple[Page, Extracts]:
    one = page(HARBOUR, title="새 등대 바람1, 기존 비용의 20분의 1", published="2025-02-05")
    return one, analyse(one)


@pytest.fixture(scope="module")
def report() -> tuple[Page, Extracts]:
    one = page(REPORT, title="등대 비용을 둘러싼 말들", published="2025-02-10")
    return one, analyse(one)


def figure(found: tuple[Page, Extracts], surface: str) -> Figure:
    return next(f for f in found[1].figures if f.surface == surface)


def test_offsets_point_at_what_they_say(harbour: tuple[Page, Extracts]) -> None:
    one, extracts = harbour
    for f in extracts.figures:
        assert one.text[f.start : f.end] == f.surface
        span = one.sentences[f.sentence]
        assert span.start <= f.start < f.end <= span.end
    for k in extracts.key_sentences:
        assert one.text[k.start : k.end] == k.text
        assert 0 <= k.score <= 1
    for name in extracts.names:
        assert len(name.spans) == name.count
    assert len(extracts.terms) == len(one.sentences)


def test_what_figures_measure_and_who_says_so(
    harbour: tuple[Page, Extracts], report: tuple[Page, Extracts]
) -> None:
    cost = figure(harbour, "312만4000달러")
    assert cost.measures == "바람1의 건설 비용"
    assert cost.speaker == "해담시"
    assert figure(harbour, "45억원").measures == "바람1의 건설 비용"
    assert figure(harbour, "20분의 1").measures == "기존 등대 대비 바람1의 건설 비용"
    assert figure(harbour, "720억 원").measures == "항만 시설 투자"
    assert figure(harbour, "720억 원").qualifier == "최대"
    assert figure(harbour, "지난 3일").value == "2025-02-03"
    assert figure(report, "95%").measures == "기존 시설 대비 비용"
    assert figure(report, "312만4000달러").measures == "직전 등대 물결2의 건설 비용"
    assert figure(report, "312만4000달러").speaker == "항만공사"


@pytest.mark.parametrize(
    ("text", "surface", "measures", "speaker"),
    [
        ("보고서는 돌개1에 560만달러가 들었다고 했다.", "560만달러", "돌개1 비용", "보고서"),
        ("서 소장은 “비용은 560만달러 정도”라고 했다.", "560만달러", "비용", "서 소장"),
        ("서 소장은 560만달러가 든다고 했다.", "560만달러", None, "서 소장"),
        ("시장조사업체 카날리스에 따르면 점유율은 17%다.", "17%", "점유율", "카날리스"),
        ("전문가들은 비용이 5억원이라고 말했다.", "5억원", "비용", "전문가들"),
        ("바람1 개발비는 밝혀지지 않았지만 물결2 개발비는 5억원이다.", "5억원", "물결2 개발비", None),
        ("개발비는 5억원으로 알려졌다.", "5억원", "개발비", None),
        ("딥시크가 밝힌 개발 비용은 5억원이다.", "5억원", "개발 비용", "딥시크"),
        ("회사는 비용이 5억원이라고 밝혔지만 믿는 사람은 적다.", "5억원", "비용", "회사"),
        ("1위는 챗GPT(493만 명)였다.", "493만 명", "챗GPT 사용자", None),
        ("올해 매출은 5억원이다. 지난해에는 3억원이었다.", "3억원", "매출", None),
        (
            "앱의 주간 사용자 수는 3만 명이다. 1위는 챗GPT(9만 명)였다.",
            "9만 명",
            "챗GPT 주간 사용자 수",
            None,
        ),
        (
            "공장은 40나노미터 수준의 반도체를 만들어 엔비디아(2㎚)에 뒤진다.",
            "2㎚",
            "반도체 (엔비디아)",
            None,
        ),
    ],
)
def test_who_says_and_what_is_measured(
    text: str, surface: str, measures: str | None, speaker: str | None
) -> None:
    found = next(f for f in analyse(page(text)).figures if f.surface == surface)
    assert (found.measures, found.speaker) == (measures, speaker)


def test_another_paragraph_s_subject_is_not_carried_over() -> None:
    found = analyse(page("올해 매출은 5억원이다.\n지난해에는 3억원이었다.")).figures
    assert [f.measures for f in found] == ["매출", None]


def test_headings_are_no_related_passages() -> None:
    one = page("바람1 등대의 건설 비용이 크게 늘었다.")
    two = page("# 바람1 등대의 건설 비용\n바람1 등대의 건설 비용은 시의 예산에서 나온다.")
    library = Corpus([("a", one, analyse(one)), ("b", two, analyse(two))])
    found = library.related("a", 0, len(one.text))
    assert [m.text for m in found] == ["바람1 등대의 건설 비용은 시의 예산에서 나온다."]
    library.discard("b")
    assert library.related("a", 0, len(one.text)) == []


def test_references_give_no_figures_names_or_keywords(harbour: tuple[Page, Extracts]) -> None:
    _, extracts = harbour
    assert "2025.02.03." not in [f.surface for f in extracts.figures]
    assert "해담신문" not in [n.text for n in extracts.names]


def test_names(harbour: tuple[Page, Extracts]) -> None:
    kinds = {name.text: (name.kind, name.count) for name in harbour[1].names}
    assert kinds["한가람"][0] == "person"
    assert "Dolgae" not in kinds


def test_a_name_and_its_latin_form_are_one() -> None:
    found = analyse(
        page("딥시크(DeepSeek)가 새 모델을 냈다.\n딥시크는 값이 싸다고 했다.\nDeepSeek의 모델은 빠르다.")
    )
    names = {name.text: name.count for name in found.names}
    assert names["딥시크"] == 4
    assert "DeepSeek" not in names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("네이버 검색을 만든 하정우 센터장은 웃었다.", "하정우", "person"),
        ("이 일은 방송통신위원회가 맡는다.", "방송통신위원회", "organisation"),
        ("사건은 수원지검이 맡았다.", "수원지검", "organisation"),
        ("그는 서울 강남구 역삼동에 산다.", "서울 강남구 역삼동", "place"),
        ("앙겔라 메르켈 총리가 왔다.", "앙겔라 메르켈", "person"),
        ("미국 정부가 나섰다.", "미국 정부", "organisation"),
        ("새 모델 GPT-4o가 나왔다.", "GPT-4o", "product"),
        ("오픈AI가 새 모델을 냈다.", "오픈AI", "organisation"),
        ("김모(33)씨가 넘어졌다.", "김", "person"),
    ],
)
def test_the_extent_and_kind_of_names(text: str, name: str, kind: str) -> None:
    assert (name, kind) in [(n.text, n.kind) for n in analyse(page(text)).names]


@pytest.mark.parametrize(
    "text",
    [
        "AI와 IT, CEO의 SNS가 화제다.",
        "영화 《서울의 봄》과 〈뉴스룸〉, 『삼성전자』를 봤다.",
        "길이는 30km, 무게는 5kg이다.",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert analyse(page(text)).names == ()


def test_keywords(harbour: tuple[Page, Extracts]) -> None:
    words = [k.text for k in harbour[1].keywords]
    assert {"등대", "해담시"} & set(words)
    assert "것" not in words
    explained = analyse(
        page(
            "회사는 ‘전문가 혼합(Mixture of Experts, MoE)’ 방식을 골랐다.\n데이터센터를 지었다.\n데이터센터는 크다."
        )
    )
    assert {"전문가 혼합", "데이터센터"} <= {k.text for k in explained.keywords}


def test_no_two_key_sentences_say_the_same() -> None:
    same = "해담시는 새 등대를 지어 뱃길을 밝히고 어민의 안전을 지키기로 했다."
    text = f"{same}\n{same}\n등대 건설에는 시의 예산과 나라의 지원금이 함께 들어간다고 시는 설명했다.\n어민들은 오래 기다린 등대를 반겼다."
    chosen = [k.text for k in analyse(page(text, title="새 등대")).key_sentences]
    assert chosen.count(same) == 1
    assert len(chosen) >= 2


def test_possible_conflict_and_agreement(
    harbour: tuple[Page, Extracts], report: tuple[Page, Extracts]
) -> None:
    library = Corpus([("a", *harbour), ("b", *report)])
    found = {(p.first.surface, p.second.surface): p.relation for p in library.pairs()}
    # One gives as the cost of 바람1 exactly what the other says was 물결2's.
    assert found["312만4000달러", "312만4000달러"] == "conflict"
    assert found["20분의 1", "95%"] == "related", "of another base: the old light, and what there was before"
    assert found["720억 원", "720억 원"] == "same"
    assert [p for p in found.values() if p == "conflict"] == ["conflict"]


def test_related_passages(harbour: tuple[Page, Extracts], report: tuple[Page, Extracts]) -> None:
    library = Corpus([("a", *harbour), ("b", *report)])
    cost = harbour[0].sentences[figure(harbour, "312만4000달러").sentence]
    best = library.related("a", cost.start, cost.end)[0]
    assert (best.article, best.relation) == ("b", "conflict")
    assert "물결2" in best.text
    mill = harbour[0].text.index("돌개는 바람이")
    assert "돌개는" in library.related("a", mill, mill + 5)[0].text
    assert all(m.article == "b" for m in library.related("a", 0, len(harbour[0].text), limit=50))
    library.discard("b")
    assert library.related("a", cost.start, cost.end) == []
    assert library.related("nobody", 0, 10) == []


def test_articles_side_by_side(harbour: tuple[Page, Extracts], report: tuple[Page, Extracts]) -> None:
    table = compare([("a", *harbour), ("b", *report)])
    assert table.articles == ("a", "b")
    first = table.rows[0]
    assert first.relation == "conflict"
    assert "비용" in first.label
    assert [[e.figure.surface for e in cell] for cell in first.cells] == [
        ["312만4000달러", "45억원"],
        ["312만4000달러", "310만 달러"],
    ]
    for row in table.rows:
        assert len(row.cells) == 2
        for cell, (one, _) in zip(row.cells, (harbour, report), strict=True):
            for entry in cell:
                assert one.text[entry.start : entry.end] == entry.text
                assert entry.figure.surface in entry.text
    shared = compare([("a", *harbour), ("b", *report)], shared_only=True)
    assert all(all(row.cells) for row in shared.rows)


def test_a_library_of_thousands_of_sentences_answers_quickly(harbour: tuple[Page, Extracts]) -> None:
    one, extracts = harbour
    chance = random.Random(1)
    vocabulary = [term for own in extracts.terms for term in own] + [f"말{i}" for i in range(3000)]
    library = Corpus()
    for i in range(1000):
        terms = tuple(tuple(chance.choices(vocabulary, k=12)) for _ in one.sentences)
        library.add(f"{i}", one, Extracts(version=1, terms=terms, figures=extracts.figures))
    began = time.process_time()
    for _ in range(5):
        assert len(library.related("7", 0, 60)) == 5
    assert (time.process_time() - began) / 5 < 1.0


# ── bad input ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text", ["", "딥시크", "😀🎉", "123 456 789", "...", "ㅋㅋㅋㅋ", "The lamp cost $5.6 million, or 5%."]
)
def test_small_and_strange_articles(text: str) -> None:
    found = analyse(page(text, title=""))
    assert len(found.terms) == len(page(text).sentences)


def test_english() -> None:
    found = analyse(page("The lamp cost $5.6 million. That is 5% of the old one."))
    assert [(f.surface, f.value, f.unit) for f in found.figures] == [
        ("$5.6 million", 5_600_000, "USD"),
        ("5%", 5, "%"),
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (" ".join(map(str, range(20_000))), []),
        ("\n".join(" ".join(map(str, range(row, row + 12))) for row in range(40)), []),
        ("3", []),
        ("2023 | 45 | 3.5kg | 12% | 1,234", ["3.5kg", "12%"]),
        ("점수 | 45", ["45"]),
    ],
    ids=["a line", "rows", "a page number", "units", "words"],
)
def test_numbers_without_a_word_say_nothing(text: str, figures: list[str]) -> None:
    assert [figure.surface for figure in analyse(page(text)).figures] == figures


NO_LANGUAGE = "12 345 6 " * 133


@pytest.mark.parametrize(
    "text",
    [
        f"{NO_LANGUAGE}등대의 값은 30만 달러라고 해담시가 밝혔다",
        f"등대의 값은 30만 달러라고 해담시가 밝혔으며 {'그래서 섬사람들은 모두 돌아왔고 ' * 40}{NO_LANGUAGE}",
        f"등대의 값은 30만 달러라고 해담시가 밝혔으며 {'그래서 섬사람들은 모두 돌아왔고 ' * 40}{NO_LANGUAGE}{'그 뒤로 아무도 떠나지 않았으며 ' * 40}",
    ],
    ids=["before", "after", "between"],
)
def test_what_is_not_language_is_left_out_and_the_rest_keeps_its_place(text: str) -> None:
    one = page(text)
    assert len(one.sentences) == 1
    found = analyse(one)
    assert [(f.surface, one.text[f.start : f.end]) for f in found.figures] == [("30만 달러", "30만 달러")]
    assert [one.text[s.start : s.end] for n in found.names for s in n.spans if n.text == "해담시"] == [
        "해담시"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "가나다라마" * 20_000, "가" * 100_000, "a" * 100_000, "1234567890" * 10_000, "😀" * 50_000, "(" * 50_000, "1/" * 50_000,
        "등대값100만원은비싸다그래도짓는다" * 6_000, "100만원 " * 20_000, " ".join(map(str, range(20_000))),
        unicodedata.normalize("NFD", "등대의 값은 약 560만 달러다. ") * 1_000,
    ],
    ids=["hangul", "one syllable", "latin", "digits", "emoji", "brackets", "slashes", "no spaces", "money", "numbers", "NFD"],
)  # fmt: skip
def test_huge_lines_take_bounded_time(text: str) -> None:
    one = page(text)
    began = time.process_time()
    found = analyse(one)
    assert time.process_time() - began < 60
    assert len(found.terms) == len(one.sentences)


# ── the real pages ───────────────────────────────────────────────────────────────────────────────


@needs_real_pages
def test_the_real_pages() -> None:
    from store.ingest import parse

    articles = []
    for path in sorted(REAL_PAGES.glob("*.txt")):
        one = parse(path.read_bytes(), name=path.name)[0][0]
        articles.append((path.name[:3], one, analyse(one)))
    pairs = Corpus(articles).pairs()
    conflicts = [(p.first.surface, p.second.surface) for p in pairs if p.relation == "conflict"]
    assert conflicts == [("560만 달러", "557만6000달러")]
    row = next(row for row in compare(articles).rows if row.label.endswith("(비율)"))
    assert [[e.figure.surface for e in cell] for cell in row.cells] == [
        ["95%"],
        ["1/10~1/30"],
        ["1/10"],
        [],
        ["20분의 1"],
    ]
