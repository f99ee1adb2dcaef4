"""The screen fits: side by side, folded, one at a time; resized in a storm; with the panels where they are said to be."""

from __future__ import annotations

import pytest

from store.library import Library
from tests.tui.conftest import opened
from tui.config import Config
from tui.panels import PANELS
from tui.reader import ReaderScreen


def seen(screen: ReaderScreen) -> set[str]:
    """The panels that have room on the screen."""
    widgets = {
        "article": screen.view, "shelf": screen.shelf.books, "extracts": screen.extracts.list, "tags": screen.tags.list,
        "notes": screen.notes.field or screen.notes.still,
    }  # fmt: skip
    return {name for name, widget in widgets.items() if widget.region.area and widget.is_on_screen}


@pytest.mark.parametrize(
    ("size", "names"),
    [
        ((200, 50), "article shelf extracts tags notes"),
        ((120, 40), "article shelf extracts tags notes"),
        ((119, 40), "article extracts tags notes"),
        ((80, 24), "article extracts tags notes"),
        ((79, 24), "article"),
        ((40, 12), "article"),
        ((20, 6), "article"),
    ],
    ids=str,
)
async def test_what_is_seen(library: Library, config: Config, size: tuple[int, int], names: str) -> None:
    panels = set(names.split())
    async with opened(library, config, size) as (pilot, screen):
        assert seen(screen) == panels
        await pilot.press("f2")
        assert seen(screen) >= {"shelf"}
        assert ("article" in seen(screen)) == (size[0] >= 80)
        await pilot.press("f2")
        assert seen(screen) == panels, "the same key goes back"
        for key, panel in (("f3", "extracts"), ("f4", "tags"), ("f5", "notes")):
            await pilot.press(key)
            assert panel in seen(screen)
            assert screen.place == ("note" if panel == "notes" else panel)
            await pilot.press("escape")
            assert screen.in_article


async def test_tab_goes_round(library: Library, config: Config) -> None:
    async with opened(library, config, (60, 20)) as (pilot, screen):
        places = []
        for _ in PANELS:
            await pilot.press("tab")
            places.append(screen.place)
        assert places == ["shelf", "extracts", "tags", "note", "article"]
        await pilot.press("shift+tab", "shift+tab")
        assert screen.place == "tags"


async def test_the_article_alone(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("backslash")
        assert seen(screen) == {"article"}
        assert screen.view.region.size == (120, 40)
        await pilot.press("n")
        assert seen(screen) == {"article", "notes"}, "a note can be written beside it"
        await pilot.press("가", "escape")
        await pilot.pause()
        assert seen(screen) == {"article"}
        assert library.annotations()[0].note == "가"
        await pilot.press("escape")
        assert seen(screen) == {"article", "shelf", "extracts", "tags", "notes"}


async def test_a_storm_of_resizes_keeps_the_place(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("down", "down", "down")
        here = screen.view.cursor
        for size in ((40, 12), (200, 50), (79, 24), (10, 3), (1, 1), (120, 40), (80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
        await pilot.pause()
        assert screen.view.cursor == here
        assert seen(screen) == {"article", "shelf", "extracts", "tags", "notes"}


@pytest.mark.parametrize("width", [20, 40, 80, 120, 200])
async def test_the_footer_fits_and_always_shows_help(library: Library, config: Config, width: int) -> None:
    async with opened(library, config, (width, 24)) as (_pilot, screen):
        strip = screen.keys.render_line(0)
        assert strip.cell_length == screen.keys.size.width
        assert "? 도움말" in strip.text
        if width >= 40:
            assert "h 밑줄" in strip.text


async def test_the_footer_can_be_clicked(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        screen.keys.render_line(0)
        start, _, _ = next(spot for spot in screen.keys._spots if spot[2] == "underline")
        await pilot.click("#keys", offset=(start + 1, 0))
        await pilot.pause()
        assert len(library.annotations()) == 1


async def test_the_title_stays_in_sight(library: Library, config: Config) -> None:
    async with opened(library, config, (60, 8)) as (pilot, screen):
        assert screen.edge.name_ == ""
        assert screen.session.article is not None
        await pilot.press("end")
        while not screen.edge.name_:
            await pilot.pause(0.01)
        assert screen.edge.name_ == screen.session.article.title


async def test_without_colour(library: Library, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(library, config) as (pilot, screen):
        await pilot.press("h", "t", "escape")
        assert screen.app.no_color
        assert len(library.annotations()) == 1
