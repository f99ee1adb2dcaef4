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
) -> None:
    """Call `look` in a thread, and with what it gives `then` on the screen, if that is still there; else `left`.

    The thread is a daemon and no worker of Textual's: leaving the screen or the program does not wait for it (closing the library
    waits for an act that has been begun).
    """
    app = screen.app

    def tell(call: Callable[[], object], error: MitjulError | None = None) -> None:
        def there() -> None:
            if screen.is_attached:
                call()
            else:
                left(error)

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
