"""Keys that arrive together, as fast typing over a slow line sends them: each finds what the one before it has done."""

from __future__ import annotations

from textual import events

from store.library import Library
from tests.tui.conftest import opened
from tui.config import Config
from tui.hangul import key_name
from tui.reader import ReaderScreen
from tui.search import SearchScreen


def send(screen: ReaderScreen, *keys: str) -> None:
    """Put keys into the app's queue at once; a single character is typed, a longer name is a key's."""
    for key in keys:
        event = events.Key(key_name(key), key) if len(key) == 1 else events.Key(key, None)
        screen.app.post_message(event)


async def test_keys_that_come_with_the_one_for_the_shelf(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        at, book = screen.view.cursor, screen.shelf.books.key
        send(screen, "f2", "j")
        await pilot.pause()
        assert screen.place == "shelf"
        assert screen.view.cursor == at
        assert screen.shelf.books.key != book


async def test_keys_that_come_with_one_out_of_the_shelf(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        at, book = screen.view.cursor, screen.shelf.books.key
        send(screen, "f2", "escape", "ㅓ")
        await pilot.pause()
        assert screen.place == "article"
        assert screen.view.cursor != at
        assert screen.shelf.books.key == book


async def test_words_that_come_with_the_key_that_opens_a_field(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        send(screen, "s", *"통행료")
        await pilot.pause()
        search = screen.app.screen
        assert isinstance(search, SearchScreen)
        assert search.field.value == "통행료"
        send(screen, "escape", "n", *"메모 한 줄", "escape", "j")
        await pilot.pause()
        assert screen.app.screen is screen
        assert screen.place == "article"
        assert [mark.note for mark in library.annotations()] == ["메모 한 줄"]


async def test_the_footer_is_the_articles_from_the_start(library: Library, config: Config) -> None:
    async with opened(library, config) as (_, screen):
        assert screen.focused is screen.view
        assert screen.keys.place == "article"
