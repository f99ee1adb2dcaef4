"""Related passages: what other articles say of the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from store.library import Library
from store.model import Article, Extracts, Span
from tui import actions
from tui.frame import KeyLine, Rule
from tui.help import Help
from tui.language import say
from tui.passages import passage_row
from tui.relating import Match, related
from tui.rows import Row, RowList, wrapped

Place = tuple[str, int, int]


@dataclass
class Matched(Message):
    matches: list[Match]


class RelatedScreen(Screen[Place | None], inherit_bindings=False):
    """The passage, and below it those of other articles. Dismissed with the place to go to, or None."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("list", also=("close", "help"))
    CSS_PATH = "search.tcss"

    def __init__(
        self,
        library: Library,
        article: Article,
        extracts: Extracts,
        span: Span,
        *,
        keymap: actions.Keymap | None = None,
    ) -> None:
        super().__init__()
        self.library = library
        self.article = article
        self.extracts = extracts
        self.span = span
        self.matches: list[Match] | None = None
        self.list = RowList(id="hits")
        self.keys = KeyLine("list", keymap=keymap)

    def compose(self) -> ComposeResult:
        rule = Rule(say("관련 구절", "Related passages"))
        rule.add_class("lit")
        yield rule
        yield self.list
        yield self.keys

    def on_mount(self) -> None:
        self.list.focus()
        self.show_matches()

        def work() -> None:
            worker = get_current_worker()
            found = related(self.library, self.article, self.extracts, self.span, lambda: worker.is_cancelled)
            if not worker.is_cancelled:
                self.post_message(Matched(found))

        self.run_worker(work, thread=True, exclusive=True, group="related", exit_on_error=False)

    @on(Matched)
    def _matched(self, event: Matched) -> None:
        self.matches = event.matches
        self.show_matches()

    def show_matches(self) -> None:
        text = self.article.slice(self.span.start, self.span.end)
        own = say("이 글", "this article")
        rows: list[Row] = [
            Row("gap", lambda width: [[]], 1, pickable=False),
            Row(
                "here",
                lambda width: [[(own, "accent")], *wrapped(text, width, 4, "strong"), []],
                pickable=False,
            ),
        ]
        if self.matches is None:
            rows.append(_note(say("찾는 중…", "Looking …")))
        elif not self.matches:
            rows.append(_note(say("다른 글에는 같은 이야기가 없습니다.", "No other article speaks of this.")))
        for n, match in enumerate(self.matches or ()):
            rows.append(passage_row(f"{n}", match.text, title=match.title, most=4))
        self.list.show(rows, "")

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        if self.matches:
            match = self.matches[int(event.key)]
            self.dismiss((match.article, match.start, match.end))

    @on(KeyLine.Pressed)
    def _pressed(self, event: KeyLine.Pressed) -> None:
        self.action_do(event.id)

    def action_do(self, id: str) -> None:
        if id == "close":
            self.dismiss(None)
        elif id == "help":
            self.app.push_screen(Help("search", keymap=self.keys.keymap))
        elif id in {action.id for action in actions.at("list")}:
            self.list.action_do(id)


def _note(text: str) -> Row:
    return Row("note", lambda width: wrapped(text, width, style="muted"), pickable=False)
