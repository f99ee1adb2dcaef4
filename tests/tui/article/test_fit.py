"""Terminals with few colours or none: everything on the text can be told apart by signs and attributes alone."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem
from rich.segment import Segment

from tests.tui.article.build import HARBOUR, Stage, article, mark
from tui.article.palette import colourless

SHOWN = article(*HARBOUR)
START = SHOWN.text.index("부산의")


def told(segment: Segment) -> tuple[object, ...]:
    """What is left of a segment's style without its colours."""
    style = segment.style
    assert style is not None
    return style.bold, style.underline, style.underline2, style.overline, style.reverse


def looks(app: Stage, words: str) -> list[tuple[str, tuple[object, ...]]]:
    """The gutter's signs, and the attributes, of every piece of a line that begins with the words."""
    found = []
    for y in range(app.view.size.height):
        segments = list(app.view.render_line(y))
        for number, segment in enumerate(segments):
            if segment.text.strip().startswith(words):
                found.append(("".join(one.text for one in segments[:number])[:12].strip(), told(segment)))
    return found


@pytest.mark.parametrize("heading", [False, True])
@pytest.mark.parametrize("how", ["NO_COLOR", "TERM"])
async def test_everything_is_told_apart_without_colour(
    how: str, heading: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*(("NO_COLOR", "1") if how == "NO_COLOR" else ("TERM", "vt220")))
    shown = article(
        "# 가나 다라 마바 사아 자차" if heading else "가나 다라 마바 사아 자차",
        "둘째 문단이다. 셋째 문장이다.",
    )
    app = Stage(shown, [mark("m1", 3, 5), mark("m2", 6, 11), mark("m3", 9, 14)], offset=shown.blocks[1].start)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view
        text = [looks(app, words)[0][1] for words in ("가나", "다라", "마바", "사아")]
        assert len(set(text)) == len(text)
        assert looks(app, "가나")[0][0] == "▐▌"
        assert looks(app, "둘째")[0][0] == "❯"
        plain = looks(app, "둘째")[0][1]
        view.toggle_select()
        await pilot.pause()
        sign, selected = looks(app, "둘째")[0]
        assert sign == "║"
        assert selected != plain
        view.drop()
        view.go_to(0)
        assert view.find("가나") == 1
        await pilot.pause()
        assert looks(app, "가나")[0][1] not in text
        assert view.find("째") == 2
        await pilot.pause()
        current, other = (attributes for _, attributes in looks(app, "째"))
        assert len({current, other, plain}) == 3


def test_names_of_terminals_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, without in {
        "vt100": True,
        "dumb": True,
        "xterm-mono": True,
        "xterm-256color": False,
        "": False,
    }.items():
        monkeypatch.setenv("TERM", name)
        assert colourless() is without, name


async def test_sixteen_colours_keep_text_and_ground_apart() -> None:
    app = Stage(SHOWN, [mark("m1", START, START + 8, "비용")], offset=START)
    async with app.run_test(size=(80, 40)) as pilot:
        for theme in ("mitjul-light", "mitjul-dark"):
            app.theme = theme
            app.view.set_tag_colours({"비용": "yellow"})
            app.view.find("창고")
            await pilot.pause()
            await pilot.pause()
            for y in range(40):
                for segment in app.view.render_line(y):
                    style = segment.style
                    assert style is not None
                    if segment.text.strip(" │┃") and style.color and style.bgcolor:
                        few = [
                            colour.downgrade(ColorSystem.STANDARD) for colour in (style.color, style.bgcolor)
                        ]
                        assert few[0] != few[1], (theme, segment)
