"""Opening the library for a command, and the work that several commands share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui.cli.group import folder
from tui.cli.output import complain, progress
from tui.language import say, told

if TYPE_CHECKING:
    from store.library import Library


@contextmanager
def opened(*, write: bool = False) -> Iterator[Library]:
    """The library; to write, or beside another process that writes."""
    from store.library import Library

    with Library.open(folder(), write=write) as library:
        yield library


def analyse(
    library: Library, ids: Sequence[str] | None = None, *, again: bool = False, quiet: bool = False
) -> bool:
    """Analyse articles (default: all that wait), with progress; whether all went well. Complains of each that did not.

    `again`: also those that have been analysed.
    """
    from store.errors import MitjulError

    if again:
        waiting = [item.id for item in library.list()] if ids is None else list(ids)
    else:
        waiting = library.pending() if ids is None else [id for id in library.pending() if id in set(ids)]
    if not waiting:
        return True
    well = True
    with progress("분석", "Analysing", quiet=quiet) as advance:
        advance(0, len(waiting), "")
        workers = 2 if len(waiting) > 40 else 1
        for done, (id, result) in enumerate(library.analyse(waiting, workers=workers), 1):
            advance(done, len(waiting), id)
            if isinstance(result, MitjulError):
                well = False
                complain(
                    say(f"{id}: 분석하지 못했습니다. {result.korean}", f"{id}: not analysed. {told(result)}")
                )
    return well
