"""Kiwi, the morphological analyser: the one place that loads it. It takes about 3 s and 500 MB, so only the worker process does."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kiwipiepy import Kiwi  # type: ignore[import-untyped]

_CHUNK = 600
"""Kiwi's time grows faster than the length where there is no space to rest at; longer texts go in pieces of this many code points."""
_POOR = 24
"""A piece of full length with fewer different characters than this is not language, and costs Kiwi seconds: left out."""


class Token(NamedTuple):
    """A morpheme: `form` as Kiwi has it (may differ from the surface), Sejong `tag`, `[start, end)` in the text handed in.

    `word` numbers the 어절 in its text.
    """

    form: str
    tag: str
    start: int
    end: int
    word: int


@cache
def _kiwi() -> Kiwi:
    return Kiwi()


def tokenise(texts: Sequence[str]) -> list[list[Token]]:
    """The morphemes of each text; texts in NFC. Nothing for what is not language."""
    return list(stream(texts))


def stream(texts: Sequence[str]) -> Iterator[list[Token]]:
    """The same one by one, so that the caller works on the first while Kiwi's threads are at the next."""
    pieces = [piece for number, text in enumerate(texts) for piece in _pieces(number, text)]
    done = 0
    own: list[Token] = []
    for (number, at, _), tokens in zip(pieces, _kiwi().tokenize(text for _, _, text in pieces), strict=True):
        while done < number:
            yield own
            own = []
            done += 1
        base = own[-1].word + 1 if own else 0
        own.extend([Token(t.form, t.tag, t.start + at, t.end + at, t.word_position + base) for t in tokens])
    while done < len(texts):
        yield own
        own = []
        done += 1


def _pieces(number: int, text: str) -> Iterator[tuple[int, int, str]]:
    if len(text) <= _CHUNK:
        yield number, 0, text
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
            yield number, at, piece
        at = end
