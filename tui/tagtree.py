"""The two lists of the tag screen, and the tags as a tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from store.model import Annotation, Tag
from tui import actions
from tui.frame import Panel
from tui.rows import RowList


class Tree(RowList):
    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("tag")


class Tagged(RowList):
    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("tagged")


class Side(Panel):
    """A rule over one list."""

    def __init__(self, name: str, rows: RowList, *, right: str = "", id: str) -> None:
        super().__init__(name, right=right, id=id)
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


def under(mark: Annotation, name: str) -> bool:
    """Whether a mark has this tag or one below it."""
    return any(tag == name or tag.startswith(f"{name}/") for tag in mark.tags)
