"""The whole library in one verified archive, and back.

A zip file with everything but the index, which can be made anew, and a list of checksums in it. It appears under its name only when it is whole and
has been read back.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from store import layout as folders
from store.errors import InvalidError, StorageError
from store.files import OLD, TEMPORARY, storage_error, sweep, sync_folder

FOLDERS = (folders.RAW, folders.ARTICLES, folders.MARKS, folders.ASIDE)
FILES = ("tags.json", "state.json")
SUMS = "checksums.json"
"""The archive's list: SHA-256 of every file in it, by name."""

MAX_FILES = 5_000_000
MAX_UNPACKED = 1 << 40
"""Bytes; more is no backup of ours."""

Progress = Callable[[int, int, str], None]


class Archive(NamedTuple):
    """An archive: where it is, the number of files in it, its size in bytes."""

    path: Path
    files: int
    size: int


def backup(folder: Path, file: Path | None = None, progress: Progress | None = None) -> Archive:
    """Put a library's files into a new archive. May run beside a process that writes: each file is replaced as a whole.

    Args:
        file: the archive; by default `mitjul-2025-02-14-030405.zip` where the program runs. A folder: that name in it.

    Raises:
        InvalidError: the file is there already.
        StorageError: it cannot be written, or is not whole when read back.
    """
    name = f"mitjul-{datetime.datetime.now().astimezone():%Y-%m-%d-%H%M%S}.zip"
    file = Path(name) if file is None else file / name if file.is_dir() else file
    if file.exists():
        raise _exists(file)
    temporary = file.with_name(f".{file.name}.{os.getpid()}-0{TEMPORARY}")
    try:
        # Left of killed processes, one of which may have had our number.
        sweep(file.parent, older=OLD)
        temporary.unlink(missing_ok=True)
        sources = list(_sources(folder))
        sums: dict[str, str] = {}
        with zipfile.ZipFile(temporary, "x", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            for done, path in enumerate(sources):
                name = path.relative_to(folder).as_posix()
                if progress is not None:
                    progress(done, len(sources), name)
                # One that went away since it was listed has gone to another place of the library.
                with suppress(FileNotFoundError):
                    data = path.read_bytes()
                    archive.writestr(name, data)
                    sums[name] = hashlib.sha256(data).hexdigest()
            archive.writestr(SUMS, msgspec.json.format(msgspec.json.encode(sums), indent=1))
        with open(temporary, "rb") as handle:
            os.fsync(handle.fileno())
        verify(temporary)
        os.link(temporary, file)
        sync_folder(file.parent)
        return Archive(file, len(sums), file.stat().st_size)
    except FileExistsError as error:
        raise _exists(file) from error
    except OSError as error:
        raise storage_error(error, file) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def verify(file: Path) -> int:
    """Read an archive through; the number of files in it.

    Raises:
        StorageError: it cannot be read, is none of ours, or a file in it is not what was put in.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            sums = _sums(archive, file)
            for name, wanted in sums.items():
                digest = hashlib.sha256()
                with archive.open(name) as member:
                    while block := member.read(1 << 20):
                        digest.update(block)
                if digest.hexdigest() != wanted:
                    raise _damaged(file, name)
            return len(sums)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError, ValueError) as error:
        raise _damaged(file, str(error)) from error
    except OSError as error:
        raise storage_error(error, file) from error


def restore_backup(file: Path, folder: Path, progress: Progress | None = None) -> int:
    """Unpack an archive as a library; the number of files.

    It is verified first, and unpacked beside the folder: that is there whole, or not at all.

    Raises:
        InvalidError: the folder is not empty.
        StorageError: the archive is not whole, or the disk said no; the folder is as it was.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidError(
            f"비어 있지 않은 폴더입니다: {folder}. `--library`로 새 폴더를 주세요.",
            f"The folder is not empty: {folder}. Give a new one with `--library`.",
        )
    verify(file)
    unpacked: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        unpacked = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".tmp", dir=folder.parent))
        with zipfile.ZipFile(file) as archive:
            names = list(_sums(archive, file))
            made: set[Path] = {unpacked}
            for done, name in enumerate(names):
                if progress is not None:
                    progress(done, len(names), name)
                target = unpacked / name
                target.parent.mkdir(parents=True, exist_ok=True)
                made.update(path for path in target.parents if unpacked in (path, *path.parents))
                with archive.open(name) as member, open(target, "xb") as out:
                    shutil.copyfileobj(member, out)
                    out.flush()
                    os.fsync(out.fileno())
            for path in made:
                sync_folder(path)
        unpacked.chmod(0o777 & ~_umask())
        if folder.exists():
            folder.rmdir()
        os.rename(unpacked, folder)
        sync_folder(folder.parent)
        unpacked = None
        return len(names)
    except OSError as error:
        raise storage_error(error, folder) from error
    finally:
        if unpacked is not None:
            shutil.rmtree(unpacked, ignore_errors=True)


def _umask() -> int:
    old = os.umask(0)
    os.umask(old)
    return old


def _sums(archive: zipfile.ZipFile, file: Path) -> dict[str, str]:
    """The list of an archive, every name in it one of a library's."""
    entries = archive.infolist()
    if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _damaged(file, "too large")
    try:
        sums = msgspec.json.decode(archive.read(SUMS), type=dict[str, str])
    except (KeyError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(file, "no checksums in it") from error
    for name in sums:
        parts = PurePosixPath(name).parts
        ours = name in FILES or (len(parts) in (2, 3) and parts[0] in FOLDERS)
        if not ours or ".." in parts or name.startswith("/") or "\\" in name or "\0" in name:
            raise _damaged(file, name)
    return sums


def _sources(folder: Path) -> Iterator[Path]:
    for name in FILES:
        if (folder / name).is_file():
            yield folder / name
    for kept in FOLDERS:
        for path in sorted((folder / kept).rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                yield path


def _exists(file: Path) -> InvalidError:
    return InvalidError(
        f"이미 있는 파일입니다: {file}. 다른 이름을 주세요.", f"The file exists: {file}. Give another name."
    )


def _damaged(file: Path, why: str) -> StorageError:
    return StorageError(
        f"온전한 밑줄 묶음이 아닙니다: {file} ({why}). 다른 묶음을 쓰세요.",
        f"It is not a whole backup of mitjul: {file} ({why}). Use another.",
    )
