"""Wrapping: which code points of the article stand on which row, and in which cell of it.

Pure: knows no screen. A row is a range `[start, end)` of the article's text; white space at which a row was broken belongs to no
row, everything else to exactly one. Korean is broken between words (어절). A word too long for a row is broken by cell. Closing
punctuation does not start a row and opening punctuation does not end one, unless a row holds nothing else.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from operator import add
from typing import NamedTuple

from store.model import Block
from tui.article.widths import LINE_ENDS, SPACES, widths

CLOSING = frozenset(",.!?:;)]}%’”」』》〉】〕…·、。，．！？：；）］｝％′″℃°~∼～»››”’")
OPENING = frozenset("([{‘“「『《〈【〔（［｛«‹₩￦$€£#@")
MINIMUM = 8
"""The narrowest text column, in cells; a narrower one is laid out as this one."""

_ODD_SPACE = re.compile("[" + SPACES[1:] + "]")
_LINE_END = re.compile("[" + LINE_ENDS + "]")
_FLAT = {ord(char): " " for char in SPACES if char != " "}
_SAMPLE = 4_096
"""Code points whose cells tell about how many of a text fill a row."""
_LATELY = 64
"""Blocks whose rows are kept as such."""
_LONG_REST = 12
"""A word that is broken anyway begins on the row before when at least so many cells are free there."""


class Row(NamedTuple):
    """Code points `[start, end)` of the article's text."""

    start: int
    end: int


class Shape(NamedTuple):
    """How a block stands in the column: cells before its first row and before each other row."""

    first: int = 0
    rest: int = 0


PLAIN = Shape()


def wrap(text: str, cell: Sequence[int], start: int, end: int, width: int, shape: Shape = PLAIN) -> list[Row]:
    """The rows of `text[start:end]`.

    Args:
        cell: cells of each code point of the whole text; more than 2 where something is drawn after the character.
        width: cells of the column, of which `shape` takes its part.

    At least one row. No row is wider than `width`, but for a single character that is.
    """
    piece = text[start:end]
    if _ODD_SPACE.search(piece):
        piece = piece.translate(_FLAT)
    prefix = list(accumulate(cell[start:end], initial=0))
    rows: list[Row] = []
    for first, last in _lines(piece):
        _wrap_line(piece, prefix, first, last, width, shape, start, rows)
    return rows


def _lines(piece: str) -> Iterator[tuple[int, int]]:
    """Ranges between line ends."""
    first = 0
    if _LINE_END.search(piece):
        for index, char in enumerate(piece):
            if char in LINE_ENDS:
                yield first, index
                first = index + 1
    yield first, len(piece)


def _wrap_line(
    piece: str, prefix: list[int], first: int, last: int, width: int, shape: Shape, base: int, rows: list[Row]
) -> None:
    while last > first and piece[last - 1] == " ":
        last -= 1
    here = first
    while True:
        room = max(MINIMUM, width - (shape.rest if rows else shape.first))
        limit = prefix[here] + room
        if prefix[last] <= limit:
            rows.append(Row(base + here, base + last))
            return
        fits = bisect_right(prefix, limit, here, last + 1) - 1
        cut, following = _between_words(piece, prefix, here, fits, last, room, limit)
        if cut < 0:
            cut = following = _inside_word(piece, prefix, here, fits)
            while cut > here + 1 and piece[cut - 1] == " ":
                cut -= 1
        rows.append(Row(base + here, base + cut))
        here = following


def _between_words(
    piece: str, prefix: list[int], here: int, fits: int, last: int, room: int, limit: int
) -> tuple[int, int]:
    """The last good break at white space: end of this row and start of the next, or -1 twice."""
    space = piece.rfind(" ", here + 1, fits + 1)
    while space > here:
        cut = space
        while cut > here and piece[cut - 1] == " ":
            cut -= 1
        if cut == here:  # nothing but white space before
            break
        following = space + 1
        while following < last and piece[following] == " ":
            following += 1
        if piece[following] not in CLOSING and piece[cut - 1] not in OPENING:
            if limit - prefix[following] >= _LONG_REST:
                word_end = piece.find(" ", following, last)
                word = prefix[last if word_end < 0 else word_end] - prefix[following]
                if word > room:
                    return -1, -1
            return cut, following
        space = piece.rfind(" ", here + 1, cut)
    return -1, -1


