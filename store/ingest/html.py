"""Saved web pages: the tree as lines that know their structure, read by the same classifier as dumps, with second opinions."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from typing import Any

from store.errors import IngestError
from store.ingest import htmllines, htmlmeta, scriptjson
from store.ingest.anchors import with_links
from store.ingest.decode import decode
from store.ingest.draft import Draft, Kept, assemble, no_article
from store.ingest.dump import read
from store.ingest.lines import Line
from store.ingest.outlets import outlet
from store.ingest.short import short_draft
from store.ingest.titles import bare, same
from store.model import Page

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})|<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w-]{2,30})",
    re.I,
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_DEEP = re.compile(
    r"(?:<(/?)(?:div|span|section|font|center)\b[^<>]{0,300}>(?:\s|<!--[^<>]{0,200}-->){0,40}){80,}", re.I
)
"""Boxes in boxes, opened (or closed) one after the other: the parser reads nothing that stands deeper than 255."""
MAX_CHARS = 12_000_000
"""A longer page is refused: it is no article, and its tree would not fit into memory."""


def parse_html(data: bytes, encoding: str | None = None, charset: str | None = None) -> tuple[Page, str]:
    """The article of a saved page, and the codec that it was read with.

    Args:
        data: the bytes of the page.
        encoding: what the reader says.
        charset: what the server said.

    Raises:
        IngestError: no article in it, or not to be decoded.
    """
    match = _DECLARED.search(data[:4096])
    declared = charset or (next(filter(None, match.groups())).decode("ascii", "replace") if match else None)
    text, codec = decode(data, encoding, declared)
    return page_of(text), codec


def page_of(text: str) -> Page:
    """The article in the source of a page."""
    text = _DEEP.sub(lambda run: f"<{run.group(1)}div>" + "\n" * run.group(0).count("\n"), text)
    tree = tree_of(text)
    meta = htmlmeta.read_meta(tree)
    lines = htmllines.lines_of(tree, meta.url)
    scripted = scriptjson.find(text)
    prose = sum(len(line.text) for line in lines if len(line.text) >= 40 and line.strength < 2)
    if scripted is not None and (
        prose < 200 or (scripted.size > prose * 0.8 and same(scripted.title or meta.title, meta.title))
    ):
        draft, lines = _scripted(scripted, meta)
        return with_links(assemble(draft), [line.anchors for line in lines])
    if not lines:
        raise no_article()
    return with_links(assemble(_told(text, lines, meta)), [line.anchors for line in lines])


def _told(text: str, lines: Sequence[Line], meta: htmlmeta.Meta) -> Draft:
    """The article in a page's lines."""
    # Where nothing says what the title is, it would be made of one of the few sentences.
    untitled = not meta.title and not any(line.mark == "#" for line in lines)
    draft = short_draft(lines, "") if untitled else None
    if draft is None:
        _second_opinions(text, lines)
        try:
            draft = read(lines, title=meta.title)
            if not any(isinstance(part, Kept) for part in draft.parts):
                raise no_article()
        except IngestError:
            draft = short_draft(lines, meta.title)
            if draft is None:
                raise
    _overlay(draft, meta)
    return draft


def tree_of(text: str) -> Any:
    """The tree of a page's source. Never reads anything from outside; depth is limited by the parser.

    Raises:
        IngestError: nothing in it.
    """
    from lxml import html as lxml_html
    from lxml.etree import LxmlError

    if len(text) > MAX_CHARS:
        from store.ingest.decode import too_large

        raise too_large(len(text), MAX_CHARS)
    text = _XML_DECLARATION.sub("", text.replace("\0", ""))
    parser = lxml_html.HTMLParser(no_network=True, remove_pis=True, remove_comments=True, huge_tree=False)
    try:
        tree = lxml_html.document_fromstring(text, parser=parser)
    except (LxmlError, ValueError, AssertionError) as error:
        raise no_article() from error
    if tree is None:
        raise no_article()
    return tree


def _scripted(found: scriptjson.Scripted, meta: htmlmeta.Meta) -> tuple[Draft, list[Line]]:
    """An article that the page has only in its scripts, and its lines."""
    if found.is_html:
        lines = htmllines.lines_of(tree_of(f"<html><body>{found.text}</body></html>"), meta.url)
    else:
        lines = [
            Line(number, text.strip(), gap=1)
            for number, text in enumerate(found.text.split("\n"))
            if text.strip()
        ]
    for line in lines:
        line.number = found.line
    draft = read(lines, title=found.title or meta.title, whole=True)
    draft.title = found.title or draft.title
    if found.subtitle:
        draft.subtitle = found.subtitle
    _overlay(draft, meta, keep_title=bool(found.title))
    if found.published and not meta.published:
        draft.published = found.published
    if found.authors and not meta.authors:
        draft.authors = found.authors
    return draft, lines


def _overlay(draft: Draft, meta: htmlmeta.Meta, keep_title: bool = False) -> None:
    """What the page's head says goes before what its text seems to say."""
    if meta.title and not keep_title:
        draft.title = meta.title
    if not keep_title and not draft.title:
        draft.title = meta.title
    draft.subtitle = [line for line in draft.subtitle if bare(line) != bare(draft.title)]
    draft.authors = meta.authors or draft.authors
    if not (meta.publisher in htmlmeta.PORTALS and outlet(draft.publisher or "")):
        # A portal shows what a paper has published.
        draft.publisher = meta.publisher or draft.publisher
    draft.published = meta.published or draft.published
    draft.url = meta.url or draft.url


_LETTERS = re.compile(r"[^0-9A-Za-z가-힣一-鿿]+")


def _second_opinions(text: str, lines: Sequence[Line]) -> None:
    """Mark the lines that trafilatura, or readability where it finds nothing, also takes for the article."""
    for other in (_trafilatura(text), _readability(text)):
        keys = {_LETTERS.sub("", piece)[:60] for piece in other}
        keys.discard("")
        agreed = [line for line in lines if len(line.text) >= 4 and _LETTERS.sub("", line.text)[:60] in keys]
        if sum(len(line.text) for line in agreed) >= 200:
            for line in agreed:
                line.backed = True
            return


def _trafilatura(text: str) -> Iterable[str]:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.extract(text, include_comments=False, include_tables=True, favor_recall=False)
    except Exception:  # a library's own failure is no reason to refuse the page
        return []
    return (found or "").split("\n")


def _readability(text: str) -> Iterable[str]:
    from readability import Document

    logging.getLogger("readability").setLevel(logging.CRITICAL)  # it tells the terminal of what it raises
    try:
        found = Document(text).summary(html_partial=True)
        return [line.text for line in htmllines.lines_of(tree_of(found))]
    except Exception:  # as above
        return []
