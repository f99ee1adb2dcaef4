"""Keywords: the nouns and compound nouns that an article is about, as people say them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from store.korean.words import Word, is_weak
from store.model import Keyword

_LONGEST = 3
"""Words in a compound."""
_COMMON_NOUN = 0.7
"""A common noun alone says less than a compound or a name."""
_NAMED = frozenset({"proper", "latin"})
_NO_NOUN = frozenset({"verb", "number", "act"})
_GLOSS = re.compile(r"[’'”]?\([A-Za-z]")
"""전문가 혼합(Mixture of Experts): a term that the article explains."""


def keywords(
    texts: Sequence[str], found: Sequence[Sequence[Word]], title: Iterable[str] = (), count: int = 12
) -> tuple[Keyword, ...]:
    """The best `count` keywords, best first, `score` between 0 and 1.

    A candidate is a run of up to three nouns or Latin names with at most a space between them. It counts with how often it
    stands (a part of a longer candidate only where it stands alone, as in C-value: Frantzi et al. 2000), in how
    many sentences, and whether the title has it.
    """
    inside: dict[str, int] = {}
    places: dict[str, list[tuple[int, int, int]]] = {}
    sizes: dict[str, int] = {}
    """How many words the compounds have."""
    named: set[str] = set()
    defined: set[str] = set()
    for i, (text, own) in enumerate(zip(texts, found, strict=True)):
        for run in _runs(text, own):
            longest = len(run)
            glossed = _GLOSS.match(text, run[-1].end) is not None
            for at, first in enumerate(run):
                if is_weak(first.term):
                    continue
                key = ""
                for size, word in enumerate(run[at : at + _LONGEST], 1):
                    key += word.term
                    if size > 1:
                        if is_weak(word.term):
                            continue
                        if size > sizes.get(key, 1):
                            sizes[key] = size
                    elif word.kind in _NAMED:
                        named.add(key)
                    own_places = places.get(key)
                    if own_places is None:
                        places[key] = own_places = []
                    own_places.append((i, first.start, word.end))
                    if size < longest:
                        inside[key] = inside.get(key, 0) + 1
                    if glossed and at + size == longest:
                        defined.add(key)
    wanted = {term.replace(" ", "").lower() for term in title}
    ranked: list[tuple[float, str]] = []
    times = {key: len(own_places) for key, own_places in places.items()}
    for key, n in times.items():
        if len(key) < 2 or (n < 2 and key not in defined and (key not in wanted or key in sizes)):
            continue
        score = math.log1p(n - 0.5 * inside.get(key, 0)) * math.sqrt(len({place[0] for place in places[key]}))
        if key in sizes:
            score *= 1.2 + 0.3 * sizes[key]
        elif key not in named:
            score *= _COMMON_NOUN
        if key in wanted:
            score *= 1.5
        if key in defined:
            score *= 1.5
        ranked.append((score, key))
    ranked.sort(key=lambda item: (-item[0], item[1]))
    best: list[tuple[float, str]] = []
    for score, key in ranked:
        if len(best) >= count:
            break
        # 데이터 says nothing beside 데이터센터, unless it stands on its own often.
        if any(key in other and times[key] < 2 * times[other] for _, other in best):
            continue
        best = [(s, other) for s, other in best if not (other in key and times[other] < 1.5 * times[key])]
        best.append((score, key))
    top = best[0][0] if best else 1.0
    top = max((score for score, _ in best), default=top)
    return tuple(
        Keyword(text=_shown(texts, places[key]), score=round(score / top, 4), count=times[key])
        for score, key in sorted(best, key=lambda item: (-item[0], item[1]))
    )


def _shown(texts: Sequence[str], places: Sequence[tuple[int, int, int]]) -> str:
    """A keyword as it is written most often."""
    return Counter(texts[i][start:end] for i, start, end in places).most_common(1)[0][0]


def _runs(text: str, found: Sequence[Word]) -> Iterable[list[Word]]:
    run: list[Word] = []
    for word in found:
        if word.kind in _NO_NOUN:
            continue
        if run:
            end = run[-1].end
            if word.start != end and not (word.start == end + 1 and text[end] == " "):
                yield run
                run = []
        run.append(word)
    if run:
        yield run
