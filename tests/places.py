"""Where the data lies that is not part of the project; tests that need it skip, saying so, where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
"""Our own sample pages; always there."""
REAL_PAGES = Path(os.environ.get("MITJUL_SEEDS", ROOT.parent / "shared" / "seeds"))
EVAL = Path(os.environ.get("MITJUL_EVAL", ROOT.parent / "shared" / "eval"))

needs_real_pages = pytest.mark.skipif(
    not REAL_PAGES.is_dir(),
    reason=f"the five real pages are not here (MITJUL_SEEDS, or {REAL_PAGES.name} beside the project)",
)
needs_eval = pytest.mark.skipif(
    not EVAL.is_dir(),
    reason="the evaluation data are not here (MITJUL_EVAL, or shared/eval beside the project)",
)
