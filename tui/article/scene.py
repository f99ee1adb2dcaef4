"""An article laid out for one width: rows, marks, head and foot, and the painter that draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from store.model import Article, Placed, Span, Status
from tui.article.flow import Flow, Line, Run
from tui.article.head import foot, head, pieces
from tui.article.layout import Layout
from tui.article.marks import LANES, Marks
from tui.article.painter import Frame, Paint, Painter
from tui.article.shapes import look
from tui.article.tables import paddings
from tui.article.widths import cells, shorten
from tui.language import say

NARROW = 60
"""Below this many cells the gutter has one lane for marks, and every cell is for the text."""


def frame_for(width: int, text_width: int) -> tuple[Frame, int]:
    """Where things stand in a window of `width` cells, and the cells of the text column."""
    lanes = LANES if width >= NARROW else 1
    gutter = lanes + 2
    column = max(8, min(text_width, width - gutter - 2))
    left = max(0, min((width - 1 - column) // 2 - gutter + 1, width - 1 - gutter - column))
    return Frame(left, lanes, width - 1), column


class Scene:
    """Everything that depends on the article, its marks and the width.

    Args:
        starts: where marks begin, also those that are not here yet.
        labels: whether tags are written after marks.
        removed: whether the lines left out are shown.
        lost_key: the key that shows marks which have lost their place.
        tags: of the article itself.
    """

    def __init__(
        self,
        article: Article,
        annotations: Sequence[Placed],
        starts: Sequence[int] = (),
        *,
        colours: Mapping[str, str],
        width: int,
        text_width: int,
        spacing: int,
        labels: bool,
        removed: bool,
        paint: Paint,
        lost_key: str = "",
        tags: Sequence[str] = (),
    ) -> None:
        self.article = article
        self.width = width
        self.frame, self.column = frame_for(width, text_width)
        looks = [look(block, article.text) for block in article.blocks]
        self.marks = Marks(article.text, annotations, self.column - 8 if labels else 0)
        insets = paddings(article.text, article.blocks, self.column)
        insets |= {at: label.cells for at, label in self.marks.labels.items()}
        self.layout = Layout(article.text, article.blocks, self.column, [one.shape for one in looks], insets)
        self._starts = starts
        self.lost = _lost(annotations)
        self._lost_key = lost_key
        self._tags = tags
        self.head = self._head()
        self.removed_index, self.removed_at, extra = self._removed() if removed else ([], [], {})
        self.flow = Flow(self.layout, self.head, foot(article, self.column), extra, spacing)
        self.painter = Painter(self.layout, looks, self.marks, colours, self.frame, paint)

    def _head(self) -> list[Line]:
        return head(self.article, self.column, len(self.starts), self.lost, self._lost_key, self._tags)

    def _removed(self) -> tuple[list[int], list[int], dict[int, list[Line]]]:
        """The lines left out: their indices in the article, the offsets of the blocks before which they are shown, their lines."""
        shown: list[tuple[int, int]] = []
        for index, line in enumerate(self.article.removed):
            block = next(
                (number for number, one in enumerate(self.article.blocks) if one.start >= line.at),
                len(self.article.blocks),
            )
            shown.append((block, index))
        shown.sort()
        extra: dict[int, list[Line]] = {}
        ends = [*(block.start for block in self.article.blocks), len(self.article.text)]
        for block, index in shown:
            extra.setdefault(block, []).extend(self._removed_lines(index))
        return [index for _, index in shown], [ends[block] for block, _ in shown], extra

    def _removed_lines(self, index: int) -> list[Line]:
        """One of the lines left out, with the reason at its end."""
        # Here, because it brings the whole of ingest along, which reading does not need.
        from store.ingest.reasons import REASONS

        one = self.article.removed[index]
        width = self.column - 2
        rows = pieces(one.text, width) or [""]
        reason = shorten(say(*REASONS.get(one.reason, (one.reason, one.reason))), width)
        if cells(rows[-1]) + 3 + cells(reason) > width:
            rows.append("")
        lines = [
            Line((Run("┊ ", "removed"), Run(row, "removed")), index, n > 0) for n, row in enumerate(rows)
        ]
        gap = " " * (width - cells(rows[-1]) - cells(reason))
        lines[-1] = lines[-1]._replace(runs=(*lines[-1].runs, Run(gap + reason, "removed-reason")))
        return lines

    @property
    def starts(self) -> Sequence[int]:
        """Where the article's marks begin, ascending."""
        return self._starts or self.marks.starts

    def set_annotations(
        self, annotations: Sequence[Placed], tags: Sequence[str] = ()
    ) -> tuple[list[Span], bool]:
        """Take over other marks, all of them, and other tags of the article itself.

        Returns:
            The ranges that look different now, and whether lines moved, so that everything must be painted again.
        """
        before, self._starts = (len(self.starts), self.lost, self._tags), ()
        self.lost, self._tags = _lost(annotations), tags
        changed, cells = self.marks.replace(annotations)
        self.painter.marks_changed()
        different = self.layout.change_insets(cells)
        spans = [Span(start=mark.start, end=max(mark.end, mark.label_at)) for mark in changed]
        moved = False
        if before != (len(self.starts), self.lost, self._tags):
            new = self._head()
            moved = len(new) != len(self.head)
            self.flow.before[0][: len(self.head)] = new
            self.head = new
        if different or moved:
            self.flow.measure()
            return spans, True
        return spans, False

    def offset_of(self, line: int) -> int:
        """The offset at which a line, or the next one with text, begins; past the text for a line below it. Nearly that offset where
        the text is not wrapped yet."""
        flow = self.flow
        if line >= flow.height - len(flow.before[-1]):
            return len(self.article.text)
        return flow.offset_near(line)


def _lost(annotations: Sequence[Placed]) -> int:
    """How many of the marks have lost their place."""
    return [one.status for one in annotations].count(Status.LOST)
