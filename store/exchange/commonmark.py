"""The preset for plain CommonMark, which any program shows: notes are paragraphs, and `<!-- mj-3f2a91c04b7d -->` closes each mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.exchange.escape import guard, literal, tidy_note, unguard
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
)
from store.exchange.sheet import Piece
from store.exchange.words import say


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
                if lines[at].strip() in [f"**{title}**" for title in NOTE_TITLES]:
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
        lines = [f"**{say(*NOTE_TITLES)}**", "", *guard(note).split("\n"), "", self.marker(NOTE_ID)]
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
        title = f"**{say(*NEWS)}**"
        assert piece.marker is not None
        return Piece(id, (title, "", *piece.lines[:-1], self.marker(id)), piece.marker + 2)

    def read(self, lines: Sequence[str], marker: int) -> Back:
        start, _ = self.extent(lines, marker)
        tags: list[str] = []
        at = start
        while at < marker and lines[at].startswith(">"):
            text = lines[at].lstrip("> ").strip()
            if TAG_LINE.fullmatch(text):
                tags += HASHTAG.findall(text)
            at += 1
        return Back(tuple(dict.fromkeys(tags)), unguard(tidy_note("\n".join(lines[at:marker]))))
