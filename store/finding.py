"""Answering queries from the index: articles, marks, passages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from store.conditions import conditions, read_state
from store.index import MANY, Index
from store.marked import mark_holds, of_mark
from store.model import Annotation, Hit, Listed, Summary
from store.places import Places
from store.query import Query
from store.tables import SEPARATOR

if TYPE_CHECKING:
    from store.searching import Search

T = TypeVar("T")

_SUMMARY = "n, id, added, title, publisher, authors, published, marks, truncated, url"
_LISTED = _SUMMARY.removesuffix(", url")


class Finder:
    """Answers queries. Hold the library's lock."""

    def __init__(self, index: Index, places: Places) -> None:
        self._index, self._places = index, places
        self._search: Search | None = None

    # ── articles ─────────────────────────────────────────────────────────────────────────────────

    def articles(self, query: Query, *, trashed: bool = False) -> list[Summary]:
        """The articles that answer a query, newest added first."""
        found = [row for rows in self._rows(_SUMMARY, query, trashed) for row in rows]
        _newest_first(found, itemgetter(2))
        return [self._summary(row) for row in found]

    def listed(self, query: Query) -> list[Listed]:
        """As `articles`, for the shelf. What many of them have alike is kept once."""
        found: list[tuple[str, Listed]] = []
        known: dict[object, Any] = {}
        for rows in self._rows(_LISTED, query, False):
            for _, id, added, title, publisher, authors, published, marks, truncated in rows:
                people = tuple(authors.split(SEPARATOR)) if authors else ()
                at = self._places.get(id)
                line = Listed(
                    id=id,
                    title=title,
                    publisher=known.setdefault(publisher, publisher),
                    authors=known.setdefault(people, people),
                    published=known.setdefault(published, published),
                    annotations=marks,
                    truncated=bool(truncated),
                    unread=at.unread,
                    progress=at.progress,
                )
                found.append((added, line))
        _newest_first(found, itemgetter(0))
        return [line for _, line in found]

    def ids(self, query: Query, *, trashed: bool = False) -> list[str]:
        """As `articles`, only their ids."""
        found = [(added, id) for rows in self._rows("n, id, added", query, trashed) for _, id, added in rows]
        _newest_first(found, itemgetter(0))
        return [id for _, id in found]

    def _rows(self, columns: str, query: Query, trashed: bool) -> Iterator[list[list[Any]]]:
        """Columns (`n` and `id` first) of the articles that answer a query, `MANY` at a time."""
        where, values = conditions(query)
        wanted: list[tuple[set[int], bool]] = []
        for term in query.terms:
            if term.kind in ("word", "phrase"):
                from store.having import with_word

                wanted.append((with_word(self._index, term), term.negated))
        read = any(term.kind == "is" and term.value in ("unread", "read") for term in query.terms)
        source = f"FROM articles a WHERE a.trashed {'<>' if trashed else '='} '' AND a.n > ? {where} ORDER BY a.n LIMIT {MANY}"
        last = 0
        while rows := self._index.many_rows(columns, source, [last, *values]):
            last = rows[-1][0]
            for found, negated in wanted:
                rows = [row for row in rows if (row[0] in found) != negated]
            yield [row for row in rows if read_state(query, self._places, row[1])] if read else rows

    def summary(self, id: str) -> Summary | None:
        """The line of one article; `None` where there is none (in the trash counts)."""
        rows = self._index.rows(f"SELECT {_SUMMARY} FROM articles a WHERE a.id = ?", (id,))
        return self._summary(rows[0]) if rows else None

    def _summary(self, row: Sequence[Any]) -> Summary:
        _, id, added, title, publisher, authors, published, marks, truncated, url = row
        at = self._places.get(id)
        return Summary(
            id=id,
            title=title,
            publisher=publisher,
            authors=tuple(authors.split(SEPARATOR)) if authors else (),
            published=published,
            url=url,
            added=added,
            annotations=marks,
            truncated=bool(truncated),
            unread=at.unread,
            progress=at.progress,
        )

    def passages(self, query: Query, limit: int) -> list[Hit]:
        """Passages that answer a query, best first; see `Search`."""
        if self._search is None:
            # Not before the first screen: nothing there needs it.
            from store.searching import Search

            self._search = Search(self._index, self._places)
        return self._search.passages(query, limit)

    # ── marks ────────────────────────────────────────────────────────────────────────────────────

    def marks(self, query: Query, article: str | None = None) -> list[Annotation]:
        """The marks that answer a query, by article (newest first), then by place: words in the quotation, note or tags, conditions on
        tags, notes and status of the mark itself, all others of its article."""
        own = [term for term in query.terms if of_mark(term)]
        others = Query(tuple(term for term in query.terms if not of_mark(term)))
        if article is not None:
            marks = self._index.marks("article = ?", (article,))
            if others.terms and article not in {row.id for row in self.articles(others)}:
                return []
        else:
            rank = {row.id: place for place, row in enumerate(self.articles(others)) if row.annotations}
            marks = [mark for mark in self._index.marks() if mark.article in rank]
            marks.sort(key=lambda mark: (rank[mark.article], mark.start, mark.end, mark.id))
        for term in own:
            marks = [mark for mark in marks if mark_holds(term, mark) != term.negated]
        return marks


def _newest_first(rows: list[T], added: Callable[[T], str]) -> None:
    """Sort rows that come in the order of their numbers: nearly sorted by time already, which by one key is hardly any work. By SQLite's
    index on the time each would be fetched by itself."""
    rows.reverse()
    rows.sort(key=added, reverse=True)
