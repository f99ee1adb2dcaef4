"""The library's folder drops out while the app is open: it says so, keeps what is typed, and goes on when it is back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from store.library import Library
from tests.tui.conftest import app_of, look, opened, settled, told
from tui import notes
from tui.app import open_library
from tui.background import Background
from tui.config import Config
from tui.reader import ReaderScreen


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "PAUSE", 30.0)


def gone(screen: ReaderScreen) -> list[str]:
    return [line for line in told(screen) if "사라졌습니다" in line]


async def test_it_is_said_once_and_what_is_typed_is_kept(
    library: Library, config: Config, tmp_path: Path
) -> None:
    folder, away = library.folder, tmp_path / "away"
    async with opened(library, config) as (pilot, screen):
        article = screen.session.article
        assert article is not None
        os.rename(folder, away)
        for _ in range(3):
            await look(pilot, screen)
        assert len(gone(screen)) == 1
        assert str(folder) in gone(screen)[0]
        screen.app.clear_notifications()
        await pilot.pause()
        assert "서가 폴더 없음" in screen.keys.render_line(0).text
        await pilot.press("h", "f8", "1", "z", "n", "가", "나", "escape")
        await pilot.pause()
        assert gone(screen)
        assert not any("그런 글" in line for line in told(screen))
        assert not folder.exists()
        assert len(list(screen.session.drafts.left())) == 1
        assert len(screen.session.order()) == 2
        os.rename(away, folder)
        await look(pilot, screen)
        assert any("돌아왔습니다" in line for line in told(screen))
        assert [mark.note for mark in library.annotations()] == ["가나"]
        assert "서가 폴더 없음" not in screen.keys.render_line(0).text
        screen.app.clear_notifications()
        await pilot.press("down", "h")
        assert len(library.annotations()) == 2
        assert not list(screen.session.drafts.left())


async def test_quitting_meanwhile_says_that_a_note_is_not_saved(
    library: Library, config: Config, tmp_path: Path
) -> None:
    folder, away = library.folder, tmp_path / "away"
    async with opened(library, config) as (pilot, screen):
        os.rename(folder, away)
        await pilot.press("m", "가", "ctrl+q")
        await pilot.pause()
        assert not screen.app.is_running
        (said,) = map(str, screen.app._exit_renderables)
        assert "메모 1개를 저장하지 못했습니다" in said
        assert "되살립니다" in said
    library.close()
    assert not folder.exists()
    os.rename(away, folder)
    with open_library(folder) as again:
        async with opened(again, config) as (_pilot, screen):
            assert len(again.list()) == 2
            assert [again.article_note(row.id) for row in again.list()].count("가") == 1


async def test_nothing_is_said_at_the_end_when_all_is_saved(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("m", "가", "ctrl+q")
        await pilot.pause()
        assert not screen.app._exit_renderables
        assert not screen.app.is_running


async def test_a_note_that_cannot_even_be_kept_aside_is_not_left_unasked(
    library: Library, config: Config, tmp_path: Path
) -> None:
    async with opened(library, config) as (pilot, screen):
        (tmp_path / "file").touch()
        screen.session.drafts.folder = tmp_path / "file"
        os.rename(library.folder, tmp_path / "away")
        await pilot.press("m", "가", "ctrl+q")
        await pilot.pause()
        assert screen.app.is_running
        assert any("한 번 더" in line for line in told(screen))
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert not screen.app.is_running


async def test_the_very_folder_is_not_opened_anew(library: Library, config: Config, tmp_path: Path) -> None:
    """Undo would be lost."""
    folder, away = library.folder, tmp_path / "away"
    async with opened(library, config) as (pilot, screen):
        app = app_of(screen)
        await pilot.press("h")
        os.rename(folder, away)
        await look(pilot, screen)
        os.rename(away, folder)
        app.try_to_write()
        while app._background.busy("library"):
            await pilot.pause(0.01)
        await look(pilot, screen)
        assert app.library is library
        await pilot.press("z")
        assert library.annotations() == []


async def test_one_who_only_reads_goes_on_too(
    library: Library, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analysed: list[bool] = []

    def analyse(background: Background) -> bool:
        analysed.append(background.library.writable)
        return False

    monkeypatch.setattr(Background, "analyse", analyse)
    folder, away = library.folder, tmp_path / "away"
    reader = Library.open(folder, write=False)
    async with opened(reader, config) as (pilot, screen):
        app = app_of(screen)
        os.rename(folder, away)
        await look(pilot, screen)
        assert gone(screen)
        shutil.copytree(away, folder)
        with Library.open(folder):
            app.try_to_write()
            while app.library is reader:
                await pilot.pause(0.01)
            await settled(pilot, screen)
            assert not app.library.writable
            assert len(screen.session.order()) == 2
            await look(pilot, screen)
            assert not app.library.gone
            assert analysed == []
    app.library.close()


async def test_it_goes_on_with_the_folder_mounted_anew(
    library: Library, config: Config, tmp_path: Path
) -> None:
    """Which is another one for the system."""
    folder, away = library.folder, tmp_path / "away"
    async with opened(library, config) as (pilot, screen):
        app = app_of(screen)
        await pilot.press("down")
        at = screen.view.cursor
        os.rename(folder, away)
        folder.mkdir()  # the mount point
        await look(pilot, screen)
        app.try_to_write()
        await pilot.press("n", "가", "escape")
        assert not list(folder.iterdir())
        folder.rmdir()
        shutil.copytree(away, folder)
        await look(pilot, screen)
        app.try_to_write()
        while app.library is library:
            await pilot.pause(0.01)
        await settled(pilot, screen)
        assert screen.view.cursor == at
        assert [mark.note for mark in app.library.annotations()] == ["가"]
        assert any("돌아왔습니다" in line for line in told(screen))
        await look(pilot, screen)
        assert not app.library.gone
    app.library.close()
