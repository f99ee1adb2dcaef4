"""An article's extracts, from its text. Loads Kiwi: only the worker process runs this."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from store.korean import EXTRACTOR
from store.korean.dates import Base
from store.korean.figures import Found as FigureFound
from store.korean.figures import figures
from store.korean.keysentences import features, scores, select
from store.korean.keywords import keywords
from store.korean.kiwi import Token, stream
from store.korean.measures import Before, Measures
from store.korean.namekinds import Found as NameFound
from store.korean.names import collected, names
from store.korean.speakers import Speakers
from store.korean.words import Word, terms, words
from store.model import Block, BlockType, Extracts, Figure, KeySentence, Page, Span

_PROSE = {BlockType.PARAGRAPH, BlockType.LIST_ITEM, BlockType.QUOTATION}
_MOST_KEY_SENTENCES = 8
_MOST_KEYWORDS = 15
_WINDOW = 1_500
_GAP = 250
"""Code points without a morpheme: what stands there is not language (`kiwi`)."""


def texts_of(page: Page) -> list[str]:
    """What Kiwi has to look at: the title, and each sentence."""
    return [page.title, *(page.text[span.start : span.end] for span in page.sentences)]


def analyse(page: Page, morphemes: Iterator[list[Token]] | None = None) -> Extracts:
    """What is found in `page`. Empty where there is nothing to find; for any text, in time linear in its length.

    `morphemes`: of `texts_of(page)`, where somebody has them already.
    """
    spans = page.sentences
    texts = texts_of(page)[1:]
    if morphemes is None:
        morphemes = stream([page.title, *texts])
    kinds = _kinds(page)
    base = Base.of(page.published)
    found: list[list[Word]] = []
    named: list[list[NameFound]] = []
    figured: list[Figure] = []
    before: Before | None = None
    opens = _opening(page)
    title_terms = terms(words(page.title, next(morphemes)))
    for i, tokens in enumerate(morphemes):
        text = texts[i]
        found.append(words(text, tokens))
        if kinds[i] is BlockType.REFERENCE:
            # The names and dates in a list of references say nothing that the article says.
            named.append([])
            continue
        own: list[NameFound] = []
        if opens[i]:
            before = None
        for at, part, part_tokens in _windows(text, tokens):
            own += _moved_names(names(part, part_tokens), at)
            found_here = figures(part, part_tokens, base)
            if found_here:
                measures = Measures(part, part_tokens, found_here, before)
                figured.extend(_figures(i, spans[i].start + at, part, part_tokens, measures))
                before = measures.told()
            else:
                before = Before(part, part_tokens, (), ())
        named.append(own)
    sentence_terms = tuple(terms(own) for own in found)
    said = [[] if kind is BlockType.REFERENCE else own for own, kind in zip(found, kinds, strict=True)]
    return Extracts(
        version=EXTRACTOR,
        key_sentences=_key_sentences(spans, texts, kinds, sentence_terms, title_terms),
        keywords=keywords(texts, said, title_terms, _MOST_KEYWORDS),
        figures=tuple(figured),
        names=collected(texts, [span.start for span in spans], named),
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


def _windows(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, str, Sequence[Token]]]:
    """A sentence as it is, or one that no person wrote in pieces of bounded length, between words and without what is not language:
    where each begins, its text, its morphemes. Looking around a figure costs time in proportion to the sentence."""
    if len(text) <= 2 * _GAP:
        yield 0, text, tokens
        return
    begin = at = end = 0
    for i, token in enumerate(tokens):
        far = token.start - at
        gap = token.start - end > _GAP
        if gap or (far > _WINDOW and (token.word != tokens[i - 1].word or far > 2 * _WINDOW)):
            if i:
                yield at, text[at : end if gap else token.start], _moved(tokens[begin:i], at)
            begin, at = i, token.start
        end = max(end, token.end)
    yield at, text[at : len(text) if len(text) - end <= _GAP else end], _moved(tokens[begin:], at)


def _moved(tokens: Sequence[Token], by: int) -> list[Token]:
    return [replace(token, start=token.start - by, end=token.end - by) for token in tokens]


def _moved_names(own: list[NameFound], by: int) -> list[NameFound]:
    return [each._replace(start=each.start + by, end=each.end + by) for each in own] if by else own


def _figures(
    number: int, start: int, text: str, tokens: Sequence[Token], measures: Measures
) -> Iterator[Figure]:
    """The figures of sentence `number`, which begins at `start`."""
    speakers = Speakers(text, tokens)
    wordless = _wordless(text, measures.found)
    for k, each in enumerate(measures.found):
        if wordless and each.kind == "number" and each.unit is None and measures.of(k) is None:
            continue  # a row of a table, the number of a page: it says nothing of anything
        yield Figure(
            surface=text[each.start : each.end],
            value=each.value,
            unit=each.unit,
            kind=each.kind,
            start=start + each.start,
            end=start + each.end,
            sentence=number,
            qualifier=each.qualifier,
            measures=measures.of(k),
            speaker=speakers.of(each),
        )


def _wordless(text: str, found: Sequence[FigureFound]) -> bool:
    """Whether a sentence is its figures and no word."""
    at = 0
    for each in found:
        if any(map(str.isalpha, text[at : each.start])):
            return False
        at = each.end
    return not any(map(str.isalpha, text[at:]))


def _opening(page: Page) -> list[bool]:
    """Whether each sentence is the first of its block."""
    starts = sorted(block.start for block in page.blocks)
    found, at = [], 0
    for span in page.sentences:
        first = at < len(starts) and starts[at] <= span.start
        while at < len(starts) and starts[at] <= span.start:
            at += 1
        found.append(first)
    return found


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
