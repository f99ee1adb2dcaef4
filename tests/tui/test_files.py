"""What is wrong with the library's files is told once, in a line; conflict copies are told, and merged as an act."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store import upkeep
from store.library import Library
from tests.tui.conftest import look, opened, opens, settled, told
from tui.config import Config
from tui.frame import KeyLine
from tui.palette import Palette
from tui.reader import ReaderScreen


@pytest.fixture(autouse=True)
def full_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "FULL_EVERY", 0.0)


@pytest.fixture
def marks(library: Library) -> Path:
    """The file of marks of an article, which has one."""
    id = library.list()[0].id
    library.annotate(id, 0, 5, note="여기서")
    return library.folder / "annotations" / id[:2] / f"{id}.json"


async def one_line(pilot: Pilot[None], screen: ReaderScreen, *, looks: int = 1) -> str:
    """What is told, once, though it is looked so often."""
    for _ in range(looks):
        await look(pilot, screen)
    (line,) = told(screen)
    return line


def shown(screen: ReaderScreen) -> str:
    return "".join(text for _, text in screen.app.screen.query_one(KeyLine)._lines)


async def test_a_damaged_file_is_told_once(library: Library, config: Config, marks: Path) -> None:
    async with opened(library, config) as (pilot, screen):
        assert told(screen) == []
        marks.write_bytes(marks.read_bytes()[:300])
        line = await one_line(pilot, screen, looks=3)
        assert "손상된 파일입니다" in line
        assert "`mitjul check" in line
        assert "손상된" in shown(screen)


async def test_one_found_at_opening(library: Library, config: Config, marks: Path) -> None:
    library.close()
    marks.write_bytes(b"{")
    other = marks.with_name("new")
    marks.rename(other)
    other.rename(marks)  # as a synchroniser does
    with Library.open(library.folder) as again:
        async with opened(again, config) as (_pilot, screen):
            assert any("손상된 파일입니다" in line for line in told(screen))


async def test_one_set_aside_by_an_act(library: Library, config: Config, marks: Path) -> None:
    async with opened(library, config) as (pilot, screen):
        marks.write_bytes(marks.read_bytes()[:300])
        await pilot.press("down", "h")
        line = await one_line(pilot, screen)
        assert "밑줄 1개를 되살렸습니다" in line
        assert "set-aside" in line
        assert len(library.annotations()) == 2
        assert len(library.set_aside()) == 1


async def test_of_many_the_sum(library: Library, config: Config) -> None:
    for row in library.list():
        library.annotate(row.id, 0, 5)
    async with opened(library, config) as (pilot, screen):
        for path in (library.folder / "annotations").rglob("*.json"):
            path.write_bytes(b"{")
        line = await one_line(pilot, screen)
        assert "1개 더 있습니다" in line


async def test_conflict_copies_are_told_and_merged(library: Library, config: Config, marks: Path) -> None:
    copy = marks.with_name(f"{marks.stem}.sync-conflict-20250214-030405-ABCDEFG.json")
    tables = json.loads(marks.read_text())
    (record,) = tables["marks"].values()
    tables["marks"] = {"0123456789ab": {**record, "start": 6, "end": 9, "exact": "다", "note": "저기서"}}
    async with opened(library, config) as (pilot, screen):
        await pilot.press("f2", "escape")
        copy.write_text(json.dumps(tables))
        line = await one_line(pilot, screen, looks=2)
        assert "엇갈린 사본이 1개 있습니다" in line
        assert "‘사본 합치기’" in line
        assert "엇갈린" in shown(screen)
        palette = await opens(pilot, Palette, "ctrl+p")
        for letter in "사본":
            await pilot.press(letter)
        assert palette.list.key == "merge_copies"
        await pilot.press("enter")
        while screen.background.busy("copies"):
            await pilot.pause(0.01)
        await settled(pilot, screen)
        assert any("사본 1개를 합쳤습니다: 새 밑줄 1개." in line for line in told(screen))
        assert {mark.note for mark in library.annotations()} == {"여기서", "저기서"}
        assert not copy.exists()
        await look(pilot, screen)
        shutil.copy(marks, copy)
        screen.app.clear_notifications()
        await look(pilot, screen)
        assert any("엇갈린" in line for line in told(screen))
        copy.unlink()
        screen.action_do("merge_copies")
        while screen.background.busy("copies"):
            await pilot.pause(0.01)
        await pilot.pause()
        assert any("합칠 사본이 없습니다" in line for line in told(screen))
