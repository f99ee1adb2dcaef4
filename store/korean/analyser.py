"""The client of the analyser's processes: hands them pages over pipes, so that Kiwi never loads in the reader's own process."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from store.errors import MitjulError
from store.korean.worker import Answer, Request
from store.model import Extracts, Page

_PATIENCE = 60.0
"""Seconds that an article may take, and one more for every `_PER_SECOND` code points of it."""
_PER_SECOND = 5_000
_LOADING = 180.0
"""Seconds more for the first article of a process, which loads its model before: three when idle, many on a busy machine."""


_FLIGHT, _AHEAD = 8, 60_000
"""The most pages, and code points, that a process has before it: enough that it need never wait for the next."""

Result = tuple[str, Extracts | MitjulError]


class Analyser:
    """Analyses pages in `workers` processes of their own. A context manager; `close` may be called from another thread.

    One process keeps as many cores busy as there are (Kiwi has its threads); more of them help where a page is more work for
    Python than for Kiwi, at half a gigabyte each. The processes start with the first page and stay for the next call. One that
    dies or does not answer in time costs the page it was at, and is replaced.
    """

    def __init__(self, workers: int = 1) -> None:
        self._workers = [_Worker() for _ in range(max(1, workers))]
        self._closed = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def analyse(self, pages: Iterable[tuple[str, Page] | None]) -> Iterator[Result]:
        """Each page's extracts, or why there are none, in the order in which they are ready.

        Ends early when the analyser is closed. A few pages are asked for ahead of the workers.

        Args:
            pages: with their names; `None` says that none is there now and that one may come (it is asked for again at once).
        """
        if self._closed.is_set():
            return
        source = iter(pages)
        source_lock = threading.Lock()
        done: queue.Queue[Result | BaseException | None] = queue.Queue()
        stopped = threading.Event()
        ended: tuple[str, Page] | _End = _End()

        def feed() -> tuple[str, Page] | _End | None:
            if stopped.is_set() or self._closed.is_set():
                return _End()
            with source_lock:
                return next(source, ended)

        def tell(name: str, result: Extracts | MitjulError) -> None:
            if not self._closed.is_set():
                done.put((name, result))

        def run(worker: _Worker) -> None:
            try:
                worker.run(feed, tell, lambda: stopped.is_set() or self._closed.is_set())
            except BaseException as error:  # the source's own failure belongs to the caller
                done.put(error)
            finally:
                done.put(None)

        for worker in self._workers:
            threading.Thread(target=run, args=(worker,), daemon=True, name="analyser").start()
        running = len(self._workers)
        try:
            while running:
                item = done.get()
                if item is None:
                    running -= 1
                elif isinstance(item, BaseException):
                    raise item
                elif self._closed.is_set():
                    break
                else:
                    yield item
        finally:
            stopped.set()

    def close(self) -> None:
        """Ends the processes; an `analyse` under way ends without the rest. Harmless when called again."""
        self._closed.set()
        for worker in self._workers:
            worker.close()


class _End:
    """No page will come any more."""


class _Worker:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._busy = threading.Lock()
        self._turn = threading.Lock()
        self._closed = False
        self._loaded = False

    def run(
        self,
        feed: Callable[[], tuple[str, Page] | _End | None],
        tell: Callable[[str, Extracts | MitjulError], None],
        stopped: Callable[[], bool],
    ) -> None:
        """Has the pages that `feed` gives analysed and tells of each, in order."""
        with self._busy:
            flight: deque[tuple[str, Page]] = deque()
            again: deque[tuple[str, Page]] = deque()
            more = True
            try:
                while not stopped():
                    alone = bool(again)
                    while (more or again) and not (flight and (alone or _far(flight))):
                        item = again.popleft() if again else feed()
                        if isinstance(item, _End):
                            more = False
                        elif item is None:
                            break
                        elif error := self._ask(*item, first=not flight):
                            tell(item[0], error)
                        else:
                            flight.append(item)
                    if not flight:
                        if more:
                            continue
                        return
                    answer = self._answer(flight)
                    if answer is not None:
                        tell(flight.popleft()[0], answer)
                    elif len(flight) == 1:
                        tell(flight.popleft()[0], _gone())
                    else:
                        # One of these was too much for it; each by itself shows which.
                        again.extendleft(reversed(flight))
                        flight.clear()
            finally:
                if flight:
                    # Its answers would be taken for those to the next questions.
                    with self._turn:
                        self._end()

    def _ask(self, name: str, page: Page, *, first: bool) -> MitjulError | None:
        """Hand a page over. `first`: nothing else is before the process, which may be started (again)."""
        with self._turn:
            if self._closed:
                return _gone()
            try:
                process = self._started() if first else self._process
            except OSError as error:
                return MitjulError(
                    f"분석기를 시작하지 못했습니다. 글은 그대로 읽을 수 있습니다. ({error})",
                    f"The analyser could not be started; articles can be read all the same. ({error})",
                )
            if process is None:
                return None
            assert process.stdin is not None
            # Where it has died, its answer will be missing.
            with contextlib.suppress(OSError, ValueError):
                process.stdin.write(msgspec.json.encode(Request(name, page)) + b"\n")
                process.stdin.flush()
        return None

    def _answer(self, flight: Sequence[tuple[str, Page]]) -> Extracts | MitjulError | None:
        """The answer for the first of the pages in flight, or `None` where the process has died or takes too long; it is ended then."""
        length = sum(len(page.text) for _, page in flight)
        with self._turn:
            process = self._process
            if process is None or self._closed:
                return None
            patience = _PATIENCE + length / _PER_SECOND + (0 if self._loaded else _LOADING)
            late = threading.Timer(patience, process.kill)
            late.daemon = True
            late.start()
            try:
                assert process.stdout is not None
                line = process.stdout.readline()
            except (OSError, ValueError):
                line = b""
            finally:
                late.cancel()
            # Nothing, or half an answer: it was ended while it wrote.
            answer = msgspec.json.decode(line, type=Answer) if line.endswith(b"\n") else None
            if answer is None or answer.id != flight[0][0]:
                self._end()
                return None
            self._loaded = True
            if answer.extracts is not None:
                return answer.extracts
            problem = answer.error
            return MitjulError(problem.korean, problem.english) if problem else _gone()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            root = str(Path(__file__).resolve().parents[2])
            paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
            self._process = subprocess.Popen(
                # -P: a folder called store where the reader happens to stand must not be taken for ours.
                [sys.executable, "-P", "-m", "store.korean.worker", str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            )
            if self._closed:
                self._process.kill()
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        self._loaded = False
        if process is not None:
            _finish(process)

    def close(self) -> None:
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()  # wakes the thread that waits for an answer
        with self._turn:
            self._end()


def _far(flight: deque[tuple[str, Page]]) -> bool:
    """Whether a process has enough before it."""
    return len(flight) >= _FLIGHT or sum(len(page.text) for _, page in flight) >= _AHEAD


def _finish(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    process.kill()
    process.wait()


def _gone() -> MitjulError:
    return MitjulError(
        "분석하다가 멈췄습니다. 글은 그대로 읽을 수 있고, 다음에 다시 분석합니다.",
        "The analysis stopped; the article can be read all the same, and will be analysed again next time.",
    )
