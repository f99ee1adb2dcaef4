"""What an export wrote last into a file: by it the next one tells what is its own and what is a person's."""

from __future__ import annotations

from msgspec import Struct


class Wrote(Struct, frozen=True, omit_defaults=True):
    """What was written last of a piece."""

    hash: str
    count: int
    """How many lines."""
    marker: int | None = None
    first: str = ""
    """The first line, for pieces without a marker."""
    told: str = ""
    """Hash of the newest version that an edited block has had beside it."""


class Record(Struct, frozen=True, omit_defaults=True):
    """What was written last into a file."""

    path: str = ""
    pieces: dict[str, Wrote] = {}
    properties: dict[str, str] = {}
    values: dict[str, tuple[str, ...]] = {}
    sheet: str = ""
    """Hash of the sheet that was written, and of the file as it was left: while both are the same there is nothing to do."""
    file: str = ""
