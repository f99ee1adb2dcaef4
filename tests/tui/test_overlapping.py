"""Marks over one another: which one is meant, and how one gets to each of them."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from store.drafts import Drafts, Target
from store.library import Library
from store.model import Annotation, Span
from tests.tui.conftest import opened
from tui import marking, notes
from tui.config import Config
from tui.reader import ReaderScreen


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "PAUSE", 30.0)


async def nested(pilot: Pilot[None], screen: ReaderScreen) -> tuple[Annotation, Annotation]:
    """A paragraph that is marked, and words in the middle of a sentence of it, with a note; the cursor is on those."""
    await pilot.press("down", "plus_sign", "h", "escape")
    await pilot.press("right", "right", "right", "v", "right", "h", "n", "안", "쪽", "escape")
    await pilot.pause()
    outer, inner = screen.session.library.annotations(article=screen.session.article.id)  # type: ignore[union-attr]
    assert outer.start < inner.start < inner.end < outer.end
    assert inner.note == "안쪽"
    return outer, inner


async def shown(pilot: Pilot[None], screen: ReaderScreen) -> tuple[str, str]:
    """The name and the text of the note panel, once it has followed the cursor."""
    while (
        screen.settling is not None and screen.settling._task is not None and not screen.settling._task.done()
    ):
        await pilot.pause(0.01)
    await pilot.pause()
    return screen.notes.rule.name_, screen.notes.area.text


async def test_the_mark_that_was_made_and_written_on_is_meant(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        _, inner = await nested(pilot, screen)
        assert screen.view.mark_at_cursor().id == inner.id  # type: ignore[union-attr]
        assert await shown(pilot, screen) == ("구절 메모 2/2", "안쪽")
        await pilot.press("left_parenthesis")
        assert await shown(pilot, screen) == ("구절 메모 1/2", "")
        await pilot.press("right_parenthesis")
        assert await shown(pilot, screen) == ("구절 메모 2/2", "안쪽")


async def test_after_undo_the_mark_whose_note_was_changed_is_at_the_cursor(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "edit", lambda app, text: f"{text}에서")
    async with opened(library, config) as (pilot, screen):
        _, inner = await nested(pilot, screen)
        await pilot.press("home", "right_parenthesis", "right_parenthesis", "e")
        assert await shown(pilot, screen) == ("구절 메모 2/2", "안쪽에서")
        await pilot.press("z")
        assert await shown(pilot, screen) == ("구절 메모 2/2", "안쪽")
        assert screen.view.passage == Span(start=inner.start, end=inner.end)
        await pilot.press("ctrl+y")
        assert await shown(pilot, screen) == ("구절 메모 2/2", "안쪽에서")


async def test_a_note_that_was_recovered_is_the_one_that_is_shown(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        _, inner = await nested(pilot, screen)
        await pilot.press(
            "escape"
        )  # the cursor is the sentence again, which only the outer mark is around at its start
        assert await shown(pilot, screen) == ("구절 메모 1/2", "")
    Drafts(library.folder).put(Target("mark", inner.article, inner.id), "살아난 메모")
    async with opened(library, config) as (pilot, screen):
        assert await shown(pilot, screen) == ("구절 메모 2/2", "살아난 메모")
        await pilot.press("down", "up")
        assert await shown(pilot, screen) == ("구절 메모 1/2", "")


async def test_marks_of_the_very_same_range_are_all_reached(library: Library, config: Config) -> None:
    article = library.list()[0].id
    sentence = library.article(article).sentences[1]
    made = [library.annotate(article, sentence.start, sentence.end, note=note) for note in ("하나", "둘")]
    library.annotate(article, sentence.start, sentence.start + 2, note="셋")
    async with opened(library, config) as (pilot, screen):
        seen = []
        for key in ("right_parenthesis",) * 3 + ("left_parenthesis",) * 2:
            await pilot.press(key)
            seen.append(await shown(pilot, screen))
        there = [note.note for note in screen.view.marks_at_cursor()]
        assert sorted(there) == ["둘", "셋", "하나"]
        assert [name for name, _ in seen] == [f"구절 메모 {n}/3" for n in (1, 2, 3, 2, 1)]
        assert [text for _, text in seen] == [there[n] for n in (0, 1, 2, 1, 0)]
        await pilot.press("n", "!", "escape")
        await pilot.pause()
        assert library.annotation(next(one.id for one in made if one.note == there[0])).note == f"{there[0]}!"
        assert await shown(pilot, screen) == ("구절 메모 1/3", f"{there[0]}!")


async def test_deleting_takes_the_one_that_was_gone_to(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        _, inner = await nested(pilot, screen)
        await pilot.press("left_parenthesis", "d")
        assert [mark.id for mark in library.annotations()] == [inner.id]
