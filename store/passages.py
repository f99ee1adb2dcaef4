"""The passages of one article that answer a search, and how well."""

from __future__ import annotations

import functools
import math
from bisect import bisect_right
from collections.abc import Callable, Sequence

from store.sources import Source
from store.terms import contains, fold, has_case, occurrences

Passage = tuple[float, int, int, int]
"""Its score, start and end; and how often the words occur in the article."""


def best_of(words: Sequence[str]) -> Callable[[Source], Passage | None]:
    """What finds in an article the best of `passages`, or `None` where there is none."""
    if len(words) == 1:
        return _best_of_one(words[0])
    return lambda source: next(iter(passages(source, words)), None)


def _best_of_one(word: str) -> Callable[[Source], Passage | None]:
    """For one word that is the sentence where it stands first. Every search does this for dozens of articles or more."""
    cased, length = has_case(word), len(word)

    def best(source: Source) -> Passage | None:
        text, spans = source.text, source.spans
        in_head = word in source.head
        if cased:
            if len(source.folded) != len(text):
                return next(iter(passages(source, [word])), None)
            text = source.folded
            in_head = in_head or word in fold(source.head)
        in_title = in_head and contains(source.title, word)
        at = text.find(word)
        if at < 0:
            return _beginning(source, _base(in_title, 0), 0) if in_head else None
        total = text.count(word, at)
        base = _base(in_title, total)
        if not spans:
            return _beginning(source, base, total)
        place = bisect_right(spans, at)
        if place % 2 and at + length <= spans[place]:
            start, end = spans[place - 1], spans[place]
        else:
            first, last = _sentences(spans, at, length)
            start, end = spans[2 * first], spans[2 * last + 1]
        return (1.1 + base - start * 0.1 / len(text), start, end, total)

    return best


def passages(source: Source, words: Sequence[str]) -> list[Passage]:
    """An article's passages with the words, the best three first; none when a word occurs neither in its text nor its head."""
    if not words:
        return [(0.1, *source.beginning(), 0)]
    text, spans = source.text, source.spans
    in_sentence: dict[tuple[int, int], int] = {}
    total = 0
    for bit, word in enumerate(words):
        places = occurrences(text, word)
        total += len(places)
        if not places and not contains(source.head, word):
            return []
        if not spans:
            continue
        for at in places:
            key = _sentences(spans, at, len(word))
            in_sentence[key] = in_sentence.get(key, 0) | 1 << bit
    base = _base(sum(contains(source.title, word) for word in words) / len(words), total)
    if not in_sentence:
        return [_beginning(source, base, total)]
    share, fall = 1 / len(words), 0.1 / (len(text) or 1)
    found = [
        (
            there.bit_count() * share + base + 0.1 - spans[2 * first] * fall,
            spans[2 * first],
            spans[2 * last + 1],
            total,
        )
        for (first, last), there in in_sentence.items()
    ]
    found.sort(key=lambda passage: (-passage[0], passage[1]))
    return found[:3]


@functools.lru_cache(1000)
def _base(in_title: float, total: int) -> float:
    """What an article's passages have in common: the share of the words that is in its title, and how often they occur."""
    return 0.5 * in_title + 0.3 * (1 - math.exp(-total / 5))


def _beginning(source: Source, base: float, total: int) -> Passage:
    return (round(0.2 + base, 4), *source.beginning(), total)


def _sentences(spans: Sequence[int], at: int, length: int) -> tuple[int, int]:
    """The sentences, from first to last, in which something of that length stands."""
    # Starts and ends lie by turns: an odd place is within a sentence, an even one between two.
    place = bisect_right(spans, at)
    if place % 2 and at + length <= spans[place]:
        return place // 2, place // 2
    first = max(place - 1, 0) // 2
    return first, max((bisect_right(spans, at + length - 1, 2 * first) - 1) // 2, first)
