from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from store.backup import SUMS, restore_backup, verify
from store.errors import InvalidError, StorageError
from store.library import Library
from tests.store.pages import dump


@pytest.fixture
def archive(library: Library, tmp_path: Path) -> Path:
    for number in range(3):
        id = library.add(dump(number), name=f"{number}.txt")[0].id
        assert id is not None
        library.annotate(id, 0, 10, tags=["비용"], note="메모")
        library.set_place(id, 5, 0.2)
    file = tmp_path / "backup.zip"
    made = library.backup(file)
    assert made.files == 3 * 3 + 1
    assert made.size == file.stat().st_size
    return file


def test_a_backup_comes_back_as_the_same_library(library: Library, archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    assert restore_backup(archive, folder) == verify(archive)
    with Library.open(folder) as again:
        assert [row.id for row in again.list()] == [row.id for row in library.list()]
        assert again.annotations() == library.annotations()
        assert again.last_article() == library.last_article()
        assert again.check() == []
        for row in again.list():
            assert again.raw(row.id) == library.raw(row.id)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_a_killed_process_with_our_number_left_is_in_no_ones_way(
    library: Library, tmp_path: Path
) -> None:
    left = tmp_path / f".backup.zip.{os.getpid()}-0.mitjul.tmp"
    left.write_bytes(b"half")
    old = tmp_path / ".other.zip.1-0.mitjul.tmp"
    old.write_bytes(b"half")
    os.utime(old, (1_000_000_000, 1_000_000_000))
    library.add(dump(1), name="1.txt")
    assert library.backup(tmp_path / "backup.zip").files == 2
    assert not left.exists()
    assert not old.exists()


def test_nothing_is_overwritten(library: Library, archive: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match="이미"):
        library.backup(archive)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine")
    with pytest.raises(InvalidError, match="비어"):
        restore_backup(archive, tmp_path / "full")
    assert (tmp_path / "full" / "x").read_text() == "mine"


@pytest.mark.parametrize("at", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_damaged_backup_is_refused_whole(archive: Path, tmp_path: Path, at: float) -> None:
    data = bytearray(archive.read_bytes())
    data[int(len(data) * at)] ^= 0xFF
    archive.write_bytes(data)
    try:
        restore_backup(archive, tmp_path / "again")
    except StorageError:
        assert not (tmp_path / "again").exists()
    else:
        # The bit was in nothing that matters (a time, an attribute).
        with Library.open(tmp_path / "again") as library:
            assert library.check() == []


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/x", "articles/../x", "articles/../../x", "elsewhere/x", "raw/a/b/c/d", "index.sqlite"],
)
def test_names_that_are_none_of_ours_are_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "evil.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
        archive.writestr(
            SUMS, f'{{"{name}": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}}'
        )
    with pytest.raises(StorageError):
        restore_backup(file, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_what_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"no")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr(SUMS, b'{"\xff": ""}')
    for file in (tmp_path / "a.zip", tmp_path / "b.zip", tmp_path / "none.zip"):
        with pytest.raises(StorageError):
            restore_backup(file, tmp_path / "again")
