"""Searching: the passages that answer a query."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from store.conditions import conditions, read_state
from store.having import in_names, in_text, is_named
from store.index import Index
from store.korean.forms import is_predicate, meant, other_forms
from store.marked import marked_passages, of_mark, on_mark_alone, passage_tagged
from store.model import Hit
from store.passages import Passage, best_of, passages
from store.places import Places
from store.query import Query, Term
from store.samples import is_sample, own_first
from store.sources import Source, Texts
from store.terms import contains, is_exact, match_any

Scored = tuple[Passage, Source]


class Search:
    """Searches passages. Hold the library's lock."""

    def __init__(self, index: Index, places: Places) -> None:
        self._index, self._places = index, places
        self._texts = Texts(index)
        self._trash: tuple[object, frozenset[int]] | None = None

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
                conditions(others),
                lambda id: read_state(query, self._places, id),
                limit,
            )
        words = query.words
        where, values = conditions(query)
        pool = max(limit, 20)
        self._texts.freshen()
        scored, made = self._best(query, where, values, pool)
        if (
            not (scored or made)
            and (hangul := self._in_hangul(query))
            and (found := self._look(hangul, limit))
        ):
            return found
        # They came newest first, and those that answer equally well stay so.
        scored.sort(key=_score, reverse=True)
        found = [_hit(source, passage) for passage, source in scored[:limit]]
        if len(found) == limit:
            return found
        made.sort(key=_score, reverse=True)
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

    def _in_hangul(self, query: Query) -> Query | None:
        """The query with its Latin words as the Hangul for which they were meant; `None` where there are none, or where one of them stands
        in a name as it is."""
        words = {term: meant(term.value) for term in query.terms if term.kind == "word" and not term.negated}
        typed = {term: word for term, word in words.items() if word}
        if not typed or any(is_named(self._index, term.value) for term in typed):
            return None
        return Query(tuple(Term(term.kind, typed[term]) if term in typed else term for term in query.terms))

    def _best(
        self, query: Query, where: str, values: list[Any], most: int
    ) -> tuple[list[Scored], list[Scored]]:
        """The best passage of each article that answers, newest first, of so many of the reader's own; and of the sample pages that come
        among them: no own article is left out for one."""
        words = query.words
        own: list[Scored] = []
        made: list[Scored] = []
        best = best_of(words)
        plain = not any(term.negated or term.kind == "is" for term in query.terms)
        for sources in self._candidates([(word,) for word in words], where, values, most):
            for source in sources:
                if not plain and not self._answers(query, source):
                    continue
                passage = best(source)
                if passage is None:
                    continue
                if source.sample:
                    made.append((passage, source))
                    continue
                own.append((passage, source))
                if len(own) == most:
                    return own, made
        return own, made

    def _answers(self, query: Query, source: Source) -> bool:
        """Whether an article answers what is asked of its having been read, and has no word that it must not have."""
        return read_state(query, self._places, source.id) and _without(query, source)

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
        for source in itertools.chain.from_iterable(self._candidates(forms, where, values, limit)):
            if source.id in articles or not self._answers(query, source):
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
    ) -> Iterator[Iterator[Source]]:
        """The articles that may have of each word one of its forms, newest first, so many at a time."""
        expression = " AND ".join(filter(None, map(match_any, words)))
        if not expression:
            source = f"a.n FROM articles a WHERE a.trashed = '' {where}"
        elif where:
            source = f"a.n FROM body b CROSS JOIN articles a ON a.n = b.rowid WHERE b.body MATCH ? AND a.trashed = '' {where}"
        else:
            # Without a look at each article's row.
            source = "rowid AS n FROM body WHERE body MATCH ?"
        key = "b.rowid" if expression and where else "rowid"
        trashed = self._trashed() if expression and not where else frozenset[int]()
        # Of longer words some of the articles have the pairs alone.
        most = at_once if all(is_exact(form) for several in words for form in several) else 2 * at_once
        asked = [expression, *values] if expression else values
        numbers = self._index.numbers(f"SELECT {source} ORDER BY {key} DESC LIMIT ?", [*asked, most])
        while numbers:
            wanted = [n for n in numbers if n not in trashed] if trashed else numbers
            for start in range(0, len(wanted), at_once):
                yield self._texts.each(wanted[start : start + at_once])
            if len(numbers) < most:
                break
            most *= 2
            numbers = self._index.numbers(
                f"SELECT {source} AND {key} < ? ORDER BY {key} DESC LIMIT ?", [*asked, numbers[-1], most]
            )

    def _trashed(self) -> frozenset[int]:
        """The articles in the trash, by their numbers; asked for again when something has changed since."""
        state = (self._texts.state, self._index.db.total_changes)
        if self._trash is None or self._trash[0] != state:
            rows = self._index.rows("SELECT n FROM articles WHERE trashed <> ''")
            self._trash = (state, frozenset(n for (n,) in rows))
        return self._trash[1]

    def _by_name(self, query: Query, where: str, values: list[Any], seen: set[int], limit: int) -> list[Hit]:
        if any(term.kind == "phrase" and not term.negated for term in query.terms):
            return []
        words = query.words
        fitting = [in_names(self._index, word) for word in words]
        if not any(fitting):
            return []
        if len(words) > 1:
            fitting = [found | in_text(self._index, word) for found, word in zip(fitting, words, strict=True)]
        numbers = set.intersection(*fitting)
        hits: list[Hit] = []
        for n in sorted(numbers - seen, reverse=True):
            rows = self._index.rows(
                f"SELECT a.id FROM articles a WHERE a.n = ? AND a.trashed = '' {where}", [n, *values]
            )
            source = self._texts.get(n)
            if rows and source and self._answers(query, source):
                rest = [word for word in words if not contains(source.text, word)]
                mark = passage_tagged(self._index, source.id, words) if rest else None
                place = (mark.start, mark.end) if mark else _nearest(source, words)
                hits.append(_hit(source, (0.1, *place, 0)))
                limit -= not is_sample(source.id)
            if limit < 1:
                break
        return hits


def _score(scored: Scored) -> float:
    return scored[0][0]


def _own(hits: Sequence[Hit]) -> int:
    """How many are of the reader's own articles."""
    return sum(not is_sample(hit.article) for hit in hits)


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
