"""The lines of a dumped page, with the marks of the converter taken off and what each line looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.ingest.anchors import Anchor, anchors_in, web_address
from store.text import clean


@dataclass(slots=True)
class Line:
    """One line of the page.

    `text` is clean and without list, heading or quotation marks; `mark` is the mark that it had (`#`, `-`, `•`, `1.`, `>`, `|`, `□` …) and
    `level` its depth (number of `#`, or nesting of a list by indentation). `linked` is the share of the text that was a link (0 to 1).
    `gap` is the number of blank lines before it, `indent` the width of white space in front of it.
    """

    number: int
    text: str
    mark: str = ""
    level: int = 0
    lead: str = ""
    """The mark as the page's writer has set it, with the space behind it, where it is no converter's."""
    indent: int = 0
    gap: int = 0
    linked: float = 0.0
    bold: bool = False
    reason: str = ""
    strength: int = 0
    prose: float = 0.0
    container: int = 0
    """In a web page: which element it stands in; 0 where that is not known."""
    backed: bool = False
    """Another extractor takes it for the article's, too."""
    anchors: Sequence[Anchor] = ()
    """Its links, where the page says where they lead."""
    words: list[str] | None = None
    """Its content words, once they have been asked for; see `head.words_of`."""


_MD_LINK = re.compile(
    r"!?\[((?:[^\[\]\\]|\\.|\[[^\[\]]{0,80}\]){0,400})\]\((?:[^()\s\\]|\\.|\([^()]{0,200}\)){0,2000}(?:\s+\"(?:[^\"\\]|\\.){0,400}\")?\s*\)"
)
_MD_IMAGE = re.compile(
    r"!\[[^\]]{0,400}\]\((?:[^()\s\\]|\\.|\([^()]{0,200}\)){0,2000}(?:\s+\"[^\"]{0,400}\")?\)"
)
_MD_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{0,2000}?\S)\s?\1")
_MD_EMPH = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{0,500}[^\s*_])\1(?![\w*_])")
_MD_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_MD_HEADING = re.compile(r"^ {0,3}(#{1,6})(?:\s+|$)(.*?)\s*#*$")
_MD_SIGNS = re.compile(r"\]\(|^#{1,6} |\*\*|^\s*---\|---", re.M)
_BULLET = re.compile(r"^([*+•‣∙▪·◾◼►-]|[oO](?=\s{1,3}\S))\s+(?=\S)")
_NUMBER = re.compile(r"^(\d{1,2})([.)])\s+(?=\S)")
_QUOTE = re.compile(r"^(?:>\s?)+")
_SYMBOL = re.compile(r"^([□■◆◇◈○●◦◎❍▣▶▷▲△▼▽◀★☆❏❑❖※])\s*(?=\S)")
# 2.1. 창립[편집]
_WIKI = re.compile(r"^(\d{1,2}\.(?:\d{1,2}\.){0,4})\s.{1,80}\[편집\]$")
_LONGEST_MARKED = 20_000
"""Code points; in a longer line no marks of Markdown are looked for."""
_LONE_MARK = re.compile(r"^[□■◆◇○●◦◎▣▶▷▲△▼▽•·]$")
_RULE = re.compile(r"^(?:[-=_*·.~─━—│|+\s]{3,}|-{2,}\|[-| ]*|[-─]{2,})$")
_TABLE = re.compile(r"\S\s*\|\s+\S|\S\s+\|\s*\S|^\|.*\|$")


def is_markdown_like(text: str) -> bool:
    """Does a converter that writes Markdown seem to have made this text?"""
    return len(_MD_SIGNS.findall(text[:60000])) >= 3


def split(text: str, markdown: bool | None = None) -> list[Line]:
    """The non-blank lines of a decoded page, in order.

    Args:
        text: the page.
        markdown: is it Markdown? By default as it looks.
    """
    if markdown is None:
        markdown = is_markdown_like(text)
    lines: list[Line] = []
    gap = 0
    for number, raw in enumerate(clean(text).split("\n")):
        stripped = raw.strip()
        if not stripped:
            gap += 1
            continue
        line = _line(number, raw, stripped, markdown)
        line.gap = gap
        gap = 0
        if lines and lines[-1].mark == "---" and not line.mark and _LONE_MARK.match(lines[-1].text):
            # Bare text nodes: the mark stood in an element of its own.
            line.mark, line.number, line.gap = lines[-1].text, lines[-1].number, lines[-1].gap
            lines.pop()
        lines.append(line)
    return lines


