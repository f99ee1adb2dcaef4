"""Our own dumped pages, written line by line with what each line is.

A page begins with lines `@ name=value` (what it says of itself); every other line has a letter, a space and the line as the dump has it:
`.` left out, `T` title, `D` deck, `S` summary, `P` paragraph, `1` to `3` heading, `L` list item, `Q` quotation, `F` footnote, `R` reference,
`B` a table's row, `C` caption. `⟦…⟧` in a kept line is left out; `⟪…⟫⟪…⟫` are the pieces of a paragraph that the dump has on lines of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from store.model import BlockType, Page

PAGES = Path(__file__).resolve().parent / "pages"
_TYPES = {
    "P": BlockType.PARAGRAPH,
    "L": BlockType.LIST_ITEM,
    "Q": BlockType.QUOTATION,
    "F": BlockType.FOOTNOTE,
    "R": BlockType.REFERENCE,
    "B": BlockType.TABLE,
    "C": BlockType.CAPTION,
}
_MARK = re.compile(r"^(?:#{1,6}\s+|>\s|[*•○◦□■-]\s+|\d\.\s+(?=\S))")
_INLINE = re.compile(r"\*\*|__|\[([^\]]*)\]\([^)]*\)")
_PIECE = re.compile(r"⟪([^⟫]*)⟫")
_OUT = re.compile(r"⟦[^⟧]*⟧")


@dataclass
class Gold:
    """What a page is and what should come of it."""

    name: str
    dump: str
    title: str = ""
    subtitle: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    blocks: list[tuple[BlockType, int, str]] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> str:
        return "\n".join(text for _, _, text in self.blocks)


def load(path: Path) -> Gold:
    gold = Gold(name=path.name, dump="")
    lines: list[str] = []
    for number, line in enumerate(path.read_text("utf-8").rstrip("\n").split("\n")):
        if line.startswith("@ "):
            name, _, value = line[2:].partition("=")
            gold.says[name] = value
            continue
        label, raw = line[:1], line[2:]
        lines += re.findall(r"⟪([^⟫]*)⟫", raw) or [raw.replace("⟦", "").replace("⟧", "")]
        kept = _OUT.sub("", raw).strip()
        if "⟪" in kept:
            kept = _PIECE.sub(r"\1", kept.replace("⟫⟪", " " if gold.says.get("pieces") == "wrapped" else ""))
        text = _INLINE.sub(r"\1", kept)
        if not text:
            continue
        if label == ".":
            gold.out.append(raw.strip())
            continue
        if label == "T":
            gold.title = _MARK.sub("", text)
        elif label == "D":
            gold.subtitle.append(_MARK.sub("", text).removesuffix(" -"))
        elif label == "S":
            gold.summary.append(_MARK.sub("", text))
        elif label in "123":
            heading = re.sub(r"^(?:#{1,6}|[□■○◦◆])\s*", "", text)
            gold.blocks.append((BlockType.HEADING, int(label), heading))
        elif label == "F" or label == "P":
            marked = re.sub(r"^[□○◦-]\s+", "", text) if label == "P" else text
            gold.blocks.append((_TYPES[label], 0, marked))
        elif label == "B" and gold.blocks and gold.blocks[-1][0] is BlockType.TABLE:
            gold.blocks[-1] = (BlockType.TABLE, 0, gold.blocks[-1][2] + "\n" + text)
        elif label in _TYPES:
            level = 1 if label == "L" else 0
            gold.blocks.append((_TYPES[label], level, _MARK.sub("", text)))
        else:
            raise ValueError(f"{path.name}:{number + 1}: no such label: {label!r}")
    gold.dump = "\n".join(lines) + "\n"
    return gold


def pages() -> list[Path]:
    return sorted(PAGES.iterdir())


_LEFT_OFF = re.compile(r"^[\s*•□◦○◎■◆▲△▼▽▷▶※#>|+-]*(?:\d{1,2}[.)])?\s*")


def nothing_lost(dump: str, page: Page) -> None:
    """Every line of the dump that is not blank is in the article's text, title, deck or summary, or among the lines left out."""
    parts = [page.title, page.subtitle or "", *page.summary, page.text, *(line.text for line in page.removed)]
    everything = _close("\n".join(parts))
    for number, line in enumerate(dump.split("\n")):
        words = _close(_LEFT_OFF.sub("", _INLINE.sub(r"\1", line)))
        if len(words) < 2 or words in everything or _close(_LEFT_OFF.sub("", line)) in everything:
            continue
        for removed in page.removed:
            if removed.line == number:
                words = words.replace(_close(removed.text), "", 1)
        for piece in re.split(r"[|]+", words):
            assert piece.strip("-") in everything, f"lost, line {number}: {line[:60]}"


def _close(text: str) -> str:
    return "".join(text.split())
