"""What goes wrong beside the reading is told, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.message import Message

from store.library import Library
from tui.background import AnalysisEnded, Background, TakenIn


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
