"""What is asked for while it is being read is read once more; where one left off is waited for."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from store import upkeep
from store.library import Library
from store.model import Extracts
from tests.tui.conftest import extracts, opened, settled
from tui import reader
from tui.app import open_library
from tui.config import Config


async def test_extracts_that_come_while_they_are_read_are_read_once_more(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(library, config) as (pilot, screen):
        assert screen.session.article is not None
        id = screen.session.article.id
        found, read, go = extracts(library, id), threading.Event(), threading.Event()
        answers = [None, found]

        def slow() -> tuple[str, Extracts | None]:
            answer = answers.pop(0)
            read.set()
            assert go.wait(10)
            return id, answer

        monkeypatch.setattr(screen.session, "read_extracts", slow)
        screen.ask_extracts()
        assert read.wait(10)
        screen.ask_extracts()
        go.set()
        await settled(pilot, screen)
        while screen.session.extracts is None and answers:
            await pilot.pause(0.01)
        await settled(pilot, screen)
        assert screen.session.extracts == found
        assert answers == []


async def test_the_shelf_is_read_beside_the_loop_and_again_when_asked_meanwhile(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(library, config) as (pilot, screen):
        loop, threads, done = threading.get_ident(), [], []
        real = screen.session.read_shelf

        def read() -> object:
            threads.append(threading.get_ident())
            return real()

        monkeypatch.setattr(screen.session, "read_shelf", read)
        screen.after_shelf(lambda: done.append(1))
        screen.after_shelf(lambda: done.append(2))
        while len(done) < 2:
            await pilot.pause(0.01)
        assert done == [1, 2]
        assert len(threads) == 2
        assert loop not in threads


async def test_one_is_brought_back_to_where_one_was_also_while_the_library_is_read(
    folder: Path, library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = library.list()[-1].id
    library.set_place(last, 0, 0.1)
    library.close()
    (folder / "index.sqlite").unlink()
    gate = threading.Event()
    monkeypatch.setattr(
        upkeep, "time", SimpleNamespace(sleep=lambda _: gate.wait(10), monotonic=time.monotonic)
    )
    monkeypatch.setattr(reader, "FOLLOW", 0.02)
    with open_library(folder) as again:
        assert again.last_article(known=False) == last
        async with opened(again, config) as (pilot, screen):
            gate.set()
            while screen.keys.status or screen.session.article is None:
                await pilot.pause(0.01)
            assert screen.session.article.id == last
