"""A new version of an exported file that keeps everything a person did in it.

The rules, which are the ones in the README:

1. A block that is as the program wrote it last is brought up to date, and goes when its mark has been deleted.
2. A block that somebody edited stays as it is. When its mark has since changed in the library, the new version is put beside it, once,
   under the block id with `-new`; delete either. Edited blocks stay when the mark is deleted.
3. A mark whose block is not in the file is put in, in its place among its neighbours. (To be rid of it, delete the mark.) Headings,
   summaries and tables that somebody deleted or edited are left alone.
4. All other lines are the person's: none is changed, moved or dropped. Blank lines do not count as lines here.
5. Properties: as blocks, key by key. An edited list of tags keeps the person's items, and gains and loses what the library did.

Pure: lines and a record of what was written last in, lines and a new record out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from store.exchange.merge_properties import merge_properties
from store.exchange.record import Record, Wrote
from store.exchange.sheet import Piece, Property, Sheet, hash_lines


class Form(Protocol):
    """What merging has to know of a preset."""

    gap: int
    """Blank lines between pieces."""

    def marker(self, id: str) -> str:
        """The line that names a piece, without blanks around it."""

    def extent(self, lines: Sequence[str], marker: int) -> tuple[int, int]:
        """From where to where the block around a marker goes, edited or not."""

    def says(self, lines: Sequence[str], marker: int) -> object:
        """What the block around a marker says, however it is spelt: equal for blocks that mean the same."""

    def is_heading(self, line: str) -> bool: ...

    def beside(self, piece: Piece, id: str) -> Piece:
        """The piece under another id, with a word that it is the new version of an edited block."""

    def split(self, lines: Sequence[str]) -> tuple[list[Property], list[str]]:
        """The properties of a file, and its other lines. Lines that are no property belong to the key before them."""

    def join(self, properties: Sequence[Property], body: Sequence[str]) -> list[str]:
        """A file of properties and other lines."""


class Merged(NamedTuple):
    """The file's new lines; what was written; ids of marks whose new version was put beside an edited block."""

    lines: list[str]
    record: Record
    beside: tuple[str, ...]


class Found(NamedTuple):
    """Where a piece is. `marker`: the line that names it, -1 where none does."""

    start: int
    end: int
    untouched: bool
    marker: int = -1


NEW = "-new"


def fresh(sheet: Sheet, form: Form, path: str = "") -> Merged:
    """The lines of a file that is not there yet."""
    body: list[str] = []
    for piece in sheet.pieces:
        if body:
            body += [""] * form.gap
        body += piece.lines
    record = Record(
        path=path,
        pieces={piece.id: _wrote(piece) for piece in sheet.pieces},
        properties={item.key: item.hash for item in sheet.properties},
        values={item.key: item.values for item in sheet.properties if item.values},
    )
    return Merged(form.join(sheet.properties, body), record, ())


def _wrote(piece: Piece) -> Wrote:
    first = piece.lines[0].strip() if piece.marker is None else ""
    return Wrote(hash=piece.hash, count=len(piece.lines), marker=piece.marker, first=first)


def merge(lines: Sequence[str], record: Record, sheet: Sheet, form: Form) -> Merged:
    """The file's lines with the sheet's news in it.

    Args:
        lines: the file as it is, without line ends.
        record: what was written into it last; empty when that is not known. Then all that is not exactly as the program would write
            it counts as edited.
    """
    merged = _once(lines, record, sheet, form)
    if merged.lines != list(lines):
        # What is put between two blocks can part what somebody had run together: only now one sees that a block is as it was written.
        settled = _once(merged.lines, merged.record, sheet, form)
        if settled.lines == merged.lines:
            return merged._replace(record=settled.record)
    return merged


def _once(lines: Sequence[str], record: Record, sheet: Sheet, form: Form) -> Merged:
    properties, body = form.split(lines)
    merged, hashes, values = merge_properties(properties, record, sheet)
    work = _Body(body, record, sheet, form)
    work.run()
    new = Record(path=record.path, pieces=work.wrote, properties=hashes, values=values)
    result = form.join(merged, work.result())
    if _written(result) == _written(lines):
        result = list(lines)
    return Merged(result, new, tuple(work.told))


def _written(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.strip()]


