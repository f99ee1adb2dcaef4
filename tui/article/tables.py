"""Tables: spaces that bring the columns of a table's rows below one another. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.model import Block, BlockType
from tui.article.widths import cells

_EDGE = re.compile(r" \| ")


def paddings(text: str, blocks: Sequence[Block], width: int) -> dict[int, int]:
    """For the tables among the blocks: offset of a cell's end to the spaces to draw there.

    A table that would be wider than `width` gets none, and is wrapped like other text.
    """
    found: dict[int, int] = {}
    for block in blocks:
        if block.type is BlockType.TABLE:
            found.update(_table(text, block, width))
    return found


def _table(text: str, block: Block, width: int) -> dict[int, int]:
    rows: list[list[tuple[int, int]]] = []
    at = block.start
    for line in text[block.start : block.end].split("\n"):
        ends, start = [], at
        for edge in _EDGE.finditer(line):
            ends.append((start, at + edge.start()))
            start = at + edge.end()
        ends.append((start, at + len(line)))
        rows.append(ends)
        at += len(line) + 1
    columns = max(len(row) for row in rows)
    widest = [
        max((cells(text[row[number][0] : row[number][1]]) for row in rows if number < len(row)), default=0)
        for number in range(columns)
    ]
    if sum(widest) + 3 * (columns - 1) > width:
        return {}
    found = {}
    for row in rows:
        for number, (start, end) in enumerate(row[:-1]):
            pad = widest[number] - cells(text[start:end])
            if pad > 0 and end > 0:
                found[end] = pad
    return found
