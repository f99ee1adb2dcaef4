"""A screen over the reading screen is left once, however quickly Enter is pressed again."""

from __future__ import annotations

import pytest
from textual import events

from store.library import Library
from tests.tui.conftest import opened
from tui.config import Config


@pytest.mark.parametrize("way", [("s", "다"), ("g", "enter"), ("ctrl+p",), ("f1",)], ids=lambda way: way[0])
async def test_quick_presses_leave_one_screen(library: Library, config: Config, way: tuple[str, ...]) -> None:
    article = library.article(library.list()[0].id)
    first = article.sentences[0]
    library.annotate(article.id, first.start, first.end, tags=["비용"])
    async with opened(library, config) as (pilot, screen):
        await pilot.press(*way)
        await pilot.pause(0.4)
        over = screen.app.screen
        assert over is not screen
        for _ in range(3):
            screen.app.post_message(events.Key("enter", None))
        await pilot.pause(0.2)
        assert screen.app.is_running
        assert screen in screen.app.screen_stack
        assert over not in screen.app.screen_stack
