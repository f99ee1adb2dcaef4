"""What an export wrote last, remembered in the folder itself (`.mitjul/export.json`), so that it goes along when the folder moves.

If it is lost nothing is: blocks that read as the program would write them count as its own, all others as edited.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from store.errors import StorageError
from store.exchange.merge import Form
from store.exchange.record import Record
from store.exchange.sheet import Sheet
from store.files import read_bytes, storage_error, write_bytes

NAME = ".mitjul/export.json"
SCHEMA = 1
_HEAD = 16_384
"""Bytes at the start of a file in which its properties are looked for."""
_IDENTITY = re.compile(r"^mitjul::?[ \t]*(.+?)[ \t]*\r?$", re.MULTILINE)


class _File(Struct):
    schema: int = SCHEMA
    files: dict[str, Record] = {}


class Ledger:
    """The records of one folder, for one kind of file."""

    def __init__(self, folder: Path, kind: str, file: _File) -> None:
        self.folder = folder
        self._kind = kind
        self._file = file
        self._before = msgspec.json.encode(file)
        self._taken = {record.path: key for key, record in file.files.items()}
        self._by_identity: dict[str, list[Path]] | None = None

    @classmethod
    def load(cls, folder: Path, kind: str) -> Ledger:
        """The folder's ledger; an empty one where there is none, or one that cannot be understood."""
        data = read_bytes(folder / NAME)
        try:
            file = msgspec.json.decode(data, type=_File) if data else _File()
        except (msgspec.DecodeError, UnicodeDecodeError):
            file = _File()
        if file.schema > SCHEMA:
            raise StorageError(
                f"더 새로운 밑줄이 내보낸 폴더입니다: {folder}. 프로그램을 새 판으로 올리세요.",
                f"A newer mitjul has exported into {folder}. Update the program.",
            )
        return cls(folder, kind, file)

    def save(self) -> None:
        """Write it, when something has changed.

        Raises:
            StorageError: the disk said no.
        """
        data = msgspec.json.encode(self._file)
        if data == self._before:
            return
        path = self.folder / NAME
        try:
            path.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise storage_error(error, path) from error
        write_bytes(path, msgspec.json.format(data, indent=1))
        self._before = data

    def record(self, identity: str) -> Record:
        return self._file.files.get(self._key(identity), Record())

    def put(self, identity: str, path: Path, record: Record) -> None:
        relative = self._relative(path)
        key = self._key(identity)
        old = self._file.files.get(key)
        if old is not None:
            self._taken.pop(old.path, None)
        self._file.files[key] = replace(record, path=relative)
        self._taken[relative] = key

    def _relative(self, path: Path) -> str:
        """A path below the folder as records have it. Of the text, as `relative_to` takes ten times as long."""
        text, root = str(path), f"{self.folder}{os.sep}"
        return text[len(root) :].replace(os.sep, "/") if text.startswith(root) else path.as_posix()

    def _key(self, identity: str) -> str:
        return f"{self._kind}:{identity}"

    # where files are

    def find(self, sheet: Sheet, form: Form) -> tuple[Path, bytes] | None:
        """The file of a sheet and its bytes: where it was, or wherever below the folder it has been moved or renamed to. `None` where
        there is none."""
        record = self.record(sheet.identity)
        if record.path and _inside(record.path):
            path = self.folder / record.path
            data = _read(path)
            if data is not None and (identity_of(data) == sheet.identity or _has_marker(data, record, form)):
                return path, data
        for path in self._identities().get(sheet.identity, ()):
            if self._taken.get(self._relative(path)) in (None, self._key(sheet.identity)):
                data = _read(path)
                if data is not None:
                    return path, data
        return None

    def free(self, sheet: Sheet) -> Path:
        """A name in the folder that nothing has yet."""
        for stem in self._names(sheet):
            name = f"{stem}.md"
            if name not in self._taken and not os.path.lexists(f"{self.folder}/{name}"):
                return self.folder / name
        raise StorageError(
            f"쓸 수 있는 파일 이름이 없습니다: {sheet.stems[0]}", f"No file name is free: {sheet.stems[0]}"
        )

    def _names(self, sheet: Sheet) -> Iterator[str]:
        yield from sheet.stems
        for number in range(2, 1000):
            yield f"{sheet.stems[-1]} {number}"

    def _identities(self) -> dict[str, list[Path]]:
        """All exported files below the folder by what they are of; read once, when a file is not where it was."""
        if self._by_identity is None:
            self._by_identity = {}
            for folder, folders, names in os.walk(self.folder):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in sorted(names):
                    if name.endswith(".md") and not name.startswith("."):
                        path = Path(folder, name)
                        if identity := identity_of(_head(path)):
                            self._by_identity.setdefault(identity, []).append(path)
        return self._by_identity


def _inside(relative: str) -> bool:
    """A record's path is only believed when it stays in the folder."""
    return not os.path.isabs(relative) and ".." not in Path(relative).parts


def _read(path: Path) -> bytes | None:
    return None if path.is_dir() else read_bytes(path)


def _head(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


def identity_of(data: bytes) -> str | None:
    """What a file is of, from its properties."""
    text = data[:_HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
    if text.startswith("---"):
        text = re.split(r"^(?:---|\.\.\.)[ \t]*\r?$", text[3:], maxsplit=1, flags=re.MULTILINE)[0]
    else:
        text = re.split(r"^[ \t]*\r?$", text, maxsplit=1, flags=re.MULTILINE)[0]
    match = _IDENTITY.search(text)
    if match is None:
        return None
    value = match[1]
    if value.startswith('"'):
        try:
            decoded = msgspec.json.decode(value)
        except msgspec.DecodeError:
            return None
        return decoded if isinstance(decoded, str) else None
    return value.strip("'")


def _has_marker(data: bytes, record: Record, form: Form) -> bool:
    text = data.decode("utf-8", "replace")
    return any(form.marker(id) in text for id in record.pieces if id.startswith("mj-"))
