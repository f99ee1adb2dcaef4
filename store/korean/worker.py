"""The analyser's process: `python -m store.korean.worker [PID]`, with the id of the process that starts it.

Reads one JSON object a line on standard input, `{"id", "page"}`, and answers each with one line on standard output,
`{"id", "extracts"}` or `{"id", "error": {"korean", "english"}}`, in order. Kiwi is loaded with the first page. Ends when its standard
input closes, and within a second or so when the process that started it is gone, whatever it is at. One bad page never stops it.
"""

from __future__ import annotations

import gc
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from store.model import Extracts, Page

if TYPE_CHECKING:
    from store.korean.kiwi import Token


class Request(msgspec.Struct, frozen=True):
    id: str
    page: Page


class Problem(msgspec.Struct, frozen=True):
    korean: str
    english: str


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    extracts: Extracts | None = None
    error: Problem | None = None


class _Name(msgspec.Struct, frozen=True):
    id: str = ""


def asked(line: bytes) -> Request | Answer:
    """What one line asks for, or the answer where that is nothing; never raises for anything in the line."""
    try:
        return msgspec.json.decode(line, type=Request)
    except msgspec.DecodeError as error:
        try:
            name = msgspec.json.decode(line, type=_Name).id
        except msgspec.DecodeError:
            name = ""
        return Answer(name, error=_problem(error))


def answers(first: Request, more: Callable[[], Request | Answer | None]) -> Iterator[Answer]:
    """The answers to a request and to those that wait behind it, in order; `more` gives the next, or `None` when none waits.

    Kiwi's threads go on with the next page while this one is looked at. A page that fails costs itself alone.
    """
    try:
        from store.korean.analyse import texts_of
        from store.korean.kiwi import stream
    except Exception as error:  # an installation that is not whole
        traceback.print_exc()
        yield Answer(first.id, error=_problem(error))
        return
    waiting: deque[Request | Answer] = deque()

    def texts() -> Iterator[str]:
        item: Request | Answer | None = first
        while item is not None:
            waiting.append(item)
            if isinstance(item, Request):
                yield from texts_of(item.page)
            item = more()

    morphemes = stream(texts())
    with suppress(Exception):  # then the rest is done one by one
        for title in morphemes:
            while isinstance(item := waiting.popleft(), Answer):
                yield item
            own = islice(morphemes, len(item.page.sentences))
            yield _analysed(item, chain([title], own))
            for _ in own:
                pass
    for item in waiting:
        yield item if isinstance(item, Answer) else _analysed(item, None)


def _analysed(request: Request, morphemes: Iterator[list[Token]] | None) -> Answer:
    try:
        from store.korean.analyse import analyse

        return Answer(request.id, extracts=analyse(request.page, morphemes))
    except Exception as error:  # whatever an article can provoke is that article's own failure
        traceback.print_exc()
        return Answer(request.id, error=_problem(error))


def _problem(error: Exception) -> Problem:
    what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return Problem(
        f"이 글을 분석하지 못했습니다. 글은 그대로 읽을 수 있습니다. ({what})",
        f"This article could not be analysed; it can be read all the same. ({what})",
    )


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answers every line of `source` on `target` until it closes."""
    lines: queue.Queue[bytes | None] = queue.Queue()

    def read() -> None:
        # Always at it, so that the one who asks never waits for his pipe while this one waits for its own.
        for line in source:
            if line.strip():
                lines.put(line)
        lines.put(None)

    def more() -> Request | Answer | None:
        try:
            line = lines.get_nowait()
        except queue.Empty:
            return None
        if line is None:
            lines.put(None)
        return asked(line) if line is not None else None

    threading.Thread(target=read, daemon=True).start()
    while (line := lines.get()) is not None:
        item = asked(line)
        for each in [item] if isinstance(item, Answer) else answers(item, more):
            target.write(msgspec.json.encode(each) + b"\n")
            target.flush()


def _end_with(parent: int) -> None:
    """Ends this process when its parent is no longer `parent`: a page that takes for ever would never come to the end of the input."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def main() -> None:
    parent = int(sys.argv[1]) if len(sys.argv) > 1 else os.getppid()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(5)
    # Morphemes come by the hundred thousand, and none of them in circles.
    gc.set_threshold(50_000)
    # Ctrl+C in the terminal is for the reader's program, which ends this one by closing its input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever a library prints must not get between the answers.
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        serve(sys.stdin.buffer, target)
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
