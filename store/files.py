"""Bytes on disk: atomic, durable, and locked against a second writer.

A write goes to a temporary file beside the old one, is synced, renamed over it, and the folder is synced: whatever happens in between,
the file is the old one or the new one, and a call that returns is on the disk.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import itertools
import os
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from store.errors import LockedError, StorageError, UnwritableError
from store.paths import meant

MAX_FILE = 256 * 1024 * 1024
"""Bytes; a larger file of ours is not ours."""

TEMPORARY = ".mitjul.tmp"
_LEFT = re.compile(r"\..+\.\d+-\d+\.mitjul\.tmp", re.DOTALL)
"""The name of a temporary file of ours, and of nobody else's: files are also written into the reader's own folders."""

OLD = 3600.0
"""Seconds after which a temporary file is nobody's any more, also in folders that we do not lock (where exports go)."""

_swept: set[str] = set()
"""Folders that this process has written into, and swept before."""

_counter = itertools.count()


Words = tuple[str, str]
"""In Korean and in English."""

TORN: Words = ("중간에서 끊김", "it breaks off")
NO_TEXT: Words = ("깨진 글자가 있음", "it has bytes that are no text")
MALFORMED: Words = ("형식이 맞지 않음", "it is malformed")
TOO_LARGE: Words = ("너무 큼", "it is too large")
NO_ARTICLE: Words = ("글이 들어 있지 않음", "there is no article in it")
OUTSIDE: Words = ("글 밖을 가리킴", "it points outside its text")


def why(error: Exception) -> Words:
    """What is wrong with a file that a decoder refuses."""
    if isinstance(error, UnicodeError):
        return NO_TEXT
    return TORN if "truncated" in str(error) else MALFORMED


class DamagedError(StorageError):
    """A file that is there and cannot be understood. `found` says so without what to do about it."""

    def __init__(self, path: Path | str, why: Words) -> None:
        self.path = Path(path)
        self.found: Words = (f"손상된 파일입니다: {path} ({why[0]}).", f"A damaged file: {path} ({why[1]}).")
        korean, english = self.found
        super().__init__(
            f"{korean} `mitjul check --repair`로 고칠 수 있는지 보세요.",
            f"{english} See with `mitjul check --repair` whether it can be mended.",
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (StorageError, (self.korean, self.english))


def default_folder() -> Path:
    """Where the library is: `MITJUL_LIBRARY`, else the platform's folder for an application's data."""
    if chosen := os.environ.get("MITJUL_LIBRARY"):
        return meant(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("mitjul", appauthor=False))


def local_folder(library: Path) -> Path:
    """Where this machine keeps what is its own of a library, and is not to be copied or synchronised with it; may not be there yet."""
    import platformdirs

    name = hashlib.sha256(
        str(library.expanduser().absolute()).encode("utf-8", "surrogateescape")
    ).hexdigest()[:16]
    return Path(platformdirs.user_state_dir("mitjul", appauthor=False)) / name


# ── what the disk says, in words ─────────────────────────────────────────────────────────────────

_SAYINGS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: (
        "디스크에 빈자리가 없습니다. 자리를 비운 뒤 다시 하세요",
        "The disk is full. Free some space and try again",
    ),
    errno.EDQUOT: (
        "디스크 할당량을 다 썼습니다. 자리를 비운 뒤 다시 하세요",
        "The disk quota is used up. Free some space and try again",
    ),
    errno.EROFS: (
        "읽기만 되는 디스크입니다. 다른 서가 폴더를 고르세요",
        "The disk is read-only. Choose another folder",
    ),
    errno.EACCES: ("쓸 권한이 없습니다. 권한을 확인하세요", "Permission denied. Check the permissions"),
    errno.EPERM: ("쓸 권한이 없습니다. 권한을 확인하세요", "Permission denied. Check the permissions"),
    errno.ENOENT: (
        "서가 폴더가 사라졌습니다. 폴더를 되돌려 놓으세요",
        "The library's folder is gone. Put it back",
    ),
    **dict.fromkeys(
        (errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENOTCONN),
        (
            "서가가 있는 디스크와 끊겼습니다. 다시 연결하세요",
            "The library's disk is not there. Connect it again",
        ),
    ),
    errno.ENOTDIR: ("폴더가 있을 자리에 파일이 있습니다", "There is a file where a folder should be"),
    errno.EMFILE: ("열린 파일이 너무 많습니다. 다시 해 보세요", "Too many open files. Try again"),
    errno.EIO: ("디스크 오류입니다. 디스크를 점검하세요", "The disk reports an error. Check the disk"),
}


