"""Painting the window on the article: rows as strips, kept until they change; only rows that changed are painted again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Self

from rich.segment import Segment
from textual.cache import LRUCache
from textual.geometry import Region
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from store.model import Article, Span
from tui.article import scrollmap
from tui.article.flow import BLANK, Place
from tui.article.head import pieces
from tui.article.layout import rows_of
from tui.article.painter import State
from tui.article.palette import Palette
from tui.article.scene import Scene
from tui.article.widths import cells

FLASH = 0.7
"""Seconds for which a passage that was jumped to is lit."""
_STRIPS = 96
"""Rows that stay painted at least: those of two windows, unless they are very high."""
_BELOW = Place(-1, -1, BLANK)


class Sight(NamedTuple):
    """What is in the window while it is painted: its size, its first line, the lines that there are, the thumb."""

    width: int
    height: int
    top: int
    total: int
    thumb: range


class Canvas(ScrollView, inherit_bindings=False):
    """Paints what is laid out."""

    ALLOW_SELECT = False
    instead: reactive[str] = reactive("", init=False)
    """A line that is shown while there is no article."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        self._lines: dict[int, Strip] = {}
        """Lines of the window that stay as they are until somebody wants them painted again; see `refresh`."""
        self._lines_of: tuple[object, ...] = ()
        """What all of them depend on."""
        super().__init__(name=name, id=id, classes=classes)
        self.article: Article | None = None
        self._laid: Scene | None = None
        """What is laid out; perhaps only around the place where the reader is."""
        self._palette = Palette(self)
        self._strips: LRUCache[tuple[int, int], dict[scrollmap.Cell, Strip]] = LRUCache(_STRIPS)
        self._sight: Sight | None = None
        self._signs: dict[int, str] | None = None
        self._state = State()
        self._flash_timer: Timer | None = None

    def on_mount(self) -> None:
        # Ours is part of every line. Set here, so that no stylesheet of an app's brings Textual's back.
        self.styles.scrollbar_size_vertical = 0
        self.styles.scrollbar_size_horizontal = 0

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        if repaint and regions:
            for region in regions:
                for y in region.line_range:
                    self._lines.pop(y, None)
        elif repaint:
            self._lines.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        # Not by way of Textual's own, which looks at every line for borders, padding and tints that there are none of here, and keeps
        # another copy of each. It asks for all lines of the window whenever one of them is to be painted.
        ground, filters = self.background_colors[1], self.get_line_filters()
        on = (self.size, ground, *filters)
        if on != self._lines_of:
            self._lines_of = on
            self._lines.clear()
        lines = self._lines
        if missing := [y for y in crop.line_range if y not in lines]:
            self._sight = self._see()
            try:
                for y in missing:
                    strip = self.render_line(y)
                    for one in filters:
                        strip = strip.apply_filter(one, ground)
                    lines[y] = strip
            finally:
                self._sight = None
        strips = [lines[y] for y in crop.line_range]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _see(self) -> Sight:
        size, scene = self.size, self._laid
        # Fewer than there are in a window would all be painted at each of its turns.
        self._strips.grow(2 * size.height)
        total = scene.flow.height if scene is not None else 0
        top = self.scroll_offset.y
        if self._signs is None and scene is not None:
            self._signs = self._map_signs(scene)
        return Sight(size.width, size.height, top, total, scrollmap.thumb(top, size.height, total))

    def _map_signs(self, scene: Scene) -> dict[int, str]:
        hits = [hit.start for hit in self._state.hits]
        return scrollmap.signs(self.size.height, scene.flow.height, scene.offset_of, scene.starts, hits)

    def _repaint_map(self) -> None:
        """Paint the cells of the column at the right edge whose sign is another one now: one column from top to bottom would have all
        beside it painted as well."""
        scene, before = self._laid, self._signs
        if scene is None or before is None:
            self.refresh()
            return
        self._signs = now = self._map_signs(scene)
        for y in range(self.size.height):
            if before.get(y) != now.get(y):
                self.refresh(Region(self.size.width - 1, y, 1, 1))

    def _without_article(self, y: int, sight: Sight) -> Strip:
        """A line of the window while nothing is laid out."""
        width = max(sight.width - 4, 1)
        lines = pieces(self.instead, width) if self.article is None else []
        row = y - sight.height // 3
        text = lines[row] if 0 <= row < len(lines) else ""
        left = max(0, (sight.width - cells(text)) // 2)
        strip = Strip([Segment(" " * left, self._palette("text")), Segment(text, self._palette("meta"))])
        return strip.adjust_cell_length(sight.width, self._palette("text"))

    def render_line(self, y: int) -> Strip:
        sight = self._sight or self._see()
        scene = self._laid
        if scene is None:
            return self._without_article(y, sight)
        edge = scrollmap.cell(y, sight.thumb, self._signs or {}, sight.total, sight.height)
        line = sight.top + y
        place = _BELOW if line >= sight.total else scene.flow.at(line)
        # Ready-made lines are told apart by where they stand; a blank one is like any other.
        key = (place.block, place.row) if place.row >= 0 else (-1, line if place.line.runs else -1)
        strips = self._strips.get(key)
        if strips is None:
            strips = self._strips[key] = {}
        strip = strips.get(edge)
        if strip is None:
            painter = scene.painter
            text = painter.row(*key, self._state) if place.row >= 0 else painter.line(place.line, self._state)
            strip = strips[edge] = Strip(
                [*text, Segment(edge.char, self._palette("text", edge.style))], sight.width
            )
        return strip

    def _repaint(self, spans: Iterable[Span]) -> None:
        """Paint the rows of these ranges again, as far as they are in the window."""
        scene = self._laid
        if scene is None:
            return
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        if not self._strips:
            self.refresh()
            return
        lines: set[int] = set()
        for span in spans:
            for key in rows_of(scene.layout, span.start, span.end):
                self._strips.discard(key)
                line = scene.flow.line_of(*key)
                if top <= line < bottom:
                    lines.add(line)
        self._refresh_lines(lines)

    def _refresh_lines(self, lines: Iterable[int]) -> None:
        """Have lines of the window painted: in one call, each of which costs as much as some lines."""
        top, width = self.scroll_offset.y, self.size.width
        if regions := [Region(0, line - top, width, 1) for line in sorted(lines)]:
            self.refresh(*regions)

    def _repaint_lines(self, lines: range) -> None:
        """Paint ready-made lines again."""
        top = self.scroll_offset.y
        for line in lines:
            self._strips.discard((-1, line))
        self._refresh_lines(line for line in lines if top <= line < top + self.size.height)

    def _forget_lines(self) -> None:
        """Ready-made lines stand elsewhere now."""
        for key in [key for key in self._strips.keys() if key[0] < 0]:  # noqa: SIM118 (no mapping)
            self._strips.discard(key)

    def _flash(self, span: Span) -> None:
        if self._flash_timer is not None:
            self._flash_timer.stop()
        self._unflash()
        self._state.flash = span
        self._repaint([span])
        self._flash_timer = self.set_timer(FLASH, self._unflash)

    def _unflash(self) -> None:
        span, self._state.flash = self._state.flash, None
        if span is not None:
            self._repaint([span])

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._palette.clear()
        self._strips.clear()
        self.refresh()
