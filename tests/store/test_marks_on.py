"""The marks on an article as a screen reads them: by their place, without their words, those around the reader first."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from msgspec import convert

from store import index
from store.errors import NotFoundError
from store.library import Library
from store.model import Annotation, Placed


def add(library: Library, text: str) -> str:
    id = library.add(text.encode(), name="글.txt")[0].id
    assert id is not None
    return id


def bare(marks: list[Annotation]) -> list[Placed]:
    return [convert(mark, Placed, from_attributes=True) for mark in marks]


@pytest.fixture
def article(library: Library, monkeypatch: pytest.MonkeyPatch) -> str:
    """One with more marks than are read at once, and one mark elsewhere."""
    monkeypatch.setattr(index, "MANY", 3)
    id = add(library, "등대\n" + " ".join(f"{n}번 등대가 섰다." for n in range(8)))
    for at in (20, 0, 11, 5, 5, 30, 2):
        library.annotate(id, at, at + 3, tags=["비용", "값"][: at % 3], note="메모" if at == 11 else "")
    library.annotate(add(library, "배\n배가 떠났다."), 0, 2)
    return id


def test_all_of_them(library: Library, article: str) -> None:
    assert library.marks_on(article) == bare(library.annotations(article=article))
    assert len(library.marks_on(article)) == 7


def test_those_around_a_place_and_where_all_begin(library: Library, article: str) -> None:
    marks = library.annotations(article=article)
    around, starts = library.marks_around(article, 4, 12)
    assert around == bare([mark for mark in marks if mark.start < 12 and mark.end > 4])
    assert starts == [mark.start for mark in marks]


def test_lost_ones_have_no_place(library: Library, article: str) -> None:
    first, *others = library.annotations(article=article)
    library._marks.set(article, {first.id: {"status": "lost"}})
    assert library.marks_around(article, 0, 1)[1] == [mark.start for mark in others]
    assert [mark.id for mark in library.marks_on(article)] == [first.id, *(mark.id for mark in others)]


def test_without_any(library: Library) -> None:
    id = add(library, "등대\n등대가 섰다.")
    assert library.marks_on(id) == []
    assert library.marks_around(id, 0, 99) == ([], [])
    with pytest.raises(NotFoundError):
        library.marks_on("0" * 12)
    with pytest.raises(NotFoundError):
        library.marks_around("0" * 12, 0, 9)


def test_a_mark_is_found_by_its_id_not_among_those_of_every_article(
    library: Library, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = library.annotations(article=article)[0]
    asked: list[tuple[str, tuple[object, ...]]] = []
    rows = index.Index.rows

    def noted(self: index.Index, sql: str, values: Iterable[object] = ()) -> list[tuple[object, ...]]:
        asked.append((sql, tuple(values)))
        return rows(self, sql, asked[-1][1])

    with monkeypatch.context() as patch:
        patch.setattr(index.Index, "rows", noted)
        assert library.annotation(mark.id[:8]) == mark
        library.retag([mark.id], lambda tags: ["돈"], "태그", "tags")
    plans = [
        str(row[-1])
        for sql, values in asked
        if " FROM marks WHERE id" in sql
        for row in rows(library._desk.index, f"EXPLAIN QUERY PLAN {sql}", values)
    ]
    on_marks = [line for line in plans if line.startswith(("SEARCH marks", "SCAN marks"))]
    assert len(on_marks) == 2
    assert all("USING INDEX marks_id" in line for line in on_marks), on_marks
