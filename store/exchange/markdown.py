"""Export to Markdown, and again, keeping what the reader wrote into the files.

One file for each article (or tag, or mark, or one for all), as the presets say (`store.exchange.presets`):

    ---
    title: "값싼 모형, 비싼 질문"
    aliases:
      - "값싼 모형, 비싼 질문"
    source: "https://example.org/1"
    author:
      - "한서리"
    publisher: "가온경제"
    published: 2025-02-14
    created: 2025-03-01
    tags:
      - 비용/개발
    mitjul: "a1b2c3d4e5f6"
    ---

    한서리 · 가온경제 · 2025-02-14 · [원문](https://example.org/1)

    > [!abstract] 요약          the article's own summary box, where it has one

    ## 밑줄                     the marks, in the order of the text

    ## 핵심 문장                 what was found in it, where it has been analysed

    ## 수치

Files are found again by the id in their properties, so they may be renamed and moved about below the folder. What was written last
is remembered in `.mitjul/export.json` in the folder, by hash. How news come into a file that has been edited: `store.exchange.merge`.
A file that the program did not write is never touched; another name is taken then.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from store.errors import InvalidError, StorageError
from store.exchange.compose import By, Unread, sheets
from store.exchange.diff import diff
from store.exchange.ledger import Ledger
from store.exchange.merge import Form, Merged, fresh, merge
from store.exchange.presets import PRESETS
from store.exchange.record import Record
from store.exchange.sheet import Sheet
from store.exchange.words import speaking
from store.files import read_bytes, storage_error, write_bytes

if TYPE_CHECKING:
    from store.library import Library

FileStatus = Literal["written", "updated", "unchanged", "failed"]


class Written(Struct, frozen=True):
    """What became of one file.

    Args:
        status: written (new), updated, unchanged or failed. In a dry run: what would become of it.
        beside: ids of blocks that somebody had edited, and whose new version now stands beside them.
        diff: in a dry run, the changes as a unified diff.
        error: one line in Korean (`error_en` in English) when it failed.
    """

    path: Path
    status: FileStatus
    beside: tuple[str, ...] = ()
    diff: str = ""
    error: str | None = None
    error_en: str | None = None


def export_markdown(
    library: Library,
    articles: Sequence[str],
    folder: Path,
    *,
    preset: str = "obsidian",
    by: By = "article",
    query: str = "",
    template: str | None = None,
    extras: bool = True,
    language: str = "ko",
    dry_run: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Written]:
    """Write the articles' marks into Markdown files below a folder, or bring those files up to date.

    An article without marks, note and tags gets no file, unless it is the only one, or has one already.

    Args:
        articles: ids of the articles.
        preset: one of `PRESETS`.
        by: how the marks are divided into files; `query` then says which (see `compose.sheets`).
        template: text of a template (see `store.exchange.template`), instead of the preset's form.
        extras: with the article's summary, key sentences and figures.
        language: of the program's own words (headings): `ko` or `en`.
        dry_run: write nothing, and give the changes as diffs.

    Raises:
        InvalidError: no such preset; the template has a mistake.
        StorageError: the folder cannot be made or read.
    """
    if preset not in PRESETS:
        raise InvalidError(
            f"그런 양식은 없습니다: {preset}. {', '.join(PRESETS)} 가운데 하나를 쓰세요.",
            f"There is no preset {preset}. There are {', '.join(PRESETS)}.",
        )
    lost: list[Unread] = []
    form: Form
    made: Iterable[Sheet]
    if template is not None:
        from store.exchange.template import template_form, template_sheets

        form = template_form(PRESETS[preset])
        made = template_sheets(
            library, articles, template, PRESETS[preset], by=by, query=query, unread=lost.append
        )
    else:
        form = PRESETS[preset]
        made = sheets(
            library, articles, PRESETS[preset], by=by, query=query, extras=extras, unread=lost.append
        )
    kind = preset if template is None else f"template-{preset}"
    total = len(articles) if by == "article" else 0
    with speaking(language):
        results = list(
            write_sheets(
                made,
                form,
                kind,
                folder,
                bare=len(articles) == 1,
                total=total,
                dry_run=dry_run,
                progress=progress,
                cancelled=cancelled,
            )
        )
    return results + [
        Written(folder / item.id, "failed", error=item.error.korean, error_en=item.error.english)
        for item in lost
    ]


def write_sheets(
    made: Iterable[Sheet],
    form: Form,
    kind: str,
    folder: Path,
    *,
    bare: bool = True,
    total: int = 0,
    dry_run: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Written]:
    """Write sheets into a folder; see `export_markdown`. `kind` keeps the files of different presets apart; without `bare` no new file
    is made for a sheet that has nothing of the reader's."""
    made_here = not dry_run and not folder.exists()
    if not dry_run:
        _make(folder)
    ledger = Ledger.load(folder, kind)
    try:
        for done, sheet in enumerate(made):
            if cancelled is not None and cancelled():
                break
            if progress is not None:
                progress(done, max(total, done + 1), sheet.stems[0])
            try:
                if (result := _one(sheet, form, ledger, bare, dry_run)) is not None:
                    yield result
            except StorageError as error:
                yield Written(
                    folder / f"{sheet.stems[0]}.md", "failed", error=error.korean, error_en=error.english
                )
    finally:
        if not dry_run:
            ledger.save()
        if made_here:
            with suppress(OSError):
                folder.rmdir()  # nothing was to be written into it


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, folder) from error


