"""Edits made in an exported Markdown file, read back: tags and notes of marks, the note on the article.

What is compared is the file against the library. A mark whose block says what the library says has no edit. Who changed what since
the export is told by the folder's ledger: a block that is as it was written is no edit, even when the library has moved on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from store.anchoring import find_quote
from store.errors import InvalidError, MitjulError, NotFoundError
from store.exchange.escape import tidy_note
from store.exchange.ledger import NAME, Ledger, identity_of
from store.exchange.merge import NEW
from store.exchange.names import hashtag, tag_names
from store.exchange.presets import NOTE_ID, PRESETS, Preset
from store.exchange.record import Record
from store.exchange.sheet import hash_lines
from store.files import read_bytes
from store.tags import next_look, tidy_all

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Annotation, Article


class Edit(Struct, frozen=True):
    """A change that the file asks for.

    Args:
        kind: tags, note, article_note, or mark: a mark that the library does not have, to be made on `article` with `note`.
        id: the mark's id, or the article's.
        exact: the marked words; the title for an article's note.
        before, after: the tags (separated by blanks, with `#`) or the note, in the library and in the file.
        contested: the library's side has changed since the export too.
    """

    kind: str
    id: str
    exact: str
    before: str
    after: str
    tags: tuple[str, ...] = ()
    contested: bool = False
    article: str = ""
    note: str = ""


class Reading(Struct, frozen=True):
    """What a file asks for; `missing`: marks that were exported into it and whose blocks are gone (nothing is done about them);
    `unknown`: block ids that are no mark of the library."""

    edits: tuple[Edit, ...]
    marks: int
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read_markdown(library: Library, file: Path) -> Reading:
    """What an exported file asks to be changed in the library. Changes nothing.

    Raises:
        InvalidError: no exported file, or not UTF-8.
        NotFoundError: there is no such file.
        StorageError: it cannot be read.
    """
    data = None if file.is_dir() else read_bytes(file)
    if data is None:
        raise NotFoundError(f"그런 파일이 없습니다: {file}", f"No such file: {file}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidError(f"UTF-8 글이 아닙니다: {file}", f"Not UTF-8: {file}") from error
    lines = text.replace("\r\n", "\n").split("\n")
    preset = guess_preset(lines)
    if preset is None:
        raise InvalidError(
            f"밑줄이 내보낸 파일이 아닙니다 (블록 id가 없습니다): {file}",
            f"Not exported by mitjul (no block ids): {file}",
        )
    record = _record(file, identity_of(data), preset)
    marks = {mark.id: mark for mark in library.annotations()}
    names = tag_names([tag.name for tag in library.tags()])
    edits: list[Edit] = []
    unknown: list[str] = []
    seen: set[str] = set()
    home = _home(library, data)
    offered = _marks(library, home, lines, preset, marks)
    if offered is not None and (offered[0] or not record.pieces):
        made, count, lost = offered
        note = _article_note(library, home.id, lines, preset, Record()) if home is not None else None
        return Reading((*made, *filter(None, [note])), count, (), lost)
    for number, line in enumerate(lines):
        id = preset.id_of(line)
        if id is None or id in seen or not _is_mark(id):
            continue
        seen.add(id)
        if _as_written(lines, number, record, id, preset):
            continue
        mark = marks.get(id.removeprefix("mj-"))
        if mark is None:
            unknown.append(id.removeprefix("mj-"))
            continue
        back = preset.read(lines, number)
        contested = _contested(record, id)
        shown = tuple(dict.fromkeys(hashtag(tag) for tag in mark.tags if hashtag(tag)))
        if set(back.tags) != set(shown):
            own = {hashtag(tag): tag for tag in mark.tags}
            tags = tuple(own.get(tag) or names.get(tag) or tag for tag in back.tags)
            edits.append(Edit("tags", mark.id, mark.exact, _tags(mark.tags), _tags(tags), tags, contested))
        if back.note != tidy_note(mark.note):
            edits.append(Edit("note", mark.id, mark.exact, mark.note, back.note, (), contested))
    article = home.id if home is not None else None
    if article and (edit := _article_note(library, article, lines, preset, record)):
        edits.append(edit)
    missing = tuple(
        id.removeprefix("mj-")
        for id in record.pieces
        if _is_mark(id) and id not in seen and id.removeprefix("mj-") in marks
    )
    return Reading(tuple(edits), len(seen), missing, tuple(unknown))


def _home(library: Library, data: bytes) -> Article | None:
    """The article that a file is of, or that was made of the file itself."""
    for id in (identity_of(data) or "", hashlib.sha256(data).hexdigest()[:12]):
        with suppress(MitjulError):
            return library.article(id)
    return None


def _marks(
    library: Library,
    home: Article | None,
    lines: Sequence[str],
    preset: Preset,
    here: Mapping[str, Annotation],
) -> tuple[tuple[Edit, ...], int, tuple[str, ...]] | None:
    """A file's marks, where the library has its article and none of them: those whose words are found, to be made. Where the library
    has some, the others were deleted there."""
    found = {
        id.removeprefix("mj-"): number
        for number, line in enumerate(lines)
        if (id := preset.id_of(line)) is not None and _is_mark(id)
    }
    if home is None or not found or any(id in here for id in found):
        return None
    present = {(mark.start, mark.end) for mark in here.values() if mark.article == home.id}
    names = tag_names([tag.name for tag in library.tags()])
    edits: list[Edit] = []
    unknown: list[str] = []
    for id, number in found.items():
        words, back = preset.passage(lines, number), preset.read(lines, number)
        try:
            place = find_quote(home.text, words)
        except MitjulError:
            unknown.append(id)
            continue
        if place in present:
            continue
        tags = tuple(names.get(tag) or tag for tag in back.tags)
        after = "\n".join(filter(None, (_tags(tags), back.note)))
        edits.append(Edit("mark", id, words, "", after, tags, article=home.id, note=back.note))
    return tuple(edits), len(found), tuple(unknown)


def guess_preset(lines: Sequence[str]) -> Preset | None:
    """The preset whose block ids the lines have most of; none when there are none."""
    counts = {name: sum(preset.id_of(line) is not None for line in lines) for name, preset in PRESETS.items()}
    best = max(counts, key=lambda name: counts[name])
    return PRESETS[best] if counts[best] else None


def apply(library: Library, edits: Sequence[Edit]) -> list[tuple[Edit, MitjulError | None]]:
    """Make the changes; each with what went wrong with it, if anything."""
    results: list[tuple[Edit, MitjulError | None]] = []
    for edit in edits:
        try:
            if edit.kind == "tags":
                _make_tags(library, edit.tags)
                library.change(edit.id, tags=edit.tags)
            elif edit.kind == "mark":
                _make_tags(library, edit.tags)
                library.annotate_quote(edit.article, edit.exact, tags=edit.tags, note=edit.note)
            elif edit.kind == "note":
                library.change(edit.id, note=edit.after)
            else:
                library.set_article_note(edit.id, edit.after)
            results.append((edit, None))
        except MitjulError as error:
            results.append((edit, error))
    return results


def _make_tags(library: Library, names: Sequence[str]) -> None:
    """Give tags that are new a colour and the next free hot key, as those made in the reader get."""
    known = library.tags()
    for name in tidy_all(names):
        if name not in {tag.name for tag in known}:
            colour, key = next_look(known)
            known.append(library.set_tag(name, colour=colour, hotkey=key))


def _is_mark(id: str) -> bool:
    digits = id.removeprefix("mj-")
    return len(digits) == 12 and all(c in "0123456789abcdef" for c in digits)


def _tags(tags: Sequence[str]) -> str:
    return " ".join(f"#{tag}" for tag in tags)


def _record(file: Path, identity: str | None, preset: Preset) -> Record:
    """What the ledger of the file's folder, or of one above it, says was written into it."""
    for folder in list(file.absolute().parents)[:6]:
        if identity and (folder / NAME).is_file():
            record = Ledger.load(folder, preset.name).record(identity)
            if record.pieces:
                return record
            if Ledger.load(folder, f"template-{preset.name}").record(identity).pieces:
                raise InvalidError(
                    "틀로 내보낸 파일은 되읽을 수 없습니다. obsidian, logseq, commonmark 양식으로 내보낸 파일을 쓰세요.",
                    "A file made by a template cannot be read back. Use one of the presets obsidian, logseq, commonmark.",
                )
    return Record()


def _as_written(lines: Sequence[str], number: int, record: Record, id: str, preset: Preset) -> bool:
    wrote = record.pieces.get(id)
    if wrote is None or wrote.marker is None or number < wrote.marker:
        return False
    start = number - wrote.marker
    first, last = preset.extent(lines, number)
    if first < start or last > start + wrote.count:
        return False
    return hash_lines(lines[start : start + wrote.count]) == wrote.hash


def _contested(record: Record, id: str) -> bool:
    """Whether the library's side has changed since the block was written: a new version was put beside it."""
    return any(other.startswith(id + NEW) for other in record.pieces)


def _article_note(
    library: Library, article: str, lines: Sequence[str], preset: Preset, record: Record
) -> Edit | None:
    at = next((n for n, line in enumerate(lines) if preset.id_of(line) == NOTE_ID), None)
    if at is None or _as_written(lines, at, record, NOTE_ID, preset):
        return None
    try:
        before, title = library.article_note(article), library.article(article).title
    except MitjulError:
        return None
    after = preset.read_note(lines, at)
    if after == tidy_note(before):
        return None
    return Edit("article_note", article, title, before, after, (), _contested(record, NOTE_ID))
