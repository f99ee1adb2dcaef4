"""Screens over the reading screen, which are left once, however quickly Enter is pressed again."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

T = TypeVar("T")


class Over(Screen[T], inherit_bindings=False):
    """A screen that goes away only while it is the one to be seen: a second press that was on its way takes nothing else along."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def looked_at(self, progress: str) -> None:
        """In the background an article has been looked at; how far that is, empty when it has ended."""
