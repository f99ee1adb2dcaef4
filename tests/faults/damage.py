"""Torn, truncated, emptied, bit-flipped files of each kind: the library opens, says what is wrong, mends what it can, and writes over nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from store import ingest
from store.errors import MitjulError
from store.library import Library
from tests.store import pages

KINDS = ("raw/*/*", "articles/*/*.json", "annotations/*/*.json", "tags.json", "state.json", "index.sqlite")


def broken(data: bytes, how: str, rng: random.Random) -> bytes:
    """Bytes as a bad disk, or half a copy, gives them back."""
    at = rng.randrange(1, max(2, len(data)))
    if how == "truncated":
        return data[:at]
    if how == "torn":
        return data[:at] + bytes(len(data) - at)
    if how == "flipped":
        return data[: at - 1] + bytes([data[at - 1] ^ (1 << rng.randrange(8))]) + data[at:]
    if how == "doubled":
        return data + data[at:]
    return b""


WAYS = ("truncated", "torn", "flipped", "doubled", "emptied")


def run(folder: Path, seed: int, each: int = 15, ways: Sequence[str] = WAYS) -> str:
    """Every kind of file, every way; the result in words."""
    parse, ingest.parse = ingest.parse, pages.parse  # type: ignore[assignment]
    rng = random.Random(seed)
    tried = 0
    try:
        with Library.open(folder / "whole") as library:
            for number in range(4):
                id = library.add(pages.dump(number), name="x")[0].id
                assert id is not None
                library.annotate(id, 0, 20, tags=["비용"], note=f"메모 {number}")
                library.set_place(id, 5, 0.5)
            library.set_tag("비용", hotkey="1")
        for kind in KINDS:
            for how in ways:
                for _ in range(each if how != "emptied" else 1):
                    place = folder / "broken"
                    shutil.copytree(folder / "whole", place)
                    path = rng.choice(sorted(place.glob(kind)))
                    data = broken(path.read_bytes(), how, rng)
                    path.write_bytes(data)
                    try:
                        _look(place)
                    except AssertionError as error:
                        raise AssertionError(f"{kind} {how}: {error}") from error
                    shutil.rmtree(place)
                    tried += 1
    finally:
        ingest.parse = parse
    return f"{tried} damaged files of {len(KINDS)} kinds: every library opened, and went on"


def _look(folder: Path) -> None:
    for repair in (False, True):
        with Library.open(folder) as library:
            for row in library.list():
                for ask in (library.article, library.raw, library.extracts):
                    with suppress(MitjulError):
                        ask(row.id)
            library.annotations()
            library.tags()
            library.search("문장")
            library.check(repair=repair)
    with Library.open(folder) as library:
        rows = library.list()
        assert len(rows) == 4, f"{len(rows)} articles"
        notes = {mark.note[:2] for mark in library.annotations()}
        assert notes <= {"메모"} or len(notes) <= 2
        for row in rows:
            library.annotate(row.id, 0, 10)
        left = [problem for problem in library.check() if "raw" not in problem.path]
        assert not left, left
