"""What was found in the article: key sentences, keywords, figures, names; each leads to its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from store.model import Extracts, Figure, Summary
from tui.copies import origin, percent
from tui.frame import Panel
from tui.language import say
from tui.packing import packed
from tui.rows import Line, Row, RowList, spread, text_row, wrapped

KINDS = {
    "person": ("사람", "person"),
    "organisation": ("단체", "organisation"),
    "place": ("곳", "place"),
    "product": ("제품", "product"),
}


NARROW = 40
"""Below this many cells a sentence is broken anywhere: between words, half of each line would stay empty."""


class ExtractsPanel(Panel):
    """Keys of its rows: `at:START:END` for a place in the text, `word:TEXT` for a word to find in it, `copy:ID` for another article."""

    KEYWORDS: ClassVar[int] = 10
    NAMES: ClassVar[int] = 12

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(say("추출", "Extracts"), left="┬", id=id)
        self.list = RowList(id="extract-rows")

    def body(self) -> ComposeResult:
        yield self.list

    def show(
        self,
        extracts: Extracts | None,
        *,
        near: Sequence[tuple[Summary, float]] = (),
        waiting: bool = False,
        article: bool = True,
    ) -> None:
        """Show the extracts; `None` where there are none yet, which `waiting` says to be on their way. Above them, articles that share
        much of their text with this one."""
        copies = self._section(say("비슷한 글", "Similar articles"), [_copy(*one) for one in near])[1:]
        gap = [text_row("gap", pickable=False)] if copies else []
        if extracts is None:
            self.list.show([*copies, *gap, _explain(waiting, article)], "")
            return
        from store.korean.compare import worth_showing  # with all that compares; not needed to read

        rows = [
            *self._section(
                say("핵심 문장", "Key sentences"),
                [_sentence(s.start, s.end, s.text) for s in extracts.key_sentences],
            ),
            *self._section(
                say("핵심어", "Keywords"),
                [_word(n, w.text, str(w.count)) for n, w in enumerate(extracts.keywords[: self.KEYWORDS])],
            ),
            *self._section(
                say("수치", "Figures"),
                [_figure(n, f) for n, f in enumerate(extracts.figures) if worth_showing(f)],
            ),
            *self._section(
                say("이름", "Names"),
                [
                    _word(n, name.text, say(*KINDS[name.kind]))
                    for n, name in enumerate(extracts.names[: self.NAMES])
                ],
            ),
        ]
        if not rows:
            nothing = say("이 글에서는 찾은 것이 없습니다.", "Nothing was found in this article.")
            rows = [Row("none", lambda width: wrapped(nothing, width, style="muted"), pickable=False)]
        # What comes later to stand above is not to be out of sight there, unless somebody is choosing meanwhile.
        top = "" if self.list.at_first and not self.list.has_focus else None
        self.list.show([*copies, *gap, *(rows[1:] if rows[0].key == "gap" else rows)], top)

    @staticmethod
    def _section(name: str, rows: Sequence[Row]) -> list[Row]:
        return [text_row("gap", pickable=False), _heading(name), *rows] if rows else []


def _heading(name: str) -> Row:
    return text_row(f"heading:{name}", (name, "heading"), pickable=False)


def place_of(key: str) -> tuple[int, int] | None:
    """The range that a row leads to, if it leads to one."""
    kind, _, rest = key.partition(":")
    start, _, end = rest.partition(":")
    return (int(start), int(end.partition(":")[0])) if kind == "at" else None


def word_of(key: str) -> str | None:
    """The word that a row leads to, if it leads to one."""
    kind, _, rest = key.partition(":")
    return rest.partition(":")[2] if kind == "word" else None


def copy_of(key: str) -> str | None:
    """The id of the article that a row leads to, if it leads to one."""
    kind, _, id = key.partition(":")
    return id if kind == "copy" else None


def _explain(waiting: bool, article: bool) -> Row:
    if not article:
        text = say(
            "글을 열면 핵심 문장과 수치가 여기에 나옵니다.",
            "Open an article to see its key sentences and figures.",
        )
    elif waiting:
        text = say(
            "글을 살피고 있습니다. 그동안 읽으셔도 됩니다.",
            "Looking at the article. You can read on meanwhile.",
        )
    else:
        text = say("이 글은 아직 살피지 않았습니다.", "This article has not been looked at yet.")
    return Row("wait", lambda width: wrapped(text, width, style="muted"), pickable=False)


def _sentence(start: int, end: int, text: str) -> Row:
    def lines(width: int) -> list[Line]:
        return [
            [("· " if n == 0 else "  ", "muted"), *line]
            for n, line in enumerate((packed if width < NARROW else wrapped)(text, width - 2, 2))
        ]

    return Row(f"at:{start}:{end}", lines)


def _copy(copy: Summary, share: float) -> Row:
    more = [(percent(share), "muted")]
    return Row(f"copy:{copy.id}", lambda width: [spread([(origin(copy), "")], more, width)], 1)


def _word(n: int, text: str, more: str) -> Row:
    return Row(f"word:{n}:{text}", lambda width: [spread([(text, "")], [(more, "muted")], width)], 1)


def _figure(n: int, figure: Figure) -> Row:
    about = " ".join(part for part in (figure.measures, figure.speaker and f"({figure.speaker})") if part)

    def lines(width: int) -> list[Line]:
        return [
            spread([(figure.surface, "strong"), ("  " if about else "", ""), (about, "muted")], [], width)
        ]

    return Row(f"at:{figure.start}:{figure.end}:{n}", lines, 1)
