"""The yardstick: a minimal Textual app, a `ScrollView` whose lines are ready-made strips. Its key repaints two of them."""

from __future__ import annotations

import os

os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines; `count` says how many steps were made."""

    count = 0

    def on_mount(self) -> None:
        self.strips = [Strip([Segment(f"{number} " + "가나다라마바사 " * 5)]) for number in range(64)]
        self.virtual_size = Size(80, 10_000)

    def render_line(self, y: int) -> Strip:
        if y == 1 + self.count % 30:
            return Strip([Segment(f"#{self.count}# 가나다라마바사")]).adjust_cell_length(self.size.width)
        return self.strips[(self.scroll_offset.y + y) % 64].adjust_cell_length(self.size.width)


class Minimal(App[None]):
    BINDINGS = [("down", "step"), ("space", "page")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Lines()

    def on_mount(self) -> None:
        self.lines = self.query_one(Lines)
        self.lines.focus()

    def action_step(self) -> None:
        lines = self.lines
        lines.count += 1
        lines.refresh_lines(lines.scroll_offset.y + lines.count % 30, 2)

    def action_page(self) -> None:
        self.lines.scroll_to(y=self.lines.scroll_offset.y + self.lines.size.height - 2, animate=False)


if __name__ == "__main__":
    Minimal().run()
