"""An article of our own and marks on it, without a library."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from store.model import Annotation, Article, Block, BlockType, Raw, Span

if TYPE_CHECKING:
    from store.library import Library

WORDS = (
    ("heading", "값싼 모형이 던진 질문"),
    ("paragraph", "연구소는 훈련에 든 돈이 $5.6M이라고 밝혔다. 경쟁사의 1/10~1/30에 그친다는 뜻이다."),
    ("paragraph", "그러나 그 값이 어느 모형의 것인지는 [확인]되지 않았다."),
    ("heading", "남은 문제"),
    ("list_item", "설비를 빌린 값은 빠졌다."),
    ("paragraph", "시험 운영에 든 사람의 품도 셈에 없다."),
    ("footnote", "* 값은 모두 2025년 환율이다."),
)


def make_article(**changes: Any) -> Article:
    text = "\n\n".join(words for _, words in WORDS)
    blocks, at = [], 0
    for kind, words in WORDS:
        blocks.append(
            Block(
                type=BlockType(kind),
                start=at,
                end=at + len(words),
                level=1 if kind in {"heading", "list_item"} else 0,
            )
        )
        at += len(words) + 2
    values: dict[str, Any] = {
        "id": "a1b2c3d4e5f6",
        "title": "값싼 모형, 비싼 질문",
        "text": text,
        "blocks": tuple(blocks),
        "sentences": tuple(Span(start=b.start, end=b.end) for b in blocks),
        "publisher": "가온경제",
        "authors": ("한서리", "문가람"),
        "published": "2025-02-14",
        "url": "https://example.org/a_b?no=1",
        "added": "2025-03-01T00:00:00.000Z",
        "updated": "2025-03-01T00:00:00.000Z",
        "raw": Raw(sha256="0" * 64, encoding="utf-8", media_type="text/plain"),
    }
    return Article(**{**values, **changes})


def make_mark(article: Article, exact: str, number: int = 1, **changes: Any) -> Annotation:
    start = article.text.index(exact)
    values: dict[str, Any] = {
        "id": f"{number:012x}",
        "article": article.id,
        "start": start,
        "end": start + len(exact),
        "exact": exact,
        "prefix": article.text[max(0, start - 32) : start],
        "suffix": article.text[start + len(exact) : start + len(exact) + 32],
        "created": "2025-03-02T00:00:00.000Z",
        "updated": "2025-03-02T00:00:00.000Z",
    }
    return Annotation(**{**values, **changes})


def make_library(folder: Path, *articles: Article) -> Library:
    """A library with these articles, as if they had been taken in."""
    from store.library import Library

    library = Library.open(folder)
    for article in articles:
        data = f"{article.id}\n{article.text}".encode()
        article = replace(article, raw=replace(article.raw, sha256=hashlib.sha256(data).hexdigest()))
        library._shelf.save_raw(data, article.raw)
        library._shelf.save(article)
    return library
