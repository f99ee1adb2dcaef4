"""A list of rows that bears any number of them: only what is on the screen is ever laid out.

The shelf, the extracts, the tags, the results of a search, every box that offers a choice: all are this one widget. A row is a
few lines of styled runs; runs are plain text, so nothing in an article is ever taken for markup.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import ClassVar, Protocol, cast

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui import actions
from tui.many import Many
from tui.rowbar import Bar
from tui.rowstrips import Strips
from tui.rowtext import Line, Row, Run, fit, spread, text_row, wrapped

__all__ = ["Line", "Row", "RowList", "Run", "ask", "fit", "spread", "text_row", "wrapped"]


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
        overflow: hidden hidden;
    }
    """
    # A height that depends on it is asked for where it changes; nothing else on the screen does.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

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
        self._strips = Strips(self)
        self._scroll_bar = Bar(self)
        self._painting = False
        self._width = 0
        """Cells of a line, without the scrollbar's."""
        self._measured = Size(0, 0)
        """The window that the rows were laid out for."""
        self._before = 0
        """How wide it was when the list was resized last."""
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
        self._strips.forget(n)
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

    def say_again(self) -> None:
        """What the rows say has changed, though not how high they are."""
        self._laid.clear()
        self._strips.forget()
        self.refresh()

    def _measure(self) -> None:
        self._measured = self.size
        # As wide as before, if that is still right: a list that has its scrollbar keeps it while it needs it.
        if not self._fits_with(self._scroll_bar.shown) and not self._fits_with(not self._scroll_bar.shown):
            # Rows that take fewer lines in a narrower window.
            self._fits_with(True)
        size = Size(self._width, self._reach())
        if size != self.virtual_size:
            self.virtual_size = size
            self.scroll_y = self.scroll_target_y = self.validate_scroll_y(self.scroll_y)
            if self.styles.auto_dimensions:
                self.refresh(layout=True)

    def _fits_with(self, bar: bool) -> bool:
        """Lay the rows out beside a scrollbar, or without one; whether that is what they need then."""
        self._scroll_bar.shown = bar
        self._width = max(self.size.width - bar, 0)
        self._laid.clear()
        self._strips.forget()
        self._ends = self._heights()
        return self._overflows == bar

    @property
    def _overflows(self) -> bool:
        """Whether there are more lines than the window has."""
        return 0 < self.size.height < self._reach()

    def _heights(self) -> Sequence[int]:
        """Where the rows end, in lines."""
        if isinstance(self.rows, Many):
            return range(self.rows.height, self.rows.height * len(self.rows) + 1, self.rows.height)
        return list(accumulate(self._height(n, row) for n, row in enumerate(self.rows)))

    def _height(self, n: int, row: Row) -> int:
        if row.height is not None:
            return row.height
        # Before the width is known, no line is laid out for it.
        if self._width <= 0:
            return 1
        return row.measure(self._room) if row.measure is not None else len(self._lines(n))

    @property
    def _room(self) -> int:
        """Cells of a line for what a row says."""
        return max(self._width - 2, 1)

    def _reach(self) -> int:
        """Lines of all rows."""
        return self._ends[-1] if self._ends else 0

    def _lines(self, n: int) -> Sequence[Line]:
        if (lines := self._laid.get(n)) is None:
            if len(self._laid) > 512:
                self._laid.clear()
            lines = self._laid[n] = self.rows[n].lines(self._room)
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
        shown = self._scroll_bar.shown
        if self.size != self._measured and (
            self.size.width - shown != self._width or self._overflows != shown
        ):
            self._measure()
            self.refresh()
        if self.size.width != self._before:
            self._before = self.size.width
            self.call_after_refresh(self._see)

    @property
    def allow_vertical_scroll(self) -> bool:
        # Textual asks whether it shows a scrollbar of its own.
        return self.max_scroll_y > 0

    def render_lines(self, crop: Region) -> list[Strip]:
        if self.size != self._measured and self._overflows != self._scroll_bar.shown:
            self._measure()
        self._strips.begin()
        if self.styles.gutter:
            self._painting = True
            try:
                return super().render_lines(crop)
            finally:
                self._painting = False
        # Not by way of Textual's own, which looks at every line for borders, padding and tints that there are none of here, and keeps
        # another copy of each.
        strips = self._paint(crop.line_range)
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        if not self._painting:
            self._strips.begin()
        return self._paint(range(y, y + 1))[0]

    def _paint(self, window: range) -> list[Strip]:
        width = self.size.width
        strips, top = self._strips, self.scroll_offset.y
        cursor = self.has_focus or self.has_class("active")
        bar = strips.edge(self._scroll_bar)
        # Still laid out for another width: the rows' places are the old ones for a moment, what they say is not.
        room = max(width - self._scroll_bar.shown, 0)
        painted: list[Strip] = []
        for y in window:
            n = bisect_right(self._ends, top + y)
            # Before the width is known, the places of the rows are not either.
            if n >= len(self.rows) or room <= 0:
                painted.append(strips.blank(width))
                continue
            lines = self._lines(n) if room == self._width else self.rows[n].lines(max(room - 2, 1))
            part = top + y - self._top(n)
            here = cursor and n == self._at and part < len(lines) - self.rows[n].gap
            cell = bar[y] if y < len(bar) else None
            line = lines[part] if part < len(lines) else ()
            if room == self._width:
                painted.append(strips.of(n, part, here, cell, line, width))
            else:
                painted.append(strips.paint(line, here, cell, width))
        return painted

    def notify_style_update(self) -> None:
        self._strips.restyle()
        super().notify_style_update()

    # ── the mouse ────────────────────────────────────────────────────────────────────────────────

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._scroll_bar.down(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._scroll_bar.move(event)

    def on_mouse_up(self) -> None:
        self._scroll_bar.up()

    def on_mouse_release(self) -> None:
        # Also where a screen that has come over this one has taken the mouse.
        self._scroll_bar.up()

    def on_leave(self) -> None:
        self._scroll_bar.leave()

    def on_click(self, event: events.Click) -> None:
        if self._scroll_bar.pressed:
            return
        n = bisect_right(self._ends, event.get_content_offset_capture(self).y + self.scroll_offset.y)
        if n < len(self.rows) and self.rows[n].pickable:
            self._move_to(n, 1)
            if event.chain == 2 or not self.can_focus:
                self.choose()

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
            y = self._top(self._at) + by * max(self.size.height - 1, 1)
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
