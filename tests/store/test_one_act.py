"""One act on an article with many marks: what it did not touch is neither read, nor encoded, nor indexed again, and nothing is missed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from store import tabletext
from store.errors import StorageError
from store.index import Index
from store.library import Library
from store.tabletext import Memory, dump
from tests.store import pages


@pytest.fixture
def article(library: Library) -> str:
    id = library.add(pages.dump(1, sentences=40), name="a.txt")[0].id
    assert id is not None
    for sentence in library.article(id).sentences[:20]:
        library.annotate(id, sentence.start, sentence.end, tags=["비용"])
    return id


def on_disk(library: Library, article: str) -> set[str]:
    (path,) = library.folder.rglob(f"annotations/**/{article}.json")
    marks = json.loads(path.read_text())["marks"]
    return {id for id, mark in marks.items() if not mark.get("deleted")}


def test_only_the_mark_of_the_act_is_indexed_and_encoded(
    library: Library, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[object] = []
    real = tabletext._document

    def counted(fields: Mapping[str, Any]) -> bytes:
        encoded.append(fields)
        return real(fields)

    monkeypatch.setattr(tabletext, "_document", counted)
    monkeypatch.setattr(Index, "put_work", lambda *args: pytest.fail("all marks were indexed again"))
    mark = library.annotations(article=article)[3]
    changed = library.change(mark.id, tags=["개발"], note="메모")
    assert len(encoded) <= 2, "the mark, and the file's own record"
    assert library.annotation(mark.id) == changed
    library.delete(mark.id)
    assert len(library.annotations(article=article)) == 19
    assert [tag.count for tag in library.tags() if tag.name == "비용"] == [19]
    library.undo()
    library.undo()
    assert library.annotation(mark.id).tags == ("비용",)
    assert library.list()[0].annotations == 20


def test_the_index_is_what_the_files_say(library: Library, article: str) -> None:
    first, second, third = library.annotations(article=article)[:3]
    library.change(first.id, start=first.start, end=first.end - 1)
    library.delete(second.id)
    library.set_article_note(article, "글 메모")
    library.change(third.id, note="메모")
    before = library.annotations(article=article), library.article_note(article), library.tags()
    assert {mark.id for mark in before[0]} == on_disk(library, article)
    library.reindex()
    assert (library.annotations(article=article), library.article_note(article), library.tags()) == before


def test_what_another_program_wrote_is_kept(library: Library, article: str) -> None:
    (path,) = library.folder.rglob(f"annotations/**/{article}.json")
    tables = json.loads(path.read_text())
    theirs = next(iter(tables["marks"]))
    tables["marks"][theirs]["note"] = "밖에서 적은 메모"
    path.write_text(json.dumps(tables, ensure_ascii=False))
    os.utime(path, ns=(1, 1))
    ours = next(mark for mark in library.annotations(article=article) if mark.id != theirs)
    library.change(ours.id, note="안에서 적은 메모")
    assert library.annotation(theirs).note == "밖에서 적은 메모"
    assert json.loads(path.read_text())["marks"][theirs]["note"] == "밖에서 적은 메모"


def test_a_refused_write_leaves_nothing_behind(
    library: Library, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = library.annotations(article=article)[0]
    with monkeypatch.context() as patch:

        def full(*args: object, **options: object) -> None:
            raise StorageError("가득 찼습니다", "full")

        patch.setattr("store.database.write_bytes", full)
        with pytest.raises(StorageError):
            library.change(mark.id, note="적히지 않는 메모")
    library.change(library.annotations(article=article)[1].id, note="적히는 메모")
    assert library.annotation(mark.id).note == ""
    library.reindex()
    assert library.annotation(mark.id).note == ""


def test_remembered_text_is_the_same_text() -> None:
    memory = Memory()
    tables = {"marks": {"b": {"tags": ["가", "나"]}, "a": {"note": "", "changed": {}}}, "file": {}}
    assert dump(tables, memory) == dump(tables, memory) == dump(tables)
    del tables["marks"]["b"]
    tables["marks"]["a"] = {"note": "새로"}
    assert dump(tables, memory) == dump(tables)
    assert memory.stamp is None


def test_another_file_is_not_taken_for_this_one(library: Library, article: str, tmp_path: Path) -> None:
    other = library.add(pages.dump(2, sentences=40), name="b.txt")[0].id
    assert other is not None
    for sentence in library.article(other).sentences[:3]:
        library.annotate(other, sentence.start, sentence.end)
        mark = library.annotations(article=article)[0]
        library.change(mark.id, note=f"{sentence.start}")
    assert len(on_disk(library, other)) == 3
    assert len(on_disk(library, article)) == 20


def statements(library: Library, act: Callable[[], object]) -> list[str]:
    """What an act says to the index."""
    said: list[str] = []
    library._desk.index.db.set_trace_callback(said.append)
    try:
        act()
    finally:
        library._desk.index.db.set_trace_callback(None)
    return [sql.split()[0] for sql in said]


def test_a_mark_is_one_short_transaction_of_the_index(library: Library, article: str) -> None:
    other = library.add(pages.dump(2, sentences=40), name="b.txt")[0].id
    assert other is not None
    rows = ["INSERT", "INSERT", "UPDATE", "COMMIT"]
    assert statements(library, lambda: library.annotate(other, 0, 9, tags=["비용"]))[-6:] == [
        "BEGIN",
        "INSERT",
        *rows,
    ]
    assert statements(library, lambda: library.annotate(other, 9, 19, tags=["비용"]))[-6:] == [
        "BEGIN",
        "UPDATE",
        *rows,
    ]
    assert library.annotations(article=other)[1].tags == ("비용",)
    assert [row.annotations for row in library.list() if row.id == other] == [2]


def test_a_file_that_went_or_came_in_between_is_indexed_whole(library: Library, article: str) -> None:
    (path,) = library.folder.rglob(f"annotations/**/{article}.json")
    twenty = path.read_bytes()
    path.unlink()
    first = library.annotate(article, 0, 9, tags=["개발"])
    assert library.annotations(article=article) == [first]
    assert [(tag.name, tag.count) for tag in library.tags()] == [("개발", 1)]
    assert library.list()[0].annotations == 1
    path.write_bytes(twenty)
    library.annotate(article, 0, 9)
    assert {mark.id for mark in library.annotations(article=article)} == on_disk(library, article)
    assert library.list()[0].annotations == 21


def test_a_note_makes_no_table_of_marks(library: Library) -> None:
    id = library.add(pages.dump(3), name="c.txt")[0].id
    assert id is not None
    library.set_article_note(id, "글 메모")
    (path,) = library.folder.rglob(f"annotations/**/{id}.json")
    assert json.loads(path.read_text()).keys() == {"article", "file"}
