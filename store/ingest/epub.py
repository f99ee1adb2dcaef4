"""EPUB: the chapters of a book in the order of its spine, as one article. Nothing is unpacked to the disk."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any
from urllib.parse import unquote

from store.errors import IngestError
from store.ingest import htmllines
from store.ingest.dates import find_date
from store.ingest.draft import Draft, Out, assemble
from store.ingest.html import tree_of
from store.ingest.plain import blocks_of
from store.ingest.titles import same
from store.model import Page
from store.text import clean_line

MAX_FILES = 5_000
MAX_UNPACKED = 48 * 1024 * 1024
"""Bytes of text that a book may unpack to."""
MAX_FILE = 12 * 1024 * 1024
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"


def _broken() -> IngestError:
    return IngestError(
        "손상된 EPUB입니다. 파일을 다시 받아 보세요.",
        "This EPUB is damaged. Try to get the file anew.",
    )


def _bomb() -> IngestError:
    return IngestError(
        f"너무 큰 EPUB입니다. 풀면 {MAX_UNPACKED // 1048576}MB를 넘습니다.",
        f"The EPUB is too large: it unpacks to more than {MAX_UNPACKED // 1048576} MB.",
    )


class _Book:
    """A zip file that is read with a limit on what it unpacks to."""

    def __init__(self, data: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = {info.filename: info for info in self.zip.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise _broken() from error
        if len(self.names) > MAX_FILES:
            raise _bomb()
        self.left = MAX_UNPACKED

    def read(self, name: str) -> bytes:
        info = self.names.get(name)
        if info is None:
            raise _broken()
        if info.flag_bits & 1:
            raise _encrypted()
        try:
            with self.zip.open(info) as file:
                data = file.read(min(MAX_FILE, self.left) + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            EOFError,
            OSError,
        ) as error:
            raise _broken() from error
        self.left -= len(data)
        if len(data) > MAX_FILE or self.left < 0:
            raise _bomb()
        return data


def _encrypted() -> IngestError:
    return IngestError(
        "잠긴 EPUB입니다(DRM). 잠기지 않은 파일을 넣어 주세요.",
        "This EPUB is locked (DRM). Give one that is not.",
    )


def parse_epub(data: bytes) -> Page:
    """The book as one article: chapters in the spine's order.

    Raises:
        IngestError: broken, locked, too large, or without text.
    """
    book = _Book(data)
    root = _xml(book.read("META-INF/container.xml"))
    rootfile = root.find(f".//{_CONTAINER}rootfile")
    if rootfile is None:
        raise _broken()
    package_name = rootfile.get("full-path") or ""
    package = _xml(book.read(package_name))
    folder = posixpath.dirname(package_name)
    draft = Draft()
    _metadata(draft, package)
    items = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
    locked = "META-INF/encryption.xml" in book.names and b"CipherReference" in book.read(
        "META-INF/encryption.xml"
    )
    number = 0
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "html" not in (item.get("media-type") or ""):
            continue
        name = _inside(folder, item.get("href") or "")
        if name is None or name not in book.names or "nav" in (item.get("properties") or "").split():
            continue
        number = _chapter(draft, book.read(name), number)
    if locked and not draft.parts:
        raise _encrypted()
    return assemble(draft)


def _inside(folder: str, href: str) -> str | None:
    """The name in the book that `href` points to; `None` for one that leads out of it."""
    path = posixpath.normpath(posixpath.join(folder, unquote(href.split("#", 1)[0])))
    return None if path.startswith(("..", "/")) or "\\" in path or "\0" in path else path


def _xml(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise _broken() from error
    if root is None:
        raise _broken()
    return root


def _metadata(draft: Draft, package: Any) -> None:
    def values(name: str) -> list[str]:
        return [text for text in (clean_line(one.text or "") for one in package.iter(f"{_DC}{name}")) if text]

    draft.title = next(iter(values("title")), "")
    draft.authors = values("creator")[:20]
    draft.publisher = next(iter(values("publisher")), None)
    draft.published = next(filter(None, (find_date(value) for value in values("date"))), None)


def _chapter(draft: Draft, data: bytes, number: int) -> int:
    text = data.decode("utf-8", "replace")
    if not text.strip():
        return number
    lines = htmllines.lines_of(tree_of(text))
    for line in lines:
        line.number += number
        if line.reason not in {"image", "caption"}:
            line.reason, line.strength = "", 0
    if not draft.parts and lines and draft.title and same(lines[0].text, draft.title):
        draft.parts.append(Out(lines[0].text, "duplicate_title", lines[0].number))
        lines = lines[1:]
    draft.parts += blocks_of(lines)
    return number + text.count("\n") + 1
