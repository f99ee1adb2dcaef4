"""Marks whose passage is no longer in the article: where they are seen, and what can be done with them."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from store.library import Library
from store.model import Annotation, Status
from tests.tui.conftest import opened, settled, text_of, told
from tui.actions import BY_ID
from tui.config import Config
from tui.lost import LostMarks
from tui.reader import ReaderScreen
from tui.tagscreen import TagScreen


@pytest.fixture
def lost(library: Library) -> list[Annotation]:
    """Two marks in a paragraph that is taken out of the article, and one that stays; where one left off is that article."""
    id = next(one.id for one in library.list() if "강" in one.title)
    article = library.article(id)
    block = next(block for block in article.blocks if "다리는 내년" in article.slice(block.start, block.end))
    made = [
        library.annotate(id, block.start, block.start + 10, tags=["일정"], note="언제인지 확인"),
        library.annotate(id, block.start + 15, block.start + 20),
    ]
    library.annotate(id, article.sentences[-1].start, article.sentences[-1].end, tags=["일정"])
    library.correct(id, remove=block.start)
    library.set_place(id, 0, 0.1)
    marks = [library.annotation(mark.id) for mark in made]
    assert {mark.status for mark in marks} == {Status.LOST}
    return marks


def head(screen: ReaderScreen) -> str:
    scene = screen.view._laid
    assert scene is not None
    return "\n".join("".join(run.text for run in line.runs) for line in scene.head)


async def box(pilot: Pilot[None]) -> LostMarks:
    await pilot.pause()
    assert isinstance(pilot.app.screen, LostMarks)
    return pilot.app.screen


async def test_the_head_tells_of_them_and_how_to_see_them(
    library: Library, config: Config, lost: list[Annotation]
) -> None:
    async with opened(library, config) as (pilot, screen):
        assert "? 자리를 잃은 표시 2개 · f" in head(screen)
        await pilot.press("f")
        rows = [text_of(row) for row in (await box(pilot)).list.rows]
        assert len(rows) == 3
        assert "“다리는 내년 봄에" in rows[1]
        assert "#일정" in rows[1]
        assert "✎ 언제인지 확인" in rows[1]
        assert "지금 구절:" in rows[0]


async def test_one_is_put_on_the_passage_and_taken_back(
    library: Library, config: Config, lost: list[Annotation]
) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("down", "down")
        here = screen.view.passage
        await pilot.press("f")
        await box(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen is screen
        placed = library.annotation(lost[0].id)
        assert (placed.start, placed.end, placed.status) == (here.start, here.end, Status.ANCHORED)
        assert (placed.tags, placed.note) == (("일정",), "언제인지 확인")
        assert screen.view.mark_at_cursor().id == placed.id  # type: ignore[union-attr]
        assert "? 자리를 잃은 표시 1개" in head(screen)
        await pilot.press("z")
        await pilot.pause()
        assert library.annotation(lost[0].id).status is Status.LOST
        assert "? 자리를 잃은 표시 2개" in head(screen)


async def test_they_are_deleted_one_after_the_other(
    library: Library, config: Config, lost: list[Annotation]
) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("f")
        await box(pilot)
        await pilot.press("ㅇ")  # d
        await pilot.pause()
        assert [mark.id for mark in library.annotations() if mark.status is Status.LOST] == [lost[1].id]
        assert len((await box(pilot)).list.rows) == 2
        await pilot.press("d")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert "자리를 잃은" not in head(screen)
        assert screen.why_not(BY_ID["lost_marks"]) == "자리를 잃은 표시가 없습니다."
        await pilot.press("z", "z")
        await pilot.pause()
        assert "? 자리를 잃은 표시 2개" in head(screen)


async def test_a_library_that_is_read_only_keeps_them(
    library: Library, config: Config, lost: list[Annotation]
) -> None:
    with Library.open(library.folder, write=False) as other:
        async with opened(other, config) as (pilot, screen):
            screen.open_article(lost[0].article)
            await pilot.press("f")
            await box(pilot)
            await pilot.press("d", "enter")
            await pilot.pause()
            assert isinstance(pilot.app.screen, LostMarks)
    assert library.annotation(lost[0].id) == lost[0]


async def test_the_tag_screen_says_so_and_leads_to_the_article(
    library: Library, config: Config, lost: list[Annotation]
) -> None:
    async with opened(library, config) as (pilot, screen):
        screen.going.open_tag_screen("일정")
        await pilot.pause()
        tags = pilot.app.screen
        assert isinstance(tags, TagScreen)
        while not tags.settled:
            await pilot.pause(0.01)
        await pilot.pause()
        labels = [text_of(row).split("\n")[0] for row in tags.right.rows.rows]
        assert sorted("잃음" in label for label in labels) == [False, True]
        tags.right.rows.go(lost[0].id)
        await pilot.press("enter")
        await settled(pilot, screen)
        assert pilot.app.screen is screen
        assert any("자리를 잃었습니다" in line for line in told(screen))
