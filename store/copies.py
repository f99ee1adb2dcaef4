"""Near copies: a repost on a forum, an agency's story in two papers. They are linked, never merged."""

from __future__ import annotations

from store.index import Index
from store.terms import fold, resemblance

SUSPECT = 0.04
"""Estimated resemblance from which two texts are compared in full."""

COPY = 0.08
"""Share of common 5-character shingles from which two articles are near copies. Unrelated pages on one subject share at most .018, a
heavily edited copy still .12."""


def near_copies(index: Index, id: str) -> list[tuple[str, float]]:
    """Articles that share much of their text with this one, likest first, with the share of shingles in common (0 to 1)."""
    rows = index.rows("SELECT n, text, sketch FROM articles JOIN texts USING (n) WHERE id = ?", (id,))
    if not rows:
        return []
    n, text, sketch = rows[0]
    suspects = [
        other
        for other, others in index.stream("SELECT n, sketch FROM texts WHERE n <> ?", (n,))
        if others and resemblance(sketch, others) >= SUSPECT
    ]
    own = shingles(text)
    found: list[tuple[str, float]] = []
    for other in suspects:
        rows = index.rows(
            "SELECT id, text FROM articles JOIN texts USING (n) WHERE n = ? AND trashed = ''", (other,)
        )
        for copy, copy_text in rows:
            theirs = shingles(copy_text)
            share = len(own & theirs) / max(1, len(own | theirs))
            if share >= COPY:
                found.append((copy, round(share, 3)))
    return sorted(found, key=lambda item: (-item[1], item[0]))


def shingles(text: str) -> set[str]:
    """The 5-character shingles of a text, white space aside."""
    letters = "".join(fold(text).split())
    return {letters[at : at + 5] for at in range(len(letters) - 4)}
