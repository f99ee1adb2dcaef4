"""The program as tests start it in a process of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.places import ROOT

PROGRAM = (sys.executable, "-m", "tui.cli")
"""What `mitjul` runs; so that the suite needs no installed script."""


def environment(home: Path) -> dict[str, str]:
    """Everything a program of ours needs, and nothing of the person's who runs the tests."""
    return {
        "HOME": str(home),
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "MITJUL_LIBRARY": str(home / "library"),
        "MITJUL_CONFIG": str(home / "config.toml"),
        "MITJUL_LANG": "ko",
        "PYTHONPATH": str(ROOT),
    }
