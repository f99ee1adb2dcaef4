"""Kiwi is loaded once in a test session, and only by the tests that ask for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from store.korean.dates import Base
from store.korean.figures import Found

FindFigures = Callable[..., list[tuple[str, Found]]]


@pytest.fixture(scope="session")
def find_figures() -> FindFigures:
    """A function that gives the figures of a text with their surfaces."""
    from store.korean.figures import figures
    from store.korean.kiwi import tokenise

    def find(text: str, published: str | None = None) -> list[tuple[str, Found]]:
        (tokens,) = tokenise([text])
        return [(text[f.start : f.end], f) for f in figures(text, tokens, Base.of(published))]

    return find
