"""The one door: every act of the program is a method here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from store.asking import Asking
from store.desk import Problem
from store.errors import MitjulError
from store.history import Act
from store.model import Added, Annotation, Article, Extracts, Tag
from store.opening import Opened, open_folder
from store.paths import meant
from store.places import Place
from store.steps import Progress, Steps
from store.tags import tidy

if TYPE_CHECKING:
    from store.acts import Acts
    from store.analysis import Alongside
    from store.backup import Archive
    from store.conflicts import Merged
    from store.correcting import Correcting
    from store.intake import Intake
    from store.tagging import Tagging

__all__ = ["Act", "Library", "Place", "Problem"]


class Library(Asking):
    """An open library: what one may do with it, and (`Asking`) ask it. Thread-safe.

    Use `Library.open`. Every method that changes something (but `set_place`) returns when the change is on the disk, and raises
    `StorageError` when the disk refuses it. Of an act on several articles those that came before are done then, and can be undone; the
    library goes on.
    """

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self._lock = opened.lock
        self._steps = Steps(self._desk)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        write: bool = True,
        background: bool = False,
        make: bool = True,
        or_read: bool = False,
    ) -> Library:
        """Open a library, made when it is not there.

        Args:
            write: take the lock; without it everything can be read, also beside a process that writes.
            background: do not wait until all that changed while the library was closed has been read, when that is much; see
                `catching_up`.
            make: whether one is to be made where there is none.
            or_read: open it for reading only where it cannot be written (see `refused`), instead of raising an error.

        Raises:
            LockedError: another process writes to it.
            GoneError: there is none, and it is not to be made.
            StorageError: the folder cannot be used.
        """
        return cls(open_folder(folder, write=write, background=background, make=make, or_read=or_read))

    def close(self) -> None:
        """Write what is still to be written and give up the lock. A long act that has been begun is done first."""
        self._upkeep.stop()
        with self._steps.done():
            if self._desk.closed:
                return
            self._desk.closed = True
            try:
                self._places.close()
                if self.writable:
                    self._upkeep.settle()
            finally:
                self._desk.index.close()
                if self._lock is not None:
                    self._lock.release()
                self.writable = self._desk.writable = False

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # What does the acts is loaded with the first of them: nobody waits for it to read.

    @cached_property
    def _acts(self) -> Acts:
        from store.acts import Acts

        acts = Acts(self._desk, self._shelf, self._marks, self._tags)
        acts.seen = self._upkeep.tell
        return acts

    @cached_property
    def _tagging(self) -> Tagging:
        from store.tagging import Tagging

        return Tagging(self._desk, self._marks, self._tags, self._acts)

    @cached_property
    def _correcting(self) -> Correcting:
        from store.correcting import Correcting

        return Correcting(self._desk, self._shelf, self._marks, self._acts)

    @cached_property
    def _intake(self) -> Intake:
        from store.intake import Intake

        return Intake(self._desk, self._shelf, self._marks)

    # ── taking in ────────────────────────────────────────────────────────────────────────────────

    def add(
        self,
        data: bytes,
        *,
        name: str,
        path: str = "",
        encoding: str | None = None,
        media_type: str | None = None,
        source_url: str | None = None,
    ) -> list[Added]:
        """Take in one input; see `Intake.add`."""
        self._upkeep.finish()
        return self._intake.add(
            data, name=name, path=path, encoding=encoding, media_type=media_type, source_url=source_url
        )

    def add_paths(
        self,
        paths: Iterable[str],
        *,
        encoding: str | None = None,
        source_url: str | None = None,
        progress: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        passed: list[str] | None = None,
    ) -> Iterator[Added]:
        """Take in files, folders and addresses; see `Intake.add_paths`."""
        self._upkeep.finish()
        return self._intake.add_paths(
            paths,
            encoding=encoding,
            source_url=source_url,
            progress=progress,
            cancelled=cancelled,
            passed=passed,
        )

    def analyse(
        self,
        ids: Sequence[str] | None = None,
        *,
        workers: int = 1,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[tuple[str, Extracts | MitjulError]]:
        """Analyse articles (those pending, when none are named) in worker processes, and keep what is found."""
        from store.analysis import analyse

        wanted = self.pending() if ids is None else [self.find(id) for id in ids]
        return analyse(self._desk, self._shelf, wanted, workers, cancelled)

    def alongside(self, *, workers: int = 1) -> Alongside:
        """To analyse articles while more are taken in: a context manager with `put(id)` and `finish()`; see `Alongside`."""
        from store.analysis import Alongside

        return Alongside(self._desk, self._shelf, workers)

    def correct(self, article: str, *, restore: int | None = None, remove: int | None = None) -> Article:
        """Correct what parsing kept and left out; applied again whenever the page is parsed anew, and undone like any act.

        Args:
            restore: the number (from 0) of a line in `Article.removed`, to be put back as a paragraph in its place.
            remove: an offset into the text; the block there is taken out, and kept among the removed lines.

        Returns:
            The article as it is now; its marks stay on their passages.

        Raises:
            InvalidError: there is no such line, or it is the only one.
        """
        with self._desk.lock:
            return self._correcting.correct(article, restore, remove)

    # ── marks ────────────────────────────────────────────────────────────────────────────────────

    def annotate(
        self, article: str, start: int, end: int, *, tags: Sequence[str] = (), note: str = ""
    ) -> Annotation:
        """Mark a passage.

        Raises:
            InvalidError: an empty range, or one outside the text; an impossible tag.
        """
        with self._desk.lock:
            return self._acts.annotate(article, start, end, tags, note)

    def annotate_quote(
        self, article: str, quote: str, *, tags: Sequence[str] = (), note: str = ""
    ) -> Annotation:
        """Mark the passage with these words; see `anchoring.find_quote`."""
        with self._desk.lock:
            return self._acts.annotate_quote(article, quote, tags, note)

    def change(
        self,
        annotation: str,
        *,
        tags: Sequence[str] | None = None,
        note: str | None = None,
        start: int | None = None,
        end: int | None = None,
        joins: bool = False,
    ) -> Annotation:
        """Change a mark's tags, note or range; what is `None` stays. A new range settles an uncertain or lost mark.

        `joins`: it is one act with the one before, when that changed the same of this mark (a note that is saved as it is typed).
        """
        with self._desk.lock:
            return self._acts.change(annotation, tags, note, start, end, joins)

    def retag(
        self,
        marks: Iterable[str],
        becomes: Callable[[Sequence[str]], Sequence[str]],
        korean: str,
        english: str,
        *,
        articles: Iterable[str] = (),
        made: Sequence[Tag] = (),
        progress: Progress | None = None,
    ) -> int:
        """Give marks (by their ids) other tags in one act, which has this name in Korean and English; how many have changed.

        Others have the library between the articles, unless it is within `together`. It is one act for `undo`, also when the disk ends
        it half way.

        Args:
            becomes: what becomes of a mark's tags, asked when its turn comes: what others give it meanwhile is among them.
            articles: articles that are given other tags themselves, in the same act.
            made: tags that are new, with their colours and hot keys.
        """
        return self._steps.do(self._tagging.retag(marks, articles, becomes, made, korean, english), progress)

    def delete(self, annotation: str) -> None:
        """Delete a mark."""
        with self._desk.lock:
            self._acts.delete(annotation)

    def set_article_note(self, article: str, note: str, *, joins: bool = False) -> None:
        """Write the note on an article. `joins`: as in `change`."""
        with self._desk.lock:
            self._acts.set_article_note(article, note, joins)

    @contextmanager
    def together(self, korean: str, english: str) -> Iterator[None]:
        """All that is done within is one act, with this name in Korean and English: one undo takes it back."""
        with self._desk.lock, self._desk.history.together(korean, english):
            yield

    @property
    def acting(self) -> bool:
        """Whether a long act of another thread is half way: `undo`, and every act of those that let others in, waits for its end."""
        return self._steps.busy

    def undo(self, *, progress: Progress | None = None) -> Act | None:
        """Undo the reader's last act on marks, notes, tags or corrections; `None` when there is none.

        One on many articles lets the others have the library in between. When the disk ends it half way, it can be undone again.
        """
        return self._steps.do(self._desk.history.undo(self._acts.apply), progress)

    def redo(self, *, progress: Progress | None = None) -> Act | None:
        """Do again what was undone last; otherwise as `undo`."""
        return self._steps.do(self._desk.history.redo(self._acts.apply), progress)

    # ── tags ─────────────────────────────────────────────────────────────────────────────────────

    def set_tag(self, name: str, *, colour: str | None = None, hotkey: str | None = None) -> Tag:
        """Make a tag, or change its colour or hot key (empty takes it away). A hot key that another tag has moves here."""
        with self._desk.lock:
            return self._tagging.set(name, colour, hotkey)

    def set_article_tags(self, article: str, tags: Sequence[str]) -> tuple[str, ...]:
        """Give an article itself these tags, in place of those it has; as they are kept.

        Raises:
            InvalidError: an impossible tag.
        """
        with self._desk.lock:
            return self._acts.set_article_tags(article, tags)

    def rename_tag(self, old: str, new: str, *, progress: Progress | None = None) -> int:
        """Rename a tag and those below it, in every mark and article; where `new` is there already they become one.

        Others have the library between the articles. It is one act for `undo`, also when the disk ends it half way.

        Returns:
            The number of marks and articles changed.

        Raises:
            NotFoundError: there is no such tag.
            StorageError: the disk said no; what had been changed by then stays so, and the error says that.
        """
        self._upkeep.finish()
        return self._steps.do(self._tagging.replace(old, tidy(new)), progress)

    def delete_tag(self, name: str, *, progress: Progress | None = None) -> int:
        """Take a tag and those below it from every mark and article, which stay. Returns how many changed. Otherwise as `rename_tag`."""
        self._upkeep.finish()
        return self._steps.do(self._tagging.replace(name, None), progress)

    # ── where one left off ───────────────────────────────────────────────────────────────────────

    def set_place(self, article: str, offset: int, progress: float) -> None:
        """Remember where one is. Cheap: written behind, within a second."""
        with self._desk.lock:
            self._places.set(article, offset, progress)

    # ── bin and housekeeping ─────────────────────────────────────────────────────────────────────

    def remove(self, *ids: str, progress: Progress | None = None) -> int:
        """Put articles in the trash, with their marks, in one act; how many.

        Others have the library between the articles. It is one act for `undo`, also when the disk ends it half way.
        """
        return self._steps.do(self._acts.throw_away(ids, True), progress)

    def restore(self, *ids: str, progress: Progress | None = None) -> int:
        """Take articles out of the trash. Otherwise as `remove`.

        Raises:
            InvalidError: one of them is not in it.
        """
        return self._steps.do(self._acts.throw_away(ids, False), progress)

    def backup(
        self, file: Path | None = None, *, progress: Callable[[int, int, str], None] | None = None
    ) -> Archive:
        """Put the whole library into one new, verified archive; `store.backup.restore_backup` makes a library of it again.

        Args:
            file: see `store.backup.backup`.
        """
        from store.backup import backup

        with self._desk.lock:
            if self.writable:
                self._places.save()
        return backup(self.folder, meant(file) if file is not None else None, progress)

    def merge_copies(self) -> list[Merged]:
        """Merge the conflict copies that `copies` tells into the files of which they are versions. The copies are set aside."""
        return self._upkeep.merge_copies()

    def check(self, *, repair: bool = False) -> list[Problem]:
        """What is wrong with the library's files; with `repair`, what can be mended is, and what cannot is set aside."""
        from store.checking import check

        self._upkeep.finish()
        return check(self._desk, self._shelf, self._marks, self._intake, self._upkeep, repair=repair)

    def reindex(self) -> int:
        """Make the index anew; the number of articles in it. Until it is done, lists and searches have what is in it so far."""
        return self._upkeep.remake()
