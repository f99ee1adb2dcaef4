"""Titles and words on few lines of a narrow column. Pure."""

from __future__ import annotations

import re

from store.text import clean_line
from tui.article.widths import cells, shorten
from tui.rows import Run

RAGGED = 5
"""Cells that a line of a narrow column may leave empty for the sake of a whole word."""
_LATIN = re.compile(r"[A-Za-z0-9]")


def _break(text: str, end: int) -> int:
    """Where to break before `end`: between words that end near it; never within a Latin word or number, nor before closing punctuation."""
    if end >= len(text) or text[end] == " ":
        return end
    space = text.rfind(" ", 0, end)
    if space > 0 and cells(text[space:end]) <= RAGGED:
        return space
    while end > 1 and (
        text[end] in "”’)]}」』》〉.,…!?" or (_LATIN.match(text[end]) and _LATIN.match(text[end - 1]))
    ):
        end -= 1
    return end


def packed(text: str, width: int, most: int, style: str = "") -> list[list[Run]]:
    """`text` on at most `most` lines that are filled to the last cell, broken anywhere: for columns too narrow to break between words."""
    text = clean_line(text)
    lines: list[list[Run]] = []
    while text and len(lines) < most:
        if len(lines) + 1 == most or cells(text) <= width:
            lines.append([(shorten(text, width), style)])
            break
        room = width
        end = 0
        while end < len(text) and (size := cells(text[end])) <= room:
            room -= size
            end += 1
        end = _break(text, end)
        lines.append([(text[: max(end, 1)].rstrip(), style)])
        text = text[max(end, 1) :].lstrip()
    return lines
