"""The texts that searches look into, those used last kept in memory: as one types, every key looks into the same ones."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from store.tables import unpack
from store.terms import fold

if TYPE_CHECKING:
    from store.index import Index

KEPT = 12_000_000
"""Characters kept, of two bytes each: some 4,000 articles of 8 KB."""


class Source:
    """An article as a search looks into it. `head` has its title in the first line, `spans` the starts and ends of its sentences by turns."""

    def __init__(self, id: str, text: str, head: str, sentences: bytes) -> None:
        self.id, self.title, self.text, self.head = id, head.partition("\n")[0], text, head
        self.size = len(text)
        """Characters kept of it."""
        self.spans = array("I")
        self.spans.frombytes(sentences)

    @cached_property
    def folded(self) -> str:
        """The text for comparison; see `terms.fold`."""
        self.size *= 2
        return fold(self.text)

    def beginning(self) -> tuple[int, int]:
        """The range to show where no passage answers by itself: the first sentence."""
        return (self.spans[0], self.spans[1]) if self.spans else (0, min(200, len(self.text)))

    def around(self, start: int, end: int) -> str:
        """The sentences that a range touches."""
        first = max(bisect_right(self.spans, start) - 1, 0) // 2 * 2
        last = bisect_left(self.spans, end) | 1
        return (
            self.text[self.spans[first] : self.spans[min(last, len(self.spans) - 1)]]
            if self.spans
            else self.text
        )


class Texts:
    """Texts by the index's numbers. Hold the library's lock."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._kept: dict[int, Source] = {}
        self._sizes: dict[int, int] = {}
        self._size = 0
        self._state: object = None

    def freshen(self) -> None:
        """Forget what is kept when the index has changed since."""
        state = self._index.state()
        if state != self._state:
            self._kept.clear()
            self._sizes.clear()
            self._size, self._state = 0, state

    def get(self, n: int) -> Source | None:
        """The text of that number; `None` where there is none."""
        source = self._kept.pop(n, None)
        if source is not None:
            # Kept again as the one that was asked for last; it may have been folded since.
            self._size += source.size - self._sizes[n]
        else:
            rows = self._index.rows("SELECT id, text, head, sentences FROM packed WHERE n = ?", (n,))
            if not rows:
                return None
            id, text, head, sentences = rows[0]
            source = Source(id, unpack(text), head, sentences)
            self._size += source.size
        self._kept[n], self._sizes[n] = source, source.size
        while self._size > KEPT and len(self._kept) > 1:
            # The one that was not asked for the longest.
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._size -= self._sizes.pop(oldest)
        return source
