"""A start at which much has to be read that changed meanwhile: the reader is there at once, says how far it is, and shows what comes."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from store import upkeep
from store.drafts import Drafts, Target
from store.library import Library
from tests.tui.conftest import opened
from tui import reader
from tui.app import open_library
from tui.background import Background
from tui.config import Config


async def test_the_reader_is_there_while_the_library_is_read(
    folder: Path, library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = library.list()[-1].id
    library.close()
    Drafts(folder).put(Target("article", written), "쓰다 만 메모")
    (folder / "index.sqlite").unlink()
    gate = threading.Event()
    samples: list[object] = []
    monkeypatch.setattr(
        upkeep, "time", SimpleNamespace(sleep=lambda _: gate.wait(10), monotonic=time.monotonic)
    )
    monkeypatch.setattr(reader, "FOLLOW", 0.02)
    monkeypatch.setattr(Background, "take_samples", samples.append)
    with open_library(folder) as again:
        async with opened(again, config) as (pilot, screen):
            assert again.catching_up is not None
            while "서가 맞추는 중" not in screen.keys.status:
                await pilot.pause(0.01)
            gate.set()
            while screen.keys.status or not screen.session.order():
                await pilot.pause(0.01)
            assert len(screen.session.order()) == 2
            assert screen.session.article is not None
            assert again.article_note(written) == "쓰다 만 메모"
    assert samples == [], "an index that is empty is no empty library"
