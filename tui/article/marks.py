"""Marks on rows: which of them cover which code points, in which lane each is drawn, and what is written after it. Pure.

A lane is a column of the gutter and a kind of underline, so that marks which overlap or touch can be told apart without colour:
marks that share a code point, or have nothing but white space between them, are never in the same lane.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from store.model import Annotation, Status
from tui.article.widths import cells, shorten

LANES = 3
"""Lanes that are drawn; a mark that finds all of them taken is drawn in the last."""
NOTE_SIGN = "✎"
DOUBT_SIGN = "?"
_LONGEST = 40
_SPACE = re.compile(r"\s")


class Mark(NamedTuple):
    """An annotation that has a place in the text.

    `label_at` is the offset after which its tags are written: the end of the 어절 in which it ends.
    """

    start: int
    end: int
    lane: int
    label_at: int
    annotation: Annotation


class Piece(NamedTuple):
    """Something written in the text after a mark: one tag or sign, with the colour's name ("" for none)."""

    text: str
    tag: str


class Label(NamedTuple):
    """What is written after offset `at`. `marks` are the ids of the annotations, in the order of their pieces."""

    at: int
    pieces: tuple[Piece, ...]
    cells: int
    marks: tuple[str, ...]


class Marks:
    """The marks of an article.

    Args:
        text: the article's text.
        annotations: in any order; those that are lost, or outside the text, have no place and are left out.
    """

    def __init__(self, text: str, annotations: Sequence[Annotation] = ()) -> None:
        placed = sorted(
            (
                one
                for one in annotations
                if one.status is not Status.LOST and 0 <= one.start < one.end <= len(text)
            ),
            key=lambda one: (one.start, -one.end, one.created, one.id),
        )
        self.all: list[Mark] = _lanes(text, placed)
        self.starts = [mark.start for mark in self.all]
        self._places = {mark.annotation.id: place for place, mark in enumerate(self.all)}
        # For each mark the furthest end of all up to it: where a look backwards may stop.
        self._reach: list[int] = []
        reach = 0
        for mark in self.all:
            reach = max(reach, mark.end)
            self._reach.append(reach)

    def get(self, annotation: str) -> Mark | None:
        place = self._places.get(annotation)
        return None if place is None else self.all[place]

    def over(self, start: int, end: int) -> list[Mark]:
        """Marks that share a code point with `[start, end)`, by their start; for an empty range those around `start`."""
        last = bisect_left(self.starts, max(end, start + 1))
        found = []
        index = last - 1
        while index >= 0 and self._reach[index] > start:
            if self.all[index].end > start:
                found.append(self.all[index])
            index -= 1
        found.reverse()
        return found

    def best(self, start: int, end: int) -> Mark | None:
        """The mark that a reader means at `[start, end)`: that very range, else the shortest over its start, else the first in it."""
        over = self.over(start, end)
        if not over:
            return None
        exact = [mark for mark in over if (mark.start, mark.end) == (start, end)]
        around = [mark for mark in over if mark.start <= start < mark.end]
        if exact:
            return exact[0]
        return min(around, key=lambda mark: mark.end - mark.start) if around else over[0]

    def step(self, offset: int, by: int, current: Mark | None = None) -> Mark | None:
        """The next (`by` > 0) or previous mark from `offset`, or from `current` when the reader stands on it; None past the ends."""
        if current is not None and current.annotation.id in self._places:
            index = self._places[current.annotation.id] + by
        elif by > 0:
            index = bisect_right(self.starts, offset) + by - 1
        else:
            index = bisect_left(self.starts, offset) + by
        return self.all[index] if 0 <= index < len(self.all) else None

    def labels(self, width: int) -> dict[int, Label]:
        """What is written after the marks, by offset; each at most `width` cells."""
        at: dict[int, list[Mark]] = {}
        for mark in self.all:
            if mark.annotation.tags or mark.annotation.note or mark.annotation.status is Status.UNCERTAIN:
                at.setdefault(mark.label_at, []).append(mark)
        return {offset: _label(offset, marks, min(width, _LONGEST)) for offset, marks in at.items()}


def _lanes(text: str, annotations: Sequence[Annotation]) -> list[Mark]:
    marks: list[Mark] = []
    taken = [-1] * LANES  # for each lane, where its last mark ends
    for one in annotations:
        start, end = one.start, one.end
        before = start
        while before > 0 and text[before - 1].isspace():
            before -= 1
        lane = next((lane for lane, until in enumerate(taken) if until < before), LANES - 1)
        taken[lane] = max(taken[lane], end)
        marks.append(Mark(start, end, lane, _word_end(text, end), one))
    return marks


def _word_end(text: str, end: int) -> int:
    """The end of the 어절 whose last code point before `end` is; of the passage itself when it ends in white space."""
    while end > 1 and text[end - 1].isspace():
        end -= 1
    space = _SPACE.search(text, end)
    return space.start() if space else len(text)


def _label(at: int, marks: Sequence[Mark], width: int) -> Label:
    told = tuple(
        (one.tags, bool(one.note), one.status is Status.UNCERTAIN)
        for one in (mark.annotation for mark in marks)
    )
    pieces, used = _pieces(told, width)
    return Label(at, pieces, used, tuple(mark.annotation.id for mark in marks))


@lru_cache(1024)
def _pieces(
    marks: tuple[tuple[tuple[str, ...], bool, bool], ...], width: int
) -> tuple[tuple[Piece, ...], int]:
    """The pieces for marks, of which each has tags, perhaps a note, and perhaps a doubtful place; and the cells they take."""
    pieces: list[Piece] = []
    used = 1  # the text that goes on has two cells before it, one of them its own space
    for tags, note, doubtful in marks:
        words = [Piece(f"#{tag}", tag) for tag in tags]
        if note:
            words.append(Piece(NOTE_SIGN, ""))
        if doubtful:
            words.append(Piece(DOUBT_SIGN, ""))
        for number, word in enumerate(words):
            gap = 2 if not number else 1
            room = width - used - gap
            if room < 2:
                break
            text = shorten(word.text, room)
            pieces.append(Piece(" " * gap, ""))
            pieces.append(Piece(text, word.tag))
            used += gap + cells(text)
    return tuple(pieces), used
