"""Rows of a long list, not kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from tui.rows import Row


class Many(Sequence["Row"]):
    """Thousands of rows that can all be picked and are equally high: each is made when it is asked for.

    Args:
        keys: of the rows.
        row: the row of a key.
        height: lines of a row.
    """

    def __init__(self, keys: Sequence[str], row: Callable[[str], Row], height: int) -> None:
        self.keys = keys
        self._row = row
        self.height = height

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, n: int) -> Row: ...
    @overload
    def __getitem__(self, n: slice) -> Sequence[Row]: ...
    def __getitem__(self, n: int | slice) -> Row | Sequence[Row]:
        return self._row(self.keys[n]) if isinstance(n, int) else [self._row(key) for key in self.keys[n]]
