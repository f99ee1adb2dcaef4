"""Related passages: what other articles say of the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.worker import get_current_worker

from store.library import Library
from store.model import Article, Span
from tui import actions
from tui.frame import KeyLine, Rule
from tui.help import Help
from tui.language import say
from tui.leaving import Over
from tui.passages import passage_row
from tui.relating import Related, related
from tui.rows import Row, RowList, wrapped

Place = tuple[str, int, int]


RELATIONS: dict[str, tuple[str, str, str]] = {
    "conflict": ("≠ 다른 수치일 수 있음", "≠ possibly another figure", "error"),
    "same": ("= 같은 수치", "= same figure", "tag-green"),
    "related": ("", "", "muted"),
}
"""How a passage stands to this one: in Korean, in English, and its style. A conflict is always only a possible one."""


@dataclass
class Matched(Message):
    found: Related


class RelatedScreen(Over[Place | None], inherit_bindings=False):
    """The passage, and below it those of other articles. Dismissed with the place to go to, or None."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("list", also=("close", "help"))
    CSS_PATH = "search.tcss"

    def __init__(
        self, library: Library, article: Article, span: Span, *, keymap: actions.Keymap | None = None
    ) -> None:
        super().__init__()
        self.library = library
        self.article = article
        self.span = span
        self.found: Related | None = None
        self.list = RowList(id="hits")
        self.keys = KeyLine("list", keymap=keymap)

    def compose(self) -> ComposeResult:
        rule = Rule(say("관련 구절", "Related passages"))
        rule.add_class("lit")
        yield rule
        yield self.list
        yield self.keys

    def on_mount(self) -> None:
        self.set_focus(self.list)
        self.show_matches()

        def work() -> None:
            worker = get_current_worker()
            found = related(self.library, self.article.id, self.span, lambda: worker.is_cancelled)
            if not worker.is_cancelled:
                self.post_message(Matched(found))

        self.run_worker(work, thread=True, exclusive=True, group="related", exit_on_error=False)

    @on(Matched)
    def _matched(self, event: Matched) -> None:
        self.found = event.found
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
        if self.found is None:
            rows.append(_note(say("찾는 중…", "Looking …")))
        elif not self.found.matches:
            rows.append(_note(say("다른 글에는 같은 이야기가 없습니다.", "No other article speaks of this.")))
        else:
            for n, match in enumerate(self.found.matches):
                korean, english, style = RELATIONS[match.relation]
                more = [(say(korean, english), style)]
                title = self.found.titles.get(match.article, "")
                rows.append(passage_row(f"{n}", match.text, title=title, more=more, most=4))
        self.list.show(rows, "")

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        if self.found is not None:
            match = self.found.matches[int(event.key)]
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
