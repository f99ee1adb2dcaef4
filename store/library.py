"""The one door: every act of the program is a method here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from store import layout as folders
from store import search
from store.anchoring import find_quote, place, select
from store.catalogue import Entry
from store.desk import Desk, Problem, now
from store.errors import AmbiguousError, InvalidError, MitjulError, NotFoundError
from store.files import WriteLock, make_folder, storage_error, sweep
from store.history import Act, Change, Target
from store.intake import Intake
from store.layout import Layout
from store.marks import Marks, new_id
from store.model import Added, Annotation, Article, Extracts, Figure, Hit, Status, Summary, Tag
from store.places import Place, Places
from store.query import parse
from store.shelf import Shelf
from store.tags import Tags, check_look, renamed, tidy, tidy_all, without
from store.text import clean

__all__ = ["Act", "Library", "Place", "Problem"]

List = list
"""The built-in; within the class `list` is a method."""

MAX_NOTE = 100_000
"""Code points in a note."""


class Library:
    """An open library. Thread-safe.

    Use `Library.open`. Every method that changes something returns when the change is on the disk, and raises `StorageError` when the disk
    refuses it; nothing is half done then, and the library goes on.
    """

    def __init__(self, desk: Desk, lock: WriteLock | None) -> None:
        self._desk = desk
        self._lock = lock
        self.folder = desk.layout.folder
        self.writable = desk.writable
        self._shelf = Shelf(desk)
        self._marks = Marks(desk)
        self._tags = Tags(desk)
        self._places = Places(desk)
        self._intake = Intake(desk, self._shelf, self._marks)
        self._scan()

    @classmethod
    def open(cls, folder: Path, *, write: bool = True) -> Library:
        """Open a library, made when it is not there.

        Args:
            write: take the lock; without it everything can be read, also beside a process that writes.

        Raises:
            LockedError: another process writes to it.
            StorageError: the folder cannot be used.
        """
        folder = Path(folder).expanduser().absolute()
        lock = None
        try:
            if write:
                folder.mkdir(parents=True, exist_ok=True)
            elif folder.exists() and not folder.is_dir():
                raise NotADirectoryError(20, "Not a directory", str(folder))
        except OSError as error:
            raise storage_error(error, folder) from error
        if write:
            lock = WriteLock(folder)
            try:
                for kind in (folders.RAW, folders.ARTICLES, folders.MARKS, folders.ASIDE):
                    make_folder(folder / kind)
            except OSError as error:
                lock.release()
                raise storage_error(error, folder) from error
        try:
            if lock is not None:
                _sweep(Layout(folder))
            return cls(Desk(Layout(folder), lock is not None), lock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    def close(self) -> None:
        """Write what is still to be written and give up the lock."""
        with self._desk.lock:
            try:
                self._places.close()
            finally:
                if self._lock is not None:
                    self._lock.release()
                    self._lock = None
                self.writable = self._desk.writable = False

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _scan(self) -> None:
        for id in self._desk.layout.ids(folders.ARTICLES):
            try:
                article, extracts = self._shelf.load(id)
            except MitjulError as error:
                self._desk.report(self._desk.layout.article(id), error.korean, error.english)
                continue
            self._desk.catalogue.put_article(article, extracts)
            self._desk.catalogue.put_marks(id, *self._marks.load(id))

    def _entries(self, *, trashed: bool = False) -> List[Entry]:
        entries = [entry for entry in self._desk.catalogue.entries.values() if bool(entry.trashed) == trashed]
        return sorted(entries, key=lambda entry: (entry.article.added, entry.article.id), reverse=True)

    def _summary(self, entry: Entry) -> Summary:
        article, at = entry.article, self._places.get(entry.article.id)
        return Summary(
            id=article.id,
            title=article.title,
            publisher=article.publisher,
            authors=article.authors,
            published=article.published,
            url=article.url,
            added=article.added,
            annotations=len(entry.marks),
            truncated=article.truncated,
            unread=at.unread,
            progress=at.progress,
            analysed=entry.extracts is not None,
        )

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
    ) -> Iterator[Added]:
        """Take in files, folders and addresses; see `Intake.add_paths`."""
        return self._intake.add_paths(
            paths, encoding=encoding, source_url=source_url, progress=progress, cancelled=cancelled
        )

    # ── reading ──────────────────────────────────────────────────────────────────────────────────

    def list(self, query: str = "") -> List[Summary]:
        """The articles that answer a query, newest first.

        Raises:
            InvalidError: the query is malformed.
        """
        conditions = parse(query)
        with self._desk.lock:
            return [
                self._summary(entry)
                for entry in self._entries()
                if search.accepts(conditions, entry, self._places)
            ]

    def find(self, prefix: str) -> str:
        """The whole id of an article, from its beginning.

        Raises:
            NotFoundError: there is none.
            AmbiguousError: there are several.
        """
        with self._desk.lock:
            return _one(prefix, list(self._desk.catalogue.entries), "글", "article")

    def article(self, id: str) -> Article:
        """An article.

        Raises:
            NotFoundError: there is none.
            StorageError: its file cannot be read.
        """
        with self._desk.lock:
            return self._shelf.load(id)[0]

    def raw(self, id: str) -> bytes:
        """The bytes of an article as they came."""
        with self._desk.lock:
            return self._shelf.raw(id)

    def extracts(self, id: str) -> Extracts | None:
        """What was found in an article; `None` while it has not been analysed."""
        with self._desk.lock:
            return self._shelf.load(id)[1]

    def pending(self) -> List[str]:
        """The articles that the present extractor has not seen, newest first."""
        from store.korean import EXTRACTOR

        with self._desk.lock:
            return [
                entry.article.id
                for entry in self._entries()
                if entry.extracts is None or entry.extracts.version != EXTRACTOR
            ]

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

    def search(self, query: str, limit: int = 50) -> List[Hit]:
        """Passages that answer a query, best first.

        Raises:
            InvalidError: the query is malformed.
        """
        conditions = parse(query)
        if not conditions.terms:
            return []
        with self._desk.lock:
            return search.hits(conditions, self._entries(), self._places, limit)

    def figures(self, query: str = "") -> List[tuple[Summary, Figure]]:
        """Every figure in the articles that answer a query."""
        conditions = parse(query)
        with self._desk.lock:
            return [
                (summary, figure)
                for entry in self._entries()
                if entry.extracts is not None and search.accepts(conditions, entry, self._places)
                for summary in [self._summary(entry)]
                for figure in entry.extracts.figures
            ]

    # ── marks ────────────────────────────────────────────────────────────────────────────────────

    def annotations(self, query: str = "", *, article: str | None = None) -> List[Annotation]:
        """The marks that answer a query, by article (newest first), then by place."""
        conditions = parse(query)
        with self._desk.lock:
            entries = self._entries() if article is None else [self._entry(article)]
            return [
                mark
                for entry in entries
                for mark in entry.marks
                if search.mark_accepts(conditions, mark, entry, self._places)
            ]

    def annotation(self, prefix: str) -> Annotation:
        """A mark, from the beginning of its id.

        Raises:
            NotFoundError: there is none.
            AmbiguousError: there are several.
        """
        with self._desk.lock:
            marks = {mark.id: mark for entry in self._desk.catalogue.entries.values() for mark in entry.marks}
            return marks[_one(prefix, list(marks), "밑줄", "annotation")]

    def annotate(
        self, article: str, start: int, end: int, *, tags: Sequence[str] = (), note: str = ""
    ) -> Annotation:
        """Mark a passage.

        Raises:
            InvalidError: an empty range, or one outside the text; an impossible tag.
        """
        names, text = tidy_all(tags), _note(note)
        with self._desk.lock:
            where = select(self._shelf.load(article)[0].text, start, end)
            id = new_id()
            fields: dict[str, Any] = {
                **where._asdict(),
                "tags": list(names),
                "note": text,
                "status": str(Status.ANCHORED),
                "created": now(),
                "deleted": "",
            }
            self._marks.set(article, {id: fields})
            change = Change("mark", article, id, {"deleted": now()}, {"deleted": ""})
            self._did("밑줄", "underline", article, where.start, [change])
            return self.annotation(id)

    def annotate_quote(
        self, article: str, quote: str, *, tags: Sequence[str] = (), note: str = ""
    ) -> Annotation:
        """Mark the passage with these words; see `anchoring.find_quote`."""
        with self._desk.lock:
            start, end = find_quote(self._shelf.load(article)[0].text, quote)
            return self.annotate(article, start, end, tags=tags, note=note)

    def change(
        self,
        annotation: str,
        *,
        tags: Sequence[str] | None = None,
        note: str | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> Annotation:
        """Change a mark's tags, note or range; what is `None` stays. A new range settles an uncertain or lost mark."""
        with self._desk.lock:
            mark = self.annotation(annotation)
            fields: dict[str, Any] = {}
            if tags is not None:
                fields["tags"] = list(tidy_all(tags))
            if note is not None:
                fields["note"] = _note(note)
            if start is not None or end is not None:
                text = self._shelf.load(mark.article)[0].text
                where = select(text, mark.start if start is None else start, mark.end if end is None else end)
                fields |= {**where._asdict(), "status": str(Status.ANCHORED)}
            before = {name: _plain(getattr(mark, name)) for name in fields}
            fields = {name: value for name, value in fields.items() if value != before[name]}
            if fields:
                self._marks.set(mark.article, {mark.id: fields})
                change = Change(
                    "mark", mark.article, mark.id, {name: before[name] for name in fields}, fields
                )
                words = (
                    ("메모", "note")
                    if set(fields) == {"note"}
                    else ("태그", "tags")
                    if set(fields) == {"tags"}
                    else ("밑줄 고치기", "change")
                )
                self._did(*words, mark.article, mark.start, [change])
            return self.annotation(mark.id)

    def delete(self, annotation: str) -> None:
        """Delete a mark."""
        with self._desk.lock:
            mark = self.annotation(annotation)
            gone = {"deleted": now()}
            self._marks.set(mark.article, {mark.id: gone})
            self._did(
                "지우기",
                "delete",
                mark.article,
                mark.start,
                [Change("mark", mark.article, mark.id, {"deleted": ""}, gone)],
            )

    def article_note(self, article: str) -> str:
        """The note on an article; empty when there is none."""
        with self._desk.lock:
            return self._entry(article).note

    def set_article_note(self, article: str, note: str) -> None:
        """Write the note on an article."""
        text = _note(note)
        with self._desk.lock:
            before = self._entry(article).note
            if text != before:
                self._marks.set(article, {}, {"note": text})
                change = Change("article", article, article, {"note": before}, {"note": text})
                self._did("글 메모", "article note", article, None, [change])

    def undo(self) -> Act | None:
        """Undo the reader's last act on marks, notes or tags; `None` when there is none."""
        with self._desk.lock:
            return self._desk.history.undo(self._apply)

    def redo(self) -> Act | None:
        """Do again what was undone last."""
        with self._desk.lock:
            return self._desk.history.redo(self._apply)

    def _apply(self, target: Target, article: str, key: str, fields: Mapping[str, Any]) -> None:
        if target == "tag":
            self._tags.set({key: fields})
        elif target == "article":
            self._marks.set(article, {}, dict(fields))
        else:
            self._marks.set(article, {key: dict(fields)})
            if "start" in fields and fields.get("deleted", "") == "":
                self._settle(article, key)

    def _settle(self, article: str, key: str) -> None:
        """A range that undo brings back may be of an earlier text."""
        text = self._shelf.load(article)[0].text
        mark = self.annotation(key)
        where = place(text, mark)
        if (where.start, where.end) != (mark.start, mark.end):
            self._marks.set(
                article, {key: {"start": where.start, "end": where.end, "status": str(where.status)}}
            )

    def _did(
        self, korean: str, english: str, article: str | None, start: int | None, changes: List[Change]
    ) -> None:
        self._desk.history.record(Act(korean, english, article, start, tuple(changes)))

    def _entry(self, article: str) -> Entry:
        entry = self._desk.catalogue.entries.get(article)
        if entry is None:
            raise NotFoundError(f"그런 글이 없습니다: {article}", f"No such article: {article}")
        return entry

    # ── tags ─────────────────────────────────────────────────────────────────────────────────────

    def tags(self) -> List[Tag]:
        """The tags: those with a hot key first (1 to 9), then by count, then by name."""
        with self._desk.lock:
            return self._tags.listed(
                Counter(tag for entry in self._entries() for mark in entry.marks for tag in mark.tags)
            )

    def set_tag(self, name: str, *, colour: str | None = None, hotkey: str | None = None) -> Tag:
        """Make a tag, or change its colour or hot key (empty takes it away). A hot key that another tag has moves here."""
        name = tidy(name)
        check_look(colour, hotkey)
        with self._desk.lock:
            records = self._tags.records()
            old = records.get(name, {})
            after: dict[str, dict[str, Any]] = {name: {"deleted": ""}}
            if colour is not None:
                after[name]["colour"] = colour
            if hotkey is not None:
                after[name]["hotkey"] = hotkey
            if hotkey:
                for other, record in records.items():
                    if other != name and record.get("hotkey") == hotkey:
                        after[other] = {"hotkey": ""}
            defaults = {"colour": "", "hotkey": "", "deleted": "" if old else now()}
            changes = [
                Change(
                    "tag",
                    "",
                    key,
                    {field: records.get(key, {}).get(field, defaults[field]) for field in fields},
                    fields,
                )
                for key, fields in after.items()
            ]
            self._tags.set(after)
            self._did(f"태그 {name}", f"tag {name}", None, None, changes)
            return next(tag for tag in self.tags() if tag.name == name)

    def rename_tag(self, old: str, new: str) -> int:
        """Rename a tag and those below it, in every mark; where `new` is there already they become one.

        Returns:
            The number of marks changed.

        Raises:
            NotFoundError: there is no such tag.
        """
        return self._retag(old, tidy(new))

    def delete_tag(self, name: str) -> int:
        """Take a tag and those below it from every mark; the marks stay. Returns the number of marks changed."""
        return self._retag(name, None)

    def _retag(self, old: str, new: str | None) -> int:
        old = tidy(old)
        with self._desk.lock:
            names = [tag.name for tag in self.tags() if tag.name == old or tag.name.startswith(f"{old}/")]
            if not names:
                raise NotFoundError(f"그런 태그가 없습니다: {old}", f"No such tag: {old}")
            if new == old:
                return 0
            changes: List[Change] = []
            for entry in list(self._desk.catalogue.entries.values()):
                fields = {}
                for mark in entry.marks:
                    tags = without(mark.tags, old) if new is None else renamed(mark.tags, old, new)
                    if tags != mark.tags:
                        fields[mark.id] = {"tags": list(tags)}
                        changes.append(
                            Change("mark", mark.article, mark.id, {"tags": list(mark.tags)}, fields[mark.id])
                        )
                if fields:
                    self._marks.set(entry.article.id, fields)
            count = len(changes)
            changes += self._move_looks(names, old, new)
            self._did(f"태그 {old}", f"tag {old}", None, None, changes)
            return count

    def _move_looks(self, names: List[str], old: str, new: str | None) -> List[Change]:
        """Colours and hot keys go along; those that the new name has already stay its own."""
        records = self._tags.records()
        after: dict[str, dict[str, Any]] = {}
        for name in names:
            record = records.get(name)
            if record is None:
                continue
            after[name] = {"deleted": now(), "hotkey": ""}
            if new is not None:
                target = new + name[len(old) :]
                there = records.get(target, {})
                kept = there if not there.get("deleted") else {}
                after[target] = {
                    "colour": kept.get("colour") or record.get("colour", ""),
                    "hotkey": kept.get("hotkey") or record.get("hotkey", ""),
                    "deleted": "",
                }
        if after:
            self._tags.set(after)
        blank = {"colour": "", "hotkey": "", "deleted": now()}
        return [
            Change(
                "tag", "", key, {field: records.get(key, blank).get(field, "") for field in fields}, fields
            )
            for key, fields in after.items()
        ]

    # ── where one left off ───────────────────────────────────────────────────────────────────────

    def place(self, article: str) -> Place:
        """Where one left off in an article."""
        with self._desk.lock:
            return self._places.get(article)

    def set_place(self, article: str, offset: int, progress: float) -> None:
        """Remember where one is. Cheap: written behind, within a second."""
        with self._desk.lock:
            self._places.set(article, offset, progress)

    def last_article(self) -> str | None:
        """The article last read, while it is there."""
        with self._desk.lock:
            entry = self._desk.catalogue.entries.get(self._places.last)
            return entry.article.id if entry is not None and not entry.trashed else None

    # ── bin and housekeeping ─────────────────────────────────────────────────────────────────────

    def remove(self, id: str) -> None:
        """Put an article in the trash, with its marks."""
        with self._desk.lock:
            self._entry(id)
            self._marks.set(id, {}, {"trashed": now()})

    def restore(self, id: str) -> None:
        """Take an article out of the trash."""
        with self._desk.lock:
            if not self._entry(id).trashed:
                raise InvalidError(f"휴지통에 없는 글입니다: {id}", f"The article is not in the trash: {id}")
            self._marks.set(id, {}, {"trashed": ""})

    def trash(self) -> List[Summary]:
        """The articles in the trash."""
        with self._desk.lock:
            return [self._summary(entry) for entry in self._entries(trashed=True)]

    def check(self, *, repair: bool = False) -> List[Problem]:
        """What is wrong with the library's files."""
        with self._desk.lock:
            return list(self._desk.problems)

    def reindex(self) -> int:
        """Make the index anew; the number of articles in it."""
        with self._desk.lock:
            self._desk.catalogue.entries.clear()
            self._scan()
            return len(self._desk.catalogue.entries)

    def changed(self) -> set[str]:
        """The articles that something else changed since this was asked last."""
        return set()


def _one(prefix: str, ids: list[str], korean: str, english: str) -> str:
    """The one id that begins so."""
    wanted = prefix.strip().lower()
    found = [id for id in ids if id.startswith(wanted)] if wanted else []
    if wanted in found:
        return wanted
    if not found:
        raise NotFoundError(f"그런 {korean}이 없습니다: {prefix}", f"No such {english}: {prefix}")
    if len(found) > 1:
        raise AmbiguousError(
            f"{prefix}로 시작하는 {korean}이 {len(found)}개입니다. 더 길게 쓰세요.",
            f"{len(found)} {english}s begin with {prefix}. Give more of the id.",
        )
    return found[0]


def _note(text: str) -> str:
    text = clean(text).strip()
    if len(text) > MAX_NOTE:
        raise InvalidError(
            f"메모가 {MAX_NOTE}자를 넘습니다.", f"The note is longer than {MAX_NOTE} characters."
        )
    return text


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else str(value) if isinstance(value, Status) else value


def _sweep(layout: Layout) -> None:
    sweep(layout.folder)
    for kind in (folders.ARTICLES, folders.MARKS, folders.RAW):
        for shard in layout.shards(kind):
            sweep(shard)
