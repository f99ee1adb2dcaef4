"""The styles of the article view, put together from component classes; so that a theme can change every one of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color

from store.model import COLOURS

if TYPE_CHECKING:
    from textual.widget import Widget

PREFIX = "article--"
NAMES = (
    "text", "title", "subtitle", "meta", "summary", "summary-frame", "heading1", "heading2", "heading3", "quotation", "quotation-bar",
    "list-marker", "caption", "footnote", "reference", "table", "table-rule", "rule", "paywall", "removed", "removed-reason",
    "cursor", "cursor-sign", "selection", "flash", "hit", "hit-current", "link",
    "mark", "mark-lane0", "mark-lane1", "mark-lane2", "mark-many", "lane", "label", "note-sign",
    "map", "map-thumb", "map-mark", "map-hit",
    *(f"colour-{name}" for name in COLOURS),
)  # fmt: skip
COMPONENTS = frozenset(PREFIX + name for name in NAMES)

STYLESHEET = (
    """
ArticleView {
    background: $background;
    color: $foreground;
    overflow-x: hidden;
    overflow-y: scroll;
    scrollbar-size: 0 0;

    & .article--text { color: $foreground; }
    & .article--title { color: $foreground; text-style: bold; }
    & .article--subtitle { color: $text-muted; }
    & .article--meta { color: $text-muted; }
    & .article--summary { color: $foreground; }
    & .article--summary-frame { color: $line; }
    & .article--heading1 { color: $primary; text-style: bold; }
    & .article--heading2 { color: $secondary; text-style: bold; }
    & .article--heading3 { color: $foreground; text-style: bold; }
    & .article--quotation { color: $foreground; }
    & .article--quotation-bar { color: $faint; }
    & .article--list-marker { color: $primary; }
    & .article--caption { color: $text-muted; }
    & .article--footnote { color: $text-muted; }
    & .article--reference { color: $text-muted; }
    & .article--table { color: $foreground; }
    & .article--table-rule { color: $line; }
    & .article--rule { color: $line; }
    & .article--paywall { color: $warning; }
    & .article--removed { color: $faint; }
    & .article--removed-reason { color: $secondary; }
    & .article--cursor { background: $row; }
    & .article--cursor-sign { color: $primary; }
    & .article--selection { background: $selection; text-style: bold; }
    & .article--flash { background: $found; }
    & .article--hit { background: $found; text-style: bold; }
    & .article--hit-current { color: $background; background: $primary; text-style: bold; }
    & .article--link { color: $secondary; }
    & .article--mark { background: $tag-grey-ground; }
    & .article--mark-lane0 { text-style: underline; }
    & .article--mark-lane1 { text-style: uu; }
    & .article--mark-lane2 { text-style: underline overline; }
    & .article--mark-many { text-style: bold uu; }
    & .article--lane { color: $primary; }
    & .article--label { color: $text-muted; }
    & .article--note-sign { color: $primary; }
    & .article--map { color: $line; }
    & .article--map-thumb { color: $faint; }
    & .article--map-mark { color: $primary; }
    & .article--map-hit { color: $warning; }
"""
    + "".join(
        f"    & .article--colour-{name} {{ color: $tag-{name}; background: $tag-{name}-ground; }}\n"
        for name in COLOURS
    )
    + "}\n"
)


class Palette:
    """Rich styles of a widget's component classes, and of several of them on one another.

    Remembers what it has put together: call `clear` when the theme or the stylesheet changes.
    """

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._made: dict[tuple[str, ...], Style] = {}
        self._parts: dict[str, tuple[Color | None, Color | None, Style]] = {}

    def clear(self) -> None:
        self._made.clear()
        self._parts.clear()
        self.__dict__.pop("_ground", None)

    @cached_property
    def _ground(self) -> tuple[Color, Color]:
        _, _, background, colour = self._widget.colors
        return background, colour

    def _part(self, name: str) -> tuple[Color | None, Color | None, Style]:
        """Colour and ground that a class sets itself (None where it does not), and its attributes. `ink:` before the name takes its
        colour alone, `ground:` its ground alone."""
        if name in self._parts:
            return self._parts[name]
        kind, _, bare = name.rpartition(":")
        styles = self._widget.get_component_styles(PREFIX + bare)
        colour = styles.color if styles.has_rule("color") and kind != "ground" else None
        ground = styles.background if styles.has_rule("background") and kind != "ink" else None
        part = colour, ground, Style() if kind else styles.text_style
        self._parts[name] = part
        return part

    def __call__(self, *names: str) -> Style:
        """The style of the classes `names` (without their prefix), later ones over earlier ones."""
        found = self._made.get(names)
        if found is not None:
            return found
        background, colour = self._ground
        attributes = Style()
        for name in names:
            own, ground, more = self._part(name)
            if ground is not None:
                background = background + ground
            if own is not None:
                colour = own
            attributes += more
        style = Style.from_color((background + colour).rich_color, background.rich_color) + attributes
        self._made[names] = style
        return style
