"""Short words where a screen used to be silent, and lines that say what is not so."""

from __future__ import annotations

import pytest
from textual import events

from store.library import Library
from tests.tui.conftest import opened, opens, settled, text_of, told
from tui.asking import Ask
from tui.background import Background, TakenIn
from tui.config import Config
from tui.help import Help
from tui.hints import TYPING
from tui.palette import Palette
from tui.tagscreen import TagScreen


async def test_prose_that_is_pasted_is_not_ignored_in_silence(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        for text in ("그냥 쓴 글입니다.", "  \n"):
            screen.app.post_message(events.Paste(text))
            await pilot.pause()
        assert told(screen) == ["붙여 넣은 것은 주소나 파일이 아닙니다."]


async def test_the_palette_says_that_nothing_answers(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        palette = await opens(pilot, Palette, "ctrl+p")
        palette.query_.value = "없는명령"
        await pilot.pause()
        (row,) = palette.list.rows
        assert "그런 명령이 없습니다" in text_of(row)
        await pilot.press("enter", "escape")
        assert pilot.app.screen is screen


async def test_where_one_types_the_keyboards_mode_does_matter(library: Library, config: Config) -> None:
    async with opened(library, config, (160, 40)) as (pilot, screen):
        assert "한/영 무관" in screen.keys._status(160)
        await pilot.press("n")
        assert screen.keys.place in TYPING
        assert screen.keys._status(160) == ""


async def test_the_tag_screen_names_tab_and_the_other_panes_keys(library: Library, config: Config) -> None:
    article = library.article(library.list()[0].id)
    first = article.sentences[0]
    library.annotate(article.id, first.start, first.end, tags=["비용"])
    async with opened(library, config) as (pilot, _screen):
        tags = await opens(pilot, TagScreen, "g")
        while not tags.settled:
            await pilot.pause(0.01)
        assert ("Tab", "구절로", "panel_next") in tags.keys.hints()
        help_ = await opens(pilot, Help, "question_mark")
        keys = [row.key for row in help_.rows("")]
        top = keys[: keys.index("group::read")]
        assert {"panel_next", "tag_rename", "passage_retag", "undo"} <= set(top)


async def test_after_undoing_a_rename_the_highlight_stays_on_the_tag(
    library: Library, config: Config
) -> None:
    article = library.article(library.list()[0].id)
    for n, name in enumerate(("가나", "다라", "다라/속", "하하")):
        sentence = article.sentences[n]
        library.annotate(article.id, sentence.start, sentence.end, tags=[name])
    async with opened(library, config) as (pilot, _screen):
        tags = await opens(pilot, TagScreen, "g")

        async def done() -> None:
            while not tags.settled:
                await pilot.pause(0.01)
            await pilot.pause()

        await done()
        assert tags.left.rows.go("다라")
        box = await opens(pilot, Ask, "n")
        box.field.value = "힣"
        await pilot.press("enter")
        await done()
        assert tags.name_ == "힣"
        await pilot.press("z")
        await done()
        assert tags.name_ == "다라"
        await pilot.press("ctrl+y")
        await done()
        assert tags.name_ == "힣"


async def test_a_paragraph_left_out_has_one_sign(library: Library, config: Config) -> None:
    (added,) = library.add(
        (
            "긴 문단의 글\n\n첫 문단은 짧다.\n\n"
            + "둘째 문단은 여러 줄에 걸쳐 길게 이어진다. " * 9
            + "\n\n셋째 문단이 글을 맺는다. 여기서 끝난다.\n"
        ).encode(),
        name="긴.txt",
    )
    assert added.id is not None
    async with opened(library, config) as (pilot, screen):
        screen.open_article(added.id, at=(library.article(added.id).text.index("둘째"), None))
        await pilot.press("l", "w")
        await pilot.pause()
        view = screen.view
        assert view.removed_at_cursor is not None
        lines = [view.render_line(y).text for y in range(view.size.height)]
        shown = [line for line in lines if "┊" in line]
        assert len(shown) > 2
        assert [("❯" in line, "│" in line) for line in shown] == [(True, False)] + [(False, True)] * (
            len(shown) - 1
        )


async def test_an_empty_library_says_in_the_middle_what_to_do(empty: Library, config: Config) -> None:
    async with opened(empty, config) as (_pilot, screen):
        middle = [screen.view.render_line(y).text.strip() for y in range(screen.view.size.height)]
        assert [line for line in middle if line] == ["a를 눌러 글을 들이세요."]


async def test_while_the_samples_come_in_the_shelf_says_so(
    empty: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Background, "take_samples", lambda self: True)
    async with opened(empty, config) as (pilot, screen):
        (row,) = screen.shelf.books.rows
        assert text_of(row) == "견본 글을 들이고 있습니다…"
        screen.post_message(TakenIn([], first=True))
        await pilot.pause()
        await settled(pilot, screen)
        (row,) = screen.shelf.books.rows
        assert text_of(row) == "a를 눌러 글을 들이세요."
