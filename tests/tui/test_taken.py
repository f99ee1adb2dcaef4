"""What came of pages that were to be taken in: the sum first, then what went wrong, never more than half of the screen."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from store.library import Library
from store.model import Added
from tests.tui.conftest import opened
from tui.config import Config
from tui.frame import KeyLine
from tui.taken import report


def some(failed: int, *, status: str = "added", count: int = 2) -> list[Added]:
    error = "글자 파일이 아닙니다. 글이 든 파일(HTML, 텍스트, PDF, EPUB)을 넣어 주세요."
    good = [Added(path=f"{n}.txt", status=status) for n in range(count)]  # type: ignore[arg-type]
    return [Added(path=f"폴더/그림{n}.png", status="failed", error=error) for n in range(failed)] + good


def test_the_sum_comes_first() -> None:
    added = [*some(1), *some(0, status="duplicate", count=1)]
    first, second = report(added, 100, 20).split("\n")
    assert first == "들인 글 2 · 이미 있는 글 1 · 들이지 못한 파일 1"
    assert second.startswith("그림0.png: 글자 파일이 아닙니다.")
    assert report([], 100, 20) == "들일 글을 찾지 못했습니다."
    assert report(some(0), 100, 20, "한마디.").split("\n") == ["들인 글 2", "한마디."]


@pytest.mark.parametrize("room", [4, 6, 10])
def test_errors_that_find_no_room_are_a_number(room: int) -> None:
    lines = report(some(9), 36, room).split("\n")
    assert len(lines) <= room
    assert "".join(lines[:2]).replace(" ", "").startswith("들인글2·들이지못한파일9")
    told = sum(".png:" in line for line in lines)
    assert 1 <= told < 9
    assert lines[-1] == f"그 밖에 {9 - told}개를 들이지 못했습니다."


async def test_half_of_a_small_screen_stays_free(library: Library, config: Config) -> None:
    async with opened(library, config, (40, 12)) as (pilot, screen):
        screen.tell_taken_in(some(9))
        await pilot.pause(0.1)
        lines = [screen.keys.render_line(y).text.strip() for y in range(screen.keys.size.height)]
        assert lines[0].startswith("! 들인 글 2")
        assert lines[-1].endswith("들이지 못했습니다.")
        assert 3 <= len(lines) <= 6


async def test_warnings_about_settings_stay_on_their_screen_and_go_with_a_key(
    library: Library, config: Config
) -> None:
    config = replace(config, problems=("width: 모르는 값입니다.", "keys: 없는 명령입니다."))
    async with opened(library, config) as (pilot, screen):
        await pilot.pause()
        lines = [screen.keys.render_line(y).text.strip() for y in range(screen.keys.size.height)]
        assert lines == ["! 설정: width: 모르는 값입니다.", "설정: keys: 없는 명령입니다."]
        await pilot.press("s")
        await pilot.pause()
        assert "설정:" not in pilot.app.screen.query_one(KeyLine).render_line(0).text
        await pilot.press("escape")
        await pilot.pause()
        assert "설정:" not in screen.keys.render_line(0).text
        assert "?" in screen.keys.render_line(0).text
