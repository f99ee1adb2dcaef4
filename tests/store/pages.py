"""Pages for the store's tests: a parser so plain that a test can say what comes of a page, and texts to mark."""

from __future__ import annotations

import hashlib
import random

from store.errors import IngestError
from store.library import Library
from store.model import Block, BlockType, Page, Raw, Span

WORDS = (  # noqa: SIM905
    "정부는 반도체 수출 규제를 다시 살펴보겠다고 밝혔다 업계에서는 연구 개발 비용이 크게 늘어날 것으로 내다본다 인공지능 모델을 학습하는 데 드는 전력과 "
    "장비 값이 문제라는 지적도 나온다 공개 소스 진영은 작은 회사에도 기회가 열렸다고 말한다 투자자는 실적을 확인한 뒤에 움직이겠다는 태도다 "
    "전문가들은 인재를 붙잡지 못하면 격차가 벌어진다고 경고했다 시장 조사 기관은 내년 수요가 올해보다 많을 것으로 추산한다"
).split()


def page(title: str, *paragraphs: str, url: str | None = None, publisher: str | None = None) -> Page:
    """A page of paragraphs, each one sentence."""
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(type=BlockType.PARAGRAPH, start=at, end=at + len(paragraph)))
        at += len(paragraph) + 2
    return Page(
        title=title,
        text="\n\n".join(paragraphs),
        blocks=tuple(blocks),
        sentences=tuple(Span(start=block.start, end=block.end) for block in blocks),
        url=url,
        publisher=publisher,
    )


def parse(
    data: bytes,
    *,
    name: str = "",
    encoding: str | None = None,
    media_type: str | None = None,
    source_url: str | None = None,
) -> list[tuple[Page, Raw]]:
    """`title`, then paragraphs. A line `@출처 …` names the publisher; `===` stands between the entries of a feed."""
    text = data.decode(encoding or "utf-8", "replace")
    if not text.strip():
        raise IngestError("빈 파일입니다.", "The file is empty.")
    raw = Raw(
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding or "utf-8",
        media_type=media_type or "text/plain",
        name=name,
        size=len(data),
    )
    pages = []
    for entry in text.split("\n===\n"):
        title, *paragraphs = [part.strip() for part in entry.split("\n") if part.strip()]
        publisher = None
        if paragraphs and paragraphs[0].startswith("@출처 "):
            publisher = paragraphs.pop(0)[4:]
        pages.append((page(title, *paragraphs, url=source_url, publisher=publisher), raw))
    return pages


def prose(seed: int, sentences: int = 20) -> list[str]:
    """Sentences, different for each seed, the same every time."""
    rng = random.Random(seed)
    return [
        " ".join(rng.choices(WORDS, k=rng.randint(6, 14))) + f" {rng.randint(1, 9999)}건이다."
        for _ in range(sentences)
    ]


def dump(seed: int, sentences: int = 20) -> bytes:
    """A whole page as bytes."""
    return "\n".join([f"글 {seed}번", *prose(seed, sentences)]).encode()


def thrice(library: Library, text: str) -> Library:
    """The library with three articles that begin with their number and go on with this text."""
    for number in range(3):
        library.add(f"{number} {text}".encode(), name=f"{number}.txt")
    return library
