"""Why a passage was found: the place in it that answers the words, and the words that two passages share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.errors import MitjulError
from store.korean.choseong import choseong, is_choseong, matches
from store.library import Library
from store.model import Article, Hit
from tui.language import say

SHARED = 5
"""Shared words named at most."""


@dataclass(frozen=True)
class Shown:
    """A hit as it is shown: its text, the words to mark in it, and where it stands when that is not in the article's text."""

    hit: Hit
    text: str
    words: tuple[str, ...]
    label: str = ""


def explain(library: Library, hit: Hit, words: Sequence[str]) -> Shown:
    """The hit with what answers `words` (lower case) in sight: where none of them stands in its text, the sentence with the keyword or name
    that 초성 or wrong-keyboard letters mean, else the page's own summary, else the title alone. Reads the article: call it in a thread."""
    folded = hit.text.casefold()
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
    tags = [tag for mark in library.annotations(article=hit.article) for tag in mark.tags]
    meant = [
        name for word in rest for name in [*names, *tags, *_in_title(article, word)] if matches(word, name)
    ]
    if there:
        return Shown(
            hit, hit.text, (*there, *(name.casefold() for name in meant if name.casefold() in folded))
        )
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
            return Shown(moved, text, tuple(name.casefold() for name in meant))
    for paragraph in (*article.summary, article.subtitle or ""):
        if any(word in paragraph.casefold() for word in rest):
            return Shown(hit, paragraph, tuple(rest), say("페이지의 요약", "the page's summary"))
    label = say(f"태그 #{meant[0]}", f"tag #{meant[0]}") if meant and meant[0] in tags else ""
    return Shown(hit, hit.text, (*rest, *(name.casefold() for name in meant)), label)


def _in_title(article: Article, word: str) -> list[str]:
    """The very part of the title that a word of initial consonants means."""
    if not is_choseong(word):
        return []
    at = choseong(article.title).find(word)
    return [article.title[at : at + len(word)]] if at >= 0 else []


def shared(own: Iterable[Sequence[str]], other: Iterable[Sequence[str]], known: Counter[str]) -> list[str]:
    """The words that two passages share, the rarest first. `known`: in how many sentences each word stands."""
    both = {term for terms in own for term in terms} & {term for terms in other for term in terms}
    return sorted((term for term in both if len(term) > 1), key=lambda term: (known[term], term))[:SHARED]
