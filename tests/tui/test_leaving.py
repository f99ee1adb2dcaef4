"""A screen over the reading screen is left once, however quickly Enter is pressed again."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator

import pytest
from textual import events
from textual.screen import Screen

from store.library import Library
from store.model import Added
from tests.tui.conftest import opened, opens, told, until
from tui.config import Config
from tui.search import SearchScreen
from tui.tagscreen import TagScreen


def ready(screen: Screen[object]) -> bool:
    """Whether Enter takes something on it."""
    if isinstance(screen, SearchScreen):
        return screen.list.key is not None
    return not isinstance(screen, TagScreen) or screen.in_passages


@pytest.mark.parametrize("way", [("s", "다"), ("g",), ("ctrl+p",), ("f1",)], ids=lambda way: way[0])
async def test_quick_presses_leave_one_screen(library: Library, config: Config, way: tuple[str, ...]) -> None:
    article = library.article(library.list()[0].id)
    first = article.sentences[0]
    library.annotate(article.id, first.start, first.end, tags=["비용"])
    async with opened(library, config) as (pilot, screen):
        await pilot.press(*way)
        over = screen.app.screen
        assert over is not screen
        if isinstance(over, TagScreen):
            await until(pilot, lambda: over.settled)
            await pilot.press("enter")
        await until(pilot, lambda: ready(over))
        for _ in range(3):
            screen.app.post_message(events.Key("enter", None))
        await until(pilot, lambda: over not in screen.app.screen_stack)
        await pilot.pause()
        assert screen.app.is_running
        assert screen in screen.app.screen_stack
        assert over not in screen.app.screen_stack


@pytest.mark.parametrize("keys", ["ㅂㅇ", "qd"])
async def test_keys_after_the_one_that_quits_do_nothing(library: Library, config: Config, keys: str) -> None:
    """A mark would be deleted that nobody could bring back."""
    article = library.article(library.list()[0].id)
    first = article.sentences[0]
    library.annotate(article.id, first.start, first.end)
    async with opened(library, config) as (pilot, screen):
        for key in keys:
            screen.app.post_message(events.Key(key, key))
        await until(pilot, lambda: not screen.app.is_running)
    assert len(library.annotations()) == 1


async def test_a_syllable_with_q_in_it_does_not_quit(library: Library, config: Config) -> None:
    """번 is q, j and s: whoever types it means to write. What goes back does so all the same."""
    async with opened(library, config) as (pilot, screen):
        screen.app.post_message(events.Key("비", "비"))  # q and l
        await pilot.pause()
        assert screen.app.is_running
        assert screen.view.show_removed, "the other strokes do what they do"
        screen.to_panel("tags")
        screen.app.post_message(events.Key("비", "비"))
        await pilot.pause()
        assert screen.in_article
        screen.app.post_message(events.Key("ㅂ", "ㅂ"))
        await until(pilot, lambda: not screen.app.is_running)


async def test_while_pages_are_taken_in_the_second_q_quits(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(self: Library, paths: Iterable[str], **_: object) -> Iterator[Added]:
        go_on.wait(20)
        yield Added(path="x.txt", status="duplicate")

    monkeypatch.setattr(Library, "add_paths", slow)
    async with opened(library, config) as (pilot, screen):
        screen.take_in(["x.txt"])
        await pilot.press("q")
        assert screen.app.is_running
        assert told(screen)[-1] == "들이는 중입니다. q를 한 번 더 누르면 끝냅니다."
        await pilot.press("q")
        await until(pilot, lambda: not screen.app.is_running)
        go_on.set()


async def test_ctrl_q_ends_the_program_from_the_search_of_the_library(
    library: Library, config: Config
) -> None:
    async with opened(library, config) as (pilot, screen):
        await opens(pilot, SearchScreen, "s", "강")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: screen.app._exit)
