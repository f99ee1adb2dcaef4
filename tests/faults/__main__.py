"""`python -m tests.faults [--kills 1000] [--fuzz 10000] [--seconds 60]`: break a library in every way we can think of, and count what is lost."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults import damage, edits, fuzz, kills, refusals, writers


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--kills", type=int, default=1000, help="rounds of kill -9 at a random moment")
    parser.add_argument("--fuzz", type=int, default=10_000, help="made-up inputs")
    parser.add_argument("--seconds", type=float, default=60, help="of two processes writing")
    parser.add_argument("--edits", type=int, default=1000, help="articles that come back edited")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="the beginning of a kind's name")
    options = parser.parse_args()
    runs: list[tuple[str, Callable[[Path], str]]] = [
        ("kill -9", lambda folder: kills.run(folder, options.kills, options.seed)),
        ("a write that fails", refusals.run),
        ("torn, truncated, flipped files", lambda folder: damage.run(folder, options.seed)),
        ("two processes", lambda folder: writers.run(folder, options.seconds)),
        ("edited articles", lambda folder: edits.run(folder, options.edits, options.seed)),
        ("made-up inputs", lambda folder: fuzz.run(folder, options.fuzz, options.seed)),
    ]
    for name, run in (one for one in runs if one[0].startswith(options.only)):
        with tempfile.TemporaryDirectory() as folder:
            start = time.monotonic()
            result = run(Path(folder))
            print(f"{name:<32}{result}  ({time.monotonic() - start:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
