"""An article's extracts, from its text. Loads Kiwi: only the worker process runs this."""

from __future__ import annotations

from collections.abc import Sequence

from store.korean import EXTRACTOR
from store.korean.dates import Base
from store.korean.figures import Found, figures
from store.korean.keysentences import features, scores, select
from store.korean.keywords import keywords
from store.korean.kiwi import Token, tokenise
from store.korean.measures import Measures, speaker
from store.korean.names import collected, names
from store.korean.words import terms, words
from store.model import Block, BlockType, Extracts, Figure, KeySentence, Page, Span

_PROSE = {BlockType.PARAGRAPH, BlockType.LIST_ITEM, BlockType.QUOTATION}
_MOST_KEY_SENTENCES = 8
_MOST_KEYWORDS = 15


def analyse(page: Page) -> Extracts:
    """What is found in `page`. Empty where there is nothing to find; for any text, in time linear in its length."""
    spans = page.sentences
    texts = [page.text[span.start : span.end] for span in spans]
    kinds = _kinds(page)
    *tokens, title_tokens = tokenise([*texts, page.title])
    found = [words(sentence, own) for sentence, own in zip(texts, tokens, strict=True)]
    sentence_terms = tuple(terms(own) for own in found)
    title_terms = terms(words(page.title, title_tokens))
    base = Base.of(page.published)
    numbers = [
        # The dates and pages in a list of references say nothing that the article says.
        [] if kind is BlockType.REFERENCE else figures(sentence, own, base)
        for sentence, own, kind in zip(texts, tokens, kinds, strict=True)
    ]
    return Extracts(
        version=EXTRACTOR,
        key_sentences=_key_sentences(spans, texts, kinds, sentence_terms, title_terms),
        keywords=keywords(texts, found, title_terms, _MOST_KEYWORDS),
        figures=_figures(spans, texts, tokens, numbers),
        names=collected(
            texts,
            [span.start for span in spans],
            [
                [] if kind is BlockType.REFERENCE else names(sentence, own)
                for sentence, own, kind in zip(texts, tokens, kinds, strict=True)
            ],
        ),
        terms=sentence_terms,
    )


def _key_sentences(
    spans: Sequence[Span],
    texts: Sequence[str],
    kinds: Sequence[BlockType],
    sentence_terms: Sequence[tuple[str, ...]],
    title_terms: Sequence[str],
) -> tuple[KeySentence, ...]:
    prose = [i for i, kind in enumerate(kinds) if kind in _PROSE]
    own_terms = [sentence_terms[i] for i in prose]
    ranked = scores(features([texts[i] for i in prose], own_terms, title_terms))
    chosen = select(ranked, own_terms, min(_MOST_KEY_SENTENCES, max(3, len(prose) // 5)))
    top = max((ranked[i] for i in chosen), default=1.0)
    return tuple(
        KeySentence(
            start=spans[prose[i]].start,
            end=spans[prose[i]].end,
            text=texts[prose[i]],
            score=round(max(0.0, ranked[i] / top), 4) if top > 0 else 0.0,
        )
        for i in chosen
    )


def _figures(
    spans: Sequence[Span],
    texts: Sequence[str],
    tokens: Sequence[Sequence[Token]],
    numbers: Sequence[Sequence[Found]],
) -> tuple[Figure, ...]:
    figures_found: list[Figure] = []
    for i, own in enumerate(numbers):
        if not own:
            continue
        text, start = texts[i], spans[i].start
        measures = Measures(text, tokens[i], own)
        figures_found.extend(
            Figure(
                surface=text[each.start : each.end],
                value=each.value,
                unit=each.unit,
                kind=each.kind,
                start=start + each.start,
                end=start + each.end,
                sentence=i,
                qualifier=each.qualifier,
                measures=measures.of(k),
                speaker=speaker(text, tokens[i], each),
            )
            for k, each in enumerate(own)
        )
    return tuple(figures_found)


def _kinds(page: Page) -> list[BlockType]:
    """The type of the block that each sentence stands in."""
    kinds: list[BlockType] = []
    blocks: Sequence[Block] = page.blocks
    at = 0
    for span in page.sentences:
        while at + 1 < len(blocks) and blocks[at].end <= span.start:
            at += 1
        kinds.append(blocks[at].type if blocks else BlockType.PARAGRAPH)
    return kinds
