"""Acts of reading: moving, selecting, jumping, finding in the article. Method names are ids of the action registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.model import BlockType
from tui.language import say

if TYPE_CHECKING:
    from tui.stage import Stage


class Reading:
    def __init__(self, screen: Stage) -> None:
        self.screen = screen
        self.view = screen.view

    # ── moving ───────────────────────────────────────────────────────────────────────────────────

    def sentence_next(self) -> None:
        self.view.move("sentence", 1)

    def sentence_previous(self) -> None:
        self.view.move("sentence", -1)

    def eojeol_next(self) -> None:
        self.view.move("eojeol", 1)

    def eojeol_previous(self) -> None:
        self.view.move("eojeol", -1)

    def paragraph_next(self) -> None:
        self.view.move("paragraph", 1)

    def paragraph_previous(self) -> None:
        self.view.move("paragraph", -1)

    def heading_next(self) -> None:
        self.view.move("heading", 1)

    def heading_previous(self) -> None:
        self.view.move("heading", -1)

    def page_next(self) -> None:
        self.view.page(1)

    def page_previous(self) -> None:
        self.view.page(-1)

    def start(self) -> None:
        self.view.home()

    def finish(self) -> None:
        self.view.end()

    # ── selecting ────────────────────────────────────────────────────────────────────────────────

    def select(self) -> None:
        self.view.toggle_select()

    def grow(self) -> None:
        self.view.grow()

    def shrink(self) -> None:
        self.view.shrink()

    def drop(self) -> None:
        screen = self.screen
        if not screen.in_article:
            if not screen.back_out():
                screen.to_article()
            return
        view = self.view
        ranged = view.selection is not None or view.cursor != view.units.sentence(view.cursor.start)
        if view.drop():
            if not ranged:  # then it was the places found
                screen.session.found = 0
        elif screen.has_class("alone"):
            screen.remove_class("alone")
        else:
            screen.back_out()

    # ── finding and jumping ──────────────────────────────────────────────────────────────────────

    def find(self) -> None:
        self.screen.remember()
        self.screen.find_bar.open()

    def found_next(self) -> None:
        self.screen.step_found(1)

    def found_previous(self) -> None:
        self.screen.step_found(-1)

    def mark_next(self) -> None:
        self._mark(1)

    def mark_previous(self) -> None:
        self._mark(-1)

    def _mark(self, by: int) -> None:
        if self.view.next_mark(by) is None:
            if self.screen.session.marks:
                self.screen.tell(say("그쪽에는 표시가 더 없습니다.", "No more marks that way."))
            else:
                self.screen.tell(
                    say("이 글에는 아직 표시가 없습니다.", "There are no marks in this article yet.")
                )

    def back(self) -> None:
        article, offset = self.screen.session.trail.pop()
        self.screen.open_article(article, at=(offset, None), remember=False)

    def headings(self) -> None:
        from tui.headings import Headings

        article = self.screen.session.article
        assert article is not None
        blocks = [block for block in article.blocks if block.type is BlockType.HEADING]
        if not blocks:
            self.screen.tell(say("이 글에는 소제목이 없습니다.", "This article has no headings."))
            return
        here = self.view.cursor.start
        current = max((block.start for block in blocks if block.start <= here), default=blocks[0].start)

        def go(key: str | None) -> None:
            if key is not None:
                self.screen.jump(int(key))

        self.screen.app.push_screen(Headings(article.text, blocks, current), go)
