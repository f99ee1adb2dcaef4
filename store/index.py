"""The catalogue and full text of a library in SQLite: derived from its files, made again when damaged.

What is in here is what lists and searches need; nothing is only here.
"""

from __future__ import annotations

import os
from array import array
from codecs import utf_16_le_decode
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from store.indexfile import IndexFile, mended
from store.marks import Work
from store.model import Annotation, Article, Extracts, Placed
from store.tables import MARK, PLACED, SEPARATOR, mark_of, mark_row, pack, placed_of, unpack
from store.terms import fold, sketch, terms

R = TypeVar("R")

MANY = 1000
"""Rows that are read at once of many."""


class Index(IndexFile):
    """The open index; see `IndexFile`."""

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
            self._put_text(n, article, row is None)
            self._put_names(n, article, extracts, row is None)
            self._unmerged += 1

    def _put_text(self, n: int, article: Article, new: bool) -> None:
        head = "\n".join((article.title, article.subtitle or "", *article.summary))
        old = (
            None
            if new
            else self.db.execute("SELECT text, head, sentences FROM packed WHERE n = ?", (n,)).fetchone()
        )
        spans = array(
            "I", [at for sentence in article.sentences for at in (sentence.start, sentence.end)]
        ).tobytes()
        text = pack(article.text)
        if old == (text, head, spans):
            return
        if old is not None:
            gone = terms(fold(f"{unpack(old[0])}\n{old[1]}"))
            self.db.execute("INSERT INTO body (body, rowid, terms) VALUES ('delete', ?, ?)", (n, gone))
        self.db.execute(
            "INSERT OR REPLACE INTO packed VALUES (?, ?, ?, ?, ?)", (n, article.id, text, head, spans)
        )
        # By themselves: who goes through all of them passes by no text.
        self.db.execute("INSERT OR REPLACE INTO sketches VALUES (?, ?)", (n, sketch(article.text)))
        self.db.execute(
            "INSERT INTO body (rowid, terms) VALUES (?, ?)", (n, terms(fold(f"{article.text}\n{head}")))
        )

    def _put_names(self, n: int, article: Article, extracts: Extracts | None, new: bool) -> None:
        keywords = [keyword.text for keyword in extracts.keywords] if extracts is not None else []
        names = "\n".join(
            name for name in (article.title, article.publisher, *article.authors, *keywords) if name
        )
        old = None if new else self.db.execute("SELECT names FROM names WHERE n = ?", (n,)).fetchone()
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
            for table in ("articles", "packed", "sketches", "names"):
                self.db.execute(f"DELETE FROM {table} WHERE n = ?", (n,))
            self._unmerged += 1

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
        before: tuple[int, int] | None,
        gone: list[str],
        work: Work,
        stat: os.stat_result,
        *,
        own: bool,
    ) -> bool:
        """Put in some marks on an article, where the others are in as the file had them before.

        Args:
            before: the file's time of change (ns) and size (bytes) then; `None` when there was none.
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
                    (*own_work, article, *before),
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

    def work_stamp(self, article: str) -> tuple[int, int] | None:
        """When the file changed whose work is in (ns), and its size in bytes; `None` where none is in."""
        rows = self.rows("SELECT mtime, size FROM work WHERE article = ?", (article,))
        return rows[0] if rows else None

    # ── asking ───────────────────────────────────────────────────────────────────────────────────

    def stamps(self) -> dict[str, tuple[Any, ...]]:
        """The time and size of every article's files, as they were read last."""
        rows = self.rows(
            "SELECT id, a.mtime, a.size, w.mtime, w.size FROM articles a LEFT JOIN work w ON w.article = a.id"
        )
        return {row[0]: row[1:] for row in rows}

    def has(self, id: str) -> bool:
        """Whether there is such an article (in the trash, too)."""
        return bool(self.rows("SELECT 1 FROM articles WHERE id = ?", (id,)))

    def text(self, id: str, until: int | None = None) -> str | None:
        """An article's text, or (`until`) at least what stands before an offset in it; `None` where there is no such article."""
        rows = self.rows("SELECT p.text FROM articles a JOIN packed p USING (n) WHERE a.id = ?", (id,))
        if not rows:
            return None
        return unpack(rows[0][0]) if until is None else unpack_until(rows[0][0], until)

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

    @mended
    def with_names(self, use: Callable[[Iterator[str]], R]) -> R:
        """What a function makes of the names and keywords of each article that is not in the trash, a line each, one article at a time."""
        rows = self.db.execute("SELECT names FROM names JOIN articles USING (n) WHERE trashed = ''")
        return use(row[0] for row in rows)

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

    @mended
    def note_folders(self, seen: list[tuple[str, int, int]], unseen: list[str]) -> None:
        """Note of folders when they changed and how many files they have, as they were looked through; or that they are not there."""
        with self.together():
            self.db.executemany("INSERT OR REPLACE INTO folders VALUES (?, ?, ?)", seen)
            self.db.executemany("DELETE FROM folders WHERE path = ?", [(path,) for path in unseen])

    @mended
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


def unpack_until(data: bytes, end: int) -> str:
    """At least what stands before an offset in the text that was packed."""
    text, _ = utf_16_le_decode(data[: 2 * end], "strict", False)
    # Where characters take two units, some may be missing.
    return text if len(text) >= end or 2 * end >= len(data) else unpack(data)
