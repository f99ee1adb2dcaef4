"""The styles of the article view, put together from the theme's variables; so that a theme can change every one of them."""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color

from store.model import COLOURS

if TYPE_CHECKING:
    from textual.widget import Widget

_BOLD = Style(bold=True)
_NONE = Style.null()
LOOKS: dict[str, tuple[str, str, Style]] = {
    "text": ("foreground", "", _NONE),
    "title": ("foreground", "", _BOLD),
    "subtitle": ("muted", "", _NONE),
    "meta": ("muted", "", _NONE),
    "summary": ("foreground", "", _NONE),
    "summary-frame": ("line", "", _NONE),
    "heading1": ("primary", "", _BOLD),
    "heading2": ("secondary", "", _BOLD),
    "heading3": ("foreground", "", _BOLD),
    "quotation": ("foreground", "", _NONE),
    "quotation-bar": ("faint", "", _NONE),
    "list-marker": ("primary", "", _NONE),
    "caption": ("muted", "", _NONE),
    "footnote": ("muted", "", _NONE),
    "reference": ("muted", "", _NONE),
    "table": ("foreground", "", _NONE),
    "table-rule": ("line", "", _NONE),
    "rule": ("line", "", _NONE),
    "paywall": ("warning", "", _NONE),
    "removed": ("faint", "", _NONE),
    "removed-reason": ("secondary", "", _NONE),
    "cursor": ("", "row", _NONE),
    "cursor-sign": ("primary", "", _NONE),
    "selection": ("", "selection", _BOLD),
    "flash": ("", "found", _NONE),
    "hit": ("", "found", _BOLD),
    "hit-current": ("background", "primary", _BOLD),
    "link": ("secondary", "", _NONE),
    "mark": ("", "tag-grey-ground", _NONE),
    "mark-lane0": ("", "", Style(underline=True)),
    "mark-lane1": ("", "", Style(underline2=True)),
    "mark-lane2": ("", "", Style(underline=True, overline=True)),
    "mark-many": ("", "", Style(bold=True, underline2=True, overline=True)),  # in a heading all is bold
    "lane": ("primary", "", _NONE),
    "label": ("muted", "", _NONE),
    "note-sign": ("primary", "", _NONE),
    # A track would double the line of the panel beside it: only the thumb and the signs are seen.
    "map": ("background", "", _NONE),
    "map-thumb": ("line", "", _NONE),
    "map-mark": ("primary", "", _NONE),
    "map-hit": ("warning", "", _NONE),
    **{f"colour-{name}": (f"tag-{name}", f"tag-{name}-ground", _NONE) for name in COLOURS},
}
"""For each name the theme's variables for its colour and its ground ("" where it has none of its own), and its attributes.

Not component classes: with every change of a class on the screen Textual would match each of them anew.
"""

WITHOUT_COLOUR: dict[str, Style] = {
    "selection": Style(bold=True, reverse=True),
    "hit": Style(reverse=True),
    "hit-current": Style(bold=True, underline=True, reverse=True),
}
"""Attributes where grounds are not to be seen. The cursor has its sign, and marks have their lines under the text, everywhere."""
_COLOURLESS = re.compile(r"dumb|unknown|vt\d\d\d?|.*-m(ono)?")

STYLESHEET = """
ArticleView {
    background: $background;
    color: $foreground;
    overflow-x: hidden;
    overflow-y: scroll;
    scrollbar-size: 0 0;
}
"""


def colourless() -> bool:
    """Whether the terminal's name is that of one without colours."""
    return bool(_COLOURLESS.fullmatch(os.environ.get("TERM", "")))


class Palette:
    """Rich styles for the names of `LOOKS`, and for several of them on one another.

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
        """Colour and ground that a name sets itself (None where it does not), and its attributes. `ink:` before the name takes its
        colour alone, `ground:` its ground alone."""
        if name in self._parts:
            return self._parts[name]
        kind, _, bare = name.rpartition(":")
        ink, under, attributes = LOOKS[bare]
        variables = self._widget.app.theme_variables
        colour = Color.parse(variables[ink]) if ink and kind != "ground" else None
        ground = Color.parse(variables[under]) if under and kind != "ink" else None
        if bare in WITHOUT_COLOUR and (self._widget.app.no_color or colourless()):
            attributes = WITHOUT_COLOUR[bare]
        part = colour, ground, _NONE if kind else attributes
        self._parts[name] = part
        return part

    def __call__(self, *names: str) -> Style:
        """The style of `names`, later ones over earlier ones."""
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
