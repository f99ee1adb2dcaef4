"""Marks on rows: which of them cover which code points, in which lane each is drawn, and what is written after it. Pure.

A lane is a column of the gutter and a kind of underline, so that marks which overlap or touch can be told apart without colour:
marks that share a code point, or have nothing but white space between them, are never in the same lane.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import is_
from typing import NamedTuple

from store.model import Placed, Status
from tui.article.widths import cells, shorten

LANES = 3
"""Lanes that are drawn; a mark that finds all of them taken is drawn in the last."""
NOTE_SIGN = "✎"
DOUBT_SIGN = "?"
_LONGEST = 40
_MANY = 64
"""More changes than so many at once: it is cheaper to begin anew."""
_SPACE = re.compile(r"\s")
_LOST, _UNCERTAIN = Status.LOST, Status.UNCERTAIN


class Rest(NamedTuple):
    """Marks that are not here yet: outside of `[start, end)` it is known only where marks begin. `starts` has that of all of them,
    ascending, and `read` gives all of them."""

    start: int
    end: int
    starts: Sequence[int]
    read: Callable[[], Sequence[Placed]]


class Mark(NamedTuple):
    """An annotation that has a place in the text.

    `label_at` is the offset after which its tags are written: the end of the 어절 in which it ends.
    """

    start: int
    end: int
    lane: int
    label_at: int
    annotation: Placed


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
        width: cells that a label may take; with 0 there are no labels.
    """

    def __init__(self, text: str, annotations: Sequence[Placed] = (), width: int = 0) -> None:
        self._text = text
        self._width = min(width, _LONGEST)
        self.all: list[Mark] = []
        self.labels: dict[int, Label] = {}
        """What is written after the marks, by offset."""
        self._given = tuple(annotations)
        self._fill([one for one in annotations if self._has_place(one)])

    def _has_place(self, one: Placed) -> bool:
        return one.status is not _LOST and 0 <= one.start < one.end <= len(self._text)

    def _mark(self, one: Placed) -> Mark:
        return Mark(one.start, one.end, 0, _word_end(self._text, one.end), one)

    def _fill(self, annotations: Iterable[Placed]) -> None:
        self.all = sorted(map(self._mark, annotations), key=_order)
        self._number()
        self._assign(0, len(self._text))
        ending: dict[int, list[Mark]] = {}
        for mark in self.all:
            ending.setdefault(mark.label_at, []).append(mark)
        self.labels = {}
        for at, marks in ending.items():
            self._set_label(at, marks)

    def _number(self) -> None:
        """What is looked up by place in the list."""
        self.starts = [mark.start for mark in self.all]
        self._ids: dict[str, int] | None = None
        # For each mark the furthest end of all up to it: where a look backwards may stop.
        self._reach = list(accumulate((mark.end for mark in self.all), max))

    @property
    def _places(self) -> dict[str, int]:
        """Where each mark is in the list, by its id; made when it is asked for."""
        if self._ids is None:
            self._ids = {mark.annotation.id: place for place, mark in enumerate(self.all)}
        return self._ids

    def _find(self, one: Placed) -> Mark | None:
        """The mark of an annotation as it is in the list."""
        place = bisect_left(self.starts, one.start)
        while place < len(self.all) and self.starts[place] == one.start:
            if self.all[place].annotation.id == one.id:
                return self.all[place]
            place += 1
        return None

    def _assign(self, start: int, end: int) -> list[Mark]:
        """Give lanes to the marks in `[start, end)` and to all that hang together with them; those whose lane changed."""
        first = bisect_left(self.starts, start)
        here = start
        while first > 0 and self._reach[first - 1] >= _before(self._text, here):
            first -= 1
            here = min(here, self.starts[first])
        changed = []
        taken = [-1] * LANES  # for each lane, where its last mark ends
        for place in range(first, len(self.all)):
            mark = self.all[place]
            before = _before(self._text, mark.start)
            if before > end and max(taken) < before:
                break
            lane = 0
            while lane < LANES - 1 and taken[lane] >= before:
                lane += 1
            if taken[lane] < mark.end:
                taken[lane] = mark.end
            if lane != mark.lane:
                changed.append(mark)
                self.all[place] = Mark(mark.start, mark.end, lane, mark.label_at, mark.annotation)
        return changed

    def _set_label(self, at: int, marks: Sequence[Mark]) -> None:
        """The label after offset `at`, where `marks` end."""
        told: tuple[tuple[tuple[str, ...], bool, bool], ...] = ()
        for mark in marks:
            one = mark.annotation
            doubtful = one.status is _UNCERTAIN
            if one.tags or one.note or doubtful:
                told = (*told, (one.tags, bool(one.note), doubtful))
        if told and self._width:
            pieces, used = _pieces(told, self._width)
            self.labels[at] = Label(at, pieces, used, tuple(mark.annotation.id for mark in marks))
        else:
            self.labels.pop(at, None)

    def replace(self, annotations: Sequence[Placed]) -> tuple[list[Mark], dict[int, int]]:
        """Take over other annotations, at the cost of what is different about them.

        Returns:
            The marks (as they were, and as they came) whose passages look different now; and for every offset where the label may have
            changed the cells that it takes now.
        """
        old, self._given = self._given, tuple(annotations)
        first, last = _differ(old, self._given)
        # Nearly always one of thousands: what stands before and after it is not looked at.
        before = {
            mark.annotation.id: mark for one in old[first : len(old) - last] if (mark := self._find(one))
        }
        new = {one.id: one for one in self._given[first : len(self._given) - last] if self._has_place(one)}
        gone = [mark for id, mark in before.items() if not _alike(new.get(id), mark.annotation)]
        there = {mark.annotation.id for mark in gone}
        came = [self._mark(one) for one in new.values() if one.id in there or one.id not in before]
        touched = [*gone, *came]
        if len(touched) > _MANY:
            labels = self.labels
            self._fill([one for one in self._given if self._has_place(one)])
            return touched, {at: self.cells_at(at) for at in labels.keys() | self.labels.keys()}
        if gone:
            self.all = [mark for mark in self.all if mark.annotation.id not in there]
        for mark in came:
            insort(self.all, mark, key=_order)
        self._number()
        changed = list(touched)
        for mark in touched:
            changed += self._assign(mark.start, mark.end)
        places = {mark.label_at for mark in touched}
        for at in places:
            word = max(self._text.rfind(" ", 0, at), self._text.rfind("\n", 0, at)) + 1
            self._set_label(at, [mark for mark in self.over(word, at) if mark.label_at == at])
        return changed, {at: self.cells_at(at) for at in places}

    def cells_at(self, at: int) -> int:
        """Cells that the label after offset `at` takes."""
        return self.labels[at].cells if at in self.labels else 0

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

    def step(self, offset: int, by: int, current: Mark | None = None) -> Mark | None:
        """The next (`by` > 0) or previous mark from `offset`, or from `current` when the reader stands on it; None past the ends.

        A mark that begins at `offset` is a next one, so that none of several there is passed over.
        """
        if current is not None and current.annotation.id in self._places:
            index = self._places[current.annotation.id] + by
        else:
            index = bisect_left(self.starts, offset) + (by - 1 if by > 0 else by)
        return self.all[index] if 0 <= index < len(self.all) else None


