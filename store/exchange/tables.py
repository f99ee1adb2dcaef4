"""Figures as rows and as a Markdown table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from store.exchange.citation import Places, words_of
from store.exchange.escape import literal
from store.exchange.words import language, say
from store.model import Article, Extracts, Figure

if TYPE_CHECKING:
    from store.korean.compare import Entry, Row

MOST_COMPARED = 8
"""Columns of a comparison; with more, no cell can be read."""


_NEAR = 10
"""Code points before a figure in which its qualifier stands."""


_WAY = re.compile(
    r"\s?(?:이나|나|가량|정도)?\s?"
    r"(절감|감소|하락|급락|폭락|인하|축소|감축|삭감|저렴|증가|상승|급등|폭등|인상|확대|성장|향상)"
)


def as_written(figure: Figure, text: str) -> str:
    """A figure with its qualifier where the article has it: `약 560만 달러`, `3만달러 안팎`; and of a share, which way it goes:
    `95% 절감`. `text` is the article's."""
    before, after = [], []
    head = text[max(0, figure.start - _NEAR) : figure.start]
    for word in (figure.qualifier or "").split():
        if word in head:
            before.append(word)
        elif word not in figure.surface:
            after.append(word)
    if figure.kind in ("percent", "ratio") and (way := _WAY.match(text[figure.end : figure.end + _NEAR])):
        after.append(way[1])
    return " ".join([*before, figure.surface, *after])


class FigureRow(NamedTuple):
    """A figure for people: as written with its qualifier, what it measures, who says so, and where in the article it stands first."""

    words: str
    measures: str
    speaker: str
    place: str


def figure_rows(article: Article, figures: Iterable[Figure]) -> list[FigureRow]:
    """The figures of an article worth a table: those that measure something, each once; dates and small numbers of anything (두 가지)
    are left out."""
    from store.korean.compare import telling

    rows: dict[tuple[str, str, str], FigureRow] = {}
    places = Places(article)
    for figure in figures:
        if figure.kind != "date" and figure.measures and telling(figure):
            words = as_written(figure, article.text), figure.measures, figure.speaker or ""
            if words not in rows:
                rows[words] = FigureRow(*words, words_of(places.at(figure.start), language()))
    return list(rows.values())


def figure_table(rows: Sequence[FigureRow]) -> list[str]:
    """The rows as a Markdown table; the column of who says so only where somebody does."""
    said = any(row.speaker for row in rows)
    return table(
        [
            say("무엇", "What"),
            say("수치", "Figure"),
            *([say("누가", "Who says so")] if said else []),
            say("어디", "Where"),
        ],
        [[row.measures, row.words, *([row.speaker] if said else []), row.place] for row in rows],
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table whose cells read as written."""
    return [
        f"| {' | '.join(heads)} |",
        f"|{'|'.join(' --- ' for _ in heads)}|",
        *(f"| {' | '.join(literal(cell, cell=True) for cell in row)} |" for row in rows),
    ]


class Compared(NamedTuple):
    """A comparison as words: the columns' articles, and rows of a label, how figures of it agree (as in `agreement_of`), and for each column its figures, those that agree or may not with a sign before them."""

    articles: list[Article]
    rows: list[tuple[str, str, list[list[str]]]]


SIGNS = {"conflict": "≠", "same": "="}
"""How a figure stands to those beside it, by sign: `≠` may conflict with one of them, `=` is the same as one."""

AGREEMENT = {"conflict": "어긋날 수 있음", "same": "같음", "partly": "일부 같음"}
"""How the cells of a row may agree, in Korean."""
_AGREEMENT_EN = {"conflict": "may conflict", "same": "the same", "partly": "some the same"}


def sign_of(entry: Entry) -> str:
    """How a figure stands to those beside it, by sign: `≠`, `=`, and where one sign does not tell which are the same, with the letter of
    those that are: `=a`, `≠a` (`=ab` for a range that is the same as those of both). Empty where there is nothing to say."""
    return SIGNS.get(entry.relation or "", "") + "".join(chr(ord("a") + (n - 1) % 26) for n in entry.groups)


def lettered(rows: Iterable[Row]) -> bool:
    """Whether any of the rows has groups with letters."""
    return any(entry.groups for row in rows for cell in row.cells for entry in cell)


def agreement_of(row: Row) -> str:
    """How the cells of a row agree as a whole: a key of `AGREEMENT`, `partly` where some are the same, or empty."""
    return row.agreed or ("partly" if row.relation == "same" else "")


def agreement_words(relation: str) -> str:
    """How the cells of a row agree, in the export's language; empty where there is nothing to say."""
    return say(AGREEMENT.get(relation, ""), _AGREEMENT_EN.get(relation, ""))


def comparison(sources: Sequence[tuple[Article, Extracts | None]]) -> Compared:
    """What several articles give figures for, set side by side: possible conflicts first. Articles without such figures are left out;
    empty for fewer than two."""
    from store.korean.compare import compare

    read = [(article, extracts) for article, extracts in sources if extracts is not None][:MOST_COMPARED]
    if len(read) < 2:
        return Compared([], [])
    found = compare([(article.id, article, extracts) for article, extracts in read], shared_only=True)
    rows = []
    for row in found.rows:
        cells = [
            list(dict.fromkeys(_signed(entry, article) for entry in cell))
            for (article, _), cell in zip(read, row.cells, strict=True)
        ]
        rows.append((row.label, agreement_of(row), cells))
    kept = [n for n in range(len(read)) if any(cells[n] for _, _, cells in rows)]
    return Compared(
        [read[n][0] for n in kept],
        [(label, relation, [cells[n] for n in kept]) for label, relation, cells in rows],
    )


def _signed(entry: Entry, article: Article) -> str:
    return f"{sign_of(entry)} {as_written(entry.figure, article.text)}".strip()


def source_name(article: Article) -> str:
    """An article in a word: its publisher, else its author, else its title."""
    return article.publisher or "·".join(article.authors) or article.title


def comparison_table(compared: Compared) -> list[str]:
    """A comparison as a Markdown table; empty where there is nothing to compare."""
    if not compared.rows:
        return []
    heads = [
        say("무엇", "What"),
        *(literal(source_name(article), cell=True) for article in compared.articles),
        "",
    ]
    return table(
        heads,
        [
            [label, *(" / ".join(cell) for cell in cells), agreement_words(agreement)]
            for label, agreement, cells in compared.rows
        ],
    )
