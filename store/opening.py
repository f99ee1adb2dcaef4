"""Opening a library's folder: the lock, the folders, the index brought up to date."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from store import disks
from store import layout as folders
from store.desk import Desk, gone
from store.errors import LockedError, StorageError, UnwritableError
from store.files import WriteLock, make_folder, storage_error
from store.index import Index
from store.layout import Layout
from store.marks import Marks
from store.shelf import Shelf
from store.text import clean_line
from store.upkeep import Upkeep


class Opened(Struct):
    """What an open library rests on."""

    desk: Desk
    lock: WriteLock | None
    shelf: Shelf
    marks: Marks
    upkeep: Upkeep


def open_folder(
    folder: Path, *, write: bool, background: bool = False, make: bool = True, or_read: bool = False
) -> Opened:
    """Open a folder as a library; see `Library.open`.

    Raises:
        LockedError: another process writes to it.
        GoneError: there is no library, and none is to be made, or the disk is out that it was on.
        StorageError: the folder cannot be used.
    """
    folder = Path(folder).expanduser().absolute()
    layout = Layout(folder)
    if layout.place() is None:
        if not make:
            raise gone(folder)
        disks.must_be_in(folder)
    refused: StorageError | None = None
    try:
        lock = _prepare(layout) if write else None
    except (LockedError, UnwritableError) as error:
        if not or_read:
            raise
        lock, refused = None, error
    try:
        if lock is None:
            _could_be_made(folder)
        opened = _assemble(layout, lock)
        if lock is None:
            opened = _caught_up(opened)
            opened.upkeep.remember()
        else:
            disks.remember(folder)
            opened.upkeep.catch_up(background=background)
            if background and opened.upkeep.progress is None:
                opened.desk.index.spare(2000)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    opened.desk.refused = refused
    return opened


def _prepare(layout: Layout) -> WriteLock:
    try:
        layout.folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _cannot_be_made(layout.folder, error) from error
    lock = WriteLock(layout.folder)
    try:
        for kind in (folders.RAW, folders.ARTICLES, folders.MARKS, folders.ASIDE):
            make_folder(layout.folder / kind)
    except OSError as error:
        lock.release()
        raise storage_error(error, layout.folder) from error
    return lock


def _could_be_made(folder: Path) -> None:
    """For one who only reads, and so makes no folder: one that could not even be made is a mistake, not an empty library.

    Raises:
        StorageError: something else is in its place, or no folder can be made there.
    """
    try:
        with suppress(FileNotFoundError):
            if not stat.S_ISDIR(folder.stat().st_mode):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
            try:
                os.scandir(f"{folder}/.").close()
            except PermissionError as error:
                raise StorageError(
                    f"서가 폴더를 읽을 권한이 없습니다: {folder}. 권한을 확인하세요.",
                    f"The library's folder may not be read: {folder}. Check its permissions.",
                ) from error
            return
        above = next(path for path in folder.parents if path.exists())
        if not os.access(above, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except (OSError, ValueError) as error:
        raise _cannot_be_made(folder, error) from error


def _cannot_be_made(folder: Path, error: Exception) -> StorageError:
    korean, english = {
        errno.EEXIST: ("그 자리에 파일이 있음", "there is a file in its place"),
        errno.ENOTDIR: ("그 자리에 파일이 있음", "there is a file in its place"),
        errno.EACCES: ("쓸 권한이 없음", "permission denied"),
        errno.EPERM: ("쓸 권한이 없음", "permission denied"),
        errno.EROFS: ("읽기만 되는 디스크", "the disk is read-only"),
        errno.ENOSPC: ("디스크에 빈자리가 없음", "the disk is full"),
        errno.ENAMETOOLONG: ("이름이 너무 김", "the name is too long"),
    }.get(getattr(error, "errno", None) or 0, (clean_line(str(error)),) * 2)
    shown = clean_line(str(folder))
    return StorageError(
        f"서가 폴더를 만들 수 없습니다: {shown} ({korean}). 다른 폴더를 주세요.",
        f"The library's folder cannot be made: {shown} ({english}). Give another folder.",
    )


def _assemble(layout: Layout, lock: WriteLock | None) -> Opened:
    place = layout.place()
    index = Index(layout.index, write=lock is not None)
    desk = Desk(layout, lock is not None, index, place=place)
    shelf, marks = Shelf(desk), Marks(desk)
    opened = Opened(desk, lock, shelf, marks, Upkeep(desk, shelf, marks))
    index.refill, index.there = opened.upkeep.refill, desk.must_be_there
    return opened


def _caught_up(opened: Opened) -> Opened:
    """For one who only reads: an index that is behind is brought up to date on the disk, or where that cannot be written in memory. While
    another process writes, that keeps the index, if it is one that we understand."""
    if not opened.upkeep.is_behind():
        return opened
    layout = opened.desk.layout
    try:
        if not (layout.folder / folders.ARTICLES).is_dir():
            return opened
        lock = WriteLock(layout.folder)
        try:
            opened.desk.index.close()
            writer = _assemble(layout, lock)
            writer.upkeep.catch_up()
            writer.upkeep.settle()
            writer.desk.index.close()
        finally:
            lock.release()
    except LockedError:
        # What it keeps may be of another version of this program; then everything is read into our own.
        if opened.desk.index.in_memory:
            opened.upkeep.catch_up()
        return opened
    except StorageError:
        opened.desk.index.close()
        opened = _assemble(layout, None)
        opened.desk.index.detach()
        opened.upkeep.catch_up()
        return opened
    return _assemble(layout, None)
