"""Something done in a thread while another thing is: who waits for the disk lets others compute."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


class Meanwhile:
    """One thread, made for the first thing it is given to do; it does one after the other, and is idle in between."""

    def __init__(self) -> None:
        self._todo: deque[Callable[[], None] | None] = deque()
        self._wake = threading.Lock()
        """Free while there may be something to do."""
        self._thread: threading.Thread | None = None

    def begin(self, do: Callable[[], T]) -> Callable[[], T]:
        """Have something done.

        Returns:
            A function that waits until it is done, and returns or raises what it did.
        """
        found: list[T] = []
        errors: list[BaseException] = []
        # Locks, for events and queues take longer than what is saved by this.
        done = threading.Lock()
        done.acquire()

        def doing() -> None:
            try:
                found.append(do())
            except BaseException as error:
                errors.append(error)
            finally:
                done.release()

        def wait() -> T:
            interrupted: KeyboardInterrupt | None = None
            while not (found or errors):
                try:
                    done.acquire()
                except KeyboardInterrupt as error:
                    # Not before it is done: nobody would know what it has left.
                    interrupted = error
            if interrupted is not None:
                raise interrupted
            if errors:
                raise errors[0]
            return found[0]

        if self._there():
            self._give(doing)
        else:
            doing()
        return wait

    def _there(self) -> bool:
        """Whether there is a thread, made where there is none; a system that has no more of them gives none."""
        if self._thread is None:
            self._wake.acquire(blocking=False)
            thread = threading.Thread(target=self._work, name="mitjul-meanwhile", daemon=True)
            try:
                thread.start()
            except RuntimeError:
                return False
            self._thread = thread
        return True

    def _give(self, do: Callable[[], None] | None) -> None:
        self._todo.append(do)
        with suppress(RuntimeError):  # it has been told, and has not looked yet
            self._wake.release()

    def _work(self) -> None:
        while True:
            self._wake.acquire()
            while self._todo:
                do = self._todo.popleft()
                if do is None:
                    return
                do()

    def close(self) -> None:
        """End the thread. What is begun afterwards has a new one."""
        if self._thread is not None:
            self._give(None)
            self._thread.join()
            self._thread = None
