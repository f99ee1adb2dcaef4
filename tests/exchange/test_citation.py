"""A passage with its source, in every form; what the page does not say is left out."""

from __future__ import annotations

import pytest

from store.exchange.citation import (
    FORMS,
    Place,
    Places,
    cite,
    link_target,
    place,
    place_words,
    reference,
    source_line,
)
from store.model import Span
from tests.exchange.makers import make_article, make_mark

ARTICLE = make_article()
PASSAGE = "설비를 빌린 값은 빠졌다."
MARK = make_mark(ARTICLE, PASSAGE)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (
            "plain",
            "“설비를 빌린 값은 빠졌다.”\n"
            "— 한서리, 문가람, 「값싼 모형, 비싼 질문」, 가온경제, 2025-02-14, 「남은 문제」 1문단, https://example.org/a_b?no=1",
        ),
        (
            "markdown",
            "> 설비를 빌린 값은 빠졌다.\n>\n"
            "> — 한서리, 문가람, 「값싼 모형, 비싼 질문」, 가온경제, 2025-02-14, 「남은 문제」 1문단 [원문](https://example.org/a_b?no=1)",
        ),
        ("inline", "“설비를 빌린 값은 빠졌다.”(한서리·문가람, 2025)"),
        (
            "reference",
            "한서리·문가람(2025. 2. 14.). 「값싼 모형, 비싼 질문」. 가온경제. https://example.org/a_b?no=1",
        ),
        (
            "obsidian",
            "> 설비를 빌린 값은 빠졌다.\n>\n> — [[값싼 모형, 비싼 질문 a1b2c3#^mj-000000000001|값싼 모형, 비싼 질문]]",
        ),
        ("text", "설비를 빌린 값은 빠졌다."),
    ],
)
def test_forms(form: str, expected: str) -> None:
    assert cite(ARTICLE, MARK, form) == expected


def test_every_form_takes_a_range() -> None:
    for form in FORMS:
        assert cite(ARTICLE, Span(start=MARK.start, end=MARK.end), form)
    with pytest.raises(KeyError):
        cite(ARTICLE, MARK, "apa")


def test_what_is_not_known_is_left_out() -> None:
    bare = make_article(publisher=None, authors=(), published=None, url=None)
    assert source_line(bare) == "「값싼 모형, 비싼 질문」"
    assert reference(bare) == "「값싼 모형, 비싼 질문」."
    assert cite(bare, MARK, "inline").endswith("(「값싼 모형, 비싼 질문」)")
    assert "None" not in "".join(cite(bare, MARK, form) for form in FORMS)


def test_month_only_and_repost() -> None:
    article = make_article(published="2025-02", authors=("ㅇㅇ(1.2)",), original_source="나루신문")
    assert reference(article).startswith("ㅇㅇ(1.2)(2025. 2.). ")
    assert "나루신문 재인용" in source_line(article)


def test_place() -> None:
    assert place(ARTICLE, 0) == Place(None, 0)
    assert place(ARTICLE, ARTICLE.text.index("그러나")) == Place("값싼 모형이 던진 질문", 2)
    assert place(ARTICLE, ARTICLE.text.index("* 값")) == Place("남은 문제", 0)


def test_paragraphs_are_counted_in_the_section_that_is_named() -> None:
    second = ARTICLE.text.index("시험 운영")
    assert place(ARTICLE, second) == Place("남은 문제", 2)
    assert place_words(ARTICLE, second) == "「남은 문제」 2문단"
    assert place_words(ARTICLE, second, "en") == "“남은 문제”, para. 2"
    plain = make_article(blocks=tuple(block for block in ARTICLE.blocks if block.type != "heading"))
    assert place_words(plain, second) == "4문단"


def test_places_of_many_are_those_of_each() -> None:
    places = Places(ARTICLE)
    for offset in range(-1, len(ARTICLE.text) + 3):
        assert places.at(offset) == place(ARTICLE, offset)
        before = [block for block in ARTICLE.blocks if block.start <= offset]
        head = next((b for b in reversed(before) if b.type == "heading" and b.end <= offset), None)
        assert places.at(offset).heading == (ARTICLE.slice(head.start, head.end) if head else None)


def test_a_lost_mark_is_cited_without_a_place() -> None:
    mark = make_mark(ARTICLE, "설비를 빌린 값은 빠졌다.", status="lost")
    for form in ("plain", "markdown"):
        assert "문단" not in cite(ARTICLE, mark, form)
        assert "문단" in cite(ARTICLE, make_mark(ARTICLE, "설비를 빌린 값은 빠졌다."), form)


def test_a_quotation_in_markdown_reads_as_written() -> None:
    mark = make_mark(ARTICLE, "연구소는 훈련에 든 돈이 $5.6M이라고 밝혔다.")
    assert "\\$5.6M" in cite(ARTICLE, mark, "markdown")
    across = make_mark(ARTICLE, "않았다.\n\n남은 문제")
    assert cite(ARTICLE, across, "markdown").startswith("> 않았다.\n>\n> 남은 문제\n>\n> —")


def test_an_address_cannot_end_its_link() -> None:
    assert link_target("https://x.org/a(b) c\x1b[") == "https://x.org/a%28b%29%20c%5B"
