"""What the reader does with tags: make, colour, rename, merge, delete."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any

from store.acts import Acts
from store.clock import now
from store.desk import Desk
from store.errors import NotFoundError, StorageError
from store.history import Change, Step
from store.marks import Marks
from store.model import Tag
from store.steps import half_done, pieces
from store.tags import Tags, check_look, renamed, tidy, tidy_all, without
from store.terms import fold


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
                    changes += self._replace_in(article, old, new)
                if step is not None:
                    yield step
            # What was tagged while others had the library. Of a tag that is now below itself, what has been renamed is found, too.
            for article in self._articles(old):
                changes += self._replace_in(article, old, new, again=True)
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
        marks: Mapping[str, Sequence[str]],
        articles: Mapping[str, Sequence[str]],
        made: Sequence[Tag],
        korean: str,
        english: str,
    ) -> Generator[Step, None, int]:
        """Give marks and articles (by their ids) other tags, in one act with this name, a few articles at each step; how many have
        changed. Each article's file is written once. `made`: tags that are new."""
        fields: dict[str, dict[str, dict[str, Any]]] = {}
        own: dict[str, dict[str, Any]] = {}
        changes: dict[str, list[Change]] = {}
        for id, names in marks.items():
            mark, new = self._acts.present(id), tidy_all(names)
            if new != mark.tags:
                after = {"tags": list(new)}
                fields.setdefault(mark.article, {})[mark.id] = after
                change = Change("mark", mark.article, mark.id, {"tags": list(mark.tags)}, after)
                changes.setdefault(mark.article, []).append(change)
        for id, names in articles.items():
            self._acts.see(id)
            before, new = self._desk.index.article_tags(id), tidy_all(names)
            if new != before:
                own[id] = {"tags": list(new)}
                changes.setdefault(id, []).append(Change("article", id, id, {"tags": list(before)}, own[id]))
        done: list[Change] = []
        count = 0
        try:
            if made:
                looks = {
                    tag.name: {"deleted": "", "colour": tag.colour, "hotkey": tag.hotkey} for tag in made
                }
                before_all = self._tags.records()
                self._tags.set(looks)
                done += self._changes(before_all, looks)
            for step, some in pieces(list(changes)):
                for article in some:
                    self._marks.set(article, fields.get(article, {}), own.get(article))
                    done += changes[article]
                    count += len(changes[article])
                if step is not None:
                    yield step
        except StorageError as error:
            raise half_done(error, count) from error
        finally:
            # Also when the disk refuses half way: what has been done can be undone.
            self._acts.did(korean, english, next(iter(changes)) if len(changes) == 1 else None, None, done)
        return count

    def _replace_in(self, article: str, old: str, new: str | None, *, again: bool = False) -> list[Change]:
        """Rename a tag, or take it away, in one article's file; what that changed. `again`: tags that have the new name stay."""
        now_tagged: dict[str, dict[str, Any]] = {}
        changes: list[Change] = []
        work = self._marks.load(article)
        own = _moved(work.tags, old, new, again)
        if own != work.tags:
            before, after = {"tags": list(work.tags)}, {"tags": list(own)}
            changes.append(Change("article", article, article, before, after))
        for mark in work.marks:
            tags = _moved(mark.tags, old, new, again)
            if tags != mark.tags:
                now_tagged[mark.id] = {"tags": list(tags)}
                changes.append(
                    Change("mark", article, mark.id, {"tags": list(mark.tags)}, now_tagged[mark.id])
                )
        if changes:
            self._marks.set(article, now_tagged, {"tags": list(own)} if own != work.tags else None)
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


def _moved(tags: tuple[str, ...], old: str, new: str | None, again: bool) -> tuple[str, ...]:
    if new is None:
        return without(tags, old)
    if not again:
        return renamed(tags, old, new)
    moved = (tag if tag == new or tag.startswith(f"{new}/") else renamed((tag,), old, new)[0] for tag in tags)
    return tuple(dict.fromkeys(moved))
