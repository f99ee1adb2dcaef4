"""A box that asks for one thing: a field to type in over a list that narrows as one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from tui import actions
from tui.article.widths import visible
from tui.field import Field
from tui.frame import KeyLine
from tui.rows import Row, RowList


class Box(ModalScreen[str | None], inherit_bindings=False):
    """A bordered box over the screen, closed by Esc."""

    DEFAULT_CSS = """
    Box {
        align: center middle;
        background: $background 60%;
        & > #box {
            width: 64;
            max-width: 96%;
            height: auto;
            max-height: 84%;
            background: $background;
            border: round $line;
            border-title-color: $accent;
            border-title-style: bold;
            padding: 0 1;
        }
        &.-tabs > #box { width: 100%; max-width: 100%; max-height: 100%; }
        & #query {
            border: none;
            height: 1;
            padding: 0 1;
            background: $surface;
        }
        & #choices { height: auto; max-height: 20; margin-top: 1; }
        & KeyLine { background: $background; dock: bottom; margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("box", "list")

    @on(KeyLine.Pressed)
    def _pressed(self, event: KeyLine.Pressed) -> None:
        event.stop()
        self.action_do(event.id)

    def action_do(self, id: str) -> None:
        if id in ("close", "quit"):
            self.dismiss(None)


class Chooser(Box):
    """The base of pickers, palette, help and the like. Dismissed with the key of the row, or None.

    Subclasses give `rows(query)`; `accept` and `keep` may be overridden.
    """

    def __init__(self, title: str, *, placeholder: str = "", value: str = "", place: str = "box") -> None:
        super().__init__()
        self.heading = title
        self.query_ = Field(value, placeholder=placeholder, id="query")
        self.list = RowList(id="choices", classes="active", focusable=False)
        self.keys = KeyLine(place)

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = Content(visible(self.heading))
            yield self.query_
            yield self.list
            yield self.keys

    def on_mount(self) -> None:
        self.set_focus(self.query_)
        self.refresh_rows()

    @property
    def typed(self) -> str:
        """What has been typed, without white space around it."""
        return self.query_.value.strip()

    def rows(self, query: str) -> Sequence[Row]:
        """The rows for what was typed."""
        raise NotImplementedError

    def refresh_rows(self, key: str | None = "") -> None:
        """Show the rows anew, the cursor on `key` (None: where it is; "": on the first)."""
        self.list.show(self.rows(self.typed), key)

    def accept(self, key: str) -> None:
        """Enter on a row."""
        self.dismiss(key)

    def keep(self, key: str) -> None:
        """Tab on a row."""

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        self.refresh_rows()

    @on(Input.Submitted, "#query")
    def _submitted(self) -> None:
        if self.list.key is not None:
            self.accept(self.list.key)

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.accept(event.key)

    def action_do(self, id: str) -> None:
        match id:
            case "accept" | "row_open":
                self._submitted()
            case "keep":
                if self.list.key is not None:
                    self.keep(self.list.key)
            case "close":
                self.dismiss(None)
            case _:
                self.list.action_do(id)
