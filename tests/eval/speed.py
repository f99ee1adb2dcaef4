"""Time to analyse an article, beside Kiwi's own `split_into_sents(return_tokens=True)` on the same text, in turns in the same run."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from store.ingest import parse
from store.korean.analyse import analyse
from store.korean.kiwi import _kiwi, tokenise
from store.korean.sentences import split_sentences
from store.model import Block, BlockType, Page
from tests.eval.data import folder, load, real_pages, table

ROUNDS = 7


def pages() -> list[Page]:
    """The five real pages and the 25 documents of the key sentences."""
    found = [parse(path.read_bytes(), name=path.name)[0][0] for path in real_pages()]
    for path in sorted(folder("keysentences").glob("*.json")):
        raw = load(path)
        text, blocks = "", []
        for sentence in raw["sentences"]:
            text += "\n\n" if text else ""
            blocks.append(Block(type=BlockType.PARAGRAPH, start=len(text), end=len(text) + len(sentence)))
            text += sentence
        found.append(
            Page(title=raw["title"], text=text, blocks=tuple(blocks), sentences=split_sentences(text, blocks))
        )
    return found


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def main() -> None:
    kiwi = _kiwi()
    data = pages()
    tokenise(["처음 한 번은 세지 않는다."])
    for page in data:
        analyse(page)
    theirs: list[float] = []
    ours: list[float] = []
    tokens: list[float] = []
    for _ in range(ROUNDS):
        # In turns, article by article, so that what else the machine does falls on both alike.
        a = b = c = 0.0
        for page in data:
            a += timed(lambda page=page: kiwi.split_into_sents(page.text, return_tokens=True))  # type: ignore[misc]
            b += timed(lambda page=page: analyse(page))  # type: ignore[misc]
            c += timed(lambda page=page: tokenise([page.text[s.start : s.end] for s in page.sentences]))  # type: ignore[misc]
        theirs.append(a)
        ours.append(b)
        tokens.append(c)
    size = sum(len(page.text) for page in data)
    print(
        f"{len(data)} articles, {size} characters, best and median of {ROUNDS} rounds, {kiwi.num_workers} Kiwi threads"
    )

    def row(name: str, values: list[float]) -> list[object]:
        best, median = min(values), sorted(values)[len(values) // 2]
        return [
            name,
            best,
            median,
            best / min(theirs),
            median / sorted(theirs)[len(theirs) // 2],
            int(size / best),
        ]

    table(
        ["", "best s", "median s", "ratio of best", "ratio of medians", "characters/s"],
        [
            row("Kiwi split_into_sents(return_tokens=True)", theirs),
            row("밑줄, its morphemes alone", tokens),
            row("밑줄, all of the analysis", ours),
        ],
    )
    if "-v" in sys.argv:
        import cProfile

        profile = cProfile.Profile()
        profile.enable()
        for page in data:
            analyse(page)
        profile.disable()
        profile.print_stats("cumulative")
