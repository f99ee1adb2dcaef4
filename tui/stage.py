"""How acts are done on the reading screen: articles, notes, leaving, taking in. What it hears is in `tui.reader`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rich.text import Text
from textual.timer import Timer

from store.drafts import Target
from store.errors import MitjulError, NotFoundError
from store.library import Library
from tui import actions
from tui.actions import Action
from tui.acts import Acts
from tui.article.links import first_address
from tui.article.marks import Rest
from tui.config import Config
from tui.doing import Doing
from tui.extracts import place_of, word_of
from tui.language import say, told
from tui.showing import Showing

if TYPE_CHECKING:
    from tui.correcting import Correcting
    from tui.going import Going
    from tui.marking import Marking

T = TypeVar("T")


class Stage(Showing):
    """Does the acts of the reading screen."""

    def __init__(self, library: Library, config: Config) -> None:
        super().__init__(library, config)
        self.acts = Acts(self)
        self.doing = Doing(self)
        self.settling: Timer | None = None
        self._held_back = False
        """Whether one that would quit has been told that something would be lost."""
        self.typed = ""
        """What was typed to be taken in, until it is."""
        self.warned = False
        """Whether one that would quit has been told that pages are being taken in."""

    # ── acts ─────────────────────────────────────────────────────────────────────────────────────

    @property
    def marking(self) -> Marking:
        return self.acts.marking

    @property
    def correcting(self) -> Correcting:
        return self.acts.correcting

    @property
    def going(self) -> Going:
        return self.acts.going

    def handler(self, id: str) -> Callable[[], None] | None:
        """The method that does an act."""
        for group in self.acts.groups():
            if (method := getattr(group, id, None)) is not None:
                return method  # type: ignore[no-any-return]
        return None

    def action_do(self, id: str) -> None:
        """Do an act of the registry, or say why it cannot be done."""
        method = self.handler(id)
        if method is None:
            return
        self.furnish()
        if why := self.why_not(actions.BY_ID[id]):
            self.tell(why)
            return
        self.guarded(lambda _: method())(None)

    def why_not(self, action: Action) -> str:
        """Why an act cannot be done just now, in a line; empty when it can."""
        session = self.session
        checks: dict[str, tuple[bool, tuple[str, str]]] = {
            "article": (
                session.article is not None,
                (
                    "열린 글이 없습니다. 서가(F2)에서 고르세요.",
                    "No article is open. Choose one on the shelf (F2).",
                ),
            ),
            "write": (
                session.library.writable,
                ("읽기 전용으로 열려 있습니다.", "The library is open for reading only."),
            ),
            "mark": (
                session.article is not None and self.view.mark_at_cursor() is not None,
                ("여기에는 표시가 없습니다.", "There is no mark here."),
            ),
            "lost": (
                self.view.lost > 0,
                ("자리를 잃은 표시가 없습니다.", "No mark has lost its place."),
            ),
            "line": (
                self.in_article and self.view.removed_at_cursor is not None,
                ("빠진 줄이 아닙니다.", "This line was not left out.")
                if self.in_article and self.view.show_removed
                else ("빠진 줄은 l로 봅니다.", "l shows what was left out."),
            ),
            "left_out": (
                self.in_article and self.view.show_removed,
                ("먼저 l로 빠진 줄을 보세요.", "Show what was left out with l first."),
            ),
            "found": (session.found > 0, ("먼저 /로 찾으세요.", "Look for something with / first.")),
            "back": (bool(session.trail), ("돌아갈 곳이 없습니다.", "There is no place to go back to.")),
            "address": (
                bool(self.address),
                ("이 글에는 원문 주소가 없습니다.", "This article has no address."),
            ),
            "extracts": (
                session.extracts is not None,
                (
                    "이 글을 아직 살피지 않았습니다. 잠시 뒤에 하세요.",
                    "This article has not been looked at yet. Try in a moment.",
                ),
            ),
        }
        return next(
            (say(*words) for need in action.needs for holds, words in [checks[need]] if not holds), ""
        )

    # ── articles ─────────────────────────────────────────────────────────────────────────────────

    def open_article(
        self, id: str, *, at: tuple[int, int | None] | None = None, remember: bool = True
    ) -> None:
        """Open an article where one left off, or at a range.

        Args:
            remember: keep the present place, so that one can come back.

        Raises:
            MitjulError: it cannot be read.
        """
        session = self.session
        if remember and at is not None:
            self.remember()
        if session.article is None or session.article.id != id:
            self.flush_note()
            # All that can be in sight at first, and once more as much.
            offset = session.open(id, 2 * self.app.size.height * self.view.text_width)
            assert session.article is not None
            place = session.library.place(id)
            self.find_bar.close()
            self.view.set_tag_colours(session.colours)
            rest = Rest(*session.around, self._read_marks) if session.around is not None else None
            self.view.tags = session.own_tags
            self.view.show(session.article, session.here, offset=offset, progress=place.progress, rest=rest)
            if self.stocked:
                self.ask_marks()
                self.ask_extracts()
                self.show_all()
        if at is not None:
            self.view.go_to(*at)

    def close_article(self) -> None:
        """No article is open: the next on the shelf, if there is one, can be chosen."""
        self.flush_note()
        self.session.close()
        self.view.show(None, [])
        self.show_all()

    @property
    def address(self) -> str:
        """The first address in the passage, else the article's; empty when there is none."""
        article, passage = self.session.article, self.view.passage
        if article is None:
            return ""
        return first_address(article, passage) or article.url or ""

    def jump(self, start: int, end: int | None = None) -> None:
        """To a place in the open article, remembering this one."""
        self.remember()
        self.view.go_to(start, end)
        self.to_article()

    def to_extract(self) -> None:
        """In the extracts: the article's cursor to the sentence of the one under theirs, so that acts apply to it; for a word, to the
        first that has it.

        Raises:
            NotFoundError: no sentence has the word as it stands.
        """
        key = self.extracts.list.key if self.place == "extracts" else None
        place, word = place_of(key or ""), word_of(key or "")
        if place is None and word is None:
            return
        at = place[0] if place is not None else self.session.first_with(word or "")
        if at is None:
            raise NotFoundError(
                "이 말이 그대로 나온 문장이 없습니다.", "No sentence has this word as it stands."
            )
        self.view.go_to(self.view.units.sentence(at).start)

    def remember(self) -> None:
        """Keep the present place on the trail."""
        article = self.session.article
        if article is not None:
            here = (article.id, self.view.cursor.start)
            if not self.session.trail or self.session.trail[-1] != here:
                self.session.trail.append(here)
                del self.session.trail[:-100]

    # ── notes ────────────────────────────────────────────────────────────────────────────────────

    def write_note(self, target: Target, text: str) -> None:
        mark = self.view.mark_at_cursor()
        self.notes.show(target, text, which=self._which(mark) if mark and mark.id == target.mark else "")
        self.to_panel("notes", toggle=False)
        self.notes.focus_area()

    def save_note(self, target: Target, text: str) -> None:
        """Write a note; what goes wrong is told, and the note stays unsaved."""
        try:
            saved = self.session.save_note(target, text)
        except MitjulError as error:
            self.notes.failed(target)
            self.tell(told(error), bad=True)
            return
        if saved != target and self.notes.target == target:
            self.notes.rename(saved)
        self.notes.saved(saved, text)
        self.marks_changed(read=False)
        self.view.mean(saved.mark)

    def flush_note(self) -> None:
        """Save what is unsaved, at once."""
        if self.notes.target is not None and self.notes.unsaved:
            self.save_note(self.notes.target, self.notes.text)
        self.session.writing = None

    # ── leaving ──────────────────────────────────────────────────────────────────────────────────

    @property
    def outermost(self) -> bool:
        """Whether there is nothing to go back to: going back once more quits."""
        return self.in_article and not self.has_class("alone") and not self.session.trash

    def back_out(self) -> bool:
        """Back to the shelf as a whole: out of the trash, wherever the focus is, or, on the shelf, of its filter. False when it is in
        neither."""
        session = self.session
        if session.trash:
            session.trash = False
            session.chosen.clear()
        elif session.query and self.place == "shelf":
            session.query = ""
            self.tell(say("거른 것을 풀었습니다.", "The filter is off."))
        else:
            return False
        self.reload_shelf()
        return True

    def quit(self) -> None:
        """Save everything, stop what is going on and end; what could not be saved is said. What could not even be kept aside holds one
        back, once."""
        self.flush_note()
        unsaved, drafts = self.session.unsaved, self.session.drafts
        if not all(map(drafts.has, unsaved)) and not self._held_back:
            self._held_back = True
            self.tell(
                say(
                    "저장하지 못한 메모가 있고, 따로 적어 두지도 못했습니다. 그래도 끝내려면 한 번 더 누르세요.",
                    "There is a note that could not be saved, nor kept aside. Press once more to quit all the same.",
                ),
                bad=True,
            )
            return
        self.background.stop()
        kept = sum(map(drafts.has, unsaved))
        line = say(
            f"메모 {kept}개를 저장하지 못했습니다. 따로 적어 두었으니, 서가를 다시 열면 되살립니다.",
            f"{kept} notes could not be saved. They are kept aside, and recovered when the library is opened again.",
        )
        self.app.exit(message=Text(line) if kept else None)

    # ── taking in, finding ───────────────────────────────────────────────────────────────────────

    def start_analysis(self) -> None:
        """Have the articles looked at that have not been yet."""
        if self.session.library.writable and self.background.analyse():
            self.show_extracts()

    def take_in(self, paths: Sequence[str]) -> None:
        """Take in files, folders and addresses."""
        if not self.session.library.writable:
            self.tell(say("읽기 전용으로 열려 있습니다.", "The library is open for reading only."))
        elif self.background.take_in(
            [path if "://" in path else str(Path(path).expanduser()) for path in paths]
        ):
            self.warned, self.typed = False, ""
            self.keys.status = self.taking()
        else:
            self.tell(say("먼저 들이던 글이 아직 끝나지 않았습니다.", "Something is still being taken in."))

    def taking(self, count: str = "") -> str:
        """What the footer says while pages are taken in, and how to stop that."""
        keys = [actions.shown(key) for key in actions.keys_of("add", self.config.keys)][:1]
        stop = say(f"{keys[0]} 그만", f"{keys[0]} stops it") if keys else ""
        return " · ".join(filter(None, [f"{say('들이는 중', 'taking in')} {count}".strip(), stop]))

    def step_found(self, by: int) -> None:
        """To another of the places found in the article."""
        self.find_bar.tell(*self.view.find_next(by))
