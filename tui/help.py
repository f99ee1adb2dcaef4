"""Help: the keys of where one is first, then all others. Enter does the command."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui import actions
from tui.article.widths import cells
from tui.chooser import Chooser
from tui.hangul import strokes
from tui.language import say
from tui.palette import found_by
from tui.rows import Line, Row, Run, wrapped

KEYS_WIDTH = 15
"""Cells of the column of keys."""

PLACES: dict[str, tuple[tuple[actions.Place, ...], tuple[str, str]]] = {
    "article": (("reader", "anywhere"), ("글을 읽을 때", "While reading")),
    "shelf": (("shelf", "list"), ("서가에서", "On the shelf")),
    "extracts": (("list",), ("추출에서", "In the extracts")),
    "tags": (("list",), ("태그 판에서", "In the tags")),
    "note": (("note",), ("메모를 쓸 때", "While writing a note")),
    "tag": (("tag", "tagged", "list"), ("태그 화면에서", "On the tag screen")),
    "tagged": (("tagged", "tag", "list"), ("태그의 구절에서", "Among a tag's passages")),
    "compare": (("compare", "list"), ("견주는 화면에서", "While comparing")),
    "export": (("export", "list"), ("내보내는 화면에서", "While exporting")),
    "search": (("search", "box", "list"), ("서가 전체에서 찾을 때", "While searching the library")),
}


ALSO = dict.fromkeys(("tag", "tagged"), ("panel_next", "panel_previous", "undo", "redo"))
"""Acts that work in a place though they are at home in another."""


class Help(Chooser):
    """Dismissed with the id of the command to do."""

    def __init__(self, place: str, *, keymap: actions.Keymap | None = None) -> None:
        super().__init__(
            say("도움말", "Help"), placeholder=say("키나 명령을 찾으세요", "Find a key or a command")
        )
        self.place = place if place in PLACES else "article"
        self.keymap = keymap

    def rows(self, query: str) -> list[Row]:
        places, name = PLACES[self.place]
        also = ALSO.get(self.place, ())
        here = [action for action in actions.ACTIONS if action.place in places or action.id in also]
        rest = [action for action in actions.ACTIONS if action not in here]
        rows: list[Row] = []
        if not query:
            hint = say(
                "한글 상태에서도 그대로 누르면 됩니다: h는 ㅗ, t는 ㅅ.",
                "Every key works in Hangul mode too: h is ㅗ, t is ㅅ.",
            )
            rows.append(Row("hint", lambda width: wrapped(hint, width, style="muted"), pickable=False))
        return [*rows, *self._part(say(*name), here, query), *self._part("", rest, query)]

    def _part(self, title: str, part: Sequence[actions.Action], query: str) -> list[Row]:
        found = [action for action in part if not query or self._answers(query, action)]
        rows: list[Row] = []
        group = ""
        for action in found:
            if action.id.startswith("hot_") and action.id != "hot_1":
                continue
            if action.group != group:
                group = action.group
                name = say(*actions.GROUPS[group])
                heading = f"{title} · {name}" if title else name
                rows.append(Row(f"group:{title}:{group}", _heading(heading), 2, pickable=False))
            rows.append(self._row(action))
        return rows

    def _answers(self, query: str, action: actions.Action) -> bool:
        keys = actions.keys_of(action.id, self.keymap)
        same = {query.casefold(), strokes(query).casefold()}
        return found_by(query, action) or any(actions.shown(key).casefold() in same for key in keys)

    def _row(self, action: actions.Action) -> Row:
        keys = " ".join(actions.shown(key) for key in actions.keys_of(action.id, self.keymap))
        keys = "1–9" if action.id == "hot_1" else keys
        what = (
            say("바로 태그 달기·떼기", "Give or take off a hot tag") if action.id == "hot_1" else action.line
        )

        def lines(width: int) -> list[Line]:
            room = min(KEYS_WIDTH, width // 2)
            pad: Run = (" " * max(room - cells(keys), 1), "")
            first, *others = wrapped(what, max(width - room, 8)) or [[("", "")]]
            indent: Run = (" " * room, "")
            return [[(keys, "accent"), pad, *first], *([indent, *line] for line in others)]

        return Row(action.id, lines)


def _heading(name: str) -> Callable[[int], list[Line]]:
    def lines(width: int) -> list[Line]:
        return [[], [(name, "heading")]]

    return lines
