"""The shelf: the articles of the library, two lines each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from store.model import Summary
from tui import actions
from tui.article.widths import cells, shorten
from tui.frame import Panel
from tui.language import say
from tui.rows import Line, Row, RowList, packed, text_row, wrapped


class Books(RowList):
    """The list on the shelf. Keys of rows are ids of articles; in a group by tag, `id#tag`."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("shelf")


class Shelf(Panel):
    """Shows what it is handed; its list posts `RowList.Highlighted` and `RowList.Chosen`."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(say("서가", "Shelf"), right="┬", id=id)
        self.books = Books(id="books")
        self._most = 1
        """Lines that a title may take."""
        self._where: dict[str, list[int]] = {}
        """The rows of each article."""

    def body(self) -> ComposeResult:
        yield self.books

    def show(
        self,
        groups: Sequence[tuple[str, Sequence[Summary]]],
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
        rows: list[Row] = []
        self._where = {}
        count = sum(len(articles) for _, articles in groups)
        # Where there is room for all of them, a title may take two lines.
        self._most = 2 if (count + 2) * 3 <= self.books.size.height else 1
        several = len(groups) > 1 or bool(groups and groups[0][0])
        for group, articles in groups:
            if several:
                rows.append(text_row(f"group:{group}", (group, "heading"), pickable=False))
            for article in articles:
                key = f"{article.id}#{group}" if several else article.id
                self._where.setdefault(article.id, []).append(len(rows))
                rows.append(self._row(key, article, article.id == current, article.id in chosen, self._most))
        if not rows:
            rows = [Row("empty", lambda width: wrapped(say(*empty), width, style="muted"), pickable=False)]
        self.rule.name_ = name or say("서가", "Shelf")
        self.rule.info = say(f"고름 {len(chosen)}", f"{len(chosen)} chosen") if chosen else str(count or "")
        self.books.show(rows, self._stay(rows, current))

    def _stay(self, rows: Sequence[Row], current: str | None) -> str:
        """The row to put the cursor on: where it was, while the shelf is being used, else the open article's."""
        here = self.books.key or ""
        if not self.books.has_focus and current is not None:
            here = here if _id(here) == current else current
        keys = [row.key for row in rows]
        return here if here in keys else next((key for key in keys if _id(key) == _id(here)), here)

    def touch(self, article: Summary, *, current: bool, chosen: bool) -> None:
        """Show one article's line anew, wherever it stands; the others are left alone, however many they are."""
        for n in self._where.get(article.id, ()):
            row = self._row(self.books.rows[n].key, article, current, chosen, self._most)
            self.books.put(n, row)

    @staticmethod
    def _row(key: str, article: Summary, current: bool, chosen: bool, most: int = 1) -> Row:
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
            return [*titles, [("  ", ""), (f"{source}{more}", "muted")]]

        return Row(key, lines, 2 if most == 1 else None)


SOURCE = 10
"""Cells that a source keeps before other facts give way to it."""


def _joined(facts: Sequence[str]) -> str:
    return "".join(f" · {fact}" for fact in facts)


def _id(key: str) -> str:
    """The id of the article of a row."""
    return key.partition("#")[0]


def facts(article: Summary) -> list[str]:
    """What the second line of an article on the shelf says."""
    found = [
        article.publisher or ", ".join(article.authors),
        article.published or "",
        f"✎{article.annotations}" if article.annotations else "",
        f"{article.progress:.0%}" if not article.unread and 0 < article.progress < 0.995 else "",
        say("다 읽음", "read") if not article.unread and article.progress >= 0.995 else "",
        say("유료 절단", "cut by paywall") if article.truncated else "",
    ]
    return [fact for fact in found if fact] or [say("출처 없음", "no source")]
