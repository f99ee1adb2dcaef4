"""The one registry of what the reader can do: id, keys, names, group, place and needs of every act.

Bindings, footer, help, palette, the user's own keys and the README's table are all made from it. Imports no Textual at
the top, so that the command line can list the keys without it.

Keys are written as they are printed (`/`, `[`, `j`) or by Textual's names (`down`, `ctrl+y`, `f2`). Nothing depends on Shift
with a letter, nor on several letters in a row: with the keyboard in Hangul mode neither can be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from tui.language import say

if TYPE_CHECKING:
    from textual.binding import BindingType

Place = Literal[
    "anywhere",
    "reader",
    "list",
    "shelf",
    "lost",
    "tag",
    "tagged",
    "search",
    "compare",
    "export",
    "box",
    "tour",
    "note",
]
"""Where an act is at home: everywhere; the reading screen; any list; the shelf; the list of marks that have lost their place;
the list of tags of the tag screen; the passages of a tag; the search screen; the compare screen; the export screen; a box that asks for
something; the tour; a note."""

Need = Literal["article", "write", "mark", "lost", "line", "left_out", "found", "back", "address", "extracts"]
"""What an act needs: an open article; a library that may be written; a mark at the cursor; marks that have lost their place; a line left
out there; those lines shown; something found; a place to go back to; an article with an address; an analysed article."""

Keymap = Mapping[str, Sequence[str]]
"""The reader's own keys: id of an act to keys."""


class Action(Struct, frozen=True):
    """One act. `id` is the name of the binding and of the method that does it."""

    id: str
    keys: tuple[str, ...]
    korean: str
    english: str
    group: str
    place: Place
    needs: tuple[Need, ...] = ()
    more: tuple[str, str] = ("", "")
    """A line more about it, in Korean and English."""

    @property
    def name(self) -> str:
        return say(self.korean, self.english)

    @property
    def line(self) -> str:
        """What it does, in a line: the longer text where there is one."""
        return say(*self.more) or self.name


GROUPS: dict[str, tuple[str, str]] = {
    "read": ("읽기", "Reading"),
    "select": ("고르기", "Selecting"),
    "mark": ("밑줄·태그·메모", "Marks, tags, notes"),
    "find": ("찾기와 오가기", "Finding and jumping"),
    "article": ("글", "The article"),
    "view": ("화면", "The screen"),
    "list": ("목록", "Lists"),
    "shelf": ("서가", "The shelf"),
    "tags": ("태그 화면", "The tag screen"),
    "compare": ("견주는 화면", "The compare screen"),
    "export": ("내보내는 화면", "The export screen"),
    "box": ("물음 창", "Boxes"),
    "program": ("프로그램", "The program"),
}


def _a(
    id: str,
    keys: str,
    korean: str,
    english: str,
    group: str,
    place: Place = "reader",
    needs: str = "",
    more: tuple[str, str] = ("", ""),
) -> Action:
    return Action(id, tuple(keys.split()), korean, english, group, place, tuple(needs.split()), more)  # type: ignore[arg-type]


_HOT = tuple(
    _a(f"hot_{n}", str(n), f"바로 태그 {n}", f"Hot tag {n}", "mark", needs="article write")
    for n in range(1, 10)
)

