"""Acts that may be on many articles: done at once where they are small, else beside the screen, with how far they are in the footer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from store.errors import MitjulError
from store.steps import PIECE, Progress
from tui.beside import beside
from tui.language import say, told

if TYPE_CHECKING:
    from tui.stage import Stage

T = TypeVar("T")


AT_ONCE = PIECE
"""Files that are written within the loop: as long as the others wait for a step of a long act."""


class Doing:
    """The long acts of the reading screen, one at a time."""

    def __init__(self, screen: Stage) -> None:
        self._screen = screen
        self.words = ""
        """What is being done; empty when nothing is."""

    def do(self, words: str, files: int, act: Callable[[Progress], T], done: Callable[[T], object]) -> bool:
        """Do an act, and then what is to be done with what it gave. False, and a word to the reader, while another is being done.

        Args:
            words: what is being done, for the footer.
            files: how many files the act writes.
            act: given what is to be told of its progress.

        Raises:
            MitjulError: an act that was done at once could not be; what goes wrong later is told.
        """
        screen = self._screen
        if self.words:
            screen.tell(say(f"아직 {self.words}입니다.", f"Still {self.words}."))
            return False
        if files <= AT_ONCE and not screen.session.library.acting:
            done(act(lambda count, total: None))
            return True
        app = screen.app

        def progress(count: int, total: int) -> None:
            with suppress(RuntimeError):  # the program has ended meanwhile, and its loop with it
                app.call_later(self._show, words, count, total)

        def end() -> None:
            self.words = screen.keys.status = ""

        def then(answer: T) -> None:
            end()
            screen.guarded(done)(answer)

        def failed(error: MitjulError) -> None:
            end()
            screen.marks_changed()  # some of it may have been done
            screen.reload_shelf()
            screen.tell(told(error), bad=True)

        self.words = screen.keys.status = words
        beside(screen, lambda: act(progress), then, failed)
        return True

    def _show(self, words: str, count: int, total: int) -> None:
        if self.words == words:
            self._screen.keys.status = f"{words} {count}/{total}"
