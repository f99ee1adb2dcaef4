"""The disk is full, and its index cannot be written: a write that the disk took stands, and nobody hears of the index."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store import indexfile
from store.library import Library
from tests.store.pages import dump
from tests.store.refusing import Refusing

FULL = "database or disk is full"


@pytest.fixture
def some(library: Library) -> list[str]:
    ids = []
    for number in range(3):
        id = library.add(dump(number), name=f"{number}")[0].id
        assert id is not None
        library.annotate(id, 0, 5, tags=["비용"], note=f"메모 {number}")
        ids.append(id)
    return ids


def fill(library: Library) -> None:
    """No page more for the index, as on a full disk: SQLite itself says so."""
    db = library._desk.index.db
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    db.execute("PRAGMA wal_autocheckpoint = 0")
    db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        db.execute("CREATE TABLE more (x)")


def notes(library: Library) -> set[str]:
    return {mark.note for mark in library.annotations()}


def test_acts_go_on_without_the_file_of_the_index(library: Library, folder: Path, some: list[str]) -> None:
    fill(library)
    long = "긴 메모. " * 3000
    mark = library.annotate(some[0], 6, 9, note=long)
    assert library.annotation(mark.id).note == long.strip()
    second = library.add(dump(7, sentences=400), name="7")[0].id
    assert second is not None
    assert {row.id for row in library.list()} == {*some, second}
    assert library.changed() == set()
    for id in some:
        library.set_article_note(id, f"{id} {long}")
    library.rename_tag("비용", "값")
    assert library.check() == []
    library.close()
    with Library.open(folder) as again:
        assert {row.id for row in again.list()} == {*some, second}
        assert notes(again) == {"메모 0", "메모 1", "메모 2", long.strip()}
        assert [tag.name for tag in again.tags()] == ["값"]
        assert not again._desk.index.in_memory
        assert again.check() == []


def test_nothing_that_was_known_is_read_again(
    library: Library, some: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index goes on in memory with what it has: with thousands of articles, nobody waits until all of them have been read."""
    fill(library)
    reads: list[str] = []
    real = library._upkeep._read_one

    def read(kind: str, id: str) -> None:
        reads.append(id)
        real(kind, id)

    monkeypatch.setattr(library._upkeep, "_read_one", read)
    library.annotate(some[0], 6, 9, note="긴 메모. " * 3000)
    assert set(reads) <= {some[0]}
    assert library._desk.index.in_memory


def test_a_commit_that_the_disk_refuses(library: Library, folder: Path, some: list[str]) -> None:
    """As on a disk that fills up while it is written to: the log of the index grows at the end of each act."""
    acts: list[Callable[[], object]] = [
        lambda: library.annotate(some[0], 6, 9, note="하나"),
        lambda: library.add(dump(8), name="8"),
        lambda: library.rename_tag("비용", "값"),
        lambda: library.set_article_note(some[1], "둘"),
    ]
    for act in acts:
        db = library._desk.index.db
        library._desk.index.db = Refusing(db, FULL, ("COMMIT", "PRAGMA optimize"))  # type: ignore[assignment]
        library._desk.index.in_memory = False
        act()
        assert library._desk.index.in_memory
    assert notes(library) == {"메모 0", "메모 1", "메모 2", "하나"}
    assert len(library.list()) == 4
    assert library.check() == []
    library.close()
    with Library.open(folder) as again:
        assert len(again.list()) == 4
        assert again.article_note(some[1]) == "둘"
        assert [(tag.name, tag.count) for tag in again.tags()] == [("값", 3)]


def test_what_changed_outside_is_read_all_the_same(
    library: Library, folder: Path, some: list[str], tmp_path: Path
) -> None:
    with Library.open(tmp_path / "other") as other:
        for number in range(20, 40):
            id = other.add(dump(number, sentences=60), name="x")[0].id
            assert id is not None
            other.annotate(id, 0, 5)
    fill(library)
    for kind in ("articles", "annotations", "raw"):
        shutil.copytree(tmp_path / "other" / kind, folder / kind, dirs_exist_ok=True)
    library.changed()
    assert len(library.list()) == 23
    assert len(library.annotations()) == 23
    library.close()
    with Library.open(folder) as again:
        assert len(again.list()) == 23


@contextmanager
def no_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What SQLite says to one who opens an index on a full disk."""
    with monkeypatch.context() as patch:

        def refuse(self: indexfile.IndexFile) -> sqlite3.Connection:
            raise sqlite3.OperationalError(FULL)

        patch.setattr(indexfile.IndexFile, "_open_file", refuse)
        yield


def test_a_full_disk_at_opening_costs_no_index(
    library: Library, folder: Path, some: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    library.close()
    before = (folder / "index.sqlite").read_bytes()
    with no_room(monkeypatch), Library.open(folder) as full:
        assert len(full.list()) == 3
        assert notes(full) == {"메모 0", "메모 1", "메모 2"}
        assert full._desk.index.in_memory
        assert not full._desk.index.fresh
        full.annotate(some[0], 6, 9, note="새 메모")
    assert (folder / "index.sqlite").read_bytes() == before
    with Library.open(folder) as again:
        assert "새 메모" in notes(again)
