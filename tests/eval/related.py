"""Related passages and agreement of figures on the five real pages: is what a careful reader finds among what the program shows?

The expected pairs are figures by surface; the passages of each must bring the other among its first five, with the relation named. A
conflict that is not expected is a false one.
"""

from __future__ import annotations

from store.ingest import parse
from store.korean.analyse import analyse
from store.korean.compare import compare
from store.korean.related import Corpus
from store.model import Extracts, Figure, Page
from tests.eval.data import real_pages, table

RELATIVE = (("000", "95%"), ("001", "1/10~1/30"), ("002", "1/10"), ("004", "20분의 1"))
"""Four articles give four figures for what the model cost beside others."""
CONFLICT = (("000", "560만 달러"), ("004", "557만6000달러"))
"""One gives as the cost of R1 what another says was V3's."""


def corpus() -> list[tuple[str, Page, Extracts]]:
    found = []
    for path in real_pages():
        page = parse(path.read_bytes(), name=path.name)[0][0]
        found.append((path.name[:3], page, analyse(page)))
    return found


def figure_of(articles: list[tuple[str, Page, Extracts]], name: str, surface: str) -> Figure:
    return next(
        f
        for article, _, extracts in articles
        if article == name
        for f in extracts.figures
        if f.surface == surface
    )


def main() -> None:
    articles = corpus()
    pages = {name: page for name, page, _ in articles}
    library = Corpus(articles)
    rows: list[list[object]] = []
    pairs = [(CONFLICT[0], CONFLICT[1], "conflict")]
    pairs += [(a, b, "") for i, a in enumerate(RELATIVE) for b in RELATIVE[i + 1 :]]
    for (first, one), (second, two), wanted in pairs:
        for here, surface, there, other in ((first, one, second, two), (second, two, first, one)):
            span = pages[here].sentences[figure_of(articles, here, surface).sentence]
            target = pages[there].sentences[figure_of(articles, there, other).sentence]
            matches = library.related(here, span.start, span.end, 5)
            rank = next(
                (k for k, m in enumerate(matches, 1) if (m.article, m.start) == (there, target.start)), 0
            )
            relation = matches[rank - 1].relation if rank else "-"
            rows.append(
                [
                    f"{here} {surface}",
                    f"{there} {other}",
                    rank or "not found",
                    relation,
                    not wanted or relation == wanted,
                ]
            )
    table(["passage with", "brings", "rank of 5", "relation", "right"], rows)
    found = sum(row[2] != "not found" for row in rows)
    print(f"found {found} of {len(rows)}")
    print()
    top = library.pairs(limit=10)
    expected = {frozenset(CONFLICT)}
    false = 0
    shown: list[list[object]] = []
    for pair in top:
        own = frozenset(
            {(pair.first_article, pair.first.surface), (pair.second_article, pair.second.surface)}
        )
        wrong = pair.relation == "conflict" and own not in expected
        false += wrong
        shown.append(
            [pair.relation, pair.score, f"{pair.first_article} {pair.first.surface}", pair.first.measures, f"{pair.second_article} {pair.second.surface}", pair.second.measures]
        )  # fmt: skip
    table(["relation", "score", "figure", "measures", "figure", "measures"], shown)
    print(f"false conflicts among the first ten: {false}")
    print()
    rows = []
    for row in compare(articles, shared_only=True).rows:
        rows.append(
            [
                row.label,
                row.relation,
                *(" · ".join(entry.figure.surface for entry in cell) or "-" for cell in row.cells),
            ]
        )
    table(["measure", "relation", *(name for name, _, _ in articles)], rows)
