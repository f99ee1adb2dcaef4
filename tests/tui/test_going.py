"""Finding in the article, headings, searching the library, related passages, settings, the tour, help, palette."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from msgspec.structs import replace as replace_struct
from textual.pilot import Pilot

from store.library import Library
from store.model import Hit, Keyword
from tests.tui.conftest import extracts, opened, opens, text_of, told, until
from tui.config import Config
from tui.copies import origin_of
from tui.help import Help
from tui.palette import Palette
from tui.passages import lit, needles
from tui.reader import ReaderScreen
from tui.reasons import explain
from tui.related import RelatedScreen
from tui.search import FIRST, LIMIT, SearchScreen
from tui.settings import Settings
from tui.tour import PAGES as TOUR
from tui.tour import Tour

FOOTED = (
    "섬으로 가는 배편\n\n섬으로 가는 배가 하루 네 번으로 늘었다. 주민들은 반가워한다. 뱃삯은 그대로다.\n\n"
    "선사는 새 배를 두 척 들였다. 배마다 차를 서른 대 싣는다.\n\n무단 전재 및 재배포 금지\n"
)
"""A page with a line that is no part of the article."""


async def open_bridge(pilot: Pilot[None], screen: ReaderScreen) -> str:
    """Open the article on the bridge; its id."""
    id = next(summary.id for summary in screen.session.library.list() if summary.title.startswith("강"))
    screen.open_article(id)
    await pilot.pause()
    return id


async def test_finding_in_the_article(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await open_bridge(pilot, screen)
        await pilot.press("slash", *"회사")
        await pilot.pause()
        assert screen.find_bar.count.content == "1/3"
        await pilot.press("enter")
        await pilot.pause()
        assert screen.find_bar.count.content == "2/3"
        await pilot.press("escape", "greater_than_sign")
        assert screen.in_article
        assert "회사" in screen.session.article.slice(screen.view.cursor.start, screen.view.cursor.end)  # type: ignore[union-attr]
        await pilot.press("escape", "greater_than_sign")
        assert told(screen) == ["먼저 /로 찾으세요."]


async def test_searching_the_library_as_one_types(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        search = await opens(pilot, SearchScreen, "s")
        await pilot.press(*"통행료")
        for _ in range(60):
            await pilot.pause(0.05)
            if search.hits:
                break
        assert search.hits[0].hit.title.startswith("강")
        await pilot.press("enter")
        await pilot.pause()
        assert screen.session.article is not None
        assert screen.session.article.title.startswith("강")
        passage = screen.session.article.slice(screen.view.cursor.start, screen.view.cursor.end)
        assert "통행료" in passage
        await pilot.press("backspace")
        assert screen.session.article.title.startswith("도시"), "back to where one was"


class Slow:
    """A search of the library that waits to be let go, if it is for so many passages."""

    def __init__(self, library: Library, monkeypatch: pytest.MonkeyPatch, held: int) -> None:
        self.asked: list[tuple[str, int]] = []
        self.go = threading.Event()
        search = library.search

        def slow(query: str, limit: int = 50) -> list[Hit]:
            self.asked.append((query, limit))
            if limit == held:
                self.go.wait(5)
            return search(query, limit)

        monkeypatch.setattr(library, "search", slow)


async def test_a_search_begins_with_the_first_key_and_the_last_word_counts(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(library, monkeypatch, FIRST)
    async with opened(library, config) as (pilot, screen):
        search = await opens(pilot, SearchScreen, "s")
        await pilot.press("통")
        await until(pilot, lambda: bool(slow.asked))
        await pilot.press("행", "료", "enter")
        assert not search.hits
        assert screen.app.screen is search, "Enter waits for what was typed"
        assert slow.asked == [("통", FIRST)]
        slow.go.set()
        await until(pilot, lambda: screen.app.screen is screen)
        assert slow.asked[:2] == [("통", FIRST), ("통행료", FIRST)]
        assert screen.session.article is not None
        passage = screen.session.article.slice(screen.view.cursor.start, screen.view.cursor.end)
        assert "통행료" in passage


async def test_a_result_that_is_clicked_is_gone_to_whatever_is_being_searched(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(library, config) as (pilot, screen):
        search = await opens(pilot, SearchScreen, "s")
        search.field.value = "통행료"
        await until(pilot, lambda: bool(search.hits))
        slow = Slow(library, monkeypatch, FIRST)
        search.field.value = "도시"
        await until(pilot, lambda: bool(slow.asked))
        wanted = search.hits[0].hit.article
        await pilot.click("#hits", offset=(4, 1))
        await until(pilot, lambda: screen.app.screen is screen)
        slow.go.set()
        assert screen.session.article is not None
        assert screen.session.article.id == wanted


async def test_a_screenful_of_results_comes_before_the_rest(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(FIRST + 8):
        text = f"{n}번째 섬의 등대\n\n{n}번째 섬에는 등대지기가 산다. 배가 지나간다.\n"
        library.add(text.encode(), name=f"{n}.txt")
    async with opened(library, config) as (pilot, _):
        search = await opens(pilot, SearchScreen, "s")
        slow = Slow(library, monkeypatch, LIMIT)
        search.field.value = "등대지기"
        await until(pilot, lambda: slow.asked == [("등대지기", FIRST), ("등대지기", LIMIT)])
        assert len(search.hits) == FIRST
        assert not search.rule.info, "how many there are is not known yet"
        await pilot.press("down")
        slow.go.set()
        await until(pilot, lambda: len(search.hits) == FIRST + 8)
        assert search.rule.info == str(FIRST + 8)
        assert (search.list.key or "").startswith("1:"), "the cursor stays"


async def test_what_was_typed_and_taken_back_meanwhile_costs_no_result(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        library.add(f"{n}번째 섬의 등대\n\n{n}번째 섬에는 등대지기가 산다.\n".encode(), name=f"{n}.txt")
    reached, go = [threading.Event(), threading.Event()], [threading.Event(), threading.Event()]

    class Held(list[Hit]):
        """Hits that are looked at as slowly as the test wants."""

        def __iter__(self) -> Iterator[Hit]:
            for n, hit in enumerate(super().__iter__()):
                if n in (1, 2):
                    reached[n - 1].set()
                    go[n - 1].wait(5)
                yield hit

    find = library.search
    monkeypatch.setattr(library, "search", lambda query, limit: Held(find(query, limit)))
    async with opened(library, config) as (pilot, _):
        search = await opens(pilot, SearchScreen, "s")
        search.field.value = "등대지기"
        await until(pilot, reached[0].is_set)
        search.field.value = "등대지기가"
        await pilot.pause()
        go[0].set()
        await until(pilot, reached[1].is_set)
        search.field.value = "등대지기"
        await pilot.pause()
        go[1].set()
        await until(pilot, lambda: len(search.hits) == 4, 5)


def test_words_to_mark_in_the_results() -> None:
    assert needles('비용 "두 말" tag:주장 -빼기 source:"그 신문" R1') == ["두 말", "비용", "r1"]
    assert lit([("R1의 비용", "")], ["비용", "r1"]) == [("R1", "found"), ("의 ", ""), ("비용", "found")]
    assert lit([("그대로", "muted")], []) == [("그대로", "muted")]


async def test_settings_are_seen_at_once_and_kept(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        settings = await opens(pilot, Settings, "comma")
        for key in ("width:56", "spacing:1", "theme:mitjul-dark"):
            assert settings.list.go(key)
            await pilot.press("enter")
            await pilot.pause()
        assert (screen.view.text_width, screen.view.spacing, pilot.app.theme) == (56, 1, "mitjul-dark")
        kept = tomllib.loads(config.path.read_text("utf-8"))
        assert kept == {"width": 56, "spacing": 1, "theme": "mitjul-dark"}


async def test_the_tour_can_be_left_and_is_not_shown_again(library: Library, config: Config) -> None:
    async with opened(library, replace(config, tour=True)) as (pilot, screen):
        screen.action_do("tour")
        await pilot.pause()
        tour = pilot.app.screen
        assert isinstance(tour, Tour)
        await pilot.press("enter", "right", "left")
        assert tour.page == 1
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert tomllib.loads(config.path.read_text("utf-8")) == {"tour": False}
        screen.action_do("tour")
        await pilot.pause()
        await pilot.press(*["enter"] * len(TOUR))
        await pilot.pause()
        assert pilot.app.screen is screen


async def test_help_shows_the_keys_of_where_one_is_first(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        help = await opens(pilot, Help, "f2", "f1")
        assert help.list.key == "row_next"
        assert {row.key for row in help.list.rows} >= {"underline", "choose", "palette"}
        help.query_.value = "ㅗ"
        await pilot.pause()
        assert "underline" in {row.key for row in help.list.rows}
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is screen


async def test_palette_does_the_command(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, _screen):
        palette = await opens(pilot, Palette, "ctrl+p")
        palette.query_.value = "ㅁㅈ"  # 밑줄 is ㅁㅈ
        await pilot.pause()
        assert palette.list.key == "underline"
        await pilot.press("enter")
        await pilot.pause()
        assert len(library.annotations()) == 1


async def test_palette_says_why_a_command_cannot_be_done(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, _screen):
        palette = await opens(pilot, Palette, "ctrl+p")
        palette.query_.value = "표시 지우기"
        await pilot.pause()
        words = text_of(palette.list.rows[0]).splitlines()[0]
        assert "여기에는 표시가 없습니다" in words
        await pilot.press("escape")


async def test_related_passages(library: Library, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    bridge = next(summary.id for summary in library.list() if summary.title.startswith("강"))
    page = "새 다리에 든 돈\n\n새 다리를 놓는 데 120억 원이 들었다고 한다. 시민 단체는 금액이 부풀려졌다고 말한다.\n"
    (added,) = library.add(page.encode(), name="셋째.txt")
    assert added.id is not None
    found = {summary.id: extracts(library, summary.id) for summary in library.list()}
    monkeypatch.setattr(Library, "extracts", lambda self, id, **_: found[id])
    async with opened(library, config) as (pilot, screen):
        screen.open_article(added.id)
        await pilot.press("r")
        for _ in range(60):
            await pilot.pause(0.05)
            if pilot.app.screen is not screen:
                break
        related = pilot.app.screen
        assert isinstance(related, RelatedScreen)
        assert related.found.matches[0].article == bridge
        assert related.found.origins[bridge] == origin_of(library.line(bridge))
        assert {match.article for match in related.found.matches} == set(related.found.origins)
        assert "120억" in related.found.why[0] or "금액이" in related.found.why[0], "what the two share"
        headings = {block.start for block in library.article(bridge).blocks if block.type == "heading"}
        assert not any(match.article == bridge and match.start in headings for match in related.found.matches)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.session.article is not None
        assert screen.session.article.id == bridge
        assert screen.view.cursor.start == related.found.matches[0].start


async def test_nothing_related_is_said_in_place(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {summary.id: extracts(library, summary.id) for summary in library.list()}
    monkeypatch.setattr(Library, "extracts", lambda self, id, **_: found[id])
    async with opened(library, config) as (pilot, screen):
        await pilot.press("r")
        for _ in range(60):
            await pilot.pause(0.05)
            if told(screen):
                break
        assert told(screen) == ["다른 글에는 같은 이야기가 없습니다."]
        assert pilot.app.screen is screen


async def test_initial_consonants_show_what_they_mean(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    bridge = next(summary.id for summary in library.list() if summary.title.startswith("강"))
    read = extracts(library, bridge)
    text = library.article(bridge).text
    hit = Hit(article=bridge, title="강을 건너는 다리의 값", start=0, end=4, text=text[:4], score=1)
    monkeypatch.setattr(
        Library,
        "extracts",
        lambda self, id, **_: replace_struct(read, keywords=(Keyword(text="통행료", score=1, count=1),)),
    )
    shown = explain(library, hit, ["ㅌㅎㄹ"])
    assert "통행료" in shown.text
    assert shown.words == ("통행료",)
    assert shown.hit.text == shown.text == text[shown.hit.start : shown.hit.end]
    assert explain(library, hit, ["ㄷㄹ"]).words[-1] == "다리", "the title, where nothing else fits"


@pytest.fixture
def footed(library: Library) -> str:
    """An article of which something was left out."""
    (added,) = library.add(FOOTED.encode(), name="금지.txt")
    assert added.id is not None
    return added.id


async def test_a_line_left_out_cannot_be_marked(library: Library, footed: str, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        screen.open_article(footed)
        await pilot.press("l", "end", "down")
        assert screen.view.removed_at_cursor is not None
        await pilot.press("h")
        await pilot.pause()
        assert "빠진 줄이라" in told(screen)[-1]
        assert library.annotations() == []


async def test_what_was_left_out_can_be_seen(library: Library, footed: str, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        screen.open_article(footed)
        assert screen.session.article is not None
        assert screen.session.article.removed
        await pilot.press("l")
        assert screen.view.show_removed
        await pilot.press("l")
        assert not screen.view.show_removed


async def test_the_summary_of_the_page_is_copied_and_found(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = next(summary.id for summary in library.list() if summary.title.startswith("강"))
    whole = library.article(id)
    summed = replace_struct(whole, summary=("다릿값을 둘러싼 다툼을 간추렸다.",))
    monkeypatch.setattr(Library, "article", lambda self, id: summed)
    hit = Hit(article=id, title=whole.title, start=0, end=4, text=whole.text[:4], score=1)
    shown = explain(library, hit, ["간추렸다"])
    assert (shown.text, shown.label) == (summed.summary[0], "페이지의 요약")
    async with opened(library, config) as (pilot, screen):
        screen.open_article(id)
        screen.action_do("copy_summary")
        await pilot.pause()
        assert pilot.app.clipboard.startswith(summed.summary[0])
        assert "강을 건너는 다리의 값" in pilot.app.clipboard


def test_a_passage_found_by_its_tag_or_note_says_so(library: Library) -> None:
    id = library.list()[0].id
    text = library.article(id).text
    mark = library.annotate(id, 0, 6, tags=["세금/지방"], note="다시 볼 것")
    (hit,) = library.search("tag:세금")
    assert (hit.start, hit.end) == (mark.start, mark.end)
    assert explain(library, hit, [], "tag:세금").label.endswith("#세금/지방")
    (noted,) = [hit for hit in library.search("has:note") if hit.article == id]
    assert explain(library, noted, [], "has:note").label == "✎ 다시 볼 것"
    (by_word,) = [hit for hit in library.search("세금") if hit.article == id]
    shown = explain(library, by_word, ["세금"], "세금")
    assert shown.text == text[0:6]
    assert shown.label.endswith("#세금/지방")
    library.delete(mark.id)
    library.set_article_tags(id, ["세금"])
    (hit,) = library.search("tag:세금")
    assert "세금" not in hit.text
    assert explain(library, hit, [], "tag:세금").label in ("글 태그 #세금", "article's tag #세금")


async def test_a_condition_that_there_is_not_is_said(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("s")
        await pilot.pause()
        search = screen.app.screen
        assert isinstance(search, SearchScreen)
        search.field.value = "foo:bar"
        said = ""
        for _ in range(60):
            await pilot.pause(0.05)
            said = text_of(search.list.rows[0], 80)
            if "foo" in said:
                break
        assert "‘foo:’" in said
