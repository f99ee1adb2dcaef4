"""The first start, starting beside another reader, changes from outside, settings at start; and what is never loaded."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

from store.errors import StorageError
from store.library import Library
from store.samples import sample_pages
from tests.tui.conftest import PAGES, opened, settled, told, until
from tui import config as settings
from tui import language, themes
from tui.app import MitjulApp, open_library
from tui.background import Background
from tui.config import Config
from tui.reader import ReaderScreen
from tui.tour import Tour


async def test_first_start_opens_a_sample_and_the_tour(own_home: Path, config: Config) -> None:
    with Library.open(own_home / "new") as library:
        app = MitjulApp(library, replace(config, tour=True))
        async with app.run_test(size=(120, 40)) as pilot:
            for _ in range(200):
                await pilot.pause(0.05)
                if isinstance(app.screen, Tour):
                    break
            assert isinstance(app.screen, Tour)
            await pilot.press("escape")
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, ReaderScreen)
            assert len(library.list()) == len(sample_pages()) == 5
            assert screen.session.article is not None
            assert screen.session.article.id == screen.session.order()[0]
            await pilot.press("h")
            assert len(library.annotations()) == 1


async def test_a_second_reader_reads_only_and_says_so(folder: Path, library: Library, config: Config) -> None:
    with open_library(folder) as second:
        assert not second.writable
        async with opened(second, config) as (pilot, screen):
            assert "읽기 전용" in told(screen)[0]
            assert "읽기 전용" in screen.edge.info
            await pilot.press("down", "h", "t", "n", "f2", "d")
            assert pilot.app.screen is screen
            assert second.annotations() == []
            assert len(second.list()) == 2


async def test_changes_from_outside_are_shown(folder: Path, library: Library, config: Config) -> None:
    with open_library(folder) as second:
        async with opened(second, config) as (pilot, screen):
            article = screen.session.article
            assert article is not None
            first = article.sentences[0]
            time.sleep(0.02)
            library.annotate(article.id, first.start, first.end, tags=["비용"])
            library.add(PAGES["강.txt"].replace("다리", "배").encode(), name="셋째.txt")
            screen.look_for_changes()
            await settled(pilot, screen)
            assert [mark.tags for mark in screen.session.marks] == [("비용",)]
            assert len(screen.session.order()) == 3


async def test_bad_settings_are_named_at_start(library: Library, own_home: Path) -> None:
    path = own_home / "config.toml"
    path.write_text('width = 7\ntour = false\n[keys]\nundrline = "u"\n', "utf-8")
    async with opened(library, settings.load(path)) as (_pilot, screen):
        lines = told(screen)
        assert any("width" in line for line in lines)
        assert any("keys.undrline" in line for line in lines)


async def test_language_of_the_settings(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MITJUL_LANG")
    try:
        async with opened(library, replace(config, language="en")) as (_pilot, screen):
            assert screen.extracts.rule.name_ == "Extracts"
    finally:
        language.choose(None)


@pytest.mark.parametrize(
    "theme", [*(theme.name for theme in themes.OURS), "textual-dark", "textual-light", "nord"]
)
async def test_themes_can_be_worn(library: Library, config: Config, theme: str) -> None:
    async with opened(library, replace(config, theme=theme)) as (pilot, _screen):
        await pilot.press("t")
        await pilot.press("escape")
        assert pilot.app.theme == theme


async def test_real_analysis_brings_the_extracts(library: Library, config: Config) -> None:
    before = "kiwipiepy" in sys.modules  # other tests of this process may have loaded it
    async with opened(library, config) as (pilot, screen):
        for _ in range(1_200):
            await pilot.pause(0.1)
            if screen.session.extracts is not None:
                break
        assert screen.session.extracts is not None
        assert {row.key.partition(":")[0] for row in screen.extracts.list.rows} >= {"at"}
        assert ("kiwipiepy" in sys.modules) == before


def test_kiwi_and_the_parsers_of_files_are_never_imported_by_the_reader(own_home: Path) -> None:
    code = """
import asyncio, sys
from pathlib import Path
from store.library import Library
from tui.app import MitjulApp
from tui.config import Config
from tui.background import Background
Background.analyse = lambda self: False
async def main():
    with Library.open(Path(sys.argv[1])) as library:
        app = MitjulApp(library, Config(Path(sys.argv[1]) / "c.toml", tour=False))
        async with app.run_test() as pilot:
            await pilot.press("down", "h", "t", "escape", "s", "escape", "g", "escape", "question_mark", "escape")
asyncio.run(main())
print([name for name in ("kiwipiepy", "numpy", "sklearn", "trafilatura", "pypdf", "jinja2", "httpx") if name in sys.modules])
"""
    folder = own_home / "library"
    with Library.open(folder) as library:
        for name, text in PAGES.items():
            library.add(text.encode(), name=name)
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2], env=dict(os.environ),
    )  # fmt: skip
    assert done.stdout.strip() == "[]", done.stderr


def test_work_that_fails_is_told_and_ends(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker's threads post what happened, whatever happens, and stop when told to."""
    from textual.message import Message

    posted: list[Message] = []

    class Pump:
        def post_message(self, message: Message) -> bool:
            posted.append(message)
            return True

    def refuse(self: Library, *_: object, **__: object) -> object:
        raise StorageError("디스크가 꽉 찼습니다.", "The disk is full.")

    monkeypatch.undo()
    monkeypatch.setattr(Library, "pending", refuse)
    monkeypatch.setattr(Library, "add_paths", refuse)
    background = Background(library, Pump())  # type: ignore[arg-type]
    assert background.analyse()
    assert background.take_in(["x"])
    for _ in range(1_500):
        if len(posted) == 2:
            break
        time.sleep(0.02)
    assert sorted(type(message).__name__ for message in posted) == ["AnalysisEnded", "TakenIn"]
    background.stop()
    assert not background.analyse()


