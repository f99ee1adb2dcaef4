"""An article's keywords weighed against the library when they are shown: what every article has says little of this one.

Stored are the keywords as the article alone gives them, since the library changes and the stored extracts need not. Pure; no Kiwi.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from store.model import Extracts, Keyword


def weighed(extracts: Extracts, lists: Iterable[str]) -> Extracts:
    """The extracts with each keyword's score times `1 + ln((n + 1) / (d + 0.5))`, the best first and 1.

    Args:
        extracts: those of one article.
        lists: the names and keywords of each article of the library, a line each; n of them, d of which have the keyword
            (upper case and spaces apart).
    """
    wanted = {_bare(k.text) for k in extracts.keywords}
    spread: Counter[str] = Counter()
    size = 0
    for lines in lists:
        size += 1
        for word in wanted.intersection(_bare(lines).split("\n")):
            spread[word] += 1
    size = max(1, size)
    again = [
        (k.score * (1 + math.log((size + 1) / (max(1, spread[_bare(k.text)]) + 0.5))), k)
        for k in extracts.keywords
    ]
    top = max((score for score, _ in again), default=1.0) or 1.0
    best = sorted(again, key=lambda item: -item[0])
    return replace(
        extracts,
        keywords=tuple(Keyword(text=k.text, score=round(score / top, 4), count=k.count) for score, k in best),
    )


def _bare(text: str) -> str:
    return text.replace(" ", "").lower()
