"""Related passages: what other articles say of the same."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from store.model import Article, Span
from tui import actions
from tui.copies import IDENTICAL, NOWHERE, identical
from tui.frame import KeyLine, Rule
from tui.help import Help
from tui.language import say
from tui.leaving import Over
from tui.passages import passage_row
from tui.relating import Related
from tui.rows import Row, RowList, Run, wrapped

Place = tuple[str, int, int]


RELATIONS: dict[str, tuple[str, str, str]] = {
    "conflict": ("≠ 다른 수치일 수 있음", "≠ possibly another figure", "error"),
    "same": ("= 같은 수치", "= same figure", "tag-green"),
    "related": ("≈ 겹치는 말", "≈ words in common", "muted"),
}
"""How a passage stands to this one: in Korean, in English, and its style. A conflict is always only a possible one."""


class RelatedScreen(Over[Place | None], inherit_bindings=False):
    """The passage, and below it those of other articles. Dismissed with the place to go to, or None."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("list", also=("close", "quit", "help"))
    CSS_PATH = "search.tcss"

    def __init__(
        self, article: Article, span: Span, found: Related, *, keymap: actions.Keymap | None = None
    ) -> None:
        super().__init__()
        self.article = article
        self.span = span
        self.found = found
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
        for n, match in enumerate(self.found.matches):
            korean, english, style = RELATIONS[match.relation]
            if identical(text, match.text):
                korean, english, style = (*(f"≡ {name}" for name in IDENTICAL), "strong")
            more: list[Run] = [(say(korean, english), style)]
            if why := self.found.why[n]:
                more.append((f"  {why}", "muted"))
            title = self.found.titles.get(match.article, "")
            origin = self.found.origins.get(match.article, NOWHERE)
            rows.append(passage_row(f"{n}", match.text, title=title, origin=origin, more=more, most=4))
        self.list.show(rows, "")

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        match = self.found.matches[int(event.key)]
        self.dismiss((match.article, match.start, match.end))

    @on(KeyLine.Pressed)
    def _pressed(self, event: KeyLine.Pressed) -> None:
        self.action_do(event.id)

    def action_do(self, id: str) -> None:
        if id in ("close", "quit"):
            self.dismiss(None)
        elif id == "help":
            self.app.push_screen(Help("list", keymap=self.keys.keymap))
        elif id in {action.id for action in actions.at("list")}:
            self.list.action_do(id)
