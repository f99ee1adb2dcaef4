"""A list of rows that bears any number of them: only what is on the screen is ever laid out.

The shelf, the extracts, the tags, the results of a search, every box that offers a choice: all are this one widget. A row is a
few lines of styled runs; runs are plain text, so nothing in an article is ever taken for markup.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import ClassVar, NamedTuple, Protocol, cast

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.color import Color
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.model import COLOURS
from store.text import clean_line
from tui import actions
from tui.article.layout import wrap
from tui.article.widths import cells, shorten, visible, widths
from tui.many import Many

Run = tuple[str, str]
"""Text and the names of its styles (of `STYLES`), separated by spaces."""
Line = Sequence[Run]

# Names of styles to the theme's variables for their colour and ground, and their attributes. Not component classes: every change of
# a class on the screen would have Textual match each of them for each list anew.
STYLES: dict[str, tuple[str, str, Style]] = {
    "strong": ("", "", Style(bold=True)),
    "muted": ("muted", "", Style.null()),
    "accent": ("accent", "", Style.null()),
    "heading": ("accent", "", Style(bold=True)),
    "line": ("line", "", Style.null()),
    "error": ("error", "", Style.null()),
    "found": ("", "found", Style(underline=True)),
    "row": ("", "row", Style.null()),
    **{f"tag-{name}": (f"tag-{name}", "", Style.null()) for name in COLOURS},
}


class Row(NamedTuple):
    """One row. `lines` gives its lines for a width in cells, called only when the row is to be seen; with `height` (number of
    lines) given, not even its height needs it. A row that is not `pickable` is a heading or an explanation."""

    key: str
    lines: Callable[[int], Sequence[Line]]
    height: int | None = None
    pickable: bool = True
    gap: int = 0
    """How many of the last lines only set it off from the next row: the cursor does not colour them."""


def text_row(key: str, *runs: Run, pickable: bool = True) -> Row:
    """A row of one line."""
    return Row(key, lambda width: [runs], 1, pickable)


def wrapped(text: str, width: int, most: int = 0, style: str = "") -> list[list[Run]]:
    """`text` on one line or more of `width` cells, broken between words; at most `most` lines, if that is not 0."""
    text = clean_line(text)
    rows = wrap(text, widths(text), 0, len(text), max(width, 2))
    if most and len(rows) > most:
        last = shorten(text[rows[most - 1].start :], width)
        return [[(text[row.start : row.end], style)] for row in rows[: most - 1]] + [[(last, style)]]
    return [[(text[row.start : row.end], style)] for row in rows]


def spread(left: Line, right: Line, width: int) -> list[Run]:
    """Both on one line, `right` at its end; `left` is cut where there is not room for both."""
    tail = sum(cells(text) for text, _ in right)
    head = fit(left, max(0, width - tail - (1 if tail else 0)))
    gap = width - tail - sum(cells(text) for text, _ in head)
    return [*head, (" " * max(gap, 0), ""), *right]


def fit(line: Line, width: int) -> list[Run]:
    """The line in at most `width` cells, with `…` where something was cut off."""
    kept: list[Run] = []
    for text, style in line:
        size = cells(text)
        if size > width:
            kept.append((shorten(text, width), style))
            break
        kept.append((text, style))
        width -= size
    return kept


class Doer(Protocol):
    """A screen that does acts of the registry."""

    def action_do(self, id: str) -> object: ...


def ask(screen: object, id: str) -> None:
    """Have the screen do an act that is not the widget's own."""
    cast(Doer, screen).action_do(id)


