"""The tree of a web page as lines: headings, list items, captions, quotations and tables known from the markup."""

from __future__ import annotations

import re
from typing import Any

from store.ingest.anchors import anchors_in, web_address
from store.ingest.htmltables import in_grid, in_table, is_data
from store.ingest.lines import Line, take_mark
from store.text import clean_line

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "option", "select", "button",
    "label", "textarea",
))  # fmt: skip
_SKIPPED = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "head",
        "iframe",
        "object",
        "math",
        "canvas",
        "video",
        "audio",
    )
)
_SCREEN = {
    "nav": "menu",
    "footer": "footer",
    "button": "menu",
    "select": "menu",
    "form": "menu",
    "dialog": "menu",
    "menu": "menu",
    "textarea": "menu",
}
_HEADING = re.compile(r"^h[1-6]$")
_HINTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(rf"(?:^|[\s_-])(?:{names})(?:$|[\s_-])", re.I))
    for reason, names in (
        ("comments", r"comments?|comment[-_]?(?:list|area|box|wrap)|reply|replies|disqus|cmt"),
        (
            "related",
            r"related|recommend(?:ed)?|relate[-_]?news|most[-_]?(?:read|view(?:ed)?)|ranking|rank|popular|hot[-_]?news|more[-_]?news|taboola|dable",
        ),
        ("share", r"sns|share|social|sns[-_]?(?:area|box|share)"),
        (
            "menu",
            r"gnb|lnb|snb|breadcrumbs?|navi?(?:gation)?|skip[-_]?(?:nav|link|to[-_]?content)?|tab[-_]?menu|pagination|paging|toolbar|popup|layer[-_]?pop|modal|login",
        ),
        ("footer", r"footer|foot|copyrights?"),
        ("ad", r"ads?|advert\w*|banner|ad[-_]?(?:box|area|wrap|slot)|sponsor(?:ed)?"),
        ("tag", r"tags?|tag[-_]?(?:list|area|box)|keywords?"),
        ("duplicate", r"pull[-_]?quotes?"),
        ("embed", r"(?:se[-_]?)?places?[-_]?map|se[-_]?oglink"),
        ("promo", r"newsletter|subscribe|subscription"),
        ("byline", r"byline|reporter|journalist|writer|author[-_]?(?:info|box)?|profile"),
        (
            "caption",
            r"caption|img[-_]?(?:desc|cap|caption|txt)|photo[-_]?(?:desc|caption|txt)|figcaption|imgdesc|end_photo_org",
        ),
    )
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PIECED = frozenset(("div", "header", "section", "h1", "h2", "h3", "h4"))
_FRAMES = frozenset(("figure", "div", "span", "table", "dl", "p"))
_PICTURE = re.compile(r"photo|img|image|pic(?:ture)?|thumb|figure|vod|gallery", re.I)
_SPACE = re.compile(r"\s+")
_CONTAINERS = frozenset(("div", "article", "section", "main", "td", "aside"))
_FIXED = {"comments", "related", "share", "footer", "menu", "ad", "caption", "duplicate", "embed"}


