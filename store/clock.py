"""The time, as records have it."""

from __future__ import annotations

import datetime


def now() -> str:
    """UTC in ISO 8601 with milliseconds and `Z`."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")[:23] + "Z"
