"""What changed in a library's files that its index does not know yet, told by the files' times and sizes.

Folders first: a file that came, went or was replaced (as we, git and the synchronisers replace files) changes its folder's time, so at
opening only folders that changed are looked through. Files changed in place are found by a full look.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from store import layout as folders
from store.desk import Desk
from store.errors import StorageError
from store.files import storage_error
from store.layout import is_id

RACY = 50_000_000
"""Nanoseconds: a folder changed this lately may change again without its time telling."""


Times = dict[str, list[tuple[str, int]]]
"""Of each kind of file, its folders and when they changed (nanoseconds)."""


class Stale(NamedTuple):
    """What the index does not know yet: `(kind, article, time of change in ns)` to read, and what is gone; folders to be marked as
    seen, with when they changed and how many files they have; folders to be marked as seen no more, as they are gone."""

    read: list[tuple[str, str, int]]
    gone: list[tuple[str, str]]
    seen: list[tuple[str, int, int]]
    unseen: list[str]

    def ids(self) -> set[str]:
        """The articles concerned."""
        return {id for _, id, _ in self.read} | {id for _, id in self.gone}


class Look:
    """Compares files and index."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.failed: dict[tuple[str, str], tuple[int, int]] = {}
        """Files that could not be read, with the time and size that they had."""
        self.strangers: set[str] = set()
        """Files that have no name of ours, such as other machines' versions of them."""
        self._doubted: set[str] = set()
        """Folders of which the index has not all that is in them."""

    def whole(self, *, full: bool) -> Stale:
        """What is to be done. `full`: every file, not just those of folders that changed."""
        stale = Stale([], [], [], [])
        for _ in self.steps(stale, full=full):
            pass
        return stale

    def doubt(self) -> None:
        """Look through folders, too, that have not changed since they were looked through, and of which the index has not as many files as
        there were then: it has lost some, or could not read them."""
        index = self._desk.index
        for kind, table, key in ((folders.ARTICLES, "articles", "id"), (folders.MARKS, "work", "article")):
            within = (f"{kind}/", f"{kind}0")
            seen, there = index.rows(
                f"SELECT (SELECT sum(files) FROM folders WHERE path > ? AND path < ?), (SELECT count(*) FROM {table})",
                within,
            )[0]
            if (seen or 0) == there:
                continue
            counts = dict(index.rows(f"SELECT substr({key}, 1, 2), count(*) FROM {table} GROUP BY 1"))
            for path, files in index.rows(
                "SELECT path, files FROM folders WHERE path > ? AND path < ?", within
            ):
                if files != counts.get(path[-2:], 0):
                    self._doubted.add(path)

    def times(self) -> Times:
        """When the folders changed. For this alone nobody need hold the library's lock."""
        try:
            return {kind: self._desk.layout.shard_times(kind) for kind in (folders.ARTICLES, folders.MARKS)}
        except StorageError:
            # As of a stick that was pulled out: the disk says anything then.
            self._desk.must_be_there()
            raise

    def steps(self, stale: Stale, *, full: bool, times: Times | None = None) -> Iterator[None]:
        """As `whole`, into `stale`, folder by folder; `times` where they have been asked for already.

        Raises:
            GoneError: the library's folder is not there.
        """
        known = {
            path: (mtime, files)
            for path, mtime, files in self._desk.index.rows("SELECT path, mtime, files FROM folders")
        }
        times = times or self.times()
        self._desk.must_be_there()
        self._beside()
        for kind in (folders.ARTICLES, folders.MARKS):
            if not times[kind] and not (self._desk.layout.folder / kind).is_dir():
                continue  # nobody deletes so
            there: set[str] = set()
            for shard, mtime in times[kind]:
                name = f"{kind}/{shard}"
                there.add(name)
                if full or name not in known or known[name][0] != mtime or name in self._doubted:
                    self._doubted.discard(name)
                    try:
                        files = self._through(kind, shard, stale)
                    except OSError as error:
                        said = storage_error(error, self._desk.layout.folder / name)
                        self._desk.report(self._desk.layout.folder / name, said.korean, said.english)
                        continue
                    if time.time_ns() - mtime > RACY and known.get(name) != (mtime, files):
                        stale.seen.append((name, mtime, files))
                    yield
            for name in known:
                if name.startswith(f"{kind}/") and name not in there:
                    self._through(kind, name[-2:], stale)
                    stale.unseen.append(name)
                    yield

    def _beside(self) -> None:
        """Look for versions of the files that stand in the library's folder itself."""
        with suppress(OSError), os.scandir(self._desk.layout.folder) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith(("tags", "state")) and name not in ("tags.json", "state.json"):
                    self.strangers.add(entry.path)

    def _through(self, kind: str, shard: str, stale: Stale) -> int:
        """Look through a folder; how many files it has that are ours, or copies of them."""
        # Text, for there are hundreds of folders, and paths are slow.
        path = f"{self._desk.layout.folder}/{kind}/{shard}"
        table, key = ("articles", "id") if kind == folders.ARTICLES else ("work", "article")
        # After the last digit of an id comes "g".
        known = {
            f"{row[0]}.json": (row[1], row[2])
            for row in self._desk.index.rows(
                f"SELECT {key}, mtime, size FROM {table} WHERE {key} >= ? AND {key} < ?", (shard, f"{shard}g")
            )
        }
        files = 0
        with suppress(FileNotFoundError), os.scandir(path) as entries:
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                files += 1
                id = name.removesuffix(".json")
                if name not in known and (id == name or not is_id(id) or not id.startswith(shard)):
                    self.strangers.add(entry.path)
                    continue
                try:
                    stat = entry.stat()
                except FileNotFoundError:
                    continue
                now = (stat.st_mtime_ns, stat.st_size)
                if known.pop(name, None) != now and self.failed.get((kind, id)) != now:
                    stale.read.append((kind, id, stat.st_mtime_ns))
        stale.gone.extend((kind, name.removesuffix(".json")) for name in known)
        return files
