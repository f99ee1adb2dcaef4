"""The box that asks what to take in: completion, what was typed comes back when it could not be taken in, how to stop."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.library import Library
from tests.tui.conftest import opened, text_of, told
from tui.background import Background
from tui.config import Config
from tui.paths import AddPicker
from tui.reader import ReaderScreen
from tui.taken import report


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "모은 글"
    folder.mkdir()
    (folder / "편지.txt").write_text("늦은 편지\n\n사흘 만에 편지가 왔다. 눈이 온 탓이다.\n", "utf-8")
    (folder / "빈.txt").write_bytes(b"")
    return folder


async def box(pilot: Pilot[None], typed: str | None = None) -> AddPicker:
    await pilot.pause()
    picker = pilot.app.screen
    assert isinstance(picker, AddPicker)
    if typed is not None:
        picker.query_.value = typed
        await pilot.pause()
    return picker


async def taken(pilot: Pilot[None], screen: ReaderScreen) -> None:
    for _ in range(400):
        await pilot.pause(0.02)
        if told(screen) and not screen.background.busy("intake"):
            break
    await pilot.pause()


async def test_paths_are_completed_and_a_folder_is_gone_into_first(
    library: Library, config: Config, pages: Path
) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("a")
        picker = await box(pilot)
        assert picker.list.key is None, "nothing is taken in before something is typed"
        await box(pilot, f"{pages.parent}/ㅁㅇ")
        await pilot.press("enter")
        assert picker.typed.endswith("모은 글/")
        await box(pilot, f"{pages}/편")
        await pilot.press("enter")
        await taken(pilot, screen)
        assert library.list()[0].title == "늦은 편지"


async def test_a_folder_that_is_typed_is_taken_in_whole(
    library: Library, config: Config, pages: Path
) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("a")
        picker = await box(pilot, str(pages))
        assert "폴더째" in text_of(picker.list.rows[0]).splitlines()[0]
        await pilot.press("enter")
        await taken(pilot, screen)
        assert told(screen)[0].startswith("들인 글 1 · 들이지 못한 파일 1\n빈.txt: ")
        assert pilot.app.screen is screen


async def test_what_could_not_be_taken_in_is_named_as_typed_and_comes_back(
    library: Library, config: Config, pages: Path
) -> None:
    typed = f"{pages}/빈.txt"
    async with opened(library, config) as (pilot, screen):
        await pilot.press("a")
        await box(pilot, typed)
        await pilot.press("enter")
        await taken(pilot, screen)
        assert "".join(told(screen)[-1].split()).find("".join(f"{typed}:".split())) > 0
        assert (await box(pilot)).typed == typed


async def test_addresses_are_taken_as_they_are(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def take_in(self: Background, paths: list[str]) -> bool:
        asked.extend(paths)
        return True

    monkeypatch.setattr(Background, "take_in", take_in)
    async with opened(library, config) as (pilot, screen):
        await pilot.press("a")
        await box(pilot, "https://example.com/글")
        await pilot.press("enter")
        assert asked == ["https://example.com/글"]
        assert screen.keys.status == "들이는 중 · a 그만"


def test_the_report_names_what_was_typed(own_home: Path) -> None:
    from store.model import Added

    one = Added(path=str(Path("~/없는 곳/se").expanduser()), status="failed", error="그런 파일이 없습니다.")
    assert report([one], 60, 9, "", "~/없는 곳/se").endswith("~/없는 곳/se: 그런 파일이 없습니다.")
    assert report([one], 60, 9).endswith("se: 그런 파일이 없습니다.")
