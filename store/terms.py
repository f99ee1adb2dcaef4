"""What of a text goes into the index: character bigrams for full text, and a sketch for near copies.

Bigrams because Korean words come with particles: with them 딥시크 finds 딥시크가 and 딥시크발, which no list of words does (recall 1.00
against substring search; morphemes .94, SQLite's own trigrams .70).
"""

from __future__ import annotations

import re
import sys
import zlib
from array import array
from collections.abc import Sequence

SKETCH = 128
"""Hashes in a sketch."""

_CODES = f"utf-32-{sys.byteorder[0]}e"
"""Texts as arrays of code points."""

_RUN = re.compile(r"[^\W_]+")
_SOME = "가-깋자-짛하-힣A-Ia-i0-3"
"""Letters with which about a third of all words begin."""
_FIRST = re.compile(rf"\s(?=([{_SOME}].{{4}}))", re.DOTALL)
_REST = re.compile(rf"\s(?=([^{_SOME}\s].{{4}}))", re.DOTALL)


def fold(text: str) -> str:
    """Text for comparison. Lower case rather than case folding: with few exceptions it keeps offsets."""
    return text.lower()


def terms(folded: str) -> str:
    """The terms of a folded text, for a tokenizer that splits at spaces: every pair of characters next to each other, and those next to a
    space alone. Some come more than once. A character by itself is found as what terms begin with."""
    codes = array("I", folded.encode(_CODES))
    pairs = array("I", [ord(" ")]) * (3 * len(codes))
    pairs[::3] = codes
    pairs[1:-2:3] = codes[1:]
    return pairs.tobytes().decode(_CODES)


def match(folded: str) -> str:
    """The FTS5 expression for texts that may contain this; empty when it has no letters or digits to go by.

    Every text that contains it has all of its terms; not every text that has them contains it.
    """
    wanted: dict[str, None] = {}
    for word in _RUN.findall(folded):
        pairs = [word[at : at + 2] for at in range(len(word) - 1)]
        wanted.update(dict.fromkeys([f'"{pair}"' for pair in pairs] or [f'"{word}"*']))
    return " AND ".join(wanted)


def match_any(forms: Sequence[str]) -> str:
    """As `match`, for texts that may contain one of these."""
    expressions = [match(form) for form in forms]
    if len(expressions) < 2 or not all(expressions):
        return expressions[0] if len(expressions) == 1 else ""
    return f"({' OR '.join(f'({expression})' for expression in expressions)})"


def is_exact(folded: str) -> bool:
    """Whether the terms say it all: a text has them just when it contains this."""
    return len(folded) <= 2 and folded.isalnum()


def sketch(text: str) -> bytes:
    """The smallest hashes of a text's 5-character shingles (those at the beginning of a word), as 32-bit numbers in order.

    Broder, "On the resemblance and containment of documents" (1997): the share of common numbers among the smallest of two
    sketches together estimates the share of common shingles of the texts. Shingles that begin with some of the letters have the
    smaller hashes, so that in a text of some length the others need not be looked at.
    """
    hashes = _hashes(_FIRST, text)
    if len(hashes) < SKETCH:
        hashes += [number | 1 << 31 for number in _hashes(_REST, text)]
    return array("I", hashes[:SKETCH]).tobytes()


def _hashes(shingle: re.Pattern[str], text: str) -> list[int]:
    """The 31-bit hashes of shingles of a kind, in order."""
    found = shingle.findall(f" {text}")
    encoded = "\0".join(found).encode().split(b"\0") if found else []
    return sorted({number >> 1 for number in map(zlib.crc32, encoded)})


def resemblance(one: bytes, other: bytes) -> float:
    """The estimated share of common shingles, 0 to 1."""
    first, second = array("I"), array("I")
    first.frombytes(one)
    second.frombytes(other)
    together = sorted({*first, *second})[:SKETCH]
    common = set(first) & set(second)
    return sum(1 for number in together if number in common) / len(together) if together else 0.0


def has_case(word: str) -> bool:
    """Whether upper and lower case of this differ; Hangul has none."""
    return word.lower() != word.upper()


def contains(text: str, word: str) -> bool:
    """Whether a folded word occurs in a text."""
    return word in text or (has_case(word) and word in fold(text))


def occurrences(text: str, word: str) -> list[int]:
    """The offsets in a text at which a folded word occurs."""
    folded = fold(text) if has_case(word) else text
    if len(folded) == len(text):
        found, at = [], folded.find(word)
        while at >= 0:
            found.append(at)
            at = folded.find(word, at + max(1, len(word)))
        return found
    return [match.start() for match in re.finditer(re.escape(word), text, re.IGNORECASE)]
