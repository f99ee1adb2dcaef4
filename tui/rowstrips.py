"""Lines of a list as strips, kept until what they say or how they look changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from store.model import COLOURS
from tui.article.widths import cells, shorten, visible

if TYPE_CHECKING:
    from textual.filter import LineFilter

    from tui.rowbar import Bar
    from tui.rows import RowList
    from tui.rowtext import Line

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


_PLAIN = re.compile("[ -~가-힣·…‘’“”]*")
"""What most text is made of, which need not be looked at more closely."""


class Strips:
    """The painted lines of one list. Its lines are told apart by the row, the line of that row, whether the cursor is on it, and the
    scrollbar's cell at its end."""

    def __init__(self, rows: RowList) -> None:
        self._rows = rows
        self._own: dict[str, Style] = {}
        """Names of styles to what they say themselves."""
        self._looks: dict[tuple[str, bool], Style] = {}
        """Names of styles, and whether the cursor is there, to what is sent to the terminal."""
        self._kept: dict[tuple[int, int, bool, Segment | None], Strip] = {}
        self._base = Style.null()
        self._ground = Color(0, 0, 0)
        self._filters: Sequence[LineFilter] = ()

    def begin(self) -> None:
        """Once for all the lines of a paint: Textual looks up through all the widgets around how they look."""
        rows = self._rows
        # Around a list with a border, Textual has the filters as well.
        filters = () if rows.styles.gutter else rows.get_line_filters()
        now = (rows.rich_style, rows.background_colors[1], filters)
        if now != (self._base, self._ground, self._filters):
            self._base, self._ground, self._filters = now
            self._looks.clear()
            self._kept.clear()
        # Of more than two windows, the oldest are painted anew when they are seen again.
        most = max(64, 2 * rows.size.height)
        while len(self._kept) > most:
            del self._kept[next(iter(self._kept))]

    def blank(self, width: int) -> Strip:
        """A line below the last row."""
        return Strip.blank(width, self._look("", False))

    def of(self, n: int, part: int, here: bool, cell: Segment | None, line: Line, width: int) -> Strip:
        """A line of the `n`th row."""
        key = (n, part, here, cell)
        strip = self._kept.get(key)
        if strip is None:
            strip = self._kept[key] = self.paint(line, here, cell, width)
        return strip

    def paint(self, line: Line, here: bool, cell: Segment | None, width: int) -> Strip:
        """A line in `width` cells, of which the first is the cursor's, the last the scrollbar's if it has one, and else blank."""
        segments = [Segment("▌" if here else " ", self._look("accent", here))]
        room = width - 2 - (cell is not None)
        for text, names in line:
            size = cells(text)
            cut = size > room
            if cut:
                text = shorten(text, room)
                size = cells(text)
            if text:
                shown = text if _PLAIN.fullmatch(text) else visible(text)
                segments.append(Segment(shown, self._look(names, here)))
            room -= size
            if cut:
                break
        if room + 1 > 0:
            segments.append(Segment(" " * (room + 1), self._look("", here)))
        if cell is not None:
            segments.append(cell)
        if width < 2 + (cell is not None):
            return Strip(segments).adjust_cell_length(width)
        return Strip(segments, width)

    def forget(self, n: int | None = None) -> None:
        """What the `n`th row says has changed, or what all of them say."""
        if n is None:
            self._kept.clear()
        else:
            for key in [key for key in self._kept if key[0] == n]:
                del self._kept[key]

    def restyle(self) -> None:
        """The theme may be another one."""
        self._own.clear()
        self._looks.clear()
        self._kept.clear()

    def edge(self, bar: Bar) -> list[Segment]:
        """The scrollbar's cells, from the top of the window."""
        return bar.cells(self._base, self._ground, self._filters) if bar.shown else []

    def _look(self, names: str, here: bool) -> Style:
        style = self._looks.get((names, here))
        if style is None:
            plain = self._base + self._style("row") if here else self._base
            plain += self._style(names)
            style = self._looks[names, here] = self._filtered(plain)
        return style

    def _filtered(self, style: Style) -> Style:
        """A style as it is sent to the terminal."""
        segments = [Segment(" ", style)]
        for one in self._filters:
            segments = one.apply(segments, self._ground)
        return segments[0].style or style

    def _style(self, names: str) -> Style:
        if (style := self._own.get(names)) is None:
            style = Style.null()
            variables = self._rows.app.theme_variables
            for name in names.split():
                ink, ground, more = STYLES[name]
                colour = Color.parse(variables[ink]).rich_color if ink else None
                style += (
                    Style(color=colour, bgcolor=Color.parse(variables[ground]).rich_color if ground else None)
                    + more
                )
            self._own[names] = style
        return style
