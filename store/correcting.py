"""What the reader does about parsing: putting lines back and taking lines out, and keeping that through every new parsing."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from store import corrections
from store.acts import Acts
from store.clock import now
from store.corrections import Correction
from store.desk import Desk
from store.errors import InvalidError, StorageError
from store.history import Change
from store.marks import Marks, reanchor
from store.model import Article, Page
from store.shelf import Shelf


class Correcting:
    """The reader's corrections of an article. Hold the library's lock."""

    def __init__(self, desk: Desk, shelf: Shelf, marks: Marks, acts: Acts) -> None:
        self._desk, self._shelf, self._marks, self._acts = desk, shelf, marks, acts
        acts.corrected = self.again

    def correct(self, article: str, restore: int | None, remove: int | None) -> Article:
        """Put back the removed line of that number, or take out the block at that offset."""
        record, _ = self._shelf.load(article)
        if (restore is None) == (remove is None):
            raise InvalidError(
                "되살리거나 빼거나 하나만 고르세요.", "Either put a line back or take one out."
            )
        made: Correction | None = None
        if restore is not None and 0 <= restore < len(record.removed):
            made = corrections.restoring(record.removed[restore])
        elif remove is not None and len(record.blocks) > 1:
            made = corrections.removing(record, remove)
        if made is None:
            raise InvalidError("고칠 줄이 없습니다.", "There is no such line to correct.")
        before = self._marks.corrections(article)
        opposite = self._opposite(record, before, made)
        after = [one for one in before if one is not opposite] if opposite is not None else [*before, made]
        fields = [{"corrections": msgspec.to_builtins(which)} for which in (before, after)]
        words = ("줄 되살리기", "put a line back") if restore is not None else ("줄 빼기", "take a line out")
        change = Change("article", article, article, fields[0], fields[1])
        self._marks.set(article, {}, fields[1])
        try:
            new = self.again(article)
        except StorageError:
            try:
                self._marks.set(article, {}, fields[0])
            except StorageError:
                # It stays among the corrections: undo takes it back.
                self._acts.did(*words, article, made.at, [change])
            raise
        self._acts.did(*words, article, made.at, [change])
        return new

    def _opposite(self, record: Article, before: Sequence[Correction], made: Correction) -> Correction | None:
        """The correction that a new one takes back: taking out what was put back, or the other way round, is having done neither."""
        opposites = [one for one in before if one.kind != made.kind and one.text == made.text]
        if not opposites:
            return None
        # Of lines that read the same, the one without whose correction the page is as it is to be.
        wanted = _lines(corrections.apply(record, [made]))
        parsed = self._shelf.parsed(record.id) or page_of(record)
        for opposite in opposites:
            if _lines(corrections.apply(parsed, [one for one in before if one is not opposite])) == wanted:
                return opposite
        there = _lines(record) if made.kind == "remove" else [removed.text for removed in record.removed]
        return opposites[0] if len(opposites) == there.count(made.text) == 1 else None

    def again(self, article: str) -> Article:
        """Make an article anew from what parsing gave and the corrections as they are now; its marks stay on their passages.

        Raises:
            StorageError: the disk said no; the article is as it was.
        """
        old, _ = self._shelf.load(article)
        parsed = self._shelf.parsed(article) or page_of(old)
        page = corrections.apply(parsed, self._marks.corrections(article))
        fields = {name: getattr(page, name) for name in Page.__struct_fields__}
        new = msgspec.structs.replace(old, **fields, updated=now())
        with self._desk.index.together():
            self._shelf.save(new, parsed=parsed)
            if new.text != old.text:
                try:
                    reanchor(self._marks, old.text, new)
                except StorageError:
                    self._shelf.save(old, parsed=parsed)
                    raise
        return new


def _lines(page: Page) -> list[str]:
    return [page.text[block.start : block.end] for block in page.blocks]


def page_of(article: Article) -> Page:
    """The page in an article."""
    return Page(**{name: getattr(article, name) for name in Page.__struct_fields__})