class _Walker:
    """Collects the text of a page between the places where a line ends."""

    def __init__(self, total: int, base: str | None = None) -> None:
        self.base = base
        self.lines: list[Line] = []
        self.total = total
        self.pieces: list[str] = []
        self.linked = 0
        self.strong = 0
        self.letters = 0
        self.gap = 1
        self.line = 0
        self.in_link = 0
        self.in_strong = 0
        self.in_pre = 0
        self.lists: list[list[int]] = []
        self.item: str = ""
        self.heading = 0
        self.quotes = 0
        self.reasons: list[str] = []
        self.cells: list[str] | None = None
        self.anchors: list[tuple[int, int, str]] = []
        """Links in the line that is being collected: from, to, address; offsets in its pieces."""
        self.opened: list[tuple[int, str]] = []
        self.size = 0
        self.containers: list[int] = [1]
        self.count = 1

    def text(self, text: str | None, line: int) -> None:
        if not text:
            return
        if self.in_pre:
            parts = text.split("\n")
            for part in parts[:-1]:
                self._add(part, line)
                self.flush(0)
            text = parts[-1]
        self._add(text, line)

    def _add(self, text: str, line: int) -> None:
        text = _SPACE.sub(" ", text)
        if not text or (text == " " and not self.pieces):
            return
        if not self.pieces:
            self.line = line
        self.pieces.append(text)
        self.size += len(text)
        count = len(text.strip())
        self.letters += count
        if self.in_link:
            self.linked += count
        if self.in_strong:
            self.strong += count

    def flush(self, gap: int) -> None:
        raw = "".join(self.pieces)
        text = clean_line(raw)
        anchors = [*self.anchors, *((start, self.size, url) for start, url in self.opened if url)]
        self.opened = [(0, url) for _, url in self.opened]
        self.anchors.clear()
        self.size = 0
        letters, linked, strong = self.letters, self.linked, self.strong
        self.pieces.clear()
        self.letters = self.linked = self.strong = 0
        if not text:
            self.gap = max(self.gap, gap)
            return
        if self.cells is not None:
            self.cells.append(text)
            return
        line = Line(max(0, self.line - 1), text, gap=self.gap)
        line.linked = linked / letters if letters else 0.0
        line.container = self.containers[-1]
        line.anchors = anchors_in(text, raw, anchors) if anchors else ()
        line.bold = strong >= letters > 0
        if self.heading:
            line.mark, line.level = "#", self.heading
        elif self.item:
            line.mark, line.level = self.item, max(1, len(self.lists))
            self.item = ""
        elif self.quotes:
            line.mark = ">"
        else:
            take_mark(line, text, False)
        reason = self.reasons[-1] if self.reasons else ""
        if reason:
            line.reason = reason
            line.strength = 3 if reason in _FIXED else 2
        self.lines.append(line)
        self.gap = gap


def lines_of(tree: Any, base: str | None = None) -> list[Line]:
    """The lines of the page, in order. `number` is the line in the page's source; `base` the page's address, for its links."""
    from lxml import etree

    body = tree.find("body")
    root = body if body is not None else tree
    total = sum(len(text) for text in root.itertext() if not text.isspace()) if root is not None else 0
    walker = _Walker(total, base)
    skipping: Any = None
    tables: dict[Any, bool] = {}
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end":
                walker.text(element.tail, element.sourceline or 0)
            continue
        if skipping is not None:
            if event == "end" and element is skipping:
                skipping = None
                walker.text(element.tail, element.sourceline or 0)
            continue
        if event == "start":
            if tag in _SKIPPED:
                skipping = element
                continue
            _start(walker, element, tag, tables)
            walker.text(element.text, element.sourceline or 0)
        else:
            _end(walker, element, tag, tables)
            if element is not root:
                walker.text(element.tail, element.sourceline or 0)
    walker.flush(1)
    return walker.lines


def _start(walker: _Walker, element: Any, tag: str, tables: dict[Any, bool]) -> None:
    if tag == "br":
        walker.flush(0)
        return
    if tag in _BLOCKS:
        walker.flush(0 if tag in {"li", "tr", "td", "th", "dd", "dt"} else 1)
    if tag in _CONTAINERS and not _is_paragraph(element, tag):
        walker.count += 1
        walker.containers.append(walker.count)
        element.set("mj-box", "1")
    if tag not in _BLOCKS and _in_row(element):
        walker.flush(0)
    reason = _reason(walker, element, tag)
    if reason:
        if tag not in _BLOCKS:
            walker.flush(0)
        walker.reasons.append(reason)
        element.set("mj-reason", "1")
    if tag == "a":
        walker.in_link += 1
        walker.opened.append((walker.size, web_address(element.get("href") or "", walker.base)))
    elif tag in {"strong", "b"}:
        walker.in_strong += 1
    elif tag == "pre":
        walker.in_pre += 1
    elif tag in {"ul", "ol"}:
        walker.lists.append([_number(element, "start", 1) - 1, 1 if tag == "ol" else 0])
    elif tag == "li":
        counter = walker.lists[-1] if walker.lists else [0, 0]
        counter[0] = _number(element, "value", counter[0] + 1)
        walker.item = f"{counter[0]}." if counter[1] else "•"
    elif _HEADING.match(tag):
        walker.heading = int(tag[1])
    elif tag == "blockquote":
        walker.quotes += 1
    elif tag == "table":
        tables[element] = is_data(element)
    elif walker.cells is None and ((tag == "tr" and in_table(element, tables)) or in_grid(element, tag)):
        walker.cells = []
        element.set("mj-row", "cells")
    elif tag == "img":
        alt = clean_line(element.get("alt") or "")
        if len(alt) > 1:
            walker.flush(0)
            walker.lines.append(Line(max(0, (element.sourceline or 1) - 1), alt, reason="image", strength=3))


