"""Key sentences: which few sentences say most of what an article says, no two of them the same thing.

Each sentence has seven features between 0 and 1; their weighted sum is its score, and a selection in the manner of maximal
marginal relevance (Carbonell and Goldstein 1998) leaves out what is said already. The weights were learned, pairwise, by
`tests/eval/train_keysentences.py`; they are the numbers below and nothing else.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

WEIGHTS: Mapping[str, float] = {
    "lead": 0.43,
    "repeated": 0.96,
    "probability": 0.93,
    "centroid": 0.69,
    "title": 0.95,
    "length": 0.96,
    "finding": 0.50,
}
"""lead: how near the beginning, 1 / (1 + place). repeated: how much of what the article repeats is in it, the sum of log(1 + count) over its terms
that occur twice. probability: the summed probability of its terms. centroid: cosine with the terms of the whole, weighed by how few
sentences have them. title: the share of the title's terms. length: up to 150 code points. finding: ends by saying what was found, shown or announced."""

_FULL_LENGTH = 150
_CLOSE = 0.4
"""Two sentences this alike say the same."""
_FINDING = ("밝혔다", "나타났다", "개발했다", "발표했다", "밝혀졌다", "규명했다", "확인했다", "드러났다", "분석됐다", "전망된다", "조사됐다")  # fmt: skip


def features(
    texts: Sequence[str], terms: Sequence[Sequence[str]], title_terms: Sequence[str]
) -> list[dict[str, float]]:
    """The features of each sentence by name, each between 0 and 1.

    Args:
        texts: the sentences.
        terms: the content terms of each.
        title_terms: those of the title.
    """
    n = len(texts)
    bags = [Counter(each) for each in terms]
    counts = Counter(chain.from_iterable(terms))
    spread = Counter(chain.from_iterable(bags))
    total = sum(counts.values()) or 1
    idf = {term: math.log((n + 1) / (spread[term] + 0.5)) for term in spread}
    centre = {term: counts[term] * idf[term] for term in counts if spread[term] > 1}
    norm = math.sqrt(sum(value * value for value in centre.values())) or 1.0
    repeated = {term: math.log1p(count) for term, count in counts.items() if count > 1}
    title = set(title_terms)
    rows: list[dict[str, float]] = []
    for i in range(n):
        own = bags[i]
        size = math.sqrt(sum([(count * idf[term]) ** 2 for term, count in own.items()])) or 1.0
        rows.append(
            {
                "lead": 1.0 / (1 + i),
                "repeated": sum([repeated[term] for term in own if term in repeated]),
                "probability": sum([counts[term] for term in own]) / total,
                "centroid": sum([c * idf[term] * centre[term] for term, c in own.items() if term in centre]) / (norm * size),
                "title": len(title.intersection(own)) / (len(title) or 1),
                "length": min(len(texts[i]), _FULL_LENGTH) / _FULL_LENGTH,
                "finding": float(texts[i].rstrip(" .").endswith(_FINDING)),
            }
        )  # fmt: skip
    for name in ("repeated", "probability", "centroid"):
        top = max((row[name] for row in rows), default=0.0)
        for row in rows:
            row[name] = row[name] / top if top > 0 else 0.0
    return rows


def scores(rows: Sequence[Mapping[str, float]], weights: Mapping[str, float] = WEIGHTS) -> list[float]:
    """The weighted sum of each sentence's features, between 0 and 1."""
    whole = sum(weights.values())
    return [sum(weight * row[name] for name, weight in weights.items()) / whole for row in rows]


def select(ranked: Sequence[float], terms: Sequence[Sequence[str]], count: int) -> list[int]:
    """The best `count` sentences by score, best first, none saying what a better one says, none with less than two terms."""
    spread = Counter(chain.from_iterable(map(set, terms)))
    idf = {term: math.log((len(terms) + 1) / (times + 0.5)) for term, times in spread.items()}
    chosen: list[int] = []
    kept: list[dict[str, float]] = []
    for i in sorted(range(len(ranked)), key=lambda i: -ranked[i]):
        if len(chosen) >= count:
            break
        # What every sentence speaks of makes no two of them alike.
        own = {term: times * idf[term] for term, times in Counter(terms[i]).items()}
        if len(own) < 2 or any(likeness(own, other) > _CLOSE for other in kept):
            continue
        chosen.append(i)
        kept.append(own)
    return chosen


def likeness(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two bags of weighed terms, 0 to 1."""
    if len(a) > len(b):
        a, b = b, a
    shared = sum(weight * b[term] for term, weight in a.items() if term in b)
    if not shared:
        return 0.0
    return shared / math.sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))
