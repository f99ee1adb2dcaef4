"""How the state of the reading screen is read beside the loop and pushed down to its panels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from store.errors import MitjulError
from store.library import Library
from store.model import Extracts, Placed, Tag
from tui.background import Background, in_words
from tui.config import Config
from tui.copies import look_for_copies
from tui.language import say, told
from tui.panels import PanelScreen
from tui.rows import Run
from tui.session import Session, Shelved
from tui.tags import tag_run

T = TypeVar("T")

AGAIN = 0.02
"""Seconds until the shelf is asked for again, while it is just being read."""


class Showing(PanelScreen):
    """Has the session, and shows it."""

    def __init__(self, library: Library, config: Config) -> None:
        super().__init__(config)
        self.session = Session(library)
        self.background = Background(library, self)
        self._tagged: tuple[list[Tag], Counter[str]] | None = None
        """The tags that are shown, and those of the open article."""
        self.stocking = False
        """Whether the shelf is being read, or has been."""
        self.stocked = False
        """Whether it has been."""
        self.sampling = False
        """Whether the sample articles are being taken in."""
        self._extracts_told = False
        """Whether the open article's extracts were asked for once more while they were read, as they may be others now."""
        self._shelf_asked: list[Callable[[], object]] | None = None
        """What is to be done when the shelf has been read once more; None while nobody has asked for that."""

    def guarded(self, call: Callable[[T], object]) -> Callable[[T], None]:
        """The call, with what goes wrong told to the reader in a line."""

        def run(value: T) -> None:
            try:
                call(value)
            except MitjulError as error:
                self.tell(told(error), bad=True)

        return run

    def tell(self, line: str, *, bad: bool = False) -> None:
        """Say something in a line at the edge of the screen."""
        self.app.notify(
            line, severity="error" if bad else "information", timeout=6 if bad else 2.5, markup=False
        )

    def marks_changed(self, *, read: bool = True) -> None:
        """Marks or tags have changed: show them everywhere. `read`: the session does not know of the change yet."""
        session = self.session
        if read:
            session.refresh_marks()
        self.show_marks()
        self.show_tags()
        self.show_note()
        if session.article is not None:
            self.shelf.touch(session.article.id)

    def show_marks(self) -> None:
        """The marks in the text, in the colours of their tags, and the tags of the article itself."""
        self.view.set_tag_colours(self.session.colours)
        self.view.tags = self.session.own_tags
        self.view.set_annotations(self.session.marks)

    def show_tags(self) -> None:
        """The tags, where they are others than those that are shown. Not before all marks have been read."""
        if self.session.around is not None:
            return
        now = list(self.session.tags), self.session.used
        if now != self._tagged:
            self._tagged = now
            self.tags.show(*now)

    def show_all(self) -> None:
        self.show_tags()
        self.show_extracts()
        self.show_note()
        self.show_shelf()
        self.show_progress()
        self.show_keys()

    def _read_marks(self) -> Sequence[Placed]:
        """All marks of the open article, for which the view cannot wait."""
        try:
            return self.session.marks
        except MitjulError as error:
            self.tell(told(error), bad=True)
            return self.session.here

    def ask_marks(self, then: Callable[[], object] = lambda: None) -> None:
        """Have the open article's marks read, where there are too many for the first paint, and shown; and then something done."""
        session = self.session

        def read() -> tuple[str, list[Placed]] | MitjulError:
            try:
                return session.read_marks()
            except Exception as error:
                return in_words(error)

        def put(answer: tuple[str, list[Placed]] | MitjulError) -> None:
            if isinstance(answer, MitjulError):
                self.tell(told(answer), bad=True)
            else:
                session.put_marks(answer)
                if session.around is not None:
                    self.ask_marks(then)  # another article has been opened meanwhile
                    return
                self.show_marks()
                self.show_tags()
            then()

        if session.around is None:
            then()
        else:
            self.background.ask("marks", read, put)

    def ask_extracts(self) -> None:
        """Have the open article's extracts read, and shown."""
        session = self.session

        def put(read: tuple[str, Extracts | None]) -> None:
            session.put_extracts(read)
            if session.article is not None and (session.article.id != read[0] or self._extracts_told):
                self.ask_extracts()  # another article has been opened meanwhile, or this one looked at
            else:
                self.show_extracts()

        if session.article is not None:
            self._extracts_told = not self.background.ask("extracts", session.read_extracts, put)
            look_for_copies(self)

    def show_extracts(self) -> None:
        waiting = self.background.busy("extracts") or (
            self.session.library.writable and self.background.busy("analysis")
        )
        session = self.session
        self.extracts.show(
            session.extracts, near=session.near, waiting=waiting, article=session.article is not None
        )

    def show_shelf(self) -> None:
        session = self.session
        self.shelf.line_of, self.shelf.tags_of = session.line, self._tags_of
        empty = ("a를 눌러 글을 들이세요.", "Press a to take in pages.")
        name = ""
        if self.sampling:
            empty = ("견본 글을 들이고 있습니다…", "Taking in the sample articles …")
        self.view.instead = "" if session.article is not None else self._instead(empty)
        if session.trash:
            empty, name = ("휴지통이 비었습니다.", "The trash is empty."), say("휴지통", "Trash")
        elif session.query:
            empty = (
                "이 말에 맞는 글이 없습니다. /로 바꾸거나 Esc로 모두 보세요.",
                "No article answers this. Change it with /, or see all with Esc.",
            )
            name = say(f"서가 · {session.query}", f"Shelf · {session.query}")
        self.shelf.show(
            session.shelf,
            current=session.article.id if session.article else None,
            chosen=session.chosen,
            empty=empty,
            name=name,
        )
        self.show_keys()

    def _instead(self, empty: tuple[str, str]) -> str:
        """What stands in the middle when no article is open."""
        if self.session.order() and not self.session.trash:
            return say("서가(F2)에서 글을 고르세요.", "Choose an article on the shelf (F2).")
        return say(*empty)

    def _tags_of(self, article: str) -> list[Run]:
        """An article's own tags, each in its colour."""
        own = self.session.library.article_tags(article)
        colours = self.session.colours if own else {}
        return [tag_run(name, colours.get(name, "")) for name in own]

    def reload_shelf(self) -> None:
        """Have the shelf read anew beside the loop, and shown."""
        self.after_shelf(lambda: None)

    def after_shelf(self, call: Callable[[], object]) -> None:
        """Have the shelf read anew beside the loop and shown, and then something done."""
        waiting = self._shelf_asked
        self._shelf_asked = [*(waiting or ()), call]
        if waiting is None:
            self._read_shelf()

    def _read_shelf(self) -> None:
        session = self.session
        asked: list[Callable[[], object]] = []

        def read() -> Shelved | MitjulError:
            try:
                return session.read_shelf()
            except Exception as error:
                return in_words(error)

        def put(answer: Shelved | MitjulError) -> None:
            later, self._shelf_asked = self._shelf_asked, None
            if isinstance(answer, MitjulError):
                self.tell(told(answer), bad=True)
            else:
                session.put_shelf(answer)
                self.show_shelf()
            for call in asked:
                self.guarded(self._call)(call)
            # Asked for while it was read: what was read may be of before.
            for call in (later or [])[len(asked) :]:
                self.after_shelf(call)

        if self.background.ask("shelf", read, put):
            asked.extend(self._shelf_asked or ())
        else:
            self.set_timer(AGAIN, self._read_shelf)

    @staticmethod
    def _call(call: Callable[[], object]) -> None:
        call()

    def show_progress(self) -> None:
        parts = [] if self.session.library.writable else [say("읽기 전용", "read only")]
        if self.session.article is not None:
            parts.append(f"{self.view.position:.0%}")
        self.edge.info = " · ".join(parts)
        # The article's own title has scrolled away: its name stays in sight.
        away = self.session.article is not None and self.view.scroll_offset.y > 2
        self.edge.name_ = self.session.article.title if away and self.session.article else ""

    def show_note(self) -> None:
        """The note on the mark at the cursor, or on the article; not while one is being written."""
        if not self.notes.furnished or (self.place == "note" and self.notes.target is not None):
            return
        mark = self.view.mark_at_cursor()
        found = self.session.note_target(mark)
        writable = self.session.library.writable
        self.notes.show(*(found or (None, "")), writable=writable, which=self._which(mark))

    def _which(self, mark: Placed | None) -> str:
        """Which of the marks at the cursor this is, where there are several: `1/2`."""
        ids = [one.id for one in self.view.marks_at_cursor()] if mark is not None else []
        return f"{ids.index(mark.id) + 1}/{len(ids)}" if mark is not None and len(ids) > 1 else ""

    def show_keys(self) -> None:
        """The footer's keys: those of where the focus is, or of the selection or the lines left out that are shown in the article."""
        state = self.place
        if self.in_article and self.view.selection is not None:
            state = "selecting"
        elif self.in_article and self.view.show_removed and self.session.article is not None:
            state = "left_out"
        elif state == "shelf" and self.session.trash:
            state = "trash"
        elif state == "shelf" and self.session.query:
            state = "filtered"
        self.keys.place = state
