"""The shelf: order, groups, filter, choosing, trash, taking in, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual import events

from store.library import Library
from store.model import Summary
from store.samples import sample_ids
from tests.tui.conftest import filtered, opened, opens, settled, text_of, told, until
from tui.article.widths import cells, shorten
from tui.asking import Ask, Choice
from tui.config import Config
from tui.pasting import pasted
from tui.picker import TagPicker
from tui.shelf import Shelf, facts, fitted
from tui.shelving import Arrangement, arrange


def summary(id: str, title: str = "제목", **fields: object) -> Summary:
    given: dict[str, object] = {
        "publisher": None, "authors": (), "published": None, "url": None, "added": "", "annotations": 0, "truncated": False,
    }  # fmt: skip
    return Summary(id=id, title=title, **(given | fields))  # type: ignore[arg-type]


def shelf_of(article: Summary) -> Shelf:
    """A shelf with one article."""
    shelf = Shelf()
    shelf.line_of = {article.id: article}.get
    return shelf


THREE = [
    summary("a", "나", publisher="을신문", published="2025-02", annotations=1),
    summary("b", "가", publisher=None, published="2025-02-14", annotations=3, unread=False),
    summary("c", "다", publisher="갑신문", published=None, annotations=2),
]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("added", "abc"),
        ("title", "bac"),
        ("published", "bac"),
        ("publisher", "cab"),
        ("marks", "bca"),
        ("unread", "acb"),
    ],
)
def test_sorting(sort: str, order: str) -> None:
    ((name, articles),) = arrange(THREE, Arrangement(sort))  # type: ignore[arg-type]
    assert name == ""
    assert "".join(article.id for article in articles) == order


def test_grouping() -> None:
    def groups(how: Arrangement) -> list[tuple[str, str]]:
        tags = {"a": ["비용", "주장"], "c": ["비용"]}
        return [
            (name, "".join(article.id for article in articles))
            for name, articles in arrange(THREE, how, tags)
        ]

    assert groups(Arrangement(group="publisher")) == [("갑신문", "c"), ("을신문", "a"), ("매체 없음", "b")]
    assert groups(Arrangement(group="date")) == [("2025-02", "ab"), ("날짜 없음", "c")]
    assert groups(Arrangement(group="tag")) == [("비용", "ac"), ("주장", "a"), ("태그 없음", "b")]


def test_facts_of_an_article() -> None:
    read = summary(
        "a",
        authors=("갑", "을"),
        published="2025-02",
        annotations=3,
        truncated=True,
        unread=False,
        progress=0.4,
    )
    assert facts(read) == ["갑, 을", "2025-02", "✎3", "40%", "앞부분만"]
    assert facts(summary("b", unread=False, progress=1.0)) == ["다 읽음"]
    assert facts(summary("c")) == ["출처 없음"]
    sample = next(iter(sample_ids()))
    assert facts(summary(sample, publisher="어느 신문", published="2025-02")) == [
        "견본 · 어느 신문",
        "2025-02",
    ]
    assert facts(summary(sample)) == ["견본"]


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (60, "오래된 이름의 신문사 · 2025-02-14 · ✎3 · 40% · 앞부분만"),
        (36, "오래된 이… · 2025-02-14 · ✎3 · 40%"),
        (33, "오래된 이… · 2025-02 · ✎3 · 40%"),
        (27, "오… · 2025-02 · ✎3 · 40%"),
        (25, "오래… · 2025-02 ✎3 40%"),
        (18, "오래된… · ✎3 40%"),
        (9, "✎3 40%"),
        (7, "✎3 4…"),
    ],
)
def test_the_line_of_facts_fits(width: int, line: str) -> None:
    article = summary(
        "a",
        publisher="오래된 이름의 신문사",
        published="2025-02-14",
        annotations=3,
        truncated=True,
        unread=False,
        progress=0.4,
    )
    row = shelf_of(article)._row("a")
    facts_line = "".join(text for text, _ in row.lines(width)[1]).strip()
    assert facts_line == line
    assert cells(facts_line) + 2 <= width


@pytest.mark.parametrize("width", range(14, 60))
def test_marks_and_progress_are_told_wherever_they_fit(width: int) -> None:
    seen: dict[str, Any] = {"published": "2025-02-14", "annotations": 12, "unread": False}
    for article in (
        summary("a", publisher="오래된 이름의 신문사", progress=1.0, **seen),
        summary(min(sample_ids()), publisher="밑줄일보", progress=0.25, **seen),
    ):
        line = fitted(article, width)
        assert "✎12" in line
        assert "읽음" in line or "25%" in line
        assert cells(line) <= width
        assert "·…" not in line.replace(" ", "")


def test_the_name_of_the_group_is_not_told_again() -> None:
    article = summary("a", publisher="갑신문", published="2025-02", annotations=1)
    shelf = shelf_of(article)
    (heading, row) = shelf._group("갑신문", ["a"])
    assert "".join(text for text, _ in heading.lines(40)[0]) == "갑신문"
    assert "".join(text for text, _ in row.lines(40)[-1]).strip() == "2025-02 · ✎1"
    (_, row) = shelf._group("2025-02", ["a"])
    assert "".join(text for text, _ in row.lines(40)[-1]).strip() == "갑신문 · 2025-02 · ✎1"


@pytest.mark.parametrize("width", [6, 12, 40])
def test_under_its_publisher_what_is_missing_is_the_date(width: int) -> None:
    article = summary("a", publisher="갑신문")
    assert facts(article, "갑신문") == ["날짜 없음"]
    assert fitted(article, width, "갑신문") == shorten("날짜 없음", width)
    assert fitted(summary("b"), width, "매체 없음") == shorten("출처 없음", width)


@pytest.mark.parametrize("query", ["is:unread", "is:unread -없는말 -또없는말"])
async def test_the_number_chosen_is_read_whole_beside_a_filter(
    library: Library, config: Config, query: str
) -> None:
    async with opened(library, config) as (pilot, screen):
        await filtered(pilot, screen, query)
        assert "is:unread" in screen.shelf.rule.render_line(0).text
        await pilot.press("ctrl+a")
        await until(pilot, lambda: bool(screen.session.chosen))
        await pilot.pause()
        head = screen.shelf.rule.render_line(0).text
        assert f"고름 {len(screen.session.chosen)} " in head
        assert "서가 · is" in head


async def test_opening_from_the_shelf(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        newest, oldest = library.list()
        assert screen.session.article is not None
        assert screen.session.article.id == newest.id
        await pilot.press("f2", "down", "enter")
        await pilot.pause()
        assert screen.session.article.id == oldest.id
        assert screen.in_article
        await pilot.press("f7")
        assert screen.session.article.id == newest.id
        await pilot.press("f7")
        assert told(screen)[-1] == "서가의 처음입니다."


async def test_the_place_is_kept(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("down", "down", "down")
        await pilot.pause()
        at = screen.view.cursor
        await pilot.press("f8", "f7")
        assert screen.view.cursor == at
    async with opened(library, config) as (_pilot, screen):
        assert screen.view.cursor == at


async def test_filter(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await filtered(pilot, screen, "통행료")
        assert [library.article(id).title[:1] for id in screen.session.order()] == ["강"]
        assert "통행료" in screen.shelf.rule.name_
        box = await opens(pilot, Ask, "slash")
        box.field.value = 'after:"언제'
        await pilot.press("enter")
        await settled(pilot, screen)
        assert len(told(screen)) == 1, "a malformed filter is told"
        assert len(screen.session.order()) == 1, "and the shelf stays as it was"


async def test_sorting_from_the_keyboard(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        box = await opens(pilot, Choice, "f2", "v")
        assert box.list.go("sort:title")
        await pilot.press("enter")
        await settled(pilot, screen)
        titles = [library.article(id).title for id in screen.session.order()]
        assert titles == sorted(titles)


async def test_choosing_several_for_the_trash_and_back(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("f2", "ctrl+a")
        assert len(screen.session.chosen) == 2
        await pilot.press("d")
        assert library.list() == []
        assert screen.session.article is None
        await pilot.press("u")
        assert len(screen.session.order()) == 2
        await pilot.press("space", "d", "u")
        await pilot.pause()
        assert len(library.list()) == 1


async def test_tagging_chosen_articles(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, _screen):
        picker = await opens(pilot, TagPicker, "f2", "space", "space", "t")
        picker.query_.value = "다리와 숲"
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert list(library.tagged_articles().values()) == [("다리와_숲",)] * 2
        assert library.annotations() == []


async def test_taking_in_a_folder_with_a_bad_file(library: Library, config: Config, tmp_path: Path) -> None:
    folder = tmp_path / "글"
    folder.mkdir()
    (folder / "새.txt").write_text(
        "새로운 글의 제목\n\n새로운 글은 두 문장이다. 여기가 둘째 문장이다.\n", "utf-8"
    )
    (folder / "빈.txt").write_bytes(b"")
    async with opened(library, config) as (pilot, screen):
        screen.app.post_message(events.Paste(f"'{folder}'"))
        for _ in range(100):
            await pilot.pause(0.05)
            if len(library.list()) == 3 and told(screen):
                break
        assert library.list()[0].title == "새로운 글의 제목"
        assert told(screen)[0].startswith("들인 글 1 · 들이지 못한 파일 1\n빈.txt: ")


def test_what_a_paste_is(tmp_path: Path) -> None:
    (tmp_path / "가 나.txt").touch()
    assert pasted(f"'{tmp_path}/가 나.txt'") == [f"{tmp_path}/가 나.txt"]
    assert pasted("https://example.com/a\nhttps://example.com/b") == [
        "https://example.com/a",
        "https://example.com/b",
    ]
    for text in ("그냥 글", "", "'", "https://example.com/a 그리고", "x" * 100_000):
        assert pasted(text) == []


async def test_an_empty_shelf_says_what_to_do(empty: Library, config: Config) -> None:
    async with opened(empty, config) as (_pilot, screen):
        (row,) = screen.shelf.books.rows
        assert "a를 눌러" in text_of(row, 40).splitlines()[0]
        (row,) = screen.extracts.list.rows
        assert "글을 열면" in text_of(row).splitlines()[0]


async def test_taking_in_can_be_stopped(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time
    from collections.abc import Callable, Iterator

    from store.model import Added

    def slow(
        self: Library,
        paths: object,
        *,
        progress: Callable[[int, int, str], None],
        cancelled: Callable[[], bool],
        **_: object,
    ) -> Iterator[Added]:
        for n in range(10_000):
            if cancelled():
                return
            progress(n, 10_000, f"{n}.txt")
            time.sleep(0.02)
            yield Added(path=f"{n}.txt", status="duplicate")

    monkeypatch.setattr(Library, "add_paths", slow)
    async with opened(library, config) as (pilot, screen):
        screen.take_in(["/"])
        for _ in range(200):
            await pilot.pause(0.05)
            if screen.keys.status:
                break
        assert "들이는 중" in screen.keys.status
        await pilot.press("h")
        assert len(library.annotations()) == 1, "one can go on reading and marking"
        screen.take_in(["/"])
        await pilot.pause()
        assert "아직 끝나지 않았습니다" in told(screen)[-1]
        await pilot.press("a")
        for _ in range(100):
            await pilot.pause(0.05)
            if not screen.keys.status:
                break
        assert screen.keys.status == ""
        assert not screen.background.busy("intake")


async def test_what_has_been_read_shows_on_the_shelf(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        assert screen.session.article is not None
        first = screen.session.article.id
        await pilot.press("end")
        await pilot.pause()
        await pilot.press("f8")
        line = screen.session.line(first)
        assert line is not None
        assert not line.unread
        assert line.progress > 0.9


async def test_the_shelf_says_how_far_the_open_article_has_been_read(
    library: Library, config: Config
) -> None:
    async with opened(library, config) as (pilot, screen):
        books = screen.shelf.books

        def painted() -> str:
            return "".join(books.render_line(y).text for y in range(books.size.height))

        await settled(pilot, screen)
        assert "읽음" not in painted()
        for _ in screen.view.units.sentences:
            await pilot.press("j")
        assert screen.view.progress == 1.0
        await until(pilot, lambda: "읽음" in painted())


async def test_an_article_that_is_gone_before_the_shelf_knows_it_is_no_error(
    library: Library, config: Config
) -> None:
    async with opened(library, config) as (pilot, screen):
        gone = screen.session.order()[1]
        library._desk.index.drop_article(gone)
        screen.shelf.books.redraw()
        await pilot.pause()
        text = "".join(screen.shelf.books.render_line(y).text for y in range(6))
        assert "…" in text