class RowList(ScrollView, can_focus=True):
    """Rows with a cursor. Posts `Highlighted` when the cursor moves and `Chosen` on Enter or a click."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("list")
    DEFAULT_CSS = """
    RowList {
        background: transparent;
        scrollbar-size: 1 1;
        overflow-x: hidden;
        overflow-y: auto;
    }
    """

    class Told(Message):
        """Of one of its rows."""

        def __init__(self, rows: RowList, key: str) -> None:
            super().__init__()
            self.rows, self.key = rows, key

        @property
        def control(self) -> RowList:
            return self.rows

    class Highlighted(Told):
        pass

    class Chosen(Told):
        pass

    def __init__(self, *, id: str | None = None, classes: str | None = None, focusable: bool = True) -> None:
        super().__init__(id=id, classes=classes)
        self.can_focus = focusable
        self.rows: Sequence[Row] = []
        self._ends: Sequence[int] = []
        self._laid: dict[int, Sequence[Line]] = {}
        self._styles: dict[str, Style] = {}
        self._base: Style | None = None
        self._width = 0
        self._at = -1

    # ── what is shown ────────────────────────────────────────────────────────────────────────────

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor."""
        return self.rows[self._at].key if 0 <= self._at < len(self.rows) else None

    @property
    def at_first(self) -> bool:
        """Whether the cursor is on the first row that can be picked, or there is none."""
        return not any(row.pickable for row in self.rows[: max(self._at, 0)])

    def show(self, rows: Sequence[Row], key: str | None = None) -> None:
        """Show these rows, with the cursor on `key` if it is there, else where it was; "" puts it on the first."""
        if key == "":
            self._at = 0
        key = self.key if key is None else key
        self.rows = rows if isinstance(rows, Many) else list(rows)
        self._measure()
        at = self._place(key)
        self._at = self._pickable(min(max(self._at, 0), len(self.rows) - 1), 1) if at is None else at
        self._see()
        self.refresh()

    def _place(self, key: str | None) -> int | None:
        """Where the row with a key is that can be picked."""
        if isinstance(self.rows, Many):
            return self.rows.keys.index(key) if key in self.rows.keys else None
        return next((n for n, row in enumerate(self.rows) if row.key == key and row.pickable), None)

    def again(self, n: int) -> None:
        """Show the `n`th row as it is now; it must be as high as it was."""
        self._laid.pop(n, None)
        if n < len(self._ends):
            self.refresh_lines(self._top(n), self._ends[n] - self._top(n))

    def go(self, key: str) -> bool:
        """Put the cursor on a row, without a message; False when there is no such row."""
        at = self._place(key)
        if at is None:
            return False
        self._at = at
        self._see()
        self.refresh()
        return True

    def redraw(self) -> None:
        """Lay the rows out again: what they say has changed, though not which they are."""
        self._measure()
        self.refresh()

    def _measure(self) -> None:
        self._width = self.scrollable_content_region.width
        self._laid.clear()
        if isinstance(self.rows, Many):
            self._ends = range(self.rows.height, self.rows.height * len(self.rows) + 1, self.rows.height)
        else:
            # Before the width is known, no line is laid out for it.
            heights = (
                row.height if row.height is not None else len(self._lines(n)) if self._width > 0 else 1
                for n, row in enumerate(self.rows)
            )
            self._ends = list(accumulate(heights))
        self.virtual_size = Size(self._width, self._reach())
        if self.scrollable_content_region.width != self._width:  # a scrollbar came or went
            self._width = self.scrollable_content_region.width
            self._laid.clear()

    def _reach(self) -> int:
        """Lines of all rows."""
        return self._ends[-1] if self._ends else 0

    def _lines(self, n: int) -> Sequence[Line]:
        if (lines := self._laid.get(n)) is None:
            if len(self._laid) > 512:
                self._laid.clear()
            lines = self._laid[n] = self.rows[n].lines(max(self._width - 2, 1))
        return lines

    def _top(self, n: int) -> int:
        return self._ends[n - 1] if n else 0

    def _see(self) -> None:
        if 0 <= self._at < len(self.rows):
            first = self._at
            while first and not self.rows[first - 1].pickable:
                first -= 1  # what stands above it, such as its heading, as well
            top = self._top(first)
            height = self._ends[self._at] - top
            self.scroll_to_region(Region(0, top, max(self._width, 1), height), animate=False, force=True)
            self._point()

    def _point(self) -> None:
        """Put the terminal's cursor on the row, so that what an input method is composing shows there."""
        if self.has_focus and self.app.screen is self.screen:
            x, y = self.content_region.offset
            self.app.cursor_position = Offset(x, y + self._top(max(self._at, 0)) - self.scroll_offset.y)

    # ── painting ─────────────────────────────────────────────────────────────────────────────────

    def on_focus(self) -> None:
        self.refresh()
        self._point()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        if self.scrollable_content_region.width != self._width:
            self._measure()
            self.call_after_refresh(self._see)

    def render_lines(self, crop: Region) -> list[Strip]:
        # Once for all the lines: Textual looks it up through all the widgets around at each.
        self._base = self.rich_style
        try:
            return super().render_lines(crop)
        finally:
            self._base = None

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        width = self.scrollable_content_region.width
        base = self._base or self.rich_style
        n = bisect_right(self._ends, y)
        # Before the width is known, the places of the rows are not either.
        if n >= len(self.rows) or self._width <= 0:
            return Strip.blank(width, base)
        # Still laid out for another width: the rows' places are the old ones for a moment, what they say is not.
        lines = self._lines(n) if width == self._width else self.rows[n].lines(max(width - 2, 1))
        part = y - self._top(n)
        line = lines[part] if part < len(lines) else ()
        here = n == self._at and (self.has_focus or self.has_class("active"))
        here = here and part < len(lines) - self.rows[n].gap
        if here:
            base += self._style("row")
        segments = [Segment("▌" if here else " ", base + self._style("accent"))]
        for text, style in fit(line, width - 2):
            segments.append(Segment(visible(text), base + self._style(style)))
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, names: str) -> Style:
        if (style := self._styles.get(names)) is None:
            style = Style.null()
            variables = self.app.theme_variables
            for name in names.split():
                ink, ground, more = STYLES[name]
                colour = Color.parse(variables[ink]).rich_color if ink else None
                style += (
                    Style(color=colour, bgcolor=Color.parse(variables[ground]).rich_color if ground else None)
                    + more
                )
            self._styles[names] = style
        return style

    def notify_style_update(self) -> None:
        self._styles.clear()
        super().notify_style_update()

    # ── moving ───────────────────────────────────────────────────────────────────────────────────

    def _pickable(self, n: int, step: int) -> int:
        """The nearest row that can be picked from `n` on in this direction, else in the other, else -1."""
        for direction in (step, -step):
            at = n
            while 0 <= at < len(self.rows):
                if self.rows[at].pickable:
                    return at
                at += direction
        return -1

    def _move_to(self, n: int, step: int) -> None:
        n = self._pickable(min(max(n, 0), len(self.rows) - 1), step)
        if n == -1:
            return
        if n != self._at:
            self._at = n
            self.refresh()
            self.post_message(self.Highlighted(self, self.rows[n].key))
        self._see()

    def move(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self._move_to(self._at + by, 1 if by > 0 else -1)

    def page(self, by: int) -> None:
        """Move it by so many pages."""
        if self.rows and self._at >= 0:
            y = self._top(self._at) + by * max(self.scrollable_content_region.height - 1, 1)
            self._move_to(min(bisect_right(self._ends, max(y, 0)), len(self.rows) - 1), 1 if by > 0 else -1)

    def choose(self) -> None:
        """What Enter does."""
        if self.key is not None:
            self.post_message(self.Chosen(self, self.key))

    def action_do(self, id: str) -> None:
        match id:
            case "row_next":
                self.move(1)
            case "row_previous":
                self.move(-1)
            case "rows_next":
                self.page(1)
            case "rows_previous":
                self.page(-1)
            case "row_first":
                self._move_to(0, 1)
            case "row_last":
                self._move_to(len(self.rows) - 1, -1)
            case "row_open":
                self.choose()
            case _:
                ask(self.screen, id)

    def on_click(self, event: events.Click) -> None:
        n = bisect_right(self._ends, event.get_content_offset_capture(self).y + self.scroll_offset.y)
        if n < len(self.rows) and self.rows[n].pickable:
            self._move_to(n, 1)
            if event.chain == 2 or not self.can_focus:
                self.choose()
