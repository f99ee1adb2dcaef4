"""The reading screen, and what it hears: from its panels, from the work in the background, from the world outside."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress

from textual import events, on

from store.drafts import Target
from store.errors import GoneError, MitjulError, UnwritableError
from store.model import Added
from store.samples import is_sample
from tui import background as work
from tui.article.messages import MarkPicked, Moved, RemovedPicked, Selected
from tui.extracts import copy_of, place_of, word_of
from tui.find import FindBar
from tui.frame import NOTICES, KeyLine, Tabs
from tui.language import say, told
from tui.lean import settle, tidy
from tui.leaving import Over
from tui.notes import Left, Paused, Typed, Wanted
from tui.pasting import pasted
from tui.rows import RowList
from tui.session import Shelved
from tui.taken import report
from tui.watching import Watching, recovered

SETTLE = 0.06
"""Seconds after the cursor's last step until the panels follow it: keys that are held down are not slowed by them."""
LATEST = 1.0
"""Seconds after the start until the shelf is read, even if the article is not on the screen by then."""
STAND = 2.0
"""Seconds from then on until all that stays has been loaded."""
LOOK = 4.0
"""Seconds between looks for changes that another program made."""
FOLLOW = 0.5
"""Seconds between looks at how far the reading of changed files is."""


