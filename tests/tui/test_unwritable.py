"""A library in a folder that cannot be written is read, as beside another window; and says why."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from store import opening
from store.files import storage_error
from store.library import Library
from tests.tui.conftest import opened, told
from tui.app import open_library
from tui.config import Config


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
async def test_a_folder_that_cannot_be_written_is_read(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    folder = library.folder
    library.close()

    class Refused:
        def __init__(self, folder: Path) -> None:
            raise storage_error(OSError(code, os.strerror(code)), folder)

    monkeypatch.setattr(opening, "WriteLock", Refused)
    with open_library(folder) as second:
        assert not second.writable
        async with opened(second, config) as (pilot, screen):
            (said,) = told(screen)
            assert said.startswith("읽기 전용으로 열었습니다.")
            assert ("디스크" if code == errno.EROFS else "권한") in said
            assert "다른 창" not in said
            screen.keys.tell([])
            assert screen.keys.render_line(0).text.rstrip().endswith("읽기 전용")
            await pilot.press("down", "h", "t", "n")
            assert pilot.app.screen is screen
            assert second.annotations() == []
            assert len(second.list()) == 2
