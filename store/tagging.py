"""What the reader does with tags: make, colour, rename, merge, delete."""

from __future__ import annotations

from collections.abc import Callable, Container, Generator, Iterable, Sequence
from contextlib import suppress
from typing import Any

from store.acts import Acts
from store.clock import now
from store.desk import Desk
from store.errors import NotFoundError, StorageError
from store.history import Change, Step
from store.marks import Marks
from store.model import Tag
from store.naming import articles_of, must_have
from store.steps import half_done, pieces
from store.tags import Tags, check_look, renamed, tidy, tidy_all, without
from store.terms import fold

Becomes = Callable[[Sequence[str]], Sequence[str]]
"""What becomes of tags."""


class Tagging:
    """The reader's acts on tags. Hold the library's lock."""

    def __init__(self, desk: Desk, marks: Marks, tags: Tags, acts: Acts) -> None:
        self._desk, self._marks, self._tags, self._acts = desk, marks, tags, acts

    def all(self) -> list[Tag]:
        """The tags: those with a hot key first (1 to 9), then by count, then by name."""
        return self._tags.listed(self._desk.index.tag_counts())

    def set(self, name: str, colour: str | None, hotkey: str | None) -> Tag:
        """Make a tag, or change its colour or hot key (empty takes it away). A hot key that another tag has moves here."""
        name = tidy(name)
        check_look(colour, hotkey)
        records = self._tags.records()
        after: dict[str, dict[str, Any]] = {name: {"deleted": ""}}
        if colour is not None:
            after[name]["colour"] = colour
        if hotkey is not None:
            after[name]["hotkey"] = hotkey
        if hotkey:
            for other, record in records.items():
                if other != name and record.get("hotkey") == hotkey:
                    after[other] = {"hotkey": ""}
        changes = self._changes(records, after)
        self._tags.set(after)
        self._acts.did(f"태그 {name}", f"tag {name}", None, None, changes)
        return next(tag for tag in self.all() if tag.name == name)

    def replace(self, old: str, new: str | None) -> Generator[Step, None, int]:
        """Rename a tag and those below it in every mark and article, or (`None`) take them away, a few articles at each step; how many
        of them changed.

        All of it is one act, also when the disk ends it half way.
        """
        old = tidy(old)
        names = [tag.name for tag in self.all() if tag.name == old or tag.name.startswith(f"{old}/")]
        if not names:
            raise NotFoundError(f"그런 태그가 없습니다: {old}", f"No such tag: {old}")
        if new == old:
            return 0
        changes: list[Change] = []
        try:
            for step, articles in pieces(self._articles(old)):
                for article in articles:
                    changes += self._change_in(article, lambda tags: _moved(tags, old, new))
                if step is not None:
                    yield step
            # What was tagged while others had the library. Of a tag that is now below itself, what has been renamed is found, too.
            for article in self._articles(old):
                changes += self._change_in(article, lambda tags: _moved(tags, old, new, again=True))
            count = len(changes)
            changes += self._move_looks(names, old, new)
        except StorageError as error:
            raise half_done(error, len(changes)) from error
        finally:
            # Also when the disk refuses half way: what has been done can be undone.
            words = (
                (f"태그 {old} 지우기", f"delete tag {old}")
                if new is None
                else (f"태그 {old} → {new}", f"tag {old} → {new}")
            )
            self._acts.did(*words, None, None, changes)
        return count

    def retag(
        self,
        marks: Iterable[str],
        articles: Iterable[str],
        becomes: Becomes,
        made: Sequence[Tag],
        korean: str,
        english: str,
    ) -> Generator[Step, None, int]:
        """Give marks and articles (by their ids) other tags, in one act with this name, a few articles at each step; how many have
        changed. Each article's file is written once. `made`: tags that are new."""
        of: dict[str, set[str]] = {}
        for id, article in articles_of(self._desk.index, marks).items():
            of.setdefault(article, set()).add(id)
        own = list(articles)
        must_have(self._desk.index, *own)
        done: list[Change] = []
        looks: list[Change] = []
        try:
            looks = self._make(made)
            for step, some in pieces(list(dict.fromkeys((*of, *own)))):
                for article in some:
                    done += self._change_in(article, becomes, of.get(article, ()), article in own)
                if step is not None:
                    yield step
        except StorageError as error:
            raise half_done(error, len(done)) from error
        finally:
            # Also when the disk refuses half way: what has been done can be undone.
            where = {change.article for change in done}
            self._acts.did(korean, english, where.pop() if len(where) == 1 else None, None, [*looks, *done])
        return len(done)

    def _make(self, tags: Sequence[Tag]) -> list[Change]:
        """Make tags, but those that are there."""
        records = self._tags.records()
        blank = {"deleted": True}
        looks = {
            tag.name: {"deleted": "", "colour": tag.colour, "hotkey": tag.hotkey}
            for tag in tags
            if records.get(tag.name, blank).get("deleted")
        }
        if looks:
            self._tags.set(looks)
        return self._changes(records, looks)

    def _change_in(
        self, article: str, becomes: Becomes, only: Container[str] | None = None, own: bool = True
    ) -> list[Change]:
        """Change the tags of an article's marks and (`own`) its own, in one write; what that changed. `only`: of these marks."""
        fields: dict[str, dict[str, Any]] = {}
        changes: list[Change] = []
        with suppress(NotFoundError):
            self._acts.see(article)
        work = self._marks.present(article)
        tags = tidy_all(becomes(work.tags)) if own else work.tags
        if tags != work.tags:
            changes.append(
                Change("article", article, article, {"tags": list(work.tags)}, {"tags": list(tags)})
            )
        for mark in work.marks:
            if only is not None and mark.id not in only:
                continue
            new = tidy_all(becomes(mark.tags))
            if new != mark.tags:
                fields[mark.id] = {"tags": list(new)}
                changes.append(Change("mark", article, mark.id, {"tags": list(mark.tags)}, fields[mark.id]))
        if changes:
            self._marks.set(article, fields, {"tags": list(tags)} if tags != work.tags else None)
        return changes

    def _articles(self, tag: str) -> list[str]:
        """The articles that have a tag or one below it, themselves or in their marks; in the trash too."""
        folded = fold(tag)
        rows = self._desk.index.rows(
            "SELECT DISTINCT article FROM mark_tags WHERE folded = ? OR (folded > ? AND folded < ?) ORDER BY article",
            (folded, f"{folded}/", f"{folded}0"),
        )
        return [row[0] for row in rows]

    def _move_looks(self, names: list[str], old: str, new: str | None) -> list[Change]:
        """Colours and hot keys go along; those that the new name has already stay its own."""
        records = self._tags.records()
        going = [name for name in names if name in records and not records[name].get("deleted")]
        after: dict[str, dict[str, Any]] = {name: {"deleted": now(), "hotkey": ""} for name in going}
        for name in going if new is not None else ():
            target = f"{new}{name[len(old) :]}"
            there = records.get(target, {})
            kept = {} if there.get("deleted") or target in going else there
            after[target] = {
                "colour": kept.get("colour") or records[name].get("colour", ""),
                "hotkey": kept.get("hotkey") or records[name].get("hotkey", ""),
                "deleted": "",
            }
        changes = self._changes(records, after)
        if after:
            self._tags.set(after)
        return changes

    def _changes(self, records: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> list[Change]:
        blank = {"colour": "", "hotkey": "", "deleted": now()}
        return [
            Change(
                "tag", "", key, {field: records.get(key, blank).get(field, "") for field in fields}, fields
            )
            for key, fields in after.items()
        ]


def _moved(tags: Sequence[str], old: str, new: str | None, again: bool = False) -> tuple[str, ...]:
    if new is None:
        return without(tags, old)
    if not again:
        return renamed(tags, old, new)
    moved = (tag if tag == new or tag.startswith(f"{new}/") else renamed((tag,), old, new)[0] for tag in tags)
    return tuple(dict.fromkeys(moved))