def _one(sheet: Sheet, form: Form, ledger: Ledger, bare: bool, dry_run: bool) -> Written | None:
    found = ledger.find(sheet, form)
    if found is None:
        if not (bare or sheet.wanted or any(piece.marker is not None for piece in sheet.pieces)):
            return None
        merged = fresh(sheet, form)
        text = "\n".join(merged.lines) + "\n"
        data = text.encode()
        path = ledger.free(sheet) if dry_run else _make_new(sheet, data, ledger)
        ledger.put(sheet.identity, path, _sealed(merged.record, sheet, data))
        return Written(path, "written", diff=diff("", text, path.name) if dry_run else "")
    path, data = found
    record = ledger.record(sheet.identity)
    if record.sheet == sheet.hash and record.file == _hash(data):
        ledger.put(sheet.identity, path, record)
        return Written(path, "unchanged")
    for _ in range(3):
        try:
            old = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise StorageError(
                f"UTF-8 글이 아니어서 고치지 않았습니다: {path}", f"Not UTF-8, so it was left alone: {path}"
            ) from error
        merged, text = _merge_text(old, record, sheet, form)
        if text == old or dry_run:
            break
        # Whoever has the file open may have saved it since it was read.
        again = read_bytes(path)
        if again == data:
            _replace(path, text.encode())
            break
        data = again or b""
    else:
        raise StorageError(
            f"다른 프로그램이 계속 고치고 있습니다: {path}", f"Another program keeps changing it: {path}"
        )
    ledger.put(sheet.identity, path, _sealed(merged.record, sheet, text.encode()))
    status: FileStatus = "unchanged" if text == old else "updated"
    return Written(path, status, merged.beside, diff(old, text, path.name) if dry_run else "")


def _make_new(sheet: Sheet, data: bytes, ledger: Ledger) -> Path:
    """Write a sheet into a file of its own, under a name that nothing has, also nothing that somebody makes just now."""
    for _ in range(3):
        path = ledger.free(sheet)
        with suppress(FileExistsError):
            # Only atomic: nothing of the reader's is in it that could be lost.
            write_bytes(path, data, durable=False, new=True)
            return path
    raise StorageError(
        f"다른 프로그램이 같은 이름의 파일을 계속 만들고 있습니다: {path}",
        f"Another program keeps making files of that name: {path}",
    )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _sealed(record: Record, sheet: Sheet, data: bytes) -> Record:
    """The record with what tells that there is nothing to do."""
    return replace(record, sheet=sheet.hash, file=_hash(data))


def _merge_text(old: str, record: Record, sheet: Sheet, form: Form) -> tuple[Merged, str]:
    """Merge, with the file's own line ends and byte order mark kept."""
    mark = "\ufeff" if old.startswith("\ufeff") else ""
    end = "\r\n" if old.count("\r\n") * 2 > old.count("\n") else "\n"
    body = old.removeprefix(mark)
    lines = [line.removesuffix("\r") for line in body.split("\n")] if end == "\r\n" else body.split("\n")
    tail = bool(lines) and lines[-1] == ""
    if tail:
        lines.pop()
    merged = merge(lines, record, sheet, form)
    if merged.lines == lines:
        return merged, old
    return merged, mark + end.join(merged.lines) + (end if tail or merged.lines else "")


def _replace(path: Path, data: bytes) -> None:
    """Write over a file durably. A link stays a link, and a file keeps who may read it."""
    real = Path(os.path.realpath(path))
    try:
        mode = stat.S_IMODE(real.stat().st_mode)
        write_bytes(real, data)
        if stat.S_IMODE(real.stat().st_mode) != mode:
            real.chmod(mode)
    except OSError as error:
        raise storage_error(error, path) from error
