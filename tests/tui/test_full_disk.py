"""The disk is full: every box and screen says so where one looks, once, and what was typed stays."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store import database
from store.files import storage_error
from store.library import Library
from tests.tui.conftest import opened
from tui.background import in_words
from tui.config import Config
from tui.frame import KeyLine
from tui.picker import TagPicker

SAID = "디스크에 빈자리가 없습니다"


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """No file can be written."""

    def refuse(path: Path, *_: Any, **__: Any) -> None:
        raise storage_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), path)

    with monkeypatch.context() as patch:
        patch.setattr(database, "write_bytes", refuse)
        yield patch


def painted(app: Any) -> str:
    """The rows of the screen on top as the terminal gets them."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_the_tag_picker_says_so(
    library: Library, config: Config, full: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with opened(library, config, size) as (pilot, screen):
        await pilot.press("t", "가", "enter")
        await pilot.pause(0.2)
        assert isinstance(screen.app.screen, TagPicker)
        assert SAID in painted(screen.app)
        for key in ("enter", "enter"):
            await pilot.press(key)
        await pilot.pause(0.2)
        assert painted(screen.app).count(SAID) == 1
        full.undo()
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert [mark.tags for mark in library.annotations()] == [("가",)]


async def test_the_same_error_is_one_line(library: Library, config: Config, full: pytest.MonkeyPatch) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press(*"hhhhh")
        await pilot.pause(0.1)
        line = screen.app.screen.query_one(KeyLine)
        assert len({one.message for one in screen.app._notifications}) == 1
        assert sum(SAID in text for _, text in line._lines) == 1
        assert [sign for sign, _ in line._lines].count("!") == 1


def test_what_sqlite_says_is_not_for_the_reader() -> None:
    said = in_words(sqlite3.OperationalError("database or disk is full"))
    for line in (said.korean, said.english):
        assert "OperationalError" not in line
        assert "reindex" in line
