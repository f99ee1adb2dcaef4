"""The index's tables in SQLite, and how a mark stands in them."""

from __future__ import annotations

import sqlite3
from codecs import utf_16_le_decode
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from store.model import Annotation, Placed, Status
from store.terms import fold

VERSION = 10
"""Of the tables and of what is in them; an index of another version is made anew."""

SEPARATOR = "\x1f"
"""Between the values of a list in one column; clean text has none."""

TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE folders (path TEXT PRIMARY KEY, mtime INTEGER, files INTEGER) WITHOUT ROWID;
CREATE TABLE articles (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT, publisher TEXT, authors TEXT, published TEXT, url TEXT, added TEXT,
    truncated INTEGER, marks INTEGER, trashed TEXT, extractor INTEGER, note TEXT, original TEXT, sha TEXT, figures INTEGER,
    mtime INTEGER, size INTEGER);
CREATE INDEX articles_added ON articles (added DESC, n DESC);
CREATE INDEX articles_title ON articles (title);
CREATE INDEX articles_sha ON articles (sha);
CREATE INDEX articles_trashed ON articles (trashed) WHERE trashed <> '';
CREATE INDEX articles_url ON articles (url) WHERE url IS NOT NULL;
CREATE TABLE packed (n INTEGER PRIMARY KEY, id TEXT, text BLOB, head TEXT, sentences BLOB);
CREATE VIEW texts AS SELECT n, unpack(text) AS text, head, sentences FROM packed;
CREATE TABLE sketches (n INTEGER PRIMARY KEY, sketch BLOB);
CREATE TABLE names (n INTEGER PRIMARY KEY, names TEXT);
CREATE TABLE work (article TEXT PRIMARY KEY, note TEXT, trashed TEXT, marks INTEGER, mtime INTEGER, size INTEGER) WITHOUT ROWID;
CREATE TABLE marks (
    id TEXT, article TEXT, start INTEGER, end INTEGER, exact TEXT, prefix TEXT, suffix TEXT, tags TEXT, note TEXT, status TEXT,
    created TEXT, updated TEXT);
CREATE INDEX marks_id ON marks (id);
CREATE INDEX marks_article ON marks (article, start, end, id);
CREATE TABLE mark_tags (tag TEXT, folded TEXT, article TEXT, mark TEXT);
CREATE INDEX mark_tags_folded ON mark_tags (folded, article);
CREATE INDEX mark_tags_article ON mark_tags (article, mark);
CREATE VIRTUAL TABLE body USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii', prefix=1);
CREATE VIRTUAL TABLE name_terms USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii', prefix=1);
INSERT INTO body (body, rank) VALUES ('hashsize', 8000000);
INSERT INTO body (body, rank) VALUES ('pgsz', 1000);
INSERT INTO body (body, rank) VALUES ('usermerge', 2);
INSERT INTO name_terms (name_terms, rank) VALUES ('usermerge', 2);
"""

PLACED = "id, start, end, tags, note, status, created, updated"
MARK = "id, article, start, end, exact, prefix, suffix, tags, note, status, created, updated"


def connect(path: str, *, uri: bool = False) -> sqlite3.Connection:
    """A connection that several threads may use, one at a time."""
    # Transactions are our own (`Index.together`); the library's lock keeps threads apart.
    db = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False, uri=uri)
    db.execute("PRAGMA cache_size = -8000")
    db.execute("PRAGMA temp_store = MEMORY")
    db.create_function("fold", 1, lambda text: fold(text) if text else "", deterministic=True)
    db.create_function("unpack", 1, unpack, deterministic=True)
    return db


def is_current(db: sqlite3.Connection) -> bool:
    """Whether a database has our tables, of this version."""
    tables = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'about'").fetchone()
    return bool(tables[0]) and db.execute("SELECT value FROM about WHERE key = 'version'").fetchone() == (
        VERSION,
    )


def pack(text: str) -> bytes:
    """A text as the index has it: Hangul is read from UTF-16 twice as fast as from the UTF-8 that SQLite makes of a text."""
    return text.encode("utf-16-le")


def unpack(data: bytes) -> str:
    """The text that was packed."""
    return utf_16_le_decode(data)[0]


_STATUS = {str(status): status for status in Status}


def mark_row(mark: Annotation) -> tuple[Any, ...]:
    """A mark as the columns `MARK`."""
    return (
        mark.id,
        mark.article,
        mark.start,
        mark.end,
        mark.exact,
        mark.prefix,
        mark.suffix,
        SEPARATOR.join(mark.tags),
        mark.note,
        str(mark.status),
        mark.created,
        mark.updated,
    )


def mark_of(row: tuple[Any, ...]) -> Annotation:
    """The mark in the columns `MARK`."""
    return Annotation(
        id=row[0],
        article=row[1],
        start=row[2],
        end=row[3],
        exact=row[4],
        prefix=row[5],
        suffix=row[6],
        tags=tuple(row[7].split(SEPARATOR)) if row[7] else (),
        note=row[8],
        status=_STATUS[row[9]],
        created=row[10],
        updated=row[11],
    )


def placed_of(rows: Iterable[Sequence[Any]], article: str) -> list[Placed]:
    """The marks in the columns `PLACED`, all on one article. What many have alike is kept once."""
    tags: dict[str, tuple[str, ...]] = {"": ()}
    found = []
    for id, start, end, names, note, status, created, updated in rows:
        if (own := tags.get(names)) is None:
            own = tags[names] = tuple(names.split(SEPARATOR))
        found.append(
            Placed(
                id=id,
                article=article,
                start=start,
                end=end,
                tags=own,
                note=note,
                status=_STATUS[status],
                created=created,
                updated=created if updated == created else updated,
            )
        )
    return found


def read_only(path: Path, *, immutable: bool) -> str:
    """The address of a database that is not to be changed; `immutable` where even its folder cannot be."""
    return f"file:{quote(str(path))}?mode=ro{'&immutable=1' if immutable else ''}"
