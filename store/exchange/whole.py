"""Exports that are one file, made anew each time: CSV, JSON-LD, the report.

A file that is still as the program left it is brought up to date; one that somebody changed, or that the program did not write, stays, and
the new one takes another name.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from store.errors import StorageError
from store.exchange.diff import diff
from store.exchange.ledger import Ledger
from store.exchange.markdown import FileStatus, Written
from store.exchange.record import Record
from store.files import read_bytes, storage_error, write_bytes


def write_whole(folder: Path, name: str, data: bytes, *, dry_run: bool = False) -> Written:
    """Write one file into a folder.

    Args:
        name: with its ending.
        dry_run: write nothing, and give the changes as a diff.

    Raises:
        StorageError: the disk said no.
    """
    if not dry_run:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(error, folder) from error
    ledger = Ledger.load(folder, "file")
    hash = hashlib.sha256(data).hexdigest()
    for path in _names(folder, name):
        record = ledger.record(path.name)
        now = b""
        status: FileStatus = "written"
        if os.path.lexists(path):
            now = b"" if path.is_dir() else read_bytes(path) or b""
            there = hashlib.sha256(now).hexdigest()
            if there == hash:
                return Written(path, "unchanged")
            if record.properties.get("sha256") != there:
                continue
            status = "updated"
        if not dry_run:
            write_bytes(path, data)
            ledger.put(path.name, path, Record(properties={"sha256": hash}))
            ledger.save()
        return Written(path, status, diff=_diff(now, data, path.name) if dry_run else "")
    raise StorageError(f"쓸 수 있는 파일 이름이 없습니다: {name}", f"No file name is free: {name}")


def _diff(old: bytes, new: bytes, name: str) -> str:
    """The changes in a file of text, whatever the mark at its beginning."""
    before, after = (data.decode("utf-8-sig", "replace") for data in (old, new))
    return diff(before, after, name)


def _names(folder: Path, name: str) -> list[Path]:
    stem, _, ending = name.rpartition(".")
    return [folder / name, *(folder / f"{stem} {number}.{ending}" for number in range(2, 1000))]
