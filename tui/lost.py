"""The marks of an article that have lost their place in it: their words, tags and notes, to be put on the passage or deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType

from store.errors import MitjulError
from store.model import Annotation
from tui import actions
from tui.article.marks import NOTE_SIGN
from tui.asking import ListBox
from tui.language import say, told
from tui.rows import Line, Row, Run, fit, wrapped
from tui.tags import tag_run

WORDS, NOTE = 3, 2
"""Lines that a mark's words and its note take at most."""


class LostMarks(ListBox):
    """The list. Enter hands the mark at its cursor to `put` and closes, d hands it to `delete` and stays while there are others."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("lost")

    def __init__(
        self,
        marks: Sequence[Annotation],
        *,
        passage: str,
        colours: Mapping[str, str],
        put: Callable[[Annotation], object],
        delete: Callable[[Annotation], object],
        writable: bool = True,
    ) -> None:
        """
        Args:
            passage: the words on which `put` puts a mark.
            colours: of tags, by their names.
        """
        super().__init__("", "lost")
        self.marks = list(marks)
        self.passage = passage
        self.colours = colours
        self.put = put
        self.delete = delete
        self.writable = writable

    def on_mount(self) -> None:
        self.set_focus(self.list)
        self.show_marks()

    def show_marks(self) -> None:
        count = len(self.marks)
        self.query_one("#box").border_title = say(
            f"자리를 잃은 표시 {count}개", f"Marks without a place: {count}"
        )
        self.list.show([self._head(), *map(self._row, self.marks)])

    def _head(self) -> Row:
        why = say(
            "글이 바뀌어 이 말이 있던 자리를 찾지 못했습니다. 지금 구절에 놓거나 지울 수 있습니다.",
            "The article has changed, and the place of these words was not found. Put them on the passage, or delete them.",
        )
        here = say("지금 구절: ", "The passage: ")

        def lines(width: int) -> list[Line]:
            return [
                *wrapped(why, width, style="muted"),
                *wrapped(f"{here}{self.passage}", width, 2, "accent"),
                [],
            ]

        return Row("why", lines, pickable=False)

    def _row(self, mark: Annotation) -> Row:
        tags: list[Run] = []
        for tag in mark.tags:
            tags += [tag_run(tag, self.colours.get(tag, "")), (" ", "")]

        def lines(width: int) -> list[Line]:
            found: list[Line] = [*wrapped(f"“{mark.exact}”", width, WORDS, "strong")]
            if tags:
                found.append(fit(tags[:-1], width))
            if mark.note:
                found += wrapped(f"{NOTE_SIGN} {mark.note}", width, NOTE, "muted")
            return [*found, []]

        return Row(mark.id, lines, gap=1)

    def choose(self, key: str) -> None:
        self._do(self.put, key)

    def _do(self, act: Callable[[Annotation], object], key: str | None) -> None:
        mark = next((mark for mark in self.marks if mark.id == key), None)
        if mark is None:
            return
        if not self.writable:
            self.notify(say("읽기 전용으로 열려 있습니다.", "The library is open for reading only."))
            return
        try:
            act(mark)
        except MitjulError as error:
            self.notify(told(error), severity="warning", markup=False)
            return
        self.marks.remove(mark)
        if act is self.put or not self.marks:
            self.dismiss(None)
        else:
            self.show_marks()

    def action_do(self, id: str) -> None:
        if id == "lost_delete":
            self._do(self.delete, self.list.key)
        elif id == "lost_put":
            self._do(self.put, self.list.key)
        else:
            super().action_do(id)
