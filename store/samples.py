"""The sample pages that come with the program."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from store.model import Hit


def sample_pages() -> list[tuple[str, bytes]]:
    """The pages' names and bytes, in order; none where the program was installed without them."""
    packaged = Path(__file__).parent / "seeds"
    folder = packaged if packaged.is_dir() else Path(__file__).parent.parent / "seeds"
    if not folder.is_dir():
        return []
    return [
        (entry.name, entry.read_bytes())
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.is_file() and not entry.name.startswith(".") and entry.name.endswith(".txt")
    ]


@cache
def sample_ids() -> frozenset[str]:
    """The ids that the sample pages have in a library: they follow from the bytes."""
    import hashlib

    return frozenset(hashlib.sha256(data).hexdigest()[:12] for _, data in sample_pages())


def is_sample(id: str) -> bool:
    """Whether the article with this id is one of the sample pages."""
    return id[:12] in sample_ids()


def own_first(hits: Iterable[Hit]) -> list[Hit]:
    """The reader's own passages first, then those of sample pages; each in the order in which they come."""
    return sorted(hits, key=lambda hit: is_sample(hit.article))


def alike(ids: Iterable[str], id: str) -> list[str]:
    """Those of the articles that may be set beside `id` unasked: made-up pages are never mixed with the reader's own."""
    sample = is_sample(id)
    return [other for other in ids if is_sample(other) == sample]
