"""Key sentences: precision of the first three, and within 300 characters, beside simple and published rules in the same run.

The learned weights are measured twice: as they are in the program, and cross-validated, each document ranked by weights learned from
the 24 others. Length alone wins at P@3, hence the budget: sentences in order of rank while they fit into 300 characters. The first figure
counts sentences, the second characters (the last sentence cut to fit).
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from store.korean.keysentences import features, scores, select
from store.korean.kiwi import tokenise
from store.korean.words import terms, words
from tests.eval.data import folder, load, table

BUDGET = 300


class Document(NamedTuple):
    title: str
    sentences: list[str]
    gold: set[int]
    terms: list[tuple[str, ...]]
    title_terms: tuple[str, ...]


def documents() -> list[Document]:
    found = []
    for path in sorted(folder("keysentences").glob("*.json")):
        raw = load(path)
        texts = [*raw["sentences"], raw["title"]]
        *own, title = [
            terms(words(text, tokens)) for text, tokens in zip(texts, tokenise(texts), strict=True)
        ]
        found.append(Document(raw["title"], raw["sentences"], set(raw["summaries"]), own, title))
    return found


Ranking = Callable[[Document], list[int]]


def ours(document: Document, weights: dict[str, float] | None = None) -> list[int]:
    """Every sentence, best first, as the program ranks them: those it would leave out as repetitions come last."""
    rows = features(document.sentences, document.terms, document.title_terms)
    ranked = scores(rows, weights) if weights is not None else scores(rows)
    first = select(ranked, document.terms, 8)
    return first + [i for i in by(ranked) if i not in first]


def by(values: Sequence[float]) -> list[int]:
    return sorted(range(len(values)), key=lambda i: -values[i])


def lead(document: Document) -> list[int]:
    return list(range(len(document.sentences)))


def longest(document: Document) -> list[int]:
    return by([len(sentence) for sentence in document.sentences])


def chance(document: Document) -> list[int]:
    order = list(range(len(document.sentences)))
    random.Random(document.title).shuffle(order)
    return order


def term_probability(document: Document) -> list[int]:
    counts = Counter(term for each in document.terms for term in each)
    return by([sum(counts[term] for term in set(each)) for each in document.terms])


def textrank(document: Document) -> list[int]:
    """TextRank (Mihalcea and Tarau 2004): shared terms over the sum of the logarithms of the lengths, PageRank with d = .85."""
    n = len(document.sentences)
    bags = [set(each) for each in document.terms]
    links = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i):
            size = math.log(len(bags[i]) or 1) + math.log(len(bags[j]) or 1)
            links[i][j] = links[j][i] = len(bags[i] & bags[j]) / size if size > 0 else 0.0
    rank = [1.0 / n] * n
    out = [sum(row) or 1.0 for row in links]
    for _ in range(60):
        rank = [0.15 / n + 0.85 * sum(links[j][i] / out[j] * rank[j] for j in range(n)) for i in range(n)]
    return by(rank)


def krwordrank() -> Ranking | None:
    """KR-WordRank's own summariser; None where the library is not installed."""
    try:
        from krwordrank.sentence import make_vocab_score, summarize_with_sentences
    except ImportError:
        return None
    del make_vocab_score

    def rank(document: Document) -> list[int]:
        _, best = summarize_with_sentences(
            document.sentences,
            num_keysents=len(document.sentences),
            diversity=0.3,
            min_count=2,
            verbose=False,
        )
        order = [document.sentences.index(sentence) for sentence in best]
        return order + [i for i in lead(document) if i not in order]

    return rank


def first_three(order: list[int], document: Document) -> float:
    return sum(i in document.gold for i in order[:3]) / 3


def budget_sentences(order: list[int], document: Document) -> float:
    chosen, used = [order[0]], len(document.sentences[order[0]])
    for i in order[1:]:
        used += len(document.sentences[i])
        if used > BUDGET:
            break
        chosen.append(i)
    return sum(i in document.gold for i in chosen) / len(chosen)


def budget_characters(order: list[int], document: Document) -> float:
    left, hit = BUDGET, 0
    for i in order:
        size = min(left, len(document.sentences[i]))
        hit += size * (i in document.gold)
        left -= size
    return hit / (BUDGET - left)


def measured(name: str, orders: Sequence[list[int]], docs: Sequence[Document]) -> list[object]:
    columns: list[list[float]] = [
        [measure(order, document) for order, document in zip(orders, docs, strict=True)]
        for measure in (first_three, budget_sentences, budget_characters)
    ]
    mean = sum(columns[0]) / len(docs)
    spread = 1.96 * math.sqrt(sum((value - mean) ** 2 for value in columns[0]) / len(docs) / (len(docs) - 1))
    return [name, mean, f"±{spread:.3f}", *(sum(column) / len(docs) for column in columns[1:])]


def main() -> None:
    from tests.eval.train_keysentences import learn

    docs = documents()
    rows = [
        measured(name, [rank(document) for document in docs], docs)
        for name, rank in {
            "chance": chance, "lead": lead, "longest": longest, "TextRank": textrank, "term probability": term_probability,
        }.items()
    ]  # fmt: skip
    words_rank = krwordrank()
    if words_rank is None:
        print("krwordrank is not installed (group eval): left out")
    else:
        rows.append(measured("KR-WordRank", [words_rank(document) for document in docs], docs))
    crossed = []
    for k, document in enumerate(docs):
        crossed.append(ours(document, learn([d for i, d in enumerate(docs) if i != k])))
    rows.append(measured("밑줄, cross-validated", crossed, docs))
    rows.append(measured("밑줄, as it is", [ours(document) for document in docs], docs))
    print(f"{len(docs)} documents, {sum(len(d.sentences) for d in docs)} sentences")
    table(["", "P@3", "95%", "300 (sentences)", "300 (characters)"], rows)
