"""Answering queries from the index: articles, marks, passages."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from store.conditions import condition
from store.index import MANY, Index
from store.korean.forms import is_predicate, other_forms
from store.marked import mark_holds, marked_passages, of_mark, on_mark_alone, passage_tagged
from store.model import Annotation, Hit, Listed, Summary
from store.passages import Passage, best_of, passages
from store.places import Places
from store.query import Query, Term
from store.samples import is_sample, own_first
from store.sources import Source, Texts
from store.tables import SEPARATOR, unpack
from store.terms import contains, fold, is_exact, match, match_any

T = TypeVar("T")

_SUMMARY = "n, id, added, title, publisher, authors, published, marks, truncated, url"
_LISTED = _SUMMARY.removesuffix(", url")


class Finder:
    """Answers queries. Hold the library's lock."""

    def __init__(self, index: Index, places: Places) -> None:
        self._index, self._places = index, places
        self._texts = Texts(index)

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
        where, values = self._where(query)
        wanted = [
            (self._with_word(term), term.negated) for term in query.terms if term.kind in ("word", "phrase")
        ]
        read = any(term.kind == "is" and term.value in ("unread", "read") for term in query.terms)
        source = f"FROM articles a WHERE a.trashed {'<>' if trashed else '='} '' AND a.n > ? {where} ORDER BY a.n LIMIT {MANY}"
        last = 0
        while rows := self._index.many_rows(columns, source, [last, *values]):
            last = rows[-1][0]
            for found, negated in wanted:
                rows = [row for row in rows if (row[0] in found) != negated]
            yield [row for row in rows if self._read_state(query, row[1])] if read else rows

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

    def _read_state(self, query: Query, id: str) -> bool:
        return all(
            (self._places.get(id).unread == (term.value == "unread")) != term.negated
            for term in query.terms
            if term.kind == "is" and term.value in ("unread", "read")
        )

    def _where(self, query: Query) -> tuple[str, list[Any]]:
        """The conditions that SQL can judge, to be joined to others on `articles a`."""
        parts: list[str] = []
        values: list[Any] = []
        for term in query.terms:
            sql, needed = condition(term)
            if sql:
                parts.append(f"AND {'NOT ' if term.negated else ''}coalesce({sql}, 0)")
                values += needed
        return " ".join(parts), values

    # ── words ────────────────────────────────────────────────────────────────────────────────────

    def _with_word(self, term: Term) -> set[int]:
        """The articles (numbers) in which a word occurs, or whose names it fits."""
        word = term.value
        found = self._in_text(word)
        if term.kind == "word":
            found |= self._in_names(word)
            if not found and not term.negated:
                for form in other_forms(word):
                    found |= self._in_text(fold(form))
        return found

    def _in_text(self, word: str) -> set[int]:
        expression = match(word)
        if is_exact(word):
            return {
                row[0] for row in self._index.rows("SELECT rowid FROM body WHERE body MATCH ?", (expression,))
            }
        sql = "SELECT t.n, t.text, t.head FROM packed t"
        values: tuple[str, ...] = ()
        if expression:
            sql, values = f"{sql} WHERE t.n IN (SELECT rowid FROM body WHERE body MATCH ?)", (expression,)
        return {
            n
            for n, text, head in self._index.rows(sql, values)
            if contains(unpack(text), word) or contains(head, word)
        }

    def _in_names(self, word: str) -> set[int]:
        """The articles whose title, publisher, authors or keywords, or whose marks' tags, a word fits: literally, by 초성, or typed in
        the wrong mode."""
        from store.korean.choseong import choseong, matches, pattern

        found: set[int] = set()
        fits, initials = pattern(word).search, choseong(word)
        for form in {word, *_other_mode(word)} | (
            {initials} if initials == word or _has_jamo(word) else set()
        ):
            if expression := match(form):
                rows = self._index.rows(
                    "SELECT n, names FROM names WHERE n IN (SELECT rowid FROM name_terms WHERE name_terms MATCH ?)",
                    (expression,),
                )
                found |= {n for n, names in rows if fits(names)}
        tags = [
            tag for (tag,) in self._index.rows("SELECT DISTINCT tag FROM mark_tags") if matches(word, tag)
        ]
        for tag in tags[:100]:
            found |= {
                row[0]
                for row in self._index.rows(
                    "SELECT n FROM articles WHERE id IN (SELECT article FROM mark_tags WHERE tag = ?)", (tag,)
                )
            }
        return found

    # ── passages ─────────────────────────────────────────────────────────────────────────────────

    def passages(self, query: Query, limit: int) -> list[Hit]:
        """Passages that answer a query, best first: where the words stand as they are, then where they fit a name, then where they stand
        in other forms (for a noun only when there is nothing else). Of conditions on marks, the marked passages; see `marked_passages`.

        Every article that answers has one passage, best first, before any has a second; of words that are everywhere, the newest
        articles are looked at. Passages of sample pages come after all those of the reader's own articles.
        """
        if not query.terms or limit < 1:
            return []
        try:
            return self._look(query, limit)
        except sqlite3.ProgrammingError:
            # Mended meanwhile, and the rows were of a database that is closed.
            return self._look(query, limit)
        except sqlite3.DatabaseError as error:
            self._index.mend(error)
            return self._look(query, limit)

    def _look(self, query: Query, limit: int) -> list[Hit]:
        if any(on_mark_alone(term) and not term.negated for term in query.terms):
            self._texts.freshen()
            others = Query(tuple(term for term in query.terms if not of_mark(term)))
            return marked_passages(
                self._index,
                self._texts,
                query,
                self._where(others),
                lambda id: self._read_state(query, id),
                limit,
            )
        words = query.words
        where, values = self._where(query)
        pool = max(limit, 20)
        scored: list[tuple[Passage, Source]] = []
        made: list[tuple[Passage, Source]] = []  # of sample pages: no own article is left out for one
        self._texts.freshen()
        best = best_of(words)
        plain = not any(term.negated or term.kind == "is" for term in query.terms)
        for source in self._candidates([(word,) for word in words], where, values, pool):
            if not plain and not (self._read_state(query, source.id) and _without(query, source)):
                continue
            passage = best(source)
            if passage:
                (made if is_sample(source.id) else scored).append((passage, source))
                if len(scored) >= pool:
                    break
        # They came newest first, and those that answer equally well stay so.
        scored.sort(key=lambda item: item[0][0], reverse=True)
        found = [_hit(source, passage) for passage, source in scored[:limit]]
        if len(found) == limit:
            return found
        made.sort(key=lambda item: item[0][0], reverse=True)
        scored += made
        found += [_hit(source, passage) for passage, source in made]
        seen = {source.n for _, source in scored}
        found += self._by_name(query, where, values, seen, limit - _own(found))
        if _own(found) < limit and words:
            more = [
                _hit(source, passage)
                for (*_, times), source in scored
                if times > 1
                for passage in passages(source, words)[1:]
            ]
            found += sorted(more, key=lambda hit: -hit.score)
        if words and (lacking := limit - _own(found)) > 0:
            found += self._in_other_forms(query, where, values, found, lacking)
        return own_first(found)[:limit]

    def _in_other_forms(
        self, query: Query, where: str, values: list[Any], seen: Sequence[Hit], limit: int
    ) -> list[Hit]:
        """Passages with the words in other forms, in articles that have nothing better."""
        forms = [
            (
                term.value,
                *(
                    other_forms(term.value)
                    if term.kind == "word" and (not seen or is_predicate(term.value))
                    else ()
                ),
            )
            for term in query.terms
            if term.kind in ("word", "phrase") and not term.negated
        ]
        if all(len(several) == 1 for several in forms):
            return []
        articles = {hit.article for hit in seen}
        hits: list[Hit] = []
        for source in self._candidates(forms, where, values, limit):
            if source.id in articles:
                continue
            if not (self._read_state(query, source.id) and _without(query, source)):
                continue
            there = [max(several, key=source.text.count) for several in forms]
            passage = next(iter(passages(source, there)), None)
            if passage:
                hits.append(_hit(source, (passage[0] / 2, *passage[1:])))
                limit -= not is_sample(source.id)
                if limit < 1:
                    break
        return sorted(hits, key=lambda hit: -hit.score)

    def _candidates(
        self, words: Sequence[Sequence[str]], where: str, values: list[Any], at_once: int
    ) -> Iterator[Source]:
        """The articles that may have of each word one of its forms, newest first; so many are looked up at once."""
        expression = " AND ".join(filter(None, map(match_any, words)))
        if not expression:
            sql = f"SELECT a.n FROM articles a WHERE a.trashed = '' {where} ORDER BY a.n DESC"
        elif where:
            sql = (
                "SELECT a.n FROM body b CROSS JOIN articles a ON a.n = b.rowid"
                f" WHERE b.body MATCH ? AND a.trashed = '' {where} ORDER BY b.rowid DESC"
            )
        else:
            # Without a look at each article's row.
            sql = (
                "SELECT rowid FROM body WHERE body MATCH ?"
                " AND rowid NOT IN (SELECT n FROM articles WHERE trashed <> '') ORDER BY rowid DESC"
            )
        found = self._index.stream(sql, [expression, *values] if expression else values)
        while numbers := [n for (n,) in itertools.islice(found, at_once)]:
            yield from self._texts.each(numbers)

    def _by_name(self, query: Query, where: str, values: list[Any], seen: set[int], limit: int) -> list[Hit]:
        if any(term.kind == "phrase" and not term.negated for term in query.terms):
            return []
        words = query.words
        fitting = [self._in_names(word) for word in words]
        if not any(fitting):
            return []
        if len(words) > 1:
            fitting = [found | self._in_text(word) for found, word in zip(fitting, words, strict=True)]
        numbers = set.intersection(*fitting)
        hits: list[Hit] = []
        for n in sorted(numbers - seen, reverse=True):
            rows = self._index.rows(
                f"SELECT a.id FROM articles a WHERE a.n = ? AND a.trashed = '' {where}", [n, *values]
            )
            source = self._texts.get(n)
            if rows and source and self._read_state(query, source.id) and _without(query, source):
                rest = [word for word in words if not contains(source.text, word)]
                mark = passage_tagged(self._index, source.id, words) if rest else None
                place = (mark.start, mark.end) if mark else _nearest(source, words)
                hits.append(_hit(source, (0.1, *place, 0)))
                limit -= not is_sample(source.id)
            if limit < 1:
                break
        return hits

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


