"""Opening a library's folder: the lock, the folders, the index brought up to date."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

from store import layout as folders
from store.desk import Desk
from store.errors import LockedError, StorageError
from store.files import WriteLock, make_folder, storage_error, sync_folder
from store.index import Index
from store.layout import Layout
from store.marks import Marks
from store.shelf import Shelf
from store.upkeep import Upkeep


@dataclass
class Opened:
    """What an open library rests on."""

    desk: Desk
    lock: WriteLock | None
    shelf: Shelf
    marks: Marks
    upkeep: Upkeep


def open_folder(folder: Path, *, write: bool) -> Opened:
    """Open a folder as a library.

    Raises:
        LockedError: another process writes to it.
        StorageError: the folder cannot be used.
    """
    folder = Path(folder).expanduser().absolute()
    layout = Layout(folder)
    lock = _prepare(layout) if write else None
    try:
        if lock is None and folder.exists() and not folder.is_dir():
            error = NotADirectoryError(errno.ENOTDIR, "Not a directory")
            raise storage_error(error, folder)
        opened = _assemble(layout, lock)
        if lock is None:
            opened = _caught_up(opened)
            opened.upkeep.remember()
        else:
            opened.upkeep.catch_up()
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return opened


def _prepare(layout: Layout) -> WriteLock:
    try:
        layout.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, layout.folder) from error
    lock = WriteLock(layout.folder)
    try:
        new = not (layout.folder / folders.MARKS).exists()
        for kind in (folders.RAW, folders.ARTICLES, folders.MARKS, folders.ASIDE):
            make_folder(layout.folder / kind)
        if new:
            # Made beforehand, so that no mark has to wait for a folder to be made durable.
            for shard in range(256):
                (layout.folder / folders.MARKS / f"{shard:02x}").mkdir(exist_ok=True)
            sync_folder(layout.folder / folders.MARKS)
    except OSError as error:
        lock.release()
        raise storage_error(error, layout.folder) from error
    return lock


def _assemble(layout: Layout, lock: WriteLock | None) -> Opened:
    index = Index(layout.index, write=lock is not None)
    desk = Desk(layout, lock is not None, index)
    shelf, marks = Shelf(desk), Marks(desk)
    opened = Opened(desk, lock, shelf, marks, Upkeep(desk, shelf, marks))
    index.refill = opened.upkeep.refill
    return opened


def _caught_up(opened: Opened) -> Opened:
    """For one who only reads: an index that is behind is brought up to date on the disk, or where that cannot be written in memory. While
    another process writes, that keeps the index."""
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
        return opened
    except StorageError:
        opened.desk.index.close()
        opened = _assemble(layout, None)
        opened.desk.index.detach()
        opened.upkeep.catch_up()
        return opened
    return _assemble(layout, None)
