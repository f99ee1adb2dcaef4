"""A library whose folder drops out while it is open, as a stick or a network disk does: nothing is taken for deleted, nothing is made in
its place, and it goes on when it is back."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from store import upkeep
from store.errors import GoneError, StorageError
from store.library import Library
from store.model import Extracts
from tests.store.pages import dump
from tests.store.refusing import Refusing


@pytest.fixture
def two(library: Library) -> list[str]:
    ids = []
    for number in range(2):
        id = library.add(dump(number), name=f"{number}")[0].id
        assert id is not None
        library.annotate(id, 0, 5, tags=["비용"], note="메모")
        ids.append(id)
    library.set_tag("비용", colour="red", hotkey="1")
    library.set_place(ids[0], 5, 0.5)
    library.changed()
    return ids


@pytest.fixture
def away(folder: Path, tmp_path: Path) -> Path:
    return tmp_path / "away"


def whole(folder: Path) -> None:
    """The library is as it was."""
    with Library.open(folder) as again:
        assert len(again.list()) == 2
        assert [mark.note for mark in again.annotations()] == ["메모", "메모"]
        assert [(tag.colour, tag.hotkey, tag.count) for tag in again.tags()] == [("red", "1", 2)]
        assert again.check() == []


def files(folder: Path) -> list[Path] | None:
    """What is in a folder, but for what SQLite has while the index is open."""
    found = folder.rglob("*")
    return (
        sorted(path for path in found if path.suffix not in (".sqlite-wal", ".sqlite-shm"))
        if folder.exists()
        else None
    )


@pytest.mark.parametrize("instead", ["nothing", "an empty folder", "no articles", "another library"])
def test_nothing_is_taken_for_deleted(
    library: Library, folder: Path, away: Path, two: list[str], instead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "FULL_EVERY", 0.0)
    library.annotate(two[0], 6, 9, note="메모")
    library.undo()
    moved = folder / "articles" if instead == "no articles" else folder
    os.rename(moved, away)
    if instead == "an empty folder":
        folder.mkdir()
    elif instead == "another library":
        shutil.copytree(away, folder)
    before = files(folder)
    for _ in range(2):
        with pytest.raises(GoneError, match="사라졌습니다"):
            library.changed()
        assert library.gone
    library.set_place(two[0], 7, 0.7)
    acts: list[Callable[[], object]] = [
        lambda: library.changed() if instead == "another library" else library.article(two[1]),
        lambda: library.annotate(two[0], 6, 9),
        lambda: library.set_article_note(two[0], "메모"),
        lambda: library.set_tag("규제", hotkey="2"),
        lambda: library.add(dump(3), name="3"),
        lambda: library.correct(two[0], remove=0),
        lambda: library.remove(two[0]),
        lambda: library.check(repair=True),
        library._places.save,
    ]
    for act in acts:
        with pytest.raises(GoneError):
            act()
    assert files(folder) == before
    library.close()
    assert files(folder) == before
    if folder.exists() and moved == folder:
        shutil.rmtree(folder)
    os.rename(away, moved)
    whole(folder)


def test_it_goes_on_when_it_is_back(library: Library, folder: Path, away: Path, two: list[str]) -> None:
    os.rename(folder, away)
    with pytest.raises(GoneError):
        library.changed()
    os.rename(away, folder)
    assert library.changed() == set()
    assert not library.gone
    library.annotate(two[0], 6, 9)
    library.close()
    with Library.open(folder) as again:
        assert len(again.annotations()) == 3


def test_what_is_read_in_the_background_stops_and_is_read_the_next_time(
    folder: Path, away: Path, two: list[str], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.close()
    (folder / "index.sqlite").unlink()
    with Library.open(folder) as again:
        monkeypatch.setattr(upkeep, "SLICE", 1)
        again._desk.index.clear()
        again._upkeep._work = again._upkeep._pieces(True)
        for _ in range(2):
            assert again._upkeep._advance()
        os.rename(folder, away)
        with pytest.raises(GoneError):
            again._upkeep.finish()
    os.rename(away, folder)
    whole(folder)


def test_a_reader_takes_nothing_for_deleted(
    folder: Path, away: Path, two: list[str], library: Library
) -> None:
    library.close()
    with Library.open(folder, write=False) as reader:
        os.rename(folder, away)
        with pytest.raises(GoneError):
            reader.changed()
        assert len(reader.list()) == 2
        assert not folder.exists()
        os.rename(away, folder)
        assert reader.changed() == set()
        assert len(reader.list()) == 2


@pytest.mark.parametrize("empty", [True, False])
def test_a_library_that_is_to_be_there_is_not_made(folder: Path, empty: bool) -> None:
    if empty:
        folder.mkdir()
    with pytest.raises(GoneError):
        Library.open(folder, make=False)
    assert folder.exists() == empty
    assert not list(folder.rglob("*"))


# ── an index that has less than the folders ──────────────────────────────────────────────────────


@pytest.mark.parametrize("table", ["articles", "work"])
@pytest.mark.parametrize("write", [True, False])
def test_an_index_with_fewer_articles_than_the_folder_is_found_out(
    folder: Path, two: list[str], library: Library, table: str, write: bool
) -> None:
    """Though no folder has changed since it was looked through last."""
    library.close()
    settle(folder)
    with sqlite3.connect(folder / "index.sqlite") as db:
        key = "id" if table == "articles" else "article"
        db.execute(f"DELETE FROM {table} WHERE {key} = ?", (two[0],))
        if table == "work":
            db.execute("DELETE FROM marks WHERE article = ?", (two[0],))
    db.close()
    with Library.open(folder, write=write) as again:
        assert (len(again.list()), len(again.annotations())) == (2, 2)
    whole(folder)


def test_a_folder_of_articles_that_goes_and_comes_back_is_read_again(
    folder: Path, away: Path, two: list[str], library: Library
) -> None:
    library.close()
    settle(folder)
    shard = folder / "articles" / two[0][:2]
    os.rename(shard, away)
    with Library.open(folder) as again:
        assert [row.id for row in again.list()] == [two[1]]
    os.rename(away, shard)
    whole(folder)


def settle(folder: Path) -> None:
    """Have all folders noted as looked through, long after they changed."""
    for path in [*folder.rglob("*")]:
        if path.is_dir():
            os.utime(path, (1_700_000_000, 1_700_000_000))
    Library.open(folder).close()
    with sqlite3.connect(folder / "index.sqlite") as db:
        assert db.execute("SELECT count(*) FROM folders").fetchone()[0] >= 4
    db.close()


def test_extracts_are_not_found_on_nothing(
    library: Library, folder: Path, away: Path, two: list[str]
) -> None:
    os.rename(folder, away)
    for act in (
        lambda: library.extracts(two[0]),
        lambda: library.raw(two[0]),
        lambda: library._shelf.save_extracts(two[0], Extracts(version=1)),
    ):
        with pytest.raises(StorageError, match="사라졌습니다"):
            act()
    os.rename(away, folder)


def test_a_disk_that_was_pulled_out_says_anything(
    library: Library, folder: Path, away: Path, two: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def pulled(path: str) -> object:
        if str(path).startswith(str(folder)):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(path)

    os.rename(folder, away)
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", pulled)
        with pytest.raises(GoneError):
            library.changed()
        library.close()
    os.rename(away, folder)
    whole(folder)


def test_sqlite_on_such_a_disk_costs_no_index(
    library: Library, folder: Path, away: Path, two: list[str]
) -> None:
    os.rename(folder, away)
    index = library._desk.index
    db, index.db = index.db, Refusing(index.db, "disk I/O error")  # type: ignore[assignment]
    with pytest.raises(GoneError):
        library.list()
    index.db = db
    os.rename(away, folder)
    assert len(library.list()) == 2
    assert not index.in_memory
