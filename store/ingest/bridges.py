"""Articles in two pieces: the run of prose, and what stands beyond a table, a box or a list of other stories."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from store.ingest.ending import is_polite
from store.ingest.head import affinity, words_of
from store.ingest.lines import Line

_BETWEEN = {
    "",
    "menu",
    "counter",
    "image",
    "caption",
    "photo_credit",
    "rule",
    "ad",
    "embed",
    "widget",
    "related",
    "promo",
    "dateline",
}
"""What stands in the middle of articles."""
_CELLS, _OTHERS = 60, 14
"""The most lines between two pieces: of a table, and of anything else."""


def bridge(lines: Sequence[Line], first: int, last: int, tail: int) -> tuple[int, int]:
    """The run `[first, last)` with the prose beyond a short interruption, where it speaks of the same.

    The cells of a table, one to a line, are marked as such.
    """
    told = [words_of(line) for line in lines[first:last] if line.prose >= 20 and line.strength < 2]
    vocabulary = frozenset(chain.from_iterable(told))
    if len(vocabulary) < 20:
        return first, last
    polite = is_polite(lines[first:last])
    while True:
        piece = _piece(lines, range(last, tail), vocabulary, polite)
        if piece is None:
            break
        for line in lines[last : piece[0]] if piece[2] else ():
            line.reason, line.strength = line.reason or "listing", max(2, line.strength)
        last = piece[1] + 1
    piece = _piece(lines, range(first - 1, -1, -1), vocabulary, polite)
    if piece is not None and not piece[2]:
        first = piece[1]
    return first, last


def _piece(
    lines: Sequence[Line], order: range, vocabulary: frozenset[str], polite: bool
) -> tuple[int, int, bool] | None:
    """The next piece of prose in this direction: its nearest and its farthest line, and is a table before it?"""
    between: list[Line] = []
    nearest = farthest = -1
    told = 0.0
    own: list[float] = []
    for index in order:
        line = lines[index]
        if (
            line.prose >= 20
            and line.strength < 2
            and line.linked < 0.3
            and line.mark not in {"|", "*", "•", "▶", "▷"}
        ):
            nearest = index if nearest < 0 else nearest
            farthest = index
            told += line.prose
            own.append(affinity(line.text, vocabulary) * line.prose)
        elif nearest >= 0:
            break
        elif line.reason not in _BETWEEN or len(between) > _CELLS:
            return None
        else:
            between.append(line)
    if nearest < 0 or told < 60:
        return None
    numbers = sum(1 for line in between if any(char.isdigit() for char in line.text) and len(line.text) <= 24)
    short = sum(1 for line in between if len(line.text) <= 24)
    table = len(between) >= 6 and numbers * 3 >= len(between) and short * 10 >= len(between) * 9
    if not table and len(between) > _OTHERS:
        return None
    # Behind a table nothing else of this style comes; behind other short lines something else may. A short article shares few words
    # with what follows.
    needed = min(0.1, len(vocabulary) / 1_200) if table else 0.3
    if any(line.reason in {"related", "promo"} for line in between):
        needed = 0.5
    same_style = is_polite([lines[index] for index in sorted((nearest, farthest))]) == polite
    return (nearest, farthest, table) if same_style and sum(own) >= told * needed else None
