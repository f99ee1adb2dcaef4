from __future__ import annotations

import errno
import fcntl
import itertools
import os
from pathlib import Path
from typing import Any

import pytest
from tinydb.table import Document

from store import database as database_module
from store import files
from store.database import Database, load
from store.errors import LockedError, StorageError
from store.files import DamagedError, WriteLock, read_bytes, sweep, write_bytes
from store.tabletext import dump


def test_a_write_is_synced_file_first_then_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(handle: int) -> None:
        steps.append("sync folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "sync file")
        real_fsync(handle)

    def replace(old: str, new: Path) -> None:
        steps.append("rename")
        real_replace(old, new)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    write_bytes(tmp_path / "a.json", b"x")
    assert steps == ["sync file", "rename", "sync folder"]
    assert os.listdir(tmp_path) == ["a.json"]


@pytest.mark.parametrize("step", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    path = tmp_path / "a.json"
    write_bytes(path, b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        with pytest.raises(StorageError) as caught:
            write_bytes(path, b"new")
    assert str(path) in caught.value.korean
    assert "\n" not in caught.value.korean + caught.value.english
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.json"]


def test_a_short_write_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, view: real(handle, view[:3]))
    write_bytes(tmp_path / "a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_a_vanished_folder_is_missed_not_grown_anew(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="사라졌습니다"):
        write_bytes(tmp_path / "gone" / "ab" / "x.json", b"x")
    assert not (tmp_path / "gone").exists()


def test_documents_keep_their_names_and_their_order(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with Database(path) as database:
        table = database.keyed("marks")
        table.put("b", {"note": "둘", "list": ["ㄱ", "ㄴ"]})
        table.put("a", {"note": "하나"})
        table.put("b", {"note": "고침"})
    first = path.read_bytes()
    assert "고침" in first.decode()
    with Database(path) as database:
        assert list(database.keyed("marks").documents()) == ["a", "b"]
        assert database.keyed("marks").fetch("b") == {"note": "고침", "list": ["ㄱ", "ㄴ"]}
        assert database.keyed("marks").fetch("c") is None
    assert dump(load(first, path)) == first


def test_one_field_changed_is_one_line_changed() -> None:
    tables: dict[str, dict[str, dict[str, Any]]] = {
        "marks": {"a": {"note": "하나", "tags": ["비용", "규제"]}, "b": {"note": "둘"}}
    }
    before = dump(tables).decode().splitlines()
    tables["marks"]["a"]["note"] = "셋"
    after = dump(tables).decode().splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def half_an_act(database: Database) -> None:
    with database.file.together():
        database.keyed("one").put("a", {"x": 9})
        database.keyed("one").insert(Document({"x": 0}, doc_id="a"))  # type: ignore[arg-type]


def test_together_is_one_write_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    writes: list[Path] = []
    real = files.write_bytes

    def write(path: Path, data: bytes, **options: Any) -> None:
        writes.append(path)
        real(path, data, **options)

    monkeypatch.setattr(database_module, "write_bytes", write)
    with Database(path) as database:
        with database.file.together():
            database.keyed("one").put("a", {"x": 1})
            database.keyed("two").put("b", {"y": 2})
        assert len(writes) == 1
        with pytest.raises(ValueError, match="already"):
            half_an_act(database)
        assert len(writes) == 1
        assert database.keyed("one").fetch("a") == {"x": 1}
        assert database.keyed("two").fetch("b") == {"y": 2}


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe", b"[1]", b'{"a": 1}', b'{"a": {"b": 1}}', b"[" * 100_000, b"\0" * 50]
)
def test_a_damaged_file_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    with Database(path) as database, pytest.raises(DamagedError, match="손상"):
        database.keyed("marks").documents()
    assert path.read_bytes() == data


def test_a_missing_file_is_empty(tmp_path: Path) -> None:
    assert read_bytes(tmp_path / "none") is None
    with Database(tmp_path / "none") as database:
        assert database.keyed("marks").documents() == {}
    assert os.listdir(tmp_path) == []


def test_stray_temporaries_are_swept_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".a.json.1-2.mitjul.tmp").write_bytes(b"half")
    (tmp_path / "a.json").write_bytes(b"{}")
    (tmp_path / ".hidden").write_bytes(b"")
    assert sweep(tmp_path) == 1
    assert sorted(os.listdir(tmp_path)) == [".hidden", "a.json"]


def test_the_second_writer_is_told(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path)
    with pytest.raises(LockedError, match="다른 창"):
        WriteLock(tmp_path)
    lock.release()
    lock.release()  # twice is once: the descriptor may be another file's by now
    WriteLock(tmp_path).release()


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.EACCES])
def test_a_lock_that_another_has_is_no_missing_permission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(LockedError):
        WriteLock(tmp_path)


def test_a_folder_that_takes_no_lock_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(StorageError):
        WriteLock(tmp_path)


def test_a_temporary_left_of_a_process_with_our_number_is_in_no_ones_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_counter", itertools.count(7))
    left = tmp_path / f".a.json.{os.getpid()}-7.mitjul.tmp"
    left.write_bytes(b"half")
    files.write_bytes(tmp_path / "a.json", b"whole")
    assert (tmp_path / "a.json").read_bytes() == b"whole"
    assert left.read_bytes() == b"half"


def test_old_temporaries_go_where_something_is_written(tmp_path: Path) -> None:
    """Also in folders without a lock, where another process may be writing."""
    names = (".글.md.12-3.mitjul.tmp", ".글.md.12-4.mitjul.tmp", ".남의.12-3.tmp")
    old, new, strange = (tmp_path / name for name in names)
    for path in (old, new, strange):
        path.write_bytes(b"half")
    for path in (old, strange):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    files.write_bytes(tmp_path / "새 글.md", b"whole")
    assert (old.exists(), new.exists(), strange.exists()) == (False, True, True)


def test_folders_are_made_where_asked(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.toml"
    files.write_bytes(path, b"whole", parents=True)
    assert path.read_bytes() == b"whole"


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_takes_no_name_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    write_bytes(tmp_path / "a.md", b"ours", new=True)
    (tmp_path / "b.md").write_bytes(b"theirs")
    with pytest.raises(FileExistsError):
        write_bytes(tmp_path / "b.md", b"ours", new=True)
    assert (tmp_path / "a.md").read_bytes() == b"ours"
    assert (tmp_path / "b.md").read_bytes() == b"theirs"
    assert sorted(os.listdir(tmp_path)) == ["a.md", "b.md"]
