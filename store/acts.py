"""What the reader does with passages: marks, notes, undo. Each act is one write, and is kept in the history."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from store.anchoring import CONTEXT, find_quote, place, select
from store.clock import now
from store.desk import Desk
from store.errors import InvalidError, NotFoundError, StorageError
from store.history import Act, Change, Fields, Step
from store.marks import Marks, new_id
from store.model import Annotation, Status
from store.naming import mark_named, must_have
from store.shelf import Shelf
from store.steps import half_done, pieces
from store.tags import Tags, tidy_all
from store.takingback import taken_back
from store.text import clean

MAX_NOTE = 100_000
"""Code points in a note."""


class Acts:
    """The reader's acts on marks and notes. Hold the library's lock."""

    def __init__(self, desk: Desk, shelf: Shelf, marks: Marks, tags: Tags) -> None:
        self._desk, self._shelf, self._marks, self._tags = desk, shelf, marks, tags
        self.corrected: Callable[[str], object] = lambda article: None
        """Called when undo or redo has changed the corrections of an article."""
        self.seen: Callable[[str], object] = lambda article: None
        """Called when an act finds that something else has changed an article's marks."""

    def present(self, prefix: str) -> Annotation:
        """A mark as its file has it now."""
        mark = mark_named(self._desk.index, prefix)
        return mark_named(self._desk.index, mark.id) if self.see(mark.article) else mark

    def see(self, article: str) -> bool:
        """Have the index know an article's marks as they are now, also when something else has just changed them; whether it had.

        Raises:
            NotFoundError: no such article.
        """
        must_have(self._desk.index, article)
        known = not self._desk.writable or self._marks.see(article)
        if not known:
            self.seen(article)
        return not known

    def annotate(self, article: str, start: int, end: int, tags: Sequence[str], note: str) -> Annotation:
        """Mark a passage."""
        names, words = tidy_all(tags), tidy_note(note)
        # Of a wrong range the error says how long the text is.
        right = 0 <= start < end
        text = self._shelf.text_until(article, end + CONTEXT) if right else self._shelf.text(article)
        where = select(text, start, end)
        id, time = new_id(), now()
        fields: dict[str, Any] = {
            **where._asdict(),
            "tags": list(names),
            "note": words,
            "status": str(Status.ANCHORED),
            "created": time,
            "deleted": "",
        }
        made = self._marks.set(article, {id: fields})
        change = Change("mark", article, id, {"deleted": time}, {"deleted": ""})
        self.did("밑줄", "underline", article, where.start, [change])
        return made[id]

    def annotate_quote(self, article: str, quote: str, tags: Sequence[str], note: str) -> Annotation:
        """Mark the passage with these words."""
        start, end = find_quote(self._shelf.text(article), quote)
        return self.annotate(article, start, end, tags, note)

    def change(
        self,
        annotation: str,
        tags: Sequence[str] | None,
        note: str | None,
        start: int | None,
        end: int | None,
        joins: bool = False,
    ) -> Annotation:
        """Change a mark's tags, note or range; what is `None` stays. `joins`: see `History.record`."""
        mark = self.present(annotation)
        fields: dict[str, Any] = {}
        if tags is not None:
            fields["tags"] = list(tidy_all(tags))
        if note is not None:
            fields["note"] = tidy_note(note)
        if start is not None or end is not None:
            text = self._shelf.text(mark.article)
            where = select(text, mark.start if start is None else start, mark.end if end is None else end)
            fields |= {**where._asdict(), "status": str(Status.ANCHORED)}
        before = {name: _plain(getattr(mark, name)) for name in fields}
        fields = {name: value for name, value in fields.items() if value != before[name]}
        if not fields:
            return mark
        made = self._marks.set(mark.article, {mark.id: fields})
        change = Change("mark", mark.article, mark.id, {name: before[name] for name in fields}, fields)
        said = {"note": ("메모", "note"), "tags": ("태그", "tags")}
        words = said.get(" ".join(fields), ("밑줄 고치기", "change"))
        self.did(*words, mark.article, mark.start, [change], joins=joins)
        return made[mark.id]

    def delete(self, annotation: str) -> None:
        """Delete a mark."""
        mark = self.present(annotation)
        gone = {"deleted": now()}
        self._marks.set(mark.article, {mark.id: gone})
        change = Change("mark", mark.article, mark.id, {"deleted": ""}, gone)
        self.did("지우기", "delete", mark.article, mark.start, [change])

    def set_article_note(self, article: str, note: str, joins: bool = False) -> None:
        """Write the note on an article. `joins`: see `History.record`."""
        text = tidy_note(note)
        self.see(article)
        before, _ = self._desk.index.work(article)
        if text != before:
            self._marks.set(article, {}, {"note": text})
            change = Change("article", article, article, {"note": before}, {"note": text})
            self.did("글 메모", "article note", article, None, [change], joins=joins)

    def set_article_tags(self, article: str, tags: Sequence[str]) -> tuple[str, ...]:
        """Give an article itself these tags, in place of those it has."""
        names = tidy_all(tags)
        self.see(article)
        before = self._desk.index.article_tags(article)
        if names != before:
            self._marks.set(article, {}, {"tags": list(names)})
            change = Change("article", article, article, {"tags": list(before)}, {"tags": list(names)})
            self.did("글 태그", "article tags", article, None, [change])
        return names

    def throw_away(self, articles: Sequence[str], away: bool) -> Generator[Step, None, int]:
        """Put articles in the trash, with their marks, or take them out, in one act, a few at each step; how many have changed.

        Raises:
            InvalidError: one that is to be taken out is not in the trash.
        """
        for article, trashed in must_have(self._desk.index, *articles).items():
            # What the index has is believed, but where it has to be refused.
            if not (away or trashed or self._trashed(article)):
                raise InvalidError(
                    f"휴지통에 없는 글입니다: {article}", f"The article is not in the trash: {article}"
                )
        after = {"trashed": now() if away else ""}
        done: list[Change] = []
        try:
            for step, some in pieces(list(dict.fromkeys(articles))):
                for article in some:
                    before = self._trashed(article)
                    if away or before:
                        self._marks.set(article, {}, after)
                        done.append(Change("article", article, article, {"trashed": before}, after))
                if step is not None:
                    yield step
        except StorageError as error:
            raise half_done(error, len(done)) from error
        finally:
            # Also when the disk refuses half way: what has been done can be undone.
            korean, english = ("휴지통에 넣기", "move to trash") if away else ("휴지통에서 꺼내기", "restore")
            if len(done) > 1:
                korean, english = f"글 {len(done)}편 {korean}", f"{english}: {len(done)}"
            self.did(korean, english, done[0].article if len(done) == 1 else None, None, done)
        return len(done)

    def _trashed(self, article: str) -> str:
        """When an article went to the trash, as its file has it now; empty when it did not."""
        with suppress(NotFoundError):
            self.see(article)
        return self._desk.index.work(article)[1]

    # ── undo ─────────────────────────────────────────────────────────────────────────────────────

    def did(
        self,
        korean: str,
        english: str,
        article: str | None,
        start: int | None,
        changes: Sequence[Change],
        *,
        joins: bool = False,
    ) -> None:
        """Keep an act in the history; see `History.record`."""
        self._desk.history.record(Act(korean, english, article, start, tuple(changes)), joins=joins)

    def apply(self, changes: Sequence[Fields]) -> Generator[Step, None, int]:
        """Set fields as undo and redo have them, a few files at each step: each file is written once; see `history.Apply`."""
        tags: dict[str, Fields] = {}
        files: dict[str, dict[str, Fields]] = {}
        for change, left, wanted in changes:
            records = tags if change.target == "tag" else files.setdefault(change.article, {})
            # Of several changes of one record, the first has what is there now.
            _, first, last = records.get(change.key, (change, {}, {}))
            records[change.key] = change, {**left, **first}, {**last, **wanted}
        kept = self._apply_tags(tags) if tags else 0
        for step, articles in pieces(list(files)):
            for article in articles:
                kept += self._apply(article, files[article])
            if step is not None:
                yield step
        return kept

    def _apply_tags(self, tags: Mapping[str, Fields]) -> int:
        present = self._tags.records()
        fields: dict[str, dict[str, Any]] = {}
        kept = 0
        for name, (_, left, wanted) in tags.items():
            fields[name], changed = taken_back(present.get(name, left), left, wanted)
            kept += changed
        fields = {name: record for name, record in fields.items() if record}
        if fields:
            self._tags.set(fields)
        return kept

    def _apply(self, article: str, records: Mapping[str, Fields]) -> int:
        with suppress(NotFoundError):
            self.see(article)
        tables = self._marks.tables(article)
        marks: dict[str, dict[str, Any]] = {}
        own: dict[str, Any] = {}
        kept, corrected = 0, False
        for key, (change, left, wanted) in records.items():
            present = tables.get("article" if change.target == "article" else "marks", {}).get(key, {})
            if change.target == "mark" and not present:
                # Not even a deleted one: its file is another's.
                kept += not wanted.get("deleted")
                continue
            fields, changed = taken_back(present, left, wanted)
            kept += changed
            if change.target == "article":
                own = fields
                # Also when the file has them already: what ended half way is made whole.
                corrected = "corrections" in wanted and not changed
            elif fields:
                marks[key] = fields
        back = self._marks.set(article, marks, own or None) if marks or own else {}
        for id, mark in back.items():
            if "start" in marks[id] or "deleted" in marks[id]:
                self._settle(mark)
        if corrected:
            self.corrected(article)
        return kept

    def _settle(self, mark: Annotation) -> None:
        """A range that undo brings back may be of an earlier text."""
        where = place(self._shelf.text(mark.article), mark)
        if (where.start, where.end) != (mark.start, mark.end):
            fields = {"start": where.start, "end": where.end, "status": str(where.status)}
            self._marks.set(mark.article, {mark.id: fields})


def tidy_note(text: str) -> str:
    """A note as it is kept.

    Raises:
        InvalidError: it is too long.
    """
    text = clean(text).strip()
    if len(text) > MAX_NOTE:
        raise InvalidError(
            f"메모가 {MAX_NOTE}자를 넘습니다.", f"The note is longer than {MAX_NOTE} characters."
        )
    return text


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else str(value) if isinstance(value, Status) else value
