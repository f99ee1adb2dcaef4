"""A line to type in."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from tui.article.widths import visible


class Field(Input):
    """What is typed, pasted or handed to it is shown clean: no character in it is obeyed by the terminal or cannot be seen."""

    # How long it is changes nothing around it; Textual would lay the screen out anew at every key.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    def validate_value(self, value: str) -> str:
        return visible(value)
