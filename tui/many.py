"""Rows of a long list, not kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from tui.rows import Row

T = TypeVar("T")


class Many(Sequence["Row"]):
    """Thousands of rows that can all be picked and are equally high: each is made when it is asked for.

    Args:
        items: what they show; may change while it is shown, but not how many there are.
        row: the row of one of them.
        height: lines of a row.
    """

    def __init__(self, items: Sequence[T], row: Callable[[T], Row], height: int) -> None:
        self.items: Sequence[Any] = items
        self._row: Callable[[Any], Row] = row
        self.height = height

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, n: int) -> Row: ...
    @overload
    def __getitem__(self, n: slice) -> Sequence[Row]: ...
    def __getitem__(self, n: int | slice) -> Row | Sequence[Row]:
        return self._row(self.items[n]) if isinstance(n, int) else [self._row(one) for one in self.items[n]]
