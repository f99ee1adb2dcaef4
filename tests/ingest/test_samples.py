"""The sample pages of the project: same layouts as real ones."""

from __future__ import annotations

from functools import cache

from store.ingest import parse
from store.model import BlockType, Page
from tests.ingest.gold import nothing_lost
from tests.places import SEEDS


@cache
def sample(start: str) -> Page:
    path = next(SEEDS.glob(f"{start}*.txt"))
    return parse(path.read_bytes(), name=path.name)[0][0]


def count(page: Page, kind: BlockType, level: int = 0) -> int:
    return sum(block.type is kind and (not level or block.level == level) for block in page.blocks)


def test_brief() -> None:
    page = sample("1-")
    assert (page.publisher, page.authors, page.published) == ("아시아정책노트", (), "2025-02-14")
    assert not page.title.startswith("[")
    assert (count(page, BlockType.HEADING, 1), count(page, BlockType.HEADING, 2)) == (3, 6)
    assert (count(page, BlockType.FOOTNOTE), count(page, BlockType.REFERENCE)) == (1, 5)


def test_column() -> None:
    page = sample("2-")
    assert (page.publisher, page.authors, page.published, page.subtitle) == ("한빛뉴스", (), None, None)
    assert len(page.summary) == 3
    assert {block.type for block in page.blocks} == {BlockType.PARAGRAPH}


def test_blog() -> None:
    page = sample("3-")
    assert (page.publisher, page.authors, page.published) == (None, ("새벽세시커피",), "2025-02-03")
    assert (count(page, BlockType.HEADING), count(page, BlockType.LIST_ITEM)) == (5, 5)


def test_magazine() -> None:
    page = sample("4-")
    assert (page.authors, page.published, page.truncated) == (("한서윤", "오민재"), "2025-02", True)
    assert (len(page.summary), count(page, BlockType.HEADING)) == (1, 1)
    assert page.subtitle is not None


def test_forum() -> None:
    page = sample("5-")
    assert (page.publisher, page.authors, page.published) == ("도토리마당", ("도토리(198.51)",), "2025-02-03")
    assert page.original_source == "물결경제"
    assert not page.truncated


def test_nothing_is_lost() -> None:
    for path in SEEDS.glob("*.txt"):
        nothing_lost(path.read_text("utf-8"), sample(path.name[:2]))