# ── the body ─────────────────────────────────────────────────────────────────────────────────────


class _Body:
    """Merges the pieces into the lines: first where each is, then what becomes of it, then all changes at once."""

    def __init__(self, lines: Sequence[str], record: Record, sheet: Sheet, form: Form) -> None:
        self.lines = list(lines)
        self.last = record.pieces
        self.sheet, self.form = sheet, form
        self.wrote: dict[str, Wrote] = {}
        self.told: list[str] = []
        self._versions: dict[str, list[str]] = {}
        for id in self.last:
            base, new, _ = id.partition(NEW)
            if new:
                self._versions.setdefault(base, []).append(id)
        self._at: dict[str, list[int]] = {}
        for number, line in enumerate(self.lines):
            self._at.setdefault(line.strip(), []).append(number)
        self._claimed = bytearray(len(self.lines) + 1)
        self._replace: dict[int, tuple[int, tuple[str, ...]]] = {}
        self._insert: dict[int, list[Piece]] = {}

    # where things are

    def _claim(self, start: int, end: int) -> bool:
        if start < 0 or end > len(self.lines) or any(self._claimed[start:end]):
            return False
        self._claimed[start:end] = b"\1" * (end - start)
        return True

    def _as_written(self, wrote: Wrote, line: int) -> Found | None:
        """The piece at this line, when all of it is there as it was written."""
        start = line - (wrote.marker or 0)
        end = start + wrote.count
        if wrote.marker is not None:
            first, last = self.form.extent(self.lines, line)
            if first < start or last > end:
                # Somebody has added to it: a note, say.
                return None
        if start >= 0 and hash_lines(self.lines[start:end]) == wrote.hash and self._claim(start, end):
            return Found(start, end, True)
        return None

    def _find(self, id: str, candidates: Sequence[Wrote]) -> Found | None:
        """Where a piece is: as one of the candidates; else around its marker."""
        for wrote in candidates:
            key = wrote.first if wrote.marker is None else self.form.marker(id)
            for line in self._at.get(key, ()):
                if found := self._as_written(wrote, line):
                    return found
        if any(wrote.marker is not None for wrote in candidates):
            for line in self._at.get(self.form.marker(id), ()):
                if not self._claimed[line]:
                    start, end = self.form.extent(self.lines, line)
                    while start < line and self._claimed[start]:
                        start += 1
                    while end > line + 1 and self._claimed[end - 1]:
                        end -= 1
                    return Found(start, end, False, line)
        return None

    # what becomes of them

    def run(self) -> None:
        wanted = {piece.id: piece for piece in self.sheet.pieces}
        found: dict[str, Found | None] = {}
        # Those as written first: their lines are certain, and bound those that were edited.
        order = [*dict.fromkeys([*self.last, *wanted])]
        certain: dict[str, Found] = {}
        for id in order:
            for wrote in self._candidates(id, wanted):
                key = wrote.first if wrote.marker is None else self.form.marker(id)
                spot = next(
                    (f for line in self._at.get(key, ()) if (f := self._as_written(wrote, line))), None
                )
                if spot is not None:
                    certain[id] = spot
                    break
        for id in order:
            found[id] = certain.get(id) or self._find(id, self._candidates(id, wanted))
        for id in self.last:
            if id.partition(NEW)[0] not in wanted and (spot := found[id]) and spot.untouched:
                self._drop(spot)
        self._place(wanted, found)

    def _candidates(self, id: str, wanted: Mapping[str, Piece]) -> list[Wrote]:
        candidates = [self.last[id]] if id in self.last else []
        if id in wanted:
            candidates.append(_wrote(wanted[id]))
        return candidates

    def _place(self, wanted: Mapping[str, Piece], found: Mapping[str, Found | None]) -> None:
        waiting: list[Piece] = []
        end: int | None = None
        for piece in self.sheet.pieces:
            spot = found[piece.id]
            if spot is None:
                if piece.marker is None and piece.id in self.last:
                    self.wrote[piece.id] = self.last[piece.id]
                else:
                    waiting.append(piece)
                    self._without_beside(piece, found)
                continue
            if waiting:
                at = spot.start if end is None or end <= spot.start else self._tail(end)
                self._insert.setdefault(at, []).extend(waiting)
                waiting = []
            end = spot.end
            if spot.untouched:
                self._update(piece, spot)
                self._without_beside(piece, found)
            else:
                end = self._keep(piece, spot, found)
        if waiting:
            at = len(self.lines) if end is None else self._tail(end)
            self._insert.setdefault(at, []).extend(waiting)
        for pieces in self._insert.values():
            for piece in pieces:
                self.wrote.setdefault(piece.id, _wrote(piece))

    def _update(self, piece: Piece, spot: Found) -> None:
        self.wrote[piece.id] = _wrote(piece)
        if hash_lines(self.lines[spot.start : spot.end]) != piece.hash:
            self._replace[spot.start] = (spot.end, piece.lines)

    def _keep(self, piece: Piece, spot: Found, found: Mapping[str, Found | None]) -> int:
        """An edited block stays; the end of it and of what stands beside it."""
        last = self.last.get(piece.id)
        old = last or _wrote(piece)
        versions = self._versions.get(piece.id, [])
        spots = [at for id in versions if (at := found.get(id)) is not None]
        if piece.hash == (last.told or last.hash if last else ""):
            self.wrote[piece.id] = old
            self.wrote |= {id: self.last[id] for id in versions}
            return max([spot.end, *(at.end for at in spots if at.start >= spot.end)])
        self.wrote[piece.id] = Wrote(
            hash=old.hash if last else "edited", count=old.count, marker=old.marker, told=piece.hash
        )
        assert piece.marker is not None
        if self.form.says(self.lines, spot.marker) == self.form.says(piece.lines, piece.marker):
            # It says what the library says, in somebody's own spelling: the edit has been read back.
            for id in versions:
                if (at := found.get(id)) is not None and at.untouched:
                    self._drop(at)
            return spot.end
        self.told.append(piece.id)
        for id in versions:
            at = found.get(id)
            if at is not None and at.untouched:
                new = self.form.beside(piece, id)
                self.wrote[id] = _wrote(new)
                self._replace[at.start] = (at.end, new.lines)
                return max(spot.end, at.end)
        new = self.form.beside(piece, self._free(piece.id + NEW))
        self.wrote[new.id] = _wrote(new)
        self._insert.setdefault(spot.end, []).append(new)
        return spot.end

    def _free(self, id: str) -> str:
        """The id for a version beside; a number is added while there is one of that id, which somebody has edited."""
        number = 1
        while self.form.marker(f"{id}-{number}" if number > 1 else id) in self._at:
            number += 1
        return f"{id}-{number}" if number > 1 else id

    def _without_beside(self, piece: Piece, found: Mapping[str, Found | None]) -> None:
        """A block that is up to date needs no version beside it."""
        for id in self._versions.get(piece.id, ()):
            spot = found.get(id)
            if spot and spot.untouched:
                self._drop(spot)

    def _drop(self, spot: Found) -> None:
        end = spot.end
        while end < len(self.lines) and not self.lines[end].strip() and not self._claimed[end]:
            end += 1
        if end == len(self.lines) or not (spot.start == 0 or not self.lines[spot.start - 1].strip()):
            end = spot.end
        self._replace[spot.start] = (end, ())

    def _tail(self, end: int) -> int:
        """Where to put something behind a block: behind what a person wrote under it, before the next heading or block."""
        at = last = end
        while at < len(self.lines) and not self._claimed[at] and not self.form.is_heading(self.lines[at]):
            at += 1
            if self.lines[at - 1].strip():
                last = at
        return last

    # all changes at once

    def result(self) -> list[str]:
        """The body's lines with every change made."""
        if not self._insert and not self._replace:
            return self.lines
        result: list[str] = []
        at = 0
        while at <= len(self.lines):
            self._put(result, at)
            if at in self._replace:
                end, new = self._replace[at]
                result += new
                for inside in range(at + 1, end):
                    self._put(result, inside)
                at = end
            elif at < len(self.lines):
                result.append(self.lines[at])
                at += 1
            else:
                break
        while result and not result[-1].strip():
            result.pop()
        return result

    def _put(self, result: list[str], at: int) -> None:
        for piece in self._insert.get(at, ()):
            while self.form.gap and result and result[-1].strip():
                result.append("")
            result += piece.lines
            if at < len(self.lines) and self.lines[at].strip():
                result += [""] * self.form.gap
