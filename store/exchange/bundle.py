"""The forms that are one file each, made anew every time: `jsonld csv readwise codebook figures html`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.errors import InvalidError
from store.exchange.names import clean_name
from store.exchange.words import speaking
from store.model import Annotation, Article, Figure
from store.samples import is_sample

if TYPE_CHECKING:
    from store.exchange.markdown import Written
    from store.library import Library

FILES: dict[str, dict[str, str]] = {
    "jsonld": {"jsonld": "annotations.jsonld"},
    "csv": {"csv": "annotations.csv"},
    "readwise": {"readwise": "readwise.csv"},
    "codebook": {"codebook": "codebook.csv", "codebook-md": "codebook.md"},
    "figures": {"figures": "figures.csv"},
    "html": {"html": "report.html"},
}
"""The parts of each form and their file names. A codebook has one for a spreadsheet and one for reading."""


def make(
    library: Library,
    query: str,
    form: str,
    language: str = "ko",
    *,
    articles: Collection[str] | None = None,
) -> bytes:
    """The file for the marks that answer a query, or for `figures` the articles; the program's own words in `ko` or `en`.

    Args:
        form: a part of one of `FILES`.
        articles: only these, and marks of them.

    Raises:
        InvalidError: the query is malformed, or there is no such form.
    """
    with speaking(language):
        return _make(library, query, form, _find(library, query, form, articles))


def export_bundle(
    library: Library,
    form: str,
    folder: Path,
    *,
    query: str = "",
    articles: Collection[str] | None = None,
    label: str = "",
    language: str = "ko",
    dry_run: bool = False,
) -> list[Written]:
    """Write the files of a form into a folder; other arguments as `make` and `write_whole` have them. Where nothing answers the query,
    nothing is written, and none are given back.

    Args:
        label: what is exported, for the files' names, so that one selection does not replace another: `report 비용.html`.

    Raises:
        InvalidError: the query is malformed, or there is no such form.
        StorageError: the disk said no.
    """
    from store.exchange.whole import write_whole

    if form not in FILES:
        raise _no_form(form)
    with speaking(language):
        found = _find(library, query, form, articles)
    whole = not query and articles is None
    if not (found.marks or found.figures or (found.tagged and form in ("jsonld", "codebook"))) and not (
        form == "codebook" and whole and library.tags()
    ):
        return []
    written = []
    for part, name in FILES[form].items():
        stem, _, ending = name.rpartition(".")
        name = f"{' '.join([stem, *clean_name(label, limit=80).split()])}.{ending}"
        with speaking(language):
            data = _make(library, query, part, found)
        written.append(write_whole(folder, name, data, dry_run=dry_run))
    return written


def _no_form(form: str) -> InvalidError:
    return InvalidError(f"그런 형식은 없습니다: {form}", f"There is no such form: {form}")


class _Found(NamedTuple):
    """What there is to export."""

    marks: Sequence[Annotation]
    articles: Mapping[str, Article]
    tagged: Mapping[str, Sequence[str]]
    """Articles (ids) that have tags themselves, with these."""
    figures: Iterable[tuple[Article, Sequence[Figure]]] = ()
    """To be read once: not all articles are held at a time."""


def _find(library: Library, query: str, form: str, among: Collection[str] | None) -> _Found:
    if form == "figures":
        rest = _figures(library, query, among)
        first = next(rest, None)
        return _Found((), {}, {}, chain([first], rest) if first is not None else ())
    marks = [mark for mark in library.annotations(query) if among is None or mark.article in among]
    tagged = {id: tags for id, tags in library.tagged_articles(query).items() if among is None or id in among}
    on = [mark.article for mark in marks] + (list(tagged) if form == "jsonld" else [])
    return _Found(marks, {id: library.article(id) for id in dict.fromkeys(on)}, tagged)


def _figures(
    library: Library, query: str, among: Collection[str] | None
) -> Iterator[tuple[Article, Sequence[Figure]]]:
    """The articles that answer the query with their figures, those of sample pages last."""
    from store.korean.compare import worth_showing

    ids = [item.id for item in library.list(query) if among is None or item.id in among]
    for id in sorted(ids, key=is_sample):
        article, extracts = library.read(id)
        figures = [figure for figure in extracts.figures if worth_showing(figure)] if extracts else []
        if figures:
            yield article, figures


def _make(library: Library, query: str, form: str, found: _Found) -> bytes:
    marks, articles, tagged, _ = found
    if form == "jsonld":
        from store.exchange import jsonld

        return (
            json.dumps(jsonld.page(marks, articles, tagged), ensure_ascii=False, indent=1) + "\n"
        ).encode()
    if form == "html":
        from store.exchange.report import report

        return report(library, query, marks, articles).encode()
    from store.exchange import spreadsheet

    if form == "csv":
        return spreadsheet.marks(marks, articles)
    if form == "readwise":
        return spreadsheet.readwise(marks, articles)
    if form == "figures":
        return spreadsheet.figures(found.figures)
    if form == "codebook":
        return spreadsheet.codebook(library.tags(), marks, articles, tagged)
    if form == "codebook-md":
        return spreadsheet.codebook_markdown(library.tags(), marks, articles, tagged)
    raise _no_form(form)
