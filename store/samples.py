"""The sample pages that come with the program."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def sample_pages() -> list[tuple[str, bytes]]:
    """The pages' names and bytes, in order; none where the program was installed without them."""
    packaged = resources.files("store") / "seeds"
    folder = packaged if packaged.is_dir() else Path(__file__).parent.parent / "seeds"
    if not folder.is_dir():
        return []
    return [
        (entry.name, entry.read_bytes())
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.is_file() and not entry.name.startswith(".") and entry.name.endswith(".txt")
    ]
