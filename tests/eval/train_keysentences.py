"""Learns the weights of `store.korean.keysentences`: `python -m tests.eval.train_keysentences` prints them.

Pairwise logistic regression: within a document every key sentence should score above every other; each document weighs the same.
L2 regularisation, plain gradient descent, nothing random.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from store.korean.keysentences import WEIGHTS, features
from tests.eval.keysentences import Document, documents

REGULARISATION = 0.03
STEPS = 300
RATE = 2.0


def learn(docs: Sequence[Document]) -> dict[str, float]:
    """The weights that `docs` teach, none below 0."""
    names = list(WEIGHTS)
    differences, shares = [], []
    for document in docs:
        rows = np.array(
            [
                [row[name] for name in names]
                for row in features(document.sentences, document.terms, document.title_terms)
            ]
        )
        best = rows[[i for i in range(len(rows)) if i in document.gold]]
        rest = rows[[i for i in range(len(rows)) if i not in document.gold]]
        pairs = (best[:, None] - rest[None]).reshape(-1, len(names))
        differences.append(pairs)
        shares.append(np.full(len(pairs), 1.0 / (len(pairs) * len(docs))))
    difference, share = np.vstack(differences), np.concatenate(shares)
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        pull = share / (1.0 + np.exp(difference @ weights))
        slope = REGULARISATION * weights - difference.T @ pull
        weights = np.maximum(0.0, weights - RATE * slope)
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


if __name__ == "__main__":
    for name, weight in learn(documents()).items():
        print(f'    "{name}": {weight:.2f},')