def storage_error(error: OSError, path: Path | str) -> StorageError:
    """The error a reader sees for one of the operating system's."""
    korean, english = _SAYINGS.get(
        error.errno or 0, ("파일을 다룰 수 없습니다", f"The file cannot be used ({error.strerror or error})")
    )
    kind = UnwritableError if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) else StorageError
    return kind(f"{korean}: {path}", f"{english}: {path}")


# ── bytes ────────────────────────────────────────────────────────────────────────────────────────


def sync_folder(folder: Path | str) -> None:
    """Put a folder's entries on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make one folder durably; its parent has to be there.

    Parents are not made: a library whose folder vanished must be missed, not grown anew half empty.
    """
    with suppress(FileExistsError):
        os.mkdir(folder)
        sync_folder(folder.parent)


def write_bytes(
    path: Path | str, data: bytes, *, durable: bool = True, parents: bool = False, new: bool = False
) -> os.stat_result:
    """Replace (or make) a file, all or nothing, and return what `stat` says of it.

    Args:
        durable: on the disk when this returns; without it only atomic.
        parents: make its folders, too; otherwise only the one it is in.
        new: only make it: what is there by then, whoever put it there, is left alone.

    Raises:
        FileExistsError: with `new`, something has that name.
        StorageError: the disk said no. The old file is untouched; or, where the disk took the file and not the change of its folder,
            the new one is in its place, and may not be after a loss of power.
    """
    # Text, for every mark comes through here, and paths are slow.
    folder, name = os.path.split(path)
    folder, temporary = folder or ".", ""
    try:
        if parents:
            os.makedirs(folder, exist_ok=True)
        if folder not in _swept:
            _swept.add(folder)
            sweep(folder, older=OLD)
        try:
            handle, temporary = _beside(folder, name)
        except FileNotFoundError:
            make_folder(Path(folder))
            handle, temporary = _beside(folder, name)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            if durable:
                os.fsync(handle)
            stat = os.fstat(handle)
        finally:
            os.close(handle)
        if new:
            _name(temporary, path)
        else:
            os.replace(temporary, path)
        if durable:
            sync_folder(folder)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)
        if new and isinstance(error, FileExistsError):
            raise
        raise storage_error(error, path) from error
    return stat


def _name(temporary: str, path: Path | str) -> None:
    """Give a temporary file a name that nothing has.

    Raises:
        FileExistsError: something has it.
    """
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links: the name is taken first, and the file put over it that is ours then.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
        os.replace(temporary, path)
    else:
        os.unlink(temporary)


def _beside(folder: str, name: str) -> tuple[int, str]:
    """A new temporary file beside one to be written, open, and its path."""
    while True:
        temporary = f"{folder}/.{name}.{os.getpid()}-{next(_counter)}{TEMPORARY}"
        try:
            return os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666), temporary
        except FileExistsError:
            continue  # left of a killed process that had our number


def read_bytes(path: Path | str) -> bytes | None:
    """A file's bytes; `None` when there is no such file.

    Raises:
        StorageError: it is there and cannot be read.
    """
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_FILE:
                raise DamagedError(path, TOO_LARGE)
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_error(error, path) from error


def move(old: Path, new: Path) -> None:
    """Rename durably, within the library.

    Raises:
        StorageError: the disk said no.
    """
    try:
        make_folder(new.parent)
        os.replace(old, new)
        sync_folder(new.parent)
        sync_folder(old.parent)
    except OSError as error:
        raise storage_error(error, old) from error


# ── one writer ───────────────────────────────────────────────────────────────────────────────────


class WriteLock:
    """The library's lock: one writing process at a time. A killed process gives it up by itself.

    Raises:
        LockedError: another process has it.
        StorageError: the folder takes no lock.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._file = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise storage_error(error, folder) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            # Not permitted: so say shared folders (SMB) of a lock that another has.
            if not isinstance(error, BlockingIOError | PermissionError):
                raise storage_error(error, folder) from error
            raise LockedError(
                f"다른 창에서 이 서가에 쓰고 있습니다: {folder}. 그 창을 닫고 다시 하세요. 글은 그 창에서도 a를 눌러 들일 수 있습니다.",
                f"Another mitjul is writing to this library: {folder}. Close it and try again, or take pages in there: press a.",
            ) from error

    def release(self) -> None:
        """Give it up; twice is once."""
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)


def sweep(folder: Path | str, *, older: float = 0.0) -> int:
    """Remove temporary files that a killed process left in a folder; how many.

    Args:
        older: only those written so many seconds ago. In a library of which we hold the lock none is in use.
    """
    count, before = 0, time.time() - older
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name[0] == "." and _LEFT.fullmatch(entry.name):
                with suppress(OSError):
                    if not older or entry.stat(follow_symlinks=False).st_mtime < before:
                        os.unlink(entry.path)
                        count += 1
    return count
