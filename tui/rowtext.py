"""What a row of a list says: lines of styled runs, and how they are made to fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from store.text import clean_line
from tui.article.layout import wrap
from tui.article.widths import cells, shorten, widths

Run = tuple[str, str]
"""Text and the names of its styles (of `rowstrips.STYLES`), separated by spaces."""
Line = Sequence[Run]


class Row(NamedTuple):
    """One row. `lines` gives its lines for a width in cells, called only when the row is to be seen; with `height` (number of
    lines) given, or `measure`, which tells it for a width, not even its height needs it. A row that is not `pickable` is a heading or
    an explanation."""

    key: str
    lines: Callable[[int], Sequence[Line]]
    height: int | None = None
    pickable: bool = True
    gap: int = 0
    """How many of the last lines only set it off from the next row: the cursor does not colour them."""
    measure: Callable[[int], int] | None = None


def text_row(key: str, *runs: Run, pickable: bool = True) -> Row:
    """A row of one line."""
    return Row(key, lambda width: [runs], 1, pickable)


def wrapped(text: str, width: int, most: int = 0, style: str = "") -> list[list[Run]]:
    """`text` on one line or more of `width` cells, broken between words; at most `most` lines, if that is not 0."""
    text = clean_line(text)
    rows = wrap(text, widths(text), 0, len(text), max(width, 2))
    if most and len(rows) > most:
        last = shorten(text[rows[most - 1].start :], width)
        return [[(text[row.start : row.end], style)] for row in rows[: most - 1]] + [[(last, style)]]
    return [[(text[row.start : row.end], style)] for row in rows]


def spread(left: Line, right: Line, width: int) -> list[Run]:
    """Both on one line, `right` at its end; `left` is cut where there is not room for both."""
    tail = sum(cells(text) for text, _ in right)
    head = fit(left, max(0, width - tail - (1 if tail else 0)))
    gap = width - tail - sum(cells(text) for text, _ in head)
    return [*head, (" " * max(gap, 0), ""), *right]


def fit(line: Line, width: int) -> list[Run]:
    """The line in at most `width` cells, with `…` where something was cut off."""
    kept: list[Run] = []
    for text, style in line:
        size = cells(text)
        if size > width:
            kept.append((shorten(text, width), style))
            break
        kept.append((text, style))
        width -= size
    return kept
