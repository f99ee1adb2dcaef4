"""The index's file: opened, made anew when damaged or of another version, and written in transactions.

A writer keeps it beside the library's files; when it cannot be written (a read-only folder, a full disk) one in memory takes its place.
"""

from __future__ import annotations

import functools
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec

from store.errors import StorageError
from store.tables import TABLES, VERSION, connect, is_current, read_only

_rows = msgspec.json.Decoder(list[list[Any]])
_numbers = msgspec.json.Decoder(list[int])
BULK = 100
"""Transactions gathered into one."""

PAGES = 100
"""Pages of full text that are merged at once; some milliseconds."""

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound="IndexFile")


def mended(method: Callable[Concatenate[F, P], R]) -> Callable[Concatenate[F, P], R]:
    """A method that is tried once more on a mended index when SQLite finds fault with it."""

    @functools.wraps(method)
    def tried(self: F, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except sqlite3.DatabaseError as error:
            self.mend(error)
        return method(self, *args, **kwargs)

    return tried


def _damaged(error: Exception) -> bool:
    """Whether SQLite finds fault with the file itself, and not with the disk or with who else has it open."""
    return isinstance(error, sqlite3.DatabaseError) and (
        not isinstance(error, sqlite3.OperationalError)
        or "no such" in str(error)
        or "malformed" in str(error)
    )


class IndexFile:
    """The open index.

    Args:
        path: its file.
        write: whether the file may be changed (by the one who holds the library's lock); otherwise it is read, and what is newer in
            the library's files is added to a copy in memory.
    """

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path = path
        self.write = write
        self.in_memory = False
        self.fresh = False
        """Made anew by this process: everything has still to be put in."""
        self.refill: Callable[[], object] = lambda: None
        self.there: Callable[[], None] = lambda: None
        """Raises `GoneError` when the library's folder is not there."""
        self._mending = self._closed = False
        self._depth = 0
        self._pending = 0
        self._texts_put = 0
        self._unmerged = 0
        """Articles put in or taken out since full text was merged."""
        self.bulk = False
        """Whether transactions are gathered; see `together` and `end_bulk`."""
        self.filling = False
        """The same, while much is read from the library's files."""
        self._inode = 0
        self.db = self._open()
        self._version = self._data_version()

    # ── opening, closing, mending ────────────────────────────────────────────────────────────────

    def _open(self) -> sqlite3.Connection:
        try:
            if self.write:
                return self._open_file()
            if self.path.exists():
                return self._open_copy()
        except (sqlite3.DatabaseError, OSError) as error:
            if self.write:
                if not _damaged(error):
                    with suppress(sqlite3.DatabaseError, OSError):
                        return self._in_memory(self._open_copy())
                with suppress(sqlite3.DatabaseError, OSError):
                    self._delete()
                    return self._open_file()
        return self._open_memory()

    def _open_file(self) -> sqlite3.Connection:
        db = connect(str(self.path))
        try:
            db.execute("PRAGMA journal_mode = WAL")
            # Derived data: a crash of the machine may lose the last of it, never damage it (SQLite, "PRAGMA synchronous").
            db.execute("PRAGMA synchronous = NORMAL")
            if not is_current(db):
                db.close()
                self._delete()
                db = connect(str(self.path))
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = NORMAL")
                self._make(db)
            self.in_memory = False
        except BaseException:
            db.close()
            raise
        return db

    def _open_copy(self) -> sqlite3.Connection:
        """For one who only reads: the file itself while it is up to date; see `detach`."""
        db = connect(read_only(self.path, immutable=False), uri=True)
        try:
            if is_current(db):
                return db
        except sqlite3.OperationalError:
            # No shared memory file beside it, in a folder that cannot be written.
            db.close()
            db = connect(read_only(self.path, immutable=True), uri=True)
            if is_current(db):
                return db
        db.close()
        raise sqlite3.DatabaseError("of another version")

    def _open_memory(self) -> sqlite3.Connection:
        db = connect(":memory:")
        self._make(db)
        self.in_memory = True
        return db

    def _make(self, db: sqlite3.Connection) -> None:
        db.executescript(f"BEGIN; {TABLES} INSERT INTO about VALUES ('version', {VERSION}); COMMIT;")
        self.fresh = True

    def _delete(self) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                os.unlink(f"{self.path}{suffix}")

    def _data_version(self) -> int:
        self._inode = self._file()
        return int(self.db.execute("PRAGMA data_version").fetchone()[0])

    def _file(self) -> int:
        try:
            return os.stat(self.path).st_ino
        except OSError:
            return 0

    def moved_on(self) -> bool:
        """Whether another process has written to the file since this was asked last (or since opening); what it wrote is seen from now on."""
        if self.in_memory:
            return False
        if not self.write and self._file() != self._inode:
            # Made anew beside us: ours is a file without a name.
            try:
                db = self._open_copy()
            except (sqlite3.DatabaseError, OSError):
                return False
            self.db.close()
            self.db = db
            self._version = self._data_version()
            return True
        before, self._version = self._version, self._data_version()
        return self._version != before

    def state(self) -> tuple[int, ...]:
        """Differs whenever articles may have changed, by this process or another."""
        # Nobody else changes what is written here: see `files.WriteLock`.
        version = 0 if self.write else self.db.execute("PRAGMA data_version").fetchone()[0]
        return (id(self.db), version, self._texts_put)

    def detach(self) -> None:
        """Go on in memory, with what is here so far; the file is left as it is."""
        if not self.in_memory:
            self.db = self._in_memory(self.db)

    def _in_memory(self, db: sqlite3.Connection) -> sqlite3.Connection:
        """What an index has, in memory."""
        copy = connect(":memory:")
        if db.in_transaction:
            db.execute("ROLLBACK")
        db.backup(copy)
        db.close()
        self.in_memory = True
        return copy

    def mend(self, error: sqlite3.DatabaseError) -> None:
        """Make the index anew, beside the files or else in memory, and bring it up to date. One that the disk does not let us write (it
        is full) goes on in memory with what it has; its file is left behind, for the next opening to bring up to date.

        Raises:
            GoneError: the library's folder is not there.
            StorageError: that does not help either.
        """
        if self._closed:
            raise StorageError("서가가 닫혀 있습니다.", "The library is closed.") from error
        if self._mending:
            raise error
        self.there()
        self._mending = True
        try:
            self._depth = self._pending = 0
            damaged = _damaged(error)
            if not damaged and not self.in_memory:
                with suppress(sqlite3.Error):
                    self.detach()
                    self.refill()
                    return
            with suppress(sqlite3.Error):
                self.db.close()
            if self.write and damaged and not self.in_memory:
                try:
                    self._delete()
                    self.db = self._open_file()
                    self.refill()
                    return
                except (sqlite3.DatabaseError, OSError):
                    with suppress(sqlite3.Error):
                        self.db.close()
            self.db = self._open_memory()
            self.refill()
        except sqlite3.DatabaseError as again:
            raise StorageError(
                f"찾아보기를 다시 만들 수 없습니다 ({again}). `mitjul reindex`를 해 보세요.",
                f"The index cannot be made again ({again}). Try `mitjul reindex`.",
            ) from again
        finally:
            self._mending = False

    def clear(self) -> None:
        """Empty it, to be filled again."""
        if self.write and not self.in_memory:
            self.db.close()
            self._delete()
            self.db = self._open()
        else:
            self.db.close()
            self.db = self._open_memory()

    def close(self) -> None:
        self._closed = True
        with suppress(sqlite3.Error):
            if self.write and not self.in_memory:
                self.db.execute("PRAGMA optimize")
            self.db.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction for all that is done within; in bulk, and while it is filled, it goes on for `BULK` of them."""
        self._depth += 1
        outermost, savepoint = self._depth == 1, False
        try:
            if outermost:
                if not self.db.in_transaction:
                    self.db.execute("BEGIN")
                # None while it is filled: at each, FTS5 writes what it has gathered. What is lost there is read again at the next look.
                if self.bulk and not self.filling:
                    self.db.execute("SAVEPOINT act")
                    savepoint = True
            yield
        except BaseException:
            if outermost and self.db.in_transaction:
                with suppress(sqlite3.Error):
                    self.db.execute("ROLLBACK TO act" if savepoint else "ROLLBACK")
            raise
        else:
            # Mended meanwhile, there is no transaction any more, and all is in it.
            if outermost and self.db.in_transaction:
                if savepoint:
                    self.db.execute("RELEASE act")
                self._pending += 1
                if not (self.bulk or self.filling) or self._pending >= BULK:
                    self.end_gathering()
        finally:
            self._depth = max(0, self._depth - 1)

    def end_bulk(self) -> None:
        """Write what is still to be written of a bulk; `merge` is to follow."""
        self.bulk = False
        self.end_gathering()

    def end_gathering(self) -> None:
        """Write what has been gathered so far."""
        self._pending = 0
        if self.db.in_transaction:
            try:
                self.db.execute("COMMIT")
            except sqlite3.DatabaseError as error:
                self.mend(error)  # which reads anew what is lost of it

    # ── full text ────────────────────────────────────────────────────────────────────────────────

    def merge(self) -> Iterator[None]:
        """Merge what was put of full text in bulk, some milliseconds at a time; at most for about as long as putting it in took, for what
        is left is merged the next time.

        What a transaction writes of it is a segment by itself, and a search looks for every pair of letters in each of them. FTS5 merges
        those of one size when it has four; after much it is told to when it has two (`usermerge`; "SQLite FTS5 Extension", 6.8, 6.13).
        """
        steps = 10 + self._unmerged if self._unmerged else 0
        self._unmerged = 0
        while steps and self._merge():
            steps -= 1
            yield

    @mended
    def _merge(self) -> bool:
        """Merge some; whether there may be more to do."""
        more = False
        for table in ("body", "name_terms"):
            before = self.db.total_changes
            self.db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', {PAGES})")
            more = more or self.db.total_changes - before > 1
        return more

    @mended
    def spare(self, kilobytes: int, *, empty: bool = False) -> None:
        """Keep no more than this of the file in this process's memory: it stays open for hours, and the system keeps the file, too.
        `empty`: begin with nothing of it."""
        self.db.execute(f"PRAGMA cache_size = -{kilobytes}")
        if empty:
            self.db.execute("PRAGMA shrink_memory")

    def is_whole(self) -> bool:
        """Whether SQLite finds no fault with the file; asked on a connection of its own, so that the other need not wait."""
        try:
            if self.in_memory:
                return True
            with closing(connect(read_only(self.path, immutable=False), uri=True)) as db:
                return db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        except sqlite3.Error:
            return False

    # ── asking ───────────────────────────────────────────────────────────────────────────────────

    @mended
    def rows(self, sql: str, values: Iterable[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.db.execute(sql, values if isinstance(values, Mapping) else tuple(values)).fetchall()

    @mended
    def many_rows(self, columns: str, source: str, values: Iterable[Any]) -> list[list[Any]]:
        """A thousand rows of text and numbers: `SELECT columns source`. SQLite hands them over as one text, for after every row that it
        hands over by itself another thread may go first, and keep this one waiting."""
        array = f"SELECT json_group_array(json_array({columns})) FROM (SELECT {columns} {source})"
        return _rows.decode(self.db.execute(f"SELECT CAST(({array}) AS BLOB)", tuple(values)).fetchone()[0])

    @mended
    def numbers(self, sql: str, values: Iterable[Any]) -> list[int]:
        """What a query finds that asks for a number `n`, handed over as one text; see `many_rows`."""
        found = self.db.execute(f"SELECT json_group_array(n) FROM ({sql})", tuple(values)).fetchone()
        return _numbers.decode(found[0])

    @mended
    def stream(self, sql: str, values: Iterable[Any]) -> Iterator[Any]:
        """The rows of a query as they are found. Nothing is to be written before the last is taken or the rest forgotten."""
        return self.db.execute(sql, tuple(values))
