"""What the reader is told stands in the footer, whole, on every screen; what the footer says in each state."""

from __future__ import annotations

import pytest

from store.library import Library
from tests.tui.conftest import app_of, opened, opens, told
from tui.config import Config
from tui.frame import KeyLine
from tui.reader import ReaderScreen
from tui.search import SearchScreen


def footer(screen: ReaderScreen | SearchScreen, y: int = 0) -> str:
    return screen.keys.render_line(y).text


def painted(screen: ReaderScreen | SearchScreen) -> str:
    """The screen's rows as the terminal gets them."""
    return "\n".join(strip.text for strip in screen._compositor.render_strips())


LINE = "빠진 줄 열하나를 보입니다. 다시 누르면 감추고, 그 줄에서 Enter를 누르면 왜 빠졌는지 말합니다."


@pytest.mark.parametrize("size", [(120, 40), (100, 30), (119, 30), (80, 24), (40, 12)])
async def test_a_notice_is_painted_whole(library: Library, config: Config, size: tuple[int, int]) -> None:
    async with opened(library, config, size) as (pilot, screen):
        before = screen.keys.size.height
        screen.tell(LINE)
        await pilot.pause(0.1)
        shown = painted(screen)
        assert "".join(LINE.split()) in "".join(shown.split())
        screen.keys.tell([])
        await pilot.pause(0.1)
        assert screen.keys.size.height == before == 1
        assert "?" in footer(screen)


async def test_a_notice_shows_on_the_screen_on_top_and_ends(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        search = await opens(pilot, SearchScreen, "s")
        screen.app.notify("한 줄", timeout=1.5)
        await pilot.pause()
        assert "한 줄" in footer(search)
        for _ in range(300):
            await pilot.pause(0.1)
            if "한 줄" not in footer(search):
                break
        assert "한 줄" not in footer(search)


async def test_a_notice_does_not_cover_the_keys_of_the_next_screen(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("h", "z")
        await pilot.pause()
        assert "되돌림" in footer(screen)
        screen.tell("디스크가 찼습니다.", bad=True)
        await pilot.press("s")
        await pilot.pause()
        search = screen.app.screen
        assert isinstance(search, SearchScreen)
        lines = [footer(search, y).strip() for y in range(search.keys.size.height)]
        assert lines == ["! 디스크가 찼습니다."]
        screen.app.clear_notifications()
        await pilot.pause()
        assert "Esc" in footer(search)


async def test_an_error_stays_beside_a_later_notice(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        screen.tell("디스크가 찼습니다.", bad=True)
        screen.tell("먼저 한 말.")
        screen.tell("나중에 한 말.")
        await pilot.pause(0.1)
        lines = [footer(screen, y).strip() for y in range(screen.keys.size.height)]
        assert lines == ["! 디스크가 찼습니다.", "● 나중에 한 말."]


async def test_the_footer_says_that_one_is_selecting(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("v")
        await pilot.pause()
        assert screen.keys.place == "selecting"
        line = " ".join(footer(screen).split())
        assert line.startswith("고르는 중 ←→ 어절 ↑↓ 문장 h 밑줄 t 태그")
        assert "Esc 그만" in line
        await pilot.press("escape")
        await pilot.pause()
        assert screen.keys.place == "article"


async def test_one_who_only_reads_sees_so_and_is_offered_nothing_else(
    library: Library, config: Config
) -> None:
    with Library.open(library.folder, write=False) as second:
        async with opened(second, config) as (pilot, screen):
            screen.keys.tell([])
            line = footer(screen)
            assert "읽기 전용 · 다른 창을 닫으면 쓸 수 있습니다" in line
            assert "밑줄" not in line
            assert "찾기" in line
        async with opened(second, config, (40, 12)) as (pilot, screen):
            screen.keys.tell([])
            await pilot.pause()
            assert "읽기 전용" in footer(screen)


async def test_a_second_window_writes_when_the_first_is_closed(library: Library, config: Config) -> None:
    async with opened(Library.open(library.folder, write=False), config) as (pilot, screen):
        app = app_of(screen)
        await pilot.press("down", "h")
        assert library.annotations() == []
        at = screen.view.cursor
        app.try_to_write()
        while app._background.busy("library"):
            await pilot.pause(0.01)
        await pilot.pause()
        assert not app.library.writable
        library.close()
        app.try_to_write()
        while not app.library.writable:
            await pilot.pause(0.01)
        assert screen.view.cursor == at
        await pilot.press("h")
        assert [(mark.start, mark.end) for mark in app.library.annotations()] == [(at.start, at.end)]
        screen.keys.tell([])
        assert "읽기 전용" not in footer(screen)
        assert "읽기 전용" not in screen.edge.info
    app.library.close()


async def test_tests_know_what_was_told_though_it_is_gone_from_the_screen(
    library: Library, config: Config
) -> None:
    async with opened(library, config) as (pilot, screen):
        screen.app.notify("곧 사라질 말.", timeout=0.001)
        assert told(screen) == ["곧 사라질 말."]
        await pilot.pause(0.05)
        assert not list(screen.app._notifications)
        assert told(screen) == ["곧 사라질 말."]


async def test_results_and_related_passages_are_gone_through_alike_and_the_footer_says_so(
    library: Library, config: Config
) -> None:
    async with opened(library, config) as (pilot, _):
        search = await opens(pilot, SearchScreen, "s")
        assert "Esc 닫기  ↑↓ 오르내리기" in footer(search)
        assert search.keys.entries(118)[1:3] == KeyLine("list").entries(118)[1:3]
