"""The lines left out of an article, and the reader's corrections of them: what is put back, what is taken out. Method names are ids of
the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.model import Article
from tui.language import say

if TYPE_CHECKING:
    from tui.stage import Stage


class Correcting:
    def __init__(self, screen: Stage) -> None:
        self.screen = screen

    def left_out(self) -> None:
        """Show the lines left out, or hide them."""
        screen = self.screen
        article = screen.session.article
        assert article is not None
        shown = screen.view.show_removed = not screen.view.show_removed
        screen.show_keys()
        if shown:
            screen.tell(_shown(len(article.removed)))

    def put_back(self) -> None:
        """The line under the cursor, which was left out, goes back into the article; the cursor stays on it."""
        screen, session = self.screen, self.screen.session
        old, index = session.article, screen.view.removed_at_cursor
        assert old is not None
        assert index is not None
        screen.flush_note()
        line = old.removed[index]
        new = session.library.correct(old.id, restore=index)
        before = {old.slice(block.start, block.end) for block in old.blocks}
        came = [block.start for block in new.blocks if new.slice(block.start, block.end) not in before]
        # With every block known already, it reads like another one.
        offset = min(came, key=lambda start: abs(start - line.at), default=min(line.at, len(new.text)))
        self.show(new, offset)
        screen.tell(say("줄을 되살렸습니다. z로 되돌립니다.", "The line is back. z undoes it."))

    def take_out(self) -> None:
        """The block under the cursor goes out of the article; the cursor stays on it, among the lines left out."""
        screen, session = self.screen, self.screen.session
        old, view = session.article, screen.view
        assert old is not None
        if view.removed_at_cursor is not None:
            screen.tell(
                say("이미 빠진 줄입니다. Enter로 되살립니다.", "Left out already. Enter puts it back.")
            )
            return
        block = next((one for one in old.blocks if one.start <= view.passage.start < one.end), None)
        if block is None or len(old.blocks) == 1:
            screen.tell(
                say("글에는 한 문단이라도 있어야 합니다.", "An article has to have one paragraph at least.")
            )
            return
        screen.flush_note()
        marks = sum(mark.start < block.end and mark.end > block.start for mark in session.marks)
        new = session.library.correct(old.id, remove=block.start)
        text = old.slice(block.start, block.end)
        gone = [index for index, line in enumerate(new.removed) if line.text == text]
        removed = min(gone, key=lambda index: abs(new.removed[index].at - block.start), default=None)
        self.show(new, min(block.start, len(new.text)), removed)
        lost = (
            say(f" 표시 {marks}개가 자리를 잃었습니다.", f" {marks} marks have lost their place.")
            if marks
            else ""
        )
        screen.tell(say("글에서 뺐습니다.", "Taken out.") + lost + say(" z로 되돌립니다.", " z undoes it."))

    def undone(self, id: str) -> None:
        """Undo or redo has changed the corrections of an article: show it as it is now."""
        screen, session = self.screen, self.screen.session
        if session.article is not None and session.article.id == id:
            self.show(session.library.article(id), screen.view.cursor.start)

    def show(self, article: Article, offset: int, removed: int | None = None) -> None:
        """Show the open article as it has become, the cursor at an offset or on a line left out, and have it analysed anew."""
        screen, session = self.screen, self.screen.session
        session.article, session.extracts, session.found = article, None, 0
        session.refresh_marks()
        screen.find_bar.close()
        screen.view.revise(article, session.marks, offset=offset, removed=removed)
        screen.marks_changed(read=False)
        screen.background.anew(article.id)
        screen.start_analysis()
        screen.show_extracts()
        screen.show_progress()
        screen.show_keys()


def _shown(count: int) -> str:
    if not count:
        return say(
            "빠진 줄이 없습니다. w로 문단을 뺄 수 있습니다.", "Nothing was left out. w takes a paragraph out."
        )
    return say(
        f"빠진 줄 {count}개를 보입니다. l로 감춥니다.",
        f"{count} lines left out are shown. l hides them.",
    )
