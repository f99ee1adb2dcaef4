"""The figures that must not fall, on data that are not part of the project, and the speed."""

from __future__ import annotations

import statistics
import time

import pytest

from store.ingest import parse
from tests.eval.ingest import CONVERTERS, DUMP_SYSTEMS, metadata, ours, score_dumps, score_pages
from tests.ingest.gold import load, pages
from tests.places import SEEDS, needs_eval


@needs_eval
@pytest.mark.parametrize("converter", CONVERTERS)
def test_dumps(converter: str) -> None:
    scores = score_dumps(ours, converter)
    assert statistics.mean(scores.values()) >= 0.97
    assert min(scores.values()) >= 0.93
    for label, system in DUMP_SYSTEMS.items():
        if system is not ours:
            assert statistics.mean(score_dumps(system, converter).values()) < statistics.mean(
                scores.values()
            ), label


@needs_eval
def test_pages() -> None:
    scores = score_pages(ours)
    assert statistics.mean(scores.values()) >= 0.97
    assert min(scores.values()) >= 0.93
    right = metadata()
    assert all(date and author for _, date, author in right.values())
    # One gold title is the deck of its page, not the title that the page has.
    assert sum(title for title, _, _ in right.values()) >= len(right) - 1


def test_speed() -> None:
    dumps = [load(path).dump.encode() for path in pages()]
    dumps += [path.read_bytes() for path in sorted(SEEDS.glob("*.txt"))]
    count = sum(len(data.decode()) for data in dumps)
    best = 0.0
    for _ in range(4):
        started = time.thread_time()
        for data in dumps:
            parse(data)
        best = max(best, count / (time.thread_time() - started))
    # Characters a second of processor time; well under what it reaches, so that a slow machine passes.
    assert best > 80_000
