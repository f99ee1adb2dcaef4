"""The language of the screen: Korean, unless the locale (or the reader's settings) says English."""

from __future__ import annotations

import os
from typing import Literal, Protocol

Language = Literal["ko", "en"]

_chosen: Language | None = None


class Told(Protocol):
    """Anything that has its words in both languages: an error, an act, a problem."""

    @property
    def korean(self) -> str: ...

    @property
    def english(self) -> str: ...


def of_environment() -> Language:
    """What `MITJUL_LANG`, or else the locale, asks for. English only where a locale names it."""
    for name in ("MITJUL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value.startswith("en"):
            return "en"
        if value.startswith("ko") or (value and value not in ("c", "posix") and not value.startswith("c.")):
            return "ko"
    return "ko"


def choose(language: Language | None) -> None:
    """Set the language; `None` goes back to the environment's. `MITJUL_LANG` is stronger than any choice."""
    global _chosen
    _chosen = language


def korean() -> bool:
    """Whether the screen speaks Korean."""
    if _chosen is not None and not os.environ.get("MITJUL_LANG"):
        return _chosen == "ko"
    return of_environment() == "ko"


def say(korean_text: str, english_text: str) -> str:
    """The one of the two that the reader reads."""
    return korean_text if korean() else english_text


def told(thing: Told) -> str:
    """The line that an error (or act, or problem) has for the reader."""
    return say(thing.korean, thing.english)
