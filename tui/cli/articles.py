"""Articles: `list show remove restore`."""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.model import FIRST_PART
from store.paths import meant
from tui.cli import shapes
from tui.cli.group import command, folder, json_option
from tui.cli.opening import opened
from tui.cli.output import cells, clean_inline, emit, line, notice, out, progress, shorten, width
from tui.cli.usage import wrong
from tui.copies import likeness, origin, percent, sample
from tui.language import say

if TYPE_CHECKING:
    from store.model import Article, Summary


_COUNTED = re.compile(r"\d{1,4}[.)]\s")
"""A list's item that has its number needs no other mark."""


@command(
    "list", "글 목록, 새로 들인 것부터. QUERY로 좁힙니다.", "List articles, newest first; QUERY narrows it."
)
@click.argument("query", nargs=-1)
@click.option("--trash", is_flag=True, help=say("휴지통에 있는 글", "Articles in the trash"))
@json_option
def list_command(query: tuple[str, ...], trash: bool, as_json: bool) -> None:
    if trash and query:
        raise wrong(
            "휴지통은 찾을 수 없습니다. QUERY 없이 쓰세요.", "The trash cannot be searched: give no QUERY."
        )
    with opened() as library:
        found = library.trash() if trash else library.list(" ".join(query))
    if as_json:
        emit([shapes.summary(item) for item in found])
        return
    columns = width()
    for item in found:
        _listed(item, columns)
    if not found:
        notice(
            say("글이 없습니다. `mitjul add`로 들이세요.", "No articles. Take some in with `mitjul add`.")
            if not query and not trash
            else say("해당하는 글이 없습니다.", "No article fits.")
        )


def _listed(item: Summary, columns: int) -> None:
    more = " · ".join(
        part
        for part in (
            sample(item.id),
            item.publisher or ", ".join(item.authors),
            f"✎{item.annotations}" if item.annotations else "",
            say(*FIRST_PART) if item.truncated else "",
        )
        if part
    )
    date = (item.published or "").ljust(10)
    room = max(16, columns - len(item.id) - len(date) - 4 - (cells(more) + 2 if more else 0))
    line(
        (item.id, "dim"),
        "  ",
        (date, "dim"),
        "  ",
        (shorten(item.title, room), "bold"),
        (f"  {more}" if more else "", "dim"),
    )


@command("show", "글을 보입니다.", "Show an article.")
@click.argument("id")
@click.option("--raw", is_flag=True, help=say("들어온 그대로", "The page as it came"))
@click.option("--removed", is_flag=True, help=say("빠진 줄과 까닭", "The lines left out, and why"))
@json_option
def show_command(id: str, raw: bool, removed: bool, as_json: bool) -> None:
    if raw and (removed or as_json):
        raise wrong("--raw는 다른 옵션과 함께 쓸 수 없습니다.", "--raw goes with no other option.")
    with opened() as library:
        full = library.find(id)
        article = library.article(full)
        data = library.raw(full) if raw else b""
        copies = [] if raw or removed or as_json else library.near_copies(full)
    if raw:
        _raw(data, article.raw.encoding)
    elif removed and as_json:
        emit(shapes.removed(article))
    elif as_json:
        emit(shapes.article(article))
    elif removed:
        _removed(article)
    else:
        _show(article, copies)


def _raw(data: bytes, encoding: str) -> None:
    """The bytes as they came; on a terminal, cleaned text of them."""
    if sys.stdout.isatty():
        out(data.decode(encoding, errors="replace"))
    else:
        sys.stdout.buffer.write(data)


def _removed(article: Article) -> None:
    from store.ingest.reasons import REASONS

    reasons = [say(*REASONS.get(item.reason, (item.reason, item.reason))) for item in article.removed]
    room = max(map(cells, reasons), default=0)
    for item, reason in zip(article.removed, reasons, strict=True):
        line(
            (f"{item.line + 1:5} ", "dim"),
            (reason + " " * (room - cells(reason) + 1), "yellow"),
            " ",
            clean_inline(item.text),
        )


def _show(article: Article, copies: Sequence[tuple[Summary, float]]) -> None:
    line((article.title, "bold"))
    for part in (article.subtitle or "").split("\n"):
        if part:
            line(part)
    source = [article.publisher or "", ", ".join(article.authors), article.published or ""]
    if article.original_source:
        source.append(say(f"원 출처 {article.original_source}", f"from {article.original_source}"))
    line((" · ".join(part for part in source if part) or say("출처 없음", "no source"), "dim"))
    if article.url:
        line((article.url, "dim"))
    for copy, share in copies:
        line((f"{likeness(share)}: {origin(copy)} ({percent(share)})  {copy.id}", "dim"))
    for part in article.summary:
        out(f"\n▌ {part}")
    marks = {
        "heading": "",
        "list_item": "• ",
        "quotation": "> ",
        "footnote": "",
        "reference": "",
        "caption": "▸ ",
    }
    for block in article.blocks:
        text = article.slice(block.start, block.end)
        out()
        if block.type == "heading":
            line((f"{'#' * max(1, block.level)} {text}", "bold"))
        else:
            mark = "" if _COUNTED.match(text) and block.type == "list_item" else marks.get(block.type, "")
            out("\n".join(mark + part for part in text.split("\n")))
    if article.truncated:
        out()
        line(
            (
                say(
                    "(앞부분만 있는 글입니다. 나머지는 페이지에 없습니다.)",
                    "(First part only: the rest is not on the page.)",
                ),
                "yellow",
            )
        )


@command(
    "remove",
    "글을 휴지통에 넣습니다. 표시도 함께 가고, restore로 되살립니다.",
    "Move articles to the trash, with their marks.",
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@json_option
def remove_command(ids: tuple[str, ...], as_json: bool) -> None:
    with opened(write=True) as library:
        full = [library.find(id) for id in ids]
        there = {item.id for item in library.trash()}
        for id in full:
            if id in there:
                notice(say(f"이미 휴지통에 있습니다: {id}", f"In the trash already: {id}"))
        library.remove(*(id for id in full if id not in there))
    _moved([id for id in full if as_json or id not in there], as_json, say("휴지통으로", "to the trash"))


@command(
    "restore",
    "휴지통에서 꺼냅니다. backup으로 묶은 파일을 주면 빈 서가 폴더(--library)에 풀어 놓습니다.",
    "Take articles out of the trash; or make a library of a backup, in an empty folder (--library).",
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...|FILE")
@json_option
def restore_command(ids: tuple[str, ...], as_json: bool) -> None:
    if len(ids) == 1 and _is_archive(file := meant(ids[0])):
        _unpack(file, as_json)
        return
    with opened(write=True) as library:
        full = [library.find(id) for id in ids]
        library.restore(*full)
    _moved(full, as_json, say("서가로", "back in the library"))


def _is_archive(file: Path) -> bool:
    """Whether an argument means a file: it is there, and is not just called like the beginning of an id."""
    return file.is_file() and bool(file.suffix or zipfile.is_zipfile(file))


def _unpack(file: Path, as_json: bool) -> None:
    from store.backup import restore_backup

    where = folder().absolute()
    with progress("풀기", "Unpacking", quiet=as_json) as advance:
        count = restore_backup(file, where, advance)
    if as_json:
        emit({"path": str(where), "files": count})
    else:
        out(say(f"{where} (파일 {count}개)", f"{where} ({count} files)"))


def _moved(ids: list[str], as_json: bool, where: str) -> None:
    if as_json:
        emit(ids)
    else:
        for id in ids:
            line(id, "  ", (where, "dim"))
