"""Small boxes: a line to fill in, and a choice of a few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label

from tui import actions
from tui.article.widths import visible
from tui.chooser import Box
from tui.field import Field
from tui.frame import KeyLine
from tui.rows import Row, RowList, text_row


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
        self.field = Field(value, placeholder=placeholder, id="query")
        self.empty = empty

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = Content(visible(self.heading))
            yield Label(self.label, markup=False)
            yield self.field
            yield KeyLine("ask")

    def on_mount(self) -> None:
        self.set_focus(self.field)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        value = self.field.value.strip()
        if value or self.empty:
            self.dismiss(value)

    def action_do(self, id: str) -> None:
        if id == "accept":
            self._submitted()
        else:
            super().action_do(id)


class ListBox(Box):
    """A list in a box. Subclasses fill `list` when they are mounted, and say what becomes of a row that is chosen.

    Args:
        place: of the keys in its footer.
    """

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("list", also=("close", "quit"))

    def __init__(self, title: str, place: str) -> None:
        super().__init__()
        self.heading = title
        self.place = place
        self.list = RowList(id="choices")

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = Content(visible(self.heading))
            yield self.list
            yield KeyLine(self.place)

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.choose(event.key)

    def choose(self, key: str) -> None:
        """A row was chosen."""
        self.dismiss(key)

    def action_do(self, id: str) -> None:
        if id == "row_open":
            self.list.choose()
        else:
            super().action_do(id)


class Choice(ListBox):
    """A choice of a few, those that hold now with a sign. Dismissed with the key of the one chosen."""

    def __init__(
        self,
        title: str,
        groups: Sequence[tuple[str, Sequence[tuple[str, str, bool]]]],
        *,
        styles: Mapping[str, str] | None = None,
    ) -> None:
        """
        Args:
            groups: name of each group (may be empty) and its choices: key, name, and whether it is so now.
            styles: styles of names, by key.
        """
        super().__init__(title, "choice")
        self.groups = groups
        self.name_styles = styles or {}

    def on_mount(self) -> None:
        rows: list[Row] = []
        for name, choices in self.groups:
            if name:
                rows += [text_row("gap", pickable=False)] if rows else []
                rows.append(text_row(f"heading:{name}", (name, "heading"), pickable=False))
            rows += [
                text_row(
                    key,
                    ("● " if now else "○ ", "accent" if now else "muted"),
                    (text, f"{self.name_styles.get(key, '')} {'strong' if now else ''}"),
                )
                for key, text, now in choices
            ]
        self.list.show(rows, next((key for _, choices in self.groups for key, _, now in choices if now), ""))
        self.set_focus(self.list)
