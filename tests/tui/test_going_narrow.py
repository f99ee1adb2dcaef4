"""To a place while the article is not to be seen, as where the panels are shown one at a time: then the place is in sight."""

from __future__ import annotations

import pytest
from textual.geometry import Region

from store.library import Library
from tests.tui.conftest import opened, opens, settled, until
from tests.tui.test_resizing import LONG, in_sight
from tui.article.widths import cells
from tui.config import Config
from tui.search import SearchScreen

SIZES = [(40, 12), (60, 14), (80, 24)]


@pytest.fixture
def letters(library: Library) -> str:
    (added,) = library.add(LONG.replace("7번째", "청둥오리 7번째").encode(), name="우체국.txt")
    assert added.id is not None
    return added.id


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("word", ["청둥오리", "12번째", "느린"])
async def test_what_was_searched_for_from_the_shelf_is_in_sight(
    library: Library, config: Config, letters: str, size: tuple[int, int], there: bool, word: str
) -> None:
    """`there`: the article is open already, and only its tab was not to be seen."""
    other = next(one.id for one in library.list() if one.id != letters)
    async with opened(library, config, size) as (pilot, screen):
        screen.open_article(letters if there else other)
        await settled(pilot, screen)
        search = await opens(pilot, SearchScreen, "f2", "s", *word)
        await until(pilot, lambda: bool(search.hits))
        await pilot.press("enter")
        await until(pilot, lambda: screen.is_current and screen.in_article)
        for _ in range(4):
            await pilot.pause()
        view = screen.view
        assert screen.session.article is not None
        assert screen.session.article.id == letters
        assert in_sight(screen)
        painted = "".join(strip.text for strip in view.render_lines(Region.from_offset((0, 0), view.size)))
        assert "❯" in painted
        assert word in painted


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_is_laid_out_anew_meanwhile_is_what_is_shown(
    library: Library, config: Config, letters: str, size: tuple[int, int]
) -> None:
    async with opened(library, config, size) as (pilot, screen):
        screen.open_article(letters)
        await settled(pilot, screen)
        view = screen.view
        await pilot.press(*["down"] * 18, "f2")
        await pilot.pause()
        view.text_width = 24
        library.annotate(letters, view.cursor.start, view.cursor.end, tags=["우체국"])
        screen.marks_changed()
        await pilot.press("f2")
        for _ in range(4):
            await pilot.pause()
        assert in_sight(screen)
        painted = [strip.text for strip in view.render_lines(Region.from_offset((0, 0), view.size))]
        assert "#우체국" in "".join(painted)
        assert max(cells(line[:-1].strip()) for line in painted) <= 24 + 4
