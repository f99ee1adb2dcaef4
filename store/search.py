"""Which articles, marks and passages answer a query."""

from __future__ import annotations

from store.catalogue import Entry
from store.model import Annotation, Hit, Status
from store.places import Places
from store.query import Query, Term, fold, in_period


def accepts(query: Query, entry: Entry, places: Places) -> bool:
    """Whether an article answers a query."""
    return all(_holds(term, entry, places) != term.negated for term in query.terms)


def _holds(term: Term, entry: Entry, places: Places) -> bool:
    article, value = entry.article, term.value
    match term.kind:
        case "word" | "phrase":
            return (
                value in fold(article.text)
                or value in fold(article.title)
                or value in fold(article.subtitle or "")
            )
        case "title":
            return value in fold(article.title)
        case "source":
            return any(
                value in fold(text)
                for text in (article.publisher, article.original_source, article.url)
                if text
            )
        case "author":
            return any(value in fold(author) for author in article.authors)
        case "tag":
            return any(under(tag, value) for mark in entry.marks for tag in mark.tags)
        case "after" | "before":
            return in_period(term.kind, value, article.published)
        case "has":
            return _has(value, entry)
        case "is":
            return _is(value, entry, places)


def _has(value: str, entry: Entry) -> bool:
    if value == "note":
        return bool(entry.note) or any(mark.note for mark in entry.marks)
    if value == "marks":
        return bool(entry.marks)
    if value == "tags":
        return any(mark.tags for mark in entry.marks)
    return entry.extracts is not None and bool(entry.extracts.figures)


def _is(value: str, entry: Entry, places: Places) -> bool:
    if value in ("unread", "read"):
        return places.get(entry.article.id).unread == (value == "unread")
    if value == "truncated":
        return entry.article.truncated
    return any(mark.status == value for mark in entry.marks)


def under(tag: str, value: str) -> bool:
    """Whether a tag is this one or below it."""
    tag = fold(tag)
    return tag == value or tag.startswith(f"{value}/")


def mark_accepts(query: Query, mark: Annotation, entry: Entry, places: Places) -> bool:
    """Whether a mark answers a query: words in its quotation, note or tags, conditions on tags and notes of its own, all else of its article."""
    for term in query.terms:
        if term.kind in ("word", "phrase"):
            holds = any(term.value in fold(text) for text in (mark.exact, mark.note, *mark.tags))
        elif term.kind == "tag":
            holds = any(under(tag, term.value) for tag in mark.tags)
        elif term.kind == "has" and term.value in ("note", "marks", "tags"):
            holds = {"note": bool(mark.note), "marks": True, "tags": bool(mark.tags)}[term.value]
        elif term.kind == "is" and term.value in tuple(Status):
            holds = mark.status == term.value
        else:
            holds = _holds(term, entry, places)
        if holds == term.negated:
            return False
    return True


def hits(query: Query, entries: list[Entry], places: Places, limit: int) -> list[Hit]:
    """Passages, best first."""
    words = query.words
    found: list[Hit] = []
    for entry in entries:
        if not accepts(query, entry, places):
            continue
        article = entry.article
        best: Hit | None = None
        for sentence in article.sentences:
            text = article.text[sentence.start : sentence.end]
            folded = fold(text)
            score = float(sum(word in folded for word in words))
            if score and (best is None or score > best.score):
                best = Hit(
                    article=article.id,
                    title=article.title,
                    start=sentence.start,
                    end=sentence.end,
                    text=text,
                    score=score,
                )
        if best is None and article.sentences:
            first = article.sentences[0]
            best = Hit(
                article=article.id,
                title=article.title,
                start=first.start,
                end=first.end,
                text=article.text[first.start : first.end],
                score=0.5,
            )
        if best is not None:
            found.append(best)
    found.sort(key=lambda hit: -hit.score)
    return found[:limit]
