"""Where things are in a library's folder, and what its files are called."""

from __future__ import annotations

import os
import re
from pathlib import Path

from store.files import storage_error

ARTICLES, MARKS, RAW = "articles", "annotations", "raw"
ASIDE = "set-aside"
"""Damaged files and merged conflict copies go here; nothing is ever deleted from it."""

_ID = re.compile(r"[0-9a-f]{12,64}")
_EXTENSIONS = {
    "text/plain": "txt",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "md",
    "application/pdf": "pdf",
    "application/epub+zip": "epub",
    "application/rss+xml": "xml",
    "application/atom+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
}


class Layout:
    """The paths of a library.

    Args:
        folder: the library's folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tags = folder / "tags.json"
        self.state = folder / "state.json"
        self.index = folder / "index.sqlite"
        self.aside = folder / ASIDE
        self._text = str(folder)

    def place(self) -> tuple[int, int] | None:
        """Tells the library's folder (device and inode) from any other in its place; `None` where there is none with articles in it.

        The inode stays as long as one of the folder's files is open, also on disks that have no numbers of their own (FAT); so this does
        not ask for that of the folder of articles.
        """
        if not os.access(f"{self._text}/{ARTICLES}", os.F_OK):
            return None
        try:
            found = os.stat(self._text)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def article(self, id: str) -> Path:
        """The parsed article and its extracts."""
        return Path(f"{self._text}/{ARTICLES}/{id[:2]}/{id}.json")

    def marks(self, id: str) -> Path:
        """The reader's work on an article."""
        return Path(self.marks_text(id))

    def marks_text(self, id: str) -> str:
        """The same as text: paths are slow."""
        return f"{self._text}/{MARKS}/{id[:2]}/{id}.json"

    def raw(self, sha256: str, media_type: str) -> Path:
        """The bytes with that checksum, as they came."""
        return Path(f"{self._text}/{RAW}/{sha256[:2]}/{sha256[:12]}.{_EXTENSIONS.get(media_type, 'bin')}")

    def shards(self, kind: str) -> list[Path]:
        """The folders of a kind of file that are there, in order."""
        return [self.folder / kind / name for name, _ in self.shard_times(kind)]

    def shard_times(self, kind: str) -> list[tuple[str, int]]:
        """The names of the folders of a kind of file, in order, and when they changed (nanoseconds).

        Raises:
            StorageError: the disk does not say.
        """
        try:
            with os.scandir(f"{self._text}/{kind}") as entries:
                return sorted(
                    (entry.name, entry.stat().st_mtime_ns)
                    for entry in entries
                    if len(entry.name) == 2 and entry.is_dir()
                )
        except FileNotFoundError:
            return []
        except OSError as error:
            raise storage_error(error, self.folder / kind) from error

    def ids(self, kind: str) -> list[str]:
        """The articles of which there is a file of a kind, in order."""
        return [
            path.stem
            for shard in self.shards(kind)
            for path in sorted(shard.glob("*.json"))
            if is_id(path.stem)
        ]


def is_id(text: str) -> bool:
    """Whether this can be an article's id."""
    return _ID.fullmatch(text) is not None
