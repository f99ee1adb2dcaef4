"""The column at the right edge: where in the article the window stands, and where marks and hits are. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

MARK = "•"
HIT = "◆"
TRACK = "│"
THUMB = "┃"


class Cell(NamedTuple):
    """A cell of the column: its character, and the name of its style."""

    char: str
    style: str


def signs(
    height: int, total: int, offset_of: Callable[[int], int], marks: Sequence[int], hits: Sequence[int]
) -> dict[int, str]:
    """Cell of the column to `MARK` or `HIT`, where one begins in the lines that the cell stands for.

    Args:
        height: cells of the column.
        total: lines of the article.
        offset_of: the offset at which a line (0 to `total`), or the next one with text, begins.
        marks, hits: offsets at which they begin, ascending.
    """
    found: dict[int, str] = {}
    if height <= 0 or total <= 0 or not (marks or hits):
        return found
    span = max(height, total)
    edges = [offset_of(min(total, -(-cell * span // height))) for cell in range(height + 1)]
    for cell in range(height):
        for sign, starts in ((HIT, hits), (MARK, marks)):
            place = bisect_left(starts, edges[cell])
            if place < len(starts) and starts[place] < edges[cell + 1]:
                found[cell] = sign
                break
    return found


def thumb(top: int, height: int, total: int) -> range:
    """The cells that stand for the window; none when everything is in it."""
    if total <= height or height <= 0:
        return range(0)
    size = max(1, round(height * height / total))
    first = round(top / (total - height) * (height - size))
    first = min(max(0, first), height - size)
    return range(first, first + size)


def line_for(cell: int, height: int, total: int) -> int:
    """The top line for a window that was dragged to a cell of the column."""
    if total <= height or height <= 1:
        return 0
    return round(min(max(cell, 0), height - 1) / (height - 1) * (total - height))


def cell(y: int, window: range, found: dict[int, str], total: int, height: int) -> Cell:
    """The cell of the column on line `y` of the window."""
    sign = found.get(y)
    if sign is not None:
        return Cell(sign, "map-mark" if sign == MARK else "map-hit")
    if total <= height:
        return Cell(" ", "map")
    return Cell(THUMB, "map-thumb") if y in window else Cell(TRACK, "map")
