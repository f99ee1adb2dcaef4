"""Exporting from the app: which form, and which folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_documents_path

from store.library import Library
from tui.config import Config


def default_folder(config: Config) -> Path:
    """Where articles are exported to unless the reader says otherwise."""
    return config.export_folder or user_documents_path() / "mitjul"


def export(library: Library, articles: Sequence[str], folder: Path, form: str) -> int:
    """Export articles.

    Args:
        form: `md`, `jsonld` or `csv`.

    Returns:
        The number of files written.
    """
    from store.exchange.markdown import export_markdown

    return sum(
        1 for written in export_markdown(library, articles, folder) if written.status.startswith("written")
    )


def shown(path: Path) -> str:
    """A path as people write it, with `~` for the home folder."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)
