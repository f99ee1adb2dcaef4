"""Lines of a text that is nothing but the article (Markdown, a book, a PDF): blocks by their marks alone, no line taken for furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.draft import Kept, Out
from store.ingest.lines import Line
from store.model import BlockType

_FOOTNOTE = re.compile(r"^\[\^([^\]\s]{1,20})\]:\s*")
_TABLE_RULE = re.compile(r"^[|\s:-]+$")
_CALLOUT = re.compile(r"^\[![\w-]{1,20}\][+-]?")
_BLOCK_ID = re.compile(r"^\^[\w-]{1,60}$")
_TAGS = re.compile(r"^(?:#[^\s#]{1,60}\s*)+$")


def blocks_of(lines: Sequence[Line]) -> list[Kept | Out]:
    """The lines as blocks, in order; heading levels are counted from the highest that there is."""
    parts: list[Kept | Out] = []
    depths = sorted({line.level for line in lines if line.mark == "#"})
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.mark == "|":
            index = _table(lines, index, parts)
            continue
        index += 1
        if line.mark == "---":
            parts.append(Out(line.text, "rule", line.number))
        elif line.strength >= 3 and line.reason in {"image", "caption", "menu", "code"}:
            parts.append(Out(line.text, line.reason, line.number))
        elif _BLOCK_ID.match(line.text):
            parts.append(Out(line.text, "code", line.number))
        elif line.mark == "#":
            parts.append(Kept(BlockType.HEADING, line.text, line.number, depths.index(line.level) + 1))
        elif line.mark == ">":
            _quotation(lines, index - 1, parts)
        elif _FOOTNOTE.match(line.text):
            parts.append(Kept(BlockType.FOOTNOTE, _FOOTNOTE.sub(r"[\1] ", line.text), line.number))
        elif line.mark in {"*", "-", "+", "•", "◦", "▪"} or line.mark[:1].isdigit():
            # What is counted keeps its number.
            text = f"{line.mark} {line.text}" if line.mark[0].isdigit() else line.text
            parts.append(Kept(BlockType.LIST_ITEM, text, line.number, max(1, min(6, line.level))))
        elif not _goes_on(lines, index - 1, parts):
            parts.append(Kept(BlockType.PARAGRAPH, line.text, line.number))
    return parts


def _goes_on(lines: Sequence[Line], index: int, parts: list[Kept | Out]) -> bool:
    """Add a line to the paragraph or item above it, when no blank line is between."""
    line = lines[index]
    last = parts[-1] if parts else None
    if line.gap or not index or not isinstance(last, Kept) or line.mark:
        return False
    if last.type is BlockType.PARAGRAPH or (
        last.type in {BlockType.LIST_ITEM, BlockType.FOOTNOTE} and line.indent >= 2
    ):
        last.text = f"{last.text} {line.text}"
        return True
    return False


def _quotation(lines: Sequence[Line], index: int, parts: list[Kept | Out]) -> None:
    line = lines[index]
    if _CALLOUT.match(line.text):
        parts.append(Out(line.text, "label", line.number))
        return
    if _TAGS.match(line.text):
        parts.append(Out(line.text, "tag", line.number))
        return
    last = parts[-1] if parts else None
    above = lines[index - 1] if index else None
    if (
        isinstance(last, Kept)
        and last.type is BlockType.QUOTATION
        and above is not None
        and above.mark == ">"
        and not line.gap
    ):
        last.text = f"{last.text} {line.text}"
    else:
        parts.append(Kept(BlockType.QUOTATION, line.text, line.number))


def _table(lines: Sequence[Line], index: int, parts: list[Kept | Out]) -> int:
    stop = index
    rows: list[str] = []
    while stop < len(lines) and (
        lines[stop].mark == "|" or (lines[stop].mark == "---" and _TABLE_RULE.match(lines[stop].text))
    ):
        line = lines[stop]
        if line.mark == "|":
            rows.append(" | ".join(cell.strip() for cell in line.text.strip().strip("|").split("|")))
        else:
            parts.append(Out(line.text, "rule", line.number))
        stop += 1
    kind = BlockType.TABLE if len(rows) > 1 else BlockType.PARAGRAPH
    parts.append(Kept(kind, "\n".join(rows), lines[index].number))
    return stop
