"""Painting: a row of the article, or a ready-made line, as segments. Knows cells and styles, not the widget."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.model import BlockType, Span
from tui.article.flow import Line
from tui.article.layout import Layout
from tui.article.links import links
from tui.article.marks import NOTE_SIGN, Label, Mark, Marks
from tui.article.shapes import Look
from tui.article.widths import cells, visible

SIGN = "❯"
SIGN_ON = "│"
SIGN_SELECTED = "║"
BARS = ("▌", "▐", "┃")
Paint = Callable[..., Style]


class State(Struct):
    """What is to be seen on the text at the moment. `hits` are sorted and do not overlap; `hit` is the index of the current one."""

    cursor: Span | None = None
    selection: Span | None = None
    flash: Span | None = None
    hits: list[Span] = []
    hit: int = -1
    removed: int | None = None


class Frame(Struct):
    """Where things stand on a line: cells left of the gutter, lanes in the gutter, cells of the whole line."""

    left: int
    lanes: int
    width: int

    @property
    def text(self) -> int:
        """The cell in which the text column begins."""
        return self.left + self.lanes + 2


class Painter:
    """Paints the lines of one article.

    Args:
        paint: gives the style for names of `palette.LOOKS`.
    """

    def __init__(
        self,
        layout: Layout,
        looks: Sequence[Look],
        marks: Marks,
        colours: Mapping[str, str],
        frame: Frame,
        paint: Paint,
    ) -> None:
        self.layout = layout
        self.looks = looks
        self.marks = marks
        self.colours = colours
        self.frame = frame
        self.paint = paint
        self.marks_changed()

    def marks_changed(self) -> None:
        """To be called when the marks are no longer the same."""
        self._label_places = sorted(self.marks.labels)

    def line(self, line: Line, state: State) -> Strip:
        """A ready-made line."""
        paint, frame = self.paint, self.frame
        here = line.removed is not None and line.removed == state.removed
        sign = (SIGN_ON if line.goes_on else SIGN) if here else " "
        segments = [
            Segment(" " * (frame.text - 2), paint("text")),
            Segment(sign, paint("text", "cursor-sign")),
            Segment(" ", paint("text")),
        ]
        for text, style in line.runs:
            segments.append(Segment(visible(text), paint(style, "cursor") if here else paint(style)))
        return self._filled(segments)

    def _filled(self, segments: list[Segment]) -> Strip:
        """The segments as a strip of the line's width."""
        width = self.frame.width
        used = cells("".join([segment.text for segment in segments]))
        if used < width:
            segments.append(Segment(" " * (width - used), self.paint("text")))
        strip = Strip([segment for segment in segments if segment.text], max(used, width))
        return strip if used <= width else strip.crop(0, width)

    def colour(self, tag: str) -> str:
        """The colour's name of a tag: its own, or that of the nearest tag above it; "" for none."""
        while tag:
            if self.colours.get(tag):
                return self.colours[tag]
            tag = tag.rpartition("/")[0]
        return ""

    def _mark_colour(self, mark: Mark) -> str:
        for tag in mark.annotation.tags:
            if colour := self.colour(tag):
                return colour
        return ""

    def row(self, block: int, row: int, state: State) -> Strip:
        """A row of the article's text."""
        start, end = self.layout.rows[block][row]
        marks = self.marks.over(start, max(end, start + 1)) if end > start else []
        segments = self._gutter(start, end, marks, state)
        look = self.looks[block]
        indent = self.layout.indent(block, row)
        lead = look.marker if look.marker and row == 0 else look.bar
        if lead is not None:
            segments.append(Segment(lead.text, self.paint(lead.style)))
            indent -= cells(lead.text)
        segments.append(Segment(" " * max(0, indent), self.paint("text")))
        self._text(start, end, block, marks, state, segments)
        return self._filled(segments)

    def _gutter(self, start: int, end: int, marks: Sequence[Mark], state: State) -> list[Segment]:
        paint, frame = self.paint, self.frame
        focus = state.selection or state.cursor
        sign = " "
        if focus is not None and focus.start < end and focus.end > start:
            sign = SIGN if focus.start >= start else SIGN_ON
            if state.selection is not None:
                sign = SIGN_SELECTED
        blank = paint("text")
        if not marks and sign == " ":
            return [Segment(" " * frame.text, blank)]
        segments = [Segment(" " * frame.left, blank)]
        lanes: dict[int, Mark] = {}
        for mark in marks:
            lanes.setdefault(min(mark.lane, frame.lanes - 1), mark)
        for lane in range(frame.lanes - 1, -1, -1):
            mark_here = lanes.get(lane)
            if mark_here is None:
                segments.append(Segment(" ", blank))
            else:
                colour = self._mark_colour(mark_here)
                name = f"ink:colour-{colour}" if colour else "lane"
                segments.append(Segment(BARS[lane], paint("text", name)))
        segments.append(Segment(sign, paint("text", "cursor-sign")))
        segments.append(Segment(" ", blank))
        return segments

    def _text(
        self, start: int, end: int, block: int, marks: Sequence[Mark], state: State, segments: list[Segment]
    ) -> None:
        first = bisect_right(state.hits, start, key=_end)
        last = bisect_left(state.hits, end, key=_begin)
        hits = [(state.hits[index], index == state.hit) for index in range(first, last)]
        cuts = {start, end}
        for span in (state.cursor, state.selection, state.flash, *(hit for hit, _ in hits)):
            if span is not None:
                cuts.update((span.start, span.end))
        for mark in marks:
            cuts.update((mark.start, mark.end))
        low = bisect_right(self._label_places, start)
        labels = self._label_places[low : bisect_right(self._label_places, end)]
        cuts.update(labels)
        insets = self.layout.insets
        table = self.layout.blocks[block].type is BlockType.TABLE
        if table:
            text = self.layout.text
            cuts.update(at for at in insets if start < at <= end)
            bars = [at for at in range(start, end) if text[at] == "|"]
            cuts.update(bars, (at + 1 for at in bars))
        base = self.looks[block].style
        whole = self.layout.text[start:end]
        row_block = self.layout.blocks[block]
        addresses = links(self.layout.text, row_block.start, row_block.end) if "/" in whole else []
        for address in addresses:
            cuts.update((address.start, address.end))
        clean = visible(whole) == whole  # nearly always: then its pieces are, too
        places = sorted(cut for cut in cuts if start <= cut <= end)
        for here, there in pairwise(places):
            names = self._names(base, here, marks, hits, state)
            if any(_covers(address, here) for address in addresses):
                names = (names[0], "link", *names[1:])
            piece = self.layout.text[here:there]
            if not clean:
                piece = visible(piece)
            if table and piece == "|":
                piece, names = "│", ("table-rule", *names[1:])
            if piece:
                segments.append(Segment(piece, self.paint(*names)))
            if there in self.marks.labels:
                self._label(self.marks.labels[there], segments)
            elif there in insets:
                segments.append(Segment(" " * insets[there], self.paint("text")))

    def _names(
        self, base: str, here: int, marks: Sequence[Mark], hits: Sequence[tuple[Span, bool]], state: State
    ) -> tuple[str, ...]:
        names = [base]
        over = [mark for mark in marks if mark.start <= here < mark.end]
        if over:
            # The shortest mark is the one on top.
            top = min(over, key=lambda mark: mark.end - mark.start)
            colour = self._mark_colour(top)
            names.append(f"ground:colour-{colour}" if colour else "mark")
            names.append("mark-many" if len(over) > 1 else f"mark-lane{top.lane}")
        if _covers(state.cursor, here) and state.selection is None:
            names.append("cursor")
        if _covers(state.selection, here):
            names.append("selection")
        if _covers(state.flash, here):
            names.append("flash")
        for hit, current in hits:
            if hit.start <= here < hit.end:
                names.append("hit-current" if current else "hit")
        return tuple(names)

    def _label(self, label: Label, segments: list[Segment]) -> None:
        room = self.layout.insets.get(label.at, 0)
        for text, tag in label.pieces:
            if room <= 0:
                break
            colour = self.colour(tag)
            name = f"ink:colour-{colour}" if colour else "note-sign" if text == NOTE_SIGN else "label"
            segments.append(Segment(visible(text), self.paint("text", name)))
            room -= cells(text)
        segments.append(Segment(" " * max(0, room), self.paint("text")))


def _covers(span: Span | None, offset: int) -> bool:
    return span is not None and span.start <= offset < span.end


def _begin(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end
