"""The files of an export as rows: what becomes of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.article.widths import cells
from tui.exporting import shown
from tui.language import say
from tui.rows import Row, Run, spread, wrapped

if TYPE_CHECKING:
    from store.exchange.markdown import Written

SIGNS: dict[str, tuple[str, str, tuple[str, str]]] = {
    "failed": ("!", "error", ("못 씀", "failed")),
    "updated": ("~", "accent", ("고침", "updated")),
    "written": ("+", "accent", ("새로", "new")),
    "unchanged": ("=", "muted", ("그대로", "unchanged")),
}
"""Of each status: sign, style and name, in the order in which they are listed."""


def in_order(written: Sequence[Written]) -> list[Written]:
    """What failed and what changes first, with what was edited before what was not."""
    order = list(SIGNS)
    return sorted(written, key=lambda file: (order.index(file.status), not file.beside))


def file_rows(written: Sequence[Written], folder: Path, *, problem: str, nothing: str) -> list[Row]:
    """A row for each file; keys are their numbers.

    Args:
        folder: that they are in.
        problem: shown instead of them.
        nothing: what to say where there are none.
    """
    if problem:
        return [Row("problem", lambda width: wrapped(problem, width, style="error"), pickable=False)]
    if not written:
        return [Row("none", lambda width: wrapped(nothing, width, style="muted"), pickable=False)]
    return [_row(n, file, folder) for n, file in enumerate(written)]


def _row(n: int, file: Written, folder: Path) -> Row:
    sign, style, words = SIGNS[file.status]
    try:
        name = file.path.relative_to(folder).as_posix()
    except ValueError:
        name = shown(file.path)
    if file.error:
        line = say(file.error, file.error_en or file.error)
        head = "" if str(file.path) in line else f"{name}: "
        return Row(
            str(n),
            lambda width: [
                [(f"{sign} " if k == 0 else "  ", style), *runs]
                for k, runs in enumerate(wrapped(head + line, width - 2, style="error"))
            ],
        )
    count = len(file.beside)
    beside = (
        say(f"고친 {count}곳은 그대로, 새 내용은 곁에", f"{count} you edited stay, news beside")
        if count
        else ""
    )

    def lines(width: int) -> Sequence[Sequence[Run]]:
        word = say(*words)
        tail: list[Run] = [(beside, "accent")] if beside and width >= 60 else []
        pad = 8 if say("k", "e") == "k" else 11
        head: list[Run] = [(f"{sign} ", style)]
        if width >= 50:
            head.append((word + " " * max(pad - cells(word), 1), style))
        return [spread([*head, (name, "" if file.status != "unchanged" else "muted")], tail, width)]

    return Row(str(n), lines, 1)
