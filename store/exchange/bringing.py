"""Annotations that other programs (or this one) wrote, put on the library's articles.

What cannot be placed is reported, and the rest comes in. A passage is placed where its words are; a position alone is not believed, as it
counts another program's text (Hypothesis counts UTF-16 units of the web page).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.anchoring import place
from store.exchange.jsonld import ARTICLE_URN, Came, Incoming, decode
from store.model import Annotation, Article, Status

if TYPE_CHECKING:
    from store.library import Library


class Articles:
    """Finds the article that an annotation is on."""

    def __init__(self, library: Library, only: str | None = None) -> None:
        self._library = library
        self._summaries = library.list()
        self._ids = {item.id for item in self._summaries}
        self._urls: dict[str, list[str]] = {}
        for item in self._summaries:
            if item.url:
                self._urls.setdefault(same_address(item.url), []).append(item.id)
        self._only = only

    def candidates(self, incoming: Incoming) -> list[str]:
        """The articles that it may be on, likeliest first; those with its words where its source is none of ours."""
        if self._only is not None:
            return [self._only]
        found: list[str] = []
        for source in incoming.sources:
            id = source.removeprefix(ARTICLE_URN)
            if id != source and id in self._ids:
                found.append(id)
            found += self._urls.get(same_address(source), ())
        if found:
            return list(dict.fromkeys(found))
        words = " ".join(re.findall(r"\w+", incoming.exact)[:8])
        return (
            list(dict.fromkeys(hit.article for hit in self._library.search(f'"{words}"', 5))) if words else []
        )


def same_address(url: str) -> str:
    """An address without what makes no difference: scheme, `www.`, fragment, trailing slash."""
    return re.sub(r"^https?://(www\.)?", "", url.partition("#")[0]).rstrip("/").lower()


def place_incoming(incoming: Incoming, article: Article) -> tuple[int, int] | None:
    """The range of an incoming annotation in an article's text; None when its words are not surely there."""
    start = incoming.start or 0
    if incoming.utf16 and incoming.start is not None:
        start = code_points(article.text, incoming.start)
    probe = Annotation(
        id="0" * 12,
        article=article.id,
        start=start,
        end=start + len(incoming.exact),
        exact=incoming.exact,
        prefix=incoming.prefix[-32:],
        suffix=incoming.suffix[:32],
    )
    where = place(article.text, probe)
    if where.status in (Status.ANCHORED, Status.MOVED):
        return where.start, where.end
    return _loosely(incoming, article)


def _loosely(incoming: Incoming, article: Article) -> tuple[int, int] | None:
    """The one place where the words are, whatever the white space between them."""
    from store.anchoring import find_quote
    from store.errors import MitjulError

    try:
        return find_quote(article.text, incoming.exact)
    except MitjulError:
        return None


def code_points(text: str, units: int) -> int:
    """The code point offset of a UTF-16 offset into `text`; past the end, the end."""
    if text.isascii() or max(text, default="") < "\U00010000":
        return min(units, len(text))
    seen = 0
    for at, character in enumerate(text):
        if seen >= units:
            return at
        seen += 2 if character >= "\U00010000" else 1
    return len(text)


def bring_in(library: Library, data: bytes, *, only: str | None = None, dry_run: bool = False) -> list[Came]:
    """Take annotations into the library. One that is there already (by its id, or with the same place, tags and note) is
    left as it is.

    Args:
        only: the article that they are on, when they do not say.
        dry_run: change nothing, only say what would become of each.

    Raises:
        InvalidError: the file has no annotations.
    """
    articles = Articles(library, only)
    texts: dict[str, Article] = {}
    present: dict[str, set[tuple[int, int, tuple[str, ...], str]]] = {}
    results: list[Came] = []
    here = {mark.id for mark in library.annotations()}
    for incoming in decode(data):
        if isinstance(incoming, Came):
            results.append(incoming)
            continue
        if incoming.own in here:
            results.append(Came("present", incoming.exact))
            continue
        results.append(_bring_one(library, incoming, articles, texts, present, dry_run))
    return results


def _bring_one(
    library: Library,
    incoming: Incoming,
    articles: Articles,
    texts: dict[str, Article],
    present: dict[str, set[tuple[int, int, tuple[str, ...], str]]],
    dry_run: bool,
) -> Came:
    from store.anchoring import select
    from store.errors import MitjulError
    from store.tags import tidy_all

    candidates = articles.candidates(incoming)
    if not candidates:
        return Came(
            "failed",
            incoming.exact,
            None,
            "이 주석의 글이 서가에 없습니다. 먼저 글을 들이세요.",
            "Its article is not in the library. Add it first.",
        )
    if not incoming.exact:
        return _bring_tags(library, candidates[0], incoming.tags, dry_run)
    for id in candidates:
        try:
            if id not in texts:
                texts[id] = library.article(id)
                present[id] = {(m.start, m.end, m.tags, m.note) for m in library.annotations(article=id)}
            where = place_incoming(incoming, texts[id])
            if where is None:
                continue
            tags = tidy_all(incoming.tags)
            # As it is kept: without white space at its ends.
            start, end, *_ = select(texts[id].text, *where)
            key = (start, end, tags, incoming.note)
            if key in present[id]:
                return Came("present", incoming.exact)
            present[id].add(key)
            if dry_run:
                return Came("new", incoming.exact)
            mark = library.annotate(id, start, end, tags=tags, note=incoming.note)
        except MitjulError as error:
            return Came("failed", incoming.exact, None, error.korean, error.english)
        return Came("new", incoming.exact, mark)
    return Came(
        "failed", incoming.exact, None, "따온 글이 글에 없습니다.", "Its quotation is not in the article."
    )


def _bring_tags(library: Library, id: str, names: Sequence[str], dry_run: bool) -> Came:
    """Give an article tags that it does not have yet."""
    from store.errors import MitjulError
    from store.tags import tidy_all

    title = ""
    try:
        title = library.article(id).title
        before = library.article_tags(id)
        after = tuple(dict.fromkeys((*before, *tidy_all(names))))
        if after == before:
            return Came("present", title)
        if not dry_run:
            library.set_article_tags(id, after)
    except MitjulError as error:
        return Came("failed", title, None, error.korean, error.english)
    return Came("new", title)
