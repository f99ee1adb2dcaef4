"""Passages of any article as rows: where they are from, and their words in context."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.rows import Line, Row, Run, spread, wrapped

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
    pattern = re.compile(
        "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE
    )
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


def passage_row(
    key: str,
    text: str,
    *,
    title: str = "",
    more: Sequence[Run] = (),
    sign: Run = ("", ""),
    words: Sequence[str] = (),
    most: int = 3,
) -> Row:
    """A passage: its article's title (with `more` at the end of that line), then up to `most` lines of its words."""

    def lines(width: int) -> list[Line]:
        head = spread(lit([sign, (title, "muted")], words), list(more), width)
        body = [lit([("  ", ""), *line], words) for line in wrapped(text, width - 2, most)]
        return [head, *body, []]

    return Row(key, lines, gap=1)
