"""The line to find something in the open article with: all places at once, Enter to the next."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Label

from tui import actions
from tui.frame import Late
from tui.language import say

if TYPE_CHECKING:
    from textual.widgets import Input

    from tui.field import Field


class FindBar(Late, Horizontal):
    """Posts `Sought` as one types, `Step` to go on, `Done` at Esc."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("box", "list")
    DEFAULT_CSS = """
    FindBar {
        dock: bottom;
        height: 1;
        margin-bottom: 1;
        background: $surface;
        padding: 0 1;
        display: none;
        &.open { display: block; }
        & Label { width: auto; color: $accent; text-style: bold; }
        & Input, & Input:focus { width: 1fr; border: none; height: 1; padding: 0 1; background: $surface; }
        & #found-count { color: $text-muted; text-style: none; }
    }
    """

    class Sought(Message):
        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Step(Message):
        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class Done(Message):
        pass

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.count = Label("", id="found-count", markup=False)

    @cached_property
    def field(self) -> Field:
        """Where one types. Reading needs nothing of what it brings along: until something is looked for, there is none."""
        from tui.field import Field

        return Field(placeholder=say("이 글에서 찾을 말", "Words in this article"), id="find-query")

    def inside(self) -> ComposeResult:
        yield Label(say("찾기", "Find"))
        yield self.field
        yield self.count

    def open(self) -> None:
        self.furnish()
        self.add_class("open")
        self.screen.set_focus(self.field)
        self.field.action_select_all()

    def seek(self, words: str) -> None:
        """Have words looked for as if they had been typed."""
        self.furnish()
        with self.field.prevent(self.field.Changed):
            self.field.value = words
        self.post_message(self.Sought(words))

    def close(self) -> None:
        self.remove_class("open")

    def tell(self, which: int, count: int) -> None:
        """Say which of how many places the cursor is on."""
        if not self.field.value:
            self.count.update("")
        elif not count:
            self.count.update(say("없습니다", "none"))
        else:
            self.count.update(f"{which}/{count}")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Sought(event.value.strip()))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Step(1))

    def action_do(self, id: str) -> None:
        match id:
            case "row_next":
                self.post_message(self.Step(1))
            case "row_previous":
                self.post_message(self.Step(-1))
            case "close":
                self.post_message(self.Done())
