"""What kind of file the bytes are: by what they begin with, then by what they are called."""

from __future__ import annotations

import re

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", re.I)
_FEED = re.compile(rb"<rss[\s>]|<feed[\s>]|<rdf:RDF", re.I)
_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/epub+zip": "epub",
    "text/markdown": "markdown",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
}
MEDIA_TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "feed": "application/rss+xml",
    "markdown": "text/markdown",
    "text": "text/plain",
}
"""Kind → type as in IANA's registry."""
_ENDINGS = {
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "md": "markdown",
    "markdown": "markdown",
    "pdf": "pdf",
    "epub": "epub",
}


def detect(data: bytes, name: str = "", media_type: str | None = None) -> str:
    """`html`, `pdf`, `epub`, `feed`, `markdown` or `text`.

    What the bytes are goes before what they are called: a page saved as `.txt` is still a page.
    """
    start = data[:4096]
    if b"\0" in start:
        # Of UTF-16, with a mark or without, the half that is markup.
        start = data[:8192].replace(b"\0", b"")
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "epub"
    if _FEED.search(start):
        return "feed"
    if _HTML.search(start):
        return "html"
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    kind = _TYPES.get((media_type or "").split(";")[0].strip().lower()) or _ENDINGS.get(ending, "text")
    if kind in {"pdf", "epub"}:
        # Called so, but they are not: read as what they look like.
        kind = "text"
    if kind == "html" and start.count(b"<") < 3:
        kind = "text"
    return kind
