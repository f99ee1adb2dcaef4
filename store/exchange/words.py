"""The program's own words in what it exports: Korean, unless English is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_language: ContextVar[str] = ContextVar("language of exports", default="ko")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Export in a language, `ko` or `en`, within this block (and this thread)."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def say(korean: str, english: str) -> str:
    """The one of the two that the export speaks."""
    return english if _language.get() == "en" else korean


def language() -> str:
    """The language of the export."""
    return _language.get()
