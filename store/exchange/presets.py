"""How a file is written for Obsidian, for Logseq and for plain CommonMark, and how its parts are told in it.

A mark in Obsidian, the preset that is meant when none is named:

    > The passage, escaped so that it reads as written.
    >
    > #비용/개발 #주장

    ^mj-3f2a91c04b7d

    > [!note] 메모
    > The note, if there is one.

The block id belongs to the quotation, so that `[[file#^mj-3f2a91c04b7d]]` shows it. What stands under the note is the reader's own.
CommonMark has the note as paragraphs and closes the mark with `<!-- mj-3f2a91c04b7d -->`; Logseq has an outline, the mark's id
in a UUID.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from store.exchange.escape import guard, literal, tidy_note, unguard
from store.exchange.names import hashtag
from store.exchange.sheet import Piece, Property
from store.text import clean_line

NOTE_ID = "mj-note"
"""The block of an article's own note."""
NOTE_TITLE = "글 메모"


class Back(NamedTuple):
    """What a mark's block says: hash tags without `#`, and the note."""

    tags: tuple[str, ...]
    note: str


_HASHTAG = re.compile(r"#([^\s#]+)")
_TAG_LINE = re.compile(r"#[^\s#]+(\s+#[^\s#]+)*")
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
    """Obsidian; the others change what they have to."""

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
            lines += ["", *self.note_box("메모", note)]
        return Piece(id, tuple(lines), marker)

    def note_box(self, title: str, note: str) -> list[str]:
        return [f"> [!note] {title}", *(f"> {line}".rstrip() for line in guard(note).split("\n"))]

    def note(self, note: str) -> Piece:
        """The reader's note on the whole article."""
        lines = [*self.note_box(NOTE_TITLE, note), "", self.marker(NOTE_ID)]
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
        title = "> [!attention] 밑줄에서 바뀐 내용: 위와 견주어 하나를 지우세요"
        lines = [self.marker(id) if n == piece.marker else line for n, line in enumerate(piece.lines)]
        assert piece.marker is not None
        return Piece(id, (title, "", *lines), piece.marker + 2)

    def read(self, lines: Sequence[str], marker: int) -> Back:
        """What a mark's block says."""
        start, end = self.extent(lines, marker)
        tags: list[str] = []
        for line in lines[start:marker]:
            text = line.lstrip("> ").strip()
            if _TAG_LINE.fullmatch(text):
                tags += _HASHTAG.findall(text)
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


class CommonMark(Preset):
    """Markdown that any program shows: notes as paragraphs, the mark's id in a comment at its end."""

    name = "commonmark"

    def marker(self, id: str) -> str:
        return f"<!-- {id} -->"

    def id_of(self, line: str) -> str | None:
        match = re.fullmatch(r"<!-- (mj-[0-9a-z-]+) -->", line.strip())
        return match[1] if match else None

    def extent(self, lines: Sequence[str], marker: int) -> tuple[int, int]:
        at = marker - 1
        if self.id_of(lines[marker]) == NOTE_ID:
            while at >= 0 and not self.is_heading(lines[at]) and not self.id_of(lines[at]):
                if lines[at].strip() == f"**{NOTE_TITLE}**":
                    return at, marker + 1
                at -= 1
            return marker, marker + 1
        while at >= 0 and not lines[at].startswith(">"):
            if self.is_heading(lines[at]) or self.id_of(lines[at]):
                return marker, marker + 1
            at -= 1
        start = marker
        while at >= 0 and lines[at].startswith(">"):
            start = at
            at -= 1
        return start, marker + 1

    def mark(self, id: str, exact: str, tags: Sequence[str], note: str, source: str = "") -> Piece:
        lines = quoted(exact)
        if tagged := tag_line(tags):
            lines += [">", f"> {tagged}"]
        if source:
            lines += [">", f"> — {source}"]
        if note:
            lines += ["", *guard(note).split("\n")]
        lines += ["", self.marker(id)]
        return Piece(id, tuple(lines), len(lines) - 1)

    def note(self, note: str) -> Piece:
        lines = [f"**{NOTE_TITLE}**", "", *guard(note).split("\n"), "", self.marker(NOTE_ID)]
        return Piece(NOTE_ID, tuple(lines), len(lines) - 1)

    def read_note(self, lines: Sequence[str], marker: int) -> str:
        start, _ = self.extent(lines, marker)
        return unguard("\n".join(lines[start + 1 : marker]))

    def summary(self, id: str, title: str, lines: Sequence[str]) -> Piece:
        return Piece(id, (f"**{title}**", "", *(f"- {literal(' '.join(line.split()))}" for line in lines)))

    def link(self, stem: str, words: str, id: str | None = None) -> str:
        from urllib.parse import quote

        return f"[{literal(words)}]({quote(stem)}.md)"

    def beside(self, piece: Piece, id: str) -> Piece:
        title = "**밑줄에서 바뀐 내용: 위와 견주어 하나를 지우세요**"
        assert piece.marker is not None
        return Piece(id, (title, "", *piece.lines[:-1], self.marker(id)), piece.marker + 2)

    def read(self, lines: Sequence[str], marker: int) -> Back:
        start, _ = self.extent(lines, marker)
        tags: list[str] = []
        at = start
        while at < marker and lines[at].startswith(">"):
            text = lines[at].lstrip("> ").strip()
            if _TAG_LINE.fullmatch(text):
                tags += _HASHTAG.findall(text)
            at += 1
        return Back(tuple(dict.fromkeys(tags)), unguard(tidy_note("\n".join(lines[at:marker]))))


