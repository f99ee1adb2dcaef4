"""Marks in articles that come back edited: none may be silently wrong, that is, anchored or moved and elsewhere."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from store.anchoring import Selectors, drift, place, select
from store.model import Annotation, Status
from tests.bench._texts import article
from tests.store.test_anchoring import edit

SURE = (Status.ANCHORED, Status.MOVED)


def run(folder: Path, number: int, seed: int, marks: int = 8) -> str:
    """So many articles, each edited at random, with so many marks of 3 to 60 characters in each; the result in words."""
    counts: Counter[str] = Counter()
    for one in range(number):
        rng = random.Random(seed * 1_000_000 + one)
        sentences = [part for paragraph in article(one)[1] for part in paragraph.split(". ")][:30]
        edited = edit(rng, sentences)
        old, new = "\n\n".join(sentences), "\n\n".join(edited)
        expect = drift(old, new)
        for _ in range(marks):
            sentence = rng.choice(sentences)
            at = rng.randrange(max(1, len(sentence) - 6))
            start = old.index(sentence) + at
            made = select(old, start, start + min(len(sentence) - at, rng.randint(3, 60)))
            mark = Annotation(id="m", article="a", **made._asdict())
            where = place(new, mark, expect(made.start, made.end))
            counts[str(where.status)] += 1
            if where.status in SURE:
                assert _right(made, old, sentence, new, sentences, edited, (where.start, where.end)), (
                    one,
                    made,
                )
    return f"{sum(counts.values())} marks in {number} edited articles, none silently wrong: " + ", ".join(
        f"{count} {status}" for status, count in counts.most_common()
    )


def _right(
    made: Selectors,
    old: str,
    sentence: str,
    new: str,
    sentences: list[str],
    edited: list[str],
    where: tuple[int, int],
) -> bool:
    """Whether a range of the new text is the marked passage: at the same place in the same sentence, or within the edited one."""
    start, end = where
    if sentence in edited:
        return (
            start == new.index(sentence) + made.start - old.index(sentence) and new[start:end] == made.exact
        )
    words = sentence.split()
    changed = [
        other
        for other in edited
        if other not in sentences
        and sum(a == b for a, b in zip(other.split(), words, strict=False)) >= len(words) - 3
    ]
    return any(new.index(other) <= start and end <= new.index(other) + len(other) for other in changed)
