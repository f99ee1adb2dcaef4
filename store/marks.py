"""The reader's own work on disk: marks, an article's note and tags, the trash. These files must never be lost.

A file has a record for each mark, deleted ones included (`deleted` is the time): when two machines' copies meet, a deletion is a fact
like any other. `changed` has the time of each field's last change, so that the newest of each can win.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from store.clock import now
from store.corrections import Correction
from store.database import AtomicStorage, Database, times
from store.files import DamagedError, move, read_bytes
from store.model import SCHEMA, Annotation, Article, Status
from store.tabletext import Memory, Tables

if TYPE_CHECKING:
    from store.desk import Desk

Record = dict[str, Any]


class Work(NamedTuple):
    """What a file has: marks by their place, the note on the article, when it went to the trash (or empty), the article's own tags."""

    marks: tuple[Annotation, ...]
    note: str
    trashed: str
    tags: tuple[str, ...] = ()


EMPTY = Work((), "", "")

FEW = 50
"""Marks changed at once up to which each is put into the index by itself: for more, all marks of the article anew is less work."""


def order(mark: Annotation) -> tuple[int, int, str]:
    """Marks are listed by their place."""
    return (mark.start, mark.end, mark.id)


def decode(tables: Mapping[str, Mapping[str, Any]], article: str) -> tuple[Work, list[str]]:
    """What a file's tables say, and the ids of records that cannot be understood (they stay in the file)."""
    marks: list[Annotation] = []
    bad: list[str] = []
    for id, record in tables.get("marks", {}).items():
        if record.get("deleted"):
            continue
        try:
            marks.append(msgspec.convert({**record, "id": id, "article": article}, Annotation))
        except msgspec.ValidationError:
            bad.append(id)
    own = tables.get("article", {}).get(article, {})
    marks.sort(key=order)
    tags = own.get("tags")
    names = tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()
    return Work(tuple(marks), _text(own.get("note")), _text(own.get("trashed")), names), bad


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def encode(mark: Annotation) -> Record:
    """A mark as its file has it."""
    record: Record = msgspec.to_builtins(mark)
    del record["id"], record["article"]
    return record


def _set_in(record: Record | None, fields: Record, time: str) -> Record:
    """A mark's record (`None`: it is new) in which these fields have been set."""
    if not record:
        return {**fields, "updated": time, "changed": {}}
    changed = {**times(record), **dict.fromkeys(fields, time)}
    return {**record, **fields, "updated": time, "changed": changed}


