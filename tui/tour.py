"""A short tour at the first start: five pages, left at any time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from tui import actions
from tui.chooser import Box
from tui.frame import KeyLine
from tui.language import say
from tui.rows import Line, Row, RowList, wrapped

PAGES: tuple[tuple[tuple[str, str], tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("어서 오세요", "Welcome"),
        (
            "밑줄은 글을 읽으며 밑줄을 긋고, 태그를 달고, 메모를 쓰고, 마크다운으로 내보내는 곳입니다.",
            "지금 펼쳐진 글 다섯 편은 견본입니다. 마음껏 그어 보세요. 무엇이든 z로 되돌립니다.",
        ),
        (
            "Mitjul is for reading: underline, tag, write notes, and export it all to Markdown.",
            "The five articles on the shelf are samples. Mark them as you like; z undoes anything.",
        ),
    ),
    (
        ("문장 단위로 읽기", "Sentence by sentence"),
        (
            "↓와 ↑로 문장을 오갑니다. Space는 한 쪽, ]와 [는 문단입니다.",
            "+와 -로 범위를 넓히고 좁힙니다. v를 누르면 어절까지 골라낼 수 있습니다.",
        ),
        (
            "↓ and ↑ go by sentence, Space by page, ] and [ by paragraph.",
            "+ and - grow and shrink the range. v selects freely, word by word.",
        ),
    ),
    (
        ("긋고, 달고, 쓰기", "Mark, tag, note"),
        (
            "h는 밑줄, t는 태그, n은 메모입니다. 자주 쓰는 태그에는 1부터 9까지 바로 키가 붙습니다.",
            "메모는 치는 대로 저장됩니다. Esc를 누르면 글로 돌아옵니다.",
        ),
        (
            "h underlines, t tags, n writes a note. Tags you use get hot keys, 1 to 9.",
            "Notes are saved as you type. Esc brings you back to the article.",
        ),
    ),
    (
        ("한글 상태에서도", "In any keyboard mode"),
        (
            "한/영을 바꾸지 않아도 됩니다. 한글 상태에서 ㅗ를 누르면 밑줄이 그어집니다.",
            "찾을 때는 초성도 됩니다: ㄷㅅㅋ로 딥시크를 찾습니다.",
        ),
        (
            "Commands work with the keyboard in Hangul mode too: ㅗ underlines as h does.",
            "Searching takes initial consonants: ㄷㅅㅋ finds 딥시크.",
        ),
    ),
    (
        ("내 글 들이기", "Your own pages"),
        (
            "a를 눌러 파일, 폴더, 주소를 들입니다. 주소를 붙여 넣어도 됩니다.",
            "x로 내보내고, ?로 모든 키를 봅니다. 이 안내는 명령 찾기(Ctrl+P)에 ‘둘러보기’로 남아 있습니다.",
        ),
        (
            "a takes in files, folders and addresses; pasting an address works too.",
            "x exports, ? shows every key. This tour stays in the palette (Ctrl+P) as ‘Tour’.",
        ),
    ),
)


class Tour(Box):
    """Enter or → goes on, ← back, Esc leaves."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("tour", also=("quit",))

    def __init__(self) -> None:
        super().__init__()
        self.page = 0
        self.text = RowList(id="choices", focusable=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield self.text
            yield KeyLine("tour")

    def on_mount(self) -> None:
        self.show_page()

    def show_page(self) -> None:
        title, korean, english = PAGES[self.page]
        paragraphs = [say(*pair) for pair in zip(korean, english, strict=True)]
        box = self.query_one("#box")
        box.border_title = say(*title)
        box.border_subtitle = f"{self.page + 1}/{len(PAGES)}"

        def lines(width: int) -> list[Line]:
            found: list[Line] = [[]]
            for paragraph in paragraphs:
                found += [*wrapped(paragraph, width), []]
            return found

        self.text.show([Row(f"page:{self.page}", lines, pickable=False)])

    def action_do(self, id: str) -> None:
        match id:
            case "accept" | "row_open" | "tour_next":
                if self.page + 1 == len(PAGES):
                    self.dismiss(None)
                    return
                self.page += 1
                self.show_page()
            case "tour_previous":
                self.page = max(0, self.page - 1)
                self.show_page()
            case "close" | "quit":
                self.dismiss(None)
