"""The units of reading: 어절, sentence, paragraph; which one an offset is in, the next one, the one around a range. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from store.model import Block, BlockType, Span

Unit = Literal["eojeol", "sentence", "paragraph", "heading"]

_EOJEOL = re.compile(r"\S+")
NOTHING = Span(start=0, end=0)


class Units:
    """Ranges of one article.

    Args:
        text: the article's text.
        blocks: its blocks, in order, not overlapping.
        sentences: its sentences, in order. What they leave out of a block is a sentence of its own here, so that the cursor can stand on
            every word.
    """

    def __init__(self, text: str, blocks: Sequence[Block], sentences: Sequence[Span]) -> None:
        self.text = text
        self.blocks = blocks
        self._block_starts = [block.start for block in blocks]
        self.sentences = _whole(text, blocks, sentences)
        self._starts = [span.start for span in self.sentences]
        self._headings = [index for index, block in enumerate(blocks) if block.type is BlockType.HEADING]

    # ── the unit at an offset ────────────────────────────────────────────────────────────────────

    def block_index(self, offset: int) -> int:
        """The block at `offset`, or the one before the gap that it is in; -1 without blocks."""
        if not self.blocks:
            return -1
        return max(0, bisect_right(self._block_starts, offset) - 1)

    def sentence_index(self, offset: int) -> int:
        """The sentence at `offset`; in a gap the next one of the same block, else the one before. -1 without sentences."""
        if not self.sentences:
            return -1
        index = max(0, bisect_right(self._starts, offset) - 1)
        if offset >= self.sentences[index].end and index + 1 < len(self.sentences):
            following = self.sentences[index + 1]
            if self.block_index(following.start) == self.block_index(offset):
                return index + 1
        return index

    def sentence(self, offset: int) -> Span:
        index = self.sentence_index(offset)
        return self.sentences[index] if index >= 0 else NOTHING

    def paragraph(self, offset: int) -> Span:
        index = self.block_index(offset)
        return Span(start=self.blocks[index].start, end=self.blocks[index].end) if index >= 0 else NOTHING

    def eojeol(self, offset: int) -> Span:
        """The run between white space at `offset`; on white space the one before it, if any, else the one after."""
        text, block = self.text, self.paragraph(offset)
        if block.start == block.end:
            return block
        here = min(max(offset, block.start), block.end - 1)
        back = here
        while back > block.start and text[back].isspace():
            back -= 1
        if text[back].isspace():
            while here < block.end - 1 and text[here].isspace():
                here += 1
            back = here
        start = back
        while start > block.start and not text[start - 1].isspace():
            start -= 1
        end = back + 1
        while end < block.end and not text[end].isspace():
            end += 1
        return Span(start=start, end=end)

    def at(self, unit: Unit, offset: int) -> Span:
        """The unit at `offset`; for a heading the block."""
        if unit == "eojeol":
            return self.eojeol(offset)
        return self.sentence(offset) if unit == "sentence" else self.paragraph(offset)

    # ── stepping ─────────────────────────────────────────────────────────────────────────────────

    def step(self, unit: Unit, offset: int, by: int) -> Span | None:
        """The unit `by` steps from the one at `offset`; the last one that there is, when there are fewer. None when there is none."""
        if not self.blocks or not by:
            return self.at(unit, offset) if self.blocks else None
        if unit == "eojeol":
            return self._step_eojeol(offset, by)
        if unit == "sentence":
            index = self.sentence_index(offset)
            return (
                self.sentences[min(max(index + by, 0), len(self.sentences) - 1)] if self.sentences else None
            )
        if unit == "paragraph":
            index = min(max(self.block_index(offset) + by, 0), len(self.blocks) - 1)
            return self.paragraph(self.blocks[index].start)
        here = self.block_index(offset)
        if by > 0:
            place = bisect_right(self._headings, here) + by - 1
        else:
            place = bisect_left(self._headings, here) + by
        if not self._headings or not -len(self._headings) <= place:
            return None
        place = min(max(place, 0), len(self._headings) - 1)
        if (self._headings[place] - here) * by <= 0:
            return None
        return self.paragraph(self.blocks[self._headings[place]].start)

    def _step_eojeol(self, offset: int, by: int) -> Span:
        here = self.eojeol(offset)
        index = self.block_index(here.start)
        for _ in range(abs(by)):
            found = self._after(here, index) if by > 0 else self._before(here, index)
            if found is None:
                break
            here, index = found
        return here

    def _after(self, here: Span, index: int) -> tuple[Span, int] | None:
        while index < len(self.blocks):
            match = _EOJEOL.search(self.text, max(here.end, self.blocks[index].start), self.blocks[index].end)
            if match:
                return Span(start=match.start(), end=match.end()), index
            index += 1
        return None

    def _before(self, here: Span, index: int) -> tuple[Span, int] | None:
        while index >= 0:
            block = self.blocks[index]
            end = min(here.start, block.end)
            while end > block.start and self.text[end - 1].isspace():
                end -= 1
            if end > block.start:
                return self.eojeol(end - 1), index
            index -= 1
        return None

    # ── growing and shrinking ────────────────────────────────────────────────────────────────────

    def grow(self, span: Span) -> Span:
        """The next larger range around `span`: whole 어절, whole sentences, whole paragraphs; `span` when it is that already."""
        for unit in ("eojeol", "sentence", "paragraph"):
            larger = self.around(unit, span)
            if larger.start < span.start or larger.end > span.end:
                return larger
        return span

    def shrink(self, span: Span) -> Span:
        """The next smaller unit at the start of `span`: its first sentence, or its first 어절; `span` when it is one 어절 or less."""
        for unit in ("sentence", "eojeol"):
            smaller = self.at(unit, span.start)
            if smaller.start >= span.start and smaller.end <= span.end and smaller != span:
                return smaller
        return span

    def around(self, unit: Unit, span: Span) -> Span:
        """`span` with every unit that it touches taken in whole."""
        first = self.at(unit, span.start)
        last = self.at(unit, max(span.start, span.end - 1))
        return Span(start=min(first.start, span.start), end=max(last.end, span.end))


def _whole(text: str, blocks: Sequence[Block], sentences: Sequence[Span]) -> list[Span]:
    """The sentences, with whatever they leave out of a block as one of its own."""
    whole: list[Span] = []
    rest = [
        span
        for before, span in pairwise([NOTHING, *sentences])
        if span.start >= before.end and span.end > span.start
    ]
    index = 0
    for block in blocks:
        here = block.start
        while index < len(rest) and rest[index].start < block.start:
            index += 1
        stop = block.end
        while index < len(rest) and (end := (span := rest[index]).end) <= stop:
            start = span.start
            if text[here:start] != " ":  # nearly always
                _gap(text, here, start, whole)
            whole.append(span)
            here = end
            index += 1
        _gap(text, here, stop, whole)
    return whole


def _gap(text: str, start: int, end: int, into: list[Span]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        into.append(Span(start=start, end=end))
