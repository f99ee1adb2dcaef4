"""RSS and Atom files: one article for each entry."""

from __future__ import annotations

import calendar
import html
import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from store.errors import IngestError
from store.ingest import htmllines
from store.ingest.dates import find_date
from store.ingest.draft import Draft, assemble
from store.ingest.dump import read
from store.ingest.html import tree_of
from store.ingest.htmlmeta import without_site
from store.ingest.lines import Line
from store.ingest.outlets import outlet
from store.ingest.people import names_in
from store.ingest.titles import clean_title
from store.model import Page
from store.text import clean, clean_line

MAX_ENTRIES = 500
_KST = timezone(timedelta(hours=9))
_REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,9})|([0-9]{1,9}));")
_TAGGED = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>")


def parse_feed(data: bytes) -> list[Page]:
    """The entries of a feed as articles, in its order; entries without a text are passed over.

    Raises:
        IngestError: no feed, or none of its entries has a text.
    """
    if b"<!ENTITY" in data[: 256 * 1024]:
        raise IngestError("엔터티를 정의하는 XML은 읽지 않습니다.", "XML that defines entities is not read.")
    import feedparser

    try:
        # A stream, not bytes: a string could be taken for an address or a file's name.
        parsed = feedparser.parse(
            io.BytesIO(_REFERENCE.sub(_possible, data)), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # whatever a parser may stumble over
        raise _no_entries() from error
    site = clean_line(html.unescape(parsed.feed.get("title", "")))
    pages = list(_pages(parsed.entries[:MAX_ENTRIES], site))
    if not pages:
        raise _no_entries()
    return pages


def _possible(match: re.Match[bytes]) -> bytes:
    """A reference to a character, or nothing where there is no such character: it would cost the whole feed."""
    code = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    fine = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000
    return match.group(0) if fine else b""


def _no_entries() -> IngestError:
    return IngestError("글이 든 항목이 없는 피드입니다.", "The feed has no entry with a text.")


def _pages(entries: list[Any], site: str) -> Iterator[Page]:
    publisher = outlet(re.split(r"\s[-|:]\s", site)[0]) or site or None
    for entry in entries:
        body = max(
            (one.get("value", "") for one in entry.get("content", [])), key=len, default=""
        ) or entry.get("summary", "")
        title = clean_title(
            without_site(clean_line(html.unescape(_TAGGED.sub("", entry.get("title", "")))), publisher)
        )[0]
        try:
            draft = _entry(body, title)
            _metadata(draft, entry, publisher)
            draft.title = title or draft.title
            yield assemble(draft)
        except Exception:
            # Whatever is wrong with one entry, or nothing in it: the others are read.
            continue


def _entry(body: str, title: str) -> Draft:
    if _TAGGED.search(body):
        lines = htmllines.lines_of(tree_of(f"<html><body><div>{body}</div></body></html>"))
    else:
        lines = [
            Line(number, clean_line(text), gap=1)
            for number, text in enumerate(clean(body).split("\n"))
            if text.strip()
        ]
    return read(lines, title=title, whole=True)


def _metadata(draft: Draft, entry: Any, publisher: str | None) -> None:
    author = clean_line(entry.get("author", ""))
    if author:
        named = names_in(author)
        draft.authors = named or [re.sub(r"^\S+@\S+\s*\((.+)\)$", r"\1", author)]
    draft.publisher = publisher
    when = entry.get("published_parsed")
    if when:
        draft.published = datetime.fromtimestamp(calendar.timegm(when), _KST).date().isoformat()
    else:
        draft.published = find_date(entry.get("published", "")) or draft.published
    link = entry.get("link", "")
    draft.url = link if link.startswith(("http://", "https://")) and len(link) < 2000 else None
