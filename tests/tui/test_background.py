"""What goes wrong beside the reading is told, whatever it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.message import Message

from store.library import Library
from tui.background import AnalysisEnded, Answered, Background, TakenIn


class Pump:
    def __init__(self) -> None:
        self.posted: list[Message] = []

    def post_message(self, message: Message) -> bool:
        self.posted.append(message)
        return True


def finished(background: Background, kind: str) -> None:
    background._threads[kind].join(10)
    assert not background.busy(kind)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as library:
        yield library


def broken(*_: Any, **__: Any) -> Any:
    raise ZeroDivisionError("0")


@pytest.mark.parametrize(
    ("kind", "method", "start"),
    [
        ("analysis", "pending", lambda background: background._start("analysis", background._analyse)),
        ("intake", "add_paths", lambda background: background.take_in(["x.txt"])),
        ("intake", "add", lambda background: background.take_samples()),
    ],
)
def test_an_unforeseen_error_ends_the_work_with_a_word(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    method: str,
    start: Callable[[Background], bool],
) -> None:
    monkeypatch.setattr(library, method, broken)
    pump = Pump()
    background = Background(library, pump)  # type: ignore[arg-type]
    assert start(background)
    finished(background, kind)
    ended = pump.posted[-1]
    if isinstance(ended, AnalysisEnded):
        assert ended.error is not None
        assert "ZeroDivisionError" in ended.error.korean
    else:
        assert isinstance(ended, TakenIn)
        assert all(item.status == "failed" for item in ended.added)
        assert "ZeroDivisionError" in str(ended.added[0].error_en)


def test_what_is_asked_for_is_read_one_at_a_time_and_told(library: Library) -> None:
    pump = Pump()
    background = Background(library, pump)  # type: ignore[arg-type]
    go_on = threading.Event()
    heard: list[object] = []
    assert background.ask("shelf", lambda: go_on.wait(10) and library.list(), heard.append)
    assert not background.ask("shelf", library.list, heard.append)
    thread = background._threads["shelf"]
    go_on.set()
    thread.join(10)
    assert not background.busy("shelf")
    (answered,) = pump.posted
    assert isinstance(answered, Answered)
    answered.done(answered.answer)
    assert heard == [[]]
    assert background.ask("shelf", broken, heard.append)
    while background.busy("shelf"):
        time.sleep(0.001)
    while len(pump.posted) < 2:
        time.sleep(0.001)
    told = pump.posted[1]
    assert isinstance(told, Answered)
    assert told.error is not None
    assert "ZeroDivisionError" in told.error.english
    background.stop()
    assert not background.ask("shelf", library.list, heard.append)
