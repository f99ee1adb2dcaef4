"""Articles side by side: what is measured as rows, the articles as columns, in each cell the figures given. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec import Struct

from store.korean.concepts import KINDS, Agreement, Concept, concept
from store.korean.related import between, standing
from store.model import Extracts, Figure, Page


class Entry(Struct, frozen=True, kw_only=True):
    """A figure in a cell, with the sentence it stands in (`[start, end)` of its article, and its text).

    `relation` is the strongest that it has to a figure of another column: `conflict` (possible), `same`, or None. `groups`, in a row
    with several groups of figures that are the same among themselves, or with a group and a possible conflict: the numbers, from 1, of
    those that it is in; a range may be in two. Empty where one group is all there is to tell, or none.
    """

    figure: Figure
    start: int
    end: int
    text: str
    relation: Agreement | None = None
    groups: tuple[int, ...] = ()


class Standing(Struct, frozen=True, kw_only=True):
    """How two figures of a row stand to each other, each told by its column and its number in the cell there."""

    first: tuple[int, int]
    second: tuple[int, int]
    relation: Agreement


class Row(Struct, frozen=True, kw_only=True):
    """What is measured, as the articles put it most often (`label`), and for each article, in the order of the columns, its entries
    (none where the article does not give it). `relation`: the strongest between its cells. `agreed`: what can be said of the row as a
    whole: `conflict`, or `same` where all its figures are the same, each as every other. `standings`: how figures of different columns
    stand to each other, of which all the rest is made."""

    label: str
    cells: tuple[tuple[Entry, ...], ...]
    relation: Agreement | None = None
    agreed: Agreement | None = None
    standings: tuple[Standing, ...] = ()


class Comparison(Struct, frozen=True, kw_only=True):
    """`articles` are the ids of the columns. Rows that several articles share come first, possible conflicts before all; of the others,
    those of a kind of thing that is known (비용, 주가) and then amounts and ratios."""

    articles: tuple[str, ...]
    rows: tuple[Row, ...]


_STRENGTH: dict[Agreement | None, int] = {"conflict": 0, "same": 1, "related": 2, None: 3}


def compare(articles: Sequence[tuple[str, Page, Extracts]], *, shared_only: bool = False) -> Comparison:
    """The figures of `articles` (id, page, extracts) as a table.

    Figures of which it is not known what they measure, dates, periods and ranks are left out, and so are, where one article alone has
    them, small numbers of anything (커피 한 잔, 두 가지 이유). `shared_only`: only rows that two articles or more have.
    """
    groups: defaultdict[tuple[str, str], list[tuple[int, Figure, Concept]]] = defaultdict(list)
    for column, (_, _, extracts) in enumerate(articles):
        for figure in extracts.figures:
            about = concept(figure)
            if about is not None and figure.measures != figure.speaker:
                groups[about.head, _dimension(about)].append((column, figure, about))
    found: list[tuple[Row, int]] = []
    for group in groups.values():
        row = _row(articles, group)
        several = _columns(row) > 1
        if several or (not shared_only and any(telling(figure) for _, figure, _ in group)):
            found.append((row, _weight(group[0][2])))
    found.sort(key=lambda one: (_columns(one[0]) < 2, _STRENGTH[one[0].relation], -_columns(one[0]), one[1]))
    rows = [row for row, _ in found]
    return Comparison(articles=tuple(name for name, _, _ in articles), rows=tuple(rows))


def _weight(about: Concept) -> int:
    """How much a row has to say by its kind: 0 the most."""
    if about.head in KINDS:
        return 0
    return 1 if _dimension(about) in ("money", "relative") else 2


def worth_showing(figure: Figure) -> bool:
    """Whether a figure is worth a line of its own in a list: not an order (두 번째), not how many are counted among the first (3대
    강국), and not up to ten of something that is not known (두 개)."""
    value = figure.value[1] if isinstance(figure.value, tuple) else figure.value
    if figure.unit in ("번째", "대째"):
        return isinstance(value, float | int) and value >= 1000
    if figure.kind == "rank" and figure.surface.endswith("대"):
        return False
    if figure.measures or figure.kind not in ("count", "number") or isinstance(value, str):
        return True
    return value is None or value > 10 or not float(value).is_integer()


def telling(figure: Figure) -> bool:
    """Whether a figure says something by itself: not 한 잔, 두 가지, 백 번, 절반 of whatever there is."""
    if not worth_showing(figure):
        return False
    about = concept(figure)
    if about is None or about.head in KINDS or isinstance(figure.value, str):
        return True
    if figure.kind == "ratio":
        return any(c.isdigit() for c in figure.surface)
    if figure.kind not in ("count", "number"):
        return True
    value = figure.value[1] if isinstance(figure.value, tuple) else figure.value
    least = 10 if any(c.isdigit() for c in figure.surface) else 999
    return value is not None and value > least


def _dimension(about: Concept) -> str:
    """Amounts in different currencies are one row; a ratio is not."""
    return "money" if len(about.dimension) == 3 and about.dimension.isupper() else about.dimension


def _row(articles: Sequence[tuple[str, Page, Extracts]], group: Sequence[tuple[int, Figure, Concept]]) -> Row:
    figures: defaultdict[int, list[Figure]] = defaultdict(list)
    for column, figure, _ in group:
        figures[column].append(figure)
    strongest: dict[int, Agreement] = {}
    related: list[tuple[int, int, Agreement]] = []
    same: set[tuple[int, int]] = set()
    across: list[tuple[int, int]] = []
    for i, (first, a, _) in enumerate(group):
        for j in range(i + 1, len(group)):
            second, b, _ = group[j]
            one, two = articles[first][1], articles[second][1]
            if first == second:
                if between(one, a, two, b) == "same":
                    same.add((i, j))
                continue
            relation = standing((one, figures[first]), a, (two, figures[second]), b)
            if relation is None:
                continue
            related.append((i, j, relation))
            if relation == "same":
                same.add((i, j))
            if relation == "same":
                across.append((i, j))
            for k in (i, j):
                if k not in strongest or _STRENGTH[relation] < _STRENGTH[strongest[k]]:
                    strongest[k] = relation
    sets = _groups(across, same, len(group))
    agreed = min(strongest.values(), key=_STRENGTH.__getitem__, default=None)
    told_apart = len(sets) > 1 or agreed == "conflict"
    if agreed != "conflict":
        agreed = "same" if len(sets) == 1 and len(sets[0]) == len(group) else None
    cells: list[list[Entry]] = [[] for _ in articles]
    places: dict[int, tuple[int, int]] = {}
    for k, (column, figure, _) in sorted(enumerate(group), key=lambda one: one[1][1].start):
        places[k] = (column, len(cells[column]))
        page = articles[column][1]
        span = page.sentences[figure.sentence]
        cells[column].append(
            Entry(
                figure=figure,
                start=span.start,
                end=span.end,
                text=page.text[span.start : span.end],
                relation=strongest.get(k),
                groups=tuple(n for n, those in enumerate(sets, 1) if k in those) if told_apart else (),
            )
        )
    return Row(
        label=_label([(figure, about) for _, figure, about in group]),
        cells=tuple(map(tuple, cells)),
        relation=min(strongest.values(), key=_STRENGTH.__getitem__, default=None),
        agreed=agreed,
        standings=tuple(
            Standing(first=places[i], second=places[j], relation=relation) for i, j, relation in related
        ),
    )


def _groups(
    across: Sequence[tuple[int, int]], same: set[tuple[int, int]], count: int
) -> list[tuple[int, ...]]:
    """Groups of figures of which each is the same as every other: being the same does not carry over (1/10, 1/10 to 1/30, 1/30).

    Args:
        across: pairs of figures of different articles that are the same; each comes into a group.
        same: those and the pairs within an article; the lower number first.
        count: of all figures.
    """
    groups: list[tuple[int, ...]] = []
    for pair in across:
        if any(set(pair) <= set(group) for group in groups):
            continue
        group = list(pair)
        for k in range(count):
            if k not in group and all((min(k, other), max(k, other)) in same for other in group):
                group.append(k)
        groups.append(tuple(sorted(group)))
    return groups


def _label(group: Sequence[tuple[Figure, Concept]]) -> str:
    """The measure in the words that most figures of the row share: 개발 비용, or the kind of thing alone."""
    relative = group[0][1].dimension == "relative"
    measures = [(figure.measures or "").rpartition(" 대비 ")[2] for figure, _ in group]
    if len(group) == 1:
        label = measures[0]
    else:
        endings = Counter(" ".join(words.split()[-2:]) for words in measures if len(words.split()) > 1)
        best = endings.most_common(1)
        label = best[0][0] if best and best[0][1] * 2 >= len(group) else group[0][1].head
    return f"{label} (비율)" if relative else label


def _columns(row: Row) -> int:
    return sum(bool(cell) for cell in row.cells)
