"""Notes while they are being typed: every keystroke is on the disk, so that a killed program loses none of them.

A draft is a small file of its own. It is dropped when the note itself has been saved, and what is still there at the next start
is put into the note it belongs to. Writing one does not wait for the disk (the system has it, also when the program dies); saving the
note does.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from store.text import clean


class Target(NamedTuple):
    """What a note is on: a mark, a whole article, or a passage `[start, end)` that has no mark yet."""

    kind: Literal["mark", "article", "passage"]
    article: str
    mark: str = ""
    start: int = 0
    end: int = 0


class Drafts:
    """The drafts of one library, in a folder of it."""

    def __init__(self, library: Path) -> None:
        self.folder = library / "drafts"

    def _path(self, target: Target) -> Path:
        return self.folder / f"{hashlib.sha256(json.dumps(target).encode()).hexdigest()[:16]}.json"

    def put(self, target: Target, text: str) -> None:
        """Keep a draft.

        Raises:
            OSError: the disk says no.
        """
        self.folder.mkdir(exist_ok=True)
        path = self._path(target)
        new = path.with_suffix(".new")
        new.write_text(json.dumps({"target": target, "text": text}, ensure_ascii=False), "utf-8")
        os.replace(new, path)

    def drop(self, target: Target) -> None:
        """Forget a draft, if there is one."""
        self._path(target).unlink(missing_ok=True)

    def left(self) -> Iterator[tuple[Target, str]]:
        """The drafts that an earlier run left. A file that is none is passed over and stays."""
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.glob("*.json")):
            try:
                record = json.loads(path.read_text("utf-8"))
                kind, article, mark, start, end = record["target"]
                found = Target(kind, str(article), str(mark), int(start), int(end))
                text = record["text"]
            except (OSError, ValueError, KeyError, TypeError):
                continue
            if kind in ("mark", "article", "passage") and isinstance(text, str):
                yield found, clean(text)
