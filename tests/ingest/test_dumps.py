"""Dumps of our own in many layouts, with gold for every line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from store.ingest import parse
from store.ingest.reasons import REASONS
from store.model import BlockType, Page
from store.text import clean_line
from tests.ingest.gold import Gold, load, nothing_lost, pages

each_page = pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)


@cache
def read(path: Path) -> tuple[Gold, Page]:
    gold = load(path)
    return gold, parse(gold.dump.encode(), name=path.name)[0][0]


@each_page
def test_blocks(path: Path) -> None:
    gold, page = read(path)
    got = [(block.type, block.level, page.text[block.start : block.end]) for block in page.blocks]
    want = [
        (kind, level, text if kind is BlockType.TABLE else clean_line(text))
        for kind, level, text in gold.blocks
    ]
    assert got == want


@each_page
def test_title_deck_and_summary(path: Path) -> None:
    gold, page = read(path)
    assert page.title == gold.title
    assert (page.subtitle.split("\n") if page.subtitle else []) == gold.subtitle
    assert list(page.summary) == gold.summary


@each_page
def test_metadata(path: Path) -> None:
    gold, page = read(path)

    def says(name: str) -> str | None:
        value = gold.says.get(name)
        return None if value in {None, "null", ""} else value

    assert page.publisher == says("publisher")
    assert list(page.authors) == [name for name in (says("authors") or "").split(",") if name]
    assert page.published == says("published")
    assert page.original_source == says("original_source")
    assert page.truncated == (says("truncated") == "yes")


@each_page
def test_nothing_is_lost(path: Path) -> None:
    gold, page = read(path)
    nothing_lost(gold.dump, page)
    assert {line.reason for line in page.removed} <= set(REASONS)
    assert [line.line for line in page.removed] == sorted(line.line for line in page.removed)


@each_page
def test_places(path: Path) -> None:
    _, page = read(path)
    starts = {block.start for block in page.blocks} | {len(page.text)}
    assert all(line.at in starts for line in page.removed)
    assert page.text == "\n\n".join(page.text[block.start : block.end] for block in page.blocks)
    assert all(any(b.start <= s.start < s.end <= b.end for b in page.blocks) for s in page.sentences)
