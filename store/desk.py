"""What the parts of an open library share: its folder, its lock, its index, the reader's history."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from store.errors import GoneError, StorageError, UnwritableError
from store.history import History
from store.index import Index
from store.layout import Layout

PAUSE = 0.0002
"""Seconds for which long work lets the others have the library; a lock let go of and taken at once is nobody else's."""


class Problem(Struct, frozen=True):
    """Something wrong with a library's file, in words; `repaired` when it has been mended."""

    path: str
    korean: str
    english: str
    repaired: bool = False


class Desk(Struct):
    """The shared part of an open library. Hold `lock` while touching any of it."""

    layout: Layout
    writable: bool
    index: Index
    history: History = field(default_factory=History)
    lock: threading.RLock = field(default_factory=threading.RLock)
    problems: list[Problem] = field(default_factory=list)
    closed: bool = False
    place: tuple[int, int] | None = None
    """Which folder was opened; see `Layout.place`. `None` while there has been none."""
    refused: StorageError | None = None
    """Why it is open for reading only, where one would have written."""
    gone: bool = False
    """Whether that was not there when it was looked for last."""

    def in_turns(self, work: Iterator[None]) -> None:
        """Do some work, letting go of the lock in between (where the caller does not hold it); the rest is left undone when the library
        is closed."""
        while True:
            with self.lock:
                if self.closed:
                    return
                try:
                    next(work)
                except StopIteration:
                    return
            if threading.active_count() > 1:
                time.sleep(PAUSE)

    def must_be_there(self) -> None:
        """Raises: GoneError, when the folder that was opened is not there."""
        now = self.layout.place()
        if self.place is None:
            self.place = now
        self.gone = now != self.place
        if self.gone:
            raise gone(self.layout.folder)

    def must_write(self) -> None:
        """Raises: StorageError, when the library was opened for reading; GoneError."""
        self.must_be_there()
        if isinstance(self.refused, UnwritableError):
            raise self.refused
        if not self.writable:
            raise StorageError(
                f"읽기로만 연 서가입니다: {self.layout.folder}. 쓰려면 다른 창을 닫고 다시 여세요.",
                f"The library is open for reading only: {self.layout.folder}. Close the other mitjul and open it again.",
            )

    def report(self, path: Path, korean: str, english: str, *, repaired: bool = False) -> Problem:
        """Note a problem for `Library.check` and the screen."""
        problem = Problem(str(path), korean, english, repaired)
        if problem not in self.problems:
            self.problems.append(problem)
        return problem


def gone(folder: Path) -> GoneError:
    """The error for a library whose folder is not there."""
    return GoneError(
        f"서가 폴더가 사라졌습니다: {folder}. 다시 연결하세요. 쓰던 메모는 따로 적어 두었다가 되살립니다.",
        f"The library's folder is gone: {folder}. Connect it again; notes being written are kept and will be recovered.",
    )
