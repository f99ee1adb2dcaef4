"""Acts that go elsewhere: other articles, the library's search, the tag screen, related passages, what was left out, settings, the tour.
Method names are ids of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.language import say

if TYPE_CHECKING:
    from tui.stage import Stage


class Going:
    def __init__(self, screen: Stage) -> None:
        self.screen = screen

    def next_article(self) -> None:
        self._neighbour(1)

    def previous_article(self) -> None:
        self._neighbour(-1)

    def _neighbour(self, by: int) -> None:
        id = self.screen.session.neighbour(by)
        if id is None:
            self.screen.tell(say("서가의 끝입니다.", "That is the end of the shelf."))
        else:
            self.screen.open_article(id)
            self.screen.to_article()

    def open_tag_screen(self, name: str | None = None) -> None:
        self.screen.tell(name or "")

    def left_out(self) -> None:
        screen = self.screen
        article = screen.session.article
        assert article is not None
        if not article.removed:
            screen.tell(say("이 글에서는 빠진 줄이 없습니다.", "Nothing was left out of this article."))
            return
        screen.view.show_removed = not screen.view.show_removed
        if screen.view.show_removed:
            count = len(article.removed)
            screen.tell(
                say(
                    f"빠진 줄 {count}개를 보입니다. l로 감춥니다.",
                    f"{count} lines left out are shown. l hides them.",
                )
            )
