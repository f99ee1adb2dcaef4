"""The two lists of the tag screen, the tags as a tree, and what there is to show of a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, Protocol, cast

from textual.app import ComposeResult
from textual.binding import BindingType

from store.library import Library
from store.model import Status, Tag
from tui import actions
from tui.frame import Panel
from tui.rows import RowList


class Later(Protocol):
    """A screen that puts acts off."""

    def later(self, id: str) -> bool:
        """Whether an act has been put off until what it is about is there."""


class Patient(RowList):
    """A list whose acts wait until its screen has read what it shows."""

    def action_do(self, id: str) -> None:
        if not cast(Later, self.screen).later(id):
            super().action_do(id)


class Tree(Patient):
    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("tag")


class Tagged(Patient):
    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("tagged")


class Side(Panel):
    """A rule over one list."""

    def __init__(self, name: str, rows: RowList, *, right: str = "", id: str) -> None:
        super().__init__(name, right=right, id=id)
        self.furnished = True
        self.rows = rows

    def body(self) -> ComposeResult:
        yield self.rows


def tree(tags: Sequence[Tag]) -> list[tuple[str, int, Tag | None]]:
    """The tags as a tree, by name: path, depth from 0, and the tag (None for a level that is only above others)."""
    named = {tag.name: tag for tag in tags}
    paths = {
        "/".join(parts[:n])
        for tag in tags
        for parts in [tag.name.split("/")]
        for n in range(1, len(parts) + 1)
    }
    return [
        (path, path.count("/"), named.get(path)) for path in sorted(paths, key=lambda path: path.split("/"))
    ]


class Item(NamedTuple):
    """Something that has tags: a passage, or (`end` is None) an article as a whole, whose title then is its words."""

    id: str
    article: str
    start: int
    end: int | None
    words: str
    tags: tuple[str, ...]
    status: Status = Status.ANCHORED


@dataclass(frozen=True)
class Read:
    """What has been read of a library: its tags, what has them, how often each occurs (those below it counted in), titles of articles."""

    tags: Sequence[Tag] = ()
    items: Sequence[Item] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def under(self, name: str) -> list[Item]:
        """What has this tag or one below it: of each article first the article itself, then its passages."""
        return [item for item in self.items if name in levels(item.tags)]


def levels(tags: Sequence[str]) -> set[str]:
    """The tags and all that they are below: `비용/개발` is `비용`, too."""
    return {"/".join(parts[: n + 1]) for tag in tags for parts in [tag.split("/")] for n in range(len(parts))}


def read(library: Library) -> Read:
    """Read a library. Slow where there are many marks: call it in a thread.

    Raises:
        MitjulError: it cannot be read.
    """
    titles = {summary.id: summary.title for summary in library.list()}
    items = {
        id: [Item(id, id, 0, None, titles[id], tags)]
        for id, tags in library.tagged_articles().items()
        if id in titles
    }
    for mark in library.annotations():
        if mark.tags:
            item = Item(mark.id, mark.article, mark.start, mark.end, mark.exact, mark.tags, mark.status)
            items.setdefault(mark.article, []).append(item)
    every = [item for id in titles for item in items.get(id, ())]
    counts = Counter(level for item in every for level in levels(item.tags))
    return Read(library.tags(), every, counts, titles)


def counted(items: Sequence[Item]) -> tuple[str, str]:
    """How many passages and articles these are, in Korean and English: `구절 2개와 글 1편`."""
    articles = sum(item.end is None for item in items)
    passages = len(items) - articles
    korean = [f"구절 {passages}개"] * bool(passages) + [f"글 {articles}편"] * bool(articles)
    english = [f"{passages} passage{'s' * (passages > 1)}"] * bool(passages)
    english += [f"{articles} article{'s' * (articles > 1)}"] * bool(articles)
    return "와 ".join(korean), " and ".join(english)
