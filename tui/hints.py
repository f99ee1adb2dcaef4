"""What the footer says where: the acts of the registry that are most useful in each place, under short names."""

from __future__ import annotations

from msgspec import Struct

from tui.actions import Keymap, keys_of, shown
from tui.language import say


class Hint(Struct, frozen=True):
    """An entry of the footer: the first keys of one act or several, under one short name."""

    ids: tuple[str, ...]
    korean: str
    english: str

    @property
    def name(self) -> str:
        return say(self.korean, self.english)


def _h(ids: str, korean: str, english: str) -> Hint:
    return Hint(tuple(ids.split()), korean, english)


_HELP = _h("help", "도움말", "help")
# The most useful first: a narrow screen shows only the head of the list (and always the last one).
HINTS: dict[str, tuple[Hint, ...]] = {
    "article": (
        _h("sentence_previous sentence_next", "문장", "sentence"),
        _h("underline", "밑줄", "underline"),
        _h("tag", "태그", "tag"),
        _h("hot_1 hot_9", "바로 태그", "hot tag"),
        _h("note", "메모", "note"),
        _h("select", "선택", "select"),
        _h("find", "찾기", "find"),
        _h("undo", "되돌리기", "undo"),
        _h("export", "내보내기", "export"),
        _h("search", "전체 찾기", "search all"),
        _h("shelf", "서가", "shelf"),
        _h("eojeol_previous eojeol_next", "어절", "word"),
        _h("mark_previous mark_next", "표시", "mark"),
        _h("copy", "복사", "copy"),
        _HELP,
    ),
    "selecting": (
        _h("eojeol_previous eojeol_next", "어절", "word"),
        _h("sentence_previous sentence_next", "문장", "sentence"),
        _h("underline", "밑줄", "underline"),
        _h("tag", "태그", "tag"),
        _h("note", "메모", "note"),
        _h("paragraph_previous paragraph_next", "문단", "paragraph"),
        _h("copy", "복사", "copy"),
        _h("drop", "그만", "drop"),
    ),
    "left_out": (
        _h("put_back", "되살리기", "put back"),
        _h("take_out", "문단 빼기", "take out"),
        _h("left_out", "감추기", "hide"),
        _h("undo", "되돌리기", "undo"),
        _h("sentence_previous sentence_next", "줄", "line"),
        _h("underline", "밑줄", "underline"),
        _h("tag", "태그", "tag"),
        _h("note", "메모", "note"),
        _HELP,
    ),
    "shelf": (
        _h("row_open", "읽기", "read"),
        _h("drop", "글로", "to the article"),
        _h("choose", "고르기", "choose"),
        _h("filter", "거르기", "filter"),
        _h("arrange", "정렬", "sort"),
        _h("add", "들이기", "take in"),
        _h("export", "내보내기", "export"),
        _h("remove", "휴지통으로", "to the trash"),
        _h("trash", "휴지통", "trash"),
        _HELP,
    ),
    "filtered": (
        _h("row_open", "읽기", "read"),
        _h("drop", "모두 보기", "show all"),
        _h("filter", "다르게 거르기", "filter otherwise"),
        _h("choose", "고르기", "choose"),
        _h("arrange", "정렬", "sort"),
        _h("export", "내보내기", "export"),
        _h("remove", "휴지통으로", "to the trash"),
        _HELP,
    ),
    "trash": (
        _h("remove", "꺼내기", "put back"),
        _h("drop", "서가로", "to the shelf"),
        _h("choose", "고르기", "choose"),
        _h("choose_all", "모두 고르기", "choose all"),
        _HELP,
    ),
    "extracts": (
        _h("row_open", "그 자리로", "jump"),
        _h("drop", "글로", "to the article"),
        _h("underline", "밑줄", "underline"),
        _h("tag", "태그", "tag"),
        _h("row_previous row_next", "오르내리기", "move"),
        _HELP,
    ),
    "tags": (
        _h("row_open", "구절 보기", "passages"),
        _h("tag_screen", "태그 화면", "tag screen"),
        _h("drop", "글로", "to the article"),
        _HELP,
    ),
    "note": (
        _h("leave_note", "마치기", "done"),
        _h("palette", "명령", "commands"),
        _h("help", "도움말", "help"),
    ),
    "list": (
        _h("row_open", "열기", "open"),
        _h("close", "닫기", "close"),
        _h("row_previous row_next", "오르내리기", "move"),
        _HELP,
    ),
    "box": (
        _h("row_previous row_next", "고르기", "choose"),
        _h("accept", "확인", "accept"),
        _h("close", "닫기", "close"),
    ),
    "lost": (
        _h("lost_put", "이 구절에 놓기", "put on the passage"),
        _h("lost_delete", "지우기", "delete"),
        _h("row_previous row_next", "오르내리기", "move"),
        _h("close", "닫기", "close"),
    ),
    "choice": (
        _h("row_previous row_next", "고르기", "choose"),
        _h("row_open", "확인", "accept"),
        _h("close", "닫기", "close"),
    ),
    "tour": (
        _h("accept", "다음", "next"),
        _h("tour_previous", "이전", "back"),
        _h("close", "그만 보기", "leave"),
    ),
    "ask": (_h("accept", "확인", "accept"), _h("close", "닫기", "close")),
    "picker": (
        _h("accept", "달고 닫기", "add and close"),
        _h("keep", "달고 계속", "add and stay"),
        _h("close", "닫기", "close"),
    ),
    "find": (
        _h("accept", "다음", "next"),
        _h("row_previous row_next", "이전·다음", "previous, next"),
        _h("close", "닫기", "close"),
    ),
    "tag": (
        _h("panel_next", "구절로", "passages"),
        _h("close", "닫기", "close"),
        _h("tag_rename", "이름·합치기", "rename, merge"),
        _h("tag_colour", "색", "colour"),
        _h("tag_key", "바로 키", "hot key"),
        _h("tag_delete", "지우기", "delete"),
        _h("undo", "되돌리기", "undo"),
        _HELP,
    ),
    "tagged": (
        _h("row_open", "그 자리로", "jump"),
        _h("panel_next", "태그로", "tags"),
        _h("close", "닫기", "close"),
        _h("passage_choose", "고르기", "choose"),
        _h("passage_retag", "태그 바꾸기", "retag"),
        _h("passage_untag", "떼기", "take off"),
        _h("undo", "되돌리기", "undo"),
        _HELP,
    ),
    "compare": (
        _h("row_previous row_next column_previous column_next", "칸", "cell"),
        _h("row_open", "그 구절로", "jump"),
        _h("figure_mark", "밑줄", "underline"),
        _h("figure_export", "표로 내보내기", "export"),
        _h("figure_next", "다음 수치", "next figure"),
        _h("undo", "되돌리기", "undo"),
        _h("close", "닫기", "close"),
        _HELP,
    ),
    "uncompared": (_h("close", "닫기", "close"), _h("undo", "되돌리기", "undo"), _HELP),
    "export": (
        _h("row_open", "확인", "accept"),
        _h("close", "닫기", "close"),
        _h("value_previous value_next", "바꾸기", "change"),
        _h("export_now", "내보내기", "export"),
        _h("export_files", "파일 보기", "files"),
        _h("row_previous row_next", "오르내리기", "move"),
        _HELP,
    ),
    "exported": (
        _h("row_open", "차이 보기", "difference"),
        _h("close", "닫기", "close"),
        _h("export_files", "고르던 곳으로", "to the choices"),
        _h("export_now", "내보내기", "export"),
        _h("row_previous row_next", "오르내리기", "move"),
        _HELP,
    ),
    "diff": (_h("row_previous row_next", "오르내리기", "move"), _h("close", "닫기", "close")),
    "path": (
        _h("accept", "확인", "accept"),
        _h("keep", "이 폴더 안으로", "into the folder"),
        _h("row_previous row_next", "고르기", "choose"),
        _h("close", "닫기", "close"),
    ),
    "search": (
        _h("accept", "그 자리로", "jump"),
        _h("close", "닫기", "close"),
        _h("row_previous row_next", "오르내리기", "move"),
        _HELP,
    ),
}


TITLES: dict[str, tuple[str, str]] = {
    "trash": ("휴지통", "trash"),
    "selecting": ("고르는 중", "selecting"),
    "left_out": ("빠진 줄", "left out"),
}
"""What the footer calls a state in which the keys mean something else than usual."""
TYPING = {"note", "find", "box", "ask", "path", "picker", "search"}
"""Places with a text field: a key that types a character does nothing else there."""


def hint_keys(hint: Hint, keymap: Keymap | None = None, *, typing: bool = False) -> str:
    """The keys of a footer entry: ↑↓, 1-9, `h`; empty when none of its acts has a key.

    Args:
        typing: leave out the keys that only type a character.
    """
    firsts = []
    for id in hint.ids:
        keys = [key for key in keys_of(id, keymap) if not typing or len(key) > 1]
        if keys:
            firsts.append(shown(keys[0]))
    if len(firsts) == 2 and all(key.isdigit() for key in firsts):
        return "-".join(firsts)
    return "".join(firsts) if all(len(key) == 1 for key in firsts) else " ".join(firsts)