def _own(hits: Sequence[Hit]) -> int:
    """How many are of the reader's own articles."""
    return sum(not is_sample(hit.article) for hit in hits)


def _newest_first(rows: list[T], added: Callable[[T], str]) -> None:
    """Sort rows that come in the order of their numbers: nearly sorted by time already, which by one key is hardly any work. By SQLite's
    index on the time each would be fetched by itself."""
    rows.reverse()
    rows.sort(key=added, reverse=True)


def _other_mode(word: str) -> set[str]:
    """What the keys would have given with the keyboard in the other mode."""
    from store.korean.dubeolsik import compose, keystrokes

    return {fold(compose(word))} if word.isascii() else {fold(keystrokes(word))}


def _has_jamo(word: str) -> bool:
    return any("ㄱ" <= character <= "ㅎ" for character in word)


def _nearest(source: Source, words: Sequence[str]) -> tuple[int, int]:
    """The passage with those of the words that stand in a text; without any, its beginning."""
    there = [word for word in words if contains(source.text, word)]
    found = passages(source, there) if there else []
    return found[0][1:3] if found else source.beginning()


def _without(query: Query, source: Source) -> bool:
    unwanted = [term.value for term in query.terms if term.negated and term.kind in ("word", "phrase")]
    if not unwanted:
        return True
    return not any(contains(source.text, word) or contains(source.head, word) for word in unwanted)


def _hit(source: Source, passage: Passage) -> Hit:
    score, start, end, _ = passage
    return Hit(
        article=source.id,
        title=source.title,
        start=start,
        end=end,
        text=source.text[start:end],
        score=round(score, 4),
    )
