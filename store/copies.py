"""Near copies: a repost on a forum, an agency's story in two papers. They are linked, never merged."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from heapq import nlargest

from store.index import Index
from store.terms import fold, resemblance

SUSPECT = 0.04
"""Estimated resemblance from which two texts are compared in full."""

COPY = 0.08
"""Share of common 5-character shingles from which two articles are near copies. Unrelated pages on one subject share at most .018, a
heavily edited copy still .12."""

MOST = 20
"""Texts compared in full with one, those that seem likest: where everything is like everything, more would say no more."""
MANY = 1000
"""Articles that are looked at in one go by `repeated`."""
_AT_ONCE = 500

Lock = AbstractContextManager[object]


def near_copies(index: Index, id: str, lock: Lock) -> list[tuple[str, float]]:
    """Articles that share much of their text with this one, likest first, with the share of shingles in common (0 to 1). Between some
    hundreds of sketches others may have the lock."""
    with lock:
        rows = index.rows(
            "SELECT n, text, sketch FROM articles JOIN texts USING (n) JOIN sketches USING (n) WHERE id = ?",
            (id,),
        )
    if not rows:
        return []
    own, text, sketch = rows[0]
    numbers = set(array("I", sketch))
    suspects = nlargest(
        MOST,
        (
            (likeness, n)
            for n, other in _sketches(index, lock)
            if n != own
            and (common := len(numbers.intersection(array("I", other))))
            and (likeness := _likeness(sketch, other, common, SUSPECT))
        ),
    )
    found: list[tuple[str, float]] = []
    ours = shingles(text) if suspects else set()
    for _, n in suspects:
        with lock:
            rows = index.rows(
                "SELECT id, text FROM articles JOIN texts USING (n) WHERE n = ? AND trashed = ''", (n,)
            )
        for copy, other in rows:
            theirs = shingles(other)
            share = len(ours & theirs) / max(1, len(ours | theirs))
            if share >= COPY:
                found.append((copy, round(share, 3)))
    return sorted(found, key=lambda item: (-item[1], item[0]))


def repeated(index: Index, ids: Iterable[str], share: float, lock: Lock) -> set[str]:
    """Those of these articles (of the first thousand) that are estimated to have at least this share of shingles in common with
    another. The sketches are gone through once for all of them."""
    waiting: dict[int, tuple[str, bytes]] = {}
    having: dict[int, list[int]] = {}
    for id in list(ids)[:MANY]:
        with lock:
            rows = index.rows("SELECT n, sketch FROM articles JOIN sketches USING (n) WHERE id = ?", (id,))
        for n, sketch in rows:
            waiting[n] = id, sketch
            for number in array("I", sketch):
                having.setdefault(number, []).append(n)
    found: set[str] = set()
    for n, other in _sketches(index, lock):
        numbers = array("I", other)
        if not waiting or having.keys().isdisjoint(numbers):
            continue
        common = Counter(one for number in numbers for one in having.get(number, ()) if one in waiting)
        for one, count in common.items():
            id, sketch = waiting[one]
            if one != n and _likeness(sketch, other, count, share):
                found.add(id)
                del waiting[one]
    return found


def _sketches(index: Index, lock: Lock) -> Iterator[tuple[int, bytes]]:
    """The sketches of all articles, by their numbers."""
    last = -1
    while True:
        with lock:
            rows = index.rows(
                "SELECT n, sketch FROM sketches WHERE n > ? ORDER BY n LIMIT ?", (last, _AT_ONCE)
            )
        if not rows:
            return
        yield from rows
        last = rows[-1][0]


def _likeness(sketch: bytes, other: bytes, common: int, least: float) -> float:
    """The estimated resemblance of two sketches with so many numbers in common, or 0 where it is less than `least`."""
    # The estimate is never more than this, and takes longer.
    if 4 * common / max(len(sketch), len(other)) < least:
        return 0.0
    likeness = resemblance(sketch, other)
    return likeness if likeness >= least else 0.0


def shingles(text: str) -> set[str]:
    """The 5-character shingles of a text, white space aside."""
    letters = "".join(fold(text).split())
    return {letters[at : at + 5] for at in range(len(letters) - 4)}
