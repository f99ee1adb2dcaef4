"""Which panel is shown and has the focus: side by side where there is room, folded or as tabs where there is not."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widget import Widget

from tui import actions
from tui.article.view import ArticleView
from tui.config import Config
from tui.extracts import ExtractsPanel
from tui.find import FindBar
from tui.frame import KeyLine, Rule, Tabs
from tui.notes import NotesPanel
from tui.shelf import Shelf
from tui.tags import TagsPanel

PANELS: dict[str, tuple[str, str]] = {
    "article": ("글", "Article"),
    "shelf": ("서가", "Shelf"),
    "extracts": ("추출", "Extracts"),
    "tags": ("태그", "Tags"),
    "notes": ("메모", "Note"),
}


BESIDE = ("shelf", "extracts", "tags")
WIDE = 120
"""Cells from which on all panels are side by side."""
SHOWN = tuple(f"show-{panel}" for panel in PANELS)


class PanelScreen(Screen[None], inherit_bindings=False):
    """The reading screen's widgets and which of them is where. A class `show-NAME` on the screen says which panel is to be seen where only
    one can be."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("reader", "anywhere")
    AUTO_FOCUS = "#article"
    BLANK = True  # all of it is covered

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.shelf = Shelf(id="shelf")
        self.view = ArticleView(id="article")
        self.view.lost_key = next(map(actions.shown, actions.keys_of("lost_marks", config.keys)), "")
        self.edge = Rule(id="edge")
        self.edge.info_first = True  # how far one is; a title can be cut
        self.edge.add_class("lit", update=False)  # the focus begins in the article
        self.extracts = ExtractsPanel(id="extracts")
        self.tags = TagsPanel(id="tags")
        self.notes = NotesPanel(id="notes")
        self.find_bar = FindBar(id="find")
        self.keys = KeyLine(keymap=config.keys, id="keys")
        self.tabs = Tabs(list(PANELS.items()), id="tabs")
        self.shown = "article"
        self._seen = False
        """Whether it has been on the screen."""

    def compose(self) -> ComposeResult:
        yield self.tabs
        with Horizontal(id="desk"):
            yield self.shelf
            with Vertical(id="middle"):
                yield self.edge
                yield self.view
            with Vertical(id="side"):
                yield self.extracts
                yield self.tags
                yield self.notes
        yield self.find_bar
        yield self.keys

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        event.refresh_styles = self._seen  # for the first time, all of it has just been styled
        self._seen = True

    def furnish(self) -> None:
        """Put everything into the places around the article. Until then those are kept for it, so that nothing moves."""
        for part in (self.shelf, self.extracts, self.tags, self.notes):
            part.furnish()

    def _widget(self, panel: str) -> Widget:
        if panel == "notes":
            return self.notes.area  # which is made by being asked for
        widgets: dict[str, Widget] = {
            "article": self.view,
            "shelf": self.shelf.books,
            "extracts": self.extracts.list,
            "tags": self.tags.list,
        }
        return widgets[panel]

    @property
    def place(self) -> str:
        """Where the focus is: `article`, `shelf`, `extracts`, `tags`, `note` or `find`."""
        focused = self.focused
        if focused is None or focused is self.view:
            return "article"
        if focused.parent is self.find_bar:
            return "find"
        if focused is self.notes.field:
            return "note"
        return next((panel for panel in BESIDE if focused is self._widget(panel)), "article")

    @property
    def in_article(self) -> bool:
        return self.place == "article"

    @property
    def shelf_article(self) -> str | None:
        """Id of the article under the shelf's cursor."""
        key = self.shelf.books.key
        return key.partition("#")[0] if key else None

    def show_panel(self, panel: str) -> None:
        """Make a panel the one that is seen, where only one can be."""
        self.shown = self.tabs.now = panel
        self.fit()

    def fit(self, *, narrowing: bool = False) -> None:
        """Say by a class which panel is to be seen, but only where that matters: each change of a class has the whole screen styled
        anew, and side by side all of them are seen anyway. `narrowing`: it may be about to matter."""
        crowded = narrowing or any(self.has_class(name) for name in ("-tabs", "-fold", "alone"))
        wanted = f"show-{self.shown}" if crowded else ""
        if any(name != wanted and self.has_class(name) for name in SHOWN):
            self.set_class(False, *SHOWN, update=bool(not wanted))
        if wanted and not self.has_class(wanted):
            self.add_class(wanted, update=self.is_attached)

    def on_resize(self, event: events.Resize) -> None:
        # Before the width's own classes are there: what is hidden, if only for a moment, loses the focus, and what somebody is
        # writing in a note would be taken for commands.
        self.shown = self.tabs.now = {"note": "notes", "find": "article"}.get(self.place, self.place)
        self.fit(narrowing=event.size.width < WIDE)
        self.call_after_refresh(self.fit)

    def to_panel(self, panel: str, *, toggle: bool = True) -> None:
        """Show a panel and go into it; from there, back to the article."""
        self.furnish()
        if toggle and self.place == ("note" if panel == "notes" else panel):
            self.to_article()
            return
        if panel != "notes":
            self.remove_class("alone")
        self.show_panel(panel)
        self.set_focus(self._widget(panel))

    def to_article(self) -> None:
        self.show_panel("article")
        self.set_focus(self.view)

    def step_panel(self, by: int) -> None:
        """To the next panel, in the order of the tabs, the article among them."""
        names = list(PANELS)
        here = "notes" if self.place == "note" else self.place
        at = names.index(here) if here in names else 0
        panel = names[(at + by) % len(names)]
        if panel == "article":
            self.to_article()
        else:
            self.to_panel(panel, toggle=False)
