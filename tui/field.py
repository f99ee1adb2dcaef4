"""A line to type in."""

from __future__ import annotations

from textual.widgets import Input

from tui.article.widths import visible


class Field(Input):
    """What is typed, pasted or handed to it is shown clean: no character in it is obeyed by the terminal or cannot be seen."""

    def validate_value(self, value: str) -> str:
        return visible(value)
