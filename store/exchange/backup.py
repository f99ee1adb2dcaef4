"""The whole library in one zip file: what was read, what was marked, where one left off. Unpacked, it is a library again.

The index is left out, as it can be remade. The file appears under its name only when it is whole.
"""

from __future__ import annotations

import datetime
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.errors import InvalidError, StorageError
from store.files import storage_error

if TYPE_CHECKING:
    from store.library import Library

KEPT_FOLDERS = ("raw", "articles", "annotations", "set-aside")
KEPT_FILES = ("tags.json", "state.json")


class BackedUp(NamedTuple):
    """The zip file, and what is in it."""

    path: Path
    files: int
    size: int


def backup(
    library: Library, file: Path | None = None, *, progress: Callable[[int, int, str], None] | None = None
) -> BackedUp:
    """Put the library's files into a new zip file.

    Each file is whole in itself (the library replaces files, it never writes into them), so this may run beside a process that writes.

    Args:
        file: the zip file; by default `mitjul-2025-02-14-030405.zip` where the program runs. A folder: that name in it.

    Raises:
        InvalidError: the file is there already.
        StorageError: it cannot be written, or a file of the library cannot be read.
    """
    name = f"mitjul-{datetime.datetime.now().astimezone():%Y-%m-%d-%H%M%S}.zip"
    file = Path(name) if file is None else file / name if file.is_dir() else file
    if file.exists():
        raise InvalidError(
            f"이미 있는 파일입니다: {file}. 다른 이름을 주세요.",
            f"The file exists: {file}. Give another name.",
        )
    sources = list(_sources(library.folder))
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with zipfile.ZipFile(temporary, "x", zipfile.ZIP_DEFLATED) as archive:
            for done, path in enumerate(sources):
                if progress is not None:
                    progress(done, len(sources), path.name)
                # A file that went away since it was listed went to another place of the library.
                with suppress(FileNotFoundError):
                    archive.write(path, path.relative_to(library.folder).as_posix())
        with open(temporary, "rb") as handle:
            os.fsync(handle.fileno())
        with zipfile.ZipFile(temporary) as archive:
            broken = archive.testzip()
            count = len(archive.namelist())
        if broken is not None:
            raise StorageError(f"묶음이 온전하지 않습니다: {broken}", f"The backup is not whole: {broken}")
        os.link(temporary, file)
        return BackedUp(file, count, file.stat().st_size)
    except FileExistsError as error:
        raise InvalidError(
            f"이미 있는 파일입니다: {file}. 다른 이름을 주세요.",
            f"The file exists: {file}. Give another name.",
        ) from error
    except OSError as error:
        raise storage_error(error, file) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _sources(folder: Path) -> Iterator[Path]:
    for name in KEPT_FILES:
        if (folder / name).is_file():
            yield folder / name
    for kept in KEPT_FOLDERS:
        for path in sorted((folder / kept).rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.endswith(".tmp"):
                yield path
