"""Which tags fit a passage: by what was tagged before, and by the passage's own words. No model, no Kiwi: only stored terms."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from store.errors import MitjulError
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

_PARTICLES = tuple(
    sorted(
        [
            "이라고는",
            "이라고",
            "이라는",
            "라고는",
            "라고",
            "라는",
            "에서는",
            "에서도",
            "에게서",
            "으로는",
            "으로도",
            "으로서",
            "으로써",
            "에게는",
            "까지는",
            "부터는",
            "에서",
            "에게",
            "께서",
            "한테",
            "으로",
            "로는",
            "로서",
            "로써",
            "까지",
            "부터",
            "마다",
            "조차",
            "마저",
            "밖에",
            "처럼",
            "보다",
            "만큼",
            "이나",
            "이란",
            "이라",
            "와는",
            "과는",
            "와도",
            "과도",
            "에는",
            "에도",
            "의",
            "은",
            "는",
            "이",
            "가",
            "을",
            "를",
            "과",
            "와",
            "로",
            "도",
            "만",
            "에",
        ],
        key=len,
        reverse=True,
    )
)
_HANGUL_END = re.compile("[가-힣]$")
_EDGES = "\"'“”‘’「」『』《》〈〉()[]{}.,!?…·:;~-–—"


def without_particle(word: str) -> str:
    """A word without the particle at its end: 딥시크가 → 딥시크. Stays whole where less than two syllables would be left, and where
    the particle does not go with the sound before it (국가 keeps its 가)."""
    for particle in _PARTICLES:
        if word.endswith(particle):
            stem = word[: -len(particle)]
            if len(stem) >= 2 and _goes_with(stem, particle):
                return stem
    return word


def _goes_with(stem: str, particle: str) -> bool:
    """Whether a particle that has two shapes has the one that this stem's last sound asks for."""
    last = stem[-1]
    if not _HANGUL_END.search(last):
        return True
    final = (ord(last) - 0xAC00) % 28
    closed = final != 0
    first = particle[0]
    if particle in ("은", "이", "을", "과") or particle.startswith(("이", "과")):
        return closed
    if particle in ("는", "가", "를", "와") or particle.startswith(("와", "라")):
        return not closed
    if first == "으":
        return closed and final != 8
    if first == "로":
        return not closed or final == 8
    return True


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


def suggest(library: Library, article: Article, extracts: Extracts | None, span: Span) -> list[str]:
    """The tags whose earlier passages are most like this one, the best first.

    Each tag is the sum of its passages' term vectors weighted by rarity among the tags (tf-idf, as in Salton and Buckley, 1988), and
    compared by cosine. Empty where the article has not been analysed.
    """
    here = terms_of(extracts, article, span)
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
