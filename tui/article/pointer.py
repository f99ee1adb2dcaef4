"""The mouse on the article: clicks, double and triple clicks, dragging with scrolling at the edges, the column at the right."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual import events

from store.model import Span

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.article.view import ArticleView

CHAIN = 0.5
"""Seconds within which another press on the same character counts as a double or triple click."""
AUTOSCROLL = 0.05
"""Seconds between two steps of scrolling while the mouse is held above or below the window."""


class Pointer:
    """What the mouse is doing on one view."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._chain = 0
        self._pressed_at = 0.0
        self._pressed: int | None = None
        self._anchor: Span | None = None
        self._dragging = False
        self._on_map = False
        self._at = (0, 0)
        self._timer: Timer | None = None

    def down(self, event: events.MouseDown) -> None:
        view = self._view
        if event.button != 1:
            return
        view.capture_mouse()
        if event.x >= view.size.width - 1:
            self._on_map = True
            view.scroll_to_cell(event.y)
            return
        offset = view.character_at(event.x, event.y)
        removed = view.removed_on_line(event.y)
        now = monotonic()
        again = offset is not None and offset == self._pressed and now - self._pressed_at < CHAIN
        self._chain = self._chain % 3 + 1 if again else 1
        self._pressed, self._pressed_at = offset, now
        self._dragging = False
        self._anchor = None
        if removed is not None:
            view.pick_removed(removed)
        elif offset is not None:
            self._anchor = self._unit(offset)
            if self._chain > 1:
                view.select_between(self._anchor, self._anchor)
            elif event.shift:
                view.extend_to(Span(start=offset, end=offset + 1))
                self._dragging = True
            else:
                view.click(offset, event.x, event.y)

    def _unit(self, offset: int) -> Span:
        units = self._view.units
        if self._chain == 2:
            return units.eojeol(offset)
        if self._chain == 3:
            return units.sentence(offset)
        return Span(start=offset, end=offset + 1)

    def move(self, event: events.MouseMove) -> None:
        view = self._view
        if self._on_map:
            view.scroll_to_cell(event.y)
            return
        if self._anchor is None or not event.button:
            return
        self._at = (event.x, event.y)
        self._extend()
        beyond = not 0 <= event.y < view.size.height
        if beyond and self._timer is None:
            self._timer = view.set_interval(AUTOSCROLL, self._scroll)
        elif not beyond:
            self._stop()

    def _extend(self) -> None:
        view = self._view
        x, y = self._at
        offset = view.character_at(x, min(max(y, 0), view.size.height - 1), nearest=True)
        if offset is None or self._anchor is None or (not self._dragging and offset == self._pressed):
            return
        self._dragging = True
        view.select_between(self._anchor, self._unit(offset))

    def _scroll(self) -> None:
        view = self._view
        beyond = self._at[1] if self._at[1] < 0 else self._at[1] - view.size.height + 1
        view.scroll_to(y=view.scroll_offset.y + max(-6, min(6, beyond)), animate=False)
        self._extend()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def up(self) -> None:
        self._stop()
        self._on_map = False
        self._anchor = None
        self._view.release_mouse()
