"""Reading and writing that takes a while, done beside a screen that is to be seen at once and left at any time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from textual.screen import Screen

from store.errors import MitjulError
from tui.background import in_words

T = TypeVar("T")


def beside(
    screen: Screen[Any],
    look: Callable[[], T],
    then: Callable[[T], object],
    failed: Callable[[MitjulError], object],
    *,
    left: Callable[[MitjulError | None], object] = lambda error: None,
    patience: float = 0,
) -> None:
    """Call `look` in a thread, and with what it gives `then` on the screen, if that is still there; else `left`.

    For what is mostly done at once: the screen waits for it so many seconds (`patience`), and then does not show first that it was asked.

    The thread is a daemon and no worker of Textual's: leaving the screen or the program does not wait for it (closing the library
    waits for an act that has been begun).
    """
    app = screen.app
    done = threading.Event()
    turn = threading.Lock()
    waited: list[Callable[[], object]] | None = [] if patience else None
    """While it is waited for: what is to be done about what was found."""

    def tell(call: Callable[[], object], error: MitjulError | None = None) -> None:
        def there() -> None:
            if screen.is_attached:
                call()
            else:
                left(error)

        with turn:
            if waited is not None:
                waited.append(there)
                done.set()
                return
        with suppress(RuntimeError):  # the program has ended meanwhile, and its loop with it
            if app.is_running:
                app.call_later(there)

    def work() -> None:
        try:
            found = look()
        except Exception as error:  # told, or the screen would say for ever that it reads
            problem = in_words(error)
            tell(lambda: failed(problem), problem)
        else:
            tell(lambda: then(found))

    threading.Thread(target=work, name="mitjul-beside", daemon=True).start()
    if patience:
        done.wait(patience)
        with turn:
            found, waited = waited, None
        for call in found or ():
            call()
