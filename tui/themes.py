"""Our own themes, 한지 (light, like mulberry paper) and 먹 (dark, like ink); and the colours that Textual's themes lack.

Every pair of text and ground meets WCAG 2 AA (4.5 : 1), which a test holds us to. Tags have a colour and a mark of their own, so
that no meaning is carried by colour alone.
"""

from __future__ import annotations

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from store.model import COLOURS

LIGHT = "mitjul-light"
DARK = "mitjul-dark"

# Text colours of the nine tags on the light and on the dark ground.
_INKS = {
    "yellow": ("#7A5A00", "#E2C067"),
    "green": ("#3B6B2F", "#A3C78A"),
    "blue": ("#2B5C94", "#8DB4E2"),
    "pink": ("#A13A6C", "#E59CBE"),
    "purple": ("#6E4A9E", "#BFA3E6"),
    "orange": ("#9A4A12", "#E9A571"),
    "teal": ("#1E6A6A", "#7FC4BF"),
    "red": ("#A5352F", "#EC9A90"),
    "grey": ("#5F5B55", "#B3ADA3"),
}
# Grounds of marked passages, under the text's own colour.
_GROUNDS = {
    "yellow": ("#F6E7B4", "#453C20"),
    "green": ("#DDEBCB", "#2C3B27"),
    "blue": ("#D6E4F2", "#253748"),
    "pink": ("#F5DCE7", "#452C39"),
    "purple": ("#E6DDF2", "#382F49"),
    "orange": ("#F7DFC9", "#473020"),
    "teal": ("#D0E8E4", "#213B3A"),
    "red": ("#F6D9D3", "#482C28"),
    "grey": ("#E5E1D8", "#38352F"),
}


def _tag_variables(dark: bool) -> dict[str, str]:
    side = int(dark)
    inks = {f"tag-{name}": _INKS[name][side] for name in COLOURS}
    return inks | {f"tag-{name}-ground": _GROUNDS[name][side] for name in COLOURS}


def _variables(
    *, dark: bool, line: str, muted: str, faint: str, ground: str, cursor: str, selection: str
) -> dict[str, str]:
    """Textual's variables that we set ourselves, and ours: `line`, `muted`, `faint`, `row`, `row-blurred` and the tags'."""
    return {
        "line": line,
        "muted": muted,
        "border": line,
        "border-blurred": line,
        "text-muted": muted,
        "foreground-muted": muted,
        "text-disabled": faint,
        "faint": faint,
        "row": cursor,
        "row-blurred": ground,
        "found": "#F3D98B" if not dark else "#5C4A1B",
        "selection": selection,
        "input-selection-background": selection,
        "input-cursor-background": "#2A2723" if not dark else "#E9E2D5",
        "input-cursor-foreground": "#FBF8F1" if not dark else "#1B1916",
        "screen-selection-background": selection,
        "scrollbar": line,
        "scrollbar-hover": faint,
        "scrollbar-active": muted,
        "scrollbar-background": "transparent",
        "scrollbar-background-hover": "transparent",
        "scrollbar-background-active": "transparent",
        "scrollbar-corner-color": "transparent",
        "link-background-hover": ground,
        "link-style-hover": "underline",
    } | _tag_variables(dark)


OURS: tuple[Theme, ...] = (
    Theme(
        name=LIGHT,
        dark=False,
        primary="#9C3D2A",  # 주홍, the colour of a seal
        secondary="#4E6A5C",
        accent="#9C3D2A",
        warning="#805300",
        error="#A5352F",
        success="#3B6B2F",
        foreground="#2A2723",
        background="#FBF8F1",
        surface="#F3EEE2",
        panel="#EBE4D5",
        boost="#F3EEE2",
        variables=_variables(
            dark=False,
            line="#CFC5B2",
            muted="#5E574C",
            faint="#6A6358",
            ground="#F1EBDD",
            cursor="#EADFC8",
            selection="#BFD9E4",
        ),
    ),
    Theme(
        name=DARK,
        dark=True,
        primary="#E3937A",
        secondary="#93B3A2",
        accent="#E3937A",
        warning="#E2C067",
        error="#EC9A90",
        success="#A3C78A",
        foreground="#E4DCCE",
        background="#1B1916",
        surface="#24211D",
        panel="#2D2924",
        boost="#24211D",
        variables=_variables(
            dark=True,
            line="#4A443B",
            muted="#A79E90",
            faint="#958C7E",
            ground="#26231E",
            cursor="#3A342B",
            selection="#2C4C5A",
        ),
    ),
)


def defaults(dark: bool) -> dict[str, str]:
    """The variables that our stylesheets use and Textual's own themes do not have."""
    own = _variables(
        dark=dark,
        line="#B9B9B9" if not dark else "#4A4A4A",
        muted="#5A5A5A" if not dark else "#A6A6A6",
        faint="#6B6B6B" if not dark else "#8F8F8F",
        ground="#D4D4D4" if not dark else "#262626",
        cursor="#C9C9C9" if not dark else "#3A3A3A",
        selection="#B7C7DB" if not dark else "#3D4A5C",
    )
    names = {"line", "muted", "faint", "row", "row-blurred", "found", "selection", *_tag_variables(dark)}
    return {name: own[name] for name in names}


def names() -> list[str]:
    """Ours first, then Textual's by name."""
    return [theme.name for theme in OURS] + sorted(
        name for name in BUILTIN_THEMES if not name.startswith("ansi")
    )


def contrast(one: str, other: str) -> float:
    """Contrast of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance")."""

    def luminance(colour: str) -> float:
        channels = (value / 255 for value in Color.parse(colour).rgb)
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
