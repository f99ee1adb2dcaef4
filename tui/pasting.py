"""What a paste into the reading screen asks to be taken in. Dropping files on a terminal pastes their paths."""

from __future__ import annotations

import shlex
from pathlib import Path

PASTED = 20
"""Addresses and paths taken from one paste at most."""


def pasted(text: str) -> list[str]:
    """The addresses and existing paths that a paste consists of; empty when it is anything else."""
    try:
        words = [word for line in text.strip().splitlines() for word in shlex.split(line)]
    except ValueError:
        return []
    if not 1 <= len(words) <= PASTED:
        return []
    try:
        good = all(
            word.startswith(("http://", "https://")) or Path(word).expanduser().exists() for word in words
        )
    except (OSError, RuntimeError, ValueError):  # no name that a file can have
        return []
    return words if good else []