ACTIONS: tuple[Action, ...] = (
    # reading
    _a("sentence_next", "down j", "다음 문장", "Next sentence", "read", needs="article"),
    _a("sentence_previous", "up k", "이전 문장", "Previous sentence", "read", needs="article"),
    _a("eojeol_next", "right", "다음 어절", "Next word", "read", needs="article"),
    _a("eojeol_previous", "left", "이전 어절", "Previous word", "read", needs="article"),
    _a("paragraph_next", "]", "다음 문단", "Next paragraph", "read", needs="article"),
    _a("paragraph_previous", "[", "이전 문단", "Previous paragraph", "read", needs="article"),
    _a("heading_next", "}", "다음 소제목", "Next heading", "read", needs="article"),
    _a("heading_previous", "{", "이전 소제목", "Previous heading", "read", needs="article"),
    _a("page_next", "space pagedown", "다음 쪽", "Next page", "read", needs="article"),
    _a("page_previous", "b pageup", "이전 쪽", "Previous page", "read", needs="article"),
    _a("start", "home", "글 처음", "Start of the article", "read", needs="article"),
    _a("finish", "end", "글 끝", "End of the article", "read", needs="article"),
    # selecting
    _a("select", "v", "구절 고르기", "Select", "select", needs="article",
       more=("구절을 자유롭게 고릅니다. 화살표로 늘이고 줄입니다", "Select freely; the arrows extend")),
    _a("grow", "+ =", "넓히기", "Grow", "select", needs="article",
       more=("어절에서 문장, 문단으로 넓힙니다", "From word to sentence to paragraph")),
    _a("shrink", "-", "좁히기", "Shrink", "select", needs="article",
       more=("문단에서 문장, 어절로 좁힙니다", "From paragraph to sentence to word")),
    _a("drop", "escape", "고르기 그만", "Drop", "select",
       more=("고르던 것이나 찾던 것을 그만둡니다", "Drop the selection or what was looked for")),
    # marks
    _a("underline", "h", "밑줄", "Underline", "mark", needs="article write",
       more=("문장이나 고른 구절에 밑줄을 긋습니다", "Underline the sentence or selection")),
    _a("tag", "t", "태그", "Tag", "mark", needs="article write",
       more=("태그를 골라 답니다. Enter는 달고 닫기, Tab은 달고 계속", "Pick tags: Enter adds and closes, Tab adds and stays")),
    *_HOT,
    _a("again", ".", "같은 태그 다시", "Same tag again", "mark", needs="article write"),
    _a("note", "n", "구절 메모", "Note on the passage", "mark", needs="article write"),
    _a("article_note", "m", "글 메모", "Note on the article", "mark", needs="article write"),
    _a("edit_note", "e", "편집기로 메모", "Note in your editor", "mark", needs="article write",
       more=("메모를 $EDITOR로 씁니다", "Write the note in $EDITOR")),
    _a("delete", "d delete", "표시 지우기", "Delete the mark", "mark", needs="article write mark"),
    _a("lost_marks", "f", "자리를 잃은 표시", "Marks without a place", "mark", needs="article lost",
       more=("글이 바뀌어 자리를 잃은 표시를 보고, 지금 구절에 놓거나 지웁니다",
             "Marks whose place was lost when the article changed: put them on a passage, or delete them")),
    _a("lost_put", "enter", "이 구절에 놓기", "Put it on the passage", "mark", "lost", "write"),
    _a("lost_delete", "d delete", "자리를 잃은 표시 지우기", "Delete the lost mark", "mark", "lost", "write"),
    _a("undo", "z ctrl+z", "되돌리기", "Undo", "mark", needs="write"),
    _a("redo", "ctrl+y", "다시 하기", "Redo", "mark", needs="write"),
    # finding
    _a("find", "/", "글에서 찾기", "Find in the article", "find", needs="article"),
    _a("found_next", ">", "다음 찾은 곳", "Next match", "find", needs="article found"),
    _a("found_previous", "<", "이전 찾은 곳", "Previous match", "find", needs="article found"),
    _a("mark_next", ")", "다음 표시", "Next mark", "find", needs="article"),
    _a("mark_previous", "(", "이전 표시", "Previous mark", "find", needs="article"),
    _a("headings", "i", "차례", "Headings", "find", needs="article"),
    _a("back", "backspace", "있던 곳으로", "Back to where you were", "find", needs="back"),
    _a("search", "s", "서가 전체에서 찾기", "Search the library", "find"),
    _a("related", "r", "관련 구절", "Related passages", "find", needs="article extracts",
       more=("다른 글에서 같은 이야기를 하는 구절을 봅니다", "Passages in other articles that speak of the same")),
    _a("compare", "c", "글 견주기", "Compare articles", "find",
       more=("같은 이야기를 하는 글(서가에서는 고른 글)의 수치를 나란히 봅니다",
             "The figures of articles on one subject, or of those chosen on the shelf, side by side")),
    # the article
    _a("copy", "y", "출처와 함께 복사", "Copy with its source", "article", needs="article",
       more=("출처와 함께 복사합니다. 이어서 다시 누르면 다음 형식으로 복사합니다",
             "Copy with its source; pressed again at once, in the next form")),
    _a("copy_summary", "", "요약 복사", "Copy the summary", "article", needs="article",
       more=("페이지에 실린 요약을 제목, 주소와 함께 복사합니다", "Copy the page's own summary with its title and address")),
    _a("export", "x", "내보내기", "Export", "article",
       more=("이 글, 고른 글, 태그, 서가 전체를 여러 형식으로 내보냅니다",
             "Export this article, those chosen, a tag or everything, in many forms")),
    _a("address", "o", "원문 주소 열기", "Open the address", "article", needs="article address"),
    _a("left_out", "l", "빠진 줄 보기", "What was left out", "article", needs="article",
       more=("빠진 줄과 그 까닭을 봅니다", "The lines that are not in the article, and why")),
    _a("put_back", "enter p", "빠진 줄 되살리기", "Put the line back", "article", needs="article write line",
       more=("빠진 줄을 제자리에 되살립니다. 글을 다시 들여도 그대로입니다", "Put a line left out back in its place, for good")),
    _a("take_out", "w", "문단 빼기", "Take the paragraph out", "article", needs="article write left_out",
       more=("빠진 줄을 보는 동안, 글에 잘못 든 문단을 뺍니다",
             "While what was left out is shown: take out a paragraph that does not belong")),
    _a("previous_article", "f7", "이전 글", "Previous article", "article"),
    _a("next_article", "f8", "다음 글", "Next article", "article"),
    # the screen
    _a("shelf", "f2", "서가", "Shelf", "view"),
    _a("extracts", "f3", "추출", "Extracts", "view"),
    _a("tags", "f4", "태그", "Tags", "view"),
    _a("notes", "f5", "메모", "Notes", "view"),
    _a("alone", "\\ f6", "글만 보기", "Article alone", "view"),
    _a("panel_next", "tab", "다음 판", "Next panel", "view"),
    _a("panel_previous", "shift+tab", "이전 판", "Previous panel", "view"),
    _a("tag_screen", "g", "태그 화면", "Tag screen", "view",
       more=("모든 태그와 그 구절을 봅니다", "Every tag and its passages")),
    _a("settings", ", f9", "설정", "Settings", "view"),
    # lists
    _a("row_next", "down j", "아래로", "Down", "list", "list"),
    _a("row_previous", "up k", "위로", "Up", "list", "list"),
    _a("rows_next", "pagedown", "한 쪽 아래로", "A page down", "list", "list"),
    _a("rows_previous", "pageup", "한 쪽 위로", "A page up", "list", "list"),
    _a("row_first", "home", "처음으로", "First", "list", "list"),
    _a("row_last", "end", "끝으로", "Last", "list", "list"),
    _a("row_open", "enter", "열기", "Open", "list", "list"),
    # the shelf
    _a("add", "a", "글 들이기", "Take in pages", "shelf", "reader", "write",
       more=("파일, 폴더, 주소를 서가에 들입니다", "Take in files, folders and addresses")),
    _a("choose", "space", "고르기", "Choose", "shelf", "shelf"),
    _a("choose_all", "ctrl+a", "모두 고르기", "Choose all", "shelf", "shelf"),
    _a("filter", "/", "거르기", "Filter", "shelf", "shelf",
       more=("찾는 말로 거릅니다. tag:비용, source:, after:, is:unread도 됩니다",
             "Filter by words, tag:, source:, after:, is:unread …")),
    _a("arrange", "v", "정렬과 묶기", "Sort and group", "shelf", "shelf"),
    _a("tag_articles", "t", "글에 태그", "Tag the articles", "shelf", "shelf", "write"),
    _a("remove", "d delete", "휴지통으로", "To the trash", "shelf", "shelf", "write"),
    _a("trash", "u", "휴지통", "Trash", "shelf", "shelf"),
    _a("samples_away", "", "견본 글 치우기", "Put the samples away", "shelf", "reader", "write",
       more=("견본 글을 모두 휴지통에 넣습니다", "Puts all the sample articles into the trash")),
    _a("merge_copies", "", "사본 합치기", "Merge conflict copies", "shelf", "reader", "write",
       more=("동기화하다 엇갈린 사본의 밑줄과 메모를 합칩니다",
             "Merges marks and notes of the copies that synchronising left in conflict")),
    # the tag screen
    _a("tag_rename", "n f2", "이름 바꾸기·합치기", "Rename or merge", "tags", "tag", "write"),
    _a("tag_colour", "c", "색 바꾸기", "Change the colour", "tags", "tag", "write"),
    _a("tag_key", "h", "바로 키 정하기", "Set the hot key", "tags", "tag", "write"),
    _a("tag_delete", "d delete", "태그 지우기", "Delete the tag", "tags", "tag", "write"),
    _a("passage_choose", "space", "고르기", "Choose", "tags", "tagged"),
    _a("passage_choose_all", "ctrl+a", "모두 고르기", "Choose all", "tags", "tagged"),
    _a("passage_retag", "t", "태그 바꾸기", "Retag", "tags", "tagged", "write"),
    _a("passage_untag", "d delete", "태그 떼기", "Take the tag off", "tags", "tagged", "write"),
    # the compare screen
    _a("column_next", "right", "다음 글", "Next article", "compare", "compare"),
    _a("column_previous", "left", "이전 글", "Previous article", "compare", "compare"),
    _a("figure_next", "tab", "다음 수치", "Next figure", "compare", "compare",
       more=("빈칸을 건너뛰고 다음 수치로 갑니다", "To the next figure, past empty cells")),
    _a("figure_previous", "shift+tab", "이전 수치", "Previous figure", "compare", "compare"),
    _a("columns_next", "]", "뒤쪽 글들", "Articles to the right", "compare", "compare"),
    _a("columns_previous", "[", "앞쪽 글들", "Articles to the left", "compare", "compare"),
    _a("figure_mark", "h", "밑줄", "Underline", "compare", "compare", "write",
       more=("수치가 나온 문장에 밑줄을 긋습니다", "Underline the sentence of the figure")),
    _a("figure_export", "x", "표로 내보내기", "Export the table", "compare", "compare",
       more=("구절로 이어지는 마크다운 표로 내보냅니다", "As a Markdown table with links to the passages")),
    # the export screen
    _a("value_next", "right", "다음 것", "Next choice", "export", "export"),
    _a("value_previous", "left", "이전 것", "Previous choice", "export", "export"),
    _a("export_now", "x", "내보내기", "Export", "export", "export",
       more=("지금 고른 대로 내보냅니다", "Export as chosen now")),
    _a("export_files", "tab shift+tab", "달라질 것 보기", "What will change", "export", "export",
       more=("파일 목록으로 가고, 다시 고르던 곳으로 옵니다", "To the list of files, and back to the choices")),
    # boxes
    _a("accept", "enter", "확인", "Accept", "box", "box"),
    _a("keep", "tab", "달고 계속", "Add and stay", "box", "box"),
    _a("close", "escape", "닫기", "Close", "box", "box"),
    _a("tour_next", "right space", "다음", "Next", "box", "tour"),
    _a("tour_previous", "left", "이전", "Back", "box", "tour"),
    _a("leave_note", "escape", "메모 마치기", "Leave the note", "mark", "note"),
    # the program
    _a("palette", "ctrl+p f10", "명령 찾기", "Find a command", "program", "anywhere"),
    _a("help", "? f1", "도움말", "Help", "program", "anywhere"),
    _a("tour", "", "둘러보기", "Tour", "program", "anywhere"),
    _a("quit", "q", "뒤로·끝내기", "Back, quit", "program", "reader"),
    _a("quit_now", "ctrl+q", "끝내기", "Quit", "program", "anywhere"),
)  # fmt: skip

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}


