"""Bytes to pages: whatever a reader has (a raw dump, saved HTML, Markdown, EPUB, PDF, a feed), as clean articles."""

from __future__ import annotations

import hashlib

from store.ingest.decode import decode
from store.ingest.detect import detect
from store.ingest.dump import parse_dump
from store.ingest.html import parse_html
from store.model import Page, Raw

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
    kind = detect(data, name, media_type)
    if kind == "html":
        page, codec = parse_html(data, encoding)
        return [(page, _raw(data, codec, "text/html", name))]
    text, codec = decode(data, encoding)
    return [(parse_dump(text), _raw(data, codec, "text/plain", name))]


def _raw(data: bytes, codec: str, media_type: str, name: str) -> Raw:
    digest = hashlib.sha256(data).hexdigest()
    return Raw(sha256=digest, encoding=codec, media_type=media_type, name=name, size=len(data))
