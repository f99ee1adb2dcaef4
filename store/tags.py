"""The tag tree: colours and hot keys on disk; which tags there are and how often they are used, from the marks."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from store.clock import now
from store.database import Database, times
from store.desk import Desk
from store.errors import InvalidError
from store.files import DamagedError, move
from store.model import COLOURS, SCHEMA, Tag
from store.text import clean_line

MAX_NAME = 100
"""Code points in a tag's name."""

_SEPARATORS = re.compile(r"\s*/+\s*")

COLOUR_NAMES: dict[str, tuple[str, str]] = {
    "yellow": ("노랑", "yellow"),
    "green": ("풀빛", "green"),
    "blue": ("파랑", "blue"),
    "pink": ("분홍", "pink"),
    "purple": ("보라", "purple"),
    "orange": ("주황", "orange"),
    "teal": ("청록", "teal"),
    "red": ("빨강", "red"),
    "grey": ("잿빛", "grey"),
}
"""Colours of tags in Korean and English."""


@functools.lru_cache(1000)
def tidy(name: str) -> str:
    """A tag's name as it is kept: clean, without `#` before it, spaces as `_` (Obsidian takes none), no empty level.

    Raises:
        InvalidError: nothing is left of it, or it is too long.
    """
    name = _SEPARATORS.sub("/", clean_line(name).lstrip("#").strip()).strip("/").replace(" ", "_")
    name = re.sub(r"[#,;:\"'`\[\](){}<>|\\^]+", "", name)
    if not name:
        raise InvalidError("태그 이름이 비어 있습니다.", "The tag has no name.")
    if len(name) > MAX_NAME:
        raise InvalidError(
            f"태그 이름이 {MAX_NAME}자를 넘습니다.", f"The tag is longer than {MAX_NAME} characters."
        )
    return name


def tidy_all(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are kept, each once, in order."""
    return tuple(dict.fromkeys(tidy(name) for name in names))


def renamed(tags: Iterable[str], old: str, new: str) -> tuple[str, ...]:
    """Tags with one (and those below it) renamed; where that makes two alike, one stays."""
    return tuple(
        dict.fromkeys(
            new if tag == old else f"{new}{tag[len(old) :]}" if tag.startswith(f"{old}/") else tag
            for tag in tags
        )
    )


def without(tags: Iterable[str], name: str) -> tuple[str, ...]:
    """Tags without one and those below it."""
    return tuple(tag for tag in tags if tag != name and not tag.startswith(f"{name}/"))


class Tags:
    """Reads and writes `tags.json`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def records(self) -> dict[str, dict[str, Any]]:
        """What is kept of each tag by its name; deleted ones too."""
        path = self._desk.layout.tags
        try:
            with Database(path) as database:
                if not (found := database.keyed("tags").documents()):
                    self._desk.must_be_there()
                return found
        except DamagedError as error:
            self._desk.report(path, error.korean, error.english)
            return {}

    def listed(self, counts: Mapping[str, int]) -> list[Tag]:
        """Every tag kept or used: those with a hot key first (1 to 9), then by count (how often each is used), then by name."""
        known = {name: record for name, record in self.records().items() if not record.get("deleted")}
        tags = [
            Tag(
                name=name,
                colour=str(known.get(name, {}).get("colour") or ""),
                hotkey=str(known.get(name, {}).get("hotkey") or ""),
                count=counts.get(name, 0),
            )
            for name in {*known, *counts}
        ]
        return sorted(tags, key=lambda tag: (tag.hotkey or "~", -tag.count, tag.name))

    def set(self, records: Mapping[str, Mapping[str, Any]]) -> None:
        """Set fields of tags' records, in one write.

        Raises:
            StorageError: the disk said no; nothing has changed.
        """
        self._desk.must_write()
        path = self._desk.layout.tags
        time = now()
        try:
            with Database(path) as database:
                database.file.read()
        except DamagedError as error:
            move(path, self._desk.layout.aside / f"tags.{time.replace(':', '')}.json")
            korean, english = error.found
            aside = self._desk.layout.aside
            self._desk.report(
                path,
                f"{korean} {aside}에 옮겨 두었습니다.",
                f"{english} It is now in {aside}.",
                repaired=True,
            )
        with Database(path) as database, database.file.together():
            database.keyed("file").put("1", {"schema": SCHEMA})
            table = database.keyed("tags")
            for name, fields in records.items():
                changed = {**times(table.fetch(name) or {}), **dict.fromkeys(fields, time)}
                table.put(
                    name,
                    {"colour": "", "hotkey": "", "deleted": ""}
                    | (table.fetch(name) or {})
                    | {**fields, "changed": changed},
                )


def check_look(colour: str | None, hotkey: str | None) -> None:
    """Raises: InvalidError, when these are no colour and hot key (empty means none)."""
    if colour and colour not in COLOURS:
        raise InvalidError(
            f"그런 색은 없습니다: {colour}. 고를 수 있는 색: {', '.join(COLOURS)}",
            f"No such colour: {colour}. There are {', '.join(COLOURS)}",
        )
    if hotkey and (len(hotkey) != 1 or hotkey not in "123456789"):
        raise InvalidError("바로 키는 1에서 9까지입니다.", "A hot key is one of 1 to 9.")


def next_look(tags: Sequence[Tag]) -> tuple[str, str]:
    """`(colour, hot key)` for a new tag: the colour used least, and the first free key or none."""
    taken = [tag.colour for tag in tags]
    keys = {tag.hotkey for tag in tags}
    colour = min((c for c in COLOURS if c != "grey"), key=taken.count)
    return colour, next((str(n) for n in range(1, 10) if str(n) not in keys), "")
