"""Times taken, and the rows they are printed in."""

from __future__ import annotations

import time
from collections.abc import Callable


def milliseconds(act: Callable[[], object], times: int) -> list[float]:
    """How long an act takes, each time, sorted."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    return sorted(found)


def row(what: str, *values: object) -> None:
    print(
        f"{what:<46}"
        + "".join(f"{value if isinstance(value, str) else f'{value:,.2f}':>14}" for value in values)
    )
