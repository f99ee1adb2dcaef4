"""From kept and left-out lines, in the order of the page, to a `Page`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from store.errors import IngestError
from store.korean.sentences import split_sentences
from store.model import Block, BlockType, Page, Removed
from store.text import clean, clean_line


@dataclass(slots=True)
class Kept:
    """A block to be. `line` is the number of its first line in the decoded page, from 0."""

    type: BlockType
    text: str
    line: int
    level: int = 0


@dataclass(slots=True)
class Out:
    """A line, or a part of one, that stays outside. `reason` is one of `reasons.REASONS`."""

    text: str
    reason: str
    line: int


@dataclass(slots=True)
class Draft:
    """What a reader of some format has found; `parts` are in the order of the page."""

    title: str = ""
    parts: list[Kept | Out] = field(default_factory=list)
    subtitle: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    original_source: str | None = None
    truncated: bool = False


def assemble(draft: Draft) -> Page:
    """The page: text, blocks, sentences and removed lines with their places.

    Raises:
        IngestError: nothing of an article is in the draft.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    removed: list[Removed] = []
    waiting: list[Out] = []
    at = 0

    def settle(place: int) -> None:
        for out in waiting:
            text = clean_line(out.text)
            if text:
                removed.append(Removed(text=text, reason=out.reason, at=place, line=out.line))
        waiting.clear()

    for part in draft.parts:
        if isinstance(part, Out):
            waiting.append(part)
            continue
        text = _block_text(part)
        if not text:
            continue
        start = at + 2 if blocks else 0
        settle(start)
        at = start + len(text)
        texts.append(text)
        blocks.append(Block(type=part.type, start=start, end=at, level=part.level))
    settle(at)
    if not blocks:
        raise no_article()
    text = "\n\n".join(texts)
    # Who speaks first in a transcript is not what it is about.
    telling = next((at for at, block in enumerate(blocks) if block.type is not BlockType.HEADING), 0)
    opening = 0 if not texts[0].startswith(("[", "【", "<")) else telling
    title = clean_line(draft.title) or _first_words(texts[opening])
    return Page(
        title=title,
        text=text,
        blocks=tuple(blocks),
        sentences=split_sentences(text, blocks),
        removed=tuple(removed),
        subtitle="\n".join(filter(None, map(clean_line, draft.subtitle))) or None,
        publisher=_name(draft.publisher),
        authors=tuple(dict.fromkeys(filter(None, map(clean_line, draft.authors)))),
        published=draft.published,
        url=draft.url,
        original_source=_name(draft.original_source),
        truncated=draft.truncated,
        summary=tuple(filter(None, map(clean_line, draft.summary))),
        language=language(text),
    )


def no_article() -> IngestError:
    return IngestError(
        "글을 찾지 못했습니다. 본문이 있는 쪽인지 살펴보세요.",
        "No article found. Check that the page has a text.",
    )


_HANGUL = re.compile("[가-힣]+")
_SCRIPTS = tuple(map(re.compile, ("[\u3040-\u30ff]+", "[\u4e00-\u9fff]+", "[A-Za-z\u00c0-\u024f]+")))


def language(text: str) -> str:
    """`ko`, `ja`, `zh` or `en` (any Latin script) by the letters of the first 4,000 code points."""
    text = text[:4000]
    # A Korean text has many Latin names, a foreign one hardly any Hangul. A Hangul syllable says as much as two letters.
    hangul = sum(map(len, _HANGUL.findall(text)))
    if hangul * 6 >= len(text):
        return "ko"
    kana, han, latin = (sum(map(len, letters.findall(text))) for letters in _SCRIPTS)
    if hangul * 6 >= latin + han + kana:
        return "ko"
    if kana:
        return "ja"
    return "zh" if han * 2 > latin else "en"


def _block_text(part: Kept) -> str:
    if part.type is BlockType.TABLE:
        return "\n".join(filter(None, map(clean_line, clean(part.text).split("\n"))))
    return clean_line(part.text)


def _name(name: str | None) -> str | None:
    return (clean_line(name) or None) if name else None


def _first_words(text: str, limit: int = 40) -> str:
    line = text.split("\n", 1)[0]
    if len(line) <= limit:
        return line
    cut = line[:limit].rsplit(" ", 1)[0]
    return cut + "…"


def paragraphs(texts: Sequence[tuple[int, str]]) -> list[Kept | Out]:
    """Plain paragraphs from (line number, text)."""
    return [Kept(BlockType.PARAGRAPH, text, line) for line, text in texts]
