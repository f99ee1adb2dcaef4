"""What a dry run shows: the changes of a file as a unified diff. Quick also where the files are long."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

MOST = 4000
"""Lines compared; where more of them differ, those that go and those that come are listed one after the other."""

_RANGE = re.compile(r"(?<=[-+])\d+")


def diff(old: str, new: str, name: str) -> str:
    """The changes from `old` to `new` as a unified diff, without line ends, with a line around each; empty where there are none."""
    before, after = old.splitlines(), new.splitlines()
    if before == after:
        return ""
    # What is alike at both ends is not compared, but for the line that is shown.
    start = max(_alike(before, after) - 1, 0)
    stop = max(_alike(before[start:][::-1], after[start:][::-1]) - 1, 0)
    gone, come = before[start : len(before) - stop], after[start : len(after) - stop]
    if len(gone) + len(come) <= MOST or not gone:
        lines = list(difflib.unified_diff(gone, come, n=1, lineterm=""))[2:]
        hunks = [
            _RANGE.sub(lambda number: str(int(number[0]) + start), line) if line.startswith("@@") else line
            for line in lines
        ]
    else:
        hunks = [f"@@ -{start + 1},{len(gone)} +{start + 1},{len(come)} @@", *(f"-{line}" for line in gone)]
        hunks += [f"+{line}" for line in come]
    return "\n".join([f"--- {name}", f"+++ {name}", *hunks])


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    for number, (line, its) in enumerate(zip(one, other, strict=False)):
        if line != its:
            return number
    return min(len(one), len(other))
