"""`python -m tests.bench SUBJECT …`: measure a part of the program beside what it is compared with.

A subject is a module of this package with a function `main(arguments)`.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import tests.bench


def main() -> None:
    subjects = sorted(
        module.name
        for module in pkgutil.iter_modules(tests.bench.__path__)
        if not module.name.startswith("_")
    )
    if len(sys.argv) < 2 or sys.argv[1] not in subjects:
        raise SystemExit(f"python -m tests.bench {{{','.join(subjects)}}} [--help]")
    importlib.import_module(f"tests.bench.{sys.argv[1]}").main(sys.argv[2:])


if __name__ == "__main__":
    main()
