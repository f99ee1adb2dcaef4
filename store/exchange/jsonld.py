"""W3C Web Annotation JSON-LD, out and in; Hypothesis' JSON, in.

Out: one `AnnotationPage`. An article's own tags are an annotation without a selector. Each mark has its position (code points into the article's text) and its quotation with what stands around it,
a body for each tag (purpose tagging) and one for the note (purpose commenting, Markdown). The target is the article's address, or
`urn:mitjul:article:<id>` where it has none; `urn:mitjul:…` ids make the way back certain.

In: a page, a collection, a list, or one annotation, by whatever program; Hypothesis' own form too. `bringing` places them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from store.errors import InvalidError
from store.model import Annotation, Article
from store.text import clean

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
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
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
