"""What is said of an article that shares much of its text with another: a repost, an agency's story in another paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import MitjulError
from store.model import Summary
from tui.language import say

if TYPE_CHECKING:
    from tui.showing import Showing

NEARLY = 0.5
"""Share of common shingles from which two articles are called nearly the same."""


def likeness(share: float) -> str:
    """What an article is to another with which it has this share of shingles in common."""
    return say("거의 같은 글", "nearly the same") if share >= NEARLY else say("비슷한 글", "similar")


def origin(copy: Summary) -> str:
    """Where the other comes from; its title, where that is not known."""
    return " · ".join(filter(None, (copy.publisher, copy.published))) or copy.title


IDENTICAL = ("같은 문장", "identical")
"""What two passages are to each other that have the same words, whatever else relates them."""


def identical(one: str, other: str) -> bool:
    """Whether two passages are the same word for word; white space aside."""
    return one.split() == other.split()


def percent(share: float) -> str:
    """A share from 0 to 1 as one reads it."""
    return f"{round(share * 100)}%"


def look_for_copies(screen: Showing) -> None:
    """Have it looked, beside the loop, which articles are near copies of the open one, and shown where there are any."""
    session = screen.session

    def read() -> tuple[str, list[tuple[Summary, float]]]:
        id = session.article.id if session.article is not None else ""
        try:
            return id, session.library.near_copies(id)
        except MitjulError:
            # What is wrong with the library is told by what needs it.
            return id, []

    def put(found: tuple[str, list[tuple[Summary, float]]]) -> None:
        id, near = found
        if session.article is not None and session.article.id != id:
            look_for_copies(screen)  # another has been opened meanwhile
        elif session.near != near:
            session.near = near
            screen.show_extracts()

    screen.background.ask("copies", read, put)
