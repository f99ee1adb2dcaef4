"""The window becomes smaller and larger: the cursor stays in sight, and its keys bring it there."""

from __future__ import annotations

from itertools import permutations

import pytest
from textual.pilot import Pilot

from store.library import Library
from tests.tui.conftest import opened
from tui.config import Config
from tui.reader import ReaderScreen

SIZES = [(200, 50), (80, 24), (40, 12)]
LONG = "산골 마을의 느린 우체국\n\n" + "\n\n".join(
    f"{n}번째 편지는 사흘 만에 닿았다. 눈이 온 탓에 길이 막혔다고 집배원이 말한다. 마을 사람들은 늦어도 괜찮다고 한다."
    for n in range(1, 13)
)


def in_sight(screen: ReaderScreen) -> bool:
    view = screen.view
    assert view._laid is not None
    first, last = view._laid.flow.lines(view.cursor.start, view.cursor.end)
    top = view.scroll_offset.y
    return first >= top and last < top + view.size.height


async def resized(pilot: Pilot[None], screen: ReaderScreen, size: tuple[int, int]) -> None:
    await pilot.resize_terminal(*size)
    for _ in range(4):
        await pilot.pause()


@pytest.fixture
def letters(library: Library) -> str:
    (added,) = library.add(LONG.encode(), name="우체국.txt")
    assert added.id is not None
    return added.id


@pytest.mark.parametrize("sizes", [*permutations(SIZES, 2), tuple(SIZES)], ids=str)
@pytest.mark.parametrize("where", ["end", "middle"])
async def test_what_is_in_sight_stays_in_sight(
    library: Library, config: Config, letters: str, sizes: tuple[tuple[int, int], ...], where: str
) -> None:
    async with opened(library, config, sizes[0]) as (pilot, screen):
        screen.open_article(letters)
        await pilot.pause()
        await pilot.press(*(["end"] if where == "end" else ["down"] * 18))
        assert in_sight(screen)
        for size in sizes[1:]:
            await resized(pilot, screen, size)
            assert in_sight(screen), size


@pytest.mark.parametrize("key", ["down", "up", "right", "right_square_bracket", "end"])
@pytest.mark.parametrize("where", ["end", "home"])
async def test_a_cursor_key_brings_the_cursor_into_sight(
    library: Library, config: Config, letters: str, key: str, where: str
) -> None:
    async with opened(library, config, (80, 24)) as (pilot, screen):
        screen.open_article(letters)
        await pilot.pause()
        await pilot.press(where)
        view = screen.view
        view.scroll_to(y=0 if where == "end" else 1000, animate=False)
        await pilot.pause()
        assert not in_sight(screen)
        await pilot.press(key)
        await pilot.pause()
        assert in_sight(screen)


@pytest.mark.parametrize("panel", ["note", "shelf", "extracts", "tags"])
async def test_the_focus_stays_where_it_is(library: Library, config: Config, panel: str) -> None:
    async with opened(library, config, (200, 50)) as (pilot, screen):
        await pilot.press({"note": "m", "shelf": "f2", "extracts": "f3", "tags": "f4"}[panel])
        await pilot.pause()
        typed = ""
        for size in [(80, 24), (120, 40), (60, 30), (200, 50), (40, 12), (80, 24), (40, 12)]:
            await resized(pilot, screen, size)
            assert screen.place == panel, size
            assert screen.focused is not None
            assert screen.focused.region.area > 0, "and can be seen"
            if panel == "note":
                await pilot.press(*"더라")
                typed += "더라"
                assert screen.notes.area.text == typed
