"""A note in the reader's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from textual.app import App, SuspendNotSupported

from store.text import clean


def command() -> list[str]:
    """`$VISUAL` or `$EDITOR`, with its arguments; else `vi`."""
    return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "") or ["vi"]


def edit(app: App[None], text: str) -> str | None:
    """Let the reader edit the text in their editor, the app standing by meanwhile.

    Returns:
        What they wrote, or None when the editor could not be run or failed.
    """
    try:
        editor = command()
    except ValueError:  # quotes that do not close
        return None
    if shutil.which(editor[0]) is None:
        return None
    with tempfile.TemporaryDirectory(prefix="mitjul-") as folder:
        path = Path(folder) / "note.md"
        path.write_text(text, "utf-8")
        code = 1
        try:
            with (
                app.suspend(),
                suppress(OSError),
            ):  # what is raised in there leaves the app standing by for ever
                code = subprocess.run([*editor, str(path)], check=False).returncode
            written = path.read_text("utf-8", errors="replace")
        except (OSError, SuspendNotSupported):
            return None
        return clean(written).rstrip("\n") if code == 0 else None
