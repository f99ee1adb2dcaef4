"""Which tags fit a passage: by what was tagged before, and by the passage's own words. No model, no Kiwi: only stored terms."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from store.errors import MitjulError
from store.korean.particles import without_particle
from store.library import Library
from store.model import Annotation, Article, Extracts, Span
from store.text import clean_line

LIMIT = 3
"""Tags suggested at most."""
FLOOR = 0.12
"""Cosine similarity below which a tag is not suggested."""
MARKS = 400
"""Marks looked at, the newest first: enough to tell, and quick."""
ARTICLES = 40
"""Articles that these may be of, for the same reason."""

_EDGES = "\"'“”‘’「」『』《》〈〉()[]{}.,!?…·:;~-–—"


def offered(text: str) -> list[str]:
    """A name for a new tag out of a short passage: its words without edges and the final particle; nothing for a long one."""
    words = clean_line(text).strip(_EDGES).split()
    if not 1 <= len(words) <= 3:
        return []
    words[-1] = without_particle(words[-1].strip(_EDGES))
    name = "_".join(word.strip(_EDGES) for word in words if word.strip(_EDGES))
    return [name] if name else []


def terms_of(extracts: Extracts | None, article: Article, span: Span) -> Counter[str]:
    """The terms of the sentences that a range touches."""
    found: Counter[str] = Counter()
    if extracts is None:
        return found
    for sentence, terms in zip(article.sentences, extracts.terms, strict=False):
        if sentence.end > span.start and sentence.start < span.end:
            found.update(terms)
    return found


def suggest(library: Library, article: Article, span: Span) -> list[str]:
    """The tags whose earlier passages are most like this one, the best first.

    Each tag is the sum of its passages' term vectors weighted by rarity among the tags (tf-idf, as in Salton and Buckley, 1988), and
    compared by cosine. Empty where the article has not been analysed.
    """
    here = terms_of(library.extracts(article.id), article, span)
    if not here:
        return []
    bags = _bags(library, library.tagged_lately(MARKS))
    return rank(here, bags)


def rank(here: Counter[str], bags: dict[str, Counter[str]]) -> list[str]:
    """Names of the bags most like `here`, above the floor."""
    spread: Counter[str] = Counter(term for bag in bags.values() for term in bag)
    weight = {term: math.log(1 + len(bags) / count) for term, count in spread.items()}
    scores = {}
    for name, bag in bags.items():
        dot = sum(here[term] * bag[term] * weight[term] ** 2 for term in here.keys() & bag.keys())
        size = _norm(here, weight) * _norm(bag, weight)
        if size and dot / size >= FLOOR:
            scores[name] = dot / size
    return sorted(scores, key=lambda name: (-scores[name], name))[:LIMIT]


def _norm(bag: Counter[str], weight: dict[str, float]) -> float:
    # A term that no tag has yet still says that the passage is about something else.
    return math.sqrt(sum((count * weight.get(term, 1.0)) ** 2 for term, count in bag.items()))


def _bags(library: Library, marks: Iterable[Annotation]) -> dict[str, Counter[str]]:
    bags: dict[str, Counter[str]] = {}
    read: dict[str, tuple[Article, Extracts | None]] = {}
    for mark in marks:
        if mark.article not in read:
            if len(read) == ARTICLES:
                continue
            try:
                read[mark.article] = (library.article(mark.article), library.extracts(mark.article))
            except MitjulError:
                continue
        article, extracts = read[mark.article]
        terms = terms_of(extracts, article, Span(start=mark.start, end=mark.end))
        for tag in mark.tags:
            bags.setdefault(tag, Counter()).update(terms)
    return bags
