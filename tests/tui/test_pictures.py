"""Pictures of the reading screen: what stands in every cell, and in which style, at three sizes and in our two themes.

A picture that is to change is made anew, looked at, and kept:

    MITJUL_PICTURES=new python -m pytest tests/tui/test_pictures.py
"""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path
from string import ascii_letters

import pytest
from rich.style import Style
from textual.screen import Screen

from store.library import Library
from tests.tui.conftest import extracts, opened, settled
from tui import themes
from tui.config import Config

PICTURES = Path(__file__).parent / "pictures"
SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.fixture
def read(library: Library) -> Library:
    """The library with an article that has been worked on."""
    id = next(one.id for one in library.list() if "다리" in one.title)
    library._shelf.save_extracts(id, extracts(library, id))
    for name, colour, key in (("비용", "yellow", "1"), ("비용/공사", "orange", "2"), ("주장", "blue", "3")):
        library.set_tag(name, colour=colour, hotkey=key)
    library.annotate_quote(id, "120억 원이 들었다고 시청이 밝혔다", tags=["비용/공사"])
    library.annotate_quote(id, "시청이 밝혔다. 그러나 시민 단체는", note="누가 셌나")
    library.annotate_quote(id, "주민들은 무료를 바란다.", tags=["주장", "비용"])
    library.set_place(id, library.article(id).sentences[1].start, 0.5)
    return library


def picture(screen: Screen[None]) -> str:
    """The lines of the screen; below them, for each line, the runs of its styles by their letters; and what the letters mean."""
    lines, runs = [], []
    letters: dict[str, str] = {}
    for strip in screen._compositor.render_strips(screen.size):
        lines.append(strip.text.rstrip())
        cells = [
            (said(segment.style), segment.cell_length)
            for segment in strip
            if segment.text and not segment.control
        ]
        told = []
        for style, group in groupby(cells, key=lambda cell: cell[0]):
            name = letters.setdefault(style, f"{ascii_letters[len(letters) % 52]}{len(letters) // 52 or ''}")
            told.append(f"{name}{sum(length for _, length in group)}")
        runs.append(" ".join(told))
    meaning = [f"{name} {style}" for style, name in letters.items()]
    return "\n".join([*lines, "─" * 20, *runs, "─" * 20, *meaning, ""])


def said(style: Style | None) -> str:
    """A style without what does not show."""
    if style is None:
        return "none"
    return str(style.without_color + Style(color=style.color, bgcolor=style.bgcolor)).replace("not ", "-")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_reading_screen_looks_as_it_did(
    read: Library, config: Config, size: tuple[int, int]
) -> None:
    async with opened(read, config, size) as (pilot, screen):
        screen.view.next_mark(1)
        screen.view._unflash()
        await pilot.pause()
        screen._settled()  # now, and not a moment later
        for theme in (themes.LIGHT, themes.DARK):
            pilot.app.theme = theme
            await settled(pilot, screen)
            await pilot.pause(0.1)
            file = PICTURES / f"{theme.removeprefix('mitjul-')}-{size[0]}x{size[1]}.txt"
            now = picture(screen)
            if os.environ.get("MITJUL_PICTURES"):
                PICTURES.mkdir(exist_ok=True)
                file.write_text(now, "utf-8")
            assert now.split("\n") == file.read_text("utf-8").split("\n"), f"see the beginning of {__name__}"
