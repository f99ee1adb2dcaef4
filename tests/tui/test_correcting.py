"""The reader's corrections: a line left out goes back into the article, a paragraph goes out of it, and all of it can be undone."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from store.korean.dubeolsik import compose
from store.library import Library
from store.model import Status
from tests.tui.conftest import opened, settled, told
from tui.article.messages import RemovedPicked
from tui.background import Background
from tui.config import Config
from tui.hangul import key_name
from tui.reader import ReaderScreen

LINE = "무단 전재 및 재배포 금지"
PAGE = (
    "등대를 고치는 사람들\n\n"
    "바닷가 마을의 등대를 고치는 일이 올봄에 시작되었다. 마을 사람들이 돈을 모았다.\n\n"
    "다리는 내년에야 놓인다고 군청이 밝혔다. 배로 자재를 나르는 까닭이다.\n\n"
    "공사를 맡은 목수는 세 사람이다. 그들은 등대 곁에 방을 얻었다.\n\n"
    f"{LINE}\n"
)


@pytest.fixture
def page(library: Library) -> str:
    """An article with a line left out at its end."""
    (added,) = library.add(PAGE.encode(), name="등대.txt")
    assert added.id is not None
    assert [line.text for line in library.article(added.id).removed] == [LINE]
    return added.id


async def to_the_line(pilot: Pilot[None], screen: ReaderScreen, page: str) -> None:
    screen.open_article(page)
    await pilot.press("l", "end", "down")
    await pilot.pause()
    assert screen.view.removed_at_cursor is not None


@pytest.mark.parametrize("key", ["enter", "p", compose("p")])
async def test_a_line_goes_back_in_its_place(library: Library, config: Config, page: str, key: str) -> None:
    async with opened(library, config) as (pilot, screen):
        await to_the_line(pilot, screen, page)
        await pilot.press(key_name(key) if len(key) == 1 else key)
        await pilot.pause()
        article = library.article(page)
        assert article.text.endswith(f"얻었다.\n\n{LINE}")
        assert article.removed == ()
        assert screen.session.article == screen.view.article == article
        assert article.slice(screen.view.cursor.start, screen.view.cursor.end) == LINE
        assert screen.view.removed_at_cursor is None
        assert told(screen)[-1].startswith("줄을 되살렸습니다")


@pytest.mark.parametrize("key", ["w", compose("w")])
async def test_a_restored_line_can_be_taken_out_again(
    library: Library, config: Config, page: str, key: str
) -> None:
    before = library.article(page)
    async with opened(library, config) as (pilot, screen):
        await to_the_line(pilot, screen, page)
        await pilot.press("enter", key_name(key))
        await pilot.pause()
        after = library.article(page)
        assert (after.text, after.removed) == (before.text, before.removed)
        assert screen.view.removed_at_cursor == 0, "the cursor stays on the line"
        await pilot.press("enter")
        await pilot.pause()
        assert library.article(page).text.endswith(LINE)


async def test_a_paragraph_goes_out_and_its_neighbours_keep_their_marks(
    library: Library, config: Config, page: str
) -> None:
    before = library.article(page)
    middle, last = before.text.index("다리는 내년"), before.text.index("공사를 맡은")
    lost = library.annotate(page, middle, middle + 5)
    kept = library.annotate(page, last, last + 5)
    async with opened(library, config, size=(80, 24)) as (pilot, screen):
        screen.open_article(page, at=(middle, None))
        await pilot.press("l")
        line = screen.view._line() - screen.view.scroll_offset.y
        await pilot.press("w")
        await pilot.pause()
        article, view = screen.session.article, screen.view
        assert article is not None
        assert "다리는 내년" not in article.text
        index = view.removed_at_cursor
        assert index is not None
        assert article.removed[index].text.startswith("다리는 내년")
        assert article.removed[index].reason == "reader"
        told_lost = 1  # the line below the title that tells of the lost mark: there is nothing to scroll
        assert view.max_scroll_y == 0
        assert view._line() == line + told_lost, "the place in the window stays"
        marks = {mark.id: mark for mark in screen.session.marks}
        assert marks[lost.id].status is Status.LOST
        assert article.slice(marks[kept.id].start, marks[kept.id].end) == kept.exact
        assert list(view.annotations) == screen.session.marks
        assert "표시 1개가 자리를 잃었습니다" in told(screen)[-1]
        await pilot.press("z")
        await pilot.pause()
        assert screen.session.article is not None
        assert screen.session.article.text == view.units.text == before.text
        assert view.cursor.start == middle
        back = next(mark for mark in screen.session.marks if mark.id == lost.id)
        assert (back.start, back.end) == (lost.start, lost.end)
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert "다리는 내년" not in view.units.text


async def test_undo_elsewhere_opens_the_article_as_it_was(
    library: Library, config: Config, page: str
) -> None:
    other = next(summary.id for summary in library.list() if summary.id != page)
    before = library.article(page)
    async with opened(library, config) as (pilot, screen):
        await to_the_line(pilot, screen, page)
        await pilot.press("enter")
        screen.open_article(other)
        await pilot.press("z")
        await pilot.pause()
        assert screen.session.article is not None
        assert screen.session.article.id == page
        assert screen.view.units.text == before.text


async def test_nothing_goes_out_unseen(library: Library, config: Config, page: str) -> None:
    before = library.article(page)
    async with opened(library, config) as (pilot, screen):
        screen.open_article(page)
        await pilot.press("w", "enter")
        await pilot.pause()
        assert "먼저 l로" in told(screen)[-2]
        assert "빠진 줄은 l로 봅니다" in told(screen)[-1]
        await pilot.press("l", "f2")
        await pilot.press("w", "p")
        await pilot.pause()
        await pilot.press("escape", "end", "down", "w")
        assert told(screen)[-1].startswith("이미 빠진 줄입니다")
        assert library.article(page) == before


async def test_one_paragraph_stays(library: Library, config: Config) -> None:
    (added,) = library.add("하나뿐인 글\n\n문장이 하나 있다.\n".encode(), name="하나.txt")
    assert added.id is not None
    async with opened(library, config) as (pilot, screen):
        screen.open_article(added.id)
        await pilot.press("l", "w")
        await pilot.pause()
        assert "한 문단이라도" in told(screen)[-1]
        assert library.article(added.id).text


async def test_the_footer_has_the_keys_while_the_lines_are_shown(
    library: Library, config: Config, page: str
) -> None:
    async with opened(library, config) as (pilot, screen):
        screen.open_article(page)
        assert screen.keys.place == "article"
        await pilot.press("l")
        assert screen.keys.place == "left_out"
        assert [name for _, name, _ in screen.keys.entries(120)][:2] == ["되살리기", "문단 빼기"]
        await pilot.press("f2")
        assert screen.keys.place == "shelf"
        await pilot.press("escape", "v")
        await pilot.pause()
        assert screen.keys.place == "selecting"
        await pilot.press("escape", "l")
        await pilot.pause()
        assert screen.keys.place == "article"


async def test_a_second_click_puts_the_line_back(library: Library, config: Config, page: str) -> None:
    async with opened(library, config) as (pilot, screen):
        await to_the_line(pilot, screen, page)
        screen.view.post_message(RemovedPicked(screen.view, 0))
        await pilot.pause()
        assert library.article(page).text.endswith(LINE)


async def test_the_article_is_analysed_anew(
    library: Library, config: Config, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def analyse(background: Background) -> bool:
        asked.append(background.library.pending())
        return True

    monkeypatch.setattr(Background, "analyse", analyse)
    async with opened(library, config) as (pilot, screen):
        await to_the_line(pilot, screen, page)
        asked.clear()
        await pilot.press("enter")
        await pilot.pause()
        assert len(asked) == 1
        assert page in asked[0]
        assert screen.session.extracts is None


@pytest.mark.parametrize("key", ["g", "c"])
async def test_undo_on_another_screen_shows_the_text_as_it_is_then(
    library: Library, config: Config, page: str, key: str
) -> None:
    """Or the next mark would be on other words than those that are seen."""
    async with opened(library, config) as (pilot, screen):
        await to_the_line(pilot, screen, page)
        whole = library.article(page).text
        await pilot.press("home", "w")
        assert library.article(page).text != whole
        await pilot.press(key)
        await pilot.pause()
        over = pilot.app.screen
        assert over is not screen
        await pilot.press("z")
        while library.article(page).text != whole:
            await pilot.pause(0.01)
        await pilot.pause(0.1)
        await pilot.press("escape")
        await settled(pilot, screen)
        assert screen.session.article is not None
        assert screen.session.article.text == whole
        await pilot.press("l", "home", "h")
        mark = library.annotations(article=page)[-1]
        assert mark.exact == screen.session.article.slice(screen.view.cursor.start, screen.view.cursor.end)
