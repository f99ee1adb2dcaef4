"""Acts on many articles from the reading screen: they go on beside it, one at a time, and are told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from store.errors import StorageError
from store.library import Library
from store.marks import Marks
from tests.tui.conftest import opened, settled, told
from tui.config import Config
from tui.doing import AT_ONCE
from tui.reader import ReaderScreen

MANY = AT_ONCE * 3


class Disk:
    """When it takes no more marks, and when a long act goes on after having let others in."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.go_on.set()
        self.full = False


@pytest.fixture
def disk(library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    for n in range(MANY):
        text = f"새 다리 {n}\n\n{n}번째 다리를 놓는 데 {n + 3}억 원이 들었다고 한다.\n"
        library.add(text.encode(), name=f"{n}.txt")
    disk, real = Disk(), Marks.set

    def write(*arguments: Any) -> Any:
        if disk.full:
            raise StorageError("디스크에 빈자리가 없습니다.", "The disk is full.")
        return real(*arguments)

    monkeypatch.setattr(Marks, "set", write)
    monkeypatch.setattr("store.steps.time.sleep", lambda seconds: disk.go_on.wait(10))
    yield disk
    disk.go_on.set()


async def all_of_them(pilot: Pilot[None], screen: ReaderScreen) -> int:
    """Choose all articles of the shelf; how many they are."""
    await pilot.press("f2", "ctrl+a")
    return len(screen.session.order())


async def done(pilot: Pilot[None], screen: ReaderScreen) -> None:
    """Wait until the act is done and what it changed is shown."""
    while screen.doing.words:
        await pilot.pause(0.005)
    await settled(pilot, screen)


async def test_the_trash_takes_many_beside_the_reading_and_one_undo_takes_them_out(
    library: Library, disk: Disk, config: Config
) -> None:
    async with opened(library, config) as (pilot, screen):
        count = await all_of_them(pilot, screen)
        disk.go_on.clear()
        await pilot.press("d")
        assert screen.doing.words == "휴지통에 넣는 중"
        while screen.keys.status != f"휴지통에 넣는 중 {AT_ONCE}/{count}":
            await pilot.pause(0.005)
        await pilot.press("z")
        assert told(screen)[-1] == "아직 휴지통에 넣는 중입니다."
        here = screen.shelf_article
        await pilot.press("down")
        assert screen.shelf_article != here, "the screen goes on meanwhile"
        disk.go_on.set()
        await done(pilot, screen)
        assert told(screen)[-1].startswith(f"글 {count}편을 휴지통에 넣었습니다")
        assert (screen.keys.status, screen.session.order(), len(library.trash())) == ("", [], count)
        await pilot.press("z")
        await done(pilot, screen)
        assert len(screen.session.order()) == count
        assert library.trash() == []


async def test_what_the_disk_ends_half_way_is_told_and_shown(
    library: Library, disk: Disk, config: Config
) -> None:
    async with opened(library, config) as (pilot, screen):
        count = await all_of_them(pilot, screen)
        disk.full = True
        await pilot.press("d")
        await done(pilot, screen)
        assert told(screen)[-1] == "디스크에 빈자리가 없습니다."
        assert (len(screen.session.order()), screen.keys.status) == (count, "")
        disk.full = False
        await pilot.press("d")
        await done(pilot, screen)
        assert screen.session.order() == []


async def test_undo_waits_for_a_long_act_of_another_screen_without_holding_up_this_one(
    library: Library, disk: Disk, config: Config
) -> None:
    rows = library.list()
    library.retag((), lambda tags: ["다리"], "글 태그", "article tags", articles=[row.id for row in rows])
    async with opened(library, config) as (pilot, screen):
        disk.go_on.clear()
        other = threading.Thread(target=lambda: library.rename_tag("다리", "교량"))
        other.start()
        while not library.acting:
            await pilot.pause(0.001)
        await pilot.press("z")
        assert screen.doing.words == "되돌리는 중"
        disk.go_on.set()
        other.join(10)
        await done(pilot, screen)
        assert set(library.tagged_articles().values()) == {("다리",)}, "the renaming was done, and taken back"


async def test_redo_of_a_removal_closes_what_goes(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        article = screen.session.article
        assert article is not None
        await pilot.press("f2", "d")
        assert screen.session.article is None
        await pilot.press("z")
        await settled(pilot, screen)
        assert screen.session.article is not None
        assert screen.session.article.id == article.id, "what came back is shown"
        await pilot.press("ctrl+y")
        await settled(pilot, screen)
        assert screen.session.article is None
        assert [row.id for row in library.trash()] == [article.id]
