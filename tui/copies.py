"""What is said of an article that shares much of its text with another: a repost, an agency's story in another paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from store.errors import MitjulError
from store.model import Listed, Summary
from store.samples import is_sample
from tui.language import say

if TYPE_CHECKING:
    from tui.showing import Showing

NEARLY = 0.5
"""Share of common shingles from which two articles are called nearly the same."""


def likeness(share: float) -> str:
    """What an article is to another with which it has this share of shingles in common."""
    return say("거의 같은 글", "nearly the same") if share >= NEARLY else say("비슷한 글", "similar")


class Origin(NamedTuple):
    """Where an article is from; each part is "" where it is not known."""

    sample: str = ""
    """That it is a sample page."""
    source: str = ""
    """Its outlet, else its authors."""
    date: str = ""

    def __str__(self) -> str:
        return " · ".join(filter(None, self))


NOWHERE = Origin()


def sample(id: str) -> str:
    """What is said of a sample page beside its title; "" of any other article."""
    return say("견본", "sample") if is_sample(id) else ""


def origin_of(article: Listed | None) -> Origin:
    """Where an article is from."""
    if article is None:
        return NOWHERE
    source = article.publisher or ", ".join(article.authors)
    return Origin(sample(article.id), source, article.published or "")


def origin(copy: Summary) -> str:
    """Where the other comes from; its title, where that is not known."""
    return str(origin_of(copy)) or copy.title


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