class ReaderScreen(Watching):
    """Shelf, article, extracts, tags, notes."""

    # ── at start ─────────────────────────────────────────────────────────────────────────────────

    def on_mount(self) -> None:
        self.view.text_width = self.config.width
        self.view.spacing = self.config.spacing
        self.to_article()
        self.begin()
        self.set_interval(LOOK, self.look_for_changes)

    def on_unmount(self) -> None:
        self.background.stop()

    def begin(self) -> None:
        """Show what there is: where one left off, else the top of the shelf, else, in an empty library, the sample pages."""
        session = self.session
        if self.config.problems:
            lines = [say(f"설정: {problem}", f"Settings: {problem}") for problem in self.config.problems]
            self.app.notify("\n".join(lines), severity="warning", timeout=6, markup=False)
        if isinstance(refused := session.library.refused, UnwritableError):
            line = say("읽기 전용으로 열었습니다.", "Open for reading only.")
            self.tell(f"{line} {told(refused)}", bad=True)
        elif not session.library.writable:
            self.tell(
                say(
                    "다른 창에서 이 서가를 쓰고 있어 읽기 전용으로 열었습니다. 그 창을 닫으면 쓸 수 있습니다.",
                    "Another window is using this library: open for reading only, until that window is closed.",
                )
            )
        try:
            notes = self._recover()
            if (last := session.library.last_article()) is not None:
                self.open_article(last)
                for target in notes:
                    self.view.mean(target.mark)
            else:
                session.refresh_marks()
        except MitjulError as error:
            self.tell(told(error), bad=True)
        self.show_progress()
        self.show_keys()
        # The article first: what stands around it follows when it is on the screen, which it tells by its first move.
        if self.session.article is None:
            self.stock()
        else:
            self.set_timer(LATEST, self.stock)

    def _compositor_refresh(self) -> None:
        # What is painted first is the article: a screen without it would be painted for nothing.
        if self.stocking or self.session.article is None or self.view.laid_out:
            super()._compositor_refresh()

    def _recover(self) -> list[Target]:
        """Put what an earlier run did not save of notes into them, and say so. What they are on."""
        targets = self.recover()
        if targets:
            self.tell(recovered(len(targets)))
        return targets

    def stock(self) -> None:
        """Have the shelf read, and everything around the article shown; once."""
        if self.stocking:
            return
        self.stocking = True
        if getattr(self.app, "alone", False):
            self.set_timer(STAND, self._spare)
        # One after the other: what shows the marks does not wait for a library that is being read.
        self.ask_marks(lambda: self.background.ask("shelf", self.session.read_shelf, self._stock))
        self.furnish()

    def _spare(self) -> None:
        def spare() -> None:
            with suppress(MitjulError, sqlite3.Error):  # then it takes a little more
                self.session.library.spare()

        self.background.ask("memory", spare, lambda _: settle())

    def _stock(self, read: Shelved) -> None:
        session = self.session
        session.put_shelf(read)
        self.stocked = True
        if session.article is None and (first := self._first()) is not None:
            self.guarded(self.open_article)(first)
        else:
            self.ask_extracts()
            self.show_all()
        self.tell_of_files()
        if (progress := session.library.catching_up) is not None:
            # What comes of it is shown as it comes; what follows from all of it waits.
            self.keys.status = catching_up(*progress)
            self.set_timer(FOLLOW, self._follow)
        elif session.library.writable:
            if not session.order() and not session.library.trash():  # whoever has put them away has seen them
                self.sampling = self.background.take_samples()
                self.show_shelf()
            else:
                self.start_analysis()

    def _first(self) -> str | None:
        """The article to be shown at the start: where one left off, else the top of the shelf. None while it is not known yet whether
        the one that was read last is there."""
        library = self.session.library
        if (last := library.last_article()) is not None:
            return last
        if library.catching_up is not None and library.last_article(known=False) is not None:
            return None
        return next(iter(self.session.order()), None)

    def _follow(self) -> None:
        """While files are read that changed before the start: say how far it is; when it is done, go on as at the start."""
        library = self.session.library
        if self.session.article is None and (last := library.last_article()) is not None:
            self.guarded(self.open_article)(last)
        if (progress := library.catching_up) is not None:
            self.keys.status = catching_up(*progress)
            self.set_timer(FOLLOW, self._follow)
            return
        self.keys.status = ""
        self.guarded(lambda _: self._recover())(None)  # those on articles that were not known yet
        self.background.ask("shelf", self.session.read_shelf, self._stock)

    @on(work.Answered)
    def _answered(self, event: work.Answered) -> None:
        if isinstance(event.error, GoneError):
            self.missed(event.error)
        elif event.error is not None:
            self.tell(told(event.error), bad=True)
        else:
            self.guarded(event.done)(event.answer)

    # ── from the panels ──────────────────────────────────────────────────────────────────────────

    @on(KeyLine.Pressed)
    def _key_pressed(self, event: KeyLine.Pressed) -> None:
        self.action_do(event.id)

    def on_descendant_focus(self) -> None:
        """The focus went elsewhere: the footer follows, and a note that was left is saved."""
        self.show_keys()
        if self.place != "note":
            self.flush_note()
            self.call_after_refresh(self.show_note)
        if self.place != "find":
            self.find_bar.close()
            self.edge.set_class(self.in_article, "lit")

    @on(Selected)
    def _selected(self) -> None:
        self.show_keys()

    @on(Moved)
    def _moved(self, event: Moved) -> None:
        article = self.session.article
        if article is None:
            return
        self.session.library.set_place(article.id, event.passage.start, event.progress)
        if not self.stocking:
            self.call_after_refresh(self.stock)
        if self.settling is not None:
            self.settling.stop()
        self.settling = self.set_timer(SETTLE, self._settled)

    def _settled(self) -> None:
        self.guarded(lambda _: self.show_note())(None)
        self.show_progress()
        if self.session.article is not None:
            self.shelf.touch(self.session.article.id)  # which says how far it has been read, too
        tidy()

    @on(RowList.Chosen, "#books")
    def _book(self, event: RowList.Chosen) -> None:
        id = event.key.partition("#")[0]
        if self.session.trash:
            self.tell(
                say(
                    "휴지통의 글입니다. d로 서가에 되돌립니다.",
                    "This is in the trash. d puts it back on the shelf.",
                )
            )
            return
        self.guarded(self.open_article)(id)
        self.to_article()

    @on(RowList.Highlighted, "#extract-rows")
    @on(RowList.Chosen, "#extract-rows")
    def _extract(self, event: RowList.Highlighted | RowList.Chosen) -> None:
        chosen = isinstance(event, RowList.Chosen)
        place, word = place_of(event.key), word_of(event.key)
        if (copy := copy_of(event.key)) is not None and chosen:
            self.remember()
            self.guarded(self.open_article)(copy)
            self.to_article()
        elif place is not None and chosen:
            sentence = self.view.units.sentence(place[0])
            self.jump(sentence.start)
        elif word is not None and chosen:
            self.remember()
            self.find_bar.seek(word)
            self.to_article()

    @on(RowList.Chosen, "#tag-rows")
    def _tag(self, event: RowList.Chosen) -> None:
        self.going.open_tag_screen(event.key)

    @on(MarkPicked)
    def _mark_picked(self, event: MarkPicked) -> None:
        mark = next((mark for mark in self.session.marks if mark.id == event.annotation), None)
        if mark is not None:
            self.view.go_to(mark.start, mark.end, mark=mark.id)

    @on(RemovedPicked)
    def _removed_picked(self) -> None:
        """A line left out was clicked once more."""
        self.action_do("put_back")

    @on(Tabs.Picked)
    def _tab(self, event: Tabs.Picked) -> None:
        if event.name == "article":
            self.to_article()
        else:
            self.to_panel(event.name, toggle=False)

    @on(Typed)
    def _typed(self, event: Typed) -> None:
        try:
            self.session.drafts.put(event.target, event.text)
        except MitjulError as error:
            self.tell(
                say(
                    f"메모를 적어 두지 못했습니다. {error.korean}",
                    f"The note could not be kept. {error.english}",
                ),
                bad=True,
            )

    @on(Paused)
    def _paused(self, event: Paused) -> None:
        self.save_note(event.target, event.text)

    @on(Wanted)
    def _wanted(self) -> None:
        self.to_panel("notes", toggle=False)

    @on(Left)
    def _left(self) -> None:
        self.to_article()

    # ── finding in the article ───────────────────────────────────────────────────────────────────

    @on(FindBar.Sought)
    def _sought(self, event: FindBar.Sought) -> None:
        self.session.found = self.view.find(event.query)
        self.step_found(0)

    @on(FindBar.Step)
    def _step(self, event: FindBar.Step) -> None:
        self.step_found(event.by)

    @on(FindBar.Done)
    def _done(self) -> None:
        self.to_article()

    # ── from the background ──────────────────────────────────────────────────────────────────────

    @on(work.Analysed)
    def _analysed(self, event: work.Analysed) -> None:
        self.keys.status = say(
            f"글 살피는 중 {event.done}/{event.total}", f"looking at articles {event.done}/{event.total}"
        )
        if self.session.article is not None and event.id == self.session.article.id:
            if event.error is not None:
                self.tell(told(event.error), bad=True)
            self.ask_extracts()
        self._pass_on()

    @on(work.AnalysisEnded)
    def _analysis_ended(self, event: work.AnalysisEnded) -> None:
        self.keys.status = ""
        if event.error is not None:
            self.tell(told(event.error), bad=True)
        elif self.background.unfinished:
            self.set_timer(SETTLE, self.start_analysis)
        self.show_extracts()
        self._pass_on()

    def _pass_on(self) -> None:
        """Tell the screens over this one how far the looking at articles is."""
        for screen in self.app.screen_stack:
            if isinstance(screen, Over):
                screen.looked_at(self.keys.status)

    @on(work.TakingIn)
    def _taking_in(self, event: work.TakingIn) -> None:
        self.keys.status = self.taking(f"{event.done}/{event.total}")

    @on(work.TakenIn)
    def _taken_in(self, event: work.TakenIn) -> None:
        self.keys.status = ""
        self.sampling = False
        self.after_shelf(lambda: self._shelved(event))
        self.start_analysis()

    def _shelved(self, event: work.TakenIn) -> None:
        """What was taken in is on the shelf."""
        if event.first:
            failed = [one for one in event.added if one.status == "failed"]
            for one in failed:
                self.tell(f"{one.path}: {say(one.error or '', one.error_en or '')}", bad=True)
            first = next(iter(self.session.order()), None)
            if first is not None and self.session.article is None:
                self.guarded(self.open_article)(first)
            if self.config.tour:
                self.action_do("tour")
        else:
            self.tell_taken_in(event.added)

    def tell_taken_in(self, added: Sequence[Added]) -> None:
        """Say what became of what was to be taken in."""
        failed = any(one.status == "failed" for one in added)
        room = max(self.app.size.height // 2, NOTICES)
        typed = self.typed
        line = report(added, max(self.keys.size.width - 2, 8), room, self._of_samples(added), typed)
        self.tell(line, bad=failed or not added)
        if typed and all(one.status == "failed" for one in added) and self.app.screen is self:
            self.acts.carrying.add(typed)

    def _of_samples(self, added: Sequence[Added]) -> str:
        """How to be rid of the samples: told when the first articles of one's own come to them."""
        new = {one.id for one in added if one.status == "added"}
        there = {id for id in self.session.order() if id not in new} if new else set()
        if not there or not all(map(is_sample, there)):
            return ""
        return say(
            "견본 글은 Ctrl+P의 ‘견본 글 치우기’로 한꺼번에 치웁니다.",
            "“Put the samples away” (Ctrl+P) clears the sample articles.",
        )

    # ── from outside ─────────────────────────────────────────────────────────────────────────────

    def on_paste(self, event: events.Paste) -> None:
        """Addresses and files that are pasted or dropped are taken in."""
        paths = pasted(event.text)
        if paths:
            self.take_in(paths)
        elif event.text.strip():
            self.tell(
                say("붙여 넣은 것은 주소나 파일이 아닙니다.", "What was pasted is no address and no file.")
            )


def catching_up(done: int, total: int) -> str:
    """How far the reading of files is that changed before the start."""
    return (
        say(f"서가 맞추는 중 {done}/{total}", f"catching up {done}/{total}")
        if total
        else say("서가 맞추는 중", "catching up")
    )
