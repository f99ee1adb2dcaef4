"""Passages of other articles that speak of the same as one passage: reads the library into a corpus and asks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from store.errors import MitjulError
from store.korean.related import Corpus, Match
from store.library import Library
from store.model import BlockType, Extracts, Page, Span
from store.samples import alike
from store.terms import fold
from tui.copies import Origin, origin_of
from tui.reasons import shared

LIMIT = 12
"""Passages shown at most."""
ARTICLES = 400
"""Articles looked at, the newest first."""


SAYING = {BlockType.PARAGRAPH, BlockType.LIST_ITEM, BlockType.QUOTATION, BlockType.FOOTNOTE, BlockType.TABLE}
"""Blocks whose sentences say something by themselves."""


@dataclass
class Related:
    """Matches, best first, and the titles and origins of their articles."""

    matches: list[Match] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    why: list[str] = field(default_factory=list)
    """For each match the words (or the figures) that it shares with the passage."""


def related(
    library: Library, article: str, span: Span, cancelled: Callable[[], bool] = lambda: False
) -> Related:
    """The best few passages elsewhere (of sample pages only for one, and else of none); none where the article has not been analysed, or when cancelled. Slow: call it in a thread."""
    summaries = {summary.id: summary for summary in library.list()}
    ids = list(dict.fromkeys([article, *alike(summaries, article)[:ARTICLES]]))
    read: list[tuple[str, Page, Extracts]] = []
    for id in ids:
        if cancelled():
            return Related()
        try:
            found = library.extracts(id)
            if found is not None:
                read.append((id, library.article(id), found))
        except MitjulError:
            continue  # one that cannot be read hides no other
    by_id = {id: (page, found) for id, page, found in read}
    # A heading says nothing of its own.
    matches = [
        match
        for match in Corpus(read).related(article, span.start, span.end, LIMIT * 2)
        if _kind(by_id[match.article][0], match.start) in SAYING
    ][:LIMIT]
    known = Counter(term for _, _, found in read for terms in found.terms for term in set(terms))
    titles = {match.article: summaries[match.article].title for match in matches}
    origins = {id: origin_of(summaries[id]) for id in titles}
    why = [_why(by_id, article, span, match, known) for match in matches]
    return Related(matches, titles, origins, why)


def _kind(page: Page, offset: int) -> BlockType | None:
    return next((block.type for block in page.blocks if block.start <= offset < block.end), None)


def _why(
    by_id: dict[str, tuple[Page, Extracts]], article: str, span: Span, match: Match, known: Counter[str]
) -> str:
    """The figures on both sides where they are what relates the two; else the words that both have."""
    (page, mine), (other, theirs) = by_id[article], by_id[match.article]
    if match.relation != "related" and match.figures is not None:
        a, b = match.figures
        return f"{a.surface} ↔ {b.surface}"
    words = shared(
        _terms(page, mine, span.start, span.end), _terms(other, theirs, match.start, match.end), known
    )
    return " · ".join(as_written(word, match.text) for word in words)


def as_written(term: str, text: str) -> str:
    """A term, which is in lower case, as the text has it: ai, AI."""
    at = fold(text).find(term)
    return text[at : at + len(term)] if at >= 0 and len(fold(text)) == len(text) else term


def _terms(page: Page, found: Extracts, start: int, end: int) -> list[tuple[str, ...]]:
    return [
        tuple(terms)
        for sentence, terms in zip(page.sentences, found.terms, strict=False)
        if sentence.start < end and start < sentence.end
    ]
