"""Passages of other articles that speak of the same as one passage: reads the library into a corpus and asks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from store.errors import MitjulError
from store.korean.related import Corpus, Match
from store.library import Library
from store.model import Extracts, Page, Span

LIMIT = 12
"""Passages shown at most."""
ARTICLES = 400
"""Articles looked at, the newest first."""


@dataclass
class Related:
    """Matches, best first, and the titles of their articles."""

    matches: list[Match] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)


def related(
    library: Library, article: str, span: Span, cancelled: Callable[[], bool] = lambda: False
) -> Related:
    """The best few passages elsewhere; none where the article has not been analysed, or when cancelled. Slow: call it in a thread."""
    summaries = {summary.id: summary for summary in library.list()}
    ids = list(dict.fromkeys([article, *list(summaries)[:ARTICLES]]))
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
    matches = Corpus(read).related(article, span.start, span.end, LIMIT)
    return Related(matches, {match.article: summaries[match.article].title for match in matches})
