"""Where the evaluation data lie; each evaluation ends with a clear line where they are absent."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.places import EVAL, REAL_PAGES


def folder(name: str) -> Path:
    """A folder of the evaluation data; ends the program where there is none."""
    path = EVAL / name
    if not path.is_dir():
        sys.exit(
            f"The evaluation data ({name}) are not here: set MITJUL_EVAL, or put shared/eval beside the project."
        )
    return path


def real_pages() -> list[Path]:
    """The five real pages, in order; ends the program where there are none."""
    if not REAL_PAGES.is_dir():
        sys.exit(
            "The five real pages are not here: set MITJUL_SEEDS, or put shared/seeds beside the project."
        )
    return sorted(REAL_PAGES.glob("*.txt"))


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints rows in columns; floats with three decimals."""
    cells = [[f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [list(head), *cells]) for i in range(len(head))]
    for row in [list(head), ["-" * width for width in widths], *cells]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
