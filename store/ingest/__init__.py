"""Bytes to pages: whatever a reader has (a raw dump, saved HTML, Markdown, EPUB, PDF, a feed), as clean articles."""

from __future__ import annotations

import re

from msgspec.structs import replace

from store.errors import IngestError
from store.model import Page, Raw
from store.text import clean_line

MAX_CHARS = 4_000_000
"""A longer text is refused: it is no article, and reading it would take minutes."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{2,30})", re.I)

VERSION = 1
"""Goes up when parsing gives other results for the same bytes, so that a library can parse its pages anew."""


def parse(
    data: bytes,
    *,
    name: str = "",
    encoding: str | None = None,
    media_type: str | None = None,
    source_url: str | None = None,
) -> list[tuple[Page, Raw]]:
    """The pages in `data`: one for most inputs, several for a feed.

    Raises:
        IngestError: empty, binary, too large, encrypted, or without an article.
    """
    import hashlib

    from store.ingest.decode import MAX_BYTES, too_large
    from store.ingest.detect import MEDIA_TYPES, detect

    if len(data) > MAX_BYTES:
        raise too_large(len(data))
    kind = detect(data, name, media_type)
    pages, codec = _read(data, kind, encoding, media_type)
    digest = hashlib.sha256(data).hexdigest()
    raw = Raw(
        sha256=digest, encoding=codec, media_type=MEDIA_TYPES[kind], name=clean_line(name), size=len(data)
    )
    if source_url and source_url.startswith(("http://", "https://")) and len(pages) == 1:
        pages = [replace(page, url=clean_line(source_url)) for page in pages]
    return [(page, raw) for page in pages]


def _read(data: bytes, kind: str, encoding: str | None, media_type: str | None) -> tuple[list[Page], str]:
    # What needs a heavy library, or many patterns, is imported when it is met: a program that only reads never waits for it.
    if kind == "pdf":
        from store.ingest.pdf import parse_pdf

        return [parse_pdf(data)], "binary"
    if kind == "epub":
        from store.ingest.epub import parse_epub

        return [parse_epub(data)], "binary"
    if kind == "feed":
        from store.ingest.feed import parse_feed

        return parse_feed(data), encoding or "utf-8"
    if kind == "html":
        from store.ingest.html import parse_html

        charset = _CHARSET.search(media_type or "")
        page, codec = parse_html(data, encoding, charset.group(1) if charset else None)
        return [page], codec
    from store.ingest.decode import decode, too_long

    charset = _CHARSET.search(media_type or "")
    text, codec = decode(data, encoding, charset.group(1) if charset else None)
    if len(text) > MAX_CHARS:
        raise too_long(len(text))
    if kind == "markdown":
        from store.ingest.markdown import parse_markdown

        return [parse_markdown(text)], codec
    from store.ingest.dump import parse_dump
    from store.ingest.short import is_short, parse_short

    try:
        return [parse_dump(text)], codec
    except IngestError:
        if not is_short(text):
            raise
        return [parse_short(text)], codec
