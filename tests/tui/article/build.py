"""Articles for tests, from a few lines of our own."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App, ComposeResult

from store.korean.sentences import split_sentences
from store.model import Annotation, Article, Block, BlockType, Raw, Removed, Status
from tui import themes
from tui.article import messages
from tui.article.view import ArticleView

RAW = Raw(sha256="0" * 64, encoding="utf-8", media_type="text/plain")
_SIGNS = {
    "# ": (BlockType.HEADING, 1), "## ": (BlockType.HEADING, 2), "- ": (BlockType.LIST_ITEM, 1), "-- ": (BlockType.LIST_ITEM, 2),
    "> ": (BlockType.QUOTATION, 0), "^ ": (BlockType.CAPTION, 0), "* ": (BlockType.FOOTNOTE, 0), "@ ": (BlockType.REFERENCE, 0),
    "| ": (BlockType.TABLE, 0),
}  # fmt: skip

HARBOUR = (
    "# 항구의 새 창고",
    "부산의 한 물류 회사가 바닷가에 창고를 지었다. 짓는 데 열여덟 달이 걸렸고, 비용은 약 320억 원이었다. 사람보다 기계가 많은 곳이다.",
    "회사는 전기 요금이 절반으로 줄었다고 밝혔다. 그러나 노조의 셈은 다르다.",
    "## 서로 다른 숫자",
    "- 회사: 한 해 12억 원",
    "- 노조: 한 해 7억 원",
    "> “숫자는 늘 두 벌이다. 하나는 보고용이고 하나는 살림용이다.”",
    "* *살림용: 실제로 쓰는 장부를 이르는 말.",
    "@ https://example.org/harbour",
)


def article(*lines: str, removed: Sequence[Removed] = (), **fields: object) -> Article:
    """An article whose blocks are `lines`; a sign such as `# ` at a line's start says what kind of block it is."""
    blocks: list[Block] = []
    texts: list[str] = []
    at = 0
    for line in lines:
        kind, level, text = BlockType.PARAGRAPH, 0, line
        for sign, (type_, its_level) in _SIGNS.items():
            if line.startswith(sign):
                kind, level, text = type_, its_level, line.removeprefix(sign)
        blocks.append(Block(type=kind, level=level, start=at, end=at + len(text)))
        texts.append(text)
        at += len(text) + 2
    text = "\n\n".join(texts)
    known: dict[str, object] = {"title": "항구의 새 창고", "publisher": "바다일보", **fields}
    return Article(
        id="a1b2c3d4e5f6",
        added="",
        updated="",
        raw=RAW,
        text=text,
        blocks=tuple(blocks),
        sentences=split_sentences(text, blocks),
        removed=tuple(removed),
        **known,  # type: ignore[arg-type]
    )


def mark(
    name: str, start: int, end: int, *tags: str, note: str = "", status: Status = Status.ANCHORED
) -> Annotation:
    return Annotation(
        id=name,
        article="a1b2c3d4e5f6",
        start=start,
        end=end,
        exact="",
        prefix="",
        suffix="",
        tags=tags,
        note=note,
        status=status,
    )


class Stage(App[None]):
    """Shows one view and remembers what it says."""

    def __init__(
        self, shown: Article | None = None, marks: Sequence[Annotation] = (), *, offset: int = 0
    ) -> None:
        super().__init__()
        self.shown, self.marks, self.offset = shown, marks, offset
        self.said: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.defaults(self.current_theme.dark)

    def compose(self) -> ComposeResult:
        yield ArticleView()

    def on_mount(self) -> None:
        for theme in themes.OURS:
            self.register_theme(theme)
        if self.shown is not None:
            self.view.show(self.shown, self.marks, offset=self.offset)
        self.view.focus()

    @property
    def view(self) -> ArticleView:
        return self.query_one(ArticleView)

    def on_article_view_moved(self, message: messages.Moved) -> None:
        self.said.append(message)

    def on_article_view_selected(self, message: messages.Selected) -> None:
        self.said.append(message)

    def on_article_view_mark_picked(self, message: messages.MarkPicked) -> None:
        self.said.append(message)

    def on_article_view_removed_picked(self, message: messages.RemovedPicked) -> None:
        self.said.append(message)

    def heard(self, kind: type) -> list[object]:
        return [message for message in self.said if isinstance(message, kind)]

    def screen_text(self) -> list[str]:
        """What stands on each line of the window, without the column at the right edge."""
        view = self.view
        return [view.render_line(y).text[:-1].rstrip() for y in range(view.size.height)]
