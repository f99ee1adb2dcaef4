"""What could be a heading, by its looks, and how deep."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.furniture import SPEAKER
from store.ingest.head import HEADING_MARKS
from store.ingest.lines import Line

_BRACKETED = re.compile(r"^(?:<[^<>]{2,30}>|〈[^〈〉]{2,30}〉|【[^【】]{2,30}】)$")


def heading_key(line: Line) -> str:
    """The kind of heading that the line could be: `#2`, a symbol, `number`, `bold`, `plain`, or empty."""
    if line.mark == "#":
        return f"#{line.level}"
    if line.mark and line.mark in HEADING_MARKS:
        return line.mark
    if line.mark[:1].isdigit():
        return "number" if len(line.text) <= 50 and line.prose < 20 else ""
    if line.mark or line.strength >= 2 or line.linked > 0.5:
        return ""
    if SPEAKER.match(line.text):
        return "speaker"
    if line.prose >= 20 or len(line.text) > 60:
        return ""
    if _BRACKETED.match(line.text):
        return "bracket"
    return "bold" if line.bold else "plain"


def heading_levels(lines: Sequence[Line]) -> dict[str, int]:
    """Levels by kind: Markdown's by their depth, then the others in the order in which they first stand."""
    depths = sorted({line.level for line in lines if line.mark == "#"})
    levels = {f"#{depth}": rank for rank, depth in enumerate(depths, 1)}
    base = len(levels)
    for line in lines:
        key = heading_key(line)
        if not key or key in levels:
            continue
        if key in {"plain", "bold", "speaker"}:
            levels[key] = base + 1 if not levels else max(1, base + (0 if base else 1))
        else:
            ranks = [level for other, level in levels.items() if other in HEADING_MARKS or other == "number"]
            levels[key] = min(6, (max(ranks) if ranks else base) + 1)
    return levels
