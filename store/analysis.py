"""Having articles analysed by the worker processes, and keeping what they find."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from store.desk import Desk
from store.errors import GoneError, MitjulError
from store.model import Extracts, Page
from store.shelf import Shelf

if TYPE_CHECKING:
    from store.korean.analyser import Analyser

Result = tuple[str, Extracts | MitjulError]

_IDLE = 0.1
"""Seconds after which it is looked whether an answer is there, while no article comes."""


def analyse(
    desk: Desk,
    shelf: Shelf,
    ids: Sequence[str],
    workers: int,
    cancelled: Callable[[], bool] | None,
) -> Iterator[Result]:
    """Analyse these articles and keep what is found in each, as they finish. One that fails stops no other."""
    desk.must_write()
    if not ids:
        return
    from store.korean.analyser import Analyser

    with Analyser(workers) as analyser:
        yield from _found(desk, shelf, ids, analyser, cancelled)


def _found(
    desk: Desk,
    shelf: Shelf,
    ids: Iterable[str | None],
    analyser: Analyser,
    cancelled: Callable[[], bool] | None,
) -> Iterator[Result]:
    # By a number each: an article that comes in twice is asked about twice, and the answers are about different texts.
    texts: dict[str, tuple[str, str]] = {}
    numbers = itertools.count()
    failed: list[tuple[str, MitjulError]] = []

    def pages() -> Iterator[tuple[str, Page] | None]:
        for id in ids:
            if cancelled is not None and cancelled():
                return
            if id is None:
                yield None
                continue
            try:
                with desk.lock:
                    article = shelf.article(id)
            except GoneError:
                raise
            except MitjulError as error:
                failed.append((id, error))
                continue
            number = str(next(numbers))
            texts[number] = id, article.text
            yield number, article

    for number, found in analyser.analyse(pages()):
        id, text = texts.pop(number)
        if isinstance(found, MitjulError):
            yield id, found
            continue
        try:
            with desk.lock:
                # Closed meanwhile (a program that ends waits for nobody): the library may be another process's by now.
                desk.must_write()
                # Taken in again meanwhile: what was found is of another text, and it stays pending.
                shelf.save_extracts(id, found, text)
        except GoneError:
            raise
        except MitjulError as error:
            yield id, error
            continue
        yield id, found
        if cancelled is not None and cancelled():
            break
    yield from failed


class Alongside:
    """Analyses articles in a thread of its own while more of them are taken in. A context manager; left early, it stops at once and
    what is not analysed stays pending."""

    def __init__(self, desk: Desk, shelf: Shelf, workers: int = 1) -> None:
        desk.must_write()
        self._desk, self._shelf, self._workers = desk, shelf, workers
        self._ids: queue.Queue[str | None] = queue.Queue()
        self._results: queue.Queue[tuple[str, MitjulError | None] | BaseException | None] = queue.Queue()
        self._analyser: Analyser | None = None
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()
        self.count = 0
        """How many articles have been put."""

    def put(self, id: str) -> None:
        """Have this article analysed, too."""
        self.count += 1
        self._ids.put(id)
        if self._thread is None:
            from store.korean.analyser import Analyser

            self._analyser = Analyser(self._workers)
            self._thread = threading.Thread(target=self._run, daemon=True, name="alongside")
            self._thread.start()

    def finish(self) -> Iterator[tuple[str, MitjulError | None]]:
        """Nothing more is put: of each article, from the first, as it is analysed, that it is, or why not."""
        if self._thread is None:
            return
        self._ids.put(None)
        while (item := self._results.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item

    def _run(self) -> None:
        assert self._analyser is not None
        try:
            for id, found in _found(
                self._desk, self._shelf, self._coming(), self._analyser, self._closed.is_set
            ):
                # What was found is in its file.
                self._results.put((id, found if isinstance(found, MitjulError) else None))
        except BaseException as error:
            self._results.put(error)
        finally:
            self._results.put(None)

    def _coming(self) -> Iterator[str | None]:
        while True:
            try:
                id = self._ids.get(timeout=_IDLE)
            except queue.Empty:
                yield None
                continue
            if id is None:
                return
            yield id

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        if self._analyser is not None:
            self._analyser.close()
        if self._thread is not None:
            self._thread.join()
