"""How each kind of block stands in the column: its indent, its marker, the style it is written in. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from store.model import Block, BlockType
from tui.article.flow import Run
from tui.article.layout import Shape
from tui.article.widths import cells

BULLETS = ("•", "◦", "▪")
# A number, letter or sign that the text itself begins with: the rows after it stand below the words, not below the number.
_OWN_MARK = r"(?:\(?(?:\d{1,3}|[가-하]|[a-zA-Z])[.)]|[①-⑳㉠-㉻•◦▪·○●■□▶▷※*†-]|\[\d{1,3}\]|\d{1,2}\))\s+"
_NUMBER = r"\(?(?:\d{1,3}|[가-하])[.)]\s|[①-⑳㉠-㉻]"


class Look(NamedTuple):
    """`marker` is drawn before the first row, `bar` before every row; both inside the indent of `shape`."""

    shape: Shape
    style: str
    marker: Run | None = None
    bar: Run | None = None


_PARAGRAPH = Look(Shape(), "text")


def look(block: Block, text: str) -> Look:
    """How a block looks. `text` is the article's text."""
    match block.type:
        case BlockType.PARAGRAPH:  # nearly always
            return _PARAGRAPH
        case BlockType.HEADING:
            return Look(Shape(), f"heading{min(max(block.level, 1), 3)}")
        case BlockType.LIST_ITEM:
            return _list_item(block, text)
        case BlockType.QUOTATION:
            return Look(Shape(4, 4), "quotation", bar=Run("  │ ", "quotation-bar"))
        case BlockType.CAPTION:
            return Look(Shape(2, 2), "caption")
        case BlockType.FOOTNOTE:
            hang = _hang(block, text)
            return Look(Shape(0, hang), "footnote")
        case BlockType.REFERENCE:
            return Look(Shape(0, _hang(block, text) or 2), "reference")
        case BlockType.TABLE:
            return Look(Shape(0, 0), "table")


def _hang(block: Block, text: str) -> int:
    match = re.compile(_OWN_MARK).match(text, block.start, min(block.end, block.start + 12))
    return cells(match.group()) if match else 0


def _list_item(block: Block, text: str) -> Look:
    level = max(1, min(block.level, 6))
    indent = 2 * (level - 1)
    if re.compile(_NUMBER).match(text, block.start, min(block.end, block.start + 12)):
        return Look(Shape(indent, indent + _hang(block, text)), "text")
    bullet = BULLETS[(level - 1) % len(BULLETS)]
    return Look(Shape(indent + 2, indent + 2), "text", marker=Run(" " * indent + bullet + " ", "list-marker"))
