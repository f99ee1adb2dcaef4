"""Small boxes: a line to fill in, and a choice of a few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label

from store.korean.choseong import matches
from tui.chooser import Box, Chooser
from tui.frame import KeyLine
from tui.rows import Row, text_row


class Ask(Box):
    """Asks for a line of text. Dismissed with it, or None at Esc; an empty one is no answer unless `empty`."""

    DEFAULT_CSS = """
    Ask > #box > Label { margin: 0 1; color: $text-muted; }
    """

    def __init__(
        self, title: str, label: str, value: str = "", placeholder: str = "", *, empty: bool = False
    ) -> None:
        super().__init__()
        self.heading = title
        self.label = label
        self.field = Input(value, placeholder=placeholder, id="query")
        self.empty = empty

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = self.heading
            yield Label(self.label, markup=False)
            yield self.field
            yield KeyLine("ask")

    def on_mount(self) -> None:
        self.field.focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        value = self.field.value.strip()
        if value or self.empty:
            self.dismiss(value)

    @on(KeyLine.Pressed)
    def _pressed(self, event: KeyLine.Pressed) -> None:
        event.stop()
        self.action_do(event.id)

    def action_do(self, id: str) -> None:
        if id == "accept":
            self._submitted()
        else:
            super().action_do(id)


class Choice(Chooser):
    """A choice of a few, the present ones with a sign. Dismissed with the key."""

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str, bool]], *, styles: Mapping[str, str] | None = None
    ) -> None:
        """
        Args:
            choices: key, name, and whether it is so now.
            styles: styles of names, by key.
        """
        super().__init__(title)
        self.choices = choices
        self.name_styles = styles or {}

    def rows(self, query: str) -> list[Row]:
        return [
            text_row(
                key, ("● " if now else "○ ", "accent" if now else "muted"), (name, "strong" if now else "")
            )
            for key, name, now in self.choices
            if not query or matches(query, name)
        ]
