"""Finding words in the article. Pure."""

from __future__ import annotations

import re
import unicodedata

from store.model import Span


def find_all(text: str, query: str) -> list[Span]:
    """Every place of `query` in `text`, in order, not overlapping.

    NFC, without regard to case; a run of white space in the query fits any run of white space in the text. An empty query has none.
    """
    words = unicodedata.normalize("NFC", query).split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    return [Span(start=match.start(), end=match.end()) for match in pattern.finditer(text)]
