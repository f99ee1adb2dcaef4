"""Taking in: `add`."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from store.errors import MitjulError
from store.inputs import may_be_text
from tui.cli import shapes
from tui.cli.group import command, json_option
from tui.cli.opening import opened
from tui.cli.output import Advance, cells, complain, emit, line, notice, progress
from tui.cli.usage import wrong
from tui.copies import NEARLY, likeness
from tui.language import say, told

if TYPE_CHECKING:
    from store.analysis import Alongside
    from store.library import Library
    from store.model import Added


@command(
    "add",
    "파일, 폴더(아래 모두), 주소(http), 표준 입력(-)에서 글을 들이고 분석합니다.",
    "Take in files, folders (all below), addresses (http), standard input (-), and analyse them.",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL|-...")
@click.option("--encoding", metavar="NAME", help=say("인코딩 (예: cp949)", "Encoding of the text (cp949 …)"))
@click.option("--source-url", metavar="URL", help=say("글의 주소", "The article's address"))
@click.option("--no-analysis", is_flag=True, help=say("분석은 나중에 합니다", "Leave the analysis for later"))
@json_option
@click.pass_context
def add_command(
    ctx: click.Context,
    paths: tuple[str, ...],
    encoding: str | None,
    source_url: str | None,
    no_analysis: bool,
    as_json: bool,
) -> None:
    _known_encoding(encoding)
    if paths.count("-") > 1:
        raise wrong("표준 입력(-)은 한 번만 줄 수 있습니다.", "Standard input (-) can be given only once.")
    taking = _Taking(as_json)
    with opened(write=True) as library, library.alongside() as analysing:
        try:
            with progress("들이기", "Taking in", quiet=as_json) as advance:
                for path in _runs(paths):
                    taken = (
                        iter(_standard_input(library, encoding, source_url))
                        if path == ("-",)
                        else library.add_paths(
                            path,
                            encoding=encoding,
                            source_url=source_url,
                            progress=taking.counted(advance),
                            passed=taking.passed,
                        )
                    )
                    for item in taken:
                        taking.take(item, library)
                        if item.id and item.status in _NEW and not no_analysis:
                            analysing.put(item.id)
            if not no_analysis:
                # In the library already, but not analysed: an earlier run was stopped.
                for id in taking.known & set(library.pending() if taking.known else ()):
                    analysing.put(id)
                taking.analysed(analysing, as_json)
            taking.compare(library)
        except (KeyboardInterrupt, MitjulError):
            # The disk that says no ends it, too.
            taking.stopped()
            raise
    taking.tell()
    if taking.failures or taking.unanalysed:
        ctx.exit(1)


class _Taking:
    """What comes of the inputs of `add`, and what is said of it."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self.results: list[Added] = []
        self.failures: list[Added] = []
        self.unanalysed = False
        self.known: set[str] = set()
        """Articles that were here before."""
        self.passed: list[str] = []
        self._brief = self._many = False
        self._alike = 0
        """Of many that came in, those that are nearly the same as another."""

    def counted(self, advance: Advance) -> Advance:
        """`advance`, that also says how many inputs there are: of many, somebody who looks on wants to hear the sum."""

        def progress(done: int, total: int, what: str) -> None:
            self._many = total > _LISTED
            self._brief = self._many and sys.stdout.isatty()
            advance(done, total, what)

        return progress

    def take(self, item: Added, library: Library) -> None:
        self.results.append(item)
        if item.status == "failed":
            self.failures.append(item)
        elif item.status == "duplicate" and item.id:
            self.known.add(item.id)
        if not self.as_json and not self._brief and item.status != "failed":
            _told(item, [] if self._many else _copies(item, library))

    def compare(self, library: Library) -> None:
        """Of many that came in: how many are nearly the same as another. One by one, each would be compared with all."""
        if self._many and not self.as_json:
            new = [item.id for item in self.results if item.id and item.status in _NEW]
            self._alike = len(library.repeated(new, NEARLY))

    def analysed(self, analysing: Alongside, as_json: bool) -> None:
        if not analysing.count:
            return
        with progress("분석", "Analysing", quiet=as_json) as advance:
            advance(0, analysing.count, "")
            for done, (id, error) in enumerate(analysing.finish(), 1):
                advance(done, analysing.count, id)
                if error is not None:
                    self.unanalysed = True
                    complain(
                        say(
                            f"{id}: 분석하지 못했습니다. {error.korean}", f"{id}: not analysed. {told(error)}"
                        )
                    )

    def tell(self) -> None:
        """The end: JSON; or what went wrong, a line each, and the sum where there was much."""
        if self.as_json:
            self._emit()
            return
        self._complain()
        if len(self.results) > _LISTED:
            notice(self._sum())

    def _emit(self) -> None:
        emit(
            [
                shapes.added(item, say(item.error or "", item.error_en or item.error or "") or None)
                for item in self.results
            ]
        )

    def _complain(self) -> None:
        if self.passed:
            names = ", ".join(list(dict.fromkeys(map(os.path.basename, self.passed)))[:5])
            count, text = len(self.passed), sum(map(may_be_text, self.passed))
            said = say(
                f"글이 아닌 것으로 보고 건너뛴 파일 {count:,}개: {names}.",
                f"Files passed over, as no articles: {count:,} ({names}).",
            )
            if text == count:
                said += say(" 따로 주면 들입니다.", " Named by themselves they are taken in.")
            elif text:
                said += say(
                    " 글자 파일은 따로 주면 들입니다.", " Text files named by themselves are taken in."
                )
            notice(said)
        if exported := [item.path for item in self.results if item.exported]:
            names = ", ".join(exported[:3]) + (" …" if len(exported) > 3 else "")
            notice(
                say(
                    f"밑줄이 내보낸 파일입니다: {names}. 표시와 메모는 `mitjul import FILE`로 들이세요.",
                    f"Exported by mitjul: {names}. Take in its marks and notes with `mitjul import FILE`.",
                )
            )
        for item in self.failures:
            complain(f"{item.path}: {say(item.error or '', item.error_en or item.error or '')}")

    def stopped(self) -> None:
        """Broken off: what has come of the inputs so far."""
        if self.as_json:
            self._emit()
        self._complain()
        if self.results:
            again = say(
                "들인 글은 서가에 있습니다. 같은 명령을 다시 하면 이어서 합니다.",
                "What was taken in stays. The same command again goes on from here.",
            )
            notice(f"{self._sum()}. {again}")

    def _sum(self) -> str:
        counts = Counter[str](item.status for item in self.results)
        parts = [f"{say(*_STATUS[status])} {counts[status]:,}" for status in _STATUS if counts[status]]
        if self._alike:
            parts.append(f"{likeness(1)} {self._alike:,}")
        return " · ".join(parts)


