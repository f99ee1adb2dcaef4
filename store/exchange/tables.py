"""Figures as rows and as a Markdown table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.exchange.escape import literal
from store.exchange.words import say
from store.model import Article, Extracts, Figure

MOST_COMPARED = 8
"""Columns of a comparison; with more, no cell can be read."""


class FigureRow(NamedTuple):
    """A figure for people: as written with its qualifier, what it measures, who says so."""

    words: str
    measures: str
    speaker: str


def figure_rows(figures: Iterable[Figure]) -> list[FigureRow]:
    """The figures worth a table: those that measure something, each once; dates are left out."""
    rows: dict[FigureRow, None] = {}
    for figure in figures:
        if figure.kind != "date" and figure.measures:
            rows[FigureRow(figure.surface, figure.measures, figure.speaker or "")] = None
    return list(rows)


def figure_table(rows: Sequence[FigureRow]) -> list[str]:
    """The rows as a Markdown table; the column of who says so only where somebody does."""
    said = any(row.speaker for row in rows)
    return table(
        [say("무엇", "What"), say("수치", "Figure"), *([say("누가", "Who says so")] if said else [])],
        [[row.measures, row.words, *([row.speaker] if said else [])] for row in rows],
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table whose cells read as written."""
    return [
        f"| {' | '.join(heads)} |",
        f"|{'|'.join(' --- ' for _ in heads)}|",
        *(f"| {' | '.join(literal(cell, cell=True) for cell in row)} |" for row in rows),
    ]


class Compared(NamedTuple):
    """A comparison as words: the columns' heads (ids in `articles`), and rows of a label, how the cells agree (as in `Row.relation`, or empty), and the cells."""

    articles: list[Article]
    rows: list[tuple[str, str, list[str]]]


AGREEMENT = {"conflict": "어긋날 수 있음", "same": "같음"}
"""How the cells of a row may agree, in Korean."""
_AGREEMENT_EN = {"conflict": "may conflict", "same": "the same"}


def agreement_words(relation: str) -> str:
    """How the cells of a row agree, in the export's language; empty where there is nothing to say."""
    return say(AGREEMENT.get(relation, ""), _AGREEMENT_EN.get(relation, ""))


def comparison(sources: Sequence[tuple[Article, Extracts | None]]) -> Compared:
    """What several articles give figures for, set side by side: possible conflicts first. Empty for fewer than two articles."""
    from store.korean.compare import compare

    read = [(article, extracts) for article, extracts in sources if extracts is not None][:MOST_COMPARED]
    if len(read) < 2:
        return Compared([], [])
    found = compare([(article.id, article, extracts) for article, extracts in read], shared_only=True)
    rows = []
    for row in found.rows:
        cells = [" / ".join(dict.fromkeys(entry.figure.surface for entry in cell)) for cell in row.cells]
        rows.append((row.label, str(row.relation or ""), cells))
    return Compared([article for article, _ in read], rows)


def comparison_table(compared: Compared) -> list[str]:
    """A comparison as a Markdown table; empty where there is nothing to compare."""
    if not compared.rows:
        return []
    heads = [
        say("무엇", "What"),
        *(literal(article.publisher or article.title, cell=True) for article in compared.articles),
        "",
    ]
    return table(
        heads, [[label, *cells, agreement_words(agreement)] for label, agreement, cells in compared.rows]
    )