def _number(element: Any, name: str, usual: int) -> int:
    """An attribute that is a number, where it is one that a list can have."""
    value = element.get(name) or ""
    return int(value) if re.fullmatch(r"[0-9]{1,4}", value) else usual


def _in_row(element: Any) -> bool:
    """Is it one of several links (with a label), or of several pieces each of a class of its own, that stand side by side with no text
    between them?"""
    parent = element.getparent()
    if parent is None:
        return False
    row = parent.get("mj-row")
    if row is None:
        links = sum(1 for child in parent if child.tag == "a" and child.get("href"))
        bare = not (parent.text or "").strip() and not any((child.tail or "").strip() for child in parent)
        row = "1" if bare and (links >= 2 or _are_pieces(parent)) else "0"
        parent.set("mj-row", row)
    return bool(row == "1")


def _are_pieces(parent: Any) -> bool:
    """Name, time and counters of a post, or section and title: what a page sets apart by nothing but its style."""
    if parent.tag not in _PIECED or not 2 <= len(parent) <= 12:
        return False
    seen: set[str] = set()
    for child in parent:
        own = set((child.get("class") or "").split()) if isinstance(child.tag, str) else set()
        if child.tag not in {"span", "em", "strong", "b", "i", "time", "a"} or not own or own & seen:
            return False
        seen |= own
    return sum(len(text.strip()) for text in parent.itertext()) <= 160


def _is_paragraph(element: Any, tag: str) -> bool:
    """A box with nothing but text in it: what other pages write as a paragraph."""
    return tag == "div" and not any(
        child.tag in _BLOCKS or child.tag in _CONTAINERS for child in element if isinstance(child.tag, str)
    )


def _end(walker: _Walker, element: Any, tag: str, tables: dict[Any, bool]) -> None:
    if tag in _BLOCKS:
        walker.flush(0 if tag in {"li", "tr", "td", "th", "dd", "dt"} else 1)
    if tag == "a":
        walker.in_link -= 1
        if walker.opened:
            start, url = walker.opened.pop()
            if url:
                walker.anchors.append((start, walker.size, url))
    elif tag in {"strong", "b"}:
        walker.in_strong -= 1
    elif tag == "pre":
        walker.in_pre -= 1
    elif tag in {"ul", "ol"} and walker.lists:
        walker.lists.pop()
    elif tag == "li":
        walker.item = ""
    elif _HEADING.match(tag):
        walker.heading = 0
    elif tag == "blockquote":
        walker.quotes -= 1
    elif walker.cells is not None and element.get("mj-row") == "cells":
        cells, walker.cells = walker.cells, None
        if cells:
            row = Line(max(0, (element.sourceline or 1) - 1), " | ".join(cells), mark="|")
            row.container = walker.containers[-1]
            walker.lines.append(row)
    if element.get("mj-box"):
        walker.containers.pop()
    if element.get("mj-reason"):
        if tag not in _BLOCKS:
            walker.flush(0)
        walker.reasons.pop()
        del element.attrib["mj-reason"]


def _is_picture(element: Any, tag: str) -> bool:
    """Does the element hold a picture and what is said of it, and nothing else?"""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if tag != "figure" and not _PICTURE.search(names):
        return False
    if element.find(".//img") is None or element.find(".//table") is not None:
        return False
    return 0 < sum(len(text.strip()) for text in element.itertext()) <= 320


def _reason(walker: _Walker, element: Any, tag: str) -> str:
    if walker.reasons and walker.reasons[-1] in _FIXED:
        return ""
    if tag == "figcaption":
        return "caption"
    if tag in _FRAMES and _is_picture(element, tag):
        return "caption"
    names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    found = _SCREEN.get(tag, "")
    if not found and (element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")):
        found = "menu"
    if not found and names and tag not in {"body", "html", "main", "article"} and len(names) < 200:
        found = next((reason for reason, pattern in _HINTS if pattern.search(names)), "")
    if not found:
        return ""
    # A name alone proves nothing where most of the page stands inside.
    size = sum(len(text) for text in element.itertext() if not text.isspace())
    return "" if size > walker.total * 0.3 and size > 400 else found
