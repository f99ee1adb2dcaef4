"""A file as the program would write it: properties, then pieces in order. What the presets and templates make, and what merging works on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct


class Piece(Struct, frozen=True):
    """Some lines of a file that belong together.

    Args:
        id: name within the file: `mj-` and the mark's id; for others a word (`source`, `figures`, `head-` and an article's id).
        lines: without line ends; no blank ones at the ends.
        marker: which of the lines names the piece in the file, so that it is found again when the rest of it was edited. None for
            pieces that are the reader's to change or delete once they are there (headings, tables).
    """

    id: str
    lines: tuple[str, ...]
    marker: int | None = None

    @property
    def hash(self) -> str:
        return hash_lines(self.lines)


class Property(Struct, frozen=True):
    """A key of the file's frontmatter, with its lines."""

    key: str
    lines: tuple[str, ...]
    values: tuple[str, ...] = ()
    """The items, where it is a list whose items are lines (tags)."""

    @property
    def hash(self) -> str:
        return _hash_of(self.lines)


class Sheet(Struct, frozen=True):
    """One file.

    Args:
        identity: what the file is of; stands in its properties as `mitjul`, so that it is found again under another name.
        stems: names to try, without ending, best first.
        wanted: there is something of the reader's in it also when none of the pieces has a marker.
    """

    identity: str
    stems: tuple[str, ...]
    properties: tuple[Property, ...]
    pieces: tuple[Piece, ...]
    wanted: bool = False

    @property
    def hash(self) -> str:
        """Of all that is in it."""
        lines = [line for item in self.properties for line in (item.key, *item.lines)]
        for piece in self.pieces:
            lines += (piece.id, *piece.lines)
        return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:16]


def hash_lines(lines: Sequence[str]) -> str:
    """What tells whether lines are as they were written. Blanks at line ends do not count (editors trim them)."""
    return hashlib.sha256("\n".join(line.rstrip() for line in lines).encode("utf-8", "replace")).hexdigest()[
        :16
    ]


@lru_cache(maxsize=256)
def _hash_of(lines: tuple[str, ...]) -> str:
    """As `hash_lines`; the same properties stand in many files."""
    return hash_lines(lines)
