"""The shelf: the articles of the library, two lines each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from store.model import FIRST_PART, Listed
from store.samples import is_sample
from tui import actions
from tui.article.widths import cells, shorten
from tui.frame import Panel
from tui.language import say
from tui.many import Many
from tui.packing import packed
from tui.rows import Line, Row, RowList, Run, fit, text_row, wrapped


class Books(RowList):
    """The list on the shelf. Keys of rows are ids of articles; in a group by tag, `id#tag`."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("shelf")


class Shelf(Panel):
    """Shows what it is handed; its list posts `RowList.Highlighted` and `RowList.Chosen`."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(say("서가", "Shelf"), right="┬", id=id)
        self.books = Books(id="books")
        self.line_of: Callable[[str], Listed | None] = lambda id: None
        """What there is to say of an article; asked when its line is to be seen."""
        self.tags_of: Callable[[str], Sequence[Run]] = lambda id: ()
        """An article's own tags, as they are written."""
        self._most = 1
        """Lines that a title may take."""
        self._current: str | None = None
        self._chosen: Collection[str] = ()
        self._touched: tuple[object, str, list[int]] = (None, "", [])
        """Of which rows and article the lines were looked for last, and where they are."""

    def body(self) -> ComposeResult:
        yield self.books

    def show(
        self,
        groups: Sequence[tuple[str, Sequence[str]]],
        *,
        current: str | None,
        chosen: Collection[str] = (),
        empty: tuple[str, str] = ("", ""),
        name: str = "",
    ) -> None:
        """Show the articles.

        Args:
            groups: names, and the ids of the articles in each.
            current: id of the article that is open.
            chosen: ids of those chosen for an act on several.
            empty: what to say when there is none, in Korean and English.
            name: of the shelf, when it is filtered or the trash.
        """
        rows: Sequence[Row] = []
        count = sum(len(ids) for _, ids in groups)
        # Where there is room for all of them, a title may take two lines.
        self._most = 2 if (count + 2) * 3 < self.size.height else 1
        several = len(groups) > 1 or bool(groups and groups[0][0])
        self._current, self._chosen = current, chosen
        if several:
            rows = [row for group, ids in groups for row in self._group(group, ids)]
        elif self._most == 1 and groups:
            rows = Many(groups[0][1], self._row, 2)
        elif groups:
            rows = [self._row(id) for id in groups[0][1]]
        if not rows:
            rows = [Row("empty", lambda width: wrapped(say(*empty), width, style="muted"), pickable=False)]
        # What was chosen is acted upon: it is read whole, and the words of a filter give way to it.
        self.rule.info_first = bool(chosen)
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
        keys = rows.keys if isinstance(rows, Many) else [row.key for row in rows]
        return here if here in keys else next((key for key in keys if _id(key) == _id(here)), here)

    def touch(self, id: str) -> None:
        """Show one article's line anew, wherever it stands; the others are left alone, however many they are."""
        rows = self.books.rows
        if self._touched[0] is not rows or self._touched[1] != id:
            found = [
                n
                for n, key in enumerate(rows.keys if isinstance(rows, Many) else map(_key, rows))
                if _id(key) == id
            ]
            self._touched = rows, id, found
        for n in self._touched[2]:
            self.books.again(n)

    def _group(self, name: str, ids: Sequence[str]) -> list[Row]:
        heading = text_row(f"group:{name}", (name, "heading"), pickable=False)
        return [heading, *(self._row(id, name) for id in ids)]

    def _row(self, id: str, group: str = "") -> Row:
        current, chosen, most = id == self._current, id in self._chosen, self._most

        def lines(width: int) -> list[Line]:
            article = self.line_of(id)
            if article is None:  # gone, and the shelf does not know it yet
                return [[("  …", "muted")], []]
            sign = "✓ " if chosen else "▸ " if current else "• " if article.unread else "  "
            name = article.title or say("제목 없음", "Untitled")
            style = "strong" if current else ""
            titles: list[Line] = [
                [(sign if n == 0 else "  ", "accent"), *line]
                for n, line in enumerate(packed(name, width - 2, most, style))
            ]
            said: list[Run] = [("  ", ""), (fitted(article, width - 2, group), "muted")]
            room = width - sum(cells(text) for text, _ in said) - 1
            for run in self.tags_of(id) if room >= TAG else ():
                said += fit([(" ", ""), run], room)
                room -= cells(run[0]) + 1
                if room < TAG:
                    break
            return [*titles, said]

        return Row(f"{id}#{group}" if group else id, lines, 2 if most == 1 else None)


TAG = 5
"""Cells that a tag gets at least, with the blank before it."""
READ = 0.995
"""Progress from which on an article counts as read to its end."""
LONG, SHORT = 10, 4
"""Cells that a source keeps before the day of its date gives way to it, and that it keeps at least."""


def _key(row: Row) -> str:
    return row.key


def _id(key: str) -> str:
    """The id of the article of a row."""
    return key.partition("#")[0]


def facts(article: Listed, told: str = "") -> list[str]:
    """What the second line of an article on the shelf says, where there is room for all of it.

    Args:
        told: what stands above it as the name of its group: a publisher that is told there is not told again.
    """
    source, date, reader, page = _parts(article, told)
    return [fact for fact in (source, date, *reader, page) if fact] or [_nothing(article, told)]


def _nothing(article: Listed, told: str) -> str:
    """What is said where there is nothing to say: a publisher that is told above is a source, and what is missing is the date."""
    known = bool(article.publisher) and article.publisher == told
    return say("날짜 없음", "no date") if known else say("출처 없음", "no source")


def _parts(article: Listed, told: str) -> tuple[str, str, list[str], str]:
    """Where an article is from, its date, what the reader has done with it, and what is wrong with its page."""
    publisher = article.publisher if article.publisher != told else ""
    source = publisher or ("" if article.publisher else ", ".join(article.authors))
    if is_sample(article.id):
        source = " · ".join(filter(None, [say("견본", "sample"), source]))
    reader = [
        f"✎{article.annotations}" if article.annotations else "",
        f"{article.progress:.0%}" if not article.unread and 0 < article.progress < READ else "",
        say("다 읽음", "read") if not article.unread and article.progress >= READ else "",
    ]
    page = say(*FIRST_PART) if article.truncated else ""
    return source, article.published or "", [fact for fact in reader if fact], page


def fitted(article: Listed, width: int, told: str = "") -> str:
    """The facts in at most `width` cells. Where there is not room for all, something of each is said as long as it goes: what is wrong with
    the page goes first, then the day of the date, then the end of the source; the reader's own marks and progress go last."""
    source, date, reader, page = _parts(article, told)
    if not (source or date or reader or page):
        return shorten(_nothing(article, told), width)
    month, close = date[:7], " ".join(reader).replace(say("다 읽음", "read"), say("읽음", "read"))
    ways = [
        ([date, *reader, page], 2 * width),
        ([date, *reader], LONG),
        ([month, *reader], LONG),
        ([month, *reader], SHORT),
        ([" ".join(filter(None, [month, close]))], SHORT),
        ([close], SHORT),
    ]
    for facts_, least in ways:
        rest = " · ".join(filter(None, facts_))
        room = width - cells(rest) - (3 if rest and source else 0)
        if room >= min(cells(source), least):
            return " · ".join(filter(None, [_cut(source, room), rest]))
    return shorten(rest or source, width)


def _cut(source: str, room: int) -> str:
    """A source in so many cells; of a sample not just the point before its publisher."""
    first = source.partition(" · ")[0]
    return shorten(first if cells(source) > room < cells(first) + LONG else source, room)
