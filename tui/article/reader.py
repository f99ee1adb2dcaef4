"""Where the reader is: the cursor, the free selection, and what each act makes of them. Pure.

The cursor is a sentence, or what it was shrunk to (어절) or grown to (paragraph), or a range that was jumped to. A free selection has an
anchor and a focus, both ranges, and is everything from the one to the other. Lines left out of the article can be stops of the cursor
too, when they are shown; the cursor is then empty and `removed` says which it is on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from store.model import Span
from tui.article.units import Unit, Units

Level = Literal["eojeol", "sentence", "paragraph", "range"]


class Reader:
    """The cursor in one article. `removed_at` are the offsets before which the lines left out are shown, ascending."""

    def __init__(self, units: Units, offset: int = 0) -> None:
        self.units = units
        self.level: Level = "sentence"
        self.cursor: Span = units.sentence(offset)
        self.anchor: Span | None = None
        self.focus: Span | None = None
        self.removed: int | None = None
        self.removed_at: Sequence[int] = ()
        self._smaller: list[Span] = []

    @property
    def selection(self) -> Span | None:
        if self.anchor is None or self.focus is None:
            return None
        return Span(start=min(self.anchor.start, self.focus.start), end=max(self.anchor.end, self.focus.end))

    @property
    def passage(self) -> Span:
        return self.selection or self.cursor

    @property
    def point(self) -> int:
        """The offset where the reader's eye is: the moving end of a selection, else the cursor's start."""
        if self.anchor is not None and self.focus is not None:
            return (
                self.focus.start
                if self.focus.start < self.anchor.start
                else max(self.focus.start, self.focus.end - 1)
            )
        return self.cursor.start

    # ── moving ───────────────────────────────────────────────────────────────────────────────────

    def move(self, unit: Unit, by: int) -> None:
        if not by or not self.units.blocks:
            return
        if self.selection is not None:
            self._extend(unit, by)
        elif unit == "sentence" and self.removed_at:
            for _ in range(abs(by)):
                self._step_with_removed(1 if by > 0 else -1)
        else:
            self._move_cursor(unit, by)

    def _move_cursor(self, unit: Unit, by: int) -> None:
        here = max(self.cursor.start, self.cursor.end - 1) if by > 0 else self.cursor.start
        if unit == "eojeol" and self.level != "eojeol":
            # Into the sentence first: to its first 어절, or back from its end.
            found = self.units.eojeol(
                self.cursor.start if by > 0 else max(self.cursor.start, self.cursor.end - 1)
            )
            found = self.units.step("eojeol", found.start, by - 1 if by > 0 else by + 1) or found
        else:
            target = self.units.step(unit, here, by)
            if target is None:
                return
            found = target
        if unit == "eojeol":
            self._put(found, "eojeol")
        elif unit == "paragraph" and self.level == "paragraph":
            self._put(found, "paragraph")
        else:
            self._put(self.units.sentence(found.start), "sentence")

    def _step_with_removed(self, by: int) -> None:
        sentences = self.units.sentences
        if self.removed is not None:
            # Before line k stand the sentences that begin before its place, and after it those from there on.
            following = self.removed + by
            place = bisect_left([span.start for span in sentences], self.removed_at[self.removed])
            sentence = place if by > 0 else place - 1
        else:
            index = self.units.sentence_index(self.cursor.start)
            sentence = index + by
            here = sentences[index].start if sentences else 0
            following = (
                bisect_right(self.removed_at, here) if by > 0 else bisect_right(self.removed_at, here) - 1
            )
        on_line = 0 <= following < len(self.removed_at)
        on_sentence = 0 <= sentence < len(sentences)
        if on_line and on_sentence:
            before = self.removed_at[following] <= sentences[sentence].start
            on_line = before if by > 0 else self.removed_at[following] > sentences[sentence].start
        if on_line:
            at = self.removed_at[following]
            self._put(Span(start=at, end=at), "sentence")
            self.removed = following
        elif on_sentence:
            self._put(sentences[sentence], "sentence")

    def _put(self, span: Span, level: Level) -> None:
        self.cursor = span
        self.level = level
        self.removed = None
        self._smaller.clear()

    def _extend(self, unit: Unit, by: int) -> None:
        for _ in range(abs(by)):
            if unit == "eojeol":
                self._extend_eojeol(1 if by > 0 else -1)
            elif by > 0:
                self._extend_forward(unit)
            else:
                self._extend_back(unit)
        self._smaller.clear()

    def _extend_eojeol(self, by: int) -> None:
        if self.anchor is None or self.focus is None:
            return
        units, anchor, focus = self.units, self.anchor, self.focus
        here = max(focus.start, focus.end - 1) if focus.start >= anchor.start else focus.start
        target = units.step("eojeol", here, by)
        if target is None or target == focus:
            return
        if anchor.start <= target.start < anchor.end and anchor != target:
            # Into what the selection began with: from now on it is fixed at its far end only.
            self.anchor = self._first(anchor) if by < 0 else self._last(anchor)
        self.focus = target

    def _extend_forward(self, unit: Unit) -> None:
        if self.anchor is None or self.focus is None:
            return
        anchor, focus = self.anchor, self.focus
        if focus.start >= anchor.start:
            here = max(focus.start, focus.end - 1)
            edge = self.units.at(unit, here)
            if focus.end >= edge.end:
                edge = self.units.step(unit, here, 1) or edge
            if edge.end > focus.end:
                self.focus = self._last(edge)
            return
        target = self.units.step(unit, focus.start, 1)
        beyond = target is None or target.start <= focus.start or target.start >= anchor.start
        self.focus = anchor if target is None or beyond else self._first(target)

    def _extend_back(self, unit: Unit) -> None:
        if self.anchor is None or self.focus is None:
            return
        anchor, focus = self.anchor, self.focus
        if focus.start > anchor.start:
            target = self.units.step(unit, focus.start, -1)
            inside = target is None or target.end >= focus.end or target.end <= anchor.end
            self.focus = anchor if target is None or inside else self._last(target)
            return
        edge = self.units.at(unit, focus.start)
        if focus.start <= edge.start:
            edge = self.units.step(unit, focus.start, -1) or edge
        if edge.start < focus.start:
            self.focus = self._first(edge)

    def _first(self, span: Span) -> Span:
        word = self.units.eojeol(span.start)
        return Span(start=max(word.start, span.start), end=min(word.end, span.end))

    def _last(self, span: Span) -> Span:
        word = self.units.eojeol(max(span.start, span.end - 1))
        return Span(start=max(word.start, span.start), end=min(word.end, span.end))

    # ── growing, shrinking, selecting ────────────────────────────────────────────────────────────

    def grow(self) -> None:
        larger = self.units.grow(self.passage)
        if larger == self.passage or self.removed is not None:
            return
        trail = [*self._smaller, self.passage]
        self._take(larger)
        self._smaller = trail

    def shrink(self) -> None:
        if self.removed is not None:
            return
        trail = list(self._smaller)
        self._take(trail.pop() if trail else self.units.shrink(self.passage))
        self._smaller = trail

    def _take(self, span: Span) -> None:
        if self.selection is not None:
            self.anchor, self.focus = span, span
            return
        self._put(span, self._level_of(span))

    def _level_of(self, span: Span) -> Level:
        if span == self.units.sentence(span.start):
            return "sentence"
        if span == self.units.eojeol(span.start):
            return "eojeol"
        return "paragraph" if span == self.units.paragraph(span.start) else "range"

    def toggle_select(self) -> None:
        if self.selection is not None:
            self.drop()
        elif self.cursor.end > self.cursor.start:
            self.anchor = self.focus = self.cursor

    def select(self, anchor: Span, focus: Span) -> None:
        """A free selection from one range to another, whichever comes first."""
        self.anchor, self.focus = anchor, focus
        self.removed = None
        self._smaller.clear()

    def drop(self) -> bool:
        """Drop the selection, or else go back from a grown or shrunk cursor to the sentence. False when there was neither."""
        if self.selection is not None:
            point = self.point
            self.anchor = self.focus = None
            self._put(self.units.sentence(point), "sentence")
            return True
        if self.level != "sentence":
            self._put(self.units.sentence(self.cursor.start), "sentence")
            return True
        return False

    # ── jumping ──────────────────────────────────────────────────────────────────────────────────

    def go_to(self, start: int, end: int | None = None) -> None:
        """The cursor to the sentence at `start`, or to the very range `[start, end)`; a selection is dropped."""
        self.anchor = self.focus = None
        length = len(self.units.text)
        start = min(max(0, start), length)
        end = None if end is None else min(end, length)
        if end is None or end <= start:
            self._put(self.units.sentence(start), "sentence")
        else:
            span = Span(start=start, end=end)
            self._put(span, self._level_of(span))

    def place(self, offset: int) -> None:
        """The cursor to the sentence at `offset`, or in a selection the focus to the 어절 there."""
        if self.selection is not None:
            self.focus = self.units.eojeol(offset)
        else:
            self._put(self.units.sentence(offset), "sentence")

    def on_removed(self, index: int) -> None:
        """The cursor onto a line left out."""
        self.anchor = self.focus = None
        at = self.removed_at[index]
        self._put(Span(start=at, end=at), "sentence")
        self.removed = index
