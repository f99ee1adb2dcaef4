"""Paths as people type them."""

from __future__ import annotations

from pathlib import Path

from store.errors import InvalidError
from store.text import clean_line


def meant(typed: str | Path) -> Path:
    """The path that somebody typed, `~` understood.

    Raises:
        InvalidError: no path is meant by it: a home of nobody's, a NUL.
    """
    text = str(typed).strip()
    try:
        if "\0" in text:
            raise ValueError(text)
        return Path(text).expanduser()
    except (RuntimeError, ValueError) as error:
        shown = clean_line(text)
        raise InvalidError(f"그런 경로는 없습니다: {shown}", f"There is no such path: {shown}") from error
