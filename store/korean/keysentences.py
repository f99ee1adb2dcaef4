"""Key sentences: which few sentences say most of what an article says, no two of them the same thing.

Each sentence has a handful of features between 0 and 1; their weighted sum is its score, and a selection by maximal marginal
relevance (Carbonell and Goldstein 1998) leaves out what is said already. The weights were learned by
`tests/eval/train_keysentences.py`; they are the numbers below and nothing else.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

FEATURES = (
    "lead",
    "position",
    "probability",
    "centroid",
    "title",
    "length",
    "figures",
    "quotation",
    "reference",
    "verbs",
)
WEIGHTS = {
    "lead": 0.6, "position": 0.3, "probability": 1.0, "centroid": 1.0, "title": 0.7, "length": 0.6, "figures": 0.2,
    "quotation": -0.1, "reference": -0.3, "verbs": 0.0,
}  # fmt: skip

_CLOSE = 0.55
"""Two sentences this alike (cosine of their terms) say the same."""
_REFERRING = (
    "이는",
    "이것",
    "그것",
    "이런",
    "그런",
    "이러한",
    "그러한",
    "이에",
    "그는",
    "그녀",
    "이들",
    "이를",
    "또한",
    "그리고",
    "하지만",
    "그러나",
    "따라서",
    "물론",
    "반면",
    "다만",
)


def features(
    texts: Sequence[str], terms: Sequence[Sequence[str]], title_terms: Sequence[str], figures: Sequence[int]
) -> list[tuple[float, ...]]:
    """The features of each sentence, in the order of `FEATURES`, each between 0 and 1.

    Args:
        texts: the sentences.
        terms: the content terms of each.
        title_terms: those of the title.
        figures: how many figures each holds.
    """
    n = len(texts)
    counts = Counter(term for each in terms for term in each)
    spread = Counter(term for each in terms for term in set(each))
    total = sum(counts.values()) or 1
    # A term of one sentence only says nothing of the whole.
    weight = {term: count / total for term, count in counts.items()}
    idf = {term: math.log((n + 1) / (spread[term] + 0.5)) for term in spread}
    centre = {term: counts[term] * idf[term] for term in counts if spread[term] > 1}
    norm = math.sqrt(sum(value * value for value in centre.values())) or 1.0
    title = set(title_terms)
    rows: list[list[float]] = []
    for i in range(n):
        own = Counter(terms[i])
        size = math.sqrt(sum((count * idf[term]) ** 2 for term, count in own.items())) or 1.0
        text = texts[i]
        first = text.lstrip("\"'“‘(").split(" ", 1)[0]
        rows.append(
            [
                1.0 / (1 + i),
                1.0 - i / n,
                sum(weight[term] for term in own),
                sum(count * idf[term] * centre.get(term, 0.0) for term, count in own.items()) / (norm * size),
                len(title.intersection(own)) / (len(title) or 1),
                min(len(text), 150) / 150,
                min(figures[i], 3) / 3,
                1.0 if any(mark in text for mark in '"“”') else 0.0,
                1.0 if first.startswith(_REFERRING) else 0.0,
                sum(term.endswith("다") for term in terms[i]) / (len(terms[i]) or 1),
            ]
        )
    for column in (2, 3):
        top = max((row[column] for row in rows), default=0.0) or 1.0
        for row in rows:
            row[column] /= top
    return [tuple(row) for row in rows]


def scores(rows: Sequence[Sequence[float]], weights: dict[str, float] = WEIGHTS) -> list[float]:
    """The weighted sum of each sentence's features."""
    factors = [weights[name] for name in FEATURES]
    return [sum(f * value for f, value in zip(factors, row, strict=True)) for row in rows]


def select(ranked: Sequence[float], terms: Sequence[Sequence[str]], count: int) -> list[int]:
    """The best `count` sentences by score, best first, none saying what a better one says."""
    chosen: list[int] = []
    kept: list[Counter[str]] = []
    for i in sorted(range(len(ranked)), key=lambda i: -ranked[i]):
        if len(chosen) >= count:
            break
        own = Counter(terms[i])
        if len(own) < 2 or any(likeness(own, other) > _CLOSE for other in kept):
            continue
        chosen.append(i)
        kept.append(own)
    return chosen


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """Cosine of two bags of terms, 0 to 1."""
    if len(a) > len(b):
        a, b = b, a
    shared = sum(count * b[term] for term, count in a.items() if term in b)
    if not shared:
        return 0.0
    return shared / math.sqrt(sum(c * c for c in a.values()) * sum(c * c for c in b.values()))
