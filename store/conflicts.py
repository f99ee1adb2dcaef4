"""Conflict copies in a library's folder: found, and merged into the files of which they are versions. The copy itself is set aside."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from store import layout as folders
from store.clock import now
from store.database import Database, load
from store.errors import StorageError
from store.files import move, read_bytes
from store.layout import Layout, is_id
from store.merging import is_conflict_copy, merge_tables, original


class Merged(Struct, frozen=True):
    """A conflict copy that was merged, and what came in with it; with an `error`, one that could not be.

    `article` is the one that it is about; empty where it is about none. `marks` are new, `changed` are marks and notes that have become
    others, and tags with another look.
    """

    path: Path
    article: str = ""
    marks: int = 0
    changed: int = 0
    error: StorageError | None = None


def came_in(merged: list[Merged]) -> tuple[str, str]:
    """What came in with these, in Korean and English."""
    marks, changed = sum(one.marks for one in merged), sum(one.changed for one in merged)
    korean = [f"새 밑줄 {marks}개"] * bool(marks) + [f"바뀐 것 {changed}개"] * bool(changed)
    english = [f"{marks} new marks"] * bool(marks) + [f"{changed} changed"] * bool(changed)
    return ", ".join(korean) or "새로 들어온 것 없음", ", ".join(english) or "nothing new"


def find(layout: Layout) -> list[Path]:
    """All conflict copies in a library."""
    found = []
    for folder in (layout.folder, *layout.shards(folders.ARTICLES), *layout.shards(folders.MARKS)):
        with suppress(FileNotFoundError):
            found += [folder / name for name in sorted(os.listdir(folder)) if is_conflict_copy(name)]
    return found


def merge(layout: Layout, path: Path) -> Merged:
    """Merge a conflict copy into its file, and set it aside. Hold the library's lock.

    Raises:
        DamagedError: one of the two cannot be read; both stay as they are.
        StorageError: the disk said no.
    """
    name = original(path.name)
    target = path.with_name(name) if name else None
    article = target.stem if target is not None and is_id(target.stem) else ""
    merged = Merged(path, article)
    if target is not None and path.parent.parent.name != folders.ARTICLES:
        merged = _into(target, path, article)
    elif target is not None and not target.exists():
        # All that there is of the article.
        move(path, target)
        return merged
    # An article is what parsing made of the page: either version will do.
    set_aside(layout, path)
    return merged


def _into(target: Path, copy: Path, article: str) -> Merged:
    data = read_bytes(copy)
    if data is None:
        return Merged(copy, article)
    theirs = load(data, copy)
    with Database(target) as database:
        before = database.file.read() or {}
        after = merge_tables(before, theirs)
        database.file.write(after)
    known, marks = before.get("marks", {}), after.get("marks", {})
    new = [id for id, record in marks.items() if id not in known and not record.get("deleted")]
    changed = [id for id in known if _content(marks[id]) != _content(known[id])]
    for name in ("article", "tags"):
        rest = before.get(name, {})
        changed += [
            key
            for key, record in after.get(name, {}).items()
            if _content(record) != _content(rest.get(key, {}))
        ]
    return Merged(copy, article, len(new), len(changed))


def _content(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a reader sees of a record."""
    return {name: value for name, value in record.items() if value and name not in ("changed", "updated")}


def set_aside(layout: Layout, path: Path) -> Path:
    """Move a file out of the way, keeping what it has."""
    aside = layout.aside / f"{path.name}.{now().replace(':', '').replace('.', '')}"
    move(path, aside)
    return aside
