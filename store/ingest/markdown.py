"""Markdown files: properties in front, then the text; a page that was clipped with its furniture is read like a dump."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from store.ingest import exported
from store.ingest.anchors import with_links
from store.ingest.dates import find_date
from store.ingest.draft import Draft, Kept, Out, assemble
from store.ingest.dump import read
from store.ingest.furniture import judge, prose
from store.ingest.lines import Line, split
from store.ingest.plain import blocks_of
from store.ingest.titles import same
from store.ingest.wrapped import rejoin
from store.model import BlockType, Page
from store.text import clean_line

_FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
_COMMENT = re.compile(r"<!--.*?-->|%%.*?%%", re.S)
_WIKI_LINK = re.compile(r"!?\[\[([^\[\]|#]{1,200})(?:#[^\[\]|]{0,100})?(?:\|([^\[\]]{1,200}))?\]\]")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,20})\](?!:)")
_SETEXT = re.compile(r"^(.{2,200})\n(=+|-{3,})[ \t]*$", re.M)
_MOST_PROPERTIES = 64 * 1024
_MOST_TAGS, _LONGEST_TAG = 50, 60


_ON_PAGES = frozenset(
    (
        "login",
        "comments",
        "copyright",
        "footer",
        "share",
        "counter",
        "report",
        "prev_next",
        "related",
        "dateline",
    )
)
"""Furniture that a page has and a note has not."""
_NEVER_IN_NOTES = frozenset(("login", "comments", "footer", "prev_next"))


def parse_markdown(text: str) -> Page:
    """The article in a Markdown file.

    Raises:
        IngestError: nothing but properties in it.
    """
    properties, end = front_matter(text)
    head = text[:end]
    body = _prepare(text[end:])
    lines = _without_fences(body)
    offset = head.count("\n")
    for line in lines:
        line.number += offset
    own = Draft()
    if exported.article_id(properties):
        exported.read_exported(own, lines)
    if any(isinstance(part, Kept) for part in own.parts):
        draft = own
    elif _is_dump(lines):
        draft = read(rejoin(lines), title=_string(properties.get("title")))
    else:
        draft = Draft()
        _plain(draft, lines, _string(properties.get("title")))
    draft.parts[:0] = [
        Out(line, "properties", number) for number, line in enumerate(head.split("\n")) if line.strip()
    ]
    _apply(draft, properties)
    return with_links(assemble(draft), [line.anchors for line in lines])


def properties_of(data: bytes) -> dict[str, Any]:
    """The properties in front of a Markdown file in UTF-8; none where it is anything else."""
    head = data[: 2 * _MOST_PROPERTIES].decode("utf-8", "replace")
    return front_matter(head)[0] if head.removeprefix("\ufeff").startswith("---") else {}


def tags_of(properties: dict[str, Any]) -> list[str]:
    """The tags that a file's properties give it, as their writer has them; those that can be none here are passed over."""
    value = properties.get("tags") or properties.get("tag") or ()
    values = (
        re.split(r"[,\s]+", value) if isinstance(value, str) else value if isinstance(value, list) else ()
    )
    names = (_string(one).lstrip("#").strip("/ ") for one in values)
    return list(dict.fromkeys(name for name in names if name and len(name) <= _LONGEST_TAG))[:_MOST_TAGS]


def front_matter(text: str) -> tuple[dict[str, Any], int]:
    """The properties in front of the text, and where the text begins. What is not valid YAML is no properties."""
    text = text.removeprefix("\ufeff")
    if not text.startswith(("---\n", "---\r\n")):
        return {}, 0
    match = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.M).search(text, 4)
    if match is None or match.start() > _MOST_PROPERTIES:
        return {}, 0
    import yaml

    source = text[4 : match.start()]
    if "&" in source and "*" in source and re.search(r":\s*[&*]\w|-\s*[&*]\w", source):
        # Anchors and aliases can unfold without end, and no properties need them.
        return {}, 0
    try:
        value = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, 0
    return (value, min(len(text), match.end() + 1)) if isinstance(value, dict) else ({}, 0)


def _prepare(text: str) -> str:
    # Comments are taken out, their line ends stay, so that lines keep their numbers.
    if "-->" in text or "%%" in text:
        text = _COMMENT.sub(lambda match: "\n" * match.group(0).count("\n"), text)
    text = _SETEXT.sub(lambda match: f"{'#' if match.group(2)[0] == '=' else '##'} {match.group(1)}\n", text)
    text = _WIKI_LINK.sub(lambda match: match.group(2) or match.group(1), text)
    return _NOTE_MARK.sub(r"[\1]", text)


