"""What can still be read of a damaged file: each of its records by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_RECORD = re.compile(r'"([0-9a-f]{12,64})": ?(?=\{)')
_DECODER = json.JSONDecoder()


def records(data: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records in a torn, truncated or otherwise damaged file of ours that are whole, with their ids, in order.

    Bytes that are no UTF-8 come as U+FFFD: what stands in such a record is to be believed only where nothing else is known.
    """
    text = data.decode("utf-8", "replace")
    at = 0
    while found := _RECORD.search(text, at):
        try:
            record, at = _DECODER.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            at = found.end()
            continue
        yield found.group(1), record
