"""Why a passage was found: the place in it that answers the words, and the words that two passages share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from store.errors import MitjulError
from store.korean.choseong import matches, pattern
from store.korean.forms import other_forms
from store.library import Library
from store.marked import has_tag, on_mark_alone
from store.model import Annotation, Hit
from store.query import Term, parse
from store.text import clean_line
from tui.copies import NOWHERE, Origin, origin_of
from tui.language import say

SHARED = 5
"""Shared words named at most."""
NOTE = 24
"""Characters of a note that are shown beside a passage."""


class Shown(NamedTuple):
    """A hit as it is shown: its text, the words to mark in it, where it stands when that is not in the article's text, and where its
    article is from."""

    hit: Hit
    text: str
    words: tuple[str, ...]
    label: str = ""
    origin: Origin = NOWHERE


def explain(library: Library, hit: Hit, words: Sequence[str], query: str = "") -> Shown:
    """The hit with what answers `words` (lower case) in sight, and which tag or note meets the query's conditions on marks. Reads the
    article: call it in a thread."""
    shown = _explain(library, hit, words)
    label = condition_met(library, hit, query) if query else ""
    return shown._replace(label=label or shown.label, origin=origin_of(library.line(hit.article)))


def _explain(library: Library, hit: Hit, words: Sequence[str]) -> Shown:
    """The hit with what answers `words` (lower case) in sight: where none of them stands in its text, the sentence with the keyword or name
    that 초성 or wrong-keyboard letters mean, else the page's own summary, else the title alone."""
    folded = hit.text.casefold()
    words = [_standing(word, folded) for word in words]
    there = [word for word in words if word in folded]
    rest = [word for word in words if word not in folded]
    if not rest:
        return Shown(hit, hit.text, tuple(there))
    try:
        article = library.article(hit.article)
        extracts = library.extracts(hit.article)
    except MitjulError:
        return Shown(hit, hit.text, tuple(there))
    names = (
        [word.text for word in extracts.keywords] + [name.text for name in extracts.names] if extracts else []
    )
    tags = [tag for mark in _marks_at(library, hit) for tag in mark.tags]
    own = [tag for tag in library.article_tags(hit.article) if tag not in tags]
    by_tag = [_tagged(tag, tag in own) for word in rest for tag in [*tags, *own] if matches(word, tag)]
    label = by_tag[0] if by_tag else ""
    meant: dict[str, str] = {}  # names, and what of them is meant
    for word in rest:
        for name in names:
            if found := pattern(word).search(name):
                meant.setdefault(name, found.group().casefold())
        if found := pattern(word).search(article.title):
            meant.setdefault(found.group(), found.group().casefold())
    if there or (label and any(matches(word, tag) for word in rest for tag in tags)):
        seen = (*there, *(part for part in meant.values() if part in folded))
        return Shown(hit, hit.text, seen, label)
    place = min((at for name in meant if (at := article.text.find(name)) >= 0), default=-1)
    if place >= 0:
        span = next((s for s in article.sentences if s.start <= place < s.end), None)
        if span is not None:
            text = article.slice(span.start, span.end)
            moved = Hit(
                article=hit.article,
                title=hit.title,
                start=span.start,
                end=span.end,
                text=text,
                score=hit.score,
            )
            return Shown(moved, text, tuple(meant.values()))
    for paragraph in (*article.summary, article.subtitle or ""):
        if any(word in paragraph.casefold() for word in rest):
            return Shown(hit, paragraph, tuple(rest), say("페이지의 요약", "the page's summary"))
    return Shown(hit, hit.text, (*rest, *meant.values()), label)


def condition_met(library: Library, hit: Hit, query: str) -> str:
    """What of the mark, or of the article as a whole, meets a query's conditions on marks: `태그 #비용`, the beginning of the note. Empty
    where there is no such condition."""
    terms = _asked_of_marks(query)
    if not terms:
        return ""
    marks = [mark for mark in _marks_at(library, hit) if mark.exact == hit.text]
    whole = not marks
    tags = [tag for mark in marks for tag in mark.tags] or list(library.article_tags(hit.article))
    notes = [mark.note for mark in marks if mark.note] or [library.article_note(hit.article)]
    found: list[str] = []
    for term in terms:
        if term.kind == "tag":
            found += [_tagged(tag, whole) for tag in tags if has_tag(term.value, [tag])][:1]
        elif term.kind == "has" and term.value == "tags":
            found += [_tagged(tag, whole) for tag in tags][:1]
        elif term.kind == "has" and term.value == "note" and notes[0]:
            note = clean_line(notes[0])
            found.append(f"✎ {note[:NOTE]}{'…' if len(note) > NOTE else ''}")
    return "  ".join(dict.fromkeys(found))


@lru_cache(4)  # asked for each hit
def _asked_of_marks(query: str) -> tuple[Term, ...]:
    """What a query asks for, where some of that can only be told by marks."""
    terms = tuple(term for term in parse(query).terms if not term.negated)
    return terms if any(map(on_mark_alone, terms)) else ()


def _standing(word: str, text: str) -> str:
    """A word in the form in which it stands in a text; as it is where it does not."""
    if word in text:
        return word
    return max((form for form in other_forms(word) if form in text), key=len, default=word)


def _tagged(tag: str, whole: bool) -> str:
    return say(f"글 태그 #{tag}", f"article's tag #{tag}") if whole else say(f"태그 #{tag}", f"tag #{tag}")


def _marks_at(library: Library, hit: Hit) -> list[Annotation]:
    """The marks that touch the passage."""
    marks = library.annotations(article=hit.article)
    return [mark for mark in marks if mark.start < hit.end and hit.start < mark.end]


def shared(own: Iterable[Sequence[str]], other: Iterable[Sequence[str]], known: Counter[str]) -> list[str]:
    """The words that two passages share, the rarest first. `known`: in how many sentences each word stands."""
    both = {term for terms in own for term in terms} & {term for terms in other for term in terms}
    return sorted((term for term in both if len(term) > 1), key=lambda term: (known[term], term))[:SHARED]
