"""From one schema of the files to the next.

A file is brought up to date in memory when it is read, and on the disk when it is next written; what it was before goes to the folder of things set
aside first. So a migration can be killed at any moment, and an unread article costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from store import model

Tables = dict[str, dict[str, Any]]

STEPS: dict[int, Callable[[Tables], Tables]] = {}
"""The step from each schema to the next, by the number of the older. A step takes every kind of file, and leaves those that it does not concern."""


def schema_of(tables: Tables) -> int:
    """The number of the schema in which a file was written; the present one where it does not say."""
    number = tables.get("file", {}).get("1", {}).get("schema", model.SCHEMA)
    return number if isinstance(number, int) else model.SCHEMA


def migrate(tables: Tables) -> Tables:
    """Tables of an older schema as the present one has them."""
    number = schema_of(tables)
    while number < model.SCHEMA:
        tables = STEPS[number](tables)
        number += 1
        tables.setdefault("file", {})["1"] = {"schema": number}
    return tables