def _runs(paths: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The paths in order, those between standard inputs together."""
    for is_input, run in groupby(paths, lambda path: path == "-"):
        if is_input:
            yield ("-",)
        else:
            yield tuple(run)


def _standard_input(library: Library, encoding: str | None, source_url: str | None) -> list[Added]:
    if sys.stdin.isatty():
        notice(say("글을 붙여 넣고 Ctrl+D로 끝내세요.", "Paste the page and end with Ctrl+D."))
    return library.add(sys.stdin.buffer.read(), name="-", path="-", encoding=encoding, source_url=source_url)


def _known_encoding(name: str | None) -> None:
    import codecs

    if name is None:
        return
    try:
        codec = codecs.lookup(name)
        text = codec._is_text_encoding
    except (LookupError, ValueError):
        text = False
    if not text:
        raise wrong(
            f"모르는 인코딩입니다: {name}. utf-8, cp949 같은 이름을 쓰세요.",
            f"Unknown encoding: {name}. Use a name such as utf-8 or cp949.",
        )


_LISTED = 50
"""Inputs; of more, the sum is told at the end."""
_STATUS = {
    "added": ("들임", "added"),
    "updated": ("새로 고침", "updated"),
    "duplicate": ("이미 있음", "already here"),
    "failed": ("실패", "failed"),
}


_NEW = ("added", "updated")


def _copies(item: Added, library: Library) -> list[str]:
    """What an article that came in is to others: `거의 같은 글: ID`."""
    if not item.id or item.status not in _NEW:
        return []
    return [f"{likeness(share)}: {copy.id}" for copy, share in library.near_copies(item.id)]


def _told(item: Added, copies: list[str]) -> None:
    status = say(*_STATUS[item.status])
    line(
        (status + " " * (9 - cells(status)), "dim"),
        " ",
        item.id or "",
        " ",
        (item.title or "", "bold"),
        (f"  ({', '.join(copies)})" if copies else "", "dim"),
    )
