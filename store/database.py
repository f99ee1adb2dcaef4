"""TinyDB on disk: a library's files as tables of documents, readable by people."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from store import model
from store.errors import StorageError
from store.files import MALFORMED, DamagedError, read_bytes, why, write_bytes
from store.migrations import migrate, schema_of
from store.tabletext import Memory, Stamp, Tables, dump, stamp, stamp_of


def load(data: bytes, path: Path | str) -> Tables:
    """The tables in a file's bytes.

    Raises:
        DamagedError: not JSON, or not tables of documents.
    """
    try:
        tables = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedError(path, why(error)) from error
    if not isinstance(tables, dict) or not all(
        isinstance(table, dict) and all(isinstance(document, dict) for document in table.values())
        for table in tables.values()
    ):
        raise DamagedError(path, MALFORMED)
    return tables


def times(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """When each field of a record was changed last; nothing where someone's hand made something else of it."""
    changed = record.get("changed")
    return changed if isinstance(changed, Mapping) else {}


class AtomicStorage(Storage):
    """A TinyDB storage that is atomic and durable.

    Args:
        path: the file; made at the first write.
        durable: see `write_bytes`.
        aside: the folder that takes a file of an older schema before it is written in the present one.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        durable: bool = True,
        aside: Path | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.path = path
        self.memory = memory
        self.aside = aside
        self._schema = model.SCHEMA
        self._older: bytes | None = None
        self.durable = durable
        self.stat: os.stat_result | None = None
        self.written: Tables | None = None
        """What was written last, and what `stat` says of it."""
        self.before: Stamp | None = None
        """With `memory`: what the file was when it was read last; `None` where there was none."""
        self._held: Tables | None = None
        self._holding = False
        self._changed = False

    def read(self) -> Tables | None:
        if self._holding:
            return self._held
        memory = self.memory
        if memory is not None:
            # Taken before reading: what is written in between is read again the next time.
            self.before = now = stamp(self.path)
            if now is None:
                return None
            if memory.stamp == now:
                return dict(memory.tables)
        data = read_bytes(self.path)
        if data is None:
            return None
        tables = load(data, self.path)
        self._schema = schema_of(tables)
        if self._schema < model.SCHEMA:
            self._older = data
            tables = migrate(tables)
        elif memory is not None and now is not None and self._schema == model.SCHEMA:
            memory.keep(now, dict(tables))
        return tables

    def write(self, data: Tables) -> None:
        if self._holding:
            self._held, self._changed = data, True
        else:
            self.put(data)

    def put(self, data: Tables) -> os.stat_result:
        """Write at once; what `stat` says of the file."""
        if self._schema > model.SCHEMA:
            raise StorageError(
                f"더 새로운 밑줄이 쓴 파일이라 고칠 수 없습니다: {self.path}. 밑줄을 새 판으로 올리세요.",
                f"A newer mitjul wrote this file, and this one cannot change it: {self.path}. Upgrade mitjul.",
            )
        if self._older is not None:
            if self.aside is not None:
                write_bytes(self.aside / f"{os.path.basename(self.path)}.schema-{self._schema}", self._older)
            self._older, self._schema = None, model.SCHEMA
        self.stat = write_bytes(self.path, dump(data, self.memory), durable=self.durable)
        self.written = data
        if self.memory is not None:
            self.memory.keep(stamp_of(self.path, self.stat), dict(data))
        return self.stat

    @contextmanager
    def together(self, *, anew: bool = False) -> Iterator[None]:
        """Everything written within is one write at the end; nothing is, when it raises.

        Args:
            anew: begin with nothing, whatever the file has.
        """
        self._held, self._holding, self._changed = None if anew else self.read(), True, False
        try:
            yield
        except BaseException:
            self._holding, self._held = False, None
            raise
        held, changed = self._held, self._changed
        self._holding, self._held = False, None
        if changed and held is not None:
            self.write(held)


class KeyedTable(Table):
    """A table whose documents have names instead of numbers."""

    document_id_class = str  # type: ignore[assignment]

    def fetch(self, key: str) -> dict[str, Any] | None:
        """The document, or `None`."""
        document = self.get(doc_id=key)  # type: ignore[call-overload]
        return dict(document) if document is not None else None

    def put(self, key: str, fields: Mapping[str, Any]) -> None:
        """Set these fields of a document, made when it is not there; its other fields stay."""

        # Not by `_update_table`, which goes through all documents twice. A new document each time: see `Memory`.
        tables = self._storage.read() or {}
        table = tables.get(self.name, {})
        self._storage.write({**tables, self.name: {**table, key: {**table.get(key, {}), **fields}}})
        self.clear_cache()

    def documents(self) -> dict[str, dict[str, Any]]:
        """All documents by their ids."""
        return {str(document.doc_id): dict(document) for document in self}


class Database(TinyDB):
    """One of the library's files."""

    table_class = KeyedTable

    def __init__(
        self, path: Path, *, durable: bool = True, aside: Path | None = None, memory: Memory | None = None
    ) -> None:
        super().__init__(path, storage=AtomicStorage, durable=durable, aside=aside, memory=memory)

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def file(self) -> AtomicStorage:
        storage = self.storage
        assert isinstance(storage, AtomicStorage)
        return storage

    def keyed(self, name: str) -> KeyedTable:
        """The table of that name."""
        table = self.table(name)
        assert isinstance(table, KeyedTable)
        return table
