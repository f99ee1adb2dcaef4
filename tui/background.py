"""Long work beside the reading: looking at articles, taking pages in. It posts messages and touches no widget.

The threads are daemons of our own and not Textual's workers, for which quitting would wait until they are done: the analyser's
processes end when their pipe closes, and everything that is kept is kept atomically.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from textual.message import Message
from textual.message_pump import MessagePump

from store.errors import MitjulError
from store.library import Library
from store.model import Added


class Analysed(Message):
    """An article has been looked at (or could not be)."""

    def __init__(self, id: str, done: int, total: int, error: MitjulError | None = None) -> None:
        super().__init__()
        self.id, self.done, self.total, self.error = id, done, total, error


class AnalysisEnded(Message):
    def __init__(self, error: MitjulError | None = None) -> None:
        super().__init__()
        self.error = error


class TakingIn(Message):
    """Pages are being taken in: `done` of `total`, `name` is next."""

    def __init__(self, done: int, total: int, name: str) -> None:
        super().__init__()
        self.done, self.total, self.name = done, total, name


class TakenIn(Message):
    """Everything asked for has been taken in, or has failed. `first`: these are the sample pages of the first start."""

    def __init__(self, added: list[Added], first: bool = False) -> None:
        super().__init__()
        self.added, self.first = added, first


class Answered(Message, bubble=False):
    """What was asked for has been read (or could not be): `done` is to be called with it."""

    def __init__(
        self, done: Callable[[Any], object], answer: Any = None, error: MitjulError | None = None
    ) -> None:
        super().__init__()
        self.done, self.answer, self.error = done, answer, error


T = TypeVar("T")


class Background:
    """The work of one screen. Each kind runs one at a time."""

    def __init__(self, library: Library, pump: MessagePump) -> None:
        self.library = library
        self.pump = pump
        self._cancel = threading.Event()
        self._threads: dict[str, threading.Thread] = {}
        self._lock = threading.Lock()
        self._intake_cancelled = False
        self._anew: set[str] = set()

    def busy(self, kind: str) -> bool:
        thread = self._threads.get(kind)
        return thread is not None and thread.is_alive()

    def stop(self) -> None:
        """Cancel everything; what has been done stays."""
        self._cancel.set()

    def cancel_intake(self) -> None:
        """Stop taking pages in; those that are in stay."""
        self._intake_cancelled = True

    def _start(self, kind: str, work: Callable[[], None]) -> bool:
        with self._lock:
            if self.busy(kind) or self._cancel.is_set():
                return False
            thread = threading.Thread(target=work, name=f"mitjul-{kind}", daemon=True)
            self._threads[kind] = thread
            thread.start()
            return True

    def _post(self, message: Message) -> None:
        if not self._cancel.is_set():
            self.pump.post_message(message)

    def ask(self, kind: str, read: Callable[[], T], done: Callable[[T], object]) -> bool:
        """Have something read beside the loop, and an `Answered` posted with it. False when that kind is being read already."""

        def work() -> None:
            try:
                answer = Answered(done, read())
            except Exception as error:
                answer = Answered(done, error=in_words(error))
            # Before it is told, so that who hears it can ask again.
            self._threads.pop(kind, None)
            self._post(answer)

        return self._start(kind, work)

    # ── the kinds of work ────────────────────────────────────────────────────────────────────────

    def analyse(self) -> bool:
        """Look at every article that is still to be looked at. False when that is going on already."""
        return self._start("analysis", self._analyse)

    def anew(self, id: str) -> None:
        """An article's text has changed: what is being found in the one before does not count."""
        self._anew.add(id)

    @property
    def unfinished(self) -> bool:
        """Whether a text changed when the looking was just coming to its end."""
        return bool(self._anew) and not self._cancel.is_set()

    def _analyse(self) -> None:
        failed: set[str] = set()
        self._anew.clear()
        try:
            # More may have come in while the first were looked at.
            while pending := [id for id in self.library.pending() if id not in failed]:
                for done, (id, found) in enumerate(
                    self.library.analyse(pending, cancelled=self._cancel.is_set), 1
                ):
                    error = found if isinstance(found, MitjulError) else None
                    if error is not None:
                        failed.add(id)
                    self._post(Analysed(id, done, len(pending), error))
                if self._cancel.is_set():
                    return
                changed, self._anew = self._anew, set()
                failed.update((set(pending) & set(self.library.pending())) - changed)
                failed -= changed
        except Exception as error:  # the end is always told, or the footer would say for ever that it goes on
            self._post(AnalysisEnded(in_words(error)))
            return
        self._post(AnalysisEnded())

    def take_in(self, paths: Sequence[str]) -> bool:
        """Take in files, folders and addresses."""

        def work() -> None:
            self._intake_cancelled = False
            added: list[Added] = []
            try:
                taken = self.library.add_paths(
                    paths,
                    progress=lambda done, total, name: self._post(TakingIn(done, total, name)),
                    cancelled=lambda: self._cancel.is_set() or self._intake_cancelled,
                )
                added.extend(taken)
            except Exception as error:
                added.append(_failed(", ".join(paths), error))
            self._post(TakenIn(added))

        return self._start("intake", work)

    def take_samples(self) -> bool:
        """Put the sample pages into an empty library."""

        def work() -> None:
            from store.samples import sample_pages

            added: list[Added] = []
            # The first in the list is to stand on top of the shelf, which shows the newest first.
            for name, data in reversed(sample_pages()):
                try:
                    added += self.library.add(data, name=name, path=name)
                except Exception as error:
                    added.append(_failed(name, error))
            self._post(TakenIn(added, first=True))

        return self._start("intake", work)


def in_words(error: Exception) -> MitjulError:
    """An error in words for the reader, also one that nobody foresaw."""
    if isinstance(error, MitjulError):
        return error
    if isinstance(error, sqlite3.Error):
        return MitjulError(
            "찾아보기를 쓰지 못했습니다. 글과 표시는 그대로 있습니다. 되풀이되면 `mitjul reindex`를 하세요.",
            "The index could not be used; articles and marks are as they were. Should it happen again, run `mitjul reindex`.",
        )
    what = f"{type(error).__name__}: {error}"
    return MitjulError(f"뜻밖의 오류로 멈췄습니다: {what}", f"Stopped by an unexpected error: {what}")


def _failed(path: str, error: Exception) -> Added:
    told = in_words(error)
    return Added(path=path, status="failed", error=told.korean, error_en=told.english)
