"""Passages as rows: the head line says where the article is from, as far as there is room for it, and never at the cost of a label."""

from __future__ import annotations

import pytest

from store.library import Library
from store.samples import is_sample, sample_pages
from tests.tui.conftest import opened, opens, until
from tui.article.widths import cells
from tui.config import Config
from tui.copies import NOWHERE, Origin, origin_of
from tui.passages import TITLE, headed, passage_row
from tui.reasons import explain
from tui.search import SearchScreen

LONG = "다리값을 둘러싼 여섯 해의 다툼이 남긴 것과 잃은 것"
OUTLET = Origin("", "노컷뉴스", "2025-02-14")
SAMPLE = Origin("견본", "아시아정책노트", "2025-02-14")


@pytest.mark.parametrize(
    ("origin", "width", "line"),
    [
        (OUTLET, 100, f"{LONG} · 노컷뉴스 · 2025-02-14"),
        (NOWHERE, 100, LONG),
        (OUTLET, 60, "다리값을 둘러싼 여섯 해의 다툼이 남… · 노컷뉴스 · 2025-02-14"),
        (OUTLET, 38, "다리값을 둘러싼… · 노컷뉴스 · 2025-02"),
        (OUTLET, 28, "다리값을 둘러싼… · 노컷뉴스"),
        (OUTLET, 20, "다리값을 둘러싼 여…"),
        (SAMPLE, 56, "다리값을 둘러싼 여… · 견본 · 아시아정책노트 · 2025-02-14"),
        (SAMPLE, 36, "다리값을 둘러싼… · 견본 · 아시아정…"),
        (SAMPLE, 24, "다리값을 둘러싼… · 견본"),
        (SAMPLE, 14, "견본 · 다리값…"),
    ],
)
def test_the_title_gives_way_first(origin: Origin, width: int, line: str) -> None:
    assert headed(LONG, origin, width) == line


@pytest.mark.parametrize("origin", [OUTLET, SAMPLE, NOWHERE, Origin("견본", "", ""), Origin("", "", "2025")])
@pytest.mark.parametrize("title", [LONG, "다리", ""])
def test_it_is_never_wider_than_its_room(origin: Origin, title: str) -> None:
    said = 0
    for width in range(121):
        line = headed(title, origin, width)
        assert cells(line) <= width
        if width > TITLE + 7:
            assert origin.sample in line
        parts = sum(part[:4] in line for part in origin if part)
        assert parts >= said or not title, "more room says no less"
        said = parts


@pytest.mark.parametrize("width", [38, 76, 116, 196])
def test_no_label_is_pushed_out(width: int) -> None:
    more = [("≠ 다른 수치일 수 있음", "error"), ("  3억 ↔ 4억", "muted")]
    head, *_ = passage_row("0", "구절", title=LONG, origin=SAMPLE, more=more).lines(width)
    line = "".join(text for text, _ in head)
    assert line.endswith(" ≠ 다른 수치일 수 있음  3억 ↔ 4억")
    assert cells(line) == width
    assert ("2025-02-14" in line) == (width > 100)


def test_authors_stand_where_there_is_no_outlet(library: Library) -> None:
    for name, data in sample_pages():
        library.add(data, name=name)
    for line in library.list():
        origin = origin_of(line)
        assert origin.source == (line.publisher or ", ".join(line.authors))
        assert bool(origin.sample) is is_sample(line.id)
    assert any(not line.publisher and line.authors for line in library.list())
    assert origin_of(None) == NOWHERE


def test_a_hit_is_shown_with_where_it_is_from(library: Library) -> None:
    page = "등대의 밤\n\n기사입력 2025.02.14\n\n등대지기가 불을 켠다. 배가 돌아온다. 밤이 길다.\n"
    library.add(page.encode(), name="등대.txt")
    (hit,) = library.search("등대지기가")
    shown = explain(library, hit, ["등대지기가"], "등대지기가")
    line = library.line(hit.article)
    assert line is not None
    assert shown.origin == ("", line.publisher or "", line.published or "")
    assert shown.origin.date == "2025-02-14"


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_samples_say_so_in_the_search_and_come_last(
    library: Library, config: Config, size: tuple[int, int]
) -> None:
    for name, data in sample_pages():
        library.add(data, name=name)
    page = "서버를 식히는 물\n\n서버가 강가에 있다. 물이 서버를 식힌다. 그 물은 다시 강으로 간다.\n"
    (added,) = library.add(page.encode(), name="물.txt")
    async with opened(library, config, size) as (pilot, _):
        search = await opens(pilot, SearchScreen, "s", *"서버")
        await until(pilot, lambda: len(search.hits) > 3)
        assert search.hits[0].hit.article == added.id
        made = [is_sample(one.hit.article) for one in search.hits]
        assert made == sorted(made)
        assert any(made)
        for row, sample in zip(search.list.rows, made, strict=True):
            head = "".join(text for text, _ in row.lines(size[0] - 3)[0])
            assert ("견본" in head) is sample
