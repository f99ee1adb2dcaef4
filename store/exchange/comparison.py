"""Articles side by side as a Markdown page: a table of what they give figures for, each figure linked to its passage below."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from store.exchange.citation import cite, link_target
from store.exchange.escape import literal
from store.exchange.names import clean_name
from store.exchange.tables import SIGNS, agreement_of, agreement_words, as_written, lettered, sign_of
from store.exchange.whole import write_whole
from store.exchange.words import language, say, speaking
from store.korean.compare import Comparison, Entry, Row
from store.model import Article, Span

if TYPE_CHECKING:
    from store.exchange.markdown import Written


def comparison_page(comparison: Comparison, articles: Mapping[str, Article], language: str = "ko") -> str:
    """The comparison as Markdown: what is measured as rows, articles as columns, and below the passages with their sources.

    Links go to headings of the same page, which every kind of Markdown understands; a passage of an article with an address
    leads on to it.

    Args:
        articles: the articles of the columns by id.
        language: of the program's own words: `ko` or `en`.

    Raises:
        KeyError: one of them is not there.
    """
    with speaking(language):
        return _page(comparison, articles)


def _page(comparison: Comparison, articles: Mapping[str, Article]) -> str:
    columns = [articles[id] for id in comparison.articles]
    passages = _Passages(columns)
    shared = [row for row in comparison.rows if sum(map(bool, row.cells)) > 1]
    single = [row for row in comparison.rows if sum(map(bool, row.cells)) <= 1]
    lines = [f"# {say('글 견주기', 'Articles compared')}", ""]
    parts = (
        (say("여러 글이 말하는 것", "What several articles give"), shared),
        (say("한 글만 말하는 것", "What one article alone gives"), single),
    )
    for name, rows in parts:
        if rows:
            lines += [f"## {name}", "", *_table(rows, columns, passages), ""]
    if any(row.relation in SIGNS for row in shared):
        legend = ", ".join(f"`{sign}` {agreement_words(relation)}" for relation, sign in SIGNS.items())
        if lettered(shared):
            letters = say("`a`, `b` 글자가 같은 것끼리 같음", "`a`, `b` the same as those with the letter")
            legend = f"{legend}, {letters}"
        caution = say("어긋남은 언제나 그럴 수 있다는 뜻입니다.", "A conflict is always only a possible one.")
        lines += [f"{legend}. {caution}", ""]
    return "\n".join([*lines, *passages.lines()]).rstrip("\n") + "\n"


def export_comparison(
    comparison: Comparison,
    articles: Mapping[str, Article],
    folder: Path,
    *,
    language: str = "ko",
    dry_run: bool = False,
) -> Written:
    """Write the comparison into a folder, under a name of its articles: the same articles, the same file.

    Raises:
        StorageError: the disk said no.
    """
    ids = comparison.articles
    key = hashlib.sha256(" ".join(sorted(ids)).encode()).hexdigest()[:6]
    title = clean_name(articles[ids[0]].title, limit=60) if ids else ""
    with speaking(language):
        more = say(f" 외 {len(ids) - 1}편", f" and {len(ids) - 1} more") if len(ids) > 1 else ""
        name = " ".join(f"{say('글 견주기', 'Compared')} {title}{more} {key}.md".split())
        page = _page(comparison, articles)
    return write_whole(folder, name, page.encode(), dry_run=dry_run)


class _Passages:
    """The passages that are linked to, numbered as they are first met."""

    def __init__(self, columns: list[Article]) -> None:
        self.columns = columns
        self.numbers: dict[tuple[int, int, int], int] = {}
        self.said: dict[int, list[str]] = {}

    def link(self, column: int, entry: Entry, label: str) -> str:
        """The figure, linked to its passage, and what it measures where the row's label does not say so."""
        number = self.numbers.setdefault((column, entry.start, entry.end), len(self.numbers) + 1)
        figure = entry.figure
        words = as_written(figure, self.columns[column].text)
        what = f"{figure.measures}: {words}" if figure.measures else words
        said = f"{what} ({figure.speaker})" if figure.speaker else what
        known = self.said.setdefault(number, [])
        if said not in known:
            known.append(said)
        link = f"[{literal(words, cell=True)}](#p{number})"
        if figure.measures and figure.measures != label.removesuffix(" (비율)"):
            link += f" {literal(figure.measures, cell=True)}"
        sign = sign_of(entry)
        return f"{sign} {link}" if sign else link

    def lines(self) -> list[str]:
        lines = [f"## {say('구절', 'Passages')}", ""] if self.numbers else []
        for (column, start, end), number in self.numbers.items():
            lines += [f"### p{number}", ""]
            lines += [f"- {literal(said, cell=True)}" for said in self.said[number]]
            lines += ["", cite(self.columns[column], Span(start=start, end=end), "markdown", language()), ""]
        return lines


def _table(rows: list[Row], columns: list[Article], passages: _Passages) -> list[str]:
    heads = [say("무엇", "What"), *map(_head, columns), say("서로", "Together")]
    lines = [f"| {' | '.join(heads)} |", f"|{'|'.join(' --- ' for _ in heads)}|"]
    for row in rows:
        cells = [
            "<br>".join(dict.fromkeys(passages.link(column, entry, row.label) for entry in cell))
            for column, cell in enumerate(row.cells)
        ]
        words = [literal(row.label, cell=True), *cells, agreement_words(agreement_of(row))]
        lines.append(f"| {' | '.join(words)} |")
    return lines


def _head(article: Article) -> str:
    name = literal(article.publisher or article.title, cell=True)
    return f"[{name}]({link_target(article.url)})" if article.url else name
