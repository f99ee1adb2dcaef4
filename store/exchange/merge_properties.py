"""Merging a file's properties, key by key."""

from __future__ import annotations

from collections.abc import Sequence

from store.exchange.record import Record
from store.exchange.sheet import Property, Sheet, hash_lines


def merge_properties(
    there: Sequence[Property], record: Record, sheet: Sheet
) -> tuple[list[Property], dict[str, str], dict[str, tuple[str, ...]]]:
    """The properties for the file, and for its record their hashes and the items of lists.

    As the program wrote it last, a key is brought up to date, or goes; edited, it stays; deleted, it stays away. A list of tags
    that was edited keeps the person's items, and gains and loses what the library did.
    """
    wanted = {item.key: item for item in sheet.properties}
    seen = {item.key for item in there}
    result: list[Property] = []
    hashes: dict[str, str] = {}
    values: dict[str, tuple[str, ...]] = {}
    for item in there:
        new = wanted.get(item.key)
        last = record.properties.get(item.key)
        now = hash_lines(item.lines)
        if new is None:
            if last is None or now != last:
                result.append(item)
            continue
        wrote = hash_lines(new.lines)
        merged = item if now == last else _with_values(item, record.values.get(item.key), new.values)
        if now == last or hash_lines(merged.lines) == wrote:
            result.append(new)
            hashes[item.key] = wrote
        else:
            result.append(merged)
            # A hash that no lines have: edited it is, until it agrees again.
            hashes[item.key] = last or "edited"
        if new.values:
            values[item.key] = new.values
    for item in sheet.properties:
        if item.key in seen:
            continue
        hashes[item.key] = hash_lines(item.lines)
        if item.values:
            values[item.key] = item.values
        # Deleted by a person, it stays away; but for the one that names the file.
        if item.key not in record.properties or item.key == "mitjul":
            result.append(item)
    return result, hashes, values


def _with_values(item: Property, base: tuple[str, ...] | None, new: tuple[str, ...]) -> Property:
    """An edited list: the person's lines, with what the library gained, without what it lost."""
    if base is None or not item.values or len(item.lines) != len(item.values) + 1:
        return item
    gained = [value for value in new if value not in base and value not in item.values]
    lost = {value for value in base if value not in new}
    kept = [line for line, value in zip(item.lines[1:], item.values, strict=True) if value not in lost]
    indent = item.lines[1][: len(item.lines[1]) - len(item.lines[1].lstrip())]
    lines = (item.lines[0], *kept, *(f"{indent}- {value}" for value in gained))
    return item if len(lines) == 1 else Property(item.key, lines, ())
