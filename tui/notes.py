"""The note panel: several lines of Markdown on the mark at the cursor, or on the article. Saved while one types, and it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.timer import Timer

from store.drafts import Target
from store.text import clean
from tui.frame import Panel
from tui.language import say
from tui.rows import Line, Row, RowList, wrapped

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from tui.notearea import NoteArea

PAUSE = 0.6
"""Seconds without a keystroke after which a note is saved."""


class Left(Message):
    """The reader is done with the note and wants to go back to the article."""


class Wanted(Message):
    """The reader wants to write on the note."""


class Typed(Message):
    """The note's text has changed: to be drafted."""

    def __init__(self, target: Target, text: str) -> None:
        super().__init__()
        self.target, self.text = target, text


class Paused(Message):
    """Typing has paused: the note is to be saved."""

    def __init__(self, target: Target, text: str) -> None:
        super().__init__()
        self.target, self.text = target, text


class NoteText(RowList):
    """A note as it reads, while nobody writes on it. A click is for the field."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, focusable=False)

    def say(self, text: str, hint: str) -> None:
        """Show a note, or what to do where there is none."""

        def lines(width: int) -> list[Line]:
            style = "" if text else "muted"
            return [
                line
                for part in (text or hint).split("\n")
                for line in wrapped(part, width, style=style) or [[]]
            ]

        self.show([Row("note", lines, pickable=False)], "")

    def _reach(self) -> int:
        # Never less than there is room for: whenever it changes, Textual lays out the whole screen anew.
        return max(super()._reach(), self.size.height)

    def on_click(self, event: events.Click) -> None:
        self.post_message(Wanted())


class NotesPanel(Panel):
    """Shows one note, and posts `Typed`, `Paused` and `Left`. `saved` and `failed` answer a `Paused`."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(say("메모", "Note"), left="├", id=id)
        self.target: Target | None = None
        self._kept = ""
        self._hint = ""
        self._writable = False
        self._timer: Timer | None = None
        self.still = NoteText(id="note-text")
        self.field: NoteArea | None = None
        """The field, once there is one: reading needs none of what a field of several lines brings along."""

    def body(self) -> ComposeResult:
        yield self.still

    @property
    def area(self) -> NoteArea:
        """The field; when it is first asked for, it takes the place of the text."""
        if self.field is None:
            from tui.notearea import NoteArea

            self.field = NoteArea(self._kept, id="note", soft_wrap=True, show_line_numbers=False)
            self.still.display = False
            self.mount(self.field)
            self._put(self._kept)
        return self.field

    def _put(self, text: str) -> None:
        """Have the text where it is to be seen."""
        if self.field is None:
            self.still.say(text, self._hint)
            return
        if self.field.text != text:
            self.field.load_text(text)
        self.field.read_only = not self._writable
        self.field.placeholder = self._hint

    @property
    def text(self) -> str:
        return clean(self.field.text) if self.field is not None else self._kept

    @property
    def unsaved(self) -> bool:
        """Whether there is something that the library does not have yet."""
        return self.target is not None and self.text != self._kept

    def show(self, target: Target | None, text: str, *, writable: bool = True, which: str = "") -> None:
        """Show a note. What was being written in another one is saved first.

        Args:
            which: of several marks that stand at the cursor, which this is on: `1/2`.
        """
        text = clean(text)
        self._entitle(target, which)
        if target == self.target and (text == self._kept or self.unsaved):
            return
        self.flush()
        self.target = target
        self._kept = text
        self._writable = target is not None and writable
        self._hint = self._invitation(target) if self._writable else ""
        self.rule.info = ""
        self._put(text)

    def _entitle(self, target: Target | None, which: str) -> None:
        on_mark = target is not None and target.kind != "article"
        name = say("구절 메모", "Note on the passage") if on_mark else say("글 메모", "Note on the article")
        self.rule.name_ = f"{name} {which}" if on_mark and which else name

    def reload(self, target: Target, text: str, *, kept: str) -> None:
        """Show a note that was written elsewhere, in place of what is shown of it here. `kept`: what the library has of it."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.target = target
        self._kept = kept
        self.area.load_text(text)

    @staticmethod
    def _invitation(target: Target | None) -> str:
        if target is None or target.kind == "article":
            return say("m을 눌러 이 글의 메모를 쓰세요.", "Press m to write a note on this article.")
        return say("n을 눌러 이 구절의 메모를 쓰세요.", "Press n to write a note on this passage.")

    def focus_area(self) -> None:
        self.area.placeholder = say(
            "마크다운으로 쓸 수 있습니다. 저절로 저장됩니다.", "Markdown is fine. Saved as you type."
        )
        self.screen.set_focus(self.area)
        self.area.move_cursor(self.area.document.end)

    def rename(self, target: Target) -> None:
        """The passage has become a mark: go on writing on that."""
        self.target = target

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.target is None or not self.unsaved:
            if self.target is not None and self._timer is not None:
                self.rule.info = say("저장됨", "saved")  # typed and taken back
            return
        self.rule.info = say("저장 안 됨", "unsaved")
        self.post_message(Typed(self.target, self.text))
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self.flush)

    def flush(self) -> None:
        """Ask for what is unsaved to be saved, now."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.target is not None and self.unsaved:
            self.post_message(Paused(self.target, self.text))

    def saved(self, target: Target, text: str) -> None:
        """The library has this text now."""
        if target == self.target:
            self._kept = text
            self.rule.info = say("저장 안 됨", "unsaved") if self.unsaved else say("저장됨", "saved")

    def failed(self, target: Target) -> None:
        """It could not be saved."""
        if target == self.target:
            self.rule.info = say("저장하지 못함", "not saved")
