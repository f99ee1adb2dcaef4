"""Two processes that both would write: one does, the other is told, and nothing of either is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from store import ingest
from store.errors import LockedError
from store.library import Library
from tests.store import pages

ROOT = Path(__file__).resolve().parents[2]


def child(folder: Path, log: Path, seed: int, seconds: float) -> None:
    """Open, act, close, again and again; every acknowledged mark goes into the log."""
    ingest.parse = pages.parse
    rng = random.Random(seed)
    refused = 0
    until = time.monotonic() + seconds
    with open(log, "a", buffering=1) as out:
        while time.monotonic() < until:
            try:
                with Library.open(folder) as library:
                    for _ in range(rng.randint(1, 5)):
                        if rng.random() < 0.2 or not library.list():
                            library.add(pages.dump(rng.randrange(30)), name="x")
                        id = rng.choice(library.list()).id
                        print(library.annotate(id, 0, 20, note=str(seed)).id, file=out)
            except LockedError:
                refused += 1
                with Library.open(folder, write=False) as reader:
                    reader.list()
                    reader.annotations()
            time.sleep(rng.random() * 0.01)
        print(f"refused {refused}", file=out)


def run(folder: Path, seconds: float) -> str:
    """Two of them for so long; the result in words."""
    logs = [folder / "1.log", folder / "2.log"]
    arguments = [
        [
            sys.executable,
            "-m",
            "tests.faults.writers",
            str(folder / "library"),
            str(log),
            str(seed),
            str(seconds),
        ]
        for seed, log in enumerate(logs)
    ]
    children = [subprocess.Popen(one, cwd=ROOT, stderr=subprocess.PIPE) for one in arguments]
    try:
        for process in children:
            _, said = process.communicate()
            assert process.returncode == 0, said.decode()[-2000:]
    finally:
        for process in children:
            process.kill()
            process.wait()
    lines = [line for log in logs for line in log.read_text().splitlines()]
    marks = {line for line in lines if not line.startswith("refused")}
    refused = sum(int(line.split()[1]) for line in lines if line.startswith("refused"))
    with Library.open(folder / "library") as library:
        there = {mark.id for mark in library.annotations()}
        assert there == marks, f"{len(marks - there)} lost, {len(there - marks)} unasked"
        assert library.check() == []
    return f"{len(marks)} marks of two processes all there, {refused} times one was told to wait"


if __name__ == "__main__":
    child(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