def _inside_word(piece: str, prefix: list[int], here: int, fits: int) -> int:
    """Where to break a run without a good white space: at a cell, not before closing or after opening punctuation."""
    cut = fits
    while cut > here:
        joined = prefix[cut + 1] == prefix[cut]  # a combining mark stays with its base
        spaced = " " in piece[cut - 1 : cut + 1]  # a break at white space that was found wanting before
        if not joined and not spaced and piece[cut] not in CLOSING and piece[cut - 1] not in OPENING:
            return cut
        cut -= 1
    if fits > here:
        return fits
    cut = here + 1
    while cut < len(piece) and prefix[cut + 1] == prefix[cut]:
        cut += 1
    return cut


class Rows:
    """The rows of each block, by its index. A block is wrapped when it is first asked for, or when its turn comes.

    They are kept as plain numbers, for there are tens of thousands; those of the blocks asked for last as they are asked for, too.
    """

    def __init__(self, wrap: Callable[[int], list[Row]], blocks: int) -> None:
        self._wrap = wrap
        self._made: list[array[int] | None] = [None] * blocks
        self._lately: dict[int, list[Row]] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._made)

    def __getitem__(self, block: int) -> list[Row]:
        rows = self._lately.get(block)
        if rows is None:
            made = self._made[block]
            if made is None:
                self[block] = rows = self._wrap(block)
            else:
                rows = self._keep(block, list(map(Row, made[::2], made[1::2])))
        return rows

    def __setitem__(self, block: int, rows: list[Row]) -> None:
        self._made[block] = _packed(rows)
        self._keep(block, rows)

    def _keep(self, block: int, rows: list[Row]) -> list[Row]:
        if len(self._lately) >= _LATELY:
            self._lately.clear()
        self._lately[block] = rows
        return rows

    def __iter__(self) -> Iterator[list[Row]]:
        return (self[block] for block in range(len(self)))

    def known(self, block: int) -> int:
        """The number of a block's rows; 0 while it has not been wrapped."""
        made = self._made[block]
        return len(made) // 2 if made is not None else 0

    def more(self, blocks: int) -> bool:
        """Wrap so many more of those that have not been; whether that was all."""
        while self._next < len(self._made) and blocks > 0:
            if self._made[self._next] is None:
                blocks -= 1
                self._made[self._next] = _packed(self._wrap(self._next))
            self._next += 1
        return self._next >= len(self._made)


def _packed(rows: Sequence[Row]) -> array[int]:
    return array("I", chain.from_iterable(rows))


