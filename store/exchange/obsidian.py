"""How a file is written for Obsidian, and how its parts are told in it; the other presets change what they have to.

A mark:

    > The passage, escaped so that it reads as written.
    >
    > #비용/개발 #주장

    ^mj-3f2a91c04b7d

    > [!note] 메모
    > The note, if there is one.

The block id belongs to the quotation, so that `[[file#^mj-3f2a91c04b7d]]` shows it. What stands under the note is the reader's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from store.exchange.escape import guard, literal, unguard
from store.exchange.names import hashtag
from store.exchange.sheet import Piece, Property
from store.exchange.words import say
from store.text import clean_line

NOTE_ID = "mj-note"
"""The block of an article's own note."""
NOTE_TITLES = ("글 메모", "Note on the article")
"""Its title, in Korean and in English."""


NEWS = (
    "밑줄에서 바뀐 내용: 위와 견주어 하나를 지우세요",
    "Changed in mitjul: compare with the above and delete one",
)
"""What stands over a version beside an edited block."""


class Back(NamedTuple):
    """What a mark's block says: hash tags without `#`, and the note."""

    tags: tuple[str, ...]
    note: str


HASHTAG = re.compile(r"#([^\s#]+)")
TAG_LINE = re.compile(r"#[^\s#]+(\s+#[^\s#]+)*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_KEY = re.compile(r"([^\s:#'\"\-\[\]{},][^:]*?):(?:\s|$)")


def quoted(text: str) -> list[str]:
    """`text` as a Markdown quotation."""
    return [f"> {line}".rstrip() for line in literal(text).split("\n")]


def yaml(value: str) -> str:
    """A string as YAML, always quoted, so that it stays one."""
    return json.dumps(clean_line(value), ensure_ascii=False)


def tag_line(tags: Sequence[str]) -> str:
    """Hash tags in one line; empty for none."""
    return " ".join(f"#{name}" for name in dict.fromkeys(hashtag(tag) for tag in tags) if name)


class Preset:
    """Obsidian's form, and what every preset has."""

    name = "obsidian"
    gap = 1

    # markers

    def marker(self, id: str) -> str:
        return f"^{id}"

    def id_of(self, line: str) -> str | None:
        """The id that a marker line names."""
        match = re.fullmatch(r"\^(mj-[0-9a-z-]+)", line.strip())
        return match[1] if match else None

    def is_heading(self, line: str) -> bool:
        return bool(re.match(r"#{1,6}\s", line))

    def extent(self, lines: Sequence[str], marker: int) -> tuple[int, int]:
        """The quotation above the block id and the note under it."""
        start = marker
        at = _up(lines, marker - 1)
        while at >= 0 and lines[at].startswith(">"):
            start = at
            at -= 1
        return start, self._note_end(lines, marker + 1)

    def _note_end(self, lines: Sequence[str], end: int) -> int:
        at = end
        while at < len(lines) and not lines[at].strip():
            at += 1
        if at < len(lines) and re.match(r">\s*\[!note\]", lines[at], re.IGNORECASE):
            while at < len(lines) and lines[at].startswith(">"):
                at += 1
            return at
        return end

    def says(self, lines: Sequence[str], marker: int) -> object:
        """What a block says: for a mark its tags and note, for an article's note its text."""
        if self.id_of(lines[marker]) == NOTE_ID:
            return self.read_note(lines, marker)
        back = self.read(lines, marker)
        return frozenset(back.tags), back.note

    # pieces

    def mark(self, id: str, exact: str, tags: Sequence[str], note: str, source: str = "") -> Piece:
        """A mark: quotation, tags, block id, note. `source`: a line in Markdown under the quotation."""
        lines = quoted(exact)
        if tagged := tag_line(tags):
            lines += [">", f"> {tagged}"]
        if source:
            lines += [">", f"> — {source}"]
        lines += ["", self.marker(id)]
        marker = len(lines) - 1
        if note:
            lines += ["", *self.note_box(say("메모", "Note"), note)]
        return Piece(id, tuple(lines), marker)

    def note_box(self, title: str, note: str) -> list[str]:
        return [f"> [!note] {title}", *(f"> {line}".rstrip() for line in guard(note).split("\n"))]

    def note(self, note: str) -> Piece:
        """The reader's note on the whole article."""
        lines = [*self.note_box(say(*NOTE_TITLES), note), "", self.marker(NOTE_ID)]
        return Piece(NOTE_ID, tuple(lines), len(lines) - 1)

    def read_note(self, lines: Sequence[str], marker: int) -> str:
        """What the block of an article's note says."""
        start, _ = self.extent(lines, marker)
        box = [line[1:].removeprefix(" ") for line in lines[start:marker] if line.startswith(">")]
        titled = bool(box) and bool(re.match(r"\[!\w+\]", box[0]))
        return unguard("\n".join(box[1:] if titled else box))

    def heading(self, id: str, words: str, level: int = 2) -> Piece:
        return Piece(id, (f"{'#' * level} {words}",))

    def lines(self, id: str, lines: Sequence[str]) -> Piece:
        """Paragraphs, lists, tables: each line Markdown."""
        return Piece(id, tuple(lines))

    def summary(self, id: str, title: str, lines: Sequence[str]) -> Piece:
        body = [f"> {literal(' '.join(line.split()))}" for line in lines]
        return Piece(id, (f"> [!abstract] {title}", *[line for part in body for line in (part, ">")][:-1]))

    def link(self, stem: str, words: str, id: str | None = None) -> str:
        """A link to another exported file, to a block of it."""
        from store.exchange.citation import link_words

        return f"[[{stem}{f'#^{id}' if id else ''}|{link_words(words)}]]"

    def beside(self, piece: Piece, id: str) -> Piece:
        title = f"> [!attention] {say(*NEWS)}"
        lines = [self.marker(id) if n == piece.marker else line for n, line in enumerate(piece.lines)]
        assert piece.marker is not None
        return Piece(id, (title, "", *lines), piece.marker + 2)

    def passage(self, lines: Sequence[str], marker: int) -> str:
        """The marked words of a mark's block, as they were before they became Markdown."""
        start, _ = self.extent(lines, marker)
        own = [line.strip().removeprefix("- ") for line in lines[start:marker]]
        words = [line[1:].strip() for line in own if line.startswith(">")]
        while words and (not words[-1] or TAG_LINE.fullmatch(words[-1]) or words[-1].startswith("— ")):
            words.pop()
        return _ESCAPED.sub(r"\1", "\n".join(words))

    def read(self, lines: Sequence[str], marker: int) -> Back:
        """What a mark's block says."""
        start, end = self.extent(lines, marker)
        tags: list[str] = []
        for line in lines[start:marker]:
            text = line.lstrip("> ").strip()
            if TAG_LINE.fullmatch(text):
                tags += HASHTAG.findall(text)
        box = [line[1:].removeprefix(" ") for line in lines[marker + 1 : end] if line.startswith(">")]
        return Back(tuple(dict.fromkeys(tags)), unguard("\n".join(box[1:])))

    # properties

    def property(self, key: str, value: str | Sequence[str]) -> Property:
        """A key of the frontmatter; lists have a line for each item. Dates (YYYY-MM-DD) are written as dates."""
        if isinstance(value, str):
            plain = re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)
            return Property(key, (f"{key}: {value if plain else yaml(value)}",))
        items = tuple(
            item if key == "tags" and re.fullmatch(r"[\w/-]+", item) and not item[0].isdigit() else yaml(item)
            for item in value
        )
        return Property(key, (f"{key}:", *(f"  - {item}" for item in items)), items)

    def split(self, lines: Sequence[str]) -> tuple[list[Property], list[str]]:
        lines = without_leading_blanks(lines)
        if not lines or lines[0].rstrip() != "---":
            return [], lines
        try:
            close = next(n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "..."))
        except StopIteration:
            return [], lines
        groups: list[tuple[str, list[str]]] = []
        for line in lines[1:close]:
            match = _KEY.match(line)
            if match:
                groups.append((match[1].strip(), [line]))
            elif groups:
                groups[-1][1].append(line)
            else:
                groups.append(("", [line]))
        return [_property(key, own) for key, own in groups], without_leading_blanks(lines[close + 1 :])

    def join(self, properties: Sequence[Property], body: Sequence[str]) -> list[str]:
        if not properties:
            return list(body)
        return ["---", *(line for item in properties for line in item.lines), "---", "", *body]


def without_leading_blanks(lines: Sequence[str]) -> list[str]:
    """Lines from the first that is not blank."""
    at = 0
    while at < len(lines) and not lines[at].strip():
        at += 1
    return list(lines[at:])


def _property(key: str, lines: list[str]) -> Property:
    items = [line.strip()[1:].strip() for line in lines[1:] if line.strip().startswith("-")]
    return Property(key, tuple(lines), tuple(items) if len(items) == len(lines) - 1 else ())


def _up(lines: Sequence[str], at: int) -> int:
    while at >= 0 and not lines[at].strip():
        at -= 1
    return at
