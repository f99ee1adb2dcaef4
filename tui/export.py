"""Exporting from the app: which form, and which folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_documents_path

from store.library import Library
from tui.config import Config

if TYPE_CHECKING:
    from store.exchange.markdown import Written


def default_folder(config: Config) -> Path:
    """Where articles are exported to unless the reader says otherwise."""
    return config.export_folder or user_documents_path() / "mitjul"


NAMES = {"jsonld": "annotations.jsonld", "csv": "annotations.csv"}
"""Files of the forms that put everything into one."""


def export(library: Library, articles: Sequence[str], folder: Path, form: str) -> list[Written]:
    """Export the marks of articles.

    Args:
        form: `md` (a file for each article), `jsonld` or `csv` (one file).

    Returns:
        What became of each file; some may have failed.

    Raises:
        MitjulError: an article cannot be read, or the folder cannot be made.
    """
    # Loaded when it is wanted: reading needs none of it.
    from store.exchange.markdown import export_markdown
    from store.exchange.whole import write_whole

    if form == "md":
        return export_markdown(library, articles, folder)
    read = {id: library.article(id) for id in articles}
    marks = [mark for id in articles for mark in library.annotations(article=id)]
    if form == "jsonld":
        from store.exchange.jsonld import page

        data = json.dumps(page(marks, read), ensure_ascii=False, indent=2).encode()
    else:
        from store.exchange import spreadsheet

        data = spreadsheet.marks(marks, read)
    return [write_whole(folder, NAMES[form], data)]


def shown(path: Path) -> str:
    """A path as people write it, with `~` for the home folder."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)
