"""The preset for Logseq: an outline in which each mark is a block, its id in the block's UUID, and its note a block under it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.exchange.escape import guard, literal, unguard
from store.exchange.obsidian import (
    HASHTAG,
    NEWS,
    NOTE_ID,
    NOTE_TITLES,
    TAG_LINE,
    Back,
    Preset,
    quoted,
    tag_line,
    without_leading_blanks,
)
from store.exchange.sheet import Piece, Property
from store.exchange.words import say
from store.text import clean_line

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
        return Piece(NOTE_ID, (f"- **{say(*NOTE_TITLES)}**", f"  {self.marker(NOTE_ID)}", *_child(note)), 1)

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
        title = f"- **{say(*NEWS)}**"
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
            if TAG_LINE.fullmatch(line.strip()):
                tags += HASHTAG.findall(line)
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
