"""The article on the screen: a widget on the line API over the pure modules of this package.

It knows no library: it is handed records, and posts messages. Only rows that changed are painted again; the text is wrapped again only
when the width of the column changes, and the place is kept by offset.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual import events

from store.model import Article, Placed, Span
from tui.article import messages, scrollmap
from tui.article.finding import find_all
from tui.article.marks import Mark, Rest, best
from tui.article.painter import State
from tui.article.palette import STYLESHEET
from tui.article.pointer import Pointer
from tui.article.reader import Reader
from tui.article.turning import CONTEXT
from tui.article.units import Unit, Units
from tui.article.window import EMPTY, Window


class ArticleView(Window, can_focus=True, inherit_bindings=False):
    """An article with a sentence cursor, free selection, marks and search hits.

    It has no key bindings: whoever shows it calls its methods.
    """

    DEFAULT_CSS = STYLESHEET

    Moved = messages.Moved
    Selected = messages.Selected
    MarkPicked = messages.MarkPicked
    RemovedPicked = messages.RemovedPicked

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._pointer = Pointer(self)
        self._meant: tuple[str, Span] | None = None
        """The mark that was last gone to, made or written on, and the passage at that time: what acts apply to while it stays."""

    # ── what is shown ────────────────────────────────────────────────────────────────────────────

    def show(
        self,
        article: Article | None,
        annotations: Sequence[Placed],
        *,
        offset: int = 0,
        progress: float = 0.0,
        rest: Rest | None = None,
    ) -> None:
        """Show an article with its marks, the cursor on the sentence at `offset`; None shows nothing.

        Args:
            progress: how far it had been read before, 0 to 1.
            rest: where these are not all of its marks: how to get them, if they are wanted before `set_annotations` brings them.
        """
        self.article = article
        self.annotations = tuple(annotations)
        self._rest = rest
        units = Units(article.text, article.blocks, article.sentences) if article else EMPTY
        self._reader = Reader(units, offset)
        self._state = State()
        self._query = ""
        self._meant = None
        self._seen = self._read = round(progress * len(units.text))
        self._turned = False
        self._wanted = offset
        self._laid = None
        self._build()

    def set_tag_colours(self, colours: Mapping[str, str]) -> None:
        """Colours of tags: tag name to a name of `store.model.COLOURS`."""
        if dict(colours) == self._colours:
            return
        self._colours = dict(colours)
        if self._laid is not None:
            self._laid.painter.colours = self._colours
            self._strips.clear()
            self.refresh()

    # ── moving ───────────────────────────────────────────────────────────────────────────────────

    def _act(self, act: Callable[[], object], *, scroll: bool = True) -> None:
        """Do something with the reader's place, then paint what changed and tell."""
        before = self._state.cursor, self._state.selection, self._state.removed
        act()
        self._sync()
        state = self._state
        if (state.cursor, state.selection, state.removed) == before:
            if scroll:
                self._bring_into_view()  # also at the last sentence, when one has scrolled away from it
            return
        self._meant = None
        changed = [span for span in (*before[:2], state.cursor, state.selection) if span is not None]
        self._repaint(changed)
        if before[2] != state.removed and self._scene is not None:
            for index in (before[2], state.removed):
                if index is not None:
                    self._repaint_lines(self._scene.flow.lines_of_removed(index))
        if scroll:
            self._bring_into_view()
        if before[1] != state.selection:
            self.post_message(self.Selected(self, state.selection))
        self._after()

    def move(self, unit: Unit, by: int) -> None:
        """Move the cursor, or the moving end of the selection, by so many units."""
        self._act(lambda: self._reader.move(unit, by))

    def grow(self) -> None:
        """To the next larger range: 어절, sentence, paragraph."""
        self._act(self._reader.grow)

    def shrink(self) -> None:  # type: ignore[override]
        """Back from what was grown, else to a smaller unit."""
        self._act(self._reader.shrink)

    def toggle_select(self) -> None:
        """Begin a free selection with the cursor's range, or drop it."""
        self._act(self._reader.toggle_select)

    def drop(self) -> bool:
        """Drop the selection, else the grown or shrunk range, else the search hits; False when there was none of them."""
        dropped = False

        def act() -> None:
            nonlocal dropped
            dropped = self._reader.drop()

        self._act(act)
        if not dropped and self._query:
            self.find("")
            return True
        return dropped

    def go_to(self, start: int, end: int | None = None, *, mark: str = "") -> None:
        """The cursor to the sentence at `start`, or to that very range; it is brought into view and lit for a moment.

        Args:
            mark: id of the mark of that range which is meant, of several that may stand there.
        """
        self._act(lambda: self._reader.go_to(start, end), scroll=False)
        self.mean(mark)
        self._bring_into_view(jump=True)
        self._flash(self.cursor)

    def page(self, by: int) -> None:
        """By whole windows; two lines stay in sight."""
        scene = self._scene
        if scene is None:
            return
        step = max(1, self.size.height - 2) * by
        top = self.scroll_offset.y
        last = max(0, scene.flow.height - self.size.height)
        target = min(max(0, top + step), last)
        if target == top:
            self.end() if by > 0 else self.home()
            return
        row = min(scene.flow.line_at(self._reader.point) - top, self.size.height - 1 - CONTEXT)
        self._scroll(target)
        line = target + max(row, min(CONTEXT, self.size.height // 4))
        block, row = scene.flow.row_near(line)
        if block >= 0:
            offset = scene.layout.rows[block][row].start
            self._act(lambda: self._reader.place(offset), scroll=False)

    def home(self) -> None:
        self._act(lambda: self._reader.place(0))
        self._scroll(0)

    def end(self) -> None:
        self._act(lambda: self._reader.place(max(0, len(self.units.text) - 1)))
        if self._scene is not None:
            self._scroll(self._scene.flow.height)

    # ── marks ────────────────────────────────────────────────────────────────────────────────────

    def mark_at_cursor(self) -> Placed | None:
        """The mark that the passage means: the one that was gone to, made or written on last, while the cursor has not moved; else one of
        the very same range, else the shortest around its start, else the first in it."""
        mark = self._mark_at_cursor()
        return mark.annotation if mark is not None else None

    def marks_at_cursor(self) -> list[Placed]:
        """All marks that share a character with the passage, in the order in which one goes from one to the next."""
        return [mark.annotation for mark in self._marks_here()]

    def mean(self, annotation: str) -> None:
        """Of the marks at the cursor, have acts apply to this one while the cursor does not move. Others are not heeded."""
        span = self.passage
        if any(
            one.id == annotation and one.start < span.end and one.end > span.start for one in self.annotations
        ):
            self._meant = annotation, span
            if self._laid is not None:
                self._after()

    def _marks_here(self) -> list[Mark]:
        span = self.passage
        self._read_rest(span.start, span.end)
        scene = self._laid
        return scene.marks.over(span.start, span.end) if scene is not None and span.end > span.start else []

    def _mark_at_cursor(self) -> Mark | None:
        span, over = self.passage, self._marks_here()
        if self._meant is not None and self._meant[1] == span:
            for mark in over:
                if mark.annotation.id == self._meant[0]:
                    return mark
        return best(over, span.start, span.end)

    def next_mark(self, by: int) -> Placed | None:
        """The cursor to the next (`by` > 0) or previous mark; None, and no movement, where there is none."""
        if self._scene is None:
            return None
        here = self._mark_at_cursor()
        if here is not None and (here.start, here.end) != (self.passage.start, self.passage.end):
            here = None
        mark = self._scene.marks.step(self._reader.point, by, here)
        if mark is None:
            return None
        self.go_to(mark.start, mark.end, mark=mark.annotation.id)
        return mark.annotation

    # ── finding ──────────────────────────────────────────────────────────────────────────────────

    def find(self, query: str) -> int:
        """Show every place of `query`, and go to the first from the cursor on; "" shows none. The number of places."""
        old = self._state.hits
        self._query = query
        self._state.hits = find_all(self.units.text, query)
        self._state.hit = -1
        self._repaint([*old, *self._state.hits])
        self._repaint_map()
        if self._state.hits:
            start = self.passage.start
            ahead = [number for number, hit in enumerate(self._state.hits) if hit.end > start]
            self._to_hit(ahead[0] if ahead else 0)
        return len(self._state.hits)

    def find_next(self, by: int) -> tuple[int, int]:
        """Go to the next or previous place found, around the ends. (which, from 1; of how many), (0, 0) without any."""
        count = len(self._state.hits)
        if not count:
            return 0, 0
        self._to_hit((self._state.hit + by) % count)
        return self._state.hit + 1, count

    def _to_hit(self, number: int) -> None:
        hits = self._state.hits
        changed = [hits[number]] + ([hits[self._state.hit]] if self._state.hit >= 0 else [])
        self._state.hit = number
        self._repaint(changed)
        self._act(lambda: self._reader.go_to(hits[number].start), scroll=False)
        self._bring_into_view(hits[number], jump=True)

    # ── the mouse ────────────────────────────────────────────────────────────────────────────────

    def _drag_cursor(self) -> None:
        """After the wheel: a cursor that was left outside the window comes to the nearest sentence inside."""
        scene, height = self._scene, self.size.height
        if scene is None or self.selection is not None:
            return
        first, last = scene.flow.lines(self.cursor.start, self.cursor.end)
        top = self.scroll_offset.y
        if last >= top and first < top + height:
            return
        block, row = scene.flow.row_near(top if last < top else max(0, top + height - 1))
        if block >= 0:
            if scene.flow.line_of(block, row) >= top + height and row > 0:
                row -= 1
            offset = scene.layout.rows[block][row].start
            self._act(lambda: self._reader.place(offset), scroll=False)

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, 3)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -3)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)
        self._drag_cursor()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pointer.down(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._pointer.move(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self._pointer.up()

    def character_at(self, x: int, y: int, *, nearest: bool = False) -> int | None:
        """The code point drawn in a cell of the window; beside the text the nearest one on its row.

        On other lines None, or with `nearest` the last one above them (the very first one above all text).
        """
        scene = self._scene
        if scene is None or not scene.layout.blocks:
            return None
        line = self.scroll_offset.y + y
        if nearest:
            line = min(max(line, 0), scene.flow.height - 1)
        if not 0 <= line < scene.flow.height:
            return None
        place = scene.flow.at(line)
        if place.row < 0:
            if not nearest:
                return None
            block, row = scene.flow.row_near(line)
            start, end = scene.layout.rows[block][row]
            if scene.flow.line_of(block, row) < line:
                return max(start, end - 1)
            before = scene.layout.row_at(max(0, start - 1))
            return max(0, scene.layout.rows[before[0]][before[1]].end - 1) if start else 0
        start, end = scene.layout.rows[place.block][place.row]
        offset = scene.layout.offset_at(place.block, place.row, x - scene.frame.text)
        return max(start, min(offset, end - 1))

    def removed_on_line(self, y: int) -> int | None:
        """Which of the lines left out is on a line of the window, counted as they are shown."""
        scene = self._scene
        line = self.scroll_offset.y + y
        if scene is None or not 0 <= line < scene.flow.height:
            return None
        removed = scene.flow.at(line).line.removed
        return scene.removed_index.index(removed) if removed is not None else None

    def pick_removed(self, number: int) -> None:
        """A line left out was clicked: the cursor goes there, and with the second click it is picked."""
        if self._reader.removed == number:
            self.pick()
        else:
            self._act(lambda: self._reader.on_removed(number))

    def pick(self) -> bool:
        """Enter: pick the line left out that the cursor is on. False when it is on none."""
        index = self.removed_at_cursor
        if index is not None:
            self.post_message(self.RemovedPicked(self, index))
        return index is not None

    def click(self, offset: int, x: int, y: int) -> None:
        """A single click: the cursor to that sentence; on a mark, its bar or its tags, the mark is picked."""
        scene = self._scene
        if scene is None:
            return
        self._act(lambda: self._reader.go_to(offset), scroll=False)
        mark = self._mark_under(offset, x, y)
        if mark is not None:
            self.post_message(self.MarkPicked(self, mark.annotation.id))

    def _mark_under(self, offset: int, x: int, y: int) -> Mark | None:
        scene = self._scene
        if scene is None:
            return None
        place = scene.flow.at(self.scroll_offset.y + y)
        row = scene.layout.rows[place.block][place.row]
        frame = scene.frame
        if x < frame.text:
            lane = frame.text - 3 - x
            over = scene.marks.over(row.start, row.end)
            return next((mark for mark in over if min(mark.lane, frame.lanes - 1) == lane), None)
        inset = scene.layout.inset_at(place.block, place.row, x - frame.text)
        if inset is not None and inset in scene.marks.labels:
            return scene.marks.get(scene.marks.labels[inset].marks[0])
        if x >= frame.text + scene.layout.indent(place.block, place.row) + scene.layout.row_cells(
            place.block, place.row
        ):
            return None
        return best(scene.marks.over(offset, offset + 1), offset, offset + 1)

    def select_between(self, anchor: Span, focus: Span) -> None:
        """A free selection from one range to another, whichever comes first."""
        self._act(lambda: self._reader.select(anchor, focus), scroll=False)

    def extend_to(self, focus: Span) -> None:
        """The free selection from where it began, or from the cursor, to a range."""
        self.select_between(self._reader.anchor or self.cursor, focus)

    def scroll_to_cell(self, y: int) -> None:
        """The window to where a cell of the column at the right edge stands."""
        if self._scene is not None:
            self._scroll(scrollmap.line_for(y, self.size.height, self._scene.flow.height))
            self._drag_cursor()
