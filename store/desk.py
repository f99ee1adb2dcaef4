"""What the parts of an open library share: its folder, its lock, its index, the reader's history."""

from __future__ import annotations

import threading
from pathlib import Path

from msgspec import Struct, field

from store.errors import StorageError
from store.history import History
from store.index import Index
from store.layout import Layout


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

    def must_write(self) -> None:
        """Raises: StorageError, when the library was opened for reading."""
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
