"""The forms that are one file, by name: `jsonld csv readwise codebook codebook-md html`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from store.errors import InvalidError
from store.exchange.words import speaking
from store.model import Article

if TYPE_CHECKING:
    from store.library import Library


def make(library: Library, query: str, form: str, language: str = "ko") -> bytes:
    """The file for the marks that answer a query; the program's own words in `ko` or `en`.

    Raises:
        InvalidError: the query is malformed, or there is no such form.
    """
    with speaking(language):
        return _make(library, query, form)


def _make(library: Library, query: str, form: str) -> bytes:
    marks = library.annotations(query)
    articles: dict[str, Article] = {
        id: library.article(id) for id in dict.fromkeys(mark.article for mark in marks)
    }
    if form == "jsonld":
        from store.exchange import jsonld

        return (json.dumps(jsonld.page(marks, articles), ensure_ascii=False, indent=1) + "\n").encode()
    if form == "html":
        from store.exchange.report import report

        return report(library, query, marks, articles).encode()
    from store.exchange import spreadsheet

    if form == "csv":
        return spreadsheet.marks(marks, articles)
    if form == "readwise":
        return spreadsheet.readwise(marks, articles)
    if form == "codebook":
        return spreadsheet.codebook(library.tags(), marks, articles)
    if form == "codebook-md":
        return spreadsheet.codebook_markdown(library.tags(), marks, articles)
    raise InvalidError(f"그런 형식은 없습니다: {form}", f"There is no such form: {form}")
