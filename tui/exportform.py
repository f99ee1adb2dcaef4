"""The rows of the export screen: a name, what is chosen, a word about it; and last the one that does it."""

from __future__ import annotations

from tui.article.widths import cells, shorten
from tui.exporting import DIVIDED, FORMS, MARKDOWN, Around, Choices, shown
from tui.language import say
from tui.rows import Line, Row, RowList, Run, fit

HEADS: dict[str, tuple[str, str]] = {
    "what": ("무엇을", "What"),
    "tag": ("태그", "Tag"),
    "form": ("형식", "Form"),
    "template": ("틀 파일", "Template"),
    "by": ("나누기", "Divided"),
    "extras": ("함께", "With it"),
    "folder": ("폴더", "Folder"),
}
HEAD = 10
"""Cells of the column of names."""
VALUE = 44
"""Cells of the column of values, where there is room for words about them."""
BAR = 16


class Form(RowList):
    """The rows; `progress` is how many files of how many have been written."""

    progress: tuple[int, int] = (0, 0)

    def rows_of(self, choices: Choices, around: Around, state: str, *, roomy: bool, told: str) -> list[Row]:
        """The rows for these choices.

        Args:
            state: of the screen: `looking`, `ready`, `writing`, `done`, `failed`.
            roomy: with a blank line before and after.
            told: what became, or would become, of the files.
        """
        rows = [self._row("what", around.name(choices.what, ""), "", steps=len(around.whats()) > 1)]
        if choices.what == "tag":
            rows.append(self._row("tag", f"#{choices.tag}", "", steps=len(around.tags) > 1))
        name, about = FORMS[choices.form]
        rows.append(self._row("form", say(*name), say(*about), steps=True))
        if choices.form == "template":
            path = shown(choices.template) if choices.template else ""
            rows.append(
                self._row("template", path or say("Enter로 고르세요", "choose with Enter"), "", path=True)
            )
        if choices.ways():
            rows.append(self._row("by", say(*DIVIDED[choices.by]), "", steps=True))
        if choices.form in MARKDOWN:
            extras = (
                say("요약, 핵심 문장, 수치", "summary, key sentences, figures")
                if choices.extras
                else say("표시와 메모만", "marks and notes only")
            )
            rows.append(self._row("extras", extras, "", steps=True))
        new = say("새로 만듭니다", "to be made") if not choices.folder.exists() else ""
        rows.append(self._row("folder", shown(choices.folder), new, path=True))
        gap = Row("gap", lambda width: [()], 1, pickable=False)
        if roomy:
            rows = [gap, *rows, gap]
        rows.append(self._go(state, told))
        return [*rows, gap] if roomy else rows

    def _row(self, key: str, value: str, about: str, *, steps: bool = False, path: bool = False) -> Row:
        """Args:
        steps: the arrows change it.
        path: of a long one, the end is worth more than the start.
        """
        head = say(*HEADS[key])

        def lines(width: int) -> list[Line]:
            left: Run = (head + " " * max(HEAD - cells(head), 1), "muted")
            room = max(width - HEAD - 4, 4)
            text = tail(value, room) if path else shorten(value, room)
            arrows = ("‹ ", " ›") if steps else ("  ", "  ")
            runs: list[Run] = [left, (arrows[0], "muted"), (text, "strong"), (arrows[1], "muted")]
            used = HEAD + 4 + cells(text)
            if about and width - max(used, HEAD + VALUE) >= cells(about) + 1:
                runs.append((" " * max(HEAD + VALUE - used, 1) + about, "muted"))
            return [fit(runs, width)]

        return Row(key, lines, 1)

    def _go(self, state: str, told: str) -> Row:
        done, total = self.progress

        def lines(width: int) -> list[Line]:
            if state == "writing":
                filled = round(BAR * done / total) if total else 0
                bar = "━" * filled, "━" * (BAR - filled)
                count = f" {done}/{total}" if total else ""
                return [
                    [
                        (say("쓰는 중", "Writing") + "  ", "heading"),
                        (bar[0], "accent"),
                        (bar[1], "line"),
                        (count, "muted"),
                    ]
                ]
            if state == "done":
                words = say("✓ 다 됐습니다", "✓ Done")
                more = say("Enter로 닫기", "Enter closes")
            else:
                words = say("→ 내보내기", "→ Export")
                more = say("살피는 중…", "looking …") if state == "looking" else ""
                if state == "failed":
                    more = say("아래를 보세요", "see below")
            parts = [part for part in (more, told) if part]
            return [fit([(words, "heading"), ("   " + " · ".join(parts), "muted")], width)]

        return Row("go", lines, 1)


def tail(text: str, width: int) -> str:
    """`text` in at most `width` cells, with `…` where its beginning was cut off."""
    if cells(text) <= width:
        return text
    while text and cells(text) > width - 1:
        text = text[1:]
    return f"…{text}"
