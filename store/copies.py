"""Near copies: a repost on a forum, an agency's story in two papers. They are linked, never merged."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager

from store.index import Index
from store.terms import fold, resemblance

SUSPECT = 0.04
"""Estimated resemblance from which two texts are compared in full."""

COPY = 0.08
"""Share of common 5-character shingles from which two articles are near copies. Unrelated pages on one subject share at most .018, a
heavily edited copy still .12."""
_AT_ONCE = 500


def near_copies(
    index: Index, ids: Iterable[str], lock: AbstractContextManager[object]
) -> dict[str, list[tuple[str, float]]]:
    """For each of these articles those that share much of their text with it, likest first, with the share of shingles in common (0 to
    1); articles without any are left out. All of them take hardly longer than one: the sketches are gone through once, and between
    some thousands of them others may have the lock."""
    texts: dict[int, tuple[str, str, bytes]] = {}
    with lock:
        for id in ids:
            for n, text, sketch in index.rows(
                "SELECT n, text, sketch FROM articles JOIN texts USING (n) JOIN sketches USING (n) WHERE id = ?",
                (id,),
            ):
                texts[n] = id, text, sketch
    found: dict[str, list[tuple[str, float]]] = {}
    own: dict[int, set[str]] = {}
    for n, other in _suspects(index, {n: sketch for n, (_, _, sketch) in texts.items()}, lock):
        with lock:
            rows = index.rows(
                "SELECT id, text FROM articles JOIN texts USING (n) WHERE n = ? AND trashed = ''", (other,)
            )
        for copy, text in rows:
            if n not in own:
                own[n] = shingles(texts[n][1])
            ours, theirs = own[n], shingles(text)
            share = len(ours & theirs) / max(1, len(ours | theirs))
            if share >= COPY:
                found.setdefault(texts[n][0], []).append((copy, round(share, 3)))
    return {id: sorted(copies, key=lambda item: (-item[1], item[0])) for id, copies in found.items()}


def _suspects(
    index: Index, sketches: dict[int, bytes], lock: AbstractContextManager[object]
) -> Iterator[tuple[int, int]]:
    """Pairs of one of these texts and another in the library that seems to share some of it."""
    having: dict[int, list[int]] = {}
    for n, sketch in sketches.items():
        for number in array("I", sketch):
            having.setdefault(number, []).append(n)
    last = -1
    while True:
        with lock:
            rows = index.rows(
                "SELECT n, sketch FROM sketches WHERE n > ? ORDER BY n LIMIT ?", (last, _AT_ONCE)
            )
        if not rows:
            return
        last = rows[-1][0]
        for other, theirs in rows:
            numbers = array("I", theirs or b"")
            if having.keys().isdisjoint(numbers):
                continue
            for n, count in Counter(n for number in numbers for n in having.get(number, ())).items():
                # The estimate is never more than this, and takes longer.
                most = 4 * count / max(len(sketches[n]), len(theirs))
                if n != other and most >= SUSPECT and resemblance(sketches[n], theirs) >= SUSPECT:
                    yield n, other


def shingles(text: str) -> set[str]:
    """The 5-character shingles of a text, white space aside."""
    letters = "".join(fold(text).split())
    return {letters[at : at + 5] for at in range(len(letters) - 4)}
