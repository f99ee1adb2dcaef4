"""Links of a page: what of its lines was a link, and where that stands in the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from msgspec.structs import replace

from store.model import Link, Page
from store.text import clean

_LONGEST = 2000
_MOST = 5000
"""Lines with links in a page; behind so many there are lists, no articles."""
_NUMBER = 6
"""Code points that a number in front of an item takes at most."""
_JOINED = 12
"""Code points from which a line within a longer block is surely the same."""


class Anchor(NamedTuple):
    """A link in a line. `start` and `end` are offsets in the line's whole text, before any mark or byline was taken off."""

    whole: str
    start: int
    end: int
    url: str


def web_address(url: str, base: str | None = None) -> str:
    """An address of the web, in full; empty for any other."""
    url = clean(url).strip()
    if not url or url.startswith("#") or len(url) > _LONGEST or any(char.isspace() for char in url):
        return ""
    try:
        url = urljoin(base, url) if base else url
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def anchors_in(text: str, raw: str, found: Iterable[tuple[int, int, str]]) -> list[Anchor]:
    """The links of a line, by ranges of it as it was before its white space was tidied."""
    places = [at for at, char in enumerate(text) if not char.isspace()]
    anchors: list[Anchor] = []
    for start, end, url in found:
        # Tidying leaves all but white space: what stands before a link is counted without it.
        first, last = (sum(not char.isspace() for char in clean(raw[:to])) for to in (start, end))
        if first < last <= len(places):
            anchors.append(Anchor(text, places[first], places[last - 1] + 1, url))
    return anchors


def with_links(page: Page, lines: Iterable[Sequence[Anchor]]) -> Page:
    """The page with those links that stand in its text, given those of each line. Lines and blocks are in the same order; a line that
    became no block (a menu's, for one) is passed over."""
    blocks = [page.text[block.start : block.end] for block in page.blocks]
    found: list[Link] = []
    here, within = 0, 0
    for anchors in islice(filter(None, lines), _MOST):
        place = _find(blocks, anchors[0].whole, here, within)
        if place is None:
            continue
        here, offset = place
        within = max(0, offset + len(anchors[0].whole))
        for anchor in anchors:
            start, end = anchor.start + offset, anchor.end + offset
            if 0 <= start < end <= len(blocks[here]):
                at = page.blocks[here].start
                found.append(Link(start=at + start, end=at + end, url=anchor.url))
    return replace(page, links=tuple(found)) if found else page


def _find(blocks: Sequence[str], whole: str, here: int, within: int) -> tuple[int, int] | None:
    """The first block from `here` on that the line became (or a part of), and where in it the line begins."""
    for index in range(here, len(blocks)):
        text = blocks[index]
        if text == whole and (index > here or not within):
            return index, 0
        if text.endswith(whole) and len(text) - len(whole) <= _NUMBER and (index > here or not within):
            return index, len(text) - len(whole)
        at = text.find(whole, within if index == here else 0) if len(whole) >= _JOINED else -1
        if at >= 0:
            return index, at
        if len(text) * 2 >= len(whole) > len(text) and (index > here or not within):
            # Without its mark, its dateline or its byline.
            at = whole.find(text)
            if at >= 0:
                return index, -at
    return None
