"""Searching the whole library as one types: passages in context, best first."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer
from textual.widgets import Input

from store.library import Library
from tui import actions
from tui.beside import beside
from tui.field import Field
from tui.frame import KeyLine, Rule
from tui.help import Help
from tui.language import say, told
from tui.leaving import Over
from tui.passages import needles, passage_row
from tui.reasons import Shown, explain
from tui.rows import Row, RowList, wrapped

FIRST = 12
"""Passages that are looked for first, so that a screenful is there at once."""
LIMIT = 100
PATIENCE = 0.006
"""Seconds that what was typed waits, at most, to be shown along with its hits: painted by themselves, they would be there later."""
PAUSE = 0.15
"""Seconds without a keystroke after which the rest is looked for."""

Place = tuple[str, int, int]
"""Article, start, end."""


class SearchScreen(Over[Place | None], inherit_bindings=False):
    """Dismissed with the place to go to, or None."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("box", "list", also=("help", "quit_now"))
    CSS_PATH = "search.tcss"

    def __init__(self, library: Library, *, keymap: actions.Keymap | None = None, query: str = "") -> None:
        super().__init__()
        self.library = library
        self.rule = Rule(say("서가 전체에서 찾기", "Search the library"))
        self.field = Field(
            query,
            placeholder=say(
                '찾을 말. 초성, "그대로", -빼기, tag:, source:, after:',
                'Words, "exact", -not, tag:, source:, after:',
            ),
            id="query",
        )
        self.hits: list[Shown] = []
        self.list = RowList(id="hits", classes="active", focusable=False)
        self.keys = KeyLine("search", keymap=keymap)
        self._searching = False
        self._rest: Timer | None = None
        self._shown = ""
        """What the hits are of."""
        self._entered = False
        """Whether Enter was pressed before they were there."""

    def compose(self) -> ComposeResult:
        self.rule.add_class("lit")
        yield self.rule
        yield self.field
        yield self.list
        yield self.keys

    def on_mount(self) -> None:
        self.set_focus(self.field)
        self.show_hits()

    @on(Input.Changed)
    async def search_now(self) -> None:
        """Search for what has been typed, beside the typing: at once, or when the search before is done."""
        self._entered = False
        if self._rest is not None:
            self._rest.stop()
        if not self._searching:
            self._search(FIRST)
            # A turn for the list, which has to ask to be painted: else what was typed would be painted first, and by itself.
            await asyncio.sleep(0)

    def _search(self, limit: int) -> None:
        self._searching, query = True, self.typed

        def look() -> list[Shown] | None:
            """The hits; none at all when something else was typed meanwhile, though it may have been taken back."""
            words = needles(query)
            shown: list[Shown] = []
            for hit in self.library.search(query, limit) if query else []:
                if query != self.typed:
                    return None
                shown.append(explain(self.library, hit, words, query))
            return shown

        def then(hits: list[Shown] | None, problem: str = "") -> None:
            self._searching = False
            if hits is None or query != self.typed:
                self._search(FIRST)
                return
            more = limit < LIMIT and len(hits) == limit
            # The timer may come before the message that something else was typed.
            top = limit == FIRST or query != self._shown
            self.hits, self._shown = hits, query
            self.show_hits(problem, top=top)
            self.rule.info = str(len(hits)) if hits and not more else ""
            if more:
                self._rest = self.set_timer(PAUSE, lambda: self._search(LIMIT))
            if self._entered:
                self._accept()

        patience = PATIENCE if limit == FIRST else 0
        beside(self, look, then, lambda error: then([], told(error)), patience=patience)

    @property
    def typed(self) -> str:
        """What has been typed."""
        return self.field.value.strip()

    def show_hits(self, problem: str = "", *, top: bool = True) -> None:
        """Show them, with the cursor on the first, or where it was."""
        rows = [
            passage_row(
                f"{n}:{one.hit.article}",
                one.text,
                title=one.hit.title,
                origin=one.origin,
                more=[(one.label, "accent")] if one.label else (),
                words=one.words,
            )
            for n, one in enumerate(self.hits)
        ]
        if not rows:
            text = problem or (
                say("이 말이 나오는 구절이 없습니다.", "No passage has these words.")
                if self.typed
                else say(
                    "치는 동안 찾습니다. Enter를 누르면 그 자리로 갑니다.",
                    "Searches as you type. Enter goes to the place.",
                )
            )
            rows = [Row("none", lambda width: wrapped(text, width, style="muted"), pickable=False)]
        self.list.show(rows, "" if top else None)

    @on(Input.Submitted)
    def _accept(self) -> None:
        # An input method sends the last syllable and Enter in one go.
        self._entered = self._shown != self.typed
        if not self._entered:
            self._go()

    @on(RowList.Chosen)
    def _go(self) -> None:
        """To the passage under the cursor; one that was clicked is meant, whatever has been typed since."""
        key = self.list.key
        if key is not None:
            hit = self.hits[int(key.partition(":")[0])].hit
            self.dismiss((hit.article, hit.start, hit.end))

    @on(KeyLine.Pressed)
    def _pressed(self, event: KeyLine.Pressed) -> None:
        self.action_do(event.id)

    def action_do(self, id: str) -> None:
        match id:
            case "close":
                self.dismiss(None)
            case "help":
                self.app.push_screen(Help("search", keymap=self.keys.keymap))
            case "quit_now":
                self.app.call_later(self.app.action_quit)
            case "accept" | "row_open":
                self._accept()
            case _:
                self.list.action_do(id)
