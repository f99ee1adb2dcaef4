"""Keeping the index beside the files: what changed while nobody looked is read again, by the files' times and sizes.

Folders first: a file that came, went or was replaced (as we, git and the synchronisers replace files) changes its folder's time, so at
opening only folders that changed are looked through. Files changed in place are found by a full look.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from store import layout as folders
from store.desk import Desk
from store.errors import LockedError, StorageError
from store.files import WriteLock, storage_error, sweep
from store.layout import is_id
from store.marks import EMPTY, Marks, reanchor
from store.model import Article
from store.shelf import Shelf

RACY = 50_000_000
"""Nanoseconds: a folder changed this lately may change again without its time telling."""

BATCH = 200
"""Files read in one transaction."""


FULL_EVERY = 60.0
"""Seconds between full looks."""


class Stale(NamedTuple):
    """What the index does not know yet: `(kind, article)` to read, and gone; folders to be marked as seen; other files found."""

    read: list[tuple[str, str]]
    gone: list[tuple[str, str]]
    seen: list[tuple[str, int]]
    strangers: list[str]


class Upkeep:
    """Compares files and index, and brings the index up to date."""

    def __init__(self, desk: Desk, shelf: Shelf, marks: Marks) -> None:
        self._desk, self._shelf, self._marks = desk, shelf, marks
        self._index = desk.index
        self._failed: dict[tuple[str, str], tuple[int, int]] = {}
        self._full_look = time.monotonic()
        self._outdated: list[tuple[str, Article]] = []
        self._shown: dict[str, tuple[Any, ...]] = {}
        """For one who only reads: what the index had when that was looked at last."""

    # ── occasions ────────────────────────────────────────────────────────────────────────────────

    def catch_up(self) -> None:
        """At opening: sweep, look where something changed, and read it."""
        killed = self._desk.writable and self._index.mark_open(True)
        if killed or (self._desk.writable and self._index.fresh):
            self._sweep()
        self.bring_up_to_date(self.look(full=killed or self._index.fresh))

    def _sweep(self) -> None:
        """Remove what a killed process left half written."""
        sweep(self._desk.layout.folder)
        sweep(self._desk.layout.aside)
        for kind in (folders.RAW, folders.ARTICLES, folders.MARKS):
            for shard in self._desk.layout.shards(kind):
                sweep(shard)

    def is_behind(self) -> bool:
        """Whether files have changed that the index does not know of."""
        stale = self.look(full=self._index.fresh)
        return bool(stale.read or stale.gone)

    def refill(self) -> int:
        """Read everything into an empty index; the number of articles."""
        self._failed.clear()
        self.bring_up_to_date(self.look(full=True))
        return len(self._index.ids())

    def remake(self) -> int:
        """Make the index anew; the number of articles."""
        self._index.clear()
        return self.refill()

    def settle(self) -> None:
        """At closing: note which folders are as the index has them, so that the next opening need not look through them."""
        with suppress(sqlite3.Error):
            self.bring_up_to_date(self.look(full=False))
            self._index.mark_open(False)

    def remember(self) -> None:
        """Take what the index has for what has been shown: `changed` tells what differs from it."""
        if not self._desk.writable:
            self._shown = self._index.stamps()

    def changed(self) -> set[str]:
        """The articles that something else changed; they are read. In-place changes are noticed within a minute."""
        full = time.monotonic() - self._full_look > FULL_EVERY
        if full:
            self._full_look = time.monotonic()
        if self._desk.writable:
            return self._catch_up_with(self.look(full=full))
        # A process that writes brings the index up to date itself: nothing looks stale then, and yet it is news here.
        moved_on = self._index.moved_on()
        stale = self.look(full=full)
        if (stale.read or stale.gone) and self._is_ours():
            self._catch_up_with(stale)
            moved_on = True
        if not moved_on:
            return set()
        before, self._shown = self._shown, self._index.stamps()
        return {id for id, _ in before.items() ^ self._shown.items()}

    def _is_ours(self) -> bool:
        """For one who only reads: whether no process keeps the index; from then on it is in memory, and ours."""
        if not self._index.in_memory:
            try:
                WriteLock(self._desk.layout.folder).release()
            except LockedError:
                return False
            except StorageError:
                pass
            self._index.detach()
        return True

    def _catch_up_with(self, stale: Stale) -> set[str]:
        if not (stale.read or stale.gone or stale.seen):
            return set()
        return self.bring_up_to_date(stale)

    # ── looking and reading ──────────────────────────────────────────────────────────────────────

    def look(self, *, full: bool) -> Stale:
        """What is to be done. `full`: every file, not just those of folders that changed."""
        stale = Stale([], [], [], [])
        known = dict(self._index.rows("SELECT path, mtime FROM folders"))
        for kind in (folders.ARTICLES, folders.MARKS):
            there: set[str] = set()
            for shard, mtime in self._desk.layout.shard_times(kind):
                name = f"{kind}/{shard}"
                there.add(name)
                if full or known.get(name) != mtime:
                    try:
                        self._look_through(kind, shard, stale)
                    except OSError as error:
                        said = storage_error(error, self._desk.layout.folder / name)
                        self._desk.report(self._desk.layout.folder / name, said.korean, said.english)
                        continue
                    if time.time_ns() - mtime > RACY and known.get(name) != mtime:
                        stale.seen.append((name, mtime))
            for name in known:
                if name.startswith(f"{kind}/") and name not in there:
                    self._look_through(kind, name[-2:], stale)
        return stale

    def _look_through(self, kind: str, shard: str, stale: Stale) -> None:
        path = self._desk.layout.folder / kind / shard
        table, key = ("articles", "id") if kind == folders.ARTICLES else ("work", "article")
        # After the last digit of an id comes "g".
        known = {
            row[0]: (row[1], row[2])
            for row in self._index.rows(
                f"SELECT {key}, mtime, size FROM {table} WHERE {key} >= ? AND {key} < ?", (shard, f"{shard}g")
            )
        }
        with suppress(FileNotFoundError), os.scandir(path) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                id, dot, extension = entry.name.partition(".")
                if not dot or extension != "json" or not is_id(id) or not id.startswith(shard):
                    stale.strangers.append(entry.path)
                    continue
                try:
                    stat = entry.stat()
                except FileNotFoundError:
                    continue
                now = (stat.st_mtime_ns, stat.st_size)
                if known.pop(id, None) != now and self._failed.get((kind, id)) != now:
                    stale.read.append((kind, id))
        stale.gone.extend((kind, id) for id in known)

    def bring_up_to_date(self, stale: Stale) -> set[str]:
        """Read what is stale into the index; the articles concerned."""
        index = self._index
        # Articles before marks, so that a mark's article is there.
        todo = sorted(stale.read)
        if index.fresh:
            todo.sort(key=lambda item: (item[0], self._mtime(*item)))
        for start in range(0, len(todo), BATCH):
            with index.together():
                for kind, id in todo[start : start + BATCH]:
                    self.read(kind, id)
        with index.together():
            for kind, id in stale.gone:
                if kind == folders.ARTICLES:
                    index.drop_article(id)
                else:
                    index.put_work(id, EMPTY, None)
            if index.write or index.in_memory:
                index.db.executemany("INSERT OR REPLACE INTO folders VALUES (?, ?)", stale.seen)
        index.fresh = False
        for path in stale.strangers:
            self._report_stranger(path)
        outdated, self._outdated = self._outdated, []
        for old_text, article in outdated:
            reanchor(self._marks, old_text, article)
        return {id for _, id in (*stale.read, *stale.gone)}

    def _mtime(self, kind: str, id: str) -> int:
        path = self._desk.layout.article(id) if kind == folders.ARTICLES else self._desk.layout.marks(id)
        try:
            return os.stat(path).st_mtime_ns
        except OSError:
            return 0

    def read(self, kind: str, id: str) -> None:
        """Read one file into the index; one that cannot be read is reported, and what the index knew of it stays."""
        path = self._desk.layout.article(id) if kind == folders.ARTICLES else self._desk.layout.marks(id)
        try:
            stat = os.stat(path)
            if kind == folders.ARTICLES:
                article, extracts = self._shelf.load(id)
                old = self._index.rows("SELECT text FROM articles JOIN texts USING (n) WHERE id = ?", (id,))
                if old and old[0][0] != article.text and self._desk.writable:
                    self._outdated.append((old[0][0], article))
                self._index.put_article(article, extracts, stat)
            else:
                self._index.put_work(id, self._marks.read(id), stat)
            self._failed.pop((kind, id), None)
        except StorageError as error:
            with suppress(OSError):
                stat = os.stat(path)
                self._failed[kind, id] = (stat.st_mtime_ns, stat.st_size)
            self._desk.report(path, error.korean, error.english)
        except (FileNotFoundError, sqlite3.IntegrityError):
            return

    def _report_stranger(self, path: str) -> None:
        from store.merging import is_conflict_copy

        if is_conflict_copy(os.path.basename(path)):
            self._desk.report(
                Path(path),
                f"다른 기기와 엇갈린 사본이 있습니다: {path}. `mitjul check --repair`로 합치세요.",
                f"There is a conflict copy from another machine: {path}. Merge it with `mitjul check --repair`.",
            )
