"""The catalogue and full text of a library in SQLite: derived from its files, made again when damaged.

What is in here is what lists and searches need; nothing is only here. A writer keeps it beside the files; when it cannot be written (a
read-only folder, a full disk) a copy in memory takes its place.
"""

from __future__ import annotations

import functools
import os
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from store.errors import StorageError
from store.marks import Work
from store.model import Annotation, Article, Extracts
from store.tables import MARK, SEPARATOR, TABLES, VERSION, connect, is_current, mark_of, mark_row, read_only
from store.terms import fold, sketch, terms

BULK = 100
"""Transactions gathered into one."""

P = ParamSpec("P")
R = TypeVar("R")


def mended(method: Callable[Concatenate[Index, P], R]) -> Callable[Concatenate[Index, P], R]:
    """A method that is tried once more on a mended index when SQLite finds fault with it."""

    @functools.wraps(method)
    def tried(self: Index, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except sqlite3.DatabaseError as error:
            self.mend(error)
        return method(self, *args, **kwargs)

    return tried


class Index:
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
        self._mending = False
        self._depth = 0
        self._pending = 0
        self._texts_put = 0
        self.bulk = False
        """Whether transactions are gathered; see `together` and `end_bulk`."""
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
        except (sqlite3.DatabaseError, OSError):
            if self.write:
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
        version = self.db.execute("PRAGMA data_version").fetchone()[0]
        return (id(self.db), version, self._texts_put)

    def stamps(self) -> dict[str, tuple[Any, ...]]:
        """The time and size of every article's files, as they were read last."""
        rows = self.rows(
            "SELECT id, a.mtime, a.size, w.mtime, w.size FROM articles a LEFT JOIN work w ON w.article = a.id"
        )
        return {row[0]: row[1:] for row in rows}

    def detach(self) -> None:
        """Go on in memory, with what is here so far; the file is left as it is."""
        if self.in_memory:
            return
        copy = connect(":memory:")
        self.db.backup(copy)
        self.db.close()
        self.db, self.in_memory = copy, True

    def mend(self, error: sqlite3.DatabaseError) -> None:
        """Make the index anew, beside the files or else in memory, and fill it.

        Raises:
            StorageError: that does not help either.
        """
        if self._mending:
            raise error
        self._mending = True
        try:
            with suppress(sqlite3.Error):
                self.db.close()
            self._depth = 0
            damaged = (
                not isinstance(error, sqlite3.OperationalError)
                or "no such" in str(error)
                or "malformed" in str(error)
            )
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
        with suppress(sqlite3.Error):
            if self.write and not self.in_memory:
                self.db.execute("PRAGMA optimize")
            self.db.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction for all that is done within; in bulk it goes on for `BULK` of them."""
        self._depth += 1
        outermost, gathered = self._depth == 1, False
        try:
            if outermost:
                if self.bulk:
                    if not self.db.in_transaction:
                        self.db.execute("BEGIN")
                    self.db.execute("SAVEPOINT act")
                    gathered = True
                else:
                    self.db.execute("BEGIN")
            yield
        except BaseException:
            if outermost and self.db.in_transaction:
                with suppress(sqlite3.Error):
                    self.db.execute("ROLLBACK TO act" if gathered else "ROLLBACK")
            raise
        else:
            # Mended meanwhile, there is no transaction any more, and all is in it.
            if outermost and self.db.in_transaction:
                self._pending += gathered
                if gathered:
                    self.db.execute("RELEASE act")
                if not gathered or self._pending >= BULK:
                    self.db.execute("COMMIT")
                    self._pending = 0
        finally:
            self._depth = max(0, self._depth - 1)

    def end_bulk(self) -> None:
        """Write what is still to be written of a bulk."""
        self.bulk = False
        if self.db.in_transaction:
            self.db.execute("COMMIT")
        self._pending = 0

    # ── putting in ───────────────────────────────────────────────────────────────────────────────

    @mended
    def put_article(self, article: Article, extracts: Extracts | None, stat: os.stat_result) -> None:
        """Put an article in, or bring it up to date. `stat` is of its file."""
        self._texts_put += 1
        with self.together():
            row = self.db.execute("SELECT n FROM articles WHERE id = ?", (article.id,)).fetchone()
            work = self.db.execute(
                "SELECT marks, trashed, note FROM work WHERE article = ?", (article.id,)
            ).fetchone() or (0, "", "")
            values = {
                "id": article.id,
                "title": article.title,
                "publisher": article.publisher,
                "authors": SEPARATOR.join(article.authors),
                "published": article.published,
                "url": article.url,
                "added": article.added,
                "truncated": article.truncated,
                "extractor": extracts.version if extracts is not None else None,
                "original": article.original_source,
                "sha": article.raw.sha256,
                "figures": len(extracts.figures) if extracts is not None else 0,
                "mtime": stat.st_mtime_ns,
                "size": stat.st_size,
                "marks": work[0],
                "trashed": work[1],
                "note": work[2],
            }
            if row is None:
                places = ", ".join("?" * len(values))
                n = self.db.execute(
                    f"INSERT INTO articles ({', '.join(values)}) VALUES ({places})", tuple(values.values())
                ).lastrowid
                assert n is not None
            else:
                n = row[0]
                fields = ", ".join(f"{name} = ?" for name in values)
                self.db.execute(f"UPDATE articles SET {fields} WHERE n = ?", (*values.values(), n))
            self._put_text(n, article)
            self._put_names(n, article, extracts)

    def _put_text(self, n: int, article: Article) -> None:
        head = "\n".join((article.title, article.subtitle or "", *article.summary))
        old = self.db.execute("SELECT text, head, sentences FROM texts WHERE n = ?", (n,)).fetchone()
        spans = array(
            "I", [at for sentence in article.sentences for at in (sentence.start, sentence.end)]
        ).tobytes()
        if old == (article.text, head, spans):
            return
        if old is not None:
            gone = terms(fold(f"{old[0]}\n{old[1]}"))
            self.db.execute("INSERT INTO body (body, rowid, terms) VALUES ('delete', ?, ?)", (n, gone))
        self.db.execute(
            "INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?)",
            (n, article.text, head, spans, sketch(article.text)),
        )
        self.db.execute(
            "INSERT INTO body (rowid, terms) VALUES (?, ?)", (n, terms(fold(f"{article.text}\n{head}")))
        )

    def _put_names(self, n: int, article: Article, extracts: Extracts | None) -> None:
        keywords = [keyword.text for keyword in extracts.keywords] if extracts is not None else []
        names = "\n".join(
            name for name in (article.title, article.publisher, *article.authors, *keywords) if name
        )
        old = self.db.execute("SELECT names FROM names WHERE n = ?", (n,)).fetchone()
        if old == (names,):
            return
        if old is not None:
            self.db.execute(
                "INSERT INTO name_terms (name_terms, rowid, terms) VALUES ('delete', ?, ?)",
                (n, _name_terms(old[0])),
            )
        self.db.execute("INSERT OR REPLACE INTO names VALUES (?, ?)", (n, names))
        self.db.execute("INSERT INTO name_terms (rowid, terms) VALUES (?, ?)", (n, _name_terms(names)))

    @mended
    def drop_article(self, id: str) -> None:
        """Take out an article whose file is gone."""
        self._texts_put += 1
        with self.together():
            row = self.db.execute(
                "SELECT n, text, head, names FROM articles JOIN texts USING (n) JOIN names USING (n) WHERE id = ?",
                (id,),
            ).fetchone()
            if row is None:
                return
            n, text, head, names = row
            self.db.execute(
                "INSERT INTO body (body, rowid, terms) VALUES ('delete', ?, ?)",
                (n, terms(fold(f"{text}\n{head}"))),
            )
            self.db.execute(
                "INSERT INTO name_terms (name_terms, rowid, terms) VALUES ('delete', ?, ?)",
                (n, _name_terms(names)),
            )
            for table in ("articles", "texts", "names"):
                self.db.execute(f"DELETE FROM {table} WHERE n = ?", (n,))

    @mended
    def put_work(self, article: str, work: Work, stat: os.stat_result | None) -> None:
        """Put in the reader's work on an article. `stat` is of its file; `None` when there is none."""
        with self.together():
            if self.db.execute("SELECT 1 FROM marks WHERE article = ?", (article,)).fetchone():
                self.db.execute("DELETE FROM marks WHERE article = ?", (article,))
            self.db.execute("DELETE FROM mark_tags WHERE article = ?", (article,))
            self._insert_marks(article, work)
            self._insert_tags(article, "", work.tags)
            if stat is not None:
                self._put_own(article, work, len(work.marks), stat)
                return
            self.db.execute("DELETE FROM work WHERE article = ?", (article,))
            self.db.execute(
                "UPDATE articles SET marks = ?, trashed = ?, note = ? WHERE id = ?",
                (len(work.marks), work.trashed, work.note, article),
            )

    @mended
    def put_marks(self, article: str, ids: list[str], work: Work, stat: os.stat_result) -> None:
        """Put in some marks on an article, where the others are in already: `work` has those of `ids` that are not deleted."""
        with self.together():
            gone = [(article, id) for id in ids]
            # The plus keeps SQLite from going through all of the article's marks ("The SQLite Query Optimizer", 7.2).
            self.db.executemany("DELETE FROM marks WHERE +article = ? AND id = ?", gone)
            self.db.executemany("DELETE FROM mark_tags WHERE article = ? AND mark = ?", gone)
            self._insert_marks(article, work)
            if self.article_tags(article) != work.tags:
                self.db.execute("DELETE FROM mark_tags WHERE article = ? AND mark = ''", (article,))
                self._insert_tags(article, "", work.tags)
            (count,) = self.db.execute("SELECT count(*) FROM marks WHERE article = ?", (article,)).fetchone()
            self._put_own(article, work, count, stat)

    def _insert_marks(self, article: str, work: Work) -> None:
        self.db.executemany(
            f"INSERT INTO marks ({MARK}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [mark_row(mark) for mark in work.marks],
        )
        for mark in work.marks:
            self._insert_tags(article, mark.id, mark.tags)

    def _insert_tags(self, article: str, mark: str, tags: tuple[str, ...]) -> None:
        """The tags of a mark, or (with no `mark`) of the article itself."""
        if tags:
            self.db.executemany(
                "INSERT INTO mark_tags VALUES (?, ?, ?, ?)", [(tag, fold(tag), article, mark) for tag in tags]
            )

    def _put_own(self, article: str, work: Work, count: int, stat: os.stat_result) -> None:
        self.db.execute(
            "INSERT OR REPLACE INTO work VALUES (?, ?, ?, ?, ?, ?)",
            (article, work.note, work.trashed, count, stat.st_mtime_ns, stat.st_size),
        )
        self.db.execute(
            "UPDATE articles SET marks = ?, trashed = ?, note = ? WHERE id = ?",
            (count, work.trashed, work.note, article),
        )

    def has_work(self, article: str, mtime: int, size: int) -> bool:
        """Whether the reader's work is in as its file has it (time of change in ns, size in bytes)."""
        return bool(
            self.rows(
                "SELECT 1 FROM work WHERE article = ? AND mtime = ? AND size = ?", (article, mtime, size)
            )
        )

    # ── asking ───────────────────────────────────────────────────────────────────────────────────

    @mended
    def rows(self, sql: str, values: Iterable[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.db.execute(sql, values if isinstance(values, Mapping) else tuple(values)).fetchall()

    @mended
    def stream(self, sql: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query as they are found. Nothing is to be written before the last is taken or the rest forgotten."""
        return iter(self.db.execute(sql, tuple(values)))

    def has(self, id: str) -> bool:
        """Whether there is such an article (in the trash, too)."""
        return bool(self.rows("SELECT 1 FROM articles WHERE id = ?", (id,)))

    def ids(self, prefix: str = "") -> list[str]:
        """The articles whose id begins so."""
        return [
            row[0]
            for row in self.rows("SELECT id FROM articles WHERE id GLOB ? ORDER BY id", (f"{prefix}*",))
        ]

    def by_sha(self, sha256: str) -> list[str]:
        """The articles that were made of these bytes."""
        return [row[0] for row in self.rows("SELECT id FROM articles WHERE sha = ? ORDER BY n", (sha256,))]

    def by_title(self, title: str) -> list[str]:
        """The articles with this title."""
        return [row[0] for row in self.rows("SELECT id FROM articles WHERE title = ? ORDER BY n", (title,))]

    def by_url(self, url: str) -> list[str]:
        """The articles from this address."""
        return [row[0] for row in self.rows("SELECT id FROM articles WHERE url = ? ORDER BY n", (url,))]

    def marks(self, where: str = "1", values: Iterable[Any] = ()) -> list[Annotation]:
        """Marks, by their place."""
        found = self.rows(f"SELECT {MARK} FROM marks WHERE {where} ORDER BY article, start, end, id", values)
        return [mark_of(row) for row in found]

    def work(self, article: str) -> tuple[str, str]:
        """The note on an article, and when it went to the trash (empty: it has none, it did not)."""
        found = self.rows("SELECT note, trashed FROM work WHERE article = ?", (article,))
        return found[0] if found else ("", "")

    def article_tags(self, article: str) -> tuple[str, ...]:
        """The tags of an article itself, in the order in which they were given."""
        rows = self.rows(
            "SELECT tag FROM mark_tags WHERE article = ? AND mark = '' ORDER BY rowid", (article,)
        )
        return tuple(row[0] for row in rows)

    def tagged_articles(self) -> dict[str, tuple[str, ...]]:
        """The articles (not in the trash) that have tags of their own, with these."""
        found: dict[str, tuple[str, ...]] = {}
        for article, tag in self.rows(
            "SELECT article, tag FROM mark_tags WHERE mark = ''"
            " AND article IN (SELECT id FROM articles WHERE trashed = '') ORDER BY rowid"
        ):
            found[article] = (*found.get(article, ()), tag)
        return found

    def mark_open(self, state: bool) -> bool:
        """Note that a writer has the library open, or has closed it; whether the one before did not close it."""
        with self.together():
            before = self.rows("SELECT value FROM about WHERE key = 'open'")
            self.db.execute("INSERT OR REPLACE INTO about VALUES ('open', ?)", (int(state),))
        return bool(before and before[0][0])

    def tag_counts(self) -> dict[str, int]:
        """How many marks and articles have each tag; those in the trash do not count."""
        return dict(
            self.rows(
                "SELECT tag, count(*) FROM mark_tags WHERE article NOT IN (SELECT id FROM articles WHERE trashed <> '')"
                " GROUP BY tag"
            )
        )


def _name_terms(names: str) -> str:
    from store.korean.choseong import choseong

    folded = fold(names)
    return terms(f"{folded}\n{choseong(folded)}")
