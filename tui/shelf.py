"""The shelf: the articles of the library, two lines each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from store.model import Listed
from store.samples import is_sample
from tui import actions
from tui.article.widths import cells, shorten
from tui.frame import Panel
from tui.language import say
from tui.many import Many
from tui.rows import Line, Row, RowList, Run, fit, packed, text_row, wrapped


class Books(RowList):
    """The list on the shelf. Keys of rows are ids of articles; in a group by tag, `id#tag`."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("shelf")


class Shelf(Panel):
    """Shows what it is handed; its list posts `RowList.Highlighted` and `RowList.Chosen`."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(say("서가", "Shelf"), right="┬", id=id)
        self.books = Books(id="books")
        self.tags_of: Callable[[str], Sequence[Run]] = lambda id: ()
        """An article's own tags, as they are written."""
        self._most = 1
        """Lines that a title may take."""
        self._current: str | None = None
        self._chosen: Collection[str] = ()

    def body(self) -> ComposeResult:
        yield self.books

    def show(
        self,
        groups: Sequence[tuple[str, Sequence[Listed]]],
        *,
        current: str | None,
        chosen: Collection[str] = (),
        empty: tuple[str, str] = ("", ""),
        name: str = "",
    ) -> None:
        """Show the articles.

        Args:
            current: id of the article that is open.
            chosen: ids of those chosen for an act on several.
            empty: what to say when there is none, in Korean and English.
            name: of the shelf, when it is filtered or the trash.
        """
        rows: Sequence[Row] = []
        count = sum(len(articles) for _, articles in groups)
        # Where there is room for all of them, a title may take two lines.
        self._most = 2 if (count + 2) * 3 < self.size.height else 1
        several = len(groups) > 1 or bool(groups and groups[0][0])
        self._current, self._chosen = current, chosen
        if several:
            rows = [row for group, articles in groups for row in self._group(group, articles)]
        elif self._most == 1 and groups:
            rows = Many(groups[0][1], self._row, 2)
        elif groups:
            rows = [self._row(article) for article in groups[0][1]]
        if not rows:
            rows = [Row("empty", lambda width: wrapped(say(*empty), width, style="muted"), pickable=False)]
        self.rule.name_ = name or say("서가", "Shelf")
        self.rule.info = say(f"고름 {len(chosen)}", f"{len(chosen)} chosen") if chosen else str(count or "")
        self.books.show(rows, self._stay(rows, current))

    def _stay(self, rows: Sequence[Row], current: str | None) -> str:
        """The row to put the cursor on: where it was, while the shelf is being used, else the open article's."""
        if isinstance(rows, Many) and not self.books.has_focus:
            return current or self.books.key or ""
        here = self.books.key or ""
        if not self.books.has_focus and current is not None:
            here = here if _id(here) == current else current
        keys = [row.key for row in rows]
        return here if here in keys else next((key for key in keys if _id(key) == _id(here)), here)

    def touch(self, article: Listed) -> None:
        """Show one article's line anew, wherever it stands; the others are left alone, however many they are. What was handed to be shown
        has it as it is now."""
        rows = self.books.rows
        if isinstance(rows, Many):
            found = [(n, "") for n, one in enumerate(rows.items) if one.id == article.id]
        else:
            found = [(n, row.key) for n, row in enumerate(rows) if _id(row.key) == article.id]
        for n, key in found:
            self.books.put(n, self._row(article, key))

    def _group(self, name: str, articles: Sequence[Listed]) -> list[Row]:
        heading = text_row(f"group:{name}", (name, "heading"), pickable=False)
        return [heading, *(self._row(article, f"{article.id}#{name}") for article in articles)]

    def _row(self, article: Listed, key: str = "") -> Row:
        current, chosen, most = article.id == self._current, article.id in self._chosen, self._most
        sign = "✓ " if chosen else "▸ " if current else "• " if article.unread else "  "

        def lines(width: int) -> list[Line]:
            name = article.title or say("제목 없음", "Untitled")
            style = "strong" if current else ""
            titles: list[Line] = [
                [(sign if n == 0 else "  ", "accent"), *line]
                for n, line in enumerate(packed(name, width - 2, most, style))
            ]
            source, *rest = facts(article)
            # Where there is not room for all, the last go first, and then the source is cut, but not its date.
            while len(rest) > 1 and width - 2 - cells(_joined(rest)) < min(cells(source), SOURCE):
                rest.pop()
            more = _joined(rest)
            source = shorten(source, max(width - 2 - cells(more), 6))
            said: list[Run] = [("  ", ""), (f"{source}{more}", "muted")]
            room = width - sum(cells(text) for text, _ in said) - 1
            for run in self.tags_of(article.id) if room >= TAG else ():
                said += fit([(" ", ""), run], room)
                room -= cells(run[0]) + 1
                if room < TAG:
                    break
            return [*titles, said]

        return Row(key or article.id, lines, 2 if most == 1 else None)


TAG = 5
"""Cells that a tag gets at least, with the blank before it."""
SOURCE = 10
"""Cells that a source keeps before other facts give way to it."""


def _joined(facts: Sequence[str]) -> str:
    return "".join(f" · {fact}" for fact in facts)


def _id(key: str) -> str:
    """The id of the article of a row."""
    return key.partition("#")[0]


def facts(article: Listed) -> list[str]:
    """What the second line of an article on the shelf says."""
    source = article.publisher or ", ".join(article.authors)
    if is_sample(article.id):
        source = " · ".join(filter(None, [say("견본", "sample"), source]))
    found = [
        source,
        article.published or "",
        f"✎{article.annotations}" if article.annotations else "",
        f"{article.progress:.0%}" if not article.unread and 0 < article.progress < 0.995 else "",
        say("다 읽음", "read") if not article.unread and article.progress >= 0.995 else "",
        say("유료 절단", "cut by paywall") if article.truncated else "",
    ]
    return [fact for fact in found if fact] or [say("출처 없음", "no source")]
