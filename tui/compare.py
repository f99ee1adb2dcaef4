"""The compare screen: what several articles give figures for, side by side, and below it what the one under the cursor says."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer

from store.errors import InvalidError, MitjulError
from store.exchange.comparison import export_comparison
from store.exchange.tables import SIGNS, lettered, source_name
from store.model import Annotation
from store.paths import meant
from tui import actions
from tui.article.widths import cells, shorten
from tui.asking import Ask
from tui.beside import beside
from tui.comparegrid import ROOMY, Grid
from tui.comparesaid import said, where_words
from tui.comparing import Compared, gather
from tui.config import Config
from tui.exporting import default_folder, shown
from tui.frame import KeyLine, Rule
from tui.help import Help
from tui.language import say, told
from tui.leaving import Over
from tui.rows import Line, Row, RowList, wrapped
from tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.exchange.markdown import Written
    from store.library import Act, Library

Place = tuple[str, int, int]

WIDE = 120
"""Cells of a line of text at most."""
SOON = 0.5
"""Seconds between looks at whether there is anything to compare, while articles are looked at."""


class CompareScreen(Over[Place | None], inherit_bindings=False):
    """Dismissed with the place to go to, or None."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings(also=("undo", "redo", "close", "quit", "help"))
    CSS_PATH = "compare.tcss"

    def __init__(
        self,
        session: Session,
        config: Config,
        *,
        left: Callable[[MitjulError | None], object] = lambda error: None,
        analysing: Callable[[], bool] = lambda: False,
    ) -> None:
        """
        Args:
            left: called when an act is done, or has failed, after the screen was left.
            analysing: whether articles are being looked at.
        """
        super().__init__()
        self.analysing = analysing
        self._progress = ""
        """How far that is."""
        self._gathering = self._anew = False
        """Whether articles are being gathered, and are to be once more after that."""
        self._soon: Timer | None = None
        self._left = left
        self.session = session
        self.library = session.library
        self.config = config
        self.found: Compared | None = None
        self.rule = Rule(say("글 견주기", "Compare articles"))
        self.heads = RowList(id="heads", focusable=False)
        self.grid = Grid(id="figures")
        self.edge = Rule()
        self.said = RowList(id="said", focusable=False)
        self.keys = KeyLine("compare", keymap=config.keys)

    def compose(self) -> ComposeResult:
        self.rule.add_class("lit")
        yield self.rule
        yield self.heads
        yield self.grid
        yield self.edge
        yield self.said
        yield self.keys

    def on_mount(self) -> None:
        self.grid.focus()
        self.fit_height()
        self.explain(say("글을 읽고 있습니다…", "Reading the articles …"))
        self.gather()

    def gather(self) -> None:
        """Have the articles set side by side, beside the screen."""
        if self._soon is not None:
            self._soon.stop()
            self._soon = None
        if self._gathering:
            self._anew = True
            return
        self._gathering, self._anew = True, False
        session = self.session
        chosen = set(session.chosen)
        here = session.article.id if session.article is not None else None

        def look() -> tuple[Compared, set[Place]]:
            found = gather(self.library, chosen, here, lambda: not self.is_attached)
            return found, marked_in(self.library, found)

        def failed(error: MitjulError) -> None:
            self._gathering = False
            self.found = Compared()
            self.explain(told(error))

        beside(self, look, lambda found: self._gathered(*found), failed)

    def _gathered(self, found: Compared, marked: set[Place]) -> None:
        before, self.found, self._gathering = self.found, found, False
        if found.comparison is None:
            self.explain(self.nothing(found.unread))
        elif before is None or found.comparison != before.comparison:
            self.remove_class("empty")
            self.keys.place = "compare"
            self.grid.marked = marked
            self.grid.set(found, self.grid.passage or self.session.compared)
            self.show_figure()
        if found.comparison is not None and found.unread and (before is None or before.comparison is None):
            self.tell(
                say(
                    f"아직 살피지 않은 글 {found.unread}편은 빠졌습니다.",
                    f"Left out: articles not looked at yet, {found.unread} of them.",
                )
            )
        self._say_unread()
        if self._anew and found.unread:
            self.gather()

    def looked_at(self, progress: str) -> None:
        self._progress = progress
        self._say_unread()
        if self.found is None or self.found.unread:
            # A table that one is reading grows at the end, all at once.
            if not progress or self.found is None:
                self.gather()
            elif self.found.comparison is None and self._soon is None:
                self._soon = self.set_timer(SOON, self.gather)

    def _say_unread(self) -> None:
        """At the footer's end, whether there will be more to see."""
        unread = self.found.unread if self.found is not None else 0
        left_out = say(f"살피지 않은 글 {unread}편", f"not looked at yet: {unread}") if unread else ""
        self.keys.status = self._progress or left_out

    def nothing(self, unread: int) -> str:
        """Why there is nothing to see, and what to do about it."""
        if unread and self.analysing():
            return say(
                f"아직 살피지 않은 글이 {unread}편 있습니다. 견줄 것이 나오는 대로 여기에 보입니다.",
                f"{unread} articles have not been looked at yet. What can be compared shows here as it is found.",
            )
        if unread:
            return say(
                f"아직 살피지 않은 글이 {unread}편 있습니다. 살피기가 끝나면 Esc로 나갔다가 c를 다시 누르세요.",
                f"{unread} articles have not been looked at yet. When they have, leave with Esc and press c again.",
            )
        if len(self.session.chosen) > 1:
            return say(
                "고른 글에는 견줄 수치가 없습니다. 서가(F2)에서 Space로 다른 글을 고르세요.",
                "The chosen articles have no figures to compare. Choose others on the shelf (F2) with Space.",
            )
        return say(
            "이 글과 견줄 다른 글이 없습니다. a로 같은 일을 다룬 글을 더 들이거나, 서가(F2)에서 Space로 글을 둘 이상 고르고 c를 누르세요.",
            "There is no other article to compare this one with. Take in more on the same subject with a, "
            "or choose two or more on the shelf (F2) with Space and press c.",
        )

    def explain(self, text: str) -> None:
        """Nothing but a line of text."""
        self.add_class("empty")
        self.keys.place = "uncompared"
        self.grid.show(
            [Row("none", lambda width: wrapped(text, min(width, WIDE), style="muted"), pickable=False)]
        )

    # ── showing ──────────────────────────────────────────────────────────────────────────────────

    def on_resize(self) -> None:
        self.fit_height()
        self.call_after_refresh(self.show_figure)

    def fit_height(self) -> None:
        """Share the height out: on a low screen the heads are one line and the text below is short."""
        height = self.app.size.height
        self.heads.styles.height = 3 if height >= ROOMY else 1
        self.said.styles.height = 3 if height < 16 else 7 if height < 30 else 10
        self.grid.lay(roomy=height >= ROOMY)

    @on(RowList.Highlighted, "#figures")
    def show_figure(self) -> None:
        """Show the heads, and what is said where the cursor is."""
        if self.found is None or self.found.comparison is None or not self.grid.articles:
            return
        grid = self.grid
        two = self.app.size.height >= ROOMY
        heads: list[Line] = [*grid.heads(two), *([grid.base()] if two else [])]
        self.heads.show([_lines("heads", heads)], "")
        count = len(grid.articles)
        wide = self.size.width >= 80
        self.rule.name_ = say("글 견주기", "Compare articles") + (
            say(f" · {count}편", f" · {count}") if wide else ""
        )
        words = {"conflict": say("어긋날 수 있음", "may conflict"), "same": say("같음", "same")}
        legend = "  ".join(f"{sign} {words[relation]}" for relation, sign in SIGNS.items())
        if wide and lettered(grid.comparison.rows):
            legend += say("  a b 글자가 같으면 같은 수치", "  a b same letter, same figure")
        self.rule.info = legend + (say("  ✎ 밑줄", "  ✎ underlined") if wide else "")
        article = grid.articles[grid.column]
        parts = [source_name(article), article.published or "", article.title]
        name = " · ".join(dict.fromkeys(part for part in parts if part))
        room = self.said.size.height or 3
        where, lines = said(self.found, grid, room, min(self.size.width - 2, WIDE))
        width = self.size.width - 9
        told_at = where_words(where, max(width - cells(name), width - width // 2))
        self.edge.name_ = shorten(name, max(width - cells(told_at), 0))
        self.edge.info = told_at
        self.said.show([_lines("said", lines)], "")

    @on(RowList.Chosen, "#figures")
    def _chosen(self) -> None:
        place = self.grid.passage
        if place is None:
            self.tell(say("이 글에는 이 수치가 없습니다.", "This article does not give this figure."))
        else:
            self.session.compared = place
            self.dismiss(place)

    @on(KeyLine.Pressed)
    def _pressed(self, event: KeyLine.Pressed) -> None:
        if event.id in {action.id for action in actions.at("list", "compare")}:
            self.grid.action_do(event.id)
        else:
            self.action_do(event.id)

    # ── acts ─────────────────────────────────────────────────────────────────────────────────────

    def action_do(self, id: str) -> None:
        if not self.library.writable and "write" in actions.BY_ID[id].needs:
            self.tell(say("읽기 전용으로 열려 있습니다.", "The library is open for reading only."))
            return
        try:
            match id:
                case "close" | "quit":
                    self.dismiss(None)
                case "help":
                    self.app.push_screen(Help("compare", keymap=self.keys.keymap))
                case "figure_mark":
                    self.mark()
                case "figure_export":
                    self.export()
                case "undo":
                    nothing = say("되돌릴 것이 없습니다.", "Nothing to undo.")
                    self.back(self.library.undo, say("되돌림", "Undone"), nothing)
                case "redo":
                    nothing = say("다시 할 것이 없습니다.", "Nothing to redo.")
                    self.back(self.library.redo, say("다시 함", "Done again"), nothing)
        except MitjulError as error:
            self.tell(told(error), bad=True)

    def tell(self, line: str, *, bad: bool = False) -> None:
        self.app.notify(
            line, severity="error" if bad else "information", timeout=6 if bad else 2.5, markup=False
        )

    def changed(self, marked: set[Place], line: str) -> None:
        """These are underlined now: show them, and say so."""
        self.grid.marked = marked
        self.grid.redraw()
        self.tell(line)

    def back(self, act: Callable[[], Act | None], did: str, nothing: str) -> None:
        """Undo or redo beside the screen, as it may be on many articles; marks of any of them may be others then."""
        found = self.found

        def look() -> tuple[Act | None, set[Place] | None]:
            return act(), marked_in(self.library, found) if found is not None else None

        def then(answer: tuple[Act | None, set[Place] | None]) -> None:
            done, marked = answer
            if marked is not None:
                self.grid.marked = marked
                self.grid.redraw()
            self.tell(f"{did}: {told(done)}" if done is not None else nothing)

        beside(self, look, then, lambda error: self.tell(told(error), bad=True), left=self._left)

    def mark(self) -> None:
        """Underline the sentence of the figure; a bare mark of it is taken away instead.

        Raises:
            InvalidError: it has a mark with tags or a note already.
        """
        entry = self.grid.entry
        if self.found is None or self.found.comparison is None:
            self.tell(say("밑줄을 그을 수치가 없습니다.", "There is no figure to underline."))
            return
        if entry is None:
            self.tell(say("이 글에는 이 수치가 없습니다.", "This article does not give this figure."))
            return
        id = self.grid.articles[self.grid.column].id
        there: Sequence[Annotation] = [
            mark
            for mark in self.library.annotations(article=id)
            if (mark.start, mark.end) == (entry.start, entry.end)
        ]
        here = {(id, entry.start, entry.end)}
        if not there:
            self.library.annotate(id, entry.start, entry.end)
            self.changed(
                self.grid.marked | here, say("문장에 밑줄을 그었습니다.", "The sentence is underlined.")
            )
        elif there[0].tags or there[0].note:
            raise InvalidError(
                "이미 표시한 문장입니다. 지우려면 글에서 d를 누르세요.",
                "Marked already. Press d in the article to delete the mark.",
            )
        else:
            self.library.delete(there[0].id)
            self.changed(self.grid.marked - here, say("밑줄을 지웠습니다.", "Underline taken away."))

    def export(self) -> None:
        """Ask where to, and write the table there."""
        found = self.found
        if found is None or found.comparison is None:
            self.tell(say("내보낼 표가 없습니다.", "There is no table to export."))
            return
        comparison, articles = found.comparison, found.articles

        def go(folder: str | None) -> None:
            if not folder:
                return
            try:
                path = meant(folder).absolute()
            except MitjulError as error:
                self.tell(told(error), bad=True)
                return
            beside(
                self,
                lambda: export_comparison(comparison, articles, path, language=say("ko", "en")),
                self._written,
                lambda error: self.tell(told(error), bad=True),
            )

        box = Ask(
            say("표를 마크다운으로 내보내기", "Export the table as Markdown"),
            say("폴더", "Folder"),
            shown(default_folder(self.config)),
        )
        self.app.push_screen(box, go)

    def _written(self, written: Written) -> None:
        where = shown(written.path)
        if written.status == "unchanged":
            self.tell(say(f"이미 그대로 있습니다: {where}", f"Already as it should be: {where}"))
        else:
            self.tell(say(f"내보냈습니다: {where}", f"Written: {where}"))


def marked_in(library: Library, found: Compared) -> set[Place]:
    """The ranges that are marked in the articles compared.

    Raises:
        MitjulError: the library cannot be read.
    """
    return {(id, mark.start, mark.end) for id in found.articles for mark in library.annotations(article=id)}


def _lines(key: str, lines: Sequence[Line]) -> Row:
    return Row(key, lambda width: lines, len(lines), pickable=False)
