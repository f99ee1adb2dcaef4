"""Undo and redo of the reader's acts.

An act is kept as the fields it changed, with their values before and after, so that undoing it touches nothing that it did not.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

LIMIT = 500
"""Acts kept."""

Target = Literal["mark", "article", "tag"]


class Change(Struct, frozen=True):
    """Fields of one record, before and after.

    `article` is the article whose file holds the record (empty for tags); `key` is the annotation's id, the article's or the tag's name.
    """

    target: Target
    article: str
    key: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class Act(Struct, frozen=True):
    """Something that the reader did, in words, and where (`article`, and `start` in its text, where there is one)."""

    korean: str
    english: str
    article: str | None = None
    start: int | None = None
    changes: Sequence[Change] = ()


Fields = tuple[Change, Mapping[str, Any], Mapping[str, Any]]
"""A record, what its fields were left as, and what they are to be again."""

Step = tuple[int, int]
"""How many files of an act have been written of how many."""

Apply = Callable[[Sequence[Fields]], Generator[Step, None, int]]
"""Sets fields of records, in order, a few files at a time. Returns in how many of them something has been changed since by others, and
stays."""


class History:
    """What was done, and what was undone."""

    def __init__(self) -> None:
        self._done: list[Act] = []
        self._undone: list[Act] = []
        self._gathered: list[Act] | None = None
        self._count = 0
        """Acts recorded so far."""

    def record(self, act: Act, *, joins: bool = False) -> None:
        """Remember an act that has been done. What was undone before it can no longer be redone.

        Args:
            joins: it goes on with the act before, when that changed the same fields of the same record: the two are one act then.
        """
        if not act.changes:
            return
        self._undone.clear()
        self._count += 1
        if self._gathered is not None:
            self._gathered.append(act)
            return
        if joins and self._done and (both := _joined(self._done[-1], act)) is not None:
            self._done.pop()
            act = both
            if all(change.before == change.after for change in act.changes):
                return
        self._done.append(act)
        del self._done[:-LIMIT]

    @contextmanager
    def together(self, korean: str, english: str) -> Iterator[None]:
        """All acts within are one, with this name; also those done before something went wrong."""
        if self._gathered is not None:
            yield
            return
        self._gathered = []
        try:
            yield
        finally:
            acts, self._gathered = self._gathered, None
            changes = tuple(change for act in acts for change in act.changes)
            places = {(act.article, act.start) for act in acts if act.article is not None}
            article, start = places.pop() if len(places) == 1 else (None, None)
            self.record(Act(korean, english, article, start, changes))

    @property
    def gathering(self) -> bool:
        """Whether acts are being made one."""
        return self._gathered is not None

    def reach(self, *, redo: bool = False) -> int:
        """How many files the next undo or redo writes."""
        acts = self._undone if redo else self._done
        return len({change.article for change in acts[-1].changes}) if acts else 0

    def undo(self, apply: Apply) -> Generator[Step, None, Act | None]:
        """Undo the last act, a piece at each step; `None` when there is none. When the disk refuses, the act stays done, and can be
        undone again.

        What others have changed since stays, and the act that is returned says so in its words; the rest is undone.

        Others may act between the steps, but not undo or redo. What they do then comes after the act that was undone, which can no
        longer be done again.
        """
        if not self._done:
            return None
        act, count = self._done[-1], self._count
        kept = yield from apply([(change, change.after, change.before) for change in reversed(act.changes)])
        self._done = _without(self._done, act)
        if self._count == count:
            self._undone = [*_without(self._undone, act), act]
        return _but(act, kept)

    def redo(self, apply: Apply) -> Generator[Step, None, Act | None]:
        """Do the last undone act again; `None` when there is none. When the disk refuses, it can be done again, or undone. Otherwise as
        `undo`."""
        if not self._undone:
            return None
        act = self._undone[-1]
        # Beforehand: also when the disk ends it half way, and others act then, it can be undone.
        self._done = [*_without(self._done, act), act]
        kept = yield from apply([(change, change.before, change.after) for change in act.changes])
        self._undone = _without(self._undone, act)
        return _but(act, kept)


def _without(acts: list[Act], act: Act) -> list[Act]:
    return [other for other in acts if other is not act]


def _but(act: Act, kept: int) -> Act:
    """An act as it is told, when this much of it stays as others changed it."""
    if not kept:
        return act
    return replace(
        act,
        korean=f"{act.korean} (그 뒤 다른 데서 바뀐 {kept}곳은 그대로 두었습니다)",
        english=f"{act.english} ({kept} changed elsewhere since, left as they are)",
    )


def _joined(before: Act, act: Act) -> Act | None:
    """Two acts as one; `None` where they are about different things."""
    if len(before.changes) != 1 or len(act.changes) != 1:
        return None
    first, last = before.changes[0], act.changes[0]
    about = [
        (change.target, change.article, change.key, change.before.keys(), change.after.keys())
        for change in (first, last)
    ]
    if about[0] != about[1] or first.after != last.before:
        return None
    return replace(act, changes=(replace(last, before=first.before),))
