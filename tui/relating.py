"""Passages of other articles that speak of the same as one passage: by the stored terms of their sentences. Pure but for reading the
library; no Kiwi."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from store.errors import MitjulError
from store.library import Library
from store.model import Article, Extracts, Span
from tui.suggest import terms_of

LIMIT = 12
"""Passages shown at most."""
EACH = 3
"""Passages of one article at most."""
ARTICLES = 300
"""Articles looked at, the newest first."""


@dataclass(frozen=True)
class Match:
    """A sentence `[start, end)` of another article. `score` is the cosine, 0 to 1."""

    article: str
    title: str
    start: int
    end: int
    text: str
    score: float


def related(
    library: Library,
    article: Article,
    extracts: Extracts | None,
    span: Span,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Match]:
    """The best few passages elsewhere, best first; empty where the article has not been analysed."""
    here = terms_of(extracts, article, span)
    if not here:
        return []
    others: list[tuple[Article, Extracts]] = []
    for summary in library.list()[:ARTICLES]:
        if cancelled():
            return []
        if summary.id == article.id or not summary.analysed:
            continue
        try:
            found = library.extracts(summary.id)
            if found is not None:
                others.append((library.article(summary.id), found))
        except MitjulError:
            continue
    return best(here, others)


def best(here: Counter[str], others: Iterable[tuple[Article, Extracts]]) -> list[Match]:
    """The sentences most like `here`: cosine of tf-idf vectors, rarity counted over the sentences of all these articles. No threshold but
    sharing two terms (one, where `here` has no more): similarities of different passages cannot be compared with one another."""
    pairs = [(article, extracts) for article, extracts in others]
    spread: Counter[str] = Counter(
        term for _, extracts in pairs for terms in extracts.terms for term in set(terms)
    )
    total = sum(len(extracts.terms) for _, extracts in pairs) + 1
    weight = {term: math.log(1 + total / count) for term, count in spread.items()}
    fallback = math.log(1 + total)
    size_here = math.sqrt(sum((count * weight.get(term, fallback)) ** 2 for term, count in here.items()))
    least = min(2, len(here))
    found: list[Match] = []
    for article, extracts in pairs:
        matches = []
        for sentence, terms in zip(article.sentences, extracts.terms, strict=False):
            bag = Counter(terms)
            shared = here.keys() & bag.keys()
            if len(shared) < least:
                continue
            size = math.sqrt(sum((count * weight[term]) ** 2 for term, count in bag.items()))
            dot = sum(here[term] * bag[term] * weight[term] ** 2 for term in shared)
            text = article.slice(sentence.start, sentence.end)
            matches.append(
                Match(article.id, article.title, sentence.start, sentence.end, text, dot / (size * size_here))
            )
        matches.sort(key=lambda match: (-match.score, match.start))
        found += matches[:EACH]
    return sorted(found, key=lambda match: (-match.score, match.article, match.start))[:LIMIT]
