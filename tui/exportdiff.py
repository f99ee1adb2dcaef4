"""What would change in one file, before it is written."""

from __future__ import annotations

from collections.abc import Callable

from tui.asking import ListBox
from tui.rows import Row, Run, wrapped

MOST = 2000
"""Lines shown."""
STYLES = {"+": "accent", "-": "error", "@": "muted"}


class Diff(ListBox):
    """A unified diff, to be read."""

    DEFAULT_CSS = """
    Diff > #box { width: 100; }
    Diff #choices { max-height: 30; }
    Diff.-tabs #choices { max-height: 8; }
    """

    def __init__(self, name: str, diff: str) -> None:
        super().__init__(name, "diff")
        self.diff = diff

    def on_mount(self) -> None:
        every = self.diff.split("\n")[2:]
        rows = [Row(str(n), _line(line, STYLES.get(line[:1], ""))) for n, line in enumerate(every[:MOST])]
        if len(every) > MOST:
            rows.append(Row("more", _line(f" … {len(every) - MOST}", "muted")))
        self.list.show(rows, "")
        self.set_focus(self.list)

    def choose(self, key: str) -> None:
        self.dismiss(None)


def _line(text: str, style: str) -> Callable[[int], list[list[Run]]]:
    def lines(width: int) -> list[list[Run]]:
        sign = text[:1] if text[:1] in "+-@" else " "
        found = wrapped(text[1:] if sign != "@" else text.strip("@ "), max(width - 2, 4), style=style)
        return [[(f"{sign} " if n == 0 else "  ", style), *line] for n, line in enumerate(found or [[]])]

    return lines