class Layout:
    """The rows of the blocks of an article at one width, each wrapped when it is first needed.

    Args:
        text: the article's text.
        blocks: its blocks, in order.
        width: cells of the column; at least `MINIMUM`.
        shapes: one for each block.
        insets: offset to cells: what is drawn between the character before that offset and the next one.
    """

    def __init__(
        self,
        text: str,
        blocks: Sequence[Block],
        width: int,
        shapes: Sequence[Shape],
        insets: Mapping[int, int] | None = None,
    ) -> None:
        self.text = text
        self.blocks = blocks
        self.width = max(MINIMUM, width)
        self.shapes = shapes
        self._cell = bytearray(len(text))
        """Cells of each code point with what is drawn after it; of blocks that are not wrapped yet only the latter."""
        self._starts = [block.start for block in blocks]
        self.insets: dict[int, int] = {}
        self._set(insets or {})
        self.rows = Rows(self._wrap, len(blocks))
        # A row is seldom full: broken between words of two or three syllables it lacks some three cells.
        sample = widths(text[:_SAMPLE])
        self._full = max(1, self.width - 3) * max(1, len(sample)) / max(1, sum(sample))

    def _wrap(self, index: int) -> list[Row]:
        block = self.blocks[index]
        if not self.rows.known(index):
            plain, drawn = widths(self.text[block.start : block.end]), self._cell[block.start : block.end]
            self._cell[block.start : block.end] = bytes(map(add, plain, drawn)) if any(drawn) else plain
        return wrap(self.text, self._cell, block.start, block.end, self.width, self.shapes[index])

    def count(self, block: int) -> int:
        """The number of a block's rows, at least 1; about so many while it has not been wrapped."""
        one = self.blocks[block]
        return self.rows.known(block) or int((one.end - one.start) / self._full) + 1

    def _set(self, insets: Mapping[int, int]) -> list[int]:
        """Take over the cells of some insets, 0 for none; the offsets at which something changed."""
        changed = []
        for at, cells in insets.items():
            room = min(max(0, cells), self.width - 4, 250)
            before = self.insets.get(at, 0)
            if at > 0 and room != before:
                self._cell[at - 1] += room - before
                changed.append(at)
                if room:
                    self.insets[at] = room
                else:
                    del self.insets[at]
        return changed

    def change_insets(self, insets: Mapping[int, int]) -> list[int]:
        """Change the cells of some insets, 0 for none, and wrap again the blocks that they are in.

        Returns:
            The blocks (indices, in order) whose rows are no longer the same, of those that have been wrapped.
        """
        touched = sorted({self.block_at(at - 1) for at in self._set(insets)})
        different = []
        for index in touched:
            if not self.rows.known(index):
                continue
            rows = self._wrap(index)
            if rows != self.rows[index]:
                self.rows[index] = rows
                different.append(index)
        return different

    def block_at(self, offset: int) -> int:
        """Index of the block that `offset` is in; in the gap after a block, that block. 0 before the first."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def row_at(self, offset: int) -> tuple[int, int]:
        """(block, row in the block) on which the code point at `offset` stands; white space at a break is on the row before it."""
        block = self.block_at(offset)
        return block, self.row_in(block, offset)

    def row_in(self, block: int, offset: int) -> int:
        """The row of `block` on which `offset` stands; the nearest one for an offset outside the block."""
        return max(0, bisect_right(self.rows[block], offset, key=_start) - 1)

    def indent(self, block: int, row: int) -> int:
        """Cells before the text of a row."""
        shape = self.shapes[block]
        return shape.rest if row else shape.first

    def cell_of(self, block: int, row: int, offset: int) -> int:
        """Cells of the column before the code point at `offset`, indent included; the row's end for one past it."""
        start, end = self.rows[block][row]
        return self.indent(block, row) + sum(self._cell[start : max(start, min(offset, end))])

    def offset_at(self, block: int, row: int, cell: int) -> int:
        """The code point drawn in a cell of the column; both halves of a wide character are that character.

        Left of the text it is the row's first code point, right of it the row's end. What is drawn in an inset belongs to the
        character before it.
        """
        start, end = self.rows[block][row]
        cell -= self.indent(block, row)
        if cell < 0:
            return start
        prefix = list(accumulate(self._cell[start:end], initial=0))
        if cell >= prefix[-1]:
            return end
        # The base of a combining sequence, not its last mark.
        return start + bisect_right(prefix, cell) - 1

    def row_cells(self, block: int, row: int) -> int:
        """Cells that a row's text takes, without its indent."""
        start, end = self.rows[block][row]
        return sum(self._cell[start:end])

    def inset_at(self, block: int, row: int, cell: int) -> int | None:
        """The offset of the inset drawn in a cell of the column, if there is one."""
        offset = self.offset_at(block, row, cell)
        if offset + 1 in self.insets and offset < self.rows[block][row].end:
            left = self.cell_of(block, row, offset)
            if cell >= left + self._cell[offset] - self.insets[offset + 1]:
                return offset + 1
        return None


def _start(row: Row) -> int:
    return row.start


def rows_of(layout: Layout, start: int, end: int) -> Iterable[tuple[int, int]]:
    """(block, row) of every row that `[start, end)` touches, of the blocks that are wrapped; the one of `start` when the range is empty."""
    if not layout.blocks:
        return
    last = max(start, end - 1)
    for block in range(layout.block_at(start), layout.block_at(last) + 1):
        if layout.rows.known(block):
            for row in range(layout.row_in(block, start), layout.row_in(block, last) + 1):
                yield block, row
