"""One durable mark, beside SQLite (synchronous=FULL), plain TinyDB, and what the disk by itself takes."""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
from collections.abc import Callable
from itertools import count
from pathlib import Path

from store.library import Library
from tests.bench._table import milliseconds, row

ROUNDS, EACH = 20, 25
"""What is compared takes turns: a disk is not equally busy at all times."""

SIZE = 900
"""Bytes of a file with one mark."""


def marks(folder: Path, sqlite_path: Path, tinydb_path: Path | None) -> None:
    """On any of the articles, most of which have none, and on one that has had the mark before."""
    rng = random.Random(2)
    number = count()
    db = sqlite3.connect(sqlite_path)
    db.execute("PRAGMA synchronous = FULL")
    with Library.open(folder) as library:
        ids = [summary.id for summary in library.list()]
        one = ids[0]

        def in_sqlite() -> None:
            with db:
                values = (str(next(number)), rng.choice(ids), 10, 60, "가" * 50, "비용")
                db.execute("INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?)", values)

        acts: dict[str, Callable[[], object]] = {
            "ours": lambda: library.annotate(rng.choice(ids), 10, 60, tags=["비용"]),
            "again": lambda: library.annotate(one, 10, 60, tags=["비용"]),
            "sqlite": in_sqlite,
            "new": lambda: _write(folder, f"{next(number)}"),
            "over": lambda: _write(folder, "over"),
        }
        times: dict[str, list[float]] = {name: [] for name in acts}
        for one in ids[:ROUNDS]:
            library.annotate(one, 0, 40)
            for name, act in acts.items():
                times[name] += milliseconds(act, EACH)
    db.close()
    plain = [float("nan")]
    if tinydb_path is not None:
        from tinydb import TinyDB

        with TinyDB(tinydb_path) as database:
            table = database.table("marks")
            plain = milliseconds(
                lambda: table.insert({"article": 1, "start": 10, "end": 60, "exact": "가" * 50}), 3
            )
    middle = {name: statistics.median(found) for name, found in times.items()}
    other, tiny = middle["sqlite"], statistics.median(plain)
    for name, what in (("ours", "one durable mark, median ms"), ("again", "  another on the same article")):
        ours = middle[name]
        row(what, ours, other, tiny, f"{ours / other:.2f} x", f"1/{tiny / ours:,.0f}")
    row("  p99 ms", *(sorted(times[name])[int(ROUNDS * EACH * 0.99)] for name in ("ours", "sqlite")))
    row("  the disk by itself: a new file", middle["new"], "", "", f"{middle['new'] / other:.2f} x")
    row(
        "  the disk by itself: in place of another", middle["over"], "", "", f"{middle['over'] / other:.2f} x"
    )


def _write(folder: Path, name: str) -> None:
    """What any program has to do for a file that is there whole, or not at all, and stays."""
    temporary = f"{folder}/{name}.temporary"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    os.write(handle, bytes(SIZE))
    os.fsync(handle)
    os.close(handle)
    os.replace(temporary, f"{folder}/{name}.alone")
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(handle)
    os.close(handle)
