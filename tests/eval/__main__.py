"""`python -m tests.eval NAME`: measures one part of the program beside what it is compared with, in the same run."""

from __future__ import annotations

import importlib
import sys

EVALUATIONS = {
    "figures": "tests.eval.figures",
    "ingest": "tests.eval.ingest",
    "keysentences": "tests.eval.keysentences",
    "names": "tests.eval.names",
    "related": "tests.eval.related",
    "speed": "tests.eval.speed",
}


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in EVALUATIONS:
        sys.exit(f"usage: python -m tests.eval {{{'|'.join(sorted(EVALUATIONS))}}}")
    importlib.import_module(EVALUATIONS[sys.argv[1]]).main()


if __name__ == "__main__":
    main()
