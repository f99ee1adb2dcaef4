"""Conflict copies: what synchronisers leave beside a file when two machines changed it. Recognised here, and merged.

Marks are a set by id; of each field the newest value wins, by the time of its last change; a deletion is a field like any other. Nothing is
dropped: the copy itself goes to the folder of things set aside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from store.database import times

_CONFLICT = re.compile(
    # Syncthing: name.sync-conflict-20250214-030405-ABCDEFG.json
    r"\.sync-conflict-\d{8}-\d{6}(?:-\w+)?\.json$"
    # Dropbox, Nextcloud, ownCloud: name (A's conflicted copy 2025-02-14).json, name (충돌하는 사본 …).json
    r"|\s\([^)]*(?:conflict|충돌)[^)]*\)\.json$"
    r"|[ _-]conflict[^/]*\.json$"
    # git: name.json.orig, name.json~HEAD, name_BACKUP_123.json and the like
    r"|\.json\.orig$|\.json~[^/]+$|_(?:BACKUP|LOCAL|REMOTE|BASE)_\d+\.json$"
    # Drive, Finder: name (1).json, name 2.json
    r"|\s\(\d+\)\.json$|\s\d+\.json$",
    re.IGNORECASE,
)
_ID = re.compile(r"[0-9a-f]{12,64}")
_OURS = re.compile(
    r"^<{7}[^\n]*\n(.*?)(?:^\|{7}[^\n]*\n.*?)?^={7}\n(.*?)^>{7}[^\n]*\n", re.MULTILINE | re.DOTALL
)

Record = Mapping[str, Any]
Tables = Mapping[str, Mapping[str, Record]]


def is_conflict_copy(name: str) -> bool:
    """Whether this is the name of another machine's version of one of our files."""
    return _CONFLICT.search(name) is not None


def original(name: str) -> str | None:
    """The name of the file that a conflict copy is a version of; `None` where it cannot be told."""
    if not is_conflict_copy(name):
        return None
    for own in ("tags", "state"):
        if name.startswith(own):
            return f"{own}.json"
    match = _ID.match(name)
    return f"{match.group()}.json" if match else None


def has_git_markers(data: bytes) -> bool:
    """Whether git left its conflict markers in a file."""
    return b"<<<<<<<" in data and b">>>>>>>" in data


def git_sides(data: bytes) -> tuple[bytes, bytes]:
    """The two versions of a file with git's conflict markers."""
    text = data.decode("utf-8", "surrogateescape")
    ours, theirs = _OURS.sub(r"\1", text), _OURS.sub(r"\2", text)
    return ours.encode("utf-8", "surrogateescape"), theirs.encode("utf-8", "surrogateescape")


def merge_tables(one: Tables, other: Tables) -> dict[str, dict[str, dict[str, Any]]]:
    """Two versions of a file as one."""
    merged: dict[str, dict[str, dict[str, Any]]] = {}
    for name in {**one, **other}:
        first, second = one.get(name, {}), other.get(name, {})
        merged[name] = {
            key: merge_records(first[key], second[key])
            if key in first and key in second
            else dict(first.get(key) or second[key])
            for key in {**first, **second}
        }
    return merged


def merge_records(one: Record, other: Record) -> dict[str, Any]:
    """Two versions of a record as one: of each field the newest value. Of two equally old, the one that comes later in order of value, so
    that both machines arrive at the same."""
    merged: dict[str, Any] = {}
    for field in {**one, **other}:
        if field == "changed":
            continue
        if field not in one or field not in other:
            merged[field] = one[field] if field in one else other[field]
            continue
        first, second = (_time(one, field), repr(one[field])), (_time(other, field), repr(other[field]))
        merged[field] = one[field] if first >= second else other[field]
    times_one, times_other = times(one), times(other)
    if times_one or times_other:
        merged["changed"] = {
            field: max(str(times_one.get(field, "")), str(times_other.get(field, "")))
            for field in {**times_one, **times_other}
        }
    # A note that both changed: the older one is kept below the newer, for the reader to judge.
    if "note" in one and "note" in other:
        merged["note"] = _both_notes(one, other, str(merged["note"]))
    return merged


def _time(record: Record, field: str) -> str:
    changed = times(record)
    if field in changed:
        return str(changed[field])
    return str(record.get("created") or record.get("updated") or "")


def _both_notes(one: Record, other: Record, newest: str) -> str:
    notes = {str(one["note"]), str(other["note"])}
    both_changed = all("note" in times(record) for record in (one, other))
    loser = next(iter(notes - {newest}), "")
    if both_changed and loser and loser not in newest:
        return f"{newest}\n\n{loser}" if newest else newest
    return newest
