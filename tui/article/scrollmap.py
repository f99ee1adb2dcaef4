"""The column at the right edge: where in the article the window stands, and where marks and hits are. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

MARK = "•"
HIT = "◆"
TRACK = "│"
THUMB = "┃"


class Cell(NamedTuple):
    """A cell of the column: its character, and the name of its style."""

    char: str
    style: str


def signs(height: int, total: int, marks: Iterable[int], hits: Iterable[int]) -> dict[int, str]:
    """Cell of the column to `MARK` or `HIT`, for lines with marks and with hits of `total` lines on a column of `height` cells."""
    if height <= 0 or total <= 0:
        return {}
    found = {cell_of(line, height, total): MARK for line in marks}
    found.update((cell_of(line, height, total), HIT) for line in hits)
    return found


def cell_of(line: int, height: int, total: int) -> int:
    """The cell for a line."""
    span = max(height, total)
    return min(height - 1, max(0, line * height // span))


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
