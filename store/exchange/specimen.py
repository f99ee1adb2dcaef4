"""A made-up article with marks, on which a template is tried out: it has everything that a template may meet, missing values too."""

from __future__ import annotations

from store.exchange.compose import Source
from store.model import (
    Annotation,
    Article,
    Block,
    BlockType,
    Extracts,
    Figure,
    KeySentence,
    Keyword,
    Raw,
    Span,
)

_SENTENCES = ("연구소는 훈련에 $5.6M이 들었다고 밝혔다.", "그 값이 [어느] 모형의 것인지는 말하지 않았다.")


def specimen() -> Source:
    """An article without address and month-only date, with two marks: one with tags and note, one bare."""
    text = "\n\n".join(_SENTENCES)
    first, second = len(_SENTENCES[0]), len(_SENTENCES[0]) + 2
    article = Article(
        id="000000000000",
        title='견본 글: "틀"을 시험합니다',
        text=text,
        blocks=(
            Block(type=BlockType.PARAGRAPH, start=0, end=first),
            Block(type=BlockType.PARAGRAPH, start=second, end=len(text)),
        ),
        sentences=(Span(start=0, end=first), Span(start=second, end=len(text))),
        publisher="견본일보",
        authors=("홍길동", "김영희"),
        published="2025-02",
        summary=("요약 한 줄",),
        added="2025-03-01T00:00:00.000Z",
        updated="2025-03-01T00:00:00.000Z",
        raw=Raw(sha256="0" * 64, encoding="utf-8", media_type="text/plain"),
    )
    marks = tuple(
        Annotation(
            id=f"{number:012d}",
            article=article.id,
            start=start,
            end=start + len(sentence),
            exact=sentence,
            prefix="",
            suffix="",
            tags=("비용/개발", "주장") if number == 1 else (),
            note="다른 글과 금액이 다르다.\n---\n확인할 것" if number == 1 else "",
            created=article.added,
            updated=article.added,
        )
        for number, (start, sentence) in enumerate(zip((0, second), _SENTENCES, strict=True), 1)
    )
    extracts = Extracts(
        version=1,
        key_sentences=(KeySentence(start=0, end=first, text=_SENTENCES[0], score=1.0),),
        keywords=(Keyword(text="훈련", score=1.0, count=1),),
        figures=(
            Figure(
                surface="$5.6M",
                value=5_600_000,
                unit="USD",
                kind="money",
                start=9,
                end=14,
                sentence=0,
                measures="훈련",
            ),
        ),
    )
    return Source(article, marks, "글에 대한 메모", extracts)