def _line(number: int, raw: str, stripped: str, markdown: bool) -> Line:
    indent = len(raw) - len(raw.lstrip())
    line = Line(number, stripped, indent=indent)
    if (_RULE.match(stripped[:200]) and len(stripped) < 200) or _LONE_MARK.match(stripped):
        line.mark = "---"
        return line
    wiki = _WIKI.match(stripped)
    if wiki:
        line.mark, line.level, line.text = "#", wiki.group(1).count("."), _tidy(stripped)
        return line
    body = stripped
    if markdown and len(body) <= _LONGEST_MARKED:
        body = _unmark(line, body)
    take_mark(line, body, markdown)
    line.text = _tidy(line.text)
    if not line.text:
        # Nothing but marks: the line itself is what was there.
        line.text, line.mark = _tidy(stripped), "---"
    return line


def _unmark(line: Line, body: str) -> str:
    if "\ufdd0" in body or "\ufdd1" in body:
        body = re.sub("[\ufdd0\ufdd1]", "", body)
    urls: list[str] = []
    heading = _MD_HEADING.match(body)
    if heading:
        line.mark, line.level = "#", len(heading.group(1))
        body = heading.group(2)
    if "](" in body:
        whole = len(body)
        links = 0

        def name(match: re.Match[str]) -> str:
            nonlocal links, whole
            label = match.group(1)
            links += len(label)
            whole -= len(match.group(0)) - len(label)
            target = match.group(0)[match.end(1) - match.start() + 2 : -1].split()
            if "\ufdd0" in label or not target or not (url := web_address(target[0].strip("<>"))):
                return label
            urls.append(url)
            return f"\ufdd0{label}\ufdd1"

        body = _MD_IMAGE.sub("", body)
        whole = len(body)
        body = _MD_LINK.sub(name, body)
        # A link around a picture leaves a second layer.
        if "](" in body:
            body = _MD_LINK.sub(name, body)
        line.linked = min(1.0, links / max(1, whole - 4))
    if "*" in body or "_" in body:
        bare = _MD_STRONG.sub(r"\2", body)
        line.bold = bare != body and body.startswith(("**", "__")) and body.rstrip().endswith(("**", "__"))
        body = _MD_EMPH.sub(r"\2", bare)
    if "\\" in body:
        body = _MD_ESCAPE.sub(r"\1", body)
    if "\ufdd0" in body:
        body = _take_anchors(line, body, urls)
    return body.strip()


def _take_anchors(line: Line, body: str, urls: Sequence[str]) -> str:
    """The text without the signs around its links, which become the line's anchors."""
    found: list[tuple[int, int, str]] = []
    pieces: list[str] = []
    at = opened = 0
    for piece in re.split("([\ufdd0\ufdd1])", body):
        if piece == "\ufdd0":
            opened = at
        elif piece == "\ufdd1":
            if len(found) < len(urls):
                found.append((opened, at, urls[len(found)]))
        else:
            pieces.append(piece)
            at += len(piece)
    raw = "".join(pieces)
    line.anchors = anchors_in(_tidy(raw), raw, found)
    return raw


def _tidy(text: str) -> str:
    """On one line; the characters are clean already."""
    return " ".join(text.split())


def take_mark(line: Line, body: str, markdown: bool) -> None:
    """Set the line's `text` to `body` without its list, quotation or heading mark, and `mark` and `level` to that."""
    line.text = body
    if line.mark == "#":
        return
    if body.startswith(">"):
        quote = _QUOTE.match(body)
        if quote and (markdown or body[1:2] == " "):
            line.mark, line.text = ">", body[quote.end() :]
            return
    bullet = _BULLET.match(body)
    if bullet and not body.endswith(f" {bullet.group(1)}"):
        # Not "- … -", as decks are set.
        line.mark, line.text = bullet.group(1), body[bullet.end() :]
        line.lead = "" if body[0].isascii() else body[: bullet.end()]
        line.level = 1 + line.indent // 4
        return
    number = _NUMBER.match(body)
    if number:
        line.mark, line.text = number.group(0).strip(), body[number.end() :]
        line.level = 1 + line.indent // 4
        return
    symbol = _SYMBOL.match(body)
    if symbol:
        line.mark, line.text, line.lead = symbol.group(1), body[symbol.end() :], body[: symbol.end()]
        return
    if "|" in body and _TABLE.search(body[:400]):
        line.mark = "|"
