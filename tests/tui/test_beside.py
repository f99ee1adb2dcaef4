"""What goes wrong beside the screen, foreseen or not, is told; nothing says for ever that it is being done."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.screen import Screen

from store.errors import StorageError
from store.library import Library
from tests.tui.conftest import opened, opens, told, until
from tui.beside import beside
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


async def test_what_is_found_at_once_is_shown_at_once(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        heard: list[object] = []
        beside(screen, lambda: "곧", heard.append, heard.append, patience=5)
        assert heard == ["곧"]
        beside(screen, failing(ValueError("x")), heard.append, heard.append, patience=5)
        assert str(heard[1]).startswith("뜻밖의 오류")
        gate = threading.Event()
        beside(screen, lambda: gate.wait(20), heard.append, heard.append, patience=0.01)
        assert len(heard) == 2, "and what takes longer is waited for no longer"
        gate.set()
        await until(pilot, lambda: len(heard) == 3)
        await pilot.pause(0.05)
        assert heard[2:] == [True], "once"


async def test_a_key_and_what_it_finds_are_one_paint(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(library, config) as (pilot, _):
        search = await opens(pilot, SearchScreen, "s")
        monkeypatch.setattr("tui.search.PATIENCE", 5)
        writes: list[str] = []
        display = App._display
        reflow = Compositor.reflow
        laid: list[object] = []

        def shown(app: App[None], screen: Screen[object], update: object) -> None:
            if update is not None and screen is search:
                writes.append(f"{search.field.value}: {len(search.hits)}")
            display(app, screen, update)  # type: ignore[arg-type]

        monkeypatch.setattr(App, "_display", shown)

        def counted(*args: Any) -> object:
            laid.append(args)
            return reflow(*args)

        monkeypatch.setattr(Compositor, "reflow", counted)
        search.field.cursor_blink = False
        await pilot.pause(0.1)
        writes.clear()
        await pilot.press("강")
        await until(pilot, lambda: bool(search.hits))
        await pilot.pause(0.1)
        assert writes[0] == f"강: {len(search.hits)}"
        assert not laid
        gate = threading.Event()
        look = Library.search
        monkeypatch.setattr("tui.search.PATIENCE", 0.005)

        def slow(*args: Any) -> object:
            gate.wait(20)
            return look(*args)

        monkeypatch.setattr(Library, "search", slow)
        writes.clear()
        before = len(search.hits)
        await pilot.press("물")
        await pilot.pause(0.1)
        assert writes[0] == f"강물: {before}", "the key does not wait for what takes long"
        gate.set()
        await until(pilot, lambda: search._shown == "강물")
