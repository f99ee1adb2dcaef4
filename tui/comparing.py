"""What the compare screen shows: which articles are set side by side, and how a figure stands to those beside it. No screen in here."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from store.errors import MitjulError
from store.korean.compare import Comparison, Entry, compare
from store.korean.concepts import Agreement
from store.library import Library
from store.model import Article, Extracts
from store.samples import alike, is_sample

LOOKED_AT = 400
"""Articles looked at for those on the same subject, the newest first."""
COLUMNS = 24
"""Articles compared at most when none were chosen."""
SHARED = 2
"""Keywords and names that two articles on one subject have in common at least."""
_RANK: dict[Agreement | None, int] = {"conflict": 0, "same": 1, "related": 2, None: 3}


@dataclass
class Compared:
    """Articles side by side. `comparison` is None where fewer than two have figures to compare."""

    articles: dict[str, Article] = field(default_factory=dict)
    comparison: Comparison | None = None
    unread: int = 0
    """How many were left out because they have not been analysed yet."""


@dataclass(frozen=True)
class Standing:
    """A figure of another column, and how the one asked about stands to it."""

    column: int
    entry: Entry
    relation: Agreement


def gather(
    library: Library,
    chosen: Collection[str] = (),
    here: str | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Compared:
    """Set side by side the articles chosen on the shelf if there are two or more, else those on the subject of `here`: the one chosen, the
    open one or the newest. Made-up sample pages and the reader's own are set beside each other only by choice. Slow: call it in a thread.

    An article that cannot be read is left out and hides no other; so is, unless it was chosen, one without any figure to compare. Where the
    one whose subject it is has not been analysed yet, there is nothing to compare.

    Raises:
        MitjulError: the library cannot be read.
    """
    order = [summary.id for summary in library.list()]
    several = len(chosen) > 1
    seed = next(iter(chosen), here)
    ids = [id for id in order if id in chosen]
    if not several:
        if seed not in order:
            seed = next((id for id in order if not is_sample(id)), order[0] if order else "")
        ids = list(dict.fromkeys([seed, *alike(order, seed)[:LOOKED_AT]])) if order else []
    read: list[tuple[str, Article, Extracts]] = []
    unread: list[str] = []
    for id in ids:
        if cancelled():
            return Compared()
        try:
            found = library.extracts(id)
            if found is None:
                unread.append(id)
            else:
                read.append((id, library.article(id), found))
        except MitjulError:
            continue
    if not several:
        if ids[:1] == unread[:1]:
            read = []
        read = _same_subject(read)
    return _compared(read, len(unread), keep_empty=several)


def _same_subject(read: Sequence[tuple[str, Article, Extracts]]) -> list[tuple[str, Article, Extracts]]:
    """The first, and the others that have keywords and names in common with it; the nearest first."""
    words = [_words(found) for _, _, found in read]
    counts = Counter(word for own in words for word in own)
    scored = []
    for n, own in enumerate(words[1:], 1):
        common = own & words[0]
        if len(common) >= SHARED:
            scored.append((sum(math.log(1 + len(read) / counts[word]) for word in common), n))
    scored.sort(key=lambda item: (-item[0], item[1]))
    return [*read[:1], *(read[n] for _, n in scored[: COLUMNS - 1])]


def _words(found: Extracts) -> set[str]:
    names = (name.text for name in found.names if name.kind != "place")
    return {"".join(word.split()).casefold() for word in (*(k.text for k in found.keywords), *names)}


def _compared(read: Sequence[tuple[str, Article, Extracts]], unread: int, *, keep_empty: bool) -> Compared:
    """Columns in the order of the rows that they are in, so that those which may conflict stand side by side."""
    first = compare(read)
    rank: dict[str, tuple[int, int]] = {}
    for n, row in enumerate(first.rows):
        for id, cell in zip(first.articles, row.cells, strict=True):
            if cell:
                rank.setdefault(id, (n, min(_RANK[entry.relation] for entry in cell)))
    columns = [one for one in read if keep_empty or one[0] in rank]
    columns.sort(key=lambda one: rank.get(one[0], (len(first.rows), 0)))
    if len(columns) < 2 or not rank:
        return Compared(unread=unread)
    return Compared({id: article for id, article, _ in columns}, compare(columns), unread)


def standings(found: Compared, row: int, column: int, entry: Entry) -> list[Standing]:
    """How a figure stands to each of the row's figures in other columns, as the row says: possible conflicts first, then equal ones,
    then others, each kind in the order of the columns."""
    assert found.comparison is not None
    asked = found.comparison.rows[row]
    here = column, asked.cells[column].index(entry)
    standing = []
    for pair in asked.standings:
        if here in (pair.first, pair.second):
            other, k = pair.second if pair.first == here else pair.first
            standing.append(Standing(other, asked.cells[other][k], pair.relation))
    standing.sort(key=lambda one: (_RANK[one.relation], one.column, one.entry.figure.start))
    return standing
