"""The catalogue and full text of a library in SQLite: derived from its files, made again when damaged.

What is in here is what lists and searches need; nothing is only here.
"""

from __future__ import annotations

import os
from array import array
from codecs import utf_16_le_decode
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from store.indexfile import mended
from store.markindex import MANY as MANY
from store.markindex import MarkIndex
from store.model import Article, Extracts
from store.tables import SEPARATOR, pack, unpack
from store.terms import fold, sketch, terms

R = TypeVar("R")


class Index(MarkIndex):
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


def _name_terms(names: str) -> str:
    from store.korean.choseong import choseong

    folded = fold(names)
    return terms(f"{folded}\n{choseong(folded)}")


def unpack_until(data: bytes, end: int) -> str:
    """At least what stands before an offset in the text that was packed."""
    text, _ = utf_16_le_decode(data[: 2 * end], "strict", False)
    # Where characters take two units, some may be missing.
    return text if len(text) >= end or 2 * end >= len(data) else unpack(data)