def best(over: Sequence[Mark], start: int, end: int) -> Mark | None:
    """Of the marks over `[start, end)` the one that a reader means: that very range, else the shortest over its start, else the first."""
    if not over:
        return None
    exact = [mark for mark in over if (mark.start, mark.end) == (start, end)]
    around = [mark for mark in over if mark.start <= start < mark.end]
    if exact:
        return exact[0]
    return min(around, key=lambda mark: mark.end - mark.start) if around else over[0]


def _order(mark: Mark) -> tuple[int, int, str, str]:
    return mark.start, -mark.end, mark.annotation.created, mark.annotation.id


def _alike(one: Placed | None, other: Placed) -> bool:
    return one is other or one == other


def _differ(old: Sequence[Placed], new: Sequence[Placed]) -> tuple[int, int]:
    """How many are the very same at the beginning of both, and how many at their ends."""
    same = list(map(is_, old, new))
    first = same.index(False) if False in same else len(same)
    same = list(map(is_, reversed(old), reversed(new)))
    last = same.index(False) if False in same else len(same)
    last = min(last, len(old) - first, len(new) - first)
    return first, last


def _before(text: str, start: int) -> int:
    """The end of what stands before `start` and the white space there."""
    while start > 0 and text[start - 1].isspace():
        start -= 1
    return start


def _word_end(text: str, end: int) -> int:
    """The end of the 어절 whose last code point before `end` is; of the passage itself when it ends in white space."""
    while end > 1 and text[end - 1].isspace():
        end -= 1
    if text[end : end + 1] in (" ", "\n"):
        return end
    space = _SPACE.search(text, end)
    return space.start() if space else len(text)


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
