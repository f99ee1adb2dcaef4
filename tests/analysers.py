"""A stand-in for the analyser, for tests of what is kept of its findings: it needs no Kiwi and no process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from store.errors import MitjulError
from store.korean import EXTRACTOR
from store.model import Extracts, Page

FOUND = Extracts(version=EXTRACTOR)
Result = tuple[str, Extracts | MitjulError]


class Quick:
    """Finds nothing in any page, at once; has trouble with those that are called so."""

    def __init__(self, workers: int = 1) -> None: ...
    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...
    def close(self) -> None: ...
    def analyse(self, pages: Iterable[tuple[str, Page] | None]) -> Iterator[Result]:
        for item in pages:
            if item is not None:
                trouble = "말썽" in item[1].title
                yield item[0], MitjulError("못 합니다.", "It cannot be.") if trouble else FOUND
