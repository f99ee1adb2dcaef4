"""The field that a note is written in."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets import TextArea

from store.acts import MAX_NOTE
from store.text import clean
from tui import actions
from tui.language import say
from tui.notes import Left

LONG = 1_000
"""Characters of a pasted line after which it is broken."""


class NoteArea(TextArea):
    """Text as it is typed; what is pasted is cleaned first (jamo composed, control characters out)."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("note")
    DEFAULT_CSS = """
    NoteArea, NoteArea:focus {
        border: none;
        padding: 0 1;
        background: $background;
        scrollbar-size: 1 1;
        & .text-area--cursor-line { background: transparent; }
        & .text-area--placeholder { color: $text-muted; }
    }
    NoteArea:focus { background: $surface; }
    """

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if self.read_only:
            return
        if len(event.text) + len(self.text) > MAX_NOTE:
            line = say(
                f"붙일 글이 너무 깁니다. 메모는 {MAX_NOTE:,}자까지입니다.",
                f"Too long to paste: a note has at most {MAX_NOTE:,} characters.",
            )
            self.app.notify(line, severity="error", markup=False)
            return
        self.replace(folded(clean(event.text)), *self.selection, maintain_selection_offset=False)

    def action_do(self, id: str) -> None:
        self.post_message(Left())


def folded(text: str) -> str:
    """The text with lines of at most `LONG` characters, broken at a space where there is one: to Markdown it is the same paragraph, and
    the field, which lays a line out anew with each key, stays quick."""
    lines: list[str] = []
    for line in text.split("\n"):
        while len(line) > LONG:
            at = line.rfind(" ", LONG // 2, LONG + 1)
            lines.append(line[:at] if at > 0 else line[:LONG])
            line = line[at + 1 :] if at > 0 else line[LONG:]
        lines.append(line)
    return "\n".join(lines)
