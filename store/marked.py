"""Searching what the reader marked: the conditions on marks, and the passages that answer them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from store.index import Index
from store.model import Annotation, Hit, Status
from store.passages import best_of
from store.query import Query, Term
from store.samples import is_sample, own_first
from store.sources import Source, Texts
from store.terms import contains, fold

STATUSES = tuple(str(status) for status in Status)


def of_mark(term: Term) -> bool:
    """Whether a condition is one on a mark itself, words included."""
    return term.kind in ("word", "phrase") or on_mark_alone(term)


def on_mark_alone(term: Term) -> bool:
    """Whether only a mark can answer a condition (or the tags and the note of a whole article)."""
    if term.kind == "has":
        return term.value in ("note", "marks", "tags")
    return term.kind == "tag" or (term.kind == "is" and term.value in STATUSES)


def mark_holds(term: Term, mark: Annotation) -> bool:
    """Whether a mark answers a condition for which `of_mark` holds; its negation is not looked at."""
    value = term.value
    if term.kind == "word":
        from store.korean.choseong import matches

        literal = any(value in fold(text) for text in (mark.exact, mark.note))
        return literal or any(matches(value, tag) for tag in mark.tags)
    if term.kind == "phrase":
        return any(value in fold(text) for text in (mark.exact, mark.note, *mark.tags))
    if term.kind == "tag":
        return has_tag(value, mark.tags)
    if term.kind == "is":
        return mark.status == value
    return {"note": bool(mark.note), "marks": True, "tags": bool(mark.tags)}[value]


def has_tag(value: str, tags: Sequence[str]) -> bool:
    """Whether a folded tag, or one below it, is among tags."""
    return any(fold(tag) == value or fold(tag).startswith(f"{value}/") for tag in tags)


def marked_passages(
    index: Index,
    texts: Texts,
    query: Query,
    where: tuple[str, list[Any]],
    wanted: Callable[[str], bool],
    limit: int,
) -> list[Hit]:
    """The passages of the marks that answer a query with conditions on marks, each passage once: those that have the words in their
    quotation first, then those that have them in note or tags, then those whose sentence has them; the newest first.

    After them, articles that answer as a whole, by tags or a note of their own: with the best passage that has the words, else the
    beginning. What is of sample pages comes last of all.

    Args:
        where: the conditions on articles `a` that SQL judges, without those on marks, and their values.
        wanted: whether an article answers what SQL does not judge.
    """
    alone = [term for term in query.terms if on_mark_alone(term)]
    words = [term for term in query.terms if term.kind in ("word", "phrase")]
    sql, values = where
    articles = {
        id: n for n, id in index.rows(f"SELECT a.n, a.id FROM articles a WHERE a.trashed = '' {sql}", values)
    }
    conditions = [_condition(term) for term in alone if not term.negated]
    marks = index.marks(
        " AND ".join(part for part, _ in conditions), [value for _, values in conditions for value in values]
    )
    ranked: list[tuple[float, str, str, Annotation, Source]] = []
    for mark in marks:
        if mark.article not in articles or any(mark_holds(term, mark) == term.negated for term in alone):
            continue
        source = texts.get(articles[mark.article])
        if source is None or not wanted(mark.article):
            continue
        score = _score(words, mark, source)
        if score:
            ranked.append((score, mark.updated or mark.created, mark.id, mark, source))
    ranked.sort(key=lambda one: (not is_sample(one[3].article), *one[:3]), reverse=True)
    found: dict[tuple[str, int, int], Hit] = {}
    for score, _, _, mark, source in ranked:
        place = (mark.article, mark.start, mark.end)
        found.setdefault(place, _hit(source, score, mark.start, mark.end, mark.exact))
        if len(found) >= limit and not is_sample(mark.article):
            return list(found.values())
    marked = {id for id, _, _ in found}
    best = best_of([term.value for term in words if not term.negated])
    whole: list[Hit] = []
    for id in _as_a_whole(index, alone):
        source = texts.get(articles[id]) if id in articles and id not in marked and wanted(id) else None
        if source is None or any(_has(source, term.value) for term in words if term.negated):
            continue
        passage = best(source)
        if passage:
            _, start, end, _ = passage
            whole.append(_hit(source, 0.1, start, end, source.text[start:end]))
    whole.sort(key=lambda hit: articles[hit.article], reverse=True)
    return own_first([*found.values(), *whole])[:limit]


def passage_tagged(index: Index, article: str, words: Sequence[str]) -> Annotation | None:
    """Of an article's marks whose tags answer one of the words, the one that has most of them, in tags or quotation; the newest of
    equals. `None` where no mark has such a tag."""
    from store.korean.choseong import matches

    best: tuple[int, str, str] = (0, "", "")
    found: Annotation | None = None
    for mark in index.marks("article = ? AND tags <> ''", (article,)):
        by_tag = {word for word in words if any(matches(word, tag) for tag in mark.tags)}
        if not by_tag:
            continue
        rank = (len(by_tag | {word for word in words if contains(mark.exact, word)}), mark.updated, mark.id)
        if rank > best:
            best, found = rank, mark
    return found


def _score(words: Sequence[Term], mark: Annotation, source: Source) -> float:
    """How well a mark answers the words, 0 where it does not: 1 in its quotation, .8 with note and tags, .6 with its sentences."""
    if any(mark_holds(term, mark) for term in words if term.negated):
        return 0.0
    wanted = [term for term in words if not term.negated]
    if all(contains(mark.exact, term.value) for term in wanted):
        return 1.0
    if all(mark_holds(term, mark) for term in wanted):
        return 0.8
    around = source.around(mark.start, mark.end)
    return 0.6 if all(mark_holds(term, mark) or contains(around, term.value) for term in wanted) else 0.0


def _as_a_whole(index: Index, alone: Sequence[Term]) -> list[str]:
    """The articles that answer conditions on marks by tags and note of their own."""
    tags = index.tagged_articles()
    notes = {id for (id,) in index.rows("SELECT id FROM articles WHERE note <> '' AND trashed = ''")}
    found = []
    for id in {**tags, **dict.fromkeys(notes)}:
        own = tags.get(id, ())
        for term in alone:
            holds = (
                has_tag(term.value, own)
                if term.kind == "tag"
                else term.kind == "has" and {"note": id in notes, "tags": bool(own)}.get(term.value, False)
            )
            if holds == term.negated:
                break
        else:
            found.append(id)
    return found


def _condition(term: Term) -> tuple[str, list[Any]]:
    if term.kind == "tag":
        # "0" comes after "/".
        tagged = "SELECT mark FROM mark_tags WHERE folded = ? OR (folded > ? AND folded < ?)"
        return f"id IN ({tagged})", [term.value, f"{term.value}/", f"{term.value}0"]
    if term.kind == "is":
        return "status = ?", [term.value]
    return {"note": "note <> ''", "tags": "tags <> ''"}.get(term.value, "1"), []


def _has(source: Source, word: str) -> bool:
    return contains(source.text, word) or contains(source.head, word)


def _hit(source: Source, score: float, start: int, end: int, text: str) -> Hit:
    return Hit(article=source.id, title=source.title, start=start, end=end, text=text, score=score)
