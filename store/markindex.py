"""What the index has of the reader's own work: marks, notes, tags, the trash."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from store.indexfile import IndexFile, mended
from store.marks import Work
from store.meanwhile import Meanwhile
from store.model import Annotation, Placed
from store.tables import MARK, PLACED, mark_of, mark_row, placed_of
from store.terms import fold

R = TypeVar("R")

MANY = 1000
"""Rows that are read at once of many."""


class MarkIndex(IndexFile):
    """The part of the open index that is about marks and the like; see `IndexFile`."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self._meanwhile = Meanwhile()
        super().__init__(path, write=write)

    def close(self) -> None:
        self._meanwhile.close()
        super().close()

    # ── putting in ───────────────────────────────────────────────────────────────────────────────

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
    def put_marks(
        self,
        article: str,
        before: os.stat_result | None,
        gone: list[str],
        work: Work,
        stat: os.stat_result,
        *,
        own: bool,
    ) -> bool:
        """Put in some marks on an article, where the others are in as the file had them before.

        Args:
            before: what `stat` said of the file then; `None` when there was none.
            gone: the ids of those that were in it.
            work: has those that are in it now.
            own: whether the article's own tags may have changed.

        Returns:
            Whether they were in so. Otherwise `put_work` has to follow: some may be out now, and the file counts as not known.
        """
        own_work = (work.note, work.trashed, len(work.marks), stat.st_mtime_ns, stat.st_size)
        with self.together():
            if before is None:
                put = self.db.execute(
                    "INSERT OR IGNORE INTO work VALUES (?, ?, ?, ?, ?, ?)", (article, *own_work)
                )
            else:
                rows = [(article, id) for id in gone]
                if gone:
                    # The plus keeps SQLite from going through all of the article's marks ("The SQLite Query Optimizer", 7.2).
                    self.db.executemany("DELETE FROM marks WHERE +article = ? AND id = ?", rows)
                    self.db.executemany("DELETE FROM mark_tags WHERE article = ? AND mark = ?", rows)
                put = self.db.execute(
                    "UPDATE work SET note = ?1, trashed = ?2, mtime = ?4, size = ?5,"
                    " marks = ?3 + (SELECT count(*) FROM marks WHERE article = ?6)"
                    " WHERE article = ?6 AND mtime = ?7 AND size = ?8",
                    (*own_work, article, before.st_mtime_ns, before.st_size),
                )
            if not put.rowcount:
                return False
            self._insert_marks(article, work)
            if own and self.article_tags(article) != work.tags:
                self.db.execute("DELETE FROM mark_tags WHERE article = ? AND mark = ''", (article,))
                self._insert_tags(article, "", work.tags)
            self.db.execute(
                "UPDATE articles SET marks = (SELECT marks FROM work WHERE article = ?1), trashed = ?2, note = ?3 WHERE id = ?1",
                (article, work.trashed, work.note),
            )
        return True

    def begin(self, do: Callable[[], R]) -> Callable[[], R | None]:
        """Have something done with the index while its owner does other things that do not ask it.

        Returns:
            A function that waits for it; see `Meanwhile.begin`. It returns `None` where SQLite finds fault with the index, which is not
            mended then: that is for who holds the library's lock.
        """

        def doing() -> R | None:
            mending, self._mending = self._mending, True
            try:
                return do()
            except sqlite3.DatabaseError:
                return None
            finally:
                self._mending = mending

        return self._meanwhile.begin(doing)

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

    # ── asking ───────────────────────────────────────────────────────────────────────────────────

    def work_stamp(self, article: str) -> tuple[int, int] | None:
        """When the file changed whose work is in (ns), and its size in bytes; `None` where none is in."""
        rows = self.rows("SELECT mtime, size FROM work WHERE article = ?", (article,))
        return rows[0] if rows else None

    def marks(self, where: str = "1", values: Iterable[Any] = ()) -> list[Annotation]:
        """Marks, by their place."""
        found = self.rows(f"SELECT {MARK} FROM marks WHERE {where} ORDER BY article, start, end, id", values)
        return [mark_of(row) for row in found]

    def placed(self, article: str) -> list[Placed]:
        """The marks on an article, by their place."""
        source = f"FROM marks WHERE article = ? ORDER BY start, end, id LIMIT {MANY} OFFSET ?"
        found: list[Placed] = []
        while rows := self.many_rows(PLACED, source, (article, len(found))):
            found += placed_of(rows, article)
        return found

    def placed_on(self, article: str, start: int, end: int) -> list[Placed]:
        """The marks that touch `[start, end)`, by their place."""
        on = "article = ? AND start < ? AND end > ?"
        rows = self.rows(
            f"SELECT {PLACED} FROM marks WHERE {on} ORDER BY start, end, id", (article, end, start)
        )
        return placed_of(rows, article)

    def starts(self, article: str) -> list[int]:
        """Where the marks on an article begin, ascending; of those that are not lost."""
        found = self.rows(
            "SELECT group_concat(start) FROM marks WHERE article = ? AND status <> 'lost'", (article,)
        )
        return sorted(map(int, found[0][0].split(","))) if found[0][0] else []

    def marks_tagged_lately(self, limit: int) -> list[Annotation]:
        """Of the marks that have tags, those that changed last, the newest first; not those in the trash."""
        found = self.rows(
            f"SELECT {MARK} FROM marks WHERE tags <> '' AND article IN (SELECT id FROM articles WHERE trashed = '')"
            " ORDER BY updated DESC, id LIMIT ?",
            (limit,),
        )
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

    def tags_by_article(self) -> dict[str, tuple[str, ...]]:
        """The tags of each article, its own and those of its marks."""
        found: dict[str, tuple[str, ...]] = {}
        for article, tag in self.rows(
            "SELECT DISTINCT article, tag FROM mark_tags ORDER BY article, mark, rowid"
        ):
            found[article] = (*found.get(article, ()), tag)
        return found

    def tag_counts(self) -> dict[str, int]:
        """How many marks and articles have each tag; those in the trash do not count."""
        return dict(
            self.rows(
                "SELECT tag, count(*) FROM mark_tags WHERE article NOT IN (SELECT id FROM articles WHERE trashed <> '')"
                " GROUP BY tag"
            )
        )