_SHOWN = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "space": "Space", "pagedown": "PgDn", "pageup": "PgUp",
    "home": "Home", "end": "End", "escape": "Esc", "enter": "Enter", "tab": "Tab", "backspace": "Backspace",
    "delete": "Del", "comma": ",",
}  # fmt: skip


def shown(key: str) -> str:
    """A key as it is printed: `down` → ↓, `ctrl+y` → Ctrl+Y."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    last = _SHOWN.get(last, last.upper() if modifiers or (len(last) > 1 and last[0] == "f") else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), last])


def keys_of(id: str, keymap: Keymap | None = None) -> tuple[str, ...]:
    """The keys of an act: the reader's own where there are some."""
    return tuple(keymap[id]) if keymap and id in keymap else BY_ID[id].keys


def at(*places: Place) -> list[Action]:
    """The acts at home in these places, in the registry's order."""
    return [action for action in ACTIONS if action.place in places]


def bindings(*places: Place, also: Iterable[str] = ()) -> list[BindingType]:
    """Textual's bindings for these places (and the acts `also` named), each with its id; the action is `do('id')`."""
    from textual.binding import Binding

    return [
        Binding(
            ",".join("comma" if key == "," else key for key in action.keys),
            f"do('{action.id}')",
            "",
            id=action.id,
        )
        for action in [*at(*places), *(BY_ID[id] for id in also)]
        if action.keys
    ]


