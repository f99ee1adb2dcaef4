"""Notes while they are being typed: every keystroke is kept, so that a killed program loses none of them.

A draft is a small file of its own, among what this machine alone keeps of a library: not in the library's folder, which may be
synchronised. It is dropped when the note itself has been saved, and what is still there at the next start is put into the note it belongs
to. Writing one does not wait for the disk (the system has it, also when the program dies); saving the note does.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from store.clock import now
from store.errors import StorageError
from store.files import local_folder, read_bytes, sweep, write_bytes
from store.text import clean

KEPT = 30 * 24 * 3600.0
"""Seconds after which a draft that nothing came of goes."""


class Target(NamedTuple):
    """What a note is on: a mark, a whole article, or a passage `[start, end)` that has no mark yet."""

    kind: Literal["mark", "article", "passage"]
    article: str
    mark: str = ""
    start: int = 0
    end: int = 0


class _Draft(msgspec.Struct):
    target: Target
    text: str
    written: str


class Drafts:
    """The drafts of one library.

    Args:
        library: its folder.
    """

    def __init__(self, library: Path) -> None:
        self.folder = local_folder(library) / "drafts"

    def _path(self, target: Target) -> Path:
        return self.folder / f"{hashlib.sha256(msgspec.json.encode(target)).hexdigest()[:16]}.json"

    def put(self, target: Target, text: str) -> None:
        """Keep a draft.

        Raises:
            StorageError: the disk says no.
        """
        draft = msgspec.json.encode(_Draft(target, text, now()))
        write_bytes(self._path(target), draft, durable=False, parents=True)

    def has(self, target: Target) -> bool:
        """Whether there is one."""
        return self._path(target).exists()

    def drop(self, target: Target) -> None:
        """Forget a draft, if there is one."""
        with suppress(OSError):
            self._path(target).unlink()

    def expire(self, target: Target) -> None:
        """Forget a draft whose article or mark is gone, when it is old: until then they may come back."""
        path = self._path(target)
        with suppress(OSError):
            if _is_old(path):
                path.unlink()

    def left(self, noted: Callable[[Target], str] = lambda target: "") -> Iterator[tuple[Target, str]]:
        """The drafts that an earlier run left. A file that is none is passed over.

        Args:
            noted: when the note on something was changed last (see `Library.noted`). A draft from before that (the note was written
                on another machine since) is passed over, too, and goes when it is old. The others are for the caller to put into
                their notes, however old they are, or to `expire`.
        """
        sweep(self.folder, older=60.0)
        for path in sorted(self.folder.glob("*.json")):
            try:
                draft = msgspec.json.decode(read_bytes(path) or b"", type=_Draft)
                old = _is_old(path)
            except (msgspec.DecodeError, UnicodeDecodeError, StorageError, OSError):
                continue
            if draft.written >= noted(draft.target):
                yield draft.target, clean(draft.text)
            elif old:
                with suppress(OSError):
                    path.unlink()


def _is_old(path: Path) -> bool:
    return path.stat().st_mtime < time.time() - KEPT
