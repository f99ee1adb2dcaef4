"""Kiwi, the morphological analyser: the one place that loads it. It takes about 3 s and 500 MB, so only the worker process does."""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import msgspec
from kiwipiepy import Kiwi, KiwiConfig  # type: ignore[import-untyped]

_CHUNK = 600
"""Kiwi's time grows faster than the length where there is no space to rest at; longer texts go in pieces of this many code points."""
_POOR = 24
"""A piece of full length with fewer different characters than this is not language, and costs Kiwi seconds: left out."""


class Token(msgspec.Struct, gc=False):
    """A morpheme: `form` as Kiwi has it (may differ from the surface), Sejong `tag`, `[start, end)` in the text handed in.

    `word` numbers the 어절 in its text.
    """

    form: str
    tag: str
    start: int
    end: int
    word: int


_CUTOFF = 5.0
"""Kiwi drops a reading whose score is that much behind the best so far; its own 8 takes a sixth more time for other morphemes in one
sentence of a hundred, and no better names, figures or key sentences (`tests/eval`)."""


@cache
def _kiwi() -> Kiwi:
    return Kiwi()


@cache
def _search() -> KiwiConfig:
    return replace(_kiwi().global_config, cutoff_threshold=_CUTOFF)


def tokenise(texts: Sequence[str]) -> list[list[Token]]:
    """The morphemes of each text; texts in NFC. Nothing for what is not language."""
    return list(stream(texts))


def stream(texts: Iterable[str]) -> Iterator[list[Token]]:
    """The same one by one, so that the caller works on the first while Kiwi's threads are at the next.

    `texts` is read ahead of what has come out, by a few dozen; the morphemes of a text may wait for the text after it.
    """
    begun: deque[list[int]] = deque()
    """Of each text that Kiwi has, and that has not come out: where its pieces begin."""

    def pieces() -> Iterator[str]:
        for text in texts:
            cut = list(_pieces(text))
            begun.append([at for at, _ in cut])
            for _, piece in cut:
                yield piece

    own: list[Token] = []
    got = 0
    for tokens in _kiwi().tokenize(pieces(), override_config=_search()):
        while not begun[0]:
            begun.popleft()
            yield []
        if begun[0] == [0]:
            begun.popleft()
            yield [Token(t.form, t.tag, t.start, t.end, t.word_position) for t in tokens]
            continue
        at, base = begun[0][got], own[-1].word + 1 if own else 0
        own += [Token(t.form, t.tag, t.start + at, t.end + at, t.word_position + base) for t in tokens]
        got += 1
        if got == len(begun[0]):
            begun.popleft()
            yield own
            own, got = [], 0
    for _ in begun:
        yield []


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    if len(text) <= _CHUNK:
        yield 0, text
        return
    at = 0
    while at < len(text):
        end = min(at + _CHUNK, len(text))
        if end < len(text):
            space = text.rfind(" ", at + _CHUNK // 2, end)
            end = space + 1 if space > 0 else end
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
        piece = text[at:end]
        if len(piece) < _CHUNK // 2 or len(set(piece)) >= _POOR:
            yield at, piece
        at = end
