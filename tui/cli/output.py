"""What a command prints: clean text for people, one JSON value for programs, complaints and progress on standard error."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from store.text import clean, clean_line
from tui.language import say

_CODES = {"bold": "1", "dim": "2", "red": "31", "yellow": "33"}
# What JSON leaves as it is, and `clean` would take out: a terminal or an editor would obey it, trip over it, or not show it.
_UNSAFE_IN_JSON = (
    "[\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def prepare() -> None:
    """Make the standard streams speak UTF-8 and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def out(text: str = "") -> None:
    """Print text that may hold other people's words: no control character of theirs gets through."""
    sys.stdout.write(clean(text) + "\n")


def line(*parts: tuple[str, str] | str) -> None:
    """Print one line out of parts, `(text, style)` or plain; styles show on a terminal only."""
    sys.stdout.write(
        "".join(styled(*part) if isinstance(part, tuple) else clean_inline(part) for part in parts) + "\n"
    )


def clean_inline(text: str) -> str:
    """`text` without control characters and line ends; blanks stay."""
    return clean(text).replace("\n", " ").replace("\t", " ")


def styled(text: str, style: str, stream: TextIO | None = None) -> str:
    """`text` in a style of `bold dim red yellow`, where the stream is a terminal that wants it."""
    text = clean_inline(text)
    if not style or os.environ.get("NO_COLOR") or not (stream or sys.stdout).isatty():
        return text
    codes = ";".join(_CODES[name] for name in style.split())
    return f"\x1b[{codes}m{text}\x1b[0m"


def emit(value: Any) -> None:
    """Print one JSON value, readable, in UTF-8; characters that a terminal would obey are written as `\\u…`."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write(re.sub(_UNSAFE_IN_JSON, _escaped, text) + "\n")


def _escaped(match: re.Match[str]) -> str:
    import json

    return json.dumps(match[0])[1:-1]


def complain(message: str) -> None:
    """One line on standard error."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    sys.stderr.write(styled("mitjul: ", "red", sys.stderr) + clean_line(message) + "\n")


def notice(message: str) -> None:
    """One line on standard error that is no complaint."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    sys.stderr.write(clean_line(message) + "\n")


def cells(text: str) -> int:
    """How many columns `text` takes on a terminal: as `tui.article.widths` has it, which takes longer to load than a list to print."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def _cells_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= character <= "\U0001f3ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shorten(text: str, width: int) -> str:
    """`text` on one line in at most `width` columns, with `…` where it was cut."""
    text = clean_line(text)
    if cells(text) <= width:
        return text
    kept, used = [], 0
    for character in text:
        used += cells(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def width() -> int:
    """Columns of the terminal; where there is none, wide enough to cut nothing."""
    if not sys.stdout.isatty():
        return 10_000
    try:
        return max(20, os.get_terminal_size(sys.stdout.fileno()).columns)
    except OSError:
        return 80


Advance = Callable[[int, int, str], None]
"""Called with how much is done, of how much (0: not known), and what is under way."""


@contextmanager
def progress(korean: str, english: str, *, quiet: bool = False) -> Iterator[Advance]:
    """A progress bar on standard error; none where that is no terminal or the command answers in JSON."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total, what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[what]}", markup=False),
        console=Console(stderr=True, markup=False, highlight=False),
        transient=True,
    )
    with bar:
        task = bar.add_task(say(korean, english), total=None, what="")

        def advance(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total or None, what=shorten(what, 30))

        yield advance
