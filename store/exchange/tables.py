"""Figures as rows and as a Markdown table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.exchange.escape import literal
from store.model import Figure


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
        ["무엇", "수치", *(["누가"] if said else [])],
        [[row.measures, row.words, *([row.speaker] if said else [])] for row in rows],
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table whose cells read as written."""
    return [
        f"| {' | '.join(heads)} |",
        f"|{'|'.join(' --- ' for _ in heads)}|",
        *(f"| {' | '.join(literal(cell, cell=True) for cell in row)} |" for row in rows),
    ]
