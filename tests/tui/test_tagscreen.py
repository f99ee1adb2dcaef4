"""The tag screen: the tree, passages and whole articles of a tag, acts on many at once; it is there before all marks are read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from textual.pilot import Pilot
from textual.strip import Strip

from store.errors import StorageError
from store.library import Library
from tests.tui.conftest import opened, opens, told, until
from tui import tagscreen
from tui.asking import Ask, Choice
from tui.config import Config
from tui.picker import TagPicker
from tui.reader import ReaderScreen
from tui.tagscreen import TagScreen
from tui.tagtree import Read, read


async def shown(pilot: Pilot[None]) -> TagScreen:
    """The tag screen, which must be on top, once it shows what the library has."""
    for _ in range(600):
        await pilot.pause(0.02)
        screen = pilot.app.screen
        if isinstance(screen, TagScreen) and screen.settled:
            await pilot.pause()
            return screen
    raise AssertionError("no tag screen, or it never came to an end")


async def test_the_tag_screen(library: Library, config: Config) -> None:
    one, two = (library.article(summary.id) for summary in library.list())
    for article in (one, two):
        for n, sentence in enumerate(article.sentences[:2]):
            library.annotate(article.id, sentence.start, sentence.end, tags=["비용/개발" if n else "비용"])
    async with opened(library, config) as (pilot, screen):
        await pilot.press("g")
        tags = await shown(pilot)
        assert [row.key for row in tags.left.rows.rows] == ["비용", "비용/개발"]
        assert len(tags.items) == 4, "those of the tags below count as well"
        await pilot.press("down")
        await pilot.pause()
        assert len(tags.items) == 2

        await pilot.press("c")
        assert isinstance(pilot.app.screen, Choice)
        assert pilot.app.screen.list.go("teal")
        await pilot.press("enter")
        await shown(pilot)
        assert {tag.name: tag.colour for tag in library.tags()}["비용/개발"] == "teal"

        await pilot.press("h")
        assert isinstance(pilot.app.screen, Choice)
        assert pilot.app.screen.list.go("key:7")
        await pilot.press("enter")
        await shown(pilot)
        assert {tag.name: tag.hotkey for tag in library.tags()}["비용/개발"] == "7"

        await pilot.press("n")
        assert isinstance(pilot.app.screen, Ask)
        pilot.app.screen.field.value = "돈"
        await pilot.press("enter")
        await shown(pilot)
        assert sorted(tag.name for tag in library.tags()) == ["돈", "비용"]
        assert tags.name_ == "돈"
        await pilot.press("z")
        await shown(pilot)
        assert sorted(tag.name for tag in library.tags()) == ["비용", "비용/개발"]

        assert tags.left.rows.go("비용/개발")
        tags.show_passages()
        await pilot.press("enter", "ctrl+a", "t")
        assert isinstance(pilot.app.screen, TagPicker)
        pilot.app.screen.query_.value = "견줄 것"
        await pilot.pause()
        await pilot.press("enter")
        await shown(pilot)
        assert sorted(tag.name for tag in library.tags()) >= ["견줄_것"]
        assert sum("견줄_것" in mark.tags for mark in library.annotations()) == 2
        assert "구절 2개" in told(screen)[-1]
        await pilot.press("z")
        await shown(pilot)
        assert told(screen)[-1] == "되돌림: 구절 2개 태그 바꾸기"
        assert sum("견줄_것" in mark.tags for mark in library.annotations()) == 0, (
            "one undo for the whole act"
        )
        assert "견줄_것" not in {tag.name for tag in library.tags()}, "with the tag that was made for it"
        assert sum("비용/개발" in mark.tags for mark in library.annotations()) == 2

        tags.to_tree()
        assert tags.left.rows.go("비용")
        tags.show_passages()
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert screen.app.screen is screen
        assert screen.view.mark_at_cursor() is not None


async def test_deleting_a_tag_keeps_its_marks(library: Library, config: Config) -> None:
    article = library.article(library.list()[0].id)
    first = article.sentences[0]
    library.annotate(article.id, first.start, first.end, tags=["비용"])
    async with opened(library, config) as (pilot, screen):
        await pilot.press("f4", "enter")
        await shown(pilot)
        await pilot.press("escape", "g")
        await shown(pilot)
        await pilot.press("d")
        assert isinstance(pilot.app.screen, Choice), "asked first, as a mark has it"
        await pilot.press("enter")
        assert [mark.tags for mark in library.annotations()] == [("비용",)]
        await pilot.press("d", "down", "enter")
        await shown(pilot)
        assert [mark.tags for mark in library.annotations()] == [()]
        await pilot.press("z", "escape")
        await pilot.pause()
        assert [mark.tags for mark in screen.session.marks] == [("비용",)]


async def test_undo_after_several_tags_were_deleted(library: Library, config: Config) -> None:
    articles = [library.article(summary.id) for summary in library.list()]
    for article in articles:
        for span in article.sentences[:2]:
            library.annotate(article.id, span.start, span.end, tags=["비용", "주장"])
    library.set_tag("빈_태그", colour="red")
    before = [mark.tags for mark in library.annotations()]
    async with opened(library, config) as (pilot, _):
        await pilot.press("g")
        tags = await shown(pilot)
        for name in ("비용", "주장"):
            assert tags.left.rows.go(name)
            tags.show_passages()
            await pilot.press("d", "down", "enter")
            await shown(pilot)
        assert tags.left.rows.go("빈_태그")
        tags.show_passages()
        await pilot.press("d")
        assert pilot.app.screen is tags, "a tag without marks goes at once"
        assert library.tags() == []
        await shown(pilot)
        await pilot.press("z")
        assert [tag.name for tag in library.tags()] == ["빈_태그"]
        await pilot.press("z")
        assert all(mark.tags == ("주장",) for mark in library.annotations())
        await pilot.press("z")
        assert [mark.tags for mark in library.annotations()] == before


def panel(screen: ReaderScreen) -> list[Strip]:
    """What the panel of tags on the reading screen shows."""
    return [screen.tags.list.render_line(y) for y in range(screen.tags.list.size.height)]


@pytest.fixture
def go(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """When reading for the tag screen goes on."""
    go = threading.Event()

    def slow(library: Library) -> Read:
        go.wait(30)
        return read(library)

    monkeypatch.setattr(tagscreen, "read", slow)
    yield go
    go.set()


async def test_it_is_there_at_once_and_can_be_left_while_it_reads(
    library: Library, config: Config, go: threading.Event
) -> None:
    article = library.article(library.list()[0].id)
    library.annotate(article.id, 0, 5, tags=["비용"])
    async with opened(library, config) as (pilot, screen):
        await pilot.press("g")
        await pilot.pause()
        tags = pilot.app.screen
        assert isinstance(tags, TagScreen)
        assert not tags.settled
        assert "읽고 있습니다" in tags.left.rows.render_line(0).text
        await pilot.press("d", "n", "c", "tab", "t", "space", "ctrl+a", "enter")
        assert pilot.app.screen is tags, "nothing is done to what is not there yet"
        await pilot.press("escape")
        assert screen.app.screen is screen
        go.set()
        await pilot.press("g")
        assert [row.key for row in (await shown(pilot)).left.rows.rows] == ["비용"]
        assert library.annotations()[0].tags == ("비용",)


async def test_what_is_asked_for_while_it_reads_is_done_then(
    library: Library, config: Config, go: threading.Event
) -> None:
    article = library.article(library.list()[0].id)
    for start, tag in ((0, "가격"), (3, "규제"), (6, "규제")):
        library.annotate(article.id, start, start + 3, tags=[tag])
    async with opened(library, config) as (pilot, _):
        await pilot.press("허", "ㅇ")  # g and j in one syllable, d
        tags = pilot.app.screen
        assert isinstance(tags, TagScreen)
        go.set()
        for _ in range(600):
            await pilot.pause(0.02)
            if isinstance(pilot.app.screen, Choice):
                break
        assert tags.name_ == "규제"
        assert isinstance(pilot.app.screen, Choice)
        assert "구절 2개에서 뗍니다" in str(pilot.app.screen.groups)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StorageError("읽을 수 없는 파일입니다", "The file cannot be read"), "읽을 수 없는 파일"),
        (ZeroDivisionError("nobody foresaw it"), "뜻밖의 오류"),
    ],
    ids=["foreseen", "unforeseen"],
)
async def test_a_library_that_cannot_be_read_is_told(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def failing(library: Library) -> Read:
        raise error

    monkeypatch.setattr(tagscreen, "read", failing)
    async with opened(library, config) as (pilot, _):
        await pilot.press("g")
        tags = await shown(pilot)
        assert words in tags.left.rows.render_line(0).text


async def test_articles_are_tagged_on_the_shelf_and_found_on_the_tag_screen(
    library: Library, config: Config
) -> None:
    one, other = (summary.id for summary in library.list())
    library.annotate(one, 0, 5, tags=["다리"])
    async with opened(library, config) as (pilot, screen):
        picker = await opens(pilot, TagPicker, "f2", "ctrl+a", "t")
        picker.query_.value = "다리"
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert (library.article_tags(one), library.article_tags(other)) == (("다리",), ("다리",))
        assert len(library.annotations()) == 1, "no passage is marked for it"
        assert "#다리" in "".join(row.text for row in panel(screen)), (
            "the open article's tags are in the panel"
        )
        assert "2/3" in "".join(row.text for row in panel(screen))
        await pilot.press("g")
        tags = await shown(pilot)
        assert [(item.article, item.end is None) for item in tags.items] == [
            (one, True),
            (one, False),
            (other, True),
        ]
        assert tags.known is not None
        assert tags.known.counts == {"다리": 3}
        await pilot.press("tab", "ctrl+a", "d")
        await shown(pilot)
        assert library.tags_by_article() == {}
        assert "구절 1개와 글 2편에서 뗐습니다" in told(screen)[-1]
        await pilot.press("z")
        await shown(pilot)
        assert (library.article_tags(other), library.tags()[0].count) == (("다리",), 3)
        await pilot.press("tab", "end", "enter")
        await pilot.pause()
        assert screen.session.article is not None
        assert screen.session.article.id == other, "an article is opened at its beginning"


async def test_a_tag_that_all_chosen_articles_have_is_taken_off(library: Library, config: Config) -> None:
    one, other = (summary.id for summary in library.list())
    library.set_article_tags(one, ["숲"])
    async with opened(library, config) as (pilot, _):
        await pilot.press("f2", "ctrl+a")
        for left in (("숲",), ()):
            picker = await opens(pilot, TagPicker, "t")
            assert picker.current == ([] if left else ["숲"])
            picker.query_.value = "숲"
            await pilot.pause()
            await pilot.press("enter")
            await pilot.pause()
            assert (library.article_tags(one), library.article_tags(other)) == (left, left)
        await pilot.press("z")
        assert library.article_tags(other) == ("숲",)
        await pilot.press("z")
        assert (library.article_tags(one), library.article_tags(other)) == (("숲",), ())


async def test_an_act_on_many_is_done_beside_the_screen(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys go on, those that are about the tags wait for it, and leaving does not."""
    article = library.article(library.list()[0].id)
    for start, tag in ((0, "가격"), (3, "규제")):
        library.annotate(article.id, start, start + 3, tags=[tag])
    go, real = threading.Event(), library.delete_tag

    def slow(name: str, *, progress: Callable[[int, int], object]) -> int:
        progress(5, 400)
        assert go.wait(20)
        return real(name)

    monkeypatch.setattr(library, "delete_tag", slow)
    async with opened(library, config) as (pilot, screen):
        await pilot.press("g")
        tags = await shown(pilot)
        assert tags.name_ == "가격"
        await pilot.press("d")
        assert isinstance(pilot.app.screen, Choice)
        assert pilot.app.screen.list.go("delete")
        await pilot.press("enter")
        while "5/400" not in tags.keys.status:
            await pilot.pause(0.01)
        await pilot.press("z")
        assert len(library.tags()) == 2, "not done yet, and not undone either"
        go.set()
        await shown(pilot)
        await until(pilot, lambda: any("되돌림" in line for line in told(screen)))
        assert [line for line in told(screen) if "태그를 지웠습니다" in line]
        assert "되돌림: 태그 가격 지우기" in told(screen)[-1], "what was asked for meanwhile is done after it"
        tags = await shown(pilot)
        assert tags.keys.status == ""
        assert {tag.name for tag in library.tags()} == {"가격", "규제"}

        go.clear()
        assert tags.left.rows.go("가격")
        tags.show_passages()
        await pilot.press("d")
        assert isinstance(pilot.app.screen, Choice)
        assert pilot.app.screen.list.go("delete")
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert screen.is_current
        assert {tag.name for tag in screen.session.tags} == {"가격", "규제"}
        go.set()
        while {tag.name for tag in screen.session.tags} != {"규제"}:
            await pilot.pause(0.01)
        assert [mark.tags for mark in screen.session.marks if not mark.tags] == [()]


async def test_what_the_disk_says_to_an_act_on_many_is_told(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.annotate(library.list()[0].id, 0, 3, tags=["가격"])

    def refuse(name: str, new: str, **_: object) -> int:
        raise StorageError("디스크에 빈자리가 없습니다.", "The disk is full.")

    monkeypatch.setattr(library, "rename_tag", refuse)
    async with opened(library, config) as (pilot, screen):
        await pilot.press("g")
        await shown(pilot)
        await pilot.press("n")
        assert isinstance(pilot.app.screen, Ask)
        pilot.app.screen.field.value = "값"
        await pilot.press("enter")
        tags = await shown(pilot)
        assert "빈자리가 없습니다" in told(screen)[-1]
        assert tags.keys.status == ""
        assert tags.name_ == "가격"
