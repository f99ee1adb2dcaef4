"""A screen over the reading screen is left once, however quickly Enter is pressed again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from store.library import Library
from tests.tui.conftest import opened
from tui.config import Config
from tui.search import SearchScreen
from tui.tagscreen import TagScreen


def ready(screen: Screen[object]) -> bool:
    """Whether Enter takes something on it."""
    if isinstance(screen, SearchScreen):
        return screen.list.key is not None
    return not isinstance(screen, TagScreen) or screen.in_passages


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never came to that")


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


@pytest.mark.parametrize("keys", ["비용", "qd"])
async def test_keys_after_the_one_that_quits_do_nothing(library: Library, config: Config, keys: str) -> None:
    """In one syllable (비: q and l, 용: d, y and d) as in two keys: a mark would be deleted that nobody could bring back."""
    article = library.article(library.list()[0].id)
    first = article.sentences[0]
    library.annotate(article.id, first.start, first.end)
    async with opened(library, config) as (pilot, screen):
        for key in keys:
            screen.app.post_message(events.Key(key, key))
        await until(pilot, lambda: not screen.app.is_running)
    assert len(library.annotations()) == 1
