"""An article's extracts, from its text. Loads Kiwi: only the worker process runs this."""

from __future__ import annotations

from store.korean import EXTRACTOR
from store.korean.dates import Base
from store.korean.figures import figures
from store.korean.keysentences import features, scores, select
from store.korean.keywords import keywords
from store.korean.kiwi import tokenise
from store.korean.words import terms, words
from store.model import Block, BlockType, Extracts, Figure, KeySentence, Page

_PROSE = {BlockType.PARAGRAPH, BlockType.LIST_ITEM, BlockType.QUOTATION}
_MOST_KEY_SENTENCES = 8
_MOST_KEYWORDS = 15


def analyse(page: Page) -> Extracts:
    """What is found in `page`. Empty where there is nothing to find; for any text, in time linear in its length."""
    text, spans = page.text, page.sentences
    texts = [text[span.start : span.end] for span in spans]
    *tokens, title_tokens = tokenise([*texts, page.title])
    found = [words(sentence, own) for sentence, own in zip(texts, tokens, strict=True)]
    sentence_terms = tuple(terms(own) for own in found)
    title_terms = terms(words(page.title, title_tokens))

    prose = [i for i, kind in enumerate(_kinds(page)) if kind in _PROSE]
    rows = features(
        [texts[i] for i in prose], [sentence_terms[i] for i in prose], title_terms, [0] * len(prose)
    )
    ranked = scores(rows)
    count = min(_MOST_KEY_SENTENCES, max(3, len(prose) // 5))
    chosen = select(ranked, [sentence_terms[i] for i in prose], count)
    top = max((ranked[i] for i in chosen), default=1.0) or 1.0
    key_sentences = tuple(
        KeySentence(
            start=spans[prose[i]].start,
            end=spans[prose[i]].end,
            text=texts[prose[i]],
            score=round(max(0.0, ranked[i] / top), 4),
        )
        for i in chosen
    )
    return Extracts(
        version=EXTRACTOR,
        key_sentences=key_sentences,
        keywords=keywords(texts, found, title_terms, _MOST_KEYWORDS),
        figures=tuple(
            Figure(
                surface=texts[i][each.start : each.end],
                value=each.value,
                unit=each.unit,
                kind=each.kind,
                start=spans[i].start + each.start,
                end=spans[i].start + each.end,
                sentence=i,
                qualifier=each.qualifier,
            )
            for i, own in enumerate(numbers)
            for each in own
        ),
        terms=sentence_terms,
    )


def _kinds(page: Page) -> list[BlockType]:
    """The type of the block that each sentence stands in."""
    kinds: list[BlockType] = []
    blocks: list[Block] = list(page.blocks)
    at = 0
    for span in page.sentences:
        while at + 1 < len(blocks) and blocks[at].end <= span.start:
            at += 1
        kinds.append(blocks[at].type if blocks else BlockType.PARAGRAPH)
    return kinds