UUID_HEAD = "6d69746a-756c-8000-8000-"
"""The first part of a block's UUID in Logseq (version 8: custom; the letters of `mitjul`); the mark's twelve digits follow."""


class Logseq(Preset):
    """An outline: each mark a block with its UUID, the note a block under it."""

    name = "logseq"
    gap = 0

    def marker(self, id: str) -> str:
        digits = re.fullmatch(r"mj-([0-9a-f]{12})", id)
        return f"id:: {UUID_HEAD}{digits[1]}" if digits else f"mitjul-id:: {id}"

    def id_of(self, line: str) -> str | None:
        match = re.fullmatch(rf"id:: {UUID_HEAD}([0-9a-f]{{12}})|mitjul-id:: (mj-[0-9a-z-]+)", line.strip())
        return (f"mj-{match[1]}" if match[1] else match[2]) if match else None

    def is_heading(self, line: str) -> bool:
        return bool(re.match(r"- #{1,6}\s", line))

    def extent(self, lines: Sequence[str], marker: int) -> tuple[int, int]:
        start = marker
        while start > 0 and not lines[start].startswith("- "):
            start -= 1
        end = marker + 1
        while end < len(lines) and not re.match(r"-(\s|$)", lines[end]):
            end += 1
        while end > marker + 1 and not lines[end - 1].strip():
            end -= 1
        return start, end

    def mark(self, id: str, exact: str, tags: Sequence[str], note: str, source: str = "") -> Piece:
        lines = quoted(exact)
        if tagged := tag_line(tags):
            lines.append(tagged)
        if source:
            lines.append(f"— {source}")
        lines.append(self.marker(id))
        block = [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]
        return Piece(id, (*block, *_child(note)), len(block) - 1)

    def note(self, note: str) -> Piece:
        return Piece(NOTE_ID, (f"- **{NOTE_TITLE}**", f"  {self.marker(NOTE_ID)}", *_child(note)), 1)

    def read_note(self, lines: Sequence[str], marker: int) -> str:
        return self.read(lines, marker).note

    def heading(self, id: str, words: str, level: int = 2) -> Piece:
        return Piece(id, (f"- {'#' * level} {words}",))

    def lines(self, id: str, lines: Sequence[str]) -> Piece:
        if lines and lines[0].startswith("#"):
            head, *rest = [line for line in lines if line]
            if rest and rest[0].startswith("- "):
                return Piece(id, (f"- {head}", *(f"\t{line}" for line in rest)))
            return Piece(id, (f"- {head}", *_nested(rest)))
        return Piece(
            id, tuple(f"{'- ' if not n else '  '}{line}" for n, line in enumerate(x for x in lines if x))
        )

    def summary(self, id: str, title: str, lines: Sequence[str]) -> Piece:
        return Piece(id, (f"- **{title}**", *(f"\t- {literal(' '.join(line.split()))}" for line in lines)))

    def beside(self, piece: Piece, id: str) -> Piece:
        assert piece.marker is not None
        title = "- **밑줄에서 바뀐 내용: 위와 견주어 하나를 지우세요**"
        lines = [f"  {self.marker(id)}" if n == piece.marker else line for n, line in enumerate(piece.lines)]
        return Piece(id, (title, *(f"\t{line}" for line in lines)), piece.marker + 1)

    def link(self, stem: str, words: str, id: str | None = None) -> str:
        from store.exchange.citation import link_words

        if id and (digits := re.fullmatch(r"mj-([0-9a-f]{12})", id)):
            return f"[{literal(words)}](((({UUID_HEAD}{digits[1]}))))"
        return f"[{link_words(words)}]([[{stem}]])"

    def read(self, lines: Sequence[str], marker: int) -> Back:
        start, end = self.extent(lines, marker)
        tags: list[str] = []
        for line in lines[start:marker]:
            if _TAG_LINE.fullmatch(line.strip()):
                tags += _HASHTAG.findall(line)
        own = lines[marker + 1 : end]
        note: list[str] = []
        for number, line in enumerate(own):
            if re.match(r"\t-(\s|$)", line):
                if number and note:
                    break
                note.append(line[2:].removeprefix(" "))
            elif note:
                note.append(line.removeprefix("\t").removeprefix("  "))
        return Back(tuple(dict.fromkeys(tags)), unguard("\n".join(note)))

    def property(self, key: str, value: str | Sequence[str]) -> Property:
        if not isinstance(value, str):
            value = ", ".join(item if key == "tags" else item.replace(",", " ") for item in value)
        return Property(key, (f"{key}:: {clean_line(value)}",))

    def split(self, lines: Sequence[str]) -> tuple[list[Property], list[str]]:
        properties: list[Property] = []
        lines = without_leading_blanks(lines)
        at = 0
        while at < len(lines) and (match := re.match(r"([\w-]+)::(?:\s|$)", lines[at])):
            properties.append(Property(match[1], (lines[at],)))
            at += 1
        return properties, without_leading_blanks(lines[at:])

    def join(self, properties: Sequence[Property], body: Sequence[str]) -> list[str]:
        head = [line for item in properties for line in item.lines]
        return [*head, *([""] if head else []), *body]


def _child(note: str) -> list[str]:
    if not note:
        return []
    first, *rest = guard(note).split("\n")
    return [f"\t- {first}", *(f"\t  {line}".rstrip() for line in rest)]


def _nested(lines: Sequence[str]) -> list[str]:
    return [f"{chr(9)}{'- ' if not n else '  '}{line}" for n, line in enumerate(lines)]


PRESETS: dict[str, Preset] = {preset.name: preset for preset in (Preset(), Logseq(), CommonMark())}
