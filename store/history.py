"""Undo and redo of the reader's acts.

An act is kept as the fields it changed, with their values before and after, so that undoing it touches nothing that it did not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

LIMIT = 500
"""Acts kept."""

Target = Literal["mark", "article", "tag"]


@dataclass(frozen=True)
class Change:
    """Fields of one record, before and after.

    `article` is the article whose file holds the record (empty for tags); `key` is the annotation's id, the article's or the tag's name.
    """

    target: Target
    article: str
    key: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """Something that the reader did, in words, and where (`article`, and `start` in its text, where there is one)."""

    korean: str
    english: str
    article: str | None = None
    start: int | None = None
    changes: Sequence[Change] = field(default=(), repr=False)


Apply = Callable[[Target, str, str, Mapping[str, Any]], None]


class History:
    """What was done, and what was undone."""

    def __init__(self) -> None:
        self._done: list[Act] = []
        self._undone: list[Act] = []

    def record(self, act: Act) -> None:
        """Remember an act that has been done. What was undone before it can no longer be redone."""
        if act.changes:
            self._done.append(act)
            del self._done[:-LIMIT]
            self._undone.clear()

    def undo(self, apply: Apply) -> Act | None:
        """Undo the last act; `None` when there is none. When the disk refuses, the act stays done."""
        if not self._done:
            return None
        act = self._done[-1]
        for change in reversed(act.changes):
            apply(change.target, change.article, change.key, change.before)
        self._undone.append(self._done.pop())
        return act

    def redo(self, apply: Apply) -> Act | None:
        """Do the last undone act again; `None` when there is none."""
        if not self._undone:
            return None
        act = self._undone[-1]
        for change in act.changes:
            apply(change.target, change.article, change.key, change.after)
        self._done.append(self._undone.pop())
        return act
