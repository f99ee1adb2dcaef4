"""The tags of the library, those with a hot key first; and how a tag is written everywhere on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult

from store.model import Tag
from store.tags import COLOUR_NAMES as COLOUR_NAMES
from store.tags import next_look as next_look
from tui.frame import Panel
from tui.language import say
from tui.rows import Row, RowList, Run, spread, wrapped

DEFAULT_COLOUR = "grey"


def tag_run(name: str, colour: str) -> Run:
    """A tag as it is written: `#비용` in its colour."""
    return (f"#{name}", f"tag-{colour or DEFAULT_COLOUR}")


def colours(tags: Sequence[Tag]) -> dict[str, str]:
    """Name of a tag to its colour; a tag below another has that one's unless it has its own."""
    own = {tag.name: tag.colour for tag in tags if tag.colour}
    found = {}
    for tag in tags:
        name = tag.name
        while name and name not in own:
            name = name.rpartition("/")[0]
        found[tag.name] = own.get(name, DEFAULT_COLOUR)
    return found


class TagsPanel(Panel):
    """Keys of its rows are names of tags."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(say("태그", "Tags"), left="├", id=id)
        self.list = RowList(id="tag-rows")

    def body(self) -> ComposeResult:
        yield self.list

    def show(self, tags: Sequence[Tag], used: Mapping[str, int]) -> None:
        """Show the tags; `used` counts those of the open article."""
        look = colours(tags)
        self.rule.info = str(len(tags) or "")
        if not tags:
            hint = say("t를 눌러 첫 태그를 다세요.", "Press t to give a passage its first tag.")
            self.list.show(
                [Row("none", lambda width: wrapped(hint, width, style="muted"), pickable=False)], ""
            )
            return
        self.list.show([self._row(tag, look[tag.name], used.get(tag.name, 0)) for tag in tags])

    @staticmethod
    def _row(tag: Tag, colour: str, used: int) -> Row:
        count = f"{used}/{tag.count}" if used else str(tag.count)
        key = (f"{tag.hotkey or ' '} ", "accent")
        return Row(
            tag.name, lambda width: [spread([key, tag_run(tag.name, colour)], [(count, "muted")], width)], 1
        )