def _without_fences(text: str) -> list[Line]:
    """The lines of the text; the marks of code are left out, the code is one paragraph."""
    source = text.split("\n")
    inside = False
    code: list[tuple[int, str]] = []
    blocks: list[tuple[int, str]] = []
    fences: set[int] = set()
    for number, line in enumerate(source):
        if _FENCE.match(line):
            fences.add(number)
            if inside and code:
                blocks.append((code[0][0], " ".join(part.strip() for _, part in code)))
            code = []
            inside = not inside
            source[number] = ""
        elif inside:
            code.append((number, line))
            source[number] = ""
    blocks += [(number, line) for number, line in code if line.strip()]
    lines = split("\n".join(source), markdown=True)
    lines += [Line(number, clean_line(line), gap=1) for number, line in blocks if line.strip()]
    lines.sort(key=lambda line: line.number)
    return lines


def _is_dump(lines: Sequence[Line]) -> bool:
    """Has the file the furniture of a page?"""
    if len(lines) < 6:
        return False
    furniture = 0
    hard: set[str] = set()
    above: set[str] = set()
    below: set[str] = set()
    told = False
    for line in lines:
        probe = Line(line.number, line.text, mark=line.mark, linked=line.linked)
        judge(probe)
        if (probe.strength >= 2 and probe.reason not in {"rule", "image", "caption", "photo_credit"}) or (
            line.linked > 0.8 and not probe.prose
        ):
            furniture += 1
        if probe.strength >= 3 and probe.reason in _ON_PAGES and len(line.text) <= 200:
            hard.add(probe.reason)
            (below if told else above).add(probe.reason)
        elif probe.prose >= 40 and probe.strength < 2:
            told = True
            below.clear()
    if above and below:
        # A page's line over the text and another under it, however few.
        return True
    if below and _has_bar(lines):
        return True
    if len(lines) < 12:
        return False
    if len(hard) >= 3 or (len(hard) >= 2 and hard & _NEVER_IN_NOTES):
        return True
    return furniture >= 6 and furniture * 6 > len(lines)


def _has_bar(lines: Sequence[Line]) -> bool:
    """Does something else than a text stand before the first heading, as the bar of a site does?"""
    first = next((index for index, line in enumerate(lines[:30]) if line.mark == "#"), 0)
    before = [line for line in lines[:first] if line.mark != "---"]
    return bool(before) and not any(prose(line.text) >= 20 or line.text.startswith("#") for line in before)


def _plain(draft: Draft, lines: Sequence[Line], title: str) -> None:
    draft.title = title
    rest = list(lines)
    first = next((line for line in rest if line.mark != "---"), None)
    if first is not None and first.mark == "#":
        if not title and first.level == 1:
            draft.title = first.text
            rest.remove(first)
        elif title and same(first.text, title):
            draft.parts.append(Out(first.text, "duplicate_title", first.number))
            rest.remove(first)
    draft.parts += blocks_of(rest)
    if not draft.title:
        heading = next(
            (part for part in draft.parts if isinstance(part, Kept) and part.type is BlockType.HEADING), None
        )
        draft.title = heading.text if heading else ""


def _apply(draft: Draft, properties: dict[str, Any]) -> None:
    """Put the properties in their places. Other programs write other names for the same things."""

    def first(*names: str) -> Any:
        return next((properties[name] for name in names if properties.get(name)), None)

    draft.title = _string(first("title")) or draft.title
    subtitle = _string(first("subtitle", "deck"))
    if subtitle:
        draft.subtitle = [subtitle]
    authors = first("author", "authors", "creator", "by")
    if authors:
        values = authors if isinstance(authors, list) else re.split(r"\s*[,;]\s*", _string(authors))
        names = [re.sub(r"^\[\[|\]\]$", "", _string(value)) for value in values]
        draft.authors = [name for name in names if name] or draft.authors
    draft.publisher = _string(first("publisher", "site", "site_name", "sitename")) or draft.publisher
    published = first("published", "date", "publish_date", "pubdate")
    if isinstance(published, datetime.date):
        draft.published = published.isoformat()[:10]
    elif published:
        draft.published = find_date(_string(published)) or draft.published
    url = _string(first("source", "url", "link", "permalink"))
    if url.startswith(("http://", "https://")) and len(url) < 2000:
        draft.url = url


def _string(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    return clean_line(str(value))
