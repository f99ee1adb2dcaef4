"""Where the window turns to."""

from __future__ import annotations

import pytest

from tui.article.turning import CONTEXT, turned

HEAD = 4


@pytest.mark.parametrize(
    ("first", "last", "jump", "top"),
    [
        (110, 112, False, None),  # well inside
        (103, 103, False, None),  # with just the lines around it
        (102, 102, False, 100 - 27),  # a line too near to the top: it stands low in the next window
        (137, 137, False, 137 - 10),  # too near to the bottom: it stands high
        (137, 137, True, None),  # a jump to what is in sight leaves it where it is
        (300, 300, True, 300 - 13),
        (3, 3, False, 0),  # the head comes along with what is below it
        (200, 260, False, 200),  # higher than the window: from its first line on
    ],
)
def test_where_it_goes(first: int, last: int, jump: bool, top: int | None) -> None:
    found = turned(first, last, 100, 40, HEAD, jump=jump)
    assert found == top


@pytest.mark.parametrize("height", [1, 2, 5, 8, 40])
@pytest.mark.parametrize("jump", [False, True])
def test_the_cursor_is_in_sight_afterwards_and_stays_there(height: int, jump: bool) -> None:
    for first in range(200):
        for size in (size for size in (1, 2, 7) if size <= height):
            last = first + size - 1
            top = turned(first, last, 90, height, HEAD, jump=jump)
            if top is None:
                top = 90
            assert max(top, 0) <= first < max(top, 0) + height
            if size + 2 * CONTEXT <= height and not jump:
                assert last < max(top, 0) + height
                assert turned(first, last, max(top, 0), height, HEAD) in (None, max(top, 0))
