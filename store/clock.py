"""The time, as records have it."""

from __future__ import annotations

import functools
import time


def now() -> str:
    """UTC in ISO 8601 with milliseconds and `Z`."""
    seconds, thousandths = divmod(time.time_ns() // 1_000_000, 1000)
    return f"{_second(seconds)}.{thousandths:03d}Z"


@functools.lru_cache(1)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
