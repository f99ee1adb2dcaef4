"""Where the window goes when the cursor is no longer well in it. Pure."""

from __future__ import annotations

CONTEXT = 3
"""Lines that are kept in sight above and below the cursor where the window is high enough."""


def turned(first: int, last: int, top: int, height: int, head: int, *, jump: bool = False) -> int | None:
    """The top line for a window in which the cursor, with some lines around it, is to be seen; None where it is already.

    The text stands still while the cursor goes through it; then it turns by most of a window.

    Args:
        first, last: the cursor's lines.
        top, height: the window as it is, in lines.
        head: lines above the text; a cursor just below them brings all of them into sight.
        jump: to a third of the window, and with no more than the cursor itself in sight it stays.
    """
    context = min(CONTEXT, max(0, (height - (last - first + 1)) // 2))
    if first - context >= top and last + context < top + height:
        return None
    if jump and first >= top and last < top + height:
        return None
    if first <= head and last + context < height:
        return 0
    if first - context < top and not jump:
        return max(min(last + 1 - height * 3 // 4, first - context), last + context - height + 1)
    return min(max(first - height // (3 if jump else 4), last + context - height + 1), first - context)
