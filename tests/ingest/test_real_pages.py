"""The five real pages: everything that a reader would check by eye. Their sentences are not quoted; counts, places and hashes are."""

from __future__ import annotations

import hashlib
from functools import cache

import pytest

from store.ingest import parse
from store.ingest.reasons import REASONS
from store.model import BlockType, Page
from tests.ingest.gold import nothing_lost
from tests.places import REAL_PAGES, needs_real_pages

pytestmark = needs_real_pages


@cache
def page(number: int) -> Page:
    path = sorted(REAL_PAGES.glob("*.txt"))[number]
    return parse(path.read_bytes(), name=path.name)[0][0]


def texts(page: Page, kind: BlockType, level: int | None = None) -> list[str]:
    return [
        page.text[block.start : block.end]
        for block in page.blocks
        if block.type is kind and (level is None or block.level == level)
    ]


def reasons(page: Page) -> set[str]:
    return {line.reason for line in page.removed}


def digest(text: str) -> str:
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]


def source_lines(number: int, first: int, last: int) -> str:
    """Lines of the page (from 1) as they are, for comparison without quoting them."""
    path = sorted(REAL_PAGES.glob("*.txt"))[number]
    return "".join(path.read_text("utf-8").split("\n")[first - 1 : last])


def test_policy_brief() -> None:
    brief = page(0)
    assert brief.title.startswith("동남아시아, 中")
    assert brief.title.endswith("필요성 제기")
    assert (brief.publisher, brief.authors, brief.published) == ("AIF 아세안", (), "2025-02-14")
    assert (brief.truncated, brief.summary, brief.subtitle) == (False, (), None)
    first = texts(brief, BlockType.HEADING, 1)
    second = texts(brief, BlockType.HEADING, 2)
    assert [len(first), len(second)] == [3, 6]
    assert first[0].startswith("중국 딥시크")
    assert second[0].startswith("딥시크의 저비용")
    assert second[-1].endswith("과제")
    assert not any(heading[0] in "□◦" for heading in first + second)
    assert len(texts(brief, BlockType.PARAGRAPH)) == 12
    assert len(texts(brief, BlockType.FOOTNOTE)) == 1
    assert texts(brief, BlockType.FOOTNOTE)[0].startswith("*머신러닝")
    references = texts(brief, BlockType.REFERENCE)
    assert len(references) == 5
    assert references[0].startswith("The Diplomat")
    assert references[-1].startswith("Medium")
    assert [line.text for line in brief.removed if line.reason == "column"] == ["[이슈트렌드]"]
    assert {"review", "notice", "prev_next", "label"} <= reasons(brief)


def test_column() -> None:
    column = page(1)
    assert (column.title, column.publisher, column.authors) == ("딥시크 나비효과", "노컷뉴스", ())
    assert (column.published, column.truncated, column.subtitle) == (None, False, None)
    assert len(column.summary) == 3
    assert column.summary[0].startswith("'오픈소스' 中딥시크")
    assert len(column.blocks) == 14
    assert {block.type for block in column.blocks} == {BlockType.PARAGRAPH}
    assert column.text.endswith("(A씨)")
    assert digest(column.text) == digest(source_lines(1, 19, 36) + source_lines(1, 38, 47))
    assert sum(line.reason == "photo_credit" for line in column.removed) == 2


def test_blog() -> None:
    blog = page(2)
    assert blog.title.startswith("중국 딥시크 돌풍")
    assert blog.title.endswith("전략은?")
    assert (blog.publisher, blog.authors, blog.published) == (None, ("NewsKartrider",), "2025-02-01")
    headings = texts(blog, BlockType.HEADING, 1)
    assert len(headings) == 6
    assert headings[-1].endswith("무엇인가?")
    items = texts(blog, BlockType.LIST_ITEM)
    assert len(items) == 5
    assert items[0].startswith("차세대 메모리")
    assert items[-1].startswith("안정적인 전력")
    assert len(texts(blog, BlockType.PARAGRAPH)) == 7
    assert blog.text.endswith("^^")
    assert "반응형" not in blog.text


def test_magazine_cut_by_a_paywall() -> None:
    magazine = page(3)
    assert magazine.title == "AI 글로벌 산업 구도 흔드는 딥시크"
    assert (magazine.publisher, magazine.authors, magazine.published) == (
        None,
        ("김들풀", "배미정"),
        "2025-02",
    )
    assert magazine.truncated
    assert magazine.subtitle is not None
    assert len(magazine.subtitle.split("\n")) == 2
    assert len(magazine.summary) == 1
    assert digest(magazine.summary[0]) == digest(source_lines(3, 13, 13))
    assert texts(magazine, BlockType.HEADING) == ["중국의 AI 스타트업, 딥시크"]
    assert "MoE)1 ’" in magazine.text
    assert digest(magazine.text) == digest(source_lines(3, 20, 29))
    assert {"paywall", "author_bio", "byline", "image", "label"} <= reasons(magazine)


def test_forum_repost() -> None:
    post = page(4)
    assert post.title.startswith("“지금 대규모 투자해야")
    assert post.title.endswith("딥시크서 기회")
    assert (post.publisher, post.authors, post.published) == ("디시인사이드", ("ㅇㅇ(110.8)",), "2025-02-02")
    assert (post.original_source, post.truncated) == ("매일경제", False)
    assert post.subtitle is not None
    deck = post.subtitle.split("\n")
    assert deck[0].startswith("토종 AI")
    assert deck[-1].startswith("더 빠르게")
    assert len(deck) == 7
    assert {block.type for block in post.blocks} == {BlockType.PARAGRAPH}
    assert texts(post, BlockType.PARAGRAPH)[-2].endswith("45조원 이상")
    assert post.text.endswith("9.099억원")
    assert digest(post.text) == digest(source_lines(4, 38, 54) + source_lines(4, 58, 88))
    assert {"image", "comments", "listing", "counter", "duplicate_title"} <= reasons(post)
    assert "갤로그" not in post.text
    assert "0c9c81" not in post.text


@pytest.mark.parametrize("number", range(5))
def test_every_line_of_the_page_is_somewhere(number: int) -> None:
    path = sorted(REAL_PAGES.glob("*.txt"))[number]
    nothing_lost(path.read_text("utf-8"), page(number))
    assert reasons(page(number)) <= set(REASONS)
