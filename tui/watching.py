"""What the reading screen hears of the world outside: other programs that change the library, its folder that goes and comes back."""

from __future__ import annotations

from store.drafts import Target
from store.errors import GoneError, NotFoundError
from store.library import Library
from store.model import Article
from tui.language import say, told
from tui.session import Shelved
from tui.stage import Stage

LONG = 15.0
"""Seconds for which it is said what is wrong with files."""


class Watching(Stage):
    """Looks, and shows what has changed."""

    _told_of: frozenset[str] = frozenset()
    """What the reader has been told of the library's files."""
    missing = False
    """Whether the reader has been told that the library's folder is not there."""

    def look_for_changes(self) -> None:
        """Have it looked for what another program changed in the library, and shown."""
        session = self.session

        def look() -> Shelved | None:
            changed = session.library.changed()
            # Beside a writer, looks of tags reach us without a word about an article.
            if not changed and (session.library.writable or session.library.tags() == session.tags):
                return None
            return session.read_shelf()

        if self.stocked:
            self.background.ask("changes", look, self._show_changes)

    def _show_changes(self, shelf: Shelved | None) -> None:
        session = self.session
        if self.missing:
            self._found_again()
        self.tell_of_files()
        if shelf is None:
            return
        session.put_shelf(shelf)
        article = session.article
        if article is not None and (changed := self._as_it_is(article)) is None:
            self.close_article()
            self.tell(
                say(
                    f"읽던 글의 파일이 사라졌습니다: {article.title}",
                    f"The file of the open article is gone: {article.title}",
                ),
                bad=True,
            )
            return
        session.refresh_marks()
        if article is not None and changed is not None and changed.updated != article.updated:
            here = self.view.cursor.start
            session.article = None
            self.open_article(article.id, at=(here, None), remember=False)
        else:
            self.ask_extracts()
        self.show_marks()
        self.show_all()

    def _as_it_is(self, article: Article) -> Article | None:
        """The article as the library has it now; `None` when it has it no longer."""
        try:
            return self.session.library.article(article.id)
        except NotFoundError:
            return None

    def tell_of_files(self) -> None:
        """Say, once, which of the library's files are damaged or were, and that there are conflict copies."""
        library = self.session.library
        problems = {problem.path + problem.korean: problem for problem in library.problems}
        copies = [str(path) for path in library.copies()]
        new = [problem for key, problem in problems.items() if key not in self._told_of]
        if new:
            # Of many the sum: `check` tells each.
            first, more = told(new[0]), len(new) - 1
            line = say(f" 이런 파일이 {more}개 더 있습니다.", f" And {more} files more.") if more else ""
            see = say(" `mitjul check`로 살펴보세요.", " See `mitjul check`.")
            self.app.notify(
                first + line + ("" if "mitjul check" in first else see), severity="error", timeout=LONG
            )
        if library.writable and set(copies) - self._told_of:
            self.app.notify(
                say(
                    f"다른 기기와 엇갈린 사본이 {len(copies)}개 있습니다. Ctrl+P의 ‘사본 합치기’로 합칩니다.",
                    f"Conflict copies from another machine: {len(copies)}. “Merge conflict copies” (Ctrl+P) merges them.",
                ),
                severity="warning",
                timeout=LONG,
            )
        self._told_of = frozenset((*problems, *copies))

    def missed(self, error: GoneError) -> None:
        """The library's folder is not there. That is said once; then the footer has it, and whoever wants to do something."""
        if not self.missing:
            self.missing = True
            self.keys.refresh()
            self.tell(told(error), bad=True)

    def _found_again(self) -> None:
        """It is back: what was written meanwhile goes where it belongs."""
        self.missing = False
        self.keys.refresh()
        self.flush_note()
        self._say_back(len(self.recover()))
        self.marks_changed()
        self.start_analysis()

    def _say_back(self, count: int) -> None:
        line = say("서가 폴더가 돌아왔습니다.", "The library's folder is back.")
        self.tell(f"{line} {recovered(count)}".strip())

    def recover(self) -> list[Target]:
        """Put what was not saved of notes into them. What they are on."""
        return self.session.recover_drafts() if self.session.library.writable else []

    def take_over(self, library: Library) -> None:
        """Go on with a library that may be written, in place of one that could only be read, or whose folder had gone. What was being
        shown stays.

        Raises:
            MitjulError: it cannot be read.
        """
        session, back = self.session, self.session.library.gone
        article, here = session.article, self.view.cursor.start
        session.library = self.background.library = library
        self.missing = False
        session.refresh_marks()
        self.reload_shelf()
        if article is not None:
            session.article = None
            self.open_article(article.id, at=(here, None), remember=False)
        if back:
            self._say_back(len(self.recover()))
            self.marks_changed()
        else:
            line = say("이제 이 창에서 쓸 수 있습니다.", "This window can write now.")
            self.tell(f"{line} {recovered(len(self.recover()))}".strip())
        self.show_all()
        self.keys.refresh()
        self.start_analysis()


def recovered(count: int) -> str:
    """That so many notes were recovered; nothing for none."""
    return (
        say(f"저장되지 않은 메모 {count}개를 되살렸습니다.", f"{count} unsaved notes were recovered.")
        if count
        else ""
    )
