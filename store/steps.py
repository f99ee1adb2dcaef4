"""Long acts, done step by step, so that others have the library in between."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from store.desk import PAUSE, Desk
from store.errors import StorageError
from store.history import Step

T = TypeVar("T")

Progress = Callable[[int, int], object]
"""Told how many files of an act have been written of how many."""

PIECE = 5
"""Files written without letting go of the library: some 20 ms."""


class Steps:
    """Does the long acts of a library, one at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._long = threading.RLock()
        """Held by an act that lets go of the library's lock between its steps."""

    def do(self, act: Generator[Step, None, T], progress: Progress | None) -> T:
        """Do an act step by step; others have the library in between, unless the caller holds its lock.

        Within `Library.together` the lock is held already: one who has it must not wait for another's long act.
        """
        with self._desk.lock:
            if self._desk.history.gathering:
                return self._each(act, progress)
        with self._long:
            return self._each(act, progress)

    @property
    def busy(self) -> bool:
        """Whether a long act of another thread is half way."""
        free = self._long.acquire(blocking=False)
        if free:
            self._long.release()
        return not free

    @contextmanager
    def done(self) -> Iterator[None]:
        """With the library's lock, and no act half way."""
        with self._long, self._desk.lock:
            yield

    def _each(self, act: Generator[Step, None, T], progress: Progress | None) -> T:
        while True:
            with self._desk.lock:
                try:
                    done, total = next(act)
                except StopIteration as end:
                    return end.value  # type: ignore[no-any-return]
            if progress is not None:
                progress(done, total)
            if threading.active_count() > 1:
                time.sleep(PAUSE)


def pieces(files: Sequence[T]) -> Iterator[tuple[Step | None, Sequence[T]]]:
    """Files a few at a time, each with how far the act is when these are written (none after the last, so that an act on a few is done
    in one step)."""
    for start in range(0, len(files), PIECE):
        end = start + PIECE
        yield (end, len(files)) if end < len(files) else None, files[start:end]


def half_done(error: StorageError, count: int) -> StorageError:
    """The error of an act that the disk ended when so many marks had been changed already."""
    if not count:
        return error
    return StorageError(
        f"{error.korean} 그 전에 {count}곳이 바뀌었습니다. 되돌리기로 물릴 수 있습니다.",
        f"{error.english} {count} had been changed by then; undo takes that back.",
    )
