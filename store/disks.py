"""Which disk a library was on when it was opened last, so that where that disk is out no new library is made in its place.

Kept among what this machine alone keeps of a library, and only for one on another disk than that is on: the reader's own disk is not out while
anything runs. Nothing depends on it; where it cannot be kept or read, a library is opened as if it had never been.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from store.errors import GoneError, StorageError
from store.files import local_folder, read_bytes, write_bytes
from store.text import clean_line

_NAME = "disk"


def disk_of(path: Path) -> int | None:
    """The number of the disk that a path is on, or would be; `None` where there is none."""
    for place in (path, *path.parents):
        with suppress(OSError, ValueError):
            return place.stat().st_dev
    return None


def remember(folder: Path) -> None:
    """A library has been opened in this folder."""
    path = local_folder(folder) / _NAME
    disk = disk_of(folder)
    with suppress(StorageError, OSError):
        if disk == disk_of(path.parent):
            path.unlink(missing_ok=True)
            return
        data = f"{disk}\n".encode()
        if read_bytes(path) != data:
            write_bytes(path, data, durable=False, parents=True)


def forget(folder: Path) -> None:
    """A new library may be made in this folder, whatever was there."""
    with suppress(OSError):
        (local_folder(folder) / _NAME).unlink()


def must_be_in(folder: Path) -> None:
    """Of a folder in which there is no library: none was opened there on a disk that is out.

    Raises:
        GoneError: one was.
    """
    try:
        known = read_bytes(local_folder(folder) / _NAME)
    except StorageError:
        return
    if known is None or known.strip() == str(disk_of(folder)).encode():
        return
    shown = clean_line(str(folder))
    raise GoneError(
        f"서가가 있던 디스크가 보이지 않습니다: {shown}. 디스크를 연결하고 다시 여세요. "
        "그 자리에 새 서가를 만들려면 --new를, 다른 서가를 열려면 --library 폴더를 붙이세요.",
        f"The disk that the library was on is not there: {shown}. Connect it and open again. "
        "To make a new library in its place add --new; to open another, --library DIR.",
    )
