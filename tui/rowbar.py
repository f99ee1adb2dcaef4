"""The scrollbar of a list: its last column, painted along with its lines, in Textual's own glyphs and colours.

As a widget beside the list, as Textual has it, it would be painted as often at several times the cost, and the whole screen laid out anew
whenever it comes or goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.scrollbar import ScrollBarRender

if TYPE_CHECKING:
    from textual.filter import LineFilter

    from tui.rows import RowList


class Bar:
    """Of one list. `shown` says whether it has the last column."""

    def __init__(self, rows: RowList) -> None:
        self._rows = rows
        self.shown = False
        self.pressed = False
        """Whether it was what the mouse was last pressed on: the click that follows is no row's."""
        self._held: tuple[int, float] | None = None
        """Where it was taken hold of (line of the screen), and how far the list was scrolled then."""
        self._over = False
        self._painted: tuple[tuple[object, ...], list[Segment]] = ((), [])

    def cells(self, base: Style, ground: Color, filters: Sequence[LineFilter]) -> list[Segment]:
        """One for each line of the list, from the top of its window.

        Args:
            base: how the list looks.
            ground: the colour behind it.
            filters: what all that is sent to the terminal goes through.
        """
        rows = self._rows
        styles = rows.styles
        if self._held is not None:
            back, thumb = styles.scrollbar_background_active, styles.scrollbar_color_active
        elif self._over:
            back, thumb = styles.scrollbar_background_hover, styles.scrollbar_color_hover
        else:
            back, thumb = styles.scrollbar_background, styles.scrollbar_color
        # To an eighth of a cell, as glyphs are.
        place = (rows.size.height, rows.virtual_size.height, int(rows.scroll_y * 8) / 8)
        key = (*place, base, ground, back, thumb, *filters)
        if self._painted[0] != key:
            height, total, top = place
            back = ground + back
            found = ScrollBarRender.render_bar(
                height,
                total,
                height if height < total else 0,
                top,
                back_color=back.rich_color,
                bar_color=(back + thumb).rich_color,
            ).segments
            # Without what has Textual's own bar act on the mouse.
            cells = [Segment(text, base + _plain(style)) for text, style, _ in found]
            for one in filters:
                cells = one.apply(cells, ground)
            self._painted = key, cells
        return self._painted[1]

    # ── the mouse ────────────────────────────────────────────────────────────────────────────────

    def _on_it(self, event: events.MouseEvent) -> bool:
        return self.shown and event.get_content_offset_capture(self._rows).x == self._rows.size.width - 1

    def down(self, event: events.MouseDown) -> None:
        """The thumb is taken hold of; above and below it, a page is turned."""
        rows = self._rows
        self.pressed = self._on_it(event)
        if not self.pressed:
            return
        event.stop()
        height, total = rows.size.height, rows.virtual_size.height
        y = event.get_content_offset_capture(rows).y
        size = max(1.0, height * height / total)
        first = rows.scroll_y / max(total - height, 1) * (height - size)
        if y < int(first):
            rows.scroll_page_up()
        elif y >= first + size:
            rows.scroll_page_down()
        else:
            self._held = (int(event.screen_y), rows.scroll_y)
            rows.capture_mouse()
            rows.refresh()

    def move(self, event: events.MouseMove) -> None:
        """Have the list follow the thumb, and the thumb lit while the mouse is over it."""
        rows = self._rows
        if self._held is not None:
            line, top = self._held
            lines = (int(event.screen_y) - line) * rows.virtual_size.height / max(rows.size.height, 1)
            rows.scroll_to(y=top + lines, animate=False, force=True)
        else:
            self._light(self._on_it(event))

    def up(self) -> None:
        """Let go."""
        if self._held is not None:
            self._held = None
            self._rows.release_mouse()
            self._rows.refresh()

    def leave(self) -> None:
        """The mouse is elsewhere."""
        self._light(False)

    def _light(self, over: bool) -> None:
        if over is not self._over:
            self._over = over
            self._rows.refresh()


def _plain(style: Style | None) -> Style:
    return (style or Style.null()).clear_meta_and_links()