class Marks:
    """Reads and writes the files of the reader's work."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._layout = desk.layout
        self._memory = Memory()

    def load(self, article: str) -> Work:
        """The reader's work on an article; empty where there is none. A damaged file is reported, and stays where it is."""
        try:
            return self.read(article)
        except DamagedError as error:
            self._desk.report(error.path, error.korean, error.english)
            return EMPTY

    def read(self, article: str) -> Work:
        """As `load`.

        Raises:
            DamagedError: the file is damaged.
        """
        path = self._layout.marks(article)
        with Database(path, aside=self._layout.aside) as database:
            tables = database.file.read()
        if tables is None:
            return EMPTY
        work, bad = decode(tables, article)
        for id in bad:
            self._desk.report(
                path,
                f"읽을 수 없는 밑줄 기록이 있습니다: {path} ({id}). 파일에 그대로 둡니다.",
                f"A mark's record cannot be read: {path} ({id}). It stays in the file.",
            )
        return work

    def present(self, article: str) -> Work:
        """As `load`, for one who is going to write: a damaged file is made anew first (see `set`)."""
        return decode(self.tables(article), article)[0]

    def tables(self, article: str) -> Tables:
        """As `present`: what the file has, deleted marks too."""
        try:
            return self._tables(article)
        except DamagedError:
            self.set(article, {})
        return self._tables(article)

    def _tables(self, article: str) -> Tables:
        with Database(self._layout.marks(article), aside=self._layout.aside, memory=self._memory) as database:
            return database.file.read() or {}

    def see(self, article: str) -> bool:
        """Bring the index up to date with an article's file; whether it was. A damaged file is left to the next write."""
        known = self._desk.index.work_stamp(article)
        try:
            stat = os.stat(self._layout.marks(article))
        except OSError:
            if known is None:
                return True
            self._desk.must_be_there()
            self._desk.index.put_work(article, EMPTY, None)
            return False
        if known == (stat.st_mtime_ns, stat.st_size):
            return True
        try:
            work = self.read(article)
        except DamagedError:
            return True
        self._desk.index.put_work(article, work, stat)
        return False

    def corrections(self, article: str) -> list[Correction]:
        """The reader's corrections of what parsing made of an article, in order."""
        with Database(self._layout.marks(article), aside=self._layout.aside) as database:
            own = database.keyed("article").fetch(article) or {}
        try:
            return msgspec.convert(own.get("corrections", []), list[Correction])
        except msgspec.ValidationError:
            return []

    def record(self, article: str, key: str) -> Record | None:
        """A mark's record as it is on disk, deleted ones too."""
        with Database(self._layout.marks(article), memory=self._memory) as database:
            return database.keyed("marks").fetch(key)

    def noted(self, article: str, mark: str = "") -> str:
        """When the note on an article, or on one of its marks, was changed last; empty when it never was."""
        try:
            with Database(self._layout.marks(article), memory=self._memory) as database:
                record = database.keyed("marks" if mark else "article").fetch(mark or article) or {}
        except DamagedError:
            return ""
        changed = times(record).get("note") or (record.get("created") if record.get("note") else "")
        return _text(changed)

    def set(
        self, article: str, marks: Mapping[str, Record], own: Record | None = None
    ) -> dict[str, Annotation]:
        """Set fields of marks' records (made where not there) and of the article's own, in one write.

        Returns:
            Those marks as they are then, by their ids, without deleted ones.

        Raises:
            StorageError: the disk said no; nothing has changed.
        """
        self._desk.must_write()
        try:
            return self._set(article, marks, own)
        except DamagedError as error:
            count = self.recover(article)
            korean, english = error.found
            self._desk.report(
                error.path,
                f"{korean} {self._layout.aside}에 옮기고, 밑줄 {count}개를 되살렸습니다.",
                f"{english} It is now in {self._layout.aside}; marks recovered: {count}.",
                repaired=True,
            )
        return self._set(article, marks, own)

    def _set(self, article: str, marks: Mapping[str, Record], own: Record | None) -> dict[str, Annotation]:
        time = now()
        # The storage alone: TinyDB's tables go through the file for each record.
        file = AtomicStorage(self._layout.marks_text(article), aside=self._layout.aside, memory=self._memory)
        tables = file.read() or {}
        head, before = tables.get("file", {}), tables.get("marks", {})
        if head.get("1", {}).get("schema") != SCHEMA:
            tables["file"] = {**head, "1": {"schema": SCHEMA}}
        records = {id: _set_in(before.get(id), fields, time) for id, fields in marks.items()}
        if records:
            tables["marks"] = {**before, **records}
        if own is not None:
            articles = tables.get("article", {})
            there = articles.get(article, {})
            changed = {**times(there), **dict.fromkeys(own, time)}
            tables["article"] = {**articles, article: {**there, **own, "changed": changed}}
        stat = file.put(tables)
        index = self._desk.index
        if len(marks) <= FEW:
            work, _ = decode({**tables, "marks": records}, article)
            was = file.before[2:] if file.before is not None else None
            gone = [id for id in marks if id in before]
            if index.put_marks(article, was, gone, work, stat, own=own is not None):
                return {mark.id: mark for mark in work.marks}
        # The index does not have the file as it was, or too much is new: all of it goes in.
        work, _ = decode(tables, article)
        index.put_work(article, work, stat)
        return {mark.id: mark for mark in work.marks if mark.id in marks}

    def recover(self, article: str) -> int:
        """Set a damaged file aside, and write in its place what can still be read of it and what the index knows; the number of marks.

        The index is believed first. Only the file has deletions, corrections and the times of changes.
        """
        from store.salvage import records

        path = self._layout.marks(article)
        whole = dict(records(read_bytes(path) or b""))
        own = whole.pop(article, {})
        move(path, self._layout.aside / f"{path.name}.{now().replace(':', '').replace('.', '')}")
        known = {mark.id: encode(mark) for mark in self._desk.index.marks("article = ?", (article,))}
        kept: dict[str, Record] = {}
        for id in dict.fromkeys((*whole, *known)):
            record = {**whole.get(id, {}), **known.get(id, {})}
            with suppress(msgspec.ValidationError):
                msgspec.convert({**record, "id": id, "article": article}, Annotation)
                kept[id] = record
        if self._desk.index.work_stamp(article) is not None:
            note, trashed = self._desk.index.work(article)
            tags = self._desk.index.article_tags(article)
            own = {**own, "note": note, "trashed": trashed, "tags": list(tags)}
        if kept or any(own.values()):
            with Database(path, aside=self._layout.aside) as database:
                database.file.write(
                    {"file": {"1": {"schema": SCHEMA}}, "article": {article: own}, "marks": kept}
                )
        return sum(1 for record in kept.values() if not record.get("deleted"))


def new_id() -> str:
    """An annotation's id."""
    return os.urandom(6).hex()


def reanchor(marks: Marks, old_text: str, article: Article) -> int:
    """Find an article's marks again in its present text; how many changed."""
    from store.anchoring import drift, place

    work = marks.load(article.id)
    if not work.marks:
        return 0
    expect = drift(old_text, article.text)
    fields: dict[str, Record] = {}
    for mark in work.marks:
        where = place(article.text, mark, expect(mark.start, mark.end))
        if (where.start, where.end, where.status) != (mark.start, mark.end, mark.status):
            fields[mark.id] = moved(mark, article, *where)
    if fields:
        marks.set(article.id, fields)
    return len(fields)


def moved(mark: Annotation, article: Article, start: int, end: int, status: Status) -> Record:
    """The fields of a mark whose passage is now elsewhere. What was quoted stays what the reader marked."""
    from store.anchoring import select

    fields: Record = {"start": start, "end": end, "status": str(status)}
    if status in (Status.ANCHORED, Status.MOVED) and article.text[start:end] == mark.exact:
        selectors = select(article.text, start, end)
        fields |= {"prefix": selectors.prefix, "suffix": selectors.suffix}
    return fields
