"""The list of an article's headings, to jump by."""

from __future__ import annotations

from store.korean.choseong import matches
from store.model import Block
from tui.chooser import Chooser
from tui.language import say
from tui.rows import Row, text_row


class Headings(Chooser):
    """The headings of the article, by level. Dismissed with the offset of one."""

    def __init__(self, text: str, blocks: list[Block], current: int) -> None:
        super().__init__(say("차례", "Headings"), placeholder=say("소제목 찾기", "Find a heading"))
        self.names = [(block.start, block.level, text[block.start : block.end]) for block in blocks]
        self.current = current

    def on_mount(self) -> None:
        super().on_mount()
        self.list.go(str(self.current))

    def rows(self, query: str) -> list[Row]:
        return [
            text_row(str(start), ("  " * (max(level, 1) - 1) + name, "strong" if level <= 1 else ""))
            for start, level, name in self.names
            if not query or matches(query, name)
        ]
