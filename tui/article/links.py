"""Addresses in the article's text. Pure."""

from __future__ import annotations

import re

from store.model import Article, Span

_ADDRESS = r"https?://[!-~]+"
_AFTER = ".,;:!?'\"*>]}"


def links(text: str, start: int, end: int) -> list[Span]:
    """The http(s) addresses in `text[start:end]`, in order; punctuation after an address is not part of it."""
    found = []
    for match in re.compile(_ADDRESS, re.IGNORECASE).finditer(text, start, end):
        address = match.group().rstrip(_AFTER)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_AFTER)
        if len(address) > len("https://"):
            found.append(Span(start=match.start(), end=match.start() + len(address)))
    return found


def first_address(article: Article, passage: Span) -> str:
    """Where the first link in a passage leads, be it an address in the text or one that the page had behind words; empty when there is
    none."""
    found = [
        (span.start, article.slice(span.start, span.end))
        for span in links(article.text, passage.start, passage.end)
    ]
    found += [
        (link.start, link.url)
        for link in article.links
        if link.start < passage.end and link.end > passage.start
    ]
    return min(found)[1] if found else ""
