"""The window on the article: lays it out, scrolls, and keeps the place when the width changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.geometry import Offset, Size
from textual.reactive import reactive
from textual.timer import Timer

from store.model import Article, Placed, Span
from tui.article.canvas import Canvas
from tui.article.marks import Rest
from tui.article.messages import Moved
from tui.article.painter import State
from tui.article.reader import Reader
from tui.article.scene import Scene
from tui.article.turning import turned
from tui.article.units import Units

PIECE = 24
"""Blocks that are wrapped at a time while nothing else is to be done: a few milliseconds."""
PAUSE = 0.01
"""Seconds between two of those pieces."""
EMPTY = Units("", (), ())


class Window(Canvas, inherit_bindings=False):
    """Shows an article and where its reader is; what the reader can do is in `ArticleView`.

    At first, and when the width changes, only what is in the window is wrapped, and the lines around it are counted by a guess. The
    rest follows in pieces, or at once as soon as anything asks for it: for that, all but painting goes by `_scene`.
    """

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
        self.annotations: tuple[Placed, ...] = ()
        self._rest: Rest | None = None
        """Marks that are to be asked for, as soon as anything wants more than those around the place where the reader began."""
        self.lost_key = ""
        """The key that shows marks which have lost their place, as it is told with their number."""
        self.tags: tuple[str, ...] = ()
        """Tags of the article itself; shown with the marks."""
        self._colours: dict[str, str] = {}
        self._reader = Reader(EMPTY)
        self._seen = 0
        """To where the article has been in sight without a gap."""
        self._read = 0
        """To where it has been read."""
        self._turned = False
        """Whether the window has moved since the article was opened."""
        self._query = ""
        self._wanted: int | None = None  # an offset to bring into view once the width is known
        self._wrapping: Timer | None = None
        """While not everything is wrapped."""
        self._placing = False
        self._height = 0
        """Lines of the window when its size changed last."""

    # ── what is shown ────────────────────────────────────────────────────────────────────────────

    @property
    def _room(self) -> Size:
        """The window's size; while it is not to be seen, the one that it had last, so that what is gone to then is in sight later."""
        return self.size or self.container_size

    @property
    def laid_out(self) -> bool:
        """Whether there is anything of the article to be painted."""
        return self._laid is not None

    @property
    def _scene(self) -> Scene | None:
        """What is laid out, all of it."""
        self._finish()
        return self._laid

    def set_annotations(self, annotations: Sequence[Placed]) -> None:
        """Show these marks instead; only the rows that change are painted again."""
        self._rest = None
        self.annotations = tuple(annotations)
        scene = self._laid
        if scene is None:
            return
        keep = self._reader.point
        on_window = scene.flow.line_at(keep) - self.scroll_offset.y
        spans, moved = scene.set_annotations(self.annotations, self.tags)
        if moved:
            self._signs = None
            self._strips.clear()
            self.virtual_size = Size(self._room.width, scene.flow.height)
            self._place(scene.flow.line_at(keep) - on_window)
            self.refresh()
        else:
            self._repaint(spans)
            self._repaint_lines(range(len(scene.head)))
            self._repaint_map()

    def _read_rest(self, start: int, end: int) -> None:
        """Have the marks on `[start, end)` here."""
        rest = self._rest
        if rest is not None and not rest.start <= start <= end <= rest.end:
            self.set_annotations(rest.read())

    def _build(self, keep: tuple[int, int] | None = None) -> None:
        """Lay out everything anew.

        Args:
            keep: an offset, and the line of the window on which it is to stand; else the caller says by `_wanted` where the window goes.
        """
        self._strips.clear()
        self._signs = None
        self._stop_wrapping()
        if self.article is None:
            self._laid = None
            self.virtual_size = Size(self.size.width, 0)
            self.refresh()
            return
        room = self._room
        if not room.width:
            return
        self._laid = scene = Scene(
            self.article,
            self.annotations,
            self._rest.starts if self._rest is not None else (),
            colours=self._colours,
            width=room.width,
            text_width=self.text_width,
            spacing=self.spacing,
            labels=self.show_tags,
            removed=self.show_removed,
            paint=self._palette,
            lost_key=self.lost_key,
            tags=self.tags,
        )
        self._reader.removed_at = scene.removed_at
        if self._reader.removed is not None and not self._reader.removed_at:
            self._reader.go_to(self._reader.cursor.start)
        self._sync()
        if self._wanted is not None:
            keep = self._wanted, room.height // 3 if self._wanted > 0 else -1
            self._wanted = None
        at, line = keep or (0, -1)
        whole = scene.layout.rows.more(PIECE)
        scene.flow.wrap_around(max(0, at) if line >= 0 else 0, 2 * room.height)
        self.virtual_size = Size(room.width, scene.flow.height)
        if keep is not None:
            self._place(scene.flow.line_at(at) - line if line >= 0 else 0)
        if not whole:
            self._wrapping = self.set_interval(PAUSE, self._wrap_more)
        self.refresh()
        self._after()

    def _wrap_more(self) -> None:
        """A piece of what is not wrapped yet. Not before all marks are here: where they are, some would be wrapped once more."""
        if self._rest is None and (self._laid is None or self._laid.layout.rows.more(PIECE)):
            self._wrap_all()

    def _stop_wrapping(self) -> None:
        if self._wrapping is not None:
            self._wrapping.stop()
            self._wrapping = None

    def _finish(self) -> None:
        """Have all marks here, and wrap what is not wrapped yet; what is in the window stands still."""
        if self._rest is not None:
            self.set_annotations(self._rest.read())
        self._wrap_all()

    def _wrap_all(self) -> None:
        scene = self._laid
        if scene is None or self._wrapping is None:
            return
        self._stop_wrapping()
        flow, top = scene.flow, self.scroll_offset.y
        block, row = flow.row_near(top)
        before = flow.line_of(block, row) if block >= 0 else 0
        scene.layout.rows.more(len(scene.layout.blocks))
        height = flow.height
        flow.measure()
        shift = flow.line_of(block, row) - before if block >= 0 else 0
        if shift or flow.height != height:
            self._signs = None
            self._forget_lines()
            self.virtual_size = Size(self._room.width, flow.height)
            self._scroll(top + shift)
            self.refresh()

    def _rebuild(self) -> None:
        """Lay out anew and keep the place: the cursor stays on its line of the window and in sight, or else the first row stays."""
        scene, height = self._laid, self._room.height
        if scene is None:
            self._build()
            return
        top = self.scroll_offset.y
        keep = self._reader.point
        line = scene.flow.line_at(keep)
        # It was in sight in the window as it was: that may have been higher.
        in_sight = top <= line < top + max(height, self._height)
        if not in_sight:
            keep = scene.flow.offset_near(top)
            line = scene.flow.line_at(keep)
        self._build((keep, min(line - top, max(0, height - 1)) if top > 0 else -1))
        if in_sight:
            self._bring_into_view()

    def revise(
        self, article: Article, annotations: Iterable[Placed], *, offset: int, removed: int | None = None
    ) -> None:
        """Show the article as it has become, the cursor on the sentence at `offset`, or on that line of `Article.removed` where those are
        shown; what it is on stays on the cursor's line of the window."""
        on_window = self._line() - self.scroll_offset.y
        seen = self.progress
        self.article, self.annotations, self._rest = article, tuple(annotations), None
        self._reader = Reader(Units(article.text, article.blocks, article.sentences), offset)
        self._state, self._query, self._wanted = State(), "", None
        self._seen = self._read = round(seen * len(article.text))
        self._build((offset, on_window))
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
        """How far the article has been read, 0 to 1: to the cursor or the top of the window, whichever is further; all of it when the
        cursor has come to the last sentence, or the window to the end. What is only in sight, as when it is opened, has not been read."""
        length = len(self.units.text)
        return min(1.0, self._read / length) if length else 0.0

    @property
    def position(self) -> float:
        """How far down the article the reader is, 0 to 1: at the cursor, or, where that is out of sight, at the window's top; at 1 on the
        last sentence, or with the window turned to the end."""
        scene, length = self._laid, len(self.units.text)
        if scene is None or not length:
            return 0.0
        if self.cursor.end >= length or (self._turned and self._at_end(scene)):
            return 1.0
        top, point = self.scroll_offset.y, self._reader.point
        seen = top <= scene.flow.line_at(point) < top + self.size.height
        return min(1.0, (point if seen else scene.offset_of(top)) / length)

    def _at_end(self, scene: Scene) -> bool:
        """Whether the last of the text is in the window."""
        return self.scroll_offset.y + self.size.height >= scene.flow.height - len(scene.flow.before[-1])

    @property
    def lost(self) -> int:
        """How many marks have lost their place."""
        return self._laid.lost if self._laid is not None else 0

    @property
    def removed_at_cursor(self) -> int | None:
        """Index in `Article.removed` of the line that the cursor is on."""
        scene, index = self._laid, self._reader.removed
        return scene.removed_index[index] if scene is not None and index is not None else None

    def _sync(self) -> None:
        self._state.cursor = self._reader.cursor
        self._state.selection = self._reader.selection
        self._state.removed = self.removed_at_cursor

    # ── the window ───────────────────────────────────────────────────────────────────────────────

    def _place(self, line: int) -> None:
        """Scroll with what is in the window: nothing else is asked for."""
        self._placing = True
        self._scroll(line)
        self._placing = False

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=max(0, line), animate=False)

    def _bring_into_view(self, span: Span | None = None, *, jump: bool = False) -> None:
        """Scroll when the cursor, with some lines around it, is not in the window: to a quarter of it, after a `jump` to a third."""
        scene, height = self._laid, self._room.height
        if scene is None or height <= 0:
            return
        if span is None:
            point = self._reader.point
            whole = self.selection is None
            span = self.cursor if whole else Span(start=point, end=point + 1)
        if scene.layout.blocks and not scene.layout.rows.known(scene.layout.block_at(span.start)):
            self._finish()  # far from what is wrapped: its line is a guess
        first, last = scene.flow.lines(span.start, span.end)
        if self._state.removed is not None:
            lines = scene.flow.lines_of_removed(self._state.removed)
            first, last = (lines.start, lines.stop - 1) if lines else (first, last)
        target = turned(first, last, self.scroll_offset.y, height, len(scene.head), jump=jump)
        if target is not None:
            self._scroll(target)

    def _after(self) -> None:
        """After anything moved: what has been seen, the terminal's cursor, and the message."""
        self._look()
        self._place_terminal_cursor()
        self.post_message(Moved(self, self.passage, self.progress))

    def _look(self) -> None:
        scene = self._laid
        if scene is None or not self.size.height:
            return
        top = self.scroll_offset.y
        bottom = top + self.size.height
        # Only what follows on what has been seen: what a jump passed over has not been read.
        first = scene.offset_of(top)
        if first > self._seen:
            return
        if self._at_end(scene):
            self._seen = len(self.units.text)
            if self._turned or self.cursor.end >= self._seen:
                self._read = self._seen
        else:
            block, row = scene.flow.row_near(bottom)
            if block >= 0:
                self._seen = max(self._seen, scene.layout.rows[block][row].start)
        point = self._reader.point
        self._read = max(self._read, first, point if point <= self._seen else 0)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        # Not by way of Textual's own: that turns a scrollbar as well, which is not to be seen, and whatever is dirty and not to be seen
        # has the whole screen laid out anew.
        if not self._placing:
            self._finish()
        if round(old_value) != round(new_value):
            self.refresh(self.size.region)
            self._turned |= not self._placing
            self._after()

    def on_resize(self, event: events.Resize) -> None:
        scene = self._laid
        if scene is None:
            self._build()
        elif scene.width != self.size.width:
            self._rebuild()
        else:
            self._signs = None
            top, before = self.scroll_offset.y, self._height
            if top <= scene.flow.line_at(self._reader.point) < top + before:
                self._bring_into_view()  # what was not in sight, as under a long head, need not be now
            self._after()
        self._height = self.size.height

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
        scene = self._laid
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
