"""What goes wrong beside the screen, foreseen or not, is told; nothing says for ever that it is being done."""

from __future__ import annotations

from typing import Any

import pytest

from store.errors import StorageError
from store.library import Library
from tests.tui.conftest import opened, opens, told, until
from tui.compare import CompareScreen
from tui.config import Config
from tui.export import ExportScreen
from tui.search import SearchScreen

ERRORS = [
    (StorageError("디스크가 읽히지 않습니다.", "The disk cannot be read."), "디스크가 읽히지 않습니다."),
    (ValueError("x"), "뜻밖의 오류로 멈췄습니다: ValueError: x"),
]


def failing(error: Exception) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(("error", "words"), ERRORS)
async def test_related_passages(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    monkeypatch.setattr("tui.relating.related", failing(error))
    async with opened(library, config) as (pilot, screen):
        monkeypatch.setattr(type(screen), "why_not", lambda self, action: "")
        await pilot.press("r")
        await until(pilot, lambda: words in told(screen))


@pytest.mark.parametrize(("error", "words"), ERRORS)
async def test_search(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    monkeypatch.setattr(Library, "search", failing(error))
    async with opened(library, config) as (pilot, _):
        search = await opens(pilot, SearchScreen, "s", "강")
        await until(pilot, lambda: words in search.list.render_line(0).text)


@pytest.mark.parametrize(("error", "words"), ERRORS)
async def test_compare(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    monkeypatch.setattr("tui.compare.gather", failing(error))
    async with opened(library, config) as (pilot, _):
        compare = await opens(pilot, CompareScreen, "c")
        await until(pilot, lambda: compare.found is not None)
        assert words in compare.grid.render_line(0).text


@pytest.mark.parametrize(("error", "words"), ERRORS)
async def test_export(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    async with opened(library, config) as (pilot, _):
        export = await opens(pilot, ExportScreen, "x")
        await until(pilot, lambda: export.state == "ready")
        monkeypatch.setattr("tui.export.run", failing(error))
        await pilot.press("x")
        await until(pilot, lambda: export.state == "failed")
