"""The one door: every act of the program is a method here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, TypeVar

from store.acts import Acts, no_article, one
from store.correcting import Correcting
from store.desk import Problem
from store.errors import MitjulError, NotFoundError
from store.finding import Finder
from store.history import Act, Step
from store.intake import Intake
from store.model import Added, Annotation, Article, Extracts, Figure, Hit, Summary, Tag
from store.opening import Opened, open_folder
from store.places import Place, Places
from store.query import parse
from store.tagging import Tagging
from store.tags import Tags, tidy
from store.text import clean_line

if TYPE_CHECKING:
    from store.analysis import Alongside
    from store.backup import Archive

__all__ = ["Act", "Library", "Place", "Problem"]

T = TypeVar("T")

Progress = Callable[[int, int], object]
"""Told how many files of an act have been written of how many."""

PAUSE = 0.0002
"""Seconds for which a long act lets the others have the library."""

List = list
"""The built-in; within the class `list` is a method."""


class Library:
    """An open library. Thread-safe.

    Use `Library.open`. Every method that changes something (but `set_place`) returns when the change is on the disk, and raises
    `StorageError` when the disk refuses it. Of an act on several articles those that came before are done then, and can be undone; the
    library goes on.
    """

    def __init__(self, opened: Opened) -> None:
        self._desk = desk = opened.desk
        self._lock = opened.lock
        self.folder = desk.layout.folder
        self.writable = desk.writable
        self._shelf = opened.shelf
        self._marks = opened.marks
        self._upkeep = opened.upkeep
        self._long = threading.RLock()
        """Held by an act that lets go of the library's lock between its steps: one at a time."""
        self._tags = Tags(desk)
        self._places = Places(desk)
        self._acts = Acts(desk, self._shelf, self._marks, self._tags)
        self._acts.seen = self._upkeep.tell
        self._tagging = Tagging(desk, self._marks, self._tags, self._acts)
        self._correcting = Correcting(desk, self._shelf, self._marks, self._acts)
        self._finder = Finder(desk.index, self._places)
        self._intake = Intake(desk, self._shelf, self._marks)

    @classmethod
    def open(cls, folder: Path, *, write: bool = True, background: bool = False) -> Library:
        """Open a library, made when it is not there.

        Args:
            write: take the lock; without it everything can be read, also beside a process that writes.
            background: do not wait until all that changed while the library was closed has been read, when that is much; see
                `catching_up`.

        Raises:
            LockedError: another process writes to it.
            StorageError: the folder cannot be used.
        """
        return cls(open_folder(folder, write=write, background=background))

    @property
    def catching_up(self) -> tuple[int, int] | None:
        """How many files have been read of how many (0 of 0 while that is not known), while articles and marks that the index does
        not know yet are read in the background; lists and searches have them as they come, and `changed` tells them. `None` when
        everything is known."""
        return self._upkeep.progress

    def close(self) -> None:
        """Write what is still to be written and give up the lock. A long act that has been begun is done first."""
        self._upkeep.stop()
        with self._long, self._desk.lock:
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

    def _in_steps(self, act: Generator[Step, None, T], progress: Progress | None) -> T:
        """Do an act step by step; others have the library in between, unless the caller holds its lock.

        Within `together` the lock is held already: one who has it must not wait for `_long`.
        """
        with self._desk.lock:
            if self._desk.history.gathering:
                return self._stepped(act, progress)
        with self._long:
            return self._stepped(act, progress)

    def _stepped(self, act: Generator[Step, None, T], progress: Progress | None) -> T:
        while True:
            with self._desk.lock:
                try:
                    done, total = next(act)
                except StopIteration as end:
                    return end.value  # type: ignore[no-any-return]
            if progress is not None:
                progress(done, total)
            if threading.active_count() > 1:
                time.sleep(PAUSE)

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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
    ) -> List[Added]:
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
        passed: List[str] | None = None,
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

    # ── reading ──────────────────────────────────────────────────────────────────────────────────

    def list(self, query: str = "") -> List[Summary]:
        """The articles that answer a query, newest first.

        Raises:
            InvalidError: the query is malformed.
        """
        conditions = parse(query)
        with self._desk.lock:
            return self._finder.articles(conditions)

    def find(self, prefix: str) -> str:
        """The whole id of an article, from its beginning; of one in the trash, too.

        Raises:
            NotFoundError: there is none.
            AmbiguousError: there are several.
        """
        wanted = clean_line(prefix).lower()
        with self._desk.lock:
            if wanted and self._desk.index.has(wanted):
                return wanted
            return one(prefix, self._desk.index.ids(wanted) if wanted else [], "글", "article")

    def article(self, id: str) -> Article:
        """An article.

        Raises:
            NotFoundError: there is none.
            StorageError: its file cannot be read.
        """
        with self._desk.lock:
            return self._shelf.article(id)

    def read(self, id: str) -> tuple[Article, Extracts | None]:
        """An article and what was found in it, which are one file. Errors as of `article`."""
        with self._desk.lock:
            return self._shelf.load(id)

    def raw(self, id: str) -> bytes:
        """The bytes of an article as they came."""
        with self._desk.lock:
            return self._shelf.raw(id)

    def extracts(self, id: str, *, weighed: bool = False) -> Extracts | None:
        """What was found in an article; `None` while it has not been analysed.

        `weighed`: its keywords weighed against the library, those that every article has last. That looks at the keywords of
        all articles, so it is for the one article that is shown.
        """
        with self._desk.lock:
            found = self._shelf.extracts(id)
            if found is None or not weighed:
                return found
            from store.korean.weighing import weighed as against

            return self._desk.index.with_names(lambda lists: against(found, lists))

    def pending(self) -> List[str]:
        """The articles that the present extractor has not seen, newest first."""
        from store.korean import EXTRACTOR

        with self._desk.lock:
            rows = self._desk.index.rows(
                "SELECT id FROM articles WHERE extractor IS NOT ? AND trashed = '' ORDER BY added DESC, n DESC",
                (EXTRACTOR,),
            )
            return [row[0] for row in rows]

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

    def search(self, query: str, limit: int = 50) -> List[Hit]:
        """Passages that answer a query, best first.

        Raises:
            InvalidError: the query is malformed.
        """
        conditions = parse(query)
        with self._desk.lock:
            return self._finder.passages(conditions, limit)

    def figures(self, query: str = "") -> List[tuple[Summary, Figure]]:
        """Every figure in the articles that answer a query."""
        conditions = parse(f"{query} has:figures")
        found: list[tuple[Summary, Figure]] = []
        with self._desk.lock:
            summaries = self._finder.articles(conditions)
        for summary in summaries:
            # One by one: others may want the library in between.
            with self._desk.lock, suppress(NotFoundError):
                extracts = self._shelf.extracts(summary.id)
                found += [(summary, figure) for figure in (extracts.figures if extracts else ())]
        return found

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

    def near_copies(self, id: str) -> List[tuple[Summary, float]]:
        """Articles that share much of their text with this one (a repost, an agency's story in another paper), likest first.

        Returns:
            Each with the share of 5-character shingles that the two have in common, 0 to 1.
        """
        from store.copies import near_copies

        with self._desk.lock:
            found = near_copies(self._desk.index, id)
            return [(summary, share) for copy, share in found if (summary := self._finder.summary(copy))]

    # ── marks ────────────────────────────────────────────────────────────────────────────────────

    def annotations(self, query: str = "", *, article: str | None = None) -> List[Annotation]:
        """The marks that answer a query, by article (newest first), then by place."""
        conditions = parse(query)
        with self._desk.lock:
            if article is not None and not self._desk.index.has(article):
                raise no_article(article)
            return self._finder.marks(conditions, article)

    def tagged_lately(self, limit: int) -> List[Annotation]:
        """Of the marks that have tags, those that changed last, the newest first."""
        with self._desk.lock:
            return self._desk.index.marks_tagged_lately(limit)

    def annotation(self, prefix: str) -> Annotation:
        """A mark, from the beginning of its id.

        Raises:
            NotFoundError: there is none.
            AmbiguousError: there are several.
        """
        with self._desk.lock:
            return self._acts.annotation(prefix)

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
        tags: Mapping[str, Sequence[str]],
        korean: str,
        english: str,
        *,
        articles: Mapping[str, Sequence[str]] = MappingProxyType({}),
        made: Sequence[Tag] = (),
        progress: Progress | None = None,
    ) -> int:
        """Give marks (ids) other tags in one act, which has this name in Korean and English; how many have changed.

        Others have the library between the articles, unless it is within `together`. It is one act for `undo`, also when the disk ends
        it half way.

        Args:
            articles: articles that are given other tags themselves, in the same act.
            made: tags that are new, with their colours and hot keys.
        """
        return self._in_steps(self._tagging.retag(tags, articles, made, korean, english), progress)

    def delete(self, annotation: str) -> None:
        """Delete a mark."""
        with self._desk.lock:
            self._acts.delete(annotation)

    def article_note(self, article: str) -> str:
        """The note on an article; empty when there is none."""
        with self._desk.lock:
            if not self._desk.index.has(article):
                raise no_article(article)
            return self._desk.index.work(article)[0]

    def set_article_note(self, article: str, note: str, *, joins: bool = False) -> None:
        """Write the note on an article. `joins`: as in `change`."""
        with self._desk.lock:
            self._acts.set_article_note(article, note, joins)

    def noted(self, article: str, mark: str = "") -> str:
        """When the note on an article, or on one of its marks, was changed last; empty when it never was."""
        with self._desk.lock:
            return self._marks.noted(article, mark)

    def article_tags(self, article: str) -> tuple[str, ...]:
        """The tags of an article itself; its marks have their own."""
        with self._desk.lock:
            if not self._desk.index.has(article):
                raise no_article(article)
            return self._desk.index.article_tags(article)

    def set_article_tags(self, article: str, tags: Sequence[str]) -> tuple[str, ...]:
        """Give an article itself these tags, in place of those it has; as they are kept.

        Raises:
            InvalidError: an impossible tag.
        """
        with self._desk.lock:
            return self._acts.set_article_tags(article, tags)

    def tagged_articles(self, query: str = "") -> dict[str, tuple[str, ...]]:
        """The articles that answer a query and have tags of their own, with these; newest first."""
        conditions = parse(query)
        with self._desk.lock:
            tags = self._desk.index.tagged_articles()
            return {
                row.id: tags[row.id]
                for row in (self._finder.articles(conditions) if tags else ())
                if row.id in tags
            }

    def tags_by_article(self) -> dict[str, tuple[str, ...]]:
        """The tags of each article, its own and those of its marks."""
        with self._desk.lock:
            return self._desk.index.tags_by_article()

    @contextmanager
    def together(self, korean: str, english: str) -> Iterator[None]:
        """All that is done within is one act, with this name in Korean and English: one undo takes it back."""
        with self._desk.lock, self._desk.history.together(korean, english):
            yield

    def undo(self, *, progress: Progress | None = None) -> Act | None:
        """Undo the reader's last act on marks, notes, tags or corrections; `None` when there is none.

        One on many articles lets the others have the library in between. When the disk ends it half way, it can be undone again.
        """
        return self._in_steps(self._desk.history.undo(self._acts.apply), progress)

    def redo(self, *, progress: Progress | None = None) -> Act | None:
        """Do again what was undone last; otherwise as `undo`."""
        return self._in_steps(self._desk.history.redo(self._acts.apply), progress)

    def reach(self, *, redo: bool = False) -> int:
        """How many files the next `undo` (or `redo`) writes."""
        with self._desk.lock:
            return self._desk.history.reach(redo=redo)

    # ── tags ─────────────────────────────────────────────────────────────────────────────────────

    def tags(self) -> List[Tag]:
        """The tags: those with a hot key first (1 to 9), then by count, then by name."""
        with self._desk.lock:
            return self._tagging.all()

    def set_tag(self, name: str, *, colour: str | None = None, hotkey: str | None = None) -> Tag:
        """Make a tag, or change its colour or hot key (empty takes it away). A hot key that another tag has moves here."""
        with self._desk.lock:
            return self._tagging.set(name, colour, hotkey)

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
        return self._in_steps(self._tagging.replace(old, tidy(new)), progress)

    def delete_tag(self, name: str, *, progress: Progress | None = None) -> int:
        """Take a tag and those below it from every mark and article, which stay. Returns how many changed. Otherwise as `rename_tag`."""
        self._upkeep.finish()
        return self._in_steps(self._tagging.replace(name, None), progress)

    # ── where one left off ───────────────────────────────────────────────────────────────────────

    def place(self, article: str) -> Place:
        """Where one left off in an article."""
        with self._desk.lock:
            return self._places.get(article)

    def set_place(self, article: str, offset: int, progress: float) -> None:
        """Remember where one is. Cheap: written behind, within a second."""
        with self._desk.lock:
            self._places.set(article, offset, progress)

    def last_article(self, *, known: bool = True) -> str | None:
        """The article last read, while it is there. Without `known` also one that is not known (yet; see `catching_up`)."""
        with self._desk.lock:
            id = self._places.last
            if not known:
                return id or None
            return id if id and self._desk.index.has(id) and not self._desk.index.work(id)[1] else None

    # ── bin and housekeeping ─────────────────────────────────────────────────────────────────────

    def remove(self, id: str) -> None:
        """Put an article in the trash, with its marks."""
        with self._desk.lock:
            self._acts.throw_away(id, True)

    def restore(self, id: str) -> None:
        """Take an article out of the trash."""
        with self._desk.lock:
            self._acts.throw_away(id, False)

    def trash(self) -> List[Summary]:
        """The articles in the trash."""
        with self._desk.lock:
            return self._finder.articles(parse(""), trashed=True)

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
        return backup(self.folder, file.expanduser() if file is not None else None, progress)

    def check(self, *, repair: bool = False) -> List[Problem]:
        """What is wrong with the library's files; with `repair`, what can be mended is, and what cannot is set aside."""
        from store.checking import check

        self._upkeep.finish()
        return check(self._desk, self._shelf, self._marks, self._intake, self._upkeep, repair=repair)

    def reindex(self) -> int:
        """Make the index anew; the number of articles in it. Until it is done, lists and searches have what is in it so far."""
        return self._upkeep.remake()

    def changed(self) -> set[str]:
        """The articles that something else changed since this was asked last (or since opening). Cheap enough to ask every second."""
        return self._upkeep.changed()
