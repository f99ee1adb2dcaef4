"""PDF files that have text: paragraphs from wrapped lines, without the heads, feet and numbers of the pages."""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from typing import Any

from store.errors import IngestError
from store.ingest.draft import Draft, Out, assemble
from store.ingest.lines import Line, split
from store.ingest.plain import blocks_of
from store.ingest.titles import bare, clean_title
from store.ingest.wrapped import unwrap
from store.model import Page
from store.text import clean_line

MAX_PAGES = 2_000
MAX_CHARS = 4_000_000
MAX_SECONDS = 90.0
_NUMBER = re.compile(
    r"^\W{0,3}(?:\d{1,4}|[ivx]{1,5})(?:\s?/\s?\d{1,4})?\W{0,3}$|^(?:page|p\.)\s?\d{1,4}$", re.I
)
_DIGITS = re.compile(r"\d+")


def _broken() -> IngestError:
    return IngestError("읽을 수 없는 PDF입니다. 파일이 깨졌습니다.", "This PDF cannot be read: it is broken.")


def parse_pdf(data: bytes) -> Page:
    """The text of a PDF as one article.

    Raises:
        IngestError: broken, encrypted, without text (a scan), or too long.
    """
    pages, title = _pages(data)
    if sum(len(page.strip()) for page in pages) < 20:
        raise IngestError(
            "글자가 없는 PDF입니다(그림으로 된 쪽). 글자를 알아본(OCR) 파일을 넣어 주세요.",
            "This PDF has no text (its pages are pictures). Give one with recognised text.",
        )
    edges = _edges(pages)
    lines: list[Line] = []
    outs: list[Out] = []
    number = 0
    for page in pages:
        source = page.split("\n")
        kept = []
        for offset, text in enumerate(source):
            if text.strip() and (
                (_NUMBER.match(text.strip()) and offset in {0, 1, len(source) - 1, len(source) - 2})
                or _key(text) in edges
            ):
                outs.append(Out(text, "page", number + offset))
                kept.append("")
            else:
                kept.append(text)
        for line in split("\n".join(kept), markdown=False):
            line.number += number
            lines.append(line)
        number += len(source)
    lines = unwrap(lines)
    draft = Draft()
    draft.title = _title(title, lines)
    if lines and bare(lines[0].text) == bare(draft.title):
        lines = lines[1:]
    parts = blocks_of(lines)
    draft.parts = sorted([*parts, *outs], key=lambda part: part.line)
    return assemble(draft)


def _pages(data: bytes) -> tuple[list[str], str]:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    started = time.monotonic()
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted()
        title = _title_of(reader)
        pages: list[str] = []
        size = 0
        for page in reader.pages:
            if len(pages) >= MAX_PAGES or size > MAX_CHARS or time.monotonic() - started > MAX_SECONDS:
                raise IngestError(
                    f"너무 긴 PDF입니다. {MAX_PAGES}쪽, {MAX_CHARS // 10000}만 자까지 읽습니다.",
                    f"The PDF is too long. Up to {MAX_PAGES} pages and {MAX_CHARS:,} characters can be read.",
                )
            text = page.extract_text() or ""
            size += len(text)
            pages.append(text)
    except IngestError:
        raise
    except (pypdf.errors.FileNotDecryptedError, pypdf.errors.DependencyError) as error:
        raise _encrypted() from error
    except (
        pypdf.errors.PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        MemoryError,
        AssertionError,
        NotImplementedError,
        ZeroDivisionError,
    ) as error:
        raise _broken() from error
    return pages, title


def _encrypted() -> IngestError:
    return IngestError(
        "암호가 걸린 PDF입니다. 암호를 푼 파일을 넣어 주세요.",
        "This PDF is encrypted. Give one without a password.",
    )


def _title_of(reader: Any) -> str:
    try:
        information = reader.metadata
        return clean_line(str(information.title)) if information and information.title else ""
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def _title(stated: str, lines: list[Line]) -> str:
    """What the file calls itself, when that stands on its first page; else its first line."""
    start = bare("".join(line.text for line in lines[:30]))
    if stated and len(bare(stated)) >= 4 and bare(stated) in start:
        return clean_title(stated)[0]
    first = lines[0].text if lines else ""
    return clean_title(first)[0] if len(first) <= 120 else ""


def _key(text: str) -> str:
    return _DIGITS.sub("#", clean_line(text))


def _edges(pages: list[str]) -> set[str]:
    """Lines that stand at the top or the bottom of many pages, numbers apart."""
    if len(pages) < 3:
        return set()
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.split("\n") if line.strip()]
        seen.update({_key(line) for line in [*lines[:2], *lines[-2:]]})
    return {key for key, count in seen.items() if count >= max(3, len(pages) * 0.4) and 0 < len(key) <= 100}
