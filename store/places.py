"""Where one left off: the place in each article, and the article last read.

Kept in memory and written behind (within a second or so, and at closing): a place is set with every move of the cursor, and losing the
last second of it loses nothing of the reader's work.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

from msgspec import Struct

from store.clock import now
from store.database import Database
from store.desk import Desk
from store.errors import GoneError, StorageError
from store.files import DamagedError, move
from store.model import SCHEMA

DELAY = 1.0
"""Seconds from a change to its being written."""


class Place(Struct, frozen=True):
    """Where one left off in an article.

    `offset` is a code point offset into its text; `progress` how far it has been read, 0 to 1.
    """

    offset: int = 0
    progress: float = 0.0
    unread: bool = True


NOWHERE = Place()


class Places:
    """Reads and writes `state.json`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._places: dict[str, Place] = {}
        self._last = ""
        self._changed = False
        self._timer: threading.Timer | None = None
        self._load()

    def _load(self) -> None:
        path = self._desk.layout.state
        try:
            with Database(path) as database:
                tables = database.file.read() or {}
        except DamagedError as error:
            if not self._desk.writable:
                self._desk.report(path, error.korean, error.english)
                return
            aside, (korean, english) = self._desk.layout.aside, error.found
            move(path, aside / f"state.{now().replace(':', '')}.json")
            self._desk.report(
                path,
                f"{korean} {aside}에 옮겨 두었습니다.",
                f"{english} It is now in {aside}.",
                repaired=True,
            )
            return
        for id, record in tables.get("places", {}).items():
            offset, progress = record.get("offset"), record.get("progress")
            if isinstance(offset, int) and isinstance(progress, int | float):
                self._places[id] = Place(max(0, offset), min(1.0, max(0.0, float(progress))), False)
        last = tables.get("last", {}).get("article", {}).get("id")
        self._last = last if isinstance(last, str) else ""

    def get(self, article: str) -> Place:
        return self._places.get(article, NOWHERE)

    @property
    def last(self) -> str:
        """The article last read, or empty."""
        return self._last

    def set(self, article: str, offset: int, progress: float) -> None:
        """Remember a place; the article counts as read from now on."""
        place = Place(max(0, offset), min(1.0, max(0.0, progress)), False)
        if self._places.get(article) == place and self._last == article:
            return
        self._places[article], self._last, self._changed = place, article, True
        if self._desk.writable and self._timer is None:
            self._timer = threading.Timer(DELAY, self._behind)
            self._timer.daemon = True
            self._timer.start()

    def _behind(self) -> None:
        with self._desk.lock:
            self._timer = None
            try:
                self.save()
            except GoneError:
                return
            except StorageError as error:
                self._desk.report(self._desk.layout.state, error.korean, error.english)

    def save(self) -> None:
        """Write now what has changed.

        Raises:
            StorageError: the disk said no; it is tried again with the next change.
        """
        if not self._changed or not self._desk.writable:
            return
        self._desk.must_be_there()
        records: dict[str, Any] = {
            id: {"offset": place.offset, "progress": round(place.progress, 4)}
            for id, place in self._places.items()
        }
        with Database(self._desk.layout.state, durable=False) as database:
            database.file.write(
                {
                    "file": {"1": {"schema": SCHEMA}},
                    "last": {"article": {"id": self._last}},
                    "places": records,
                }
            )
        self._changed = False

    def close(self) -> None:
        """Write what has changed; no more is written behind."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        with suppress(GoneError):
            self.save()
