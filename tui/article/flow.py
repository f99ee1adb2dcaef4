"""The article from top to bottom: head, blocks with the gaps between them, lines left out, and the foot, as lines on one scale.

Pure. A block's rows come from the layout; everything else is ready-made `Line`s that stand before a block.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from store.model import Block, BlockType
from tui.article.layout import Layout


class Run(NamedTuple):
    """Text in one style; `style` is a name of `palette.LOOKS`."""

    text: str
    style: str


class Line(NamedTuple):
    """A line that is not part of the article's text. `removed` is the index of the removed line that it shows, if it does, and `goes_on`
    whether it is not the first that shows it."""

    runs: tuple[Run, ...] = ()
    removed: int | None = None
    goes_on: bool = False


BLANK = Line()
RULE = Line((Run("─" * 12, "rule"),))


class Place(NamedTuple):
    """What is on a line: a row of a block, or (`row` is -1) a ready-made line, or a blank one between rows."""

    block: int
    row: int
    line: Line


_NOTES = (BlockType.FOOTNOTE, BlockType.REFERENCE)


def gap(before: Block | None, block: Block) -> list[Line]:
    """The lines between two blocks."""
    if before is None:
        return [BLANK]
    same = before.type is block.type
    if block.type in _NOTES:
        return [] if before.type in _NOTES else [BLANK, RULE]
    if block.type is BlockType.HEADING:
        if before.type is BlockType.HEADING:
            return [BLANK] if before.level <= 1 else []
        return [BLANK, BLANK] if block.level <= 1 else [BLANK]
    if before.type is BlockType.HEADING:
        return [BLANK] if before.level <= 1 else []
    if same and block.type is BlockType.LIST_ITEM:
        return []
    return [BLANK]


class Flow:
    """Where everything is, in lines from the top.

    Args:
        layout: the rows of the blocks.
        head, foot: lines above and below the text.
        extra: lines to show before a block, by its index; the number of blocks stands for the end of the text.
        spacing: blank lines between the rows of a block, and more between blocks; 0 or more.
    """

    def __init__(
        self,
        layout: Layout,
        head: Sequence[Line],
        foot: Sequence[Line],
        extra: Mapping[int, Sequence[Line]] | None = None,
        spacing: int = 0,
    ) -> None:
        self.layout = layout
        self.stride = 1 + max(0, spacing)
        extra = extra or {}
        self.before: list[list[Line]] = []
        previous: Block | None = None
        for index, block in enumerate(layout.blocks):
            lines = list(head) if not index else [BLANK] * max(0, spacing)
            if extra.get(index):
                lines += [BLANK, *extra[index]]
            self.before.append(lines + gap(previous, block))
            previous = block
        last = [*([] if layout.blocks else head), *foot]
        if extra.get(len(layout.blocks)):
            last += [*extra[len(layout.blocks)], BLANK]
        self.before.append(last)
        self._tops: list[int] = []
        self.height = 0
        self.measure()

    def measure(self) -> None:
        """Take the number of rows of every block from the layout anew. Of blocks that are not wrapped yet it is a guess."""
        stride, count = self.stride, self.layout.count
        heights = [
            len(lines) + count(index) * stride - (stride - 1) for index, lines in enumerate(self.before[:-1])
        ]
        self._tops = list(accumulate(heights, initial=0))
        self.height = self._tops[-1] + len(self.before[-1])

    def at(self, y: int) -> Place:
        """What is on line `y`, 0 to `height` - 1."""
        block = max(0, min(bisect_right(self._tops, y) - 1, len(self.before) - 1))
        within = y - self._tops[block]
        lines = self.before[block]
        if within < len(lines):
            return Place(block, -1, lines[max(0, within)])
        row, between = divmod(within - len(lines), self.stride)
        if between or block >= len(self.layout.rows) or row >= len(self.layout.rows[block]):
            return Place(block, -1, BLANK)
        return Place(block, row, BLANK)

    def line_of(self, block: int, row: int) -> int:
        """The line on which a row of a block stands."""
        return self._tops[block] + len(self.before[block]) + row * self.stride

    def line_at(self, offset: int) -> int:
        """The line on which the code point at `offset` stands; 0 without blocks."""
        if not self.layout.blocks:
            return 0
        return self.line_of(*self.layout.row_at(offset))

    def lines(self, start: int, end: int) -> tuple[int, int]:
        """First and last line that `[start, end)` touches."""
        return self.line_at(start), self.line_at(max(start, end - 1))

    def row_near(self, y: int) -> tuple[int, int]:
        """(block, row) on line `y`, or the nearest below it, or at the end the last. (-1, 0) without blocks."""
        block, row = self._near(y)
        return (block, min(row, len(self.layout.rows[block]) - 1)) if block >= 0 else (-1, 0)

    def _near(self, y: int) -> tuple[int, int]:
        """As `row_near`; of a block that is not wrapped yet, about the row."""
        blocks = len(self.layout.blocks)
        if not blocks:
            return -1, 0
        block = max(0, bisect_right(self._tops, y) - 1)
        if block >= blocks:
            return blocks - 1, self.layout.count(blocks - 1) - 1
        within = y - self._tops[block] - len(self.before[block])
        return block, min(max(0, -(-within // self.stride)), self.layout.count(block) - 1)

    def wrap_around(self, offset: int, lines: int) -> None:
        """Have the blocks wrapped of which a row may stand within so many lines of the one at `offset`, and measure."""
        layout = self.layout
        if layout.blocks:
            here, row = layout.row_at(offset)
            room = lines - self._tall(here, row)
            for block in range(here - 1, -1, -1):
                if room <= 0:
                    break
                room -= self._tall(block, len(layout.rows[block])) - self.stride + 1
            room = lines - (len(layout.rows[here]) - 1 - row) * self.stride
            for block in range(here + 1, len(layout.blocks)):
                if room <= 0:
                    break
                room -= self._tall(block, len(layout.rows[block])) - self.stride + 1
        self.measure()

    def _tall(self, block: int, row: int) -> int:
        """Lines from the top of a block to one of its rows."""
        return len(self.before[block]) + row * self.stride

    def offset_near(self, y: int) -> int:
        """About the offset at which line `y`, or the next one with text, begins, without wrapping anything; exact where it is wrapped."""
        block, row = self._near(y)
        if block < 0:
            return 0
        if self.layout.rows.known(block):
            return self.layout.rows[block][row].start
        one = self.layout.blocks[block]
        return one.start + (one.end - one.start) * row // self.layout.count(block)

    def lines_of_removed(self, index: int) -> range:
        """The lines that show a removed line of the page; empty when it is not shown."""
        for block, lines in enumerate(self.before):
            found = [number for number, line in enumerate(lines) if line.removed == index]
            if found:
                return range(self._tops[block] + found[0], self._tops[block] + found[-1] + 1)
        return range(0)
