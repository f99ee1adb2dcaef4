"""Tables as JSON that a person can read and git can diff, and what one need not read and write again of it."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from store.files import storage_error

Tables = dict[str, dict[str, Any]]

Stamp = tuple[str, int, int, int]
"""A file as it was: its path, inode, time of change in ns, size in bytes."""

_LISTS = (list, tuple)
_encode = msgspec.json.Encoder().encode


@functools.lru_cache(1000)
def _name(name: str) -> bytes:
    """What a field begins with."""
    return _encode(name) + b": "


class Memory:
    """The file that was written or read last, as tables and as text: an act on one of thousands of marks reads and encodes no other.

    Documents are never changed in place, so one that is the same object has the same text.
    """

    def __init__(self) -> None:
        self.stamp: Stamp | None = None
        self.tables: Tables = {}
        self.texts: dict[str, dict[str, tuple[Mapping[str, Any], bytes]]] = {}

    def keep(self, stamp: Stamp, tables: Tables) -> None:
        if self.stamp is None or self.stamp[0] != stamp[0]:
            self.texts.clear()
        self.stamp, self.tables = stamp, tables

    def rows(self, table: str, documents: Mapping[str, Mapping[str, Any]]) -> list[bytes]:
        """The documents of a table as JSON, each with its id and what parts it from the one before, by their ids."""
        known = self.texts.setdefault(table, {})
        rows: list[bytes] = []
        for key in sorted(documents):
            document = documents[key]
            one = known.get(key)
            if one is None or one[0] is not document:
                known[key] = one = document, b",\n  " + _encode(key) + b": " + _document(document)
            rows.append(one[1])
        return rows


def stamp(path: Path | str) -> Stamp | None:
    """What a file is like now; `None` where there is none.

    Raises:
        StorageError: the disk does not say.
    """
    try:
        return stamp_of(path, os.stat(path))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_error(error, path) from error


def stamp_of(path: Path | str, stat: os.stat_result) -> Stamp:
    return (os.fspath(path), stat.st_ino, stat.st_mtime_ns, stat.st_size)


def dump(tables: Mapping[str, Mapping[str, Any]], memory: Memory | None = None) -> bytes:
    """Tables as JSON: a line for each field and each item of a list, in an order that does not depend on what was written first."""
    memory = memory or Memory()
    parts: list[bytes] = [b"{\n "]
    for name in sorted(tables):
        parts += [b",\n " if len(parts) > 1 else b"", _encode(name), b": "]
        if not tables[name]:
            parts.append(b"{}")
            continue
        # By their ids, so that two machines' additions do not meet on the same line.
        first, *rest = memory.rows(name, tables[name])
        # All of it joined once: it may be megabytes.
        parts += [b"{", first.removeprefix(b","), *rest, b"\n }"]
    return b"".join([*parts, b"\n}\n"]) if tables else b"{}\n"


def _document(fields: Mapping[str, Any]) -> bytes:
    if not fields:
        return b"{}"
    rows = [
        b"%b[\n    %b\n   ]" % (_name(name), b",\n    ".join(map(_encode, value)))
        if value and isinstance(value, _LISTS)
        else _name(name) + _encode(value)
        for name, value in fields.items()
    ]
    return b"{\n   %b\n  }" % b",\n   ".join(rows)
