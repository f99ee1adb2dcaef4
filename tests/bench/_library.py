"""A library of any number of analysed articles, and one article of 1 MB with 5,000 marks, the same every time."""

from __future__ import annotations

import hashlib
import os
import random
from itertools import accumulate
from pathlib import Path

from store.intake import build as article_of
from store.korean import EXTRACTOR
from store.library import Library
from store.marks import encode
from store.model import Annotation, Article, Block, BlockType, Extracts, KeySentence, Keyword, Page, Raw, Span
from tests.bench.store import page_of

SIZE = 1_000_000
"""Bytes of the long article."""
MARKS = 5_000
FREE = 100
"""Sentences of the long article without marks, from `FREE_FROM` on."""
START = 3_000
"""The sentence of the long article that its reader left off at."""
FREE_FROM = 3_900
_TEXT = (
    "창고가 바닷가에 있고 비용은 320억 원이다 기계가 사람보다 많다 (가칭) AI 모델을 “새로” 들였다 "
    "항구의 하루는 길고 값은 올랐다"
)
WORDS = _TEXT.split()


def sentence_name(number: int) -> str:
    """What the sentence `number` of the long article begins with; nothing else there has it."""
    return f"{number}째로"


def long_page() -> Page:
    """An article of `SIZE` bytes, its sentences numbered."""
    chance = random.Random(8)
    blocks: list[Block] = []
    sentences: list[Span] = []
    parts: list[str] = []
    at = size = 0
    while size < SIZE:
        start = at
        made: list[str] = []
        for _ in range(chance.randint(2, 8)):
            words = [sentence_name(len(sentences)), *chance.choices(WORDS, k=chance.randint(5, 20))]
            sentence = " ".join(words) + "."
            sentences.append(Span(start=at, end=at + len(sentence)))
            at += len(sentence) + 1
            made.append(sentence)
        text = " ".join(made)
        heading = not len(blocks) % 40
        blocks.append(
            Block(
                type=BlockType.HEADING if heading else BlockType.PARAGRAPH,
                level=int(heading),
                start=start,
                end=start + len(text),
            )
        )
        parts.append(text)
        at = start + len(text) + 2
        size += len(text.encode()) + 2
    return Page(
        title="항구의 새 창고", text="\n\n".join(parts), blocks=tuple(blocks), sentences=tuple(sentences), publisher="바다일보"
    )  # fmt: skip


def marks_on(article: Article) -> list[Annotation]:
    """`MARKS` marks on its sentences, some with tags and notes."""
    chance = random.Random(9)
    free = range(FREE_FROM, FREE_FROM + FREE)
    marked = [span for number, span in enumerate(article.sentences) if number not in free]
    made = []
    for number in range(MARKS):
        span = chance.choice(marked)
        end = chance.choice((span.end, max(span.start + 1, (span.start + span.end) // 2)))
        made.append(
            Annotation(
                id=f"{number:012x}",
                article=article.id,
                start=span.start,
                end=end,
                exact=article.slice(span.start, end),
                prefix=article.text[max(0, span.start - 32) : span.start],
                suffix=article.text[end : end + 32],
                tags=chance.choice([(), ("비용",), ("비용/개발", "주장")]),
                note=chance.choice(["", "", "메모"]),
                created="2025-02-14T03:04:05.678Z",
                updated="2025-02-14T03:04:05.678Z",
            )
        )
    return made


def extracts_of(article: Article, number: int) -> Extracts:
    """Extracts as they may come from an analysis, made without one."""
    words = list(dict.fromkeys(word for word in article.text[:20_000].split() if len(word) > 1))
    chance = random.Random(number)
    chosen = chance.sample(words, min(12, len(words)))
    first = article.sentences[:5]
    return Extracts(
        version=EXTRACTOR,
        key_sentences=tuple(
            KeySentence(start=span.start, end=span.end, text=article.slice(span.start, span.end), score=1)
            for span in first
        ),
        keywords=tuple(
            Keyword(text=word, score=share / len(chosen), count=2)
            for word, share in zip(chosen, accumulate([1] * len(chosen)), strict=True)
        ),
        terms=tuple(
            tuple(word.strip(".") for word in article.slice(span.start, span.end).split()[:8])
            for span in article.sentences
        ),
    )


def make(folder: Path, articles: int) -> str:
    """Make the library, the long article the last opened one, and return that one's id.

    Nothing here waits for the disk: what the machine loses meanwhile is made again.
    """
    sync = os.fsync
    os.fsync = lambda fd: None
    try:
        with Library.open(folder) as library:
            with library._intake.bulk():
                for number in range(articles):
                    _put(library, *page_of(number), number)
                page = long_page()
                long = _put(library, f"{page.title}\n\n{page.text}".encode(), page, articles)
            for tag, colour, key in (("비용", "yellow", "1"), ("주장", "blue", "2")):
                library.set_tag(tag, colour=colour, hotkey=key)
            library._marks.set(long.id, {mark.id: encode(mark) for mark in marks_on(long)})
            library.set_place(long.id, long.sentences[START].start, 0.4)
    finally:
        os.fsync = sync
    return long.id


def _put(library: Library, data: bytes, page: Page, number: int) -> Article:
    sha256 = hashlib.sha256(data).hexdigest()
    raw = Raw(sha256=sha256, encoding="utf-8", media_type="text/plain", name=f"{number}.txt", size=len(data))
    time = f"2025-02-14T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}.000Z"
    article = article_of(page, raw, id=sha256[:12], added=time, updated=time, parser=1)
    library._shelf.save_raw(data, raw)
    library._shelf.save(article, extracts_of(article, number))
    return article
