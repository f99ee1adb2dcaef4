"""Cell widths: how many terminal cells a character takes, and text that takes exactly so many."""

from __future__ import annotations

import re

from rich.cells import get_character_cell_size

from store.text import clean

# White space that a row may be broken at; a no-break space is not among them. All but the ideographic one take one cell.
SPACES = " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# Terminals do not agree on emoji presentation; without the selector all of them draw the width that is counted here.
_SELECTORS: dict[int, str | None] = dict.fromkeys(range(0xFE00, 0xFE10))
_TO_SPACE = {ord(char): " " for char in "\t" + LINE_ENDS} | _SELECTORS


class _Table(dict[str, int]):
    """Character to cells, looked up once for each character."""

    def __missing__(self, char: str) -> int:
        if char in LINE_ENDS:
            width = 0
        elif char == "\t":
            width = 1
        else:
            # `clean` takes invisible characters out at painting: they must not count here.
            width = get_character_cell_size(char) if clean(char) else 0
        self[char] = width
        return width


_TABLE = _Table()


# First bytes of UTF-16 code units whose 256 characters are all of one width: Hangul syllables, Chinese characters; and Latin-1, but for its
# control characters. 255: look the character up.
_PAGES = bytes(
    2 if 0xAC <= page <= 0xD6 or 0x4E <= page <= 0x9E else 1 if page == 0 else 255 for page in range(256)
)
_LOOK_UP = re.compile(b"\xff")
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\xad]")
_LINE_END = re.compile("[" + LINE_ENDS + "]")
_CHUNK = 16_384


def widths(text: str) -> bytes:
    """Cells of each code point of `text`, 0 to 2; line ends and whatever `store.text.clean` removes take none."""
    return b"".join(_widths(text[at : at + _CHUNK]) for at in range(0, len(text), _CHUNK))


def _widths(text: str) -> bytes:
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) != 2 * len(text):  # something outside the first plane: units are not code points
        return bytes(map(_TABLE.__getitem__, text))
    found = bytearray(units[1::2].translate(_PAGES))
    for match in _LOOK_UP.finditer(found):
        found[match.start()] = _TABLE[text[match.start()]]
    for control in _CONTROL.finditer(text):
        found[control.start()] = _TABLE[control.group()]
    return bytes(found)


def cells(text: str) -> int:
    """Cells that `visible(text)` takes."""
    return sum(map(_TABLE.__getitem__, text))


def visible(text: str) -> str:
    """What may be sent to the terminal for a piece of one row: clean, tabs as single spaces, no line ends."""
    if text.isascii() and text.isprintable():
        return text
    return clean(_LINE_END.sub("", text)).translate(_TO_SPACE)


def shorten(text: str, width: int) -> str:
    """`text` in at most `width` cells, with `…` where something was cut off."""
    if cells(text) <= width:
        return text
    used, kept = 1, 0
    for char in text:
        used += _TABLE[char]
        if used > width:
            break
        kept += 1
    return text[:kept].rstrip(" …") + "…" if width > 0 else ""
