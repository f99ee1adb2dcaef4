"""A stand-in for the index's database that refuses, as SQLite does on a disk that is full or has been pulled out."""

from __future__ import annotations

import sqlite3
from collections.abc import Container


class Refusing:
    """A database that takes everything but some statements; none at all, unless they are named."""

    def __init__(self, db: sqlite3.Connection, why: str, statements: Container[str] | None = None) -> None:
        self.db = db
        self.why = why
        self.statements = statements

    def __getattr__(self, name: str) -> object:
        return getattr(self.db, name)

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        if self.statements is None or sql in self.statements:
            raise sqlite3.OperationalError(self.why)
        return self.db.execute(sql, *values)  # type: ignore[arg-type]
