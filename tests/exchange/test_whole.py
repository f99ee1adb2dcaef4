"""Exports that are one file: made anew while they are the program's own, and never over somebody's work."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from store.errors import StorageError
from store.exchange.diff import diff
from store.exchange.whole import write_whole


def test_made_anew_while_it_is_as_it_was_left(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert write_whole(folder, "a.csv", b"1").status == "written"
    assert write_whole(folder, "a.csv", b"1").status == "unchanged"
    assert write_whole(folder, "a.csv", b"2").status == "updated"
    assert (folder / "a.csv").read_bytes() == b"2"
    assert [path.name for path in folder.iterdir() if not path.name.startswith(".")] == ["a.csv"]


def test_never_over_somebody_s_work(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"mine")
    (tmp_path / "a 2.csv").mkdir()
    written = write_whole(tmp_path, "a.csv", b"1")
    assert written.path.name == "a 3.csv"
    assert (tmp_path / "a.csv").read_bytes() == b"mine"
    written.path.write_bytes(b"edited")
    assert write_whole(tmp_path, "a.csv", b"2").path.name == "a 4.csv"
    assert write_whole(tmp_path, "a.csv", b"3").path.name == "a 4.csv"


def test_a_dry_run_and_a_folder_that_cannot_be(tmp_path: Path) -> None:
    assert write_whole(tmp_path / "out", "a.csv", b"1", dry_run=True).status == "written"
    assert not (tmp_path / "out").exists()
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError):
        write_whole(tmp_path / "file", "a.csv", b"1")


def test_a_dry_run_shows_what_would_change(tmp_path: Path) -> None:
    new = write_whole(tmp_path, "a.csv", "\ufeff글\n하나\n".encode(), dry_run=True)
    assert new.diff.split("\n") == ["--- a.csv", "+++ a.csv", "@@ -0,0 +1,2 @@", "+글", "+하나"]
    write_whole(tmp_path, "a.csv", "\ufeff글\n하나\n둘\n".encode())
    changed = write_whole(tmp_path, "a.csv", "\ufeff글\n하나\n셋\n".encode(), dry_run=True)
    assert (changed.status, changed.diff.split("\n")[2:]) == (
        "updated",
        ["@@ -2,2 +2,2 @@", " 하나", "-둘", "+셋"],
    )
    assert write_whole(tmp_path, "a.csv", "\ufeff글\n하나\n둘\n".encode(), dry_run=True).diff == ""


def test_a_diff_of_long_files_is_quick() -> None:
    started = time.process_time()
    lines = [f"{{ {number % 7}" for number in range(200_000)]
    long = diff("\n".join(lines), "\n".join(reversed(lines)), "a")
    assert long.count("\n-") == long.count("\n+") - 1 > 100_000
    other = [*lines[:100_000], "새 줄", *lines[100_000:]]
    assert diff("\n".join(lines), "\n".join(other), "a").split("\n")[2:] == [
        "@@ -100000,2 +100000,3 @@",
        " { 4",
        "+새 줄",
        " { 5",
    ]
    assert time.process_time() - started < 5
