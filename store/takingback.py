"""What undo and redo set in a record that something else (another machine, another program) may have changed since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Record = Mapping[str, Any]

PLACE = ("start", "end", "exact", "prefix", "suffix", "status")
"""The fields of a mark that go together: where it is."""

TIMES = ("deleted", "trashed")
"""Fields that have a time, or are empty: which time makes no difference."""


def taken_back(present: Record, left: Record, wanted: Record) -> tuple[dict[str, Any], bool]:
    """The fields to set, and whether some are not set since they are no longer what was left.

    Of tags, which are a set, only what the act gave is taken and what it took is given back.

    Args:
        present: the record as it is now.
        left: its fields as the act left them.
        wanted: the same fields as they are to be again.
    """
    fields: dict[str, Any] = {}
    changed = False
    moved = "exact" in left and present.get("exact") not in (left["exact"], wanted["exact"])
    for name, value in wanted.items():
        now = present.get(name, [] if isinstance(value, list) else "")
        if name in TIMES:
            if bool(now) != bool(value):
                fields[name] = value
        elif name == "tags" and isinstance(now, list):
            tags = value if now == left[name] else _merged(now, left[name], value)
            if tags != now:
                fields[name] = tags
        elif name in PLACE:
            if moved:
                changed = True
            else:
                fields[name] = value
        elif now == left[name]:
            fields[name] = value
        elif now != value:
            changed = True
    return fields, changed


def _merged(now: list[str], left: list[str], wanted: list[str]) -> list[str]:
    kept = [tag for tag in now if tag in wanted or tag not in left]
    return [*kept, *(tag for tag in wanted if tag not in left and tag not in kept)]
