"""The tag screen: the tree of tags with colours and hot keys, and every passage of a tag across the library, to read, retag and jump to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from store.errors import MitjulError
from store.library import Library
from store.model import COLOURS, Annotation, Tag
from store.tags import tidy, without
from tui import actions
from tui.asking import Ask, Choice
from tui.frame import KeyLine
from tui.help import Help
from tui.language import say, told
from tui.leaving import Over
from tui.passages import passage_row
from tui.picker import TagPicker
from tui.rows import Row, RowList, Run, spread, wrapped
from tui.session import Session
from tui.tags import COLOUR_NAMES, colours, tag_run
from tui.tagtree import Side, Tagged, Tree, tree, under

Place = tuple[str, int, int]


class TagScreen(Over[Place | None], inherit_bindings=False):
    """Dismissed with the place to go to, or None."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings(
        also=("undo", "redo", "close", "help", "panel_next", "panel_previous")
    )
    CSS_PATH = "search.tcss"

    def __init__(
        self, session: Session, *, start: str | None = None, keymap: actions.Keymap | None = None
    ) -> None:
        super().__init__()
        self.session = session
        self.library: Library = session.library
        self.left = Side(say("태그 화면", "Tags"), Tree(id="tree-rows"), right="┬", id="tree")
        self.right = Side("", Tagged(id="tagged-rows"), id="tagged")
        self.keys = KeyLine("tag", keymap=keymap)
        self.start = start
        self.tags: list[Tag] = []
        self.marks: list[Annotation] = []
        self.chosen: set[str] = set()

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.left
            yield self.right
        yield self.keys

    def on_mount(self) -> None:
        self.reload(self.start or "")
        if self.start is not None:
            self.to_passages()
        else:
            self.set_focus(self.left.rows)

    # ── showing ──────────────────────────────────────────────────────────────────────────────────

    @property
    def name_(self) -> str | None:
        """The tag under the cursor."""
        key = self.left.rows.key
        return key if key and any(path == key for path, _, _ in tree(self.tags)) else None

    def reload(self, key: str | None = None) -> None:
        """Read the tags anew and show them, the cursor on `key`."""
        self.tags = self.library.tags()
        look = colours(self.tags)
        every = self.library.annotations()
        counts = {path: sum(1 for mark in every if under(mark, path)) for path, _, _ in tree(self.tags)}
        rows = [
            self._row(path, depth, tag, look.get(path, ""), counts[path])
            for path, depth, tag in tree(self.tags)
        ]
        if not rows:
            hint = say(
                "아직 태그가 없습니다. 글에서 t를 눌러 첫 태그를 다세요.",
                "No tags yet. Press t in an article to give the first.",
            )
            rows = [Row("none", lambda width: wrapped(hint, width, style="muted"), pickable=False)]
        self.left.rule.info = str(len(self.tags) or "")
        self.left.rows.show(rows, key)
        self.show_passages()

    @staticmethod
    def _row(path: str, depth: int, tag: Tag | None, colour: str, count: int) -> Row:
        key = tag.hotkey if tag else ""
        name = path.rpartition("/")[2]
        left: list[Run] = [(f"{key or ' '} ", "accent"), ("  " * depth, ""), tag_run(name, colour)]
        word = say(*COLOUR_NAMES[tag.colour]) if tag and tag.colour in COLOUR_NAMES else ""
        return Row(
            path, lambda width: [spread(left, [(f"{word}  ", "muted"), (f"{count:>3}", "")], width)], 1
        )

    def show_passages(self) -> None:
        name = self.name_
        self.marks = [mark for mark in self.library.annotations() if under(mark, name)] if name else []
        self.chosen &= {mark.id for mark in self.marks}
        titles = {summary.id: summary.title for summary in self.library.list()}
        look = colours(self.tags)
        rows = [self._passage(mark, titles.get(mark.article, ""), look) for mark in self.marks]
        if not rows and name:
            hint = say("이 태그를 단 구절이 없습니다.", "No passage has this tag.")
            rows = [Row("none", lambda width: wrapped(hint, width, style="muted"), pickable=False)]
        self.right.rule.name_ = f"#{name}" if name else say("구절", "Passages")
        count = len(self.chosen)
        self.right.rule.info = (
            say(f"고름 {count}", f"{count} chosen") if count else str(len(self.marks) or "")
        )
        self.right.rows.show(rows)

    def _passage(self, mark: Annotation, title: str, look: dict[str, str]) -> Row:
        sign: Run = ("✓ ", "accent") if mark.id in self.chosen else ("  ", "")
        tags: list[Run] = []
        for tag in mark.tags:
            tags += [tag_run(tag, look.get(tag, "")), (" ", "")]
        return passage_row(mark.id, mark.exact, title=title, more=tags[:-1], sign=sign, most=4)

    def to_passages(self) -> None:
        if self.marks:
            self.add_class("passages")
            self.set_focus(self.right.rows)
        else:
            self.set_focus(self.left.rows)

    def to_tree(self) -> None:
        self.remove_class("passages")
        self.set_focus(self.left.rows)

    @property
    def in_passages(self) -> bool:
        return self.focused is self.right.rows

    def on_descendant_focus(self) -> None:
        self.keys.place = "tagged" if self.in_passages else "tag"

    @on(RowList.Highlighted, "#tree-rows")
    def _highlighted(self) -> None:
        self.show_passages()

    @on(RowList.Chosen, "#tree-rows")
    def _tag_chosen(self) -> None:
        self.to_passages()

    @on(RowList.Chosen, "#tagged-rows")
    def _passage_chosen(self, event: RowList.Chosen) -> None:
        mark = next((mark for mark in self.marks if mark.id == event.key), None)
        if mark is not None:
            self.dismiss((mark.article, mark.start, mark.end))

    @on(KeyLine.Pressed)
    def _pressed(self, event: KeyLine.Pressed) -> None:
        if event.id == "row_open":
            (self.right if self.in_passages else self.left).rows.choose()
        else:
            self.action_do(event.id)

    # ── acts ─────────────────────────────────────────────────────────────────────────────────────

    def action_do(self, id: str) -> None:
        if not self.library.writable and "write" in actions.BY_ID[id].needs:
            self.tell(say("읽기 전용으로 열려 있습니다.", "The library is open for reading only."))
        elif (method := getattr(self, f"do_{id}", None)) is not None:
            self.guarded(method)

    def tell(self, line: str, *, bad: bool = False) -> None:
        self.app.notify(
            line, severity="error" if bad else "information", timeout=6 if bad else 2.5, markup=False
        )

    def guarded(self, call: Callable[[], object]) -> None:
        try:
            call()
        except MitjulError as error:
            self.tell(told(error), bad=True)

    def do_close(self) -> None:
        if self.in_passages and self.has_class("-tabs"):
            self.to_tree()
        else:
            self.dismiss(None)

    def do_help(self) -> None:
        place = "tagged" if self.in_passages else "tag"
        self.app.push_screen(
            Help(place, keymap=self.keys.keymap), lambda id: self.action_do(id) if id else None
        )

    def do_panel_next(self) -> None:
        if self.in_passages:
            self.to_tree()
        else:
            self.to_passages()

    do_panel_previous = do_panel_next

    def do_undo(self) -> None:
        act = self.library.undo()
        if act is None:
            self.tell(say("되돌릴 것이 없습니다.", "Nothing to undo."))
            return
        self.reload()
        self.tell(say(f"되돌림: {told(act)}", f"Undone: {told(act)}"))

    def do_redo(self) -> None:
        act = self.library.redo()
        if act is None:
            self.tell(say("다시 할 것이 없습니다.", "Nothing to redo."))
            return
        self.reload()
        self.tell(say(f"다시 함: {told(act)}", f"Done again: {told(act)}"))

    # ── acts on a tag ────────────────────────────────────────────────────────────────────────────

    def do_tag_rename(self) -> None:
        name = self.name_
        if name is None:
            return

        def go(new: str | None) -> None:
            if not new or tidy(new) == name:
                return
            merged = any(tag.name == tidy(new) for tag in self.tags)
            count = self.library.rename_tag(name, new)
            self.reload(tidy(new))
            if merged:
                self.tell(
                    say(
                        f"{tidy(new)}에 합쳤습니다. 표시 {count}개.",
                        f"Merged into {tidy(new)}: {count} marks.",
                    )
                )
            else:
                self.tell(say(f"이름을 바꿨습니다. 표시 {count}개.", f"Renamed: {count} marks."))

        box = Ask(
            say(f"#{name} 이름 바꾸기", f"Rename #{name}"),
            say(
                "새 이름. 있는 태그의 이름이면 둘을 합칩니다", "New name; that of another tag merges the two"
            ),
            name,
        )
        self.app.push_screen(box, lambda new: self.guarded(lambda: go(new)))

    def do_tag_colour(self) -> None:
        name = self.name_
        if name is None:
            return
        now = next((tag.colour for tag in self.tags if tag.name == name), "")

        def go(colour: str | None) -> None:
            if colour is not None:
                self.library.set_tag(name, colour=colour)
                self.reload(name)

        rows = [(colour, say(*COLOUR_NAMES[colour]), colour == now) for colour in COLOURS]
        box = Choice(
            say(f"#{name}의 색", f"Colour of #{name}"), [("", rows)], styles={c: f"tag-{c}" for c in COLOURS}
        )
        self.app.push_screen(box, lambda colour: self.guarded(lambda: go(colour)))

    def do_tag_key(self) -> None:
        name = self.name_
        if name is None:
            return
        owners = {tag.hotkey: tag.name for tag in self.tags if tag.hotkey}
        now = next((tag.hotkey for tag in self.tags if tag.name == name), "")

        def go(key: str | None) -> None:
            if key is not None:
                self.library.set_tag(name, hotkey=key.removeprefix("key:"))
                self.reload(name)

        rows = [
            (f"key:{n}", f"{n}" + (f"  #{owners[str(n)]}" if str(n) in owners else ""), str(n) == now)
            for n in range(1, 10)
        ]
        rows.append(("key:", say("없음", "none"), not now))
        box = Choice(say(f"#{name}의 바로 키", f"Hot key of #{name}"), [("", rows)])
        self.app.push_screen(box, lambda key: self.guarded(lambda: go(key)))

    def do_tag_delete(self) -> None:
        name = self.name_
        if name is None:
            return

        def go(answer: str | None) -> None:
            if answer != "delete":
                return
            count = self.library.delete_tag(name)
            self.reload()
            self.tell(
                say(
                    f"태그를 지웠습니다. 표시 {count}개는 남습니다. z로 되돌립니다.",
                    f"Tag deleted; its {count} marks stay. z brings it back.",
                )
            )

        count = len(self.marks)
        if not count:
            go("delete")
            return
        rows = [
            ("keep", say("그만둡니다", "Leave it"), False),
            (
                "delete",
                say(f"표시 {count}개에서 뗍니다", f"Take it off {count} mark{'s' if count > 1 else ''}"),
                False,
            ),
        ]
        box = Choice(say(f"#{name} 지우기", f"Delete #{name}"), [("", rows)])
        self.app.push_screen(box, lambda answer: self.guarded(lambda: go(answer)))

    # ── acts on passages ─────────────────────────────────────────────────────────────────────────

    def _wanted(self) -> list[Annotation]:
        """The passages chosen, or else the one under the cursor."""
        if self.chosen:
            return [mark for mark in self.marks if mark.id in self.chosen]
        return [mark for mark in self.marks if mark.id == self.right.rows.key]

    def do_passage_choose(self) -> None:
        key = self.right.rows.key
        if key is not None:
            self.chosen ^= {key}
            self.show_passages()
            self.right.rows.move(1)

    def do_passage_choose_all(self) -> None:
        every = {mark.id for mark in self.marks}
        self.chosen = set() if self.chosen == every else every
        self.show_passages()

    def do_passage_retag(self) -> None:
        name, wanted = self.name_, self._wanted()
        if name is None or not wanted:
            return

        def give(new: str) -> Sequence[str]:
            new = tidy(new)
            tags = {
                mark.id: [*(tag for tag in without(mark.tags, name) if tag != new), new] for mark in wanted
            }
            words = f"구절 {count}개 태그 바꾸기", f"retag {count} passages"
            with self.library.together(*words):
                self.session.make_tags([new])
                self.library.retag(tags, *words)
            self.chosen.clear()
            self.reload()
            self.tell(
                say(
                    f"구절 {count}개의 태그를 #{new}(으)로 바꿨습니다. z로 되돌립니다.",
                    f"{count} passages are #{new} now. z takes it back.",
                )
            )
            return [new]

        count = len(wanted)
        self.session.tags = self.library.tags()
        title = say(f"구절 {count}개: #{name} 대신", f"{count} passages: instead of #{name}")
        others = [tag for tag in self.tags if tag.name != name]
        self.app.push_screen(TagPicker(others, current=(), give=give, title=title))

    def do_passage_untag(self) -> None:
        name, wanted = self.name_, self._wanted()
        if name is None or not wanted:
            return
        count = len(wanted)
        self.library.retag(
            {mark.id: without(mark.tags, name) for mark in wanted},
            f"구절 {count}개에서 태그 떼기",
            f"untag {count} passages",
        )
        self.chosen.clear()
        self.reload()
        self.tell(
            say(
                f"구절 {count}개에서 #{name}을(를) 뗐습니다. z로 되돌립니다.",
                f"#{name} is off {count} passages. z takes it back.",
            )
        )
        if not self.marks:
            self.to_tree()
