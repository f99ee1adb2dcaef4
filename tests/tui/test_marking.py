"""Marks from the keyboard: underline, tags by picker and hot key, delete, undo and redo."""

from __future__ import annotations

from textual.pilot import Pilot

from store.library import Library
from store.model import Annotation
from tests.tui.conftest import opened, opens, told
from tui.config import Config
from tui.picker import TagPicker
from tui.reader import ReaderScreen


def marks(screen: ReaderScreen) -> list[Annotation]:
    """The marks of the open article, which the screen has as the library has them."""
    article = screen.session.article
    assert article is not None
    kept = screen.session.library.annotations(article=article.id)
    assert screen.session.marks == screen.session.library.marks_on(article.id)
    assert list(screen.view.annotations) == screen.session.marks
    assert [mark.id for mark in screen.session.marks] == [mark.id for mark in kept]
    assert screen.session.tags == screen.session.library.tags()
    return kept


async def pick(pilot: Pilot[None], text: str, key: str = "enter") -> None:
    """Type into the tag picker, which must be open."""
    picker = pilot.app.screen
    assert isinstance(picker, TagPicker)
    picker.query_.value = text
    await pilot.pause()
    await pilot.press(key)
    await pilot.pause()


async def test_underline_marks_the_sentence_and_once_more_takes_it_away(
    library: Library, config: Config
) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("down", "h")
        (mark,) = marks(screen)
        assert (mark.start, mark.end) == (screen.view.cursor.start, screen.view.cursor.end)
        assert [one.id for one in screen.view.annotations] == [mark.id]
        await pilot.press("h")
        assert marks(screen) == []


async def test_a_selection_is_marked_and_stays_the_cursor(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("right", "v", "right", "right", "h")
        (mark,) = marks(screen)
        assert screen.view.selection is None
        assert (screen.view.cursor.start, screen.view.cursor.end) == (mark.start, mark.end)
        assert len(mark.exact.split()) == 3


async def test_picker_makes_a_tag_and_the_hot_key_gives_it_again(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("t")
        await pick(pilot, "비용")
        (tag,) = library.tags()
        assert (tag.name, tag.hotkey, tag.count) == ("비용", "1", 1)
        assert tag.colour
        await pilot.press("down", "1")
        await pilot.press("down", "full_stop")
        assert [mark.tags for mark in marks(screen)] == [("비용",)] * 3
        await pilot.press("1")
        assert [mark.tags for mark in marks(screen)] == [("비용",), ("비용",), ()]
        assert "뗐습니다" in told(screen)[-1]


async def test_tab_gives_a_tag_and_stays(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("t")
        await pick(pilot, "비용", "tab")
        await pick(pilot, "주장", "enter")
        assert marks(screen)[0].tags == ("비용", "주장")
        assert pilot.app.screen is screen


async def test_picker_completes_by_initials_and_in_the_wrong_keyboard_mode(
    library: Library, config: Config
) -> None:
    async with opened(library, config) as (pilot, screen):
        for text in ("비용", "ㅂㅇ", "qldyd"):
            await pilot.press("t")
            await pick(pilot, text)
            await pilot.press("down")
        assert [mark.tags for mark in marks(screen)] == [("비용",)] * 3
        assert [tag.name for tag in library.tags()] == ["비용"]


async def test_an_impossible_tag_is_told_and_the_picker_stays(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("t")
        await pick(pilot, "[]")
        assert isinstance(pilot.app.screen, TagPicker)
        assert marks(screen) == []
        await pilot.press("escape")


async def test_picker_offers_the_selections_words_without_their_particle(
    library: Library, config: Config
) -> None:
    async with opened(library, config) as (pilot, screen):
        start = screen.view.units.text.index("시청이") if "시청이" in screen.view.units.text else 0
        if not start:
            screen.open_article(library.list()[1].id)
            start = screen.view.units.text.index("시청이")
        screen.view.go_to(start, start + 3)
        picker = await opens(pilot, TagPicker, "t")
        assert picker.offered == ["시청"]
        assert picker.list.key == "new:시청"
        await pilot.press("escape")


async def test_a_hot_key_without_a_tag_says_so(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("3", "full_stop")
        assert marks(screen) == []
        assert "3번 태그" in told(screen)[0]


async def test_delete_undo_redo(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("h", "d")
        assert marks(screen) == []
        await pilot.press("z")
        assert len(marks(screen)) == 1
        await pilot.press("ctrl+y")
        assert marks(screen) == []
        await pilot.press("z", "z")
        assert marks(screen) == []
        await pilot.press("z")
        assert told(screen)[-1] == "되돌릴 것이 없습니다."


async def test_undo_goes_to_the_article_it_was_in(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        first = screen.session.article
        assert first is not None
        await pilot.press("h", "f8")
        assert screen.session.article is not None
        assert screen.session.article.id != first.id
        await pilot.press("z")
        assert screen.session.article.id == first.id


async def test_marking_with_hangul_keys(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("ㅓ", "ㅗ")  # j h
        assert len(marks(screen)) == 1
        await pilot.press("ㅋ")  # z
        assert marks(screen) == []


async def test_without_a_mark_delete_says_so(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("d")
        assert told(screen) == ["여기에는 표시가 없습니다."]


async def test_an_extract_is_taken_as_a_mark_with_one_key(library: Library, config: Config) -> None:
    from tests.tui.conftest import extracts

    async with opened(library, config) as (pilot, screen):
        assert screen.session.article is not None
        await pilot.press("end")
        screen.session.extracts = extracts(library, screen.session.article.id)
        screen.show_extracts()
        await pilot.press("f3", "h")
        (mark,) = marks(screen)
        assert mark.start == screen.session.extracts.key_sentences[0].start
        assert screen.place == "extracts"


async def test_jumping_from_an_extract_and_back(library: Library, config: Config) -> None:
    from tests.tui.conftest import extracts

    async with opened(library, config) as (pilot, screen):
        assert screen.session.article is not None
        screen.session.extracts = extracts(library, screen.session.article.id)
        screen.show_extracts()
        await pilot.press("end")
        here = screen.view.cursor.start
        await pilot.press("f3", "enter")
        await pilot.pause()
        assert screen.in_article
        assert screen.view.cursor.start == screen.session.extracts.key_sentences[0].start
        await pilot.press("backspace")
        assert screen.view.cursor.start == here


async def test_next_and_previous_mark(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("h", "end", "h", "home")
        first, last = marks(screen)
        await pilot.press("right_parenthesis")
        assert screen.view.cursor.start == last.start
        await pilot.press("left_parenthesis")
        assert screen.view.cursor.start == first.start
        await pilot.press("left_parenthesis")
        assert "표시가 더 없습니다" in told(screen)[-1]


async def test_a_new_tag_goes_with_one_undo(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("t")
        await pick(pilot, "비용")
        assert [mark.tags for mark in marks(screen)] == [("비용",)]
        await pilot.press("z")
        assert marks(screen) == []
        assert library.tags() == []
        assert told(screen)[-1] == "되돌림: 태그"