def test_the_program_alone_opens_the_reader(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import tui.app
    from tui.cli import run

    opened: list[Path] = []
    monkeypatch.setenv("MITJUL_LIBRARY", str(own_home / "mine"))
    monkeypatch.setattr(gc, "disable", lambda: None)
    monkeypatch.setattr(tui.app, "run", opened.append)
    monkeypatch.setattr("tui.cli.terminal", lambda: True)
    assert run([]) == 0
    assert opened == [own_home / "mine"]

    def refuse(folder: Path) -> None:
        raise StorageError("폴더를 쓸 수 없습니다.", "The folder cannot be used.")

    monkeypatch.setattr(tui.app, "run", refuse)
    assert run([]) == 1
    assert "폴더를 쓸 수 없습니다." in capsys.readouterr().err


async def test_what_is_around_the_article_comes_after_it_into_places_that_are_kept(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.set_place(library.list()[0].id, 0, 0.1)
    places: dict[str, dict[str, object]] = {}

    def look(screen: ReaderScreen, when: str) -> None:
        parts = (screen.shelf, screen.edge, screen.view, screen.extracts, screen.notes, screen.keys)
        places[when] = {str(part.id): part.region for part in parts}

    stock = ReaderScreen.stock

    def watched(screen: ReaderScreen) -> None:
        if not screen.stocking:
            assert not screen.shelf.children
            assert not screen.notes.children
            assert screen.view.units.text
            look(screen, "before")
        stock(screen)

    monkeypatch.setattr(ReaderScreen, "stock", watched)
    async with opened(library, config) as (_, screen):
        look(screen, "after")
        assert places["before"]["article"] == places["after"]["article"]
        assert places["before"]["shelf"] == places["after"]["shelf"]
        assert places["before"]["keys"] == places["after"]["keys"]
        assert screen.shelf.books.key == screen.shelf_article
        assert screen.notes.area.is_attached


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_until_the_article_is_there_everything_is_styled_once(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    library.set_place(library.list()[0].id, 0, 0.1)
    styled: Counter[str] = Counter()
    apply, stock = Stylesheet.apply, ReaderScreen.stock
    counts: list[Counter[str]] = []

    def counted(self: Stylesheet, node: DOMNode, **how: Any) -> None:
        if isinstance(node, Widget):
            styled[node.id or type(node).__name__] += 1
        apply(self, node, **how)

    def watched(screen: ReaderScreen) -> None:
        if not screen.stocking:
            counts.append(styled.copy())
        stock(screen)

    monkeypatch.setattr(Stylesheet, "apply", counted)
    monkeypatch.setattr(ReaderScreen, "stock", watched)
    async with opened(library, config, size) as (_, screen):
        assert screen.app.screen_stack == [screen]  # no other was made
    assert {"article", "keys", "tabs", "ReaderScreen"} <= counts[0].keys()
    assert {name for name, times in counts[0].items() if times > 1} <= {"article"}  # that gets the focus


async def test_garbage_is_looked_for_though_the_index_gives_nothing_back(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise StorageError("찾아보기를 다시 만들 수 없습니다.", "The index cannot be made again.")

    settled: list[bool] = []
    monkeypatch.setattr(library, "spare", refuse)
    monkeypatch.setattr("tui.reader.settle", lambda: settled.append(True))
    async with opened(library, config) as (pilot, screen):
        screen._spare()
        await until(pilot, lambda: bool(settled))
        assert told(screen) == []


async def test_who_is_at_the_note_before_the_article_is_known_has_its_note(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = library.list()[0].id
    library.set_place(id, 0, 0.1)
    library.set_article_note(id, "있던 메모")
    stock = ReaderScreen.stock
    monkeypatch.setattr(ReaderScreen, "stock", lambda screen: None)
    async with opened(library, config, stocked=False) as (pilot, screen):
        await pilot.press("f5")
        assert screen.place == "note"
        stock(screen)
        await settled(pilot, screen)
        assert screen.notes.text == "있던 메모"
        await pilot.press("end", "가", "escape")
        await until(pilot, lambda: library.article_note(id) == "있던 메모가")


async def test_a_key_before_the_panels_are_there_finds_them(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.set_place(library.list()[0].id, 0, 0.1)
    stock = ReaderScreen.stock
    monkeypatch.setattr(ReaderScreen, "stock", lambda screen: None)
    async with opened(library, config, stocked=False) as (pilot, screen):
        assert not screen.shelf.furnished
        await pilot.press("f2")
        await pilot.pause()
        assert screen.place == "shelf"
        stock(screen)
        await settled(pilot, screen)
        assert len(screen.shelf.children) == 2
