"""A passage with its source, in the forms in which people paste it: into a message, a paper, a vault.

What the page does not say is left out, never filled in. The forms follow Korean habits: 「글」, 『책』, `2025. 2. 14.`
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from store.exchange.escape import literal
from store.exchange.names import block_id, file_stem
from store.model import Annotation, Article, BlockType, Span
from store.text import clean

_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")

FORMS: dict[str, tuple[str, str]] = {
    "plain": ("인용문과 출처", "quotation and source"),
    "markdown": ("마크다운 인용", "Markdown quotation"),
    "inline": ("본문 안 인용", "in-text citation"),
    "reference": ("출처만", "source only"),
    "obsidian": ("옵시디언 블록 링크", "Obsidian block link"),
    "text": ("글만", "text only"),
}
"""The forms by id, with their Korean and English names, in the order in which they are offered."""

DEFAULT_FORM = "plain"


class Place(NamedTuple):
    """Where a passage stands: the text of the nearest heading before it, and the number of its paragraph, from 1.

    Paragraphs are counted from that heading on; where there is none before it, from the article's start. List items and quotations count as paragraphs. `paragraph` is 0 in headings, captions, notes and references.
    """

    heading: str | None
    paragraph: int


_COUNTED = {BlockType.PARAGRAPH, BlockType.LIST_ITEM, BlockType.QUOTATION}


class Places:
    """Where passages of an article stand; for many of them."""

    def __init__(self, article: Article) -> None:
        self._starts = [block.start for block in article.blocks]
        self._ends = [block.end for block in article.blocks]
        self._inside: list[Place] = []
        self._after = [Place(None, 0)]
        heading: str | None = None
        number = 0
        for block in article.blocks:
            counted = block.type in _COUNTED
            number += counted
            self._inside.append(Place(heading, number if counted else 0))
            if block.type == BlockType.HEADING:
                heading, number = article.slice(block.start, block.end), 0
            self._after.append(Place(heading, number))

    def at(self, offset: int) -> Place:
        """Where `offset` (code points into the article's text) stands."""
        n = bisect_right(self._starts, offset)
        return self._inside[n - 1] if n and self._ends[n - 1] > offset else self._after[n]


def place(article: Article, offset: int) -> Place:
    """Where `offset` (code points into the article's text) stands."""
    return Places(article).at(offset)


def place_words(article: Article, offset: int, language: str = "ko") -> str:
    """The place in words: `「중국의 AI 스타트업」 3문단`. Empty where there is nothing to say."""
    return words_of(place(article, offset), language)


def mark_place(places: Places, mark: Annotation, language: str = "ko") -> str:
    """The place of a mark among those of its article in words; empty where it was lost."""
    return "" if mark.status == "lost" else words_of(places.at(mark.start), language)


def words_of(where: Place, language: str = "ko") -> str:
    """As `place_words`, of a place that is known."""
    heading, paragraph = where
    if language == "en":
        parts = [f"“{heading}”" if heading else "", f"para. {paragraph}" if paragraph else ""]
        return ", ".join(part for part in parts if part)
    return " ".join(
        part
        for part in (f"「{heading}」" if heading else "", f"{paragraph}문단" if paragraph else "")
        if part
    )


def source_line(
    article: Article, *, at: int | None = None, language: str = "ko", address: bool = True
) -> str:
    """Who wrote what, where and when, in one line: `김들풀, 「제목」, 발행처, 2025-02, 3문단, https://…`.

    Args:
        at: offset of the passage; its place in the text is then named.
        language: of the words that are ours ("ko", "en").
        address: with the article's address, when it has one.
    """
    title = f"「{article.title}」" if language == "ko" else f"“{article.title}”"
    parts = [", ".join(article.authors), title, article.publisher or ""]
    if article.original_source and article.original_source != article.publisher:
        quoted = article.original_source
        parts.append(f"{quoted} 재인용" if language == "ko" else f"quoting {quoted}")
    parts.append(article.published or "")
    if at is not None:
        parts.append(place_words(article, at, language))
    if address:
        parts.append(article.url or "")
    return ", ".join(part for part in parts if part)


def reference(article: Article) -> str:
    """The article as a list of references has it: `김들풀·배미정(2025. 2.). 「제목」. 발행처. https://…`."""
    who = "·".join(article.authors) or article.publisher or ""
    when = f"({_korean_date(article.published)})" if article.published else ""
    parts = [who + when if who else when, f"「{article.title}」"]
    if article.authors and article.publisher:
        parts.append(article.publisher)
    return ". ".join(part for part in parts if part) + "." + (f" {article.url}" if article.url else "")


def cite(article: Article, passage: Annotation | Span, form: str = DEFAULT_FORM, language: str = "ko") -> str:
    """The passage with its citation.

    Args:
        article: the article that the passage is in.
        passage: a mark (its own words are taken, so that a lost one can be cited too) or a range of the text.
        form: one of `FORMS`.
        language: of the words that are ours ("ko", "en"), where the form has any.

    Raises:
        KeyError: there is no such form.
    """
    if form not in FORMS:
        raise KeyError(form)
    return clean(_cited(article, passage, form, language))


def _cited(article: Article, passage: Annotation | Span, form: str, language: str) -> str:
    marked = isinstance(passage, Annotation)
    at = None if isinstance(passage, Annotation) and passage.status == "lost" else passage.start
    words = passage.exact if isinstance(passage, Annotation) else article.slice(passage.start, passage.end)
    words = words.strip()
    if form == "text":
        return words
    if form == "reference":
        return reference(article)
    if form == "inline":
        who = "·".join(article.authors) or article.publisher or f"「{article.title}」"
        source = ", ".join(part for part in (who, (article.published or "")[:4]) if part)
        return f"“{' '.join(words.split())}”({source})"
    if form == "plain":
        return f"“{words}”\n— {source_line(article, at=at, language=language)}"
    quoted = "\n".join(f"> {line}".rstrip() for line in literal(words).split("\n"))
    if form == "obsidian":
        name = file_stem(article.id, article.title)
        anchor = f"#^{block_id(passage.id)}" if marked and isinstance(passage, Annotation) else ""
        return f"{quoted}\n>\n> — [[{name}{anchor}|{link_words(article.title)}]]"
    where = literal(source_line(article, at=at, language=language, address=False))
    name = "Source" if language == "en" else "원문"
    link = f" [{name}]({link_target(article.url)})" if article.url else ""
    return f"{quoted}\n>\n> — {where}{link}"


def link_words(title: str) -> str:
    """A title as the words of a wiki link, in which brackets and bars would end it, and comments begin."""
    return (
        " ".join("".join(" " if c in "[]|#^<>" else c for c in clean(title)).split()).replace("%%", "%")
        or "…"
    )


def link_target(address: str) -> str:
    """An address as the target of a Markdown link: nothing in it ends the link, or begins another or a comment."""
    whole = _PERCENT.sub("%25", clean(address))
    return "".join(f"%{ord(c):02X}" if c in '()<>[]\\ "`|' else c for c in whole if c.isprintable())


def _korean_date(published: str) -> str:
    return " ".join(f"{int(part)}." for part in published.split("-"))
