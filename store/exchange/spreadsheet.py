"""CSV: for spreadsheets, for Readwise, the codebook of tags, and figures.

UTF-8 with a byte order mark (spreadsheets guess wrongly without), lines ended by CR LF, as RFC 4180 has it. A cell never starts a formula: one
that would gets an apostrophe before it, which spreadsheets show as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from store.exchange.citation import Places, mark_place, source_line, words_of
from store.exchange.escape import literal
from store.exchange.names import hashtag
from store.exchange.presets import quoted
from store.exchange.tables import as_written
from store.exchange.words import language, say
from store.model import Annotation, Article, Figure, Tag
from store.tags import COLOUR_NAMES
from store.text import clean

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

MARK_COLUMNS = (
    "id", "article", "title", "publisher", "original_source", "authors", "published", "url", "place", "start", "end",
    "exact", "tags", "note", "status", "created", "updated",
)  # fmt: skip
READWISE_COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
FIGURE_COLUMNS = (
    "article", "title", "publisher", "original_source", "authors", "published", "url", "place", "start", "end",
    "measures", "figure", "speaker", "value", "value to", "unit", "kind", "sentence",
)  # fmt: skip
CODEBOOK_COLUMNS = (
    "tag",
    "count",
    "articles",
    "colour",
    "hotkey",
    "example",
    "source",
    "example 2",
    "source 2",
)


def cell(value: str | float) -> str:
    """A value that starts no formula: `=1+1` becomes `'=1+1`. Numbers stay."""
    if isinstance(value, int | float):
        # Whole amounts in full: a thousand trillion won would be 1e+15.
        return f"{value:.0f}" if float(value).is_integer() else f"{value:.15g}"
    text = clean(value)
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_FORMULA) else text


def uncell(text: str) -> str:
    """The value of a cell, without the apostrophe that `cell` put there."""
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(_STARTS_FORMULA) else text


def write(columns: Sequence[str], rows: Iterable[Sequence[str | float]]) -> bytes:
    """A CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file that `write` made."""
    text = data.decode("utf-8-sig")
    return [
        {key: uncell(value) for key, value in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def marks(annotations: Sequence[Annotation], articles: Mapping[str, Article]) -> bytes:
    """The marks, a row each."""
    places = {id: Places(articles[id]) for id in {mark.article for mark in annotations}}
    return write(
        MARK_COLUMNS,
        (
            (
                mark.id,
                mark.article,
                *_from(article),
                mark_place(places[mark.article], mark, language()),
                mark.start,
                mark.end,
                mark.exact,
                " ".join(f"#{tag}" for tag in mark.tags),
                mark.note,
                str(mark.status),
                mark.created,
                mark.updated,
            )
            for mark in annotations
            for article in [articles[mark.article]]
        ),
    )


def _from(article: Article) -> tuple[str, ...]:
    """Where something is from: title, publisher, the paper that a repost is from, authors, date, address."""
    return (
        article.title,
        article.publisher or "",
        article.original_source or "",
        ", ".join(article.authors),
        article.published or "",
        article.url or "",
    )


def figures(found: Iterable[tuple[Article, Iterable[Figure]]]) -> bytes:
    """The figures of articles, a row each: who says how much of what, and where.

    `figure` is as written, with its qualifier; `value` and `value to` are the numbers of it: the second in ranges only, amounts in whole
    currency units, ratios as fractions, dates as ISO strings.
    """
    return write(
        FIGURE_COLUMNS,
        (
            (
                article.id,
                *_from(article),
                words_of(places.at(figure.start), language()),
                figure.start,
                figure.end,
                figure.measures or "",
                as_written(figure, article.text),
                figure.speaker or "",
                *_values(figure),
                figure.unit or "",
                figure.kind,
                " ".join(article.slice(span.start, span.end).split()),
            )
            for article, own in found
            for places in [Places(article)]
            for figure in own
            for span in [article.sentences[figure.sentence]]
        ),
    )


def _values(figure: Figure) -> tuple[str | float, str | float]:
    value = figure.value
    if isinstance(value, tuple):
        return value
    return ("" if value is None else value), ""


def readwise(annotations: Sequence[Annotation], articles: Mapping[str, Article]) -> bytes:
    """The marks in the columns that Readwise imports. Tags go before the note as `.tag`, which Readwise reads as tags."""
    return write(
        READWISE_COLUMNS,
        (
            (
                mark.exact,
                article.title,
                ", ".join(article.authors) or article.publisher or "",
                article.url or "",
                "\n".join(
                    part
                    for part in (
                        " ".join(f".{hashtag(tag).replace('/', '-')}" for tag in mark.tags),
                        mark.note,
                    )
                    if part
                ),
                mark.start,
                mark.created[:19].replace("T", " "),
            )
            for mark in annotations
            for article in [articles[mark.article]]
        ),
    )


def _source(article: Article, mark: Annotation) -> str:
    """Who wrote it, where it appeared, and where in the article the mark stands."""
    at = None if mark.status == "lost" else mark.start
    return source_line(article, at=at, address=False, language=language())


def _colour(tag: Tag) -> str:
    return say(*COLOUR_NAMES.get(tag.colour, (tag.colour, tag.colour)))


def codebook(
    tags: Sequence[Tag],
    annotations: Sequence[Annotation],
    articles: Mapping[str, Article],
    tagged: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> bytes:
    """The tags, with how many marks and in how many articles they are used, and two examples each.

    Args:
        tagged: articles (ids) that have tags themselves, with these.
    """
    rows: list[Sequence[str | int]] = []
    for entry in entries(tags, annotations, tagged):
        examples: list[str] = []
        for mark in entry.examples:
            examples += [
                " ".join(mark.exact.split()),
                _source(articles[mark.article], mark),
            ]
        rows.append(
            (
                entry.tag.name,
                entry.count,
                entry.articles,
                entry.tag.colour,
                entry.tag.hotkey,
                *examples,
                *[""] * (4 - len(examples)),
            )
        )
    return write(CODEBOOK_COLUMNS, rows)


class Entry:
    """A tag in the codebook."""

    def __init__(self, tag: Tag, marks: Sequence[Annotation], whole: Sequence[str]) -> None:
        """Args:
        whole: ids of articles that have it themselves.
        """
        self.tag = tag
        self.count = len(marks)
        self.articles = len({*whole, *(mark.article for mark in marks)})
        self.examples = examples(marks)


def examples(marks: Sequence[Annotation], most: int = 2) -> list[Annotation]:
    """Marks that show what a tag means: of different articles where there are some, those with a note first."""
    ordered = sorted(marks, key=lambda mark: (not mark.note, len(mark.exact) > 200))
    chosen: list[Annotation] = []
    for mark in ordered:
        if len(chosen) < most and mark.article not in {other.article for other in chosen}:
            chosen.append(mark)
    for mark in ordered:
        if len(chosen) < most and mark not in chosen:
            chosen.append(mark)
    return chosen


def entries(
    tags: Sequence[Tag], annotations: Sequence[Annotation], tagged: Mapping[str, Sequence[str]]
) -> list[Entry]:
    """The tags by name, with their marks and articles."""
    by_tag: dict[str, list[Annotation]] = {tag.name: [] for tag in tags}
    for mark in annotations:
        for name in mark.tags:
            by_tag.setdefault(name, []).append(mark)
    whole: dict[str, list[str]] = {}
    for id, names in tagged.items():
        for name in names:
            whole.setdefault(name, []).append(id)
    known = {tag.name: tag for tag in tags}
    return [
        Entry(known.get(name, Tag(name=name)), by_tag.get(name, []), whole.get(name, []))
        for name in sorted({*by_tag, *whole})
    ]


def codebook_markdown(
    tags: Sequence[Tag],
    annotations: Sequence[Annotation],
    articles: Mapping[str, Article],
    tagged: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> bytes:
    """The codebook for reading: each tag under a heading (below that of the tag above it, where there is one), with counts and examples."""
    lines = [say("# 태그 풀이", "# Codebook"), ""]
    found = entries(tags, annotations, tagged)
    known = {entry.tag.name for entry in found}
    for entry in found:
        parts = entry.tag.name.split("/")
        above = sum("/".join(parts[:n]) in known for n in range(1, len(parts)))
        level = min(6, 2 + above)
        look = ", ".join(
            part
            for part in (
                _colour(entry.tag),
                say(f"바로 키 {entry.tag.hotkey}", f"hot key {entry.tag.hotkey}") if entry.tag.hotkey else "",
            )
            if part
        )
        lines += [f"{'#' * level} {literal(entry.tag.name, cell=True)}", ""]
        lines += [
            say(
                f"밑줄 {entry.count}개 · 글 {entry.articles}편",
                f"marks {entry.count} · articles {entry.articles}",
            )
            + (f" · {look}" if look else ""),
            "",
        ]
        for mark in entry.examples:
            lines += [
                *quoted(mark.exact),
                ">",
                f"> — {literal(_source(articles[mark.article], mark))}",
                "",
            ]
    return ("\n".join(lines).rstrip() + "\n").encode()
