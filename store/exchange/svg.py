"""Small charts as SVG, drawn by hand: a timeline and bars. No script, no outside font; every number stands beside its bar."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape as escape_html

from store.text import clean_line

WIDTH = 680
ROW = 24
LABEL = 190


def bars(rows: Sequence[tuple[str, int]], *, title: str) -> str:
    """Horizontal bars, a row each: `(label, count)`."""
    if not rows:
        return ""
    most = max(count for _, count in rows)
    room = WIDTH - LABEL - 50
    parts = []
    for number, (label, count) in enumerate(rows):
        y = number * ROW
        length = max(2, round(room * count / most))
        parts.append(
            f'<text class="label" x="{LABEL - 8}" y="{y + 16}" text-anchor="end">{escape(_short(label))}</text>'
            f'<rect class="bar" x="{LABEL}" y="{y + 5}" width="{length}" height="14" rx="2"/>'
            f'<text class="number" x="{LABEL + length + 6}" y="{y + 16}">{count}</text>'
        )
    return _svg(parts, len(rows) * ROW, title)


def timeline(points: Sequence[tuple[str, int, str]], *, title: str) -> str:
    """Marks over time: `(date, count, label)`, the date `YYYY-MM-DD` or `YYYY-MM`. The circles' areas are as the counts."""
    dated = sorted((_day(date), date, count, label) for date, count, label in points)
    if not dated:
        return ""
    first, last = dated[0][0], dated[-1][0]
    span = max(1, last - first)
    most = max(count for _, _, count, _ in dated)
    left, right = 40, WIDTH - 40
    lanes: list[float] = []
    drawn = []
    for day, date, count, label in dated:
        x = (left + right) / 2 if first == last else left + (right - left) * (day - first) / span
        words = f"{date} {_short(label, 14)}"
        reach = 7 * sum(2 if ord(c) > 0x2E80 else 1 for c in words) / 2
        anchor, from_x = (
            ("start", x)
            if x < WIDTH * 0.25
            else ("end", x - 2 * reach)
            if x > WIDTH * 0.75
            else ("middle", x - reach)
        )
        lane = next((n for n, end in enumerate(lanes) if end < from_x), len(lanes))
        lanes[lane : lane + 1] = [from_x + 2 * reach + 12]
        drawn.append((x, lane, 4 + 8 * (count / most) ** 0.5, words, anchor, count, date.count("-") == 2))
    base = 14 + len(lanes) * 18 + 18
    # Stems under labels, which have a halo: where one crosses the other, the words stay readable.
    parts = [
        f'<line class="stem" x1="{x:.1f}" x2="{x:.1f}" y1="{18 + lane * 18}" y2="{base}"/>'
        for x, lane, *_ in drawn
    ]
    for x, lane, radius, words, anchor, count, exact in drawn:
        parts.append(
            f'<circle class="{"dot" if exact else "dot month"}" cx="{x:.1f}" cy="{base}" r="{radius:.1f}"><title>{count}</title></circle>'
            f'<text class="label" x="{x:.1f}" y="{14 + lane * 18}" text-anchor="{anchor}">{escape(words)} · {count}</text>'
        )
    height = base + 20
    axis = f'<line class="axis" x1="{left - 20}" x2="{right + 20}" y1="{base}" y2="{base}"/>'
    return _svg([axis, *parts], height, title)


def _svg(parts: Sequence[str], height: int, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def _short(label: str, most: int = 16) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"


def _day(date: str) -> int:
    """A date as a number of days, nearly; a month's middle where there is no day."""
    year, month, day = (int(part) for part in [*date.split("-"), "15"][:3])
    return year * 372 + month * 31 + day


def escape(text: str) -> str:
    """`text` as the words of an element or an attribute."""
    return escape_html(clean_line(text))
