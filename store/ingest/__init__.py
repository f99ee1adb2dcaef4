"""Bytes to pages: whatever a reader has (a raw dump, saved HTML, Markdown, EPUB, PDF, a feed), as clean articles."""

from __future__ import annotations

import hashlib

from store.ingest.decode import decode
from store.ingest.dump import parse_dump
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
    text, codec = decode(data, encoding)
    page = parse_dump(text)
    raw = Raw(
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=codec,
        media_type="text/plain",
        name=name,
        size=len(data),
    )
    return [(page, raw)]
