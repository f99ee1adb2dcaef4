"""The grid of the compare screen: a row for what is measured, a column for each article, a cursor on a figure."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset

from store.exchange.tables import SIGNS, as_written, sign_of, source_name
from store.korean.compare import Comparison, Entry
from store.model import Article
from store.samples import is_sample
from tui import actions
from tui.article.widths import cells
from tui.comparing import Compared
from tui.language import say
from tui.rows import Line, Row, RowList, Run, fit, wrapped

LEAST, MOST = 16, 34
"""Cells of a column, its line at the left included."""
STACKED = 60
"""Below this width what is measured stands above its figures, not beside them."""
ROOMY = 20
"""From this height of the screen on, cells say what they measure and rows are set apart."""
STYLES = {"conflict": "error", "same": "tag-green"}
_NEVER = 10_000
"""The cursor colours a cell, never the whole row."""


class Frame(NamedTuple):
    """Cells of the label (0: it stands above) and of each column; the first column to be seen, and how many."""

    label: int
    column: int
    first: int
    seen: int


def frame(width: int, columns: int, at: int = 0, first: int = 0) -> Frame:
    """How a width is shared out among columns, so that column `at` is seen and as little moves as can be."""
    label = 0 if width < STACKED else max(12, min(width // 6, 30))
    count = max(1, min(columns, (width - label) // LEAST))
    first = min(max(first, at - count + 1), at, max(columns - count, 0))
    return Frame(label, min((width - label) // count, MOST), max(first, 0), count)


def pad(runs: Line, width: int, more: str = "") -> list[Run]:
    """The runs in exactly `width` cells, all with the styles `more` as well."""
    kept = fit(runs, max(width, 0))
    left = width - sum(cells(text) for text, _ in kept)
    return [(text, f"{style} {more}".strip()) for text, style in [*kept, (" " * max(left, 0), "")] if text]


class Grid(RowList, inherit_bindings=False):
    """A row of the list is one figure of every column, at most; `n:k` is the key of the `k`th figures of row `n`."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("list", "compare")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.comparison = Comparison(articles=(), rows=())
        self.articles: list[Article] = []
        self.marked: set[tuple[str, int, int]] = set()
        self.column = 0
        self.frame = Frame(0, LEAST, 0, 1)
        self.roomy = True

    # ── what is shown ────────────────────────────────────────────────────────────────────────────

    def set(self, found: Compared, at: tuple[str, int, int] | None = None) -> None:
        """Show a comparison, the cursor on the figure at this passage (article and range) if it is there, else on the first."""
        assert found.comparison is not None
        self.comparison = found.comparison
        self.articles = [found.articles[id] for id in found.comparison.articles]
        first = next((n for n, cell in enumerate(self.comparison.rows[0].cells) if cell), 0)
        self.column = first
        self.lay()
        for n, column, k in self.figures():
            entry = self.comparison.rows[n].cells[column][k]
            if (self.articles[column].id, entry.start, entry.end) == at:
                self.go_to(n, k, column)
                break

    def lay(self, *, roomy: bool | None = None) -> None:
        """Lay everything out anew for the present width."""
        if roomy is not None:
            self.roomy = roomy
        if not self.articles or self.room < 1:
            return
        self.frame = frame(self.room, len(self.articles), self.column, self.frame.first)
        rows: list[Row] = []
        shared = None
        for n, row in enumerate(self.comparison.rows):
            several = sum(map(bool, row.cells)) > 1
            if several is not shared:
                shared = several
                if self.roomy or not several:
                    rows.append(self._heading(several))
            rows += [self._row(n, k) for k in range(max(map(len, row.cells)))]
        self.show(rows)
        self.say_again()  # laid out to be measured, before it was known where the cursor is

    def on_resize(self) -> None:
        self.lay()

    @property
    def room(self) -> int:
        """Cells of a line: all but the margin and the scrollbar, there or not, so that the heads stand above their columns."""
        return self.outer_size.width - 3

    def _heading(self, several: bool) -> Row:
        name = (
            say("여러 글이 말하는 것", "What several articles give")
            if several
            else say("한 글만 말하는 것", "What one article alone gives")
        )
        lines: list[Line] = [[(name, "muted")]]
        return Row(f"heading:{several}", lambda width: lines, len(lines), pickable=False)

    def _row(self, n: int, k: int) -> Row:
        return Row(f"{n}:{k}", lambda _: self._slot(n, k), gap=_NEVER)

    def _slot(self, n: int, k: int) -> list[Line]:
        row, shape = self.comparison.rows[n], self.frame
        last = k == max(len(cell) for cell in row.cells) - 1
        here = self.spot[0] == n
        sign: Run = (f"{SIGNS.get(row.agreed or '', ' ')} ", STYLES.get(row.agreed or "", ""))
        style = "strong" if here else ""
        label = [
            [sign if not i else ("  ", ""), *line]
            for i, line in enumerate(
                wrapped(
                    row.label, (shape.label or shape.column * shape.seen) - 3, 0 if shape.label else 1, style
                )
            )
        ]
        columns = range(shape.first, min(shape.first + shape.seen, len(self.articles)))
        blocks = [self._cell(n, column, k) for column in columns]
        height = max([1, *map(len, blocks), len(label) if shape.label and not k else 0])
        lines: list[Line] = [] if shape.label or k else list(label)
        for i in range(height):
            line: list[Run] = []
            if shape.label:
                line += pad(label[i] if not k and i < len(label) else [], shape.label)
            for column, block in zip(columns, blocks, strict=True):
                at = self.spot == (n, k) and column == self.column
                line.append(("▌", "accent row") if at else ("│", "line"))
                line += pad(block[i] if i < len(block) else [], shape.column - 1, "row" if at else "")
            lines.append(line)
        if last and self.roomy:
            lines.append([*pad([], shape.label), *(run for _ in columns for run in self._bar())])
        return lines

    def _bar(self) -> list[Run]:
        return [("│", "line"), (" " * (self.frame.column - 1), "")]

    def _cell(self, n: int, column: int, k: int) -> list[Line]:
        """The lines of one figure: its sign, its words, whether it is marked, and what it measures where the row does not say so."""
        row = self.comparison.rows[n]
        cell = row.cells[column]
        if k >= len(cell):
            return []
        entry, article = cell[k], self.articles[column]
        mark = sign_of(entry) or " "
        room, edge = self.frame.column - 2 - len(mark), " " * (len(mark) + 1)
        words = wrapped(as_written(entry.figure, article.text), room, 0, "strong")
        if (article.id, entry.start, entry.end) in self.marked:
            words[-1] = [*words[-1], (" ✎", "accent")]
        sign: Run = (f"{mark} ", STYLES.get(entry.relation or "", ""))
        lines: list[Line] = [[(edge, "") if i else sign, *line] for i, line in enumerate(words)]
        about = entry.figure.measures or ""
        before = cell[k - 1].figure.measures if k else None
        if self.roomy and about not in (before, row.label.removesuffix(" (비율)")):
            lines += [[(edge, ""), *line] for line in wrapped(about, room, 2, "muted")]
        return lines

    def heads(self, two: bool) -> list[Line]:
        """The lines above: who the columns are, and which of them are seen; in two lines with the titles."""
        shape = self.frame
        last = min(shape.first + shape.seen, len(self.articles))
        some = shape.seen < len(self.articles)
        which = f"  {shape.first + 1}–{last}/{len(self.articles)}" if some else ""
        names: list[Run] = pad([(which, "muted")], shape.label)
        titles: list[Run] = pad([], shape.label)
        for column in range(shape.first, last):
            article = self.articles[column]
            name = source_name(article)
            room = shape.column - 3
            edge: Run = ("│", "line")
            look = "heading" if column == self.column else "strong"
            if two and name == article.title:  # nothing else to tell it by: the title has both lines
                first, second = (*wrapped(name, room, 2, look), [])[:2]
            else:
                first, second = fit([(name, look)], room), fit([(article.title, "muted")], room)
            if is_sample(article.id):
                first = fit([(say("견본 ", "sample "), "muted"), *first], room)
            names += [edge, *pad([("  ", ""), *first], shape.column - 1)]
            titles += [edge, *pad([("  ", ""), *second], shape.column - 1)]
        return [names, titles] if two else [names]

    def base(self) -> Line:
        """The line under the heads."""
        shape = self.frame
        count = min(shape.seen, len(self.articles))
        return [("─" * shape.label + ("┼" + "─" * (shape.column - 1)) * count, "line")]

    # ── where the cursor is ──────────────────────────────────────────────────────────────────────

    @property
    def spot(self) -> tuple[int, int]:
        """Row, and which of its figures."""
        n, _, k = (self.key or "").partition(":")
        return (int(n), int(k)) if n.isdecimal() else (-1, -1)

    @property
    def entry(self) -> Entry | None:
        """The figure under the cursor; None in an empty cell."""
        return self._at_spot(*self.spot, self.column)

    @property
    def passage(self) -> tuple[str, int, int] | None:
        """Its article and range."""
        entry = self.entry
        return (self.articles[self.column].id, entry.start, entry.end) if entry is not None else None

    def _at_spot(self, n: int, k: int, column: int) -> Entry | None:
        if not 0 <= n < len(self.comparison.rows):
            return None
        cell = self.comparison.rows[n].cells[column]
        return cell[k] if k < len(cell) else None

    def figures(self) -> list[tuple[int, int, int]]:
        """Row, column and number of every figure, as one reads them."""
        return [
            (n, column, k)
            for n, row in enumerate(self.comparison.rows)
            for column, cell in enumerate(row.cells)
            for k in range(len(cell))
        ]

    # ── moving ───────────────────────────────────────────────────────────────────────────────────

    def go_to(self, n: int, k: int, column: int) -> None:
        """The cursor to a figure, or to the cell where it would be."""
        before = (self.key, self.column)
        window = self.frame
        self.column = min(max(column, 0), max(len(self.articles) - 1, 0))
        self.frame = frame(self.room, len(self.articles), self.column, window.first)
        self.go(f"{n}:{k}")
        if (self.key, self.column) != before:
            self._turned()

    def _turned(self) -> None:
        self.say_again()
        self.post_message(self.Highlighted(self, self.key or ""))

    def _move_to(self, n: int, step: int) -> None:
        """As any list does, but past the places of a cell that has fewer figures than others of its row."""
        before = self._at
        n = self._pickable(min(max(n, 0), len(self.rows) - 1), step)
        while 0 <= n < len(self.rows):
            key = self.rows[n].key
            if self.rows[n].pickable:
                row, k = (int(part) for part in key.split(":"))
                if not k or self._at_spot(row, k, self.column) is not None:
                    break
            n += step
        else:
            return
        self._at = n
        self._see()
        if n != before:
            self._turned()

    def step_column(self, by: int) -> None:
        """To another column, on the figure that is nearest in its cell."""
        n, k = self.spot
        column = min(max(self.column + by, 0), len(self.articles) - 1)
        if n >= 0 and column != self.column:
            count = len(self.comparison.rows[n].cells[column])
            self.go_to(n, min(k, max(count - 1, 0)), column)

    def step_figure(self, by: int) -> None:
        """To the next figure, passing empty cells by."""
        figures = self.figures()
        here = (self.spot[0], self.column, self.spot[1])
        after = [one for one in figures if (one > here if by > 0 else one < here)]
        if after:
            n, column, k = after[0 if by > 0 else -1]
            self.go_to(n, k, column)

    def action_do(self, id: str) -> None:
        match id:
            case "column_next":
                self.step_column(1)
            case "column_previous":
                self.step_column(-1)
            case "columns_next":
                self.step_column(self.frame.seen)
            case "columns_previous":
                self.step_column(-self.frame.seen)
            case "figure_next":
                self.step_figure(1)
            case "figure_previous":
                self.step_figure(-1)
            case _:
                super().action_do(id)

    def _point(self) -> None:
        super()._point()
        if self.has_focus and self.app.screen is self.screen:
            x, y = self.app.cursor_position
            shape = self.frame
            self.app.cursor_position = Offset(
                x + 1 + shape.label + (self.column - shape.first) * shape.column, y
            )

    def on_click(self, event: events.Click) -> None:
        """The column first; the list's own handler, which is called after this one, picks the row."""
        x = event.get_content_offset_capture(self).x - 1 - self.frame.label
        column = self.frame.first + x // self.frame.column
        last = min(self.frame.first + self.frame.seen, len(self.articles))
        if x >= 0 and self.column != column < last:
            self.column = column
            self._turned()
