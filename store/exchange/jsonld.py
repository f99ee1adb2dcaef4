"""W3C Web Annotation JSON-LD, out and in; Hypothesis' JSON, in.

Out: one `AnnotationPage`. An article's own tags are an annotation without a selector. Each mark has its position (code points into the article's text) and its quotation with what stands around it,
a body for each tag (purpose tagging) and one for the note (purpose commenting, Markdown). The target is the article's address, or
`urn:mitjul:article:<id>` where it has none; `urn:mitjul:…` ids make the way back certain.

In: a page, a collection, a list, or one annotation, by whatever program; Hypothesis' own form too. What cannot be placed is reported, and
the rest comes in. A passage is placed where its words are; a position alone is not believed, as it counts another program's text
(Hypothesis counts UTF-16 units of the web page).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from store.anchoring import place
from store.errors import InvalidError
from store.model import Annotation, Article, Status
from store.text import clean

if TYPE_CHECKING:
    from store.library import Library

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
ARTICLE_URN = "urn:mitjul:article:"
MARK_URN = "urn:mitjul:annotation:"
TAGS_URN = "urn:mitjul:tags:"
MAX_ITEMS = 100_000


# ── out ──────────────────────────────────────────────────────────────────────────────────────────


def page(
    marks: Sequence[Annotation],
    articles: Mapping[str, Article],
    tagged: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> dict[str, Any]:
    """The marks as an AnnotationPage, and before them the tags of articles themselves (`tagged`, by id)."""
    return {
        "@context": CONTEXT,
        "type": "AnnotationPage",
        "items": [
            *(on_article(articles[id], tags) for id, tags in tagged.items()),
            *(annotation(mark, articles[mark.article]) for mark in marks),
        ],
    }


def on_article(article: Article, tags: Sequence[str]) -> dict[str, Any]:
    """The tags of an article as a whole as a Web Annotation."""
    return {
        "id": TAGS_URN + article.id,
        "type": "Annotation",
        "motivation": "tagging",
        "body": [_tag(tag) for tag in tags],
        "target": _target(article),
    }


def _tag(tag: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "tagging", "value": tag}


def _target(article: Article) -> dict[str, Any]:
    urn = ARTICLE_URN + article.id
    return {"source": article.url, "scope": urn} if article.url else {"source": urn}


def annotation(mark: Annotation, article: Article) -> dict[str, Any]:
    """A mark as a Web Annotation."""
    bodies = [_tag(tag) for tag in mark.tags]
    if mark.note:
        bodies.append(
            {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": mark.note}
        )
    made: dict[str, Any] = {
        "id": MARK_URN + mark.id,
        "type": "Annotation",
        "motivation": "commenting" if mark.note else "tagging" if mark.tags else "highlighting",
        "created": mark.created,
        "modified": mark.updated,
    }
    if bodies:
        made["body"] = bodies
    made["target"] = {
        **_target(article),
        "selector": [
            {"type": "TextPositionSelector", "start": mark.start, "end": mark.end},
            {"type": "TextQuoteSelector", "exact": mark.exact, "prefix": mark.prefix, "suffix": mark.suffix},
        ],
    }
    return made


# ── in ───────────────────────────────────────────────────────────────────────────────────────────


class Incoming(NamedTuple):
    """What another program's annotation says."""

    sources: tuple[str, ...]
    """Addresses and urns of what it is on."""
    exact: str
    """Empty for tags of the article as a whole."""
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    utf16: bool
    """Whether `start` and `end` count UTF-16 units."""
    tags: tuple[str, ...]
    note: str
    own: str = ""
    """The id of the mark that it was, when this program wrote it."""


class Came(NamedTuple):
    """What became of one annotation. `status`: new, present or failed; the reason in Korean and English."""

    status: str
    exact: str
    mark: Annotation | None = None
    korean: str = ""
    english: str = ""


def decode(data: bytes) -> list[Incoming | Came]:
    """The annotations of a file; for those with missing parts, what is wrong with them.

    Raises:
        InvalidError: it is no JSON, or no annotations are in it.
    """
    try:
        value = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidError(
            "JSON이 아닙니다. 내보낸 파일이 맞는지 보세요.", "This is no JSON. Is it the exported file?"
        ) from error
    items = list(_items(value))
    if not items:
        raise InvalidError(
            "주석이 들어 있지 않습니다. W3C JSON-LD나 Hypothesis JSON이어야 합니다.",
            "There are no annotations in it; W3C JSON-LD or Hypothesis JSON is wanted.",
        )
    return [_read(item) for item in items[:MAX_ITEMS]]


def _items(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield item
    elif isinstance(value, dict):
        for key in ("items", "rows", "annotations"):
            if isinstance(value.get(key), list):
                yield from _items(value[key])
                return
        first = value.get("first")
        if isinstance(first, dict):
            yield from _items(first)
        elif "target" in value:
            yield value


def _read(item: dict[str, Any]) -> Incoming | Came:
    targets = [target for target in _many(item.get("target")) if target]
    hypothesis = "uri" in item or ("body" not in item and isinstance(item.get("text"), str))
    sources: list[str] = [_text(item.get("uri"))]
    quote: dict[str, Any] = {}
    position: dict[str, Any] = {}
    for target in targets:
        if isinstance(target, str):
            sources.append(target)
            continue
        if not isinstance(target, dict):
            continue
        sources += [_address(target.get("source")), _address(target.get("scope")), _address(target.get("id"))]
        for selector in _selectors(target.get("selector")):
            kind = _text(selector.get("type"))
            if kind.endswith("TextQuoteSelector") and not quote:
                quote = selector
            elif kind.endswith("TextPositionSelector") and not position:
                position = selector
    exact = clean(_text(quote.get("exact")))
    tags, note = _bodies(item)
    on_the_whole = tags and not note and not quote and not position
    if not exact.strip() and not on_the_whole:
        return Came(
            "failed",
            "",
            None,
            "따온 글(TextQuoteSelector)이 없습니다.",
            "It has no quotation (TextQuoteSelector).",
        )
    start, end = position.get("start"), position.get("end")
    whole = isinstance(start, int) and isinstance(end, int) and 0 <= start < end
    return Incoming(
        tuple(dict.fromkeys(source for source in sources if source)),
        exact,
        clean(_text(quote.get("prefix"))),
        clean(_text(quote.get("suffix"))),
        start if whole else None,
        end if whole else None,
        hypothesis,
        tags,
        note,
        _text(item.get("id")).partition(MARK_URN)[2],
    )


def _selectors(value: Any) -> Iterator[dict[str, Any]]:
    for selector in _many(value):
        if isinstance(selector, dict):
            yield selector
            refined = selector.get("refinedBy")
            if isinstance(refined, dict):
                yield refined


def _bodies(item: dict[str, Any]) -> tuple[tuple[str, ...], str]:
    tags: list[str] = [_text(tag) for tag in _many(item.get("tags"))]
    notes: list[str] = [_text(item.get("text"))]
    for body in _many(item.get("body")):
        if isinstance(body, str):
            notes.append(body)
        elif isinstance(body, dict):
            value = _text(body.get("value")) or _text(body.get("chars"))
            (tags if "tagging" in _many(body.get("purpose")) else notes).append(value)
    return (
        tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip())),
        "\n\n".join(clean(note).strip() for note in notes if note.strip()),
    )


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _address(value: Any) -> str:
    return _text(value.get("id")) if isinstance(value, dict) else _text(value)


# ── into the library ─────────────────────────────────────────────────────────────────────────────


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
