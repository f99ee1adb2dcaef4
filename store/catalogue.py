"""What is in the library, in memory: a line for each article, its marks, its note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from store.model import Annotation, Article, Extracts


@dataclass
class Entry:
    """What the catalogue knows of an article."""

    article: Article
    extracts: Extracts | None
    marks: tuple[Annotation, ...] = ()
    note: str = ""
    trashed: str = ""


@dataclass
class Catalogue:
    entries: dict[str, Entry] = field(default_factory=dict)

    def put_article(self, article: Article, extracts: Extracts | None) -> None:
        old = self.entries.get(article.id)
        entry = Entry(article, extracts)
        if old is not None:
            entry.marks, entry.note, entry.trashed = old.marks, old.note, old.trashed
        self.entries[article.id] = entry

    def put_marks(self, id: str, marks: Iterable[Annotation], note: str, trashed: str) -> None:
        entry = self.entries.get(id)
        if entry is not None:
            entry.marks = tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.id)))
            entry.note, entry.trashed = note, trashed

    def has(self, id: str) -> bool:
        return id in self.entries

    def by_sha(self, sha256: str) -> list[str]:
        return [id for id, entry in self.entries.items() if entry.article.raw.sha256 == sha256]

    def by_url(self, url: str) -> list[str]:
        return [id for id, entry in self.entries.items() if entry.article.url == url]
