"""Passages of any article as rows: where they are from, and their words in context."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tui.article.widths import cells, shorten
from tui.copies import NOWHERE, Origin
from tui.rows import Line, Row, Run, spread, wrapped

TITLE, SOURCE = 16, 10
"""Cells that a title keeps before less is said of where its article is from, and that an outlet keeps before the date gives way."""

_OPERATOR = re.compile(r'-?\w+:("[^"]*"|\S+)|-\S+|"([^"]*)"')


def needles(query: str) -> list[str]:
    """The words of a query that can be seen in a text; operators such as `tag:` and what is excluded are left out."""
    quoted = [match.group(2) for match in _OPERATOR.finditer(query) if match.group(2)]
    words = _OPERATOR.sub(" ", query).split()
    return [word.casefold() for word in (*quoted, *words) if word]


def lit(line: Line, words: Sequence[str]) -> list[Run]:
    """The line with these words marked."""
    if not words:
        return list(line)
    pattern = _any_of(tuple(words))
    runs: list[Run] = []
    for text, style in line:
        at = 0
        for match in pattern.finditer(text):
            if match.start() > at:
                runs.append((text[at : match.start()], style))
            runs.append((match.group(), f"{style} found".strip()))
            at = match.end()
        if at < len(text):
            runs.append((text[at:], style))
    return runs


@lru_cache(16)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE
    )


def headed(title: str, origin: Origin, width: int) -> str:
    """A title, and where its article is from, in at most `width` cells. Where there is not room for both the title is cut first, then the
    outlet's name, then the date; that it is a sample is said last of all."""
    least = min(cells(title), TITLE)
    sample, outlet, date = origin
    for source, when in ((outlet, date), (outlet, date[:7]), (outlet, ""), ("", "")):
        room = width - least - sum(cells(part) + 3 for part in (sample, when) if part) - 3
        if source and room < min(cells(source), SOURCE):
            continue
        rest = str(Origin(sample, shorten(source, max(room, 0)), when))
        room = width - (cells(rest) + 3 if rest else 0)
        if room >= least:
            return " · ".join(filter(None, (shorten(title, room), rest)))
    return shorten(" · ".join(filter(None, (sample, title))), max(width, 0))


def passage_row(
    key: str,
    text: str,
    *,
    title: str = "",
    origin: Origin = NOWHERE,
    more: Sequence[Run] = (),
    sign: Run = ("", ""),
    words: Sequence[str] = (),
    most: int = 3,
) -> Row:
    """A passage: its article's title and origin (with `more` at the end of that line), then up to `most` lines of its words."""

    laid: dict[int, list[list[Run]]] = {}

    def body(width: int) -> list[list[Run]]:
        """The lines of its words, which its height is known by: kept for the width that was asked for last."""
        if width not in laid:
            laid.clear()
            laid[width] = wrapped(text, width - 2, most)
        return laid[width]

    def lines(width: int) -> list[Line]:
        taken = sum(cells(run) for run, _ in (sign, *more)) + (2 if more else 0)
        name = headed(title, origin, width - taken)
        head = spread(lit([sign, (name, "muted")], words), list(more), width)
        return [head, *(lit([("  ", ""), *line], words) for line in body(width)), []]

    return Row(key, lines, gap=1, measure=lambda width: len(body(width)) + 2)