def table(
    keymap: Keymap | None = None, *, actions: Iterable[Action] = ACTIONS
) -> list[tuple[str, list[tuple[str, str]]]]:
    """`(group, [(keys, what)])` in the reader's language; the nine hot tags are one line."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for action in actions:
        if action.id.startswith("hot_"):
            if action.id != "hot_1":
                continue
            keys, line = "1–9", say("바로 태그", "Tag with a hot tag")
        else:
            keys, line = " ".join(shown(key) for key in keys_of(action.id, keymap)), action.line
        groups.setdefault(action.group, []).append((keys, line))
    return [(say(*GROUPS[group]), rows) for group, rows in groups.items()]


def key_table(keymap: Keymap | None = None) -> str:
    """Every key in Markdown: one table for each group."""
    parts = []
    for group, rows in table(keymap):
        lines = [f"| {group} | |", "|---|---|"]
        for keys, line in rows:
            cell = " ".join(f"`{key}`" for key in keys.replace("|", "\\|").split(" ")) if keys else "–"
            lines.append(f"| {cell} | {line} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def keys_json(keymap: Keymap | None = None) -> list[dict[str, object]]:
    """Every act with its keys, for programs: id, keys, hangul (the same keys in Hangul mode), korean, english, group, place."""
    from store.korean.dubeolsik import compose

    return [
        {
            "id": action.id,
            "keys": list(keys),
            "hangul": [compose(key) for key in keys if len(key) == 1 and key.isalpha()],
            "korean": action.korean,
            "english": action.english,
            "group": action.group,
            "place": action.place,
        }
        for action in ACTIONS
        for keys in [keys_of(action.id, keymap)]
    ]
