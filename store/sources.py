"""The texts that searches look into, those used last kept in memory: as one types, every key looks into the same ones."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.samples import is_sample
from store.tables import unpack
from store.terms import fold

if TYPE_CHECKING:
    from store.index import Index

KEPT = 12_000_000
"""Characters kept, of two bytes each: some 4,000 articles of 8 KB."""


class Source:
    """An article as a search looks into it. `n` is its number in the index; `head` has its title in the first line, `spans` the starts and
    ends of its sentences by turns."""

    __slots__ = ("_folded", "counted", "head", "id", "n", "sample", "size", "spans", "text")

    def __init__(self, n: int, id: str, text: str, head: str, sentences: bytes) -> None:
        self.n, self.id, self.text, self.head = n, id, text, head
        self.spans = array("I", sentences)
        self.sample = is_sample(id)
        self.size = len(text)
        """Characters kept of it."""
        self.counted = 0
        """How many of them have been counted."""
        self._folded: str | None = None

    @property
    def title(self) -> str:
        return self.head.partition("\n")[0]

    @property
    def folded(self) -> str:
        """The text for comparison; see `terms.fold`."""
        if self._folded is None:
            self._folded = fold(self.text)
            self.size *= 2
        return self._folded

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
        """The one that was asked for last comes last."""
        self._size = 0
        self.state: object = None
        """The index's, as of `freshen`."""

    def freshen(self) -> None:
        """Forget what is kept when the index has changed since."""
        state = self._index.state()
        if state != self.state:
            self._kept.clear()
            self._size, self.state = 0, state

    def get(self, n: int) -> Source | None:
        """The text of that number; `None` where there is none."""
        return next(self.each([n]), None)

    def each(self, numbers: Sequence[int]) -> Iterator[Source]:
        """The texts of these numbers, in their order. Those that are not kept are fetched by one statement, each as it is asked for: nothing
        is to be written before the last is taken or the rest forgotten."""
        kept = self._kept
        known = [kept.get(n) for n in numbers]
        missing = [n for n, source in zip(numbers, known, strict=True) if source is None]
        fetched = self._fetched(missing) if missing else iter(())
        for one in known:
            source = one or next(fetched, None)
            if source is None:
                continue
            kept.pop(source.n, None)
            kept[source.n] = source
            # It may have been folded since it was counted.
            if source.counted != source.size:
                self._count(source)
            yield source

    def _fetched(self, numbers: Sequence[int]) -> Iterator[Source]:
        # Tables that are cross joined are gone through as they stand ("The SQLite Query Optimizer", 7.3).
        sql = (
            "SELECT p.n, p.id, p.text, p.head, p.sentences"
            " FROM json_each(?) wanted CROSS JOIN packed p ON p.n = wanted.value"
        )
        for n, id, text, head, sentences in self._index.stream(sql, (str(numbers),)):
            yield Source(n, id, unpack(text), head, sentences)

    def _count(self, source: Source) -> None:
        """Count what is kept of one, and keep no more than `KEPT` together, but for this one."""
        kept = self._kept
        self._size += source.size - source.counted
        source.counted = source.size
        while self._size > KEPT and len(kept) > 1:
            # The one that was not asked for the longest.
            oldest = kept.pop(next(iter(kept)))
            self._size -= oldest.counted
            oldest.counted = 0
