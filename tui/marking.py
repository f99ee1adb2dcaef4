"""Acts on marks: underline, tags, notes, delete, undo. Method names are ids of the action registry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.drafts import Target
from store.library import Act
from store.model import Annotation, Placed, Span, Status
from store.tags import tidy
from tui.editor import edit
from tui.language import say, told

if TYPE_CHECKING:
    from tui.stage import Stage


class Marking:
    def __init__(self, screen: Stage) -> None:
        self.screen = screen
        for n in range(1, 10):
            setattr(self, f"hot_{n}", lambda n=n: self._hot(str(n)))

    def underline(self) -> None:
        span = self._passage()
        if span is not None:
            mark = self.screen.session.underline(span)
            self._done(mark)
            if mark is None:
                self.screen.tell(say("밑줄을 지웠습니다.", "Underline taken away."))

    def tag(self) -> None:
        span = self._passage()
        if span is None:
            return
        screen, session = self.screen, self.screen.session
        assert session.article is not None
        mark = session.mark_on(span)
        text = session.article.slice(span.start, span.end)

        def give(name: str) -> Sequence[str]:
            name = tidy(name)
            given = session.tag(span, [name], toggle=True)
            if name in given.tags:
                session.last_tags = (name,)
            self._done(given)
            return given.tags

        from tui.picker import TagPicker
        from tui.suggest import offered, suggest

        screen.app.push_screen(
            TagPicker(
                session.tags,
                current=mark.tags if mark else (),
                suggested=suggest(session.library, session.article, span),
                offered=offered(text),
                give=give,
                text=session.article.text,
            )
        )

    def _hot(self, key: str) -> None:
        tag = self.screen.session.hot(key)
        if tag is None:
            self.screen.tell(
                say(
                    f"{key}번 태그가 아직 없습니다. t로 태그를 만들거나 태그 화면(g)에서 정하세요.",
                    f"No tag has the key {key} yet. Make one with t, or give one the key on the tag screen (g).",
                )
            )
            return
        self._give([tag.name], toggle=True)

    def again(self) -> None:
        if not self.screen.session.last_tags:
            self.screen.tell(
                say(
                    "아직 단 태그가 없습니다. 먼저 t를 누르세요.", "No tag has been given yet. Press t first."
                )
            )
            return
        self._give(self.screen.session.last_tags, toggle=False)

    def _give(self, names: Sequence[str], *, toggle: bool) -> None:
        span = self._passage()
        if span is None:
            return
        mark = self.screen.session.tag(span, names, toggle=toggle)
        if set(names) <= set(mark.tags):
            self.screen.session.last_tags = tuple(names)
        else:
            self.screen.tell(
                say(f"태그를 뗐습니다: {', '.join(names)}", f"Tag taken off: {', '.join(names)}")
            )
        self._done(mark)

    def delete(self) -> None:
        mark = self.screen.view.mark_at_cursor()
        if mark is not None:
            self.screen.session.delete(mark)
            self.screen.marks_changed(read=False)
            self.screen.tell(say("표시를 지웠습니다. z로 되돌립니다.", "Mark deleted. z brings it back."))

    def lost_marks(self) -> None:
        """Show the marks that have lost their place, to be put on the passage or deleted."""
        from tui.lost import LostMarks

        span = self._passage()
        screen, session = self.screen, self.screen.session
        article = session.article
        if span is None or article is None:
            return

        def put(mark: Annotation) -> None:
            """A new range settles it."""
            placed = session.put(session.library.change(mark.id, start=span.start, end=span.end))
            screen.marks_changed(read=False)
            screen.view.go_to(placed.start, placed.end, mark=placed.id)
            screen.tell(say("이 구절에 놓았습니다. z로 되돌립니다.", "Put on this passage. z takes it back."))

        def delete(mark: Annotation) -> None:
            session.delete(mark)
            screen.marks_changed(read=False)
            screen.tell(say("표시를 지웠습니다. z로 되돌립니다.", "Mark deleted. z brings it back."))

        every = session.library.annotations(article=article.id)
        screen.app.push_screen(
            LostMarks(
                [mark for mark in every if mark.status is Status.LOST],
                passage=article.slice(span.start, span.end),
                colours=session.colours,
                put=put,
                delete=delete,
                writable=session.library.writable,
            )
        )

    def undo(self) -> None:
        self.screen.flush_note()
        library = self.screen.session.library
        self.screen.doing.do(
            say("되돌리는 중", "undoing"),
            library.reach(),
            lambda progress: library.undo(progress=progress),
            lambda act: self._undone(
                act, say("되돌림", "Undone"), say("되돌릴 것이 없습니다.", "Nothing to undo.")
            ),
        )

    def redo(self) -> None:
        library = self.screen.session.library
        self.screen.doing.do(
            say("다시 하는 중", "redoing"),
            library.reach(redo=True),
            lambda progress: library.redo(progress=progress),
            lambda act: self._undone(
                act, say("다시 함", "Done again"), say("다시 할 것이 없습니다.", "Nothing to redo.")
            ),
        )

    def _undone(self, act: Act | None, did: str, nothing: str) -> None:
        screen = self.screen
        if act is None:
            screen.tell(nothing)
            return
        article, library = screen.session.article, screen.session.library
        moved = {change.article for change in act.changes if "trashed" in change.after}
        away = moved & {row.id for row in library.trash()} if moved else moved
        if article is not None and article.id in away:
            screen.close_article()
        elif (
            act.article is not None
            and act.article not in away
            and (article is None or act.article != article.id)
        ):
            screen.open_article(act.article)
        if any("corrections" in change.after for change in act.changes):
            screen.correcting.undone(act.article or "")
        if any(
            change.target == "article" and {"trashed", "tags"} & change.after.keys() for change in act.changes
        ):
            screen.reload_shelf()
        screen.marks_changed()
        keys = {change.key for change in act.changes if change.target == "mark"}
        mark = next((one for one in screen.session.marks if one.id in keys and one.start == act.start), None)
        if mark is not None:
            screen.view.go_to(mark.start, mark.end, mark=mark.id)
        elif act.start is not None and act.article is not None:
            screen.view.go_to(act.start)
        screen.tell(f"{did}: {told(act)}")

    def tag_each(self, ids: Sequence[str]) -> None:
        """Tag whole articles, as those chosen on the shelf are; a tag that all of them have is taken off."""
        screen, session = self.screen, self.screen.session
        if not ids:
            return
        count = len(ids)

        def done(name: str, given: bool) -> None:
            screen.marks_changed()
            screen.reload_shelf()
            screen.tell(
                say(f"글 {count}편에 태그를 달았습니다: #{name}", f"{count} tagged #{name}.")
                if given
                else say(f"글 {count}편에서 태그를 뗐습니다: #{name}", f"#{name} is off {count}.")
            )

        def give(name: str) -> Sequence[str]:
            name = tidy(name)
            has = session.tags_of(ids)
            given = name not in has
            begun = screen.doing.do(
                say("태그를 다는 중", "tagging") if given else say("태그를 떼는 중", "untagging"),
                count,
                lambda progress: session.tag_articles(ids, name, given, progress),
                lambda _: done(name, given),
            )
            return [*(tag for tag in has if tag != name), *([name] if given else [])] if begun else has

        from tui.picker import TagPicker

        title = say(f"글 {count}편에 태그", f"Tag {count} article{'s' if count > 1 else ''}")
        screen.app.push_screen(TagPicker(session.tags, current=session.tags_of(ids), give=give, title=title))

    # ── notes ────────────────────────────────────────────────────────────────────────────────────

    def note(self) -> None:
        target = self._note_target()
        if target is not None:
            self.screen.write_note(*target)

    def article_note(self) -> None:
        article = self.screen.session.article
        assert article is not None
        library = self.screen.session.library
        self.screen.write_note(Target("article", article.id), library.article_note(article.id))

    def edit_note(self) -> None:
        self.screen.flush_note()
        found = self._note_target()
        if found is None:
            return
        target, text = found
        written = edit(self.screen.app, text)
        if written is None:
            self.screen.tell(
                say(
                    "편집기로 고치지 못했습니다. 환경 변수 EDITOR를 확인하세요.",
                    "Nothing came from the editor. See the variable EDITOR.",
                ),
                bad=True,
            )
        elif written != text:
            # Until it is saved the draft has it: the editor's file is gone.
            self.screen.session.drafts.put(target, written)
            self.screen.notes.reload(target, written, kept=text)
            self.screen.save_note(target, written)

    def _note_target(self) -> tuple[Target, str] | None:
        """The mark at the cursor, or else the passage itself."""
        screen = self.screen
        mark = (
            screen.session.mark_on(screen.view.passage)
            if screen.view.selection
            else screen.view.mark_at_cursor()
        )
        if mark is not None:
            return Target("mark", mark.article, mark.id), mark.note
        span = self._passage()
        article = screen.session.article
        if span is None or article is None:
            return None
        return Target("passage", article.id, "", span.start, span.end), ""

    # ── for all ──────────────────────────────────────────────────────────────────────────────────

    def _passage(self) -> Span | None:
        """The selection or the sentence; None, and a word to the reader, where there is no text."""
        self.screen.to_extract()
        span = self.screen.view.passage
        if span.end > span.start:
            return span
        if self.screen.view.removed_at_cursor is not None:
            self.screen.tell(
                say(
                    "글에서 빠진 줄이라 표시하지 못합니다. Enter로 먼저 되살리세요.",
                    "This line was left out of the article: put it back with Enter first.",
                )
            )
            return None
        self.screen.tell(say("여기에는 표시할 글이 없습니다.", "There is no text to mark here."))
        return None

    def _done(self, mark: Placed | None) -> None:
        """Show what was done; a selection that was marked is the cursor from now on."""
        view = self.screen.view
        selected = view.selection is not None
        self.screen.marks_changed(read=False)
        if mark is not None and selected:
            view.go_to(mark.start, mark.end, mark=mark.id)
        elif mark is not None:
            view.mean(mark.id)
