"""The window on the article: lays it out, paints the rows that changed, scrolls, and keeps the place when the width changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.geometry import Offset, Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from store.model import Annotation, Article, Span
from tui.article import scrollmap
from tui.article.flow import BLANK, Place
from tui.article.layout import rows_of
from tui.article.messages import Moved
from tui.article.painter import State
from tui.article.palette import COMPONENTS, Palette
from tui.article.reader import Reader
from tui.article.scene import Scene
from tui.article.units import Units

FLASH = 0.7
"""Seconds for which a passage that was jumped to is lit."""
CONTEXT = 3
"""Lines that are kept in sight above and below the cursor where the window is high enough."""
_STRIPS = 2048
_BELOW = Place(-1, -1, BLANK)
EMPTY = Units("", (), ())


class Sight(NamedTuple):
    """What is in the window while it is painted: its size, its first line, the lines that there are, the thumb."""

    width: int
    height: int
    top: int
    total: int
    thumb: range


class Window(ScrollView, inherit_bindings=False):
    """Shows an article and where its reader is; what the reader can do is in `ArticleView`."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)

    text_width: reactive[int] = reactive(76, init=False)
    """Cells of the text column at most; it is centred in the rest."""
    spacing: reactive[int] = reactive(0, init=False)
    """Blank lines between the rows of a paragraph, 0 to 2."""
    show_removed: reactive[bool] = reactive(False, init=False)
    """Whether the lines that were left out of the article are shown, dimmed, where they stood."""
    show_tags: reactive[bool] = reactive(True, init=False)
    """Whether tags and the sign of a note are written after marked passages."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.article: Article | None = None
        self.annotations: tuple[Annotation, ...] = ()
        self._colours: dict[str, str] = {}
        self._reader = Reader(EMPTY)
        self._scene: Scene | None = None
        self._palette = Palette(self)
        self._strips: LRUCache[tuple[int, int], dict[scrollmap.Cell, Strip]] = LRUCache(_STRIPS)
        self._sight: Sight | None = None
        self._signs: dict[int, str] | None = None
        self._state = State()
        self._seen = 0
        self._query = ""
        self._flash_timer: Timer | None = None
        self._wanted: int | None = None  # an offset to bring into view once the width is known

    def on_mount(self) -> None:
        # Ours is part of every line. Set here, so that no stylesheet of an app's brings Textual's back.
        self.styles.scrollbar_size_vertical = 0
        self.styles.scrollbar_size_horizontal = 0

    # ── what is shown ────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        """Wrap and lay out everything anew; the caller says where the window goes by `_wanted`."""
        self._strips.clear()
        self._signs = None
        if self.article is None:
            self._scene = None
            self.virtual_size = Size(self.size.width, 0)
            self.refresh()
            return
        if not self.size.width:
            return
        old = self._scene
        self._scene = Scene(
            self.article,
            self.annotations,
            colours=self._colours,
            width=self.size.width,
            text_width=self.text_width,
            spacing=self.spacing,
            labels=self.show_tags,
            removed=self.show_removed,
            paint=self._palette,
            cell=old.layout.plain if old is not None and old.article is self.article else None,
        )
        self._reader.removed_at = self._scene.removed_at
        if self._reader.removed is not None and not self._reader.removed_at:
            self._reader.go_to(self._reader.cursor.start)
        self._sync()
        self.virtual_size = Size(self.size.width, self._scene.flow.height)
        if self._wanted is not None:
            at, self._wanted = self._wanted, None
            self._scroll(0 if at <= 0 else self._scene.flow.line_at(at) - self.size.height // 3)
        self.refresh()
        self._after()

    def _rebuild(self) -> None:
        """Lay out anew and keep the place: the cursor stays on its line of the window, or else the first row does."""
        scene, height = self._scene, self.size.height
        if scene is None:
            self._build()
            return
        top = self.scroll_offset.y
        keep = self._reader.point
        line = scene.flow.line_at(keep)
        if not top <= line < top + height:
            block, row = scene.flow.row_near(top)
            keep = scene.layout.rows[block][row].start if block >= 0 else 0
            line = scene.flow.line_at(keep)
        on_window = line - top
        at_top = top == 0
        self._build()
        if self._scene is not None:
            self._scroll(0 if at_top else self._scene.flow.line_at(keep) - on_window)

    def revise(
        self, article: Article, annotations: Iterable[Annotation], *, offset: int, removed: int | None = None
    ) -> None:
        """Show the article as it has become, the cursor on the sentence at `offset`, or on that line of `Article.removed` where those are
        shown; what it is on stays on the cursor's line of the window."""
        on_window = self._line() - self.scroll_offset.y
        seen = self.progress
        self.article, self.annotations = article, tuple(annotations)
        self._reader = Reader(Units(article.text, article.blocks, article.sentences), offset)
        self._state, self._query, self._wanted = State(), "", None
        self._seen = round(seen * len(article.text))
        self._build()
        if self._scene is None:
            self._wanted = offset
            return
        if removed in self._scene.removed_index:
            self._reader.on_removed(self._scene.removed_index.index(removed))
            self._sync()
        self._scroll(self._line() - on_window)
        self._bring_into_view()
        self._after()

    def _line(self) -> int:
        """The line that the cursor begins on."""
        scene, removed = self._scene, self._state.removed
        if scene is None:
            return 0
        lines = scene.flow.lines_of_removed(removed) if removed is not None else None
        return lines.start if lines else scene.flow.line_at(self._reader.point)

    # ── where the reader is ──────────────────────────────────────────────────────────────────────

    @property
    def units(self) -> Units:
        return self._reader.units

    @property
    def cursor(self) -> Span:
        """The sentence under the cursor, or what it was grown or shrunk to. Empty on a line left out, and without text."""
        return self._reader.cursor

    @property
    def selection(self) -> Span | None:
        return self._reader.selection

    @property
    def passage(self) -> Span:
        """The selection or the cursor: what an act applies to."""
        return self._reader.passage

    @property
    def progress(self) -> float:
        """How far the article has been seen, 0 to 1."""
        length = len(self.units.text)
        return min(1.0, self._seen / length) if length else 0.0

    @property
    def removed_at_cursor(self) -> int | None:
        """Index in `Article.removed` of the line that the cursor is on."""
        scene, index = self._scene, self._reader.removed
        return scene.removed_index[index] if scene is not None and index is not None else None

    def _sync(self) -> None:
        self._state.cursor = self._reader.cursor
        self._state.selection = self._reader.selection
        self._state.removed = self.removed_at_cursor

    # ── painting ─────────────────────────────────────────────────────────────────────────────────

    def render_lines(self, crop: Region) -> list[Strip]:
        self._sight = self._see()
        try:
            return super().render_lines(crop)
        finally:
            self._sight = None

    def _see(self) -> Sight:
        size, scene = self.size, self._scene
        total = scene.flow.height if scene is not None else 0
        top = self.scroll_offset.y
        if self._signs is None and scene is not None:
            hits = [hit.start for hit in self._state.hits]
            self._signs = scrollmap.signs(size.height, total, scene.offset_of, scene.marks.starts, hits)
        return Sight(size.width, size.height, top, total, scrollmap.thumb(top, size.height, total))

    def render_line(self, y: int) -> Strip:
        sight = self._sight or self._see()
        scene = self._scene
        if scene is None:
            return Strip.blank(sight.width, self._palette("text"))
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
        scene = self._scene
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
        for line in sorted(lines):
            self.refresh_line(line)

    def _repaint_lines(self, lines: range) -> None:
        """Paint ready-made lines again."""
        for line in lines:
            self._strips.discard((-1, line))
            self.refresh_line(line)

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

    # ── the window ───────────────────────────────────────────────────────────────────────────────

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=max(0, line), animate=False)

    def _bring_into_view(self, span: Span | None = None, *, jump: bool = False) -> None:
        """Scroll when the cursor, with some lines around it, is not in the window: to a quarter of it, after a `jump` to a third."""
        scene, height = self._scene, self.size.height
        if scene is None or height <= 0:
            return
        if span is None:
            point = self._reader.point
            whole = self.selection is None
            span = self.cursor if whole else Span(start=point, end=point + 1)
        first, last = scene.flow.lines(span.start, span.end)
        if self._state.removed is not None:
            lines = scene.flow.lines_of_removed(self._state.removed)
            first, last = (lines.start, lines.stop - 1) if lines else (first, last)
        context = min(CONTEXT, max(0, (height - (last - first + 1)) // 2))
        top = self.scroll_offset.y
        if first - context >= top and last + context < top + height:
            return
        if first < top or last >= top + height or not jump:
            # The text stands still while the cursor goes through it; then it turns by most of a window.
            up = first - context < top and not jump
            target = last + 1 - height * 3 // 4 if up else first - height // (3 if jump else 4)
            if up:
                target = max(min(target, first - context), last + context - height + 1)
            else:
                target = min(max(target, last + context - height + 1), first - context)
        else:
            return
        if first <= len(scene.head) and last + context < height:
            target = 0
        self._scroll(target)

    def _after(self) -> None:
        """After anything moved: what has been seen, the terminal's cursor, and the message."""
        self._look()
        self._place_terminal_cursor()
        self.post_message(Moved(self, self.passage, self.progress))

    def _look(self) -> None:
        scene = self._scene
        if scene is None or not self.size.height:
            return
        top = self.scroll_offset.y
        bottom = top + self.size.height
        # Only what follows on what has been seen: what a jump passed over has not been read.
        if scene.offset_of(top) > self._seen:
            return
        if bottom >= scene.flow.height - len(scene.flow.before[-1]):
            self._seen = len(self.units.text)
        else:
            block, row = scene.flow.row_near(bottom)
            if block >= 0:
                self._seen = max(self._seen, scene.layout.rows[block][row].start)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._after()

    def on_resize(self, event: events.Resize) -> None:
        scene = self._scene
        if scene is None:
            self._build()
        elif scene.width != self.size.width:
            self._rebuild()
        else:
            self._signs = None
            self._bring_into_view()
            self._after()

    def watch_text_width(self) -> None:
        self._rebuild()

    def watch_spacing(self) -> None:
        self._rebuild()

    def watch_show_removed(self) -> None:
        self._rebuild()

    def watch_show_tags(self) -> None:
        self._rebuild()

    def validate_text_width(self, width: int) -> int:
        return min(200, max(20, width))

    def validate_spacing(self, spacing: int) -> int:
        return min(2, max(0, spacing))

    def _place_terminal_cursor(self) -> None:
        """Put the terminal's own cursor where the reader is: an input method shows there what is being typed."""
        if self.has_focus and self.is_attached:
            self.app.cursor_position = self.cursor_screen_offset

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the screen where the reader is, as near as it is in the window."""
        scene = self._scene
        x = y = 0
        if scene is not None and scene.layout.blocks:
            block, row = scene.layout.row_at(self._reader.point)
            x = scene.frame.text + scene.layout.cell_of(block, row, self._reader.point)
            y = scene.flow.line_of(block, row) - self.scroll_offset.y
        region = self.content_region
        return Offset(
            region.x + min(max(x, 0), max(0, region.width - 1)),
            region.y + min(max(y, 0), max(0, region.height - 1)),
        )

    def on_focus(self) -> None:
        self._place_terminal_cursor()
