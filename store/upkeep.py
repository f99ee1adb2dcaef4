"""Keeping the index beside the files: what changed while nobody looked is read again, a few files at a time, so that much of it can be
read in the background while the reader reads."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import layout as folders
from store.desk import PAUSE, Desk
from store.errors import GoneError, LockedError, NotFoundError, StorageError
from store.files import WriteLock, storage_error, sweep
from store.looking import Look, Stale
from store.marks import EMPTY, Marks, reanchor
from store.model import Article
from store.shelf import Shelf

if TYPE_CHECKING:
    from store.conflicts import Merged

SLICE = 10
"""Files read without letting go of the library: some 20 ms."""

FEW = 50
"""Files up to which nobody minds waiting for them at opening."""

FULL_EVERY = 60.0
"""Seconds between full looks."""

FULL_FIRST = 10.0
"""Seconds from the opening to the first of them."""


class Upkeep:
    """Brings the index up to date."""

    def __init__(self, desk: Desk, shelf: Shelf, marks: Marks) -> None:
        self._desk, self._shelf, self._marks = desk, shelf, marks
        self._index = desk.index
        self._look = Look(desk)
        self._full_look = time.monotonic() - FULL_EVERY + FULL_FIRST
        self._outdated: list[tuple[str, Article]] = []
        self._shown: dict[str, tuple[Any, ...]] = {}
        """For one who only reads: what the index had when that was looked at last."""
        self._work: Iterator[None] | None = None
        """What is being done in the background; the next piece of it is for whoever holds the lock."""
        self._cut = False
        """Whether that came to a bad end: only a look at everything tells what it left."""
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._news: set[str] = set()
        """Articles read in the background, to be told by `changed`."""
        self.progress: tuple[int, int] | None = None
        """How many files have been read of how many, while something is being read in the background."""

    # ── occasions ────────────────────────────────────────────────────────────────────────────────

    def catch_up(self, *, background: bool = False) -> None:
        """At opening: sweep, look where something changed, and read it.

        Args:
            background: return at once when there is much to do, and do it in a thread.
        """
        killed = self._desk.writable and self._index.mark_open(True)
        full = killed or self._index.fresh
        if full and self._desk.writable:
            self._sweep()
        if not full:
            self._look.doubt()
        if not background:
            self.update(full=full)
            return
        stale = None if full else self._look.whole(full=False)
        if stale is not None and len(stale.read) <= FEW:
            self._read(stale)
            return
        self._work = self._pieces(full, stale)
        self.progress = (0, 0)
        self._thread = threading.Thread(target=self._behind, name="mitjul-index", daemon=True)
        self._thread.start()

    def _behind(self) -> None:
        try:
            while not self._stop.is_set() and self._advance():
                time.sleep(PAUSE)
        except (GoneError, sqlite3.Error):
            return  # `changed` says so, or looks again
        except StorageError as error:
            self._desk.report(self._desk.layout.index, error.korean, error.english)
        except OSError as error:
            # The rest is left to the next full look.
            said = storage_error(error, self._desk.layout.folder)
            self._desk.report(self._desk.layout.folder, said.korean, said.english)

    def _advance(self) -> bool:
        """Do a piece of what is being done in the background; whether there may be more."""
        with self._desk.lock:
            if self._work is None:
                return False
            try:
                next(self._work)
            except StopIteration:
                self._work = self.progress = None
                return False
            except BaseException:
                self._work = self.progress = None
                self._cut = True
                raise
            return True

    def finish(self) -> None:
        """Have done with what is being done in the background, for an act that has to know all articles and marks. Others have the
        library in between (where the caller does not hold the lock)."""
        while self._advance():
            time.sleep(PAUSE)

    def stop(self) -> None:
        """End what is being done in the background; the next opening goes on with it. Not for one who holds the lock."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _sweep(self) -> None:
        """Remove what a killed process left half written."""
        sweep(self._desk.layout.folder)
        sweep(self._desk.layout.aside)
        for kind in (folders.RAW, folders.ARTICLES, folders.MARKS):
            for shard, _ in self._desk.layout.shard_times(kind):
                sweep(f"{self._desk.layout.folder}/{kind}/{shard}")

    def is_behind(self) -> bool:
        """Whether files have changed that the index does not know of."""
        self._look.doubt()
        stale = self._look.whole(full=self._index.fresh)
        return bool(stale.read or stale.gone)

    def update(self, *, full: bool = True) -> None:
        """Bring the index up to date, letting go of the lock in between (where the caller does not hold it)."""
        self._desk.in_turns(self._pieces(full))

    def refill(self) -> int:
        """Read everything into an empty index; the number of articles."""
        self._look.failed.clear()
        self.update()
        return len(self._index.ids())

    def remake(self) -> int:
        """Make the index anew; the number of articles."""
        with self._desk.lock:
            # What was being done in the background was for the index that goes.
            self._work = self.progress = None
            self._index.clear()
        return self.refill()

    def settle(self) -> None:
        """At closing: note which folders are as the index has them, so that the next opening need not look through them."""
        if self._work is not None or self._cut:
            # Stopped half way: the next opening looks at everything, as after a kill. So it does where the folder is not there now.
            self._work = self.progress = None
            return
        with suppress(sqlite3.Error, StorageError):
            self._read(self._look.whole(full=False))
            self._index.mark_open(False)

    def copies(self) -> list[Path]:
        """The conflict copies that have been seen and are still there."""
        if not self._look.strangers:
            return []
        from store.merging import is_conflict_copy

        names = [path for path in self._look.strangers if is_conflict_copy(os.path.basename(path))]
        self._look.strangers = {path for path in names if os.path.exists(path)}
        return sorted(map(Path, self._look.strangers))

    def merge_copies(self) -> list[Merged]:
        """Merge them, each by itself: others may have the library in between. Those that cannot be stay where they are."""
        from store.conflicts import Merged, merge

        with self._desk.lock:
            copies = self.copies()
        merged = []
        for path in copies:
            with self._desk.lock:
                self._desk.must_write()
                try:
                    one = merge(self._desk.layout, path)
                    if one.article:
                        self._read_one(folders.ARTICLES, one.article)
                        self._read_one(folders.MARKS, one.article)
                        self.tell(one.article)
                except GoneError:
                    raise
                except StorageError as error:
                    one = Merged(path, error=error)
            merged.append(one)
        return merged

    def tell(self, article: str) -> None:
        """An act has read what something else did to an article: `changed` is to tell it."""
        self._news.add(article)

    def remember(self) -> None:
        """Take what the index has for what has been shown: `changed` tells what differs from it."""
        if not self._desk.writable:
            self._shown = self._index.stamps()

    def changed(self) -> set[str]:
        """The articles that something else changed; they are read. In-place changes are noticed within a minute.

        Takes the library's lock itself, and only for moments: whoever presses a key meanwhile does not wait for the disk.

        Raises:
            GoneError: the library's folder is not there.
        """
        with self._desk.lock:
            if self._work is not None:
                return self._told()
        full = time.monotonic() - self._full_look > FULL_EVERY
        if full:
            self._full_look = time.monotonic()
        stale = Stale([], [], [], [])
        times = self._look.times()
        self._desk.in_turns(self._look.steps(stale, full=full, times=times))
        with self._desk.lock:
            if self._desk.closed:
                return set()
            if self._desk.writable:
                return self._told() | self._read(stale)
            return self._moved_on(stale)

    def _told(self) -> set[str]:
        news, self._news = self._news, set()
        return news

    def _moved_on(self, stale: Stale) -> set[str]:
        """For one who only reads: as `changed`."""
        # A process that writes brings the index up to date itself: nothing looks stale then, and yet it is news here.
        moved_on = self._index.moved_on()
        if (stale.read or stale.gone) and self._is_ours():
            self._read(stale)
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

    # ── reading ──────────────────────────────────────────────────────────────────────────────────

    def _read(self, stale: Stale) -> set[str]:
        """Read what is stale, all of it now; the articles concerned."""
        for _ in self._pieces(False, stale):
            pass
        return stale.ids()

    def _pieces(self, full: bool, stale: Stale | None = None) -> Iterator[None]:
        """Look (where that has not been done) and read, some 20 ms at a time; hold the lock for each piece."""
        index = self._index
        if stale is None:
            stale = Stale([], [], [], [])
            yield from self._look.steps(stale, full=full)
        if not any(stale):
            index.fresh = False
            return
        # Marks and notes (`annotations`) before articles: one that can be opened has its own, and nobody writes a note over one unseen.
        # Into a new index in the order of their time.
        todo = sorted(stale.read, key=lambda item: (item[0], item[2] if index.fresh else 0, item[1]))
        index.filling = much = len(todo) > FEW
        try:
            for start in range(0, len(todo), SLICE):
                with index.together():
                    for kind, id, _ in todo[start : start + SLICE]:
                        self._read_one(kind, id)
                    self._find_again()
                if self._work is not None:
                    self._news.update(id for _, id, _ in todo[start : start + SLICE])
                    self.progress = (min(start + SLICE, len(todo)), len(todo))
                yield
        finally:
            if much:
                index.filling = False
                index.end_gathering()
        if much:
            yield from index.merge()
        # Some may have come back since. And none of them is gone when the folder is.
        gone = [(kind, id) for kind, id in stale.gone if not self._path(kind, id).exists()]
        self._desk.must_be_there()
        with index.together():
            for kind, id in gone:
                if kind == folders.ARTICLES:
                    index.drop_article(id)
                else:
                    index.put_work(id, EMPTY, None)
            if index.write or index.in_memory:
                index.note_folders(stale.seen, stale.unseen)
        index.fresh = False

    def _path(self, kind: str, id: str) -> Path:
        return self._desk.layout.article(id) if kind == folders.ARTICLES else self._desk.layout.marks(id)

    def _read_one(self, kind: str, id: str) -> None:
        """Read one file into the index; one that cannot be read is reported, and what the index knew of it stays."""
        path = self._path(kind, id)
        try:
            stat = os.stat(path)
            if kind == folders.ARTICLES:
                article, extracts = self._shelf.load(id)
                old = None if self._index.fresh else self._index.text(id)
                if old is not None and old != article.text and self._desk.writable:
                    self._outdated.append((old, article))
                self._index.put_article(article, extracts, stat)
            else:
                self._index.put_work(id, self._marks.read(id), stat)
            self._look.failed.pop((kind, id), None)
        except GoneError:
            raise
        except StorageError as error:
            with suppress(OSError):
                stat = os.stat(path)
                self._look.failed[kind, id] = (stat.st_mtime_ns, stat.st_size)
            self._desk.report(path, error.korean, error.english)
        except (FileNotFoundError, NotFoundError, sqlite3.IntegrityError):
            return

    def _find_again(self) -> None:
        """Put the marks of articles whose text changed where their passages are now."""
        outdated, self._outdated = self._outdated, []
        for old_text, article in outdated:
            reanchor(self._marks, old_text, article)
