"""Acts that go elsewhere: other articles, the library's search, the tag screen, related passages, settings, the tour.
Method names are ids of the registry."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from store.errors import MitjulError, StorageError
from store.model import Article, Span
from tui import language
from tui.beside import beside
from tui.config import Config, save
from tui.language import say, told

if TYPE_CHECKING:
    from tui.relating import Related
    from tui.stage import Stage


class Going:
    def __init__(self, screen: Stage) -> None:
        self.screen = screen
        self._asked = 0
        """How often related passages have been asked for."""

    def next_article(self) -> None:
        self._neighbour(1)

    def previous_article(self) -> None:
        self._neighbour(-1)

    def _neighbour(self, by: int) -> None:
        id = self.screen.session.neighbour(by)
        if id is None:
            self.screen.tell(
                say("서가의 끝입니다.", "That is the end of the shelf.")
                if by > 0
                else say("서가의 처음입니다.", "That is the beginning of the shelf.")
            )
        else:
            self.screen.open_article(id)
            self.screen.to_article()

    # ── other screens ────────────────────────────────────────────────────────────────────────────

    def _go(self, place: tuple[str, int, int | None] | None) -> None:
        """To a place that another screen was left for."""
        if place is not None:
            article, start, end = place
            self.screen.guarded(lambda _: self.screen.open_article(article, at=(start, end)))(None)
            self.screen.to_article()

    def back(self, place: tuple[str, int, int | None] | None) -> None:
        """Back from a screen on which marks can be changed: show them, and go to the place it was left for."""
        self.screen.guarded(lambda _: self._reread())(None)
        self.screen.guarded(lambda _: self.screen.reload_shelf())(None)
        self._go(place)

    def _reread(self) -> None:
        """Show the open article as it is now: what was undone on the other screen may have been a correction of its text."""
        article = self.screen.session.article
        if article is not None and self.screen.session.library.article(article.id).updated != article.updated:
            self.screen.correcting.undone(article.id)
        self.screen.marks_changed()

    def search(self) -> None:
        from tui.search import SearchScreen

        screen = self.screen
        screen.app.push_screen(SearchScreen(screen.session.library, keymap=screen.config.keys), self._go)

    def related(self) -> None:
        from tui.relating import related

        screen, session = self.screen, self.screen.session
        assert session.article is not None
        screen.to_extract()
        article, span, library = session.article, screen.view.passage, session.library

        self._asked += 1
        asked = self._asked

        def asked_anew() -> bool:
            return asked != self._asked

        beside(
            screen,
            lambda: related(library, article.id, span, asked_anew),
            lambda found: None if asked_anew() else self._related(article, span, found),
            lambda error: screen.tell(told(error), bad=True),
        )

    def _related(self, article: Article, span: Span, found: Related) -> None:
        """Show what was found, unless the reader has gone elsewhere meanwhile."""
        screen = self.screen
        if screen.app.screen is not screen or screen.session.article is not article:
            return
        if found.matches:
            from tui.related import RelatedScreen

            screen.app.push_screen(RelatedScreen(article, span, found, keymap=screen.config.keys), self._go)
        else:
            screen.tell(say("다른 글에는 같은 이야기가 없습니다.", "No other article speaks of this."))

    def tag_screen(self) -> None:
        self.open_tag_screen()

    def open_tag_screen(self, name: str | None = None) -> None:
        """The tag screen, on this tag's passages if one is named."""
        from tui.tagscreen import TagScreen

        screen = self.screen
        screen.flush_note()
        tags = TagScreen(screen.session, start=name, keymap=screen.config.keys, left=self.done_since)
        screen.app.push_screen(tags, self.back)

    def done_since(self, error: MitjulError | None) -> None:
        """An act of the tag screen or of compare is done since that was left."""
        if error is not None:
            self.screen.tell(told(error), bad=True)
        self.back(None)

    def settings(self) -> None:
        from tui.settings import Settings

        screen = self.screen

        def apply(config: Config) -> None:
            screen.config = config
            language.choose(config.language)
            screen.app.theme = config.theme
            screen.view.text_width = config.width
            screen.view.spacing = config.spacing
            screen.show_all()
            screen.refresh(layout=True)

        screen.app.push_screen(Settings(screen.config, screen.app.theme, apply))

    def tour(self) -> None:
        from tui.tour import Tour

        screen = self.screen

        def seen(_: str | None) -> None:
            if screen.config.tour:
                screen.config = replace(screen.config, tour=False)
                # A tour that is shown once more is a smaller evil than an error at the first start.
                with suppress(StorageError):
                    save(screen.config.path, tour=False)

        screen.app.push_screen(Tour(), seen)
