"""The tag picker: type to complete or to make a tag; Enter gives it and closes, Tab gives it and stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from store.errors import InvalidError, MitjulError
from store.korean.choseong import is_choseong, matches
from store.korean.dubeolsik import compose, keystrokes
from store.model import Tag
from store.tags import tidy
from store.text import clean_line
from tui.chooser import Chooser
from tui.language import say, told
from tui.rows import Row, Run, spread, text_row
from tui.tags import colours, tag_run

NEW = "new:"
"""Before the name in the key of a row that makes a tag."""

TOLD = 10.0
"""Seconds for which it is said that a tag could not be given: the box stays, and one looks at that first."""

_SYLLABLES = re.compile("[가-힣_/]+")
_LOOSE = re.compile("[ㄱ-ㅣ]")
_LOOSE_VOWEL = re.compile("[ㅏ-ㅣ]")
_LATIN = re.compile("[A-Za-z0-9_/.+-]{2,}")


def order(tags: Sequence[Tag], query: str, *, first: Sequence[str] = ()) -> list[Tag]:
    """The tags that answer a query, 초성 and the wrong keyboard mode included: one whose whole name is what was typed before all others,
    then those named in `first`, then those that begin with what was typed, then the most used."""
    query = _as_kept(query)
    found = [tag for tag in tags if not query or matches(query, tag.name)]
    rank = {name: n for n, name in enumerate(first)}
    lowered = query.casefold()
    return sorted(
        found,
        key=lambda tag: (
            tag.name.casefold() != lowered,
            nearness(query, tag.name) > 0,
            rank.get(tag.name, len(rank)),
            nearness(query, tag.name),
            -tag.count,
            tag.name,
        ),
    )


def nearness(query: str, name: str) -> int:
    """How near a name that answers what was typed, in whatever mode, is to it: 0 the whole of it, 1 its beginning, 2 something in it."""
    # The shortest beginning in which it is found ends where it ends.
    end = next((n for n in range(1, len(name) + 1) if matches(query, name[:n])), len(name))
    if query and matches(query, name[1:end]):
        return 2
    return 0 if end == len(name) else 1


def proposals(query: str, tags: Sequence[Tag], text: str = "") -> list[str]:
    """Names of tags that could be made of what was typed: as it stands, and as Hangul if it was typed in Latin mode by mistake. That goes
    first where the text that is being read speaks of it and not of what stands there: `work` makes syllables, too.

    What was typed in Hangul mode by mistake goes first as Latin; but first consonants are meant, where they are those of a tag and the
    text has no such word.
    """
    name = _as_kept(query)
    # Shift makes another jamo with Q W E R T O P only: whoever wrote another capital meant Latin.
    hangul = compose(name) if re.fullmatch("[a-zQWERTOP]{4,}", name) else ""
    names = [name]
    if _SYLLABLES.fullmatch(hangul):
        names.insert(0 if hangul in text and name not in text.casefold() else 1, hangul)
    if _LOOSE.search(name):
        names = [] if _only_initials(name) else [name]
        latin = keystrokes(name)
        if _LATIN.fullmatch(latin) and (
            _LOOSE_VOWEL.search(name) or not order(tags, query) or _has_word(text, latin)
        ):
            names.insert(0, latin)
    known = {tag.name.casefold() for tag in tags}
    return [name for name in names if name.casefold() not in known and not _refused(name)]


def _only_initials(name: str) -> bool:
    """Whether nothing but first consonants was typed."""
    return is_choseong(re.sub("[_/]", "", name))


def _has_word(text: str, latin: str) -> bool:
    return bool(re.search(f"(?<![a-z]){re.escape(latin.casefold())}(?![a-z])", text.casefold()))


def _refused(name: str) -> str:
    """Why there can be no tag of this name; empty when there can."""
    try:
        tidy(name)
    except InvalidError as error:
        return told(error)
    return ""


def _as_kept(query: str) -> str:
    """What was typed, with spaces as tags have them (`tidy`)."""
    return clean_line(query).lstrip("#").strip().replace(" ", "_")


def is_level(name: str, tags: Sequence[Tag]) -> bool:
    """Whether a name is a level of the tree above some tag."""
    return any(tag.name.casefold().startswith(f"{name.casefold()}/") for tag in tags)


class TagPicker(Chooser):
    """Gives tags by calling `give`, which returns the tags that the passage has then."""

    def __init__(
        self,
        tags: Sequence[Tag],
        *,
        current: Sequence[str],
        suggested: Sequence[str] = (),
        offered: Sequence[str] = (),
        give: Callable[[str], Sequence[str]],
        title: str = "",
        text: str = "",
    ) -> None:
        """
        Args:
            current: the tags that the passage has.
            suggested: names of tags that fit it, the best first.
            offered: names for a new tag, taken from the passage's own words.
            give: gives the passage a tag, or takes it off if it has it.
            text: of the article that is being read; see `proposals`.
        """
        super().__init__(
            title or say("태그", "Tags"),
            placeholder=say("태그 이름, 초성도 됩니다", "Name of a tag"),
            place="picker",
        )
        self.tags = list(tags)
        self.current = list(current)
        self.suggested = list(suggested)
        self.offered = [name for name in offered if name not in {tag.name for tag in tags}]
        self.give = give
        self.text = text

    def rows(self, query: str) -> list[Row]:
        look = colours(self.tags)
        first = [*self.current, *self.suggested] if not query else self.suggested
        found = [self._row(tag, look[tag.name]) for tag in order(self.tags, query, first=first)]
        names = proposals(query, self.tags, self.text) if query else self.offered
        new = [
            text_row(
                NEW + name, ("  + ", "accent"), (say("새 태그 ", "new tag "), "muted"), (f"#{name}", "strong")
            )
            for name in names
        ]
        if not found and not new:
            return [text_row("none", (self._why_none(query), "muted"), pickable=False)]
        # A level of the tree that was typed in full is meant, not the first tag below it.
        if names and is_level(_as_kept(query), self.tags):
            return [*new, *found]
        return [*found, *new]

    @staticmethod
    def _why_none(query: str) -> str:
        """Why there is nothing to choose, in a line."""
        if not query:
            return say("이름을 치면 새 태그를 만듭니다.", "Type a name to make a tag.")
        return _refused(query) or say("이 초성에 맞는 태그가 없습니다.", "No tag has these initials.")

    def _row(self, tag: Tag, colour: str) -> Row:
        has = tag.name in self.current
        sign: Run = ("✓ ", "accent") if has else ("  ", "")
        key: Run = (f"{tag.hotkey or ' '} ", "muted")
        why = say("어울림 ", "fits ") if tag.name in self.suggested and not has else ""
        return Row(
            tag.name,
            lambda width: [
                spread([sign, key, tag_run(tag.name, colour)], [(f"{why}{tag.count}", "muted")], width)
            ],
            1,
        )

    def accept(self, key: str) -> None:
        if self._give(key):
            self.dismiss(None)

    def keep(self, key: str) -> None:
        if self._give(key):
            self.query_.value = ""
            self.refresh_rows()

    def _give(self, key: str) -> bool:
        try:
            name = tidy(key.removeprefix(NEW))
            self.current = list(self.give(name))
        except MitjulError as error:
            self.notify(told(error), severity="error", timeout=TOLD, markup=False)
            return False
        if name not in {tag.name for tag in self.tags}:
            self.tags.append(Tag(name=name, count=1))
            self.offered = [other for other in self.offered if other != name]
        return True
