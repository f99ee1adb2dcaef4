"""The tag screen: the tree of tags with colours and hot keys, and every passage of a tag across the library, to read, retag and jump to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from store.errors import MitjulError
from store.library import Act, Library
from store.model import Status, Tag
from tui import actions
from tui.beside import beside
from tui.frame import KeyLine
from tui.help import Help
from tui.language import say, told
from tui.leaving import Over
from tui.passageacts import PassageActs
from tui.passages import passage_row
from tui.rows import Row, RowList, Run, spread, wrapped
from tui.session import Session
from tui.tagacts import TagActs
from tui.tags import COLOUR_NAMES, colours, tag_run
from tui.tagtree import Item, Read, Side, Tagged, Tree, read, tree

DOUBTS = {Status.LOST: ("잃음", "lost"), Status.UNCERTAIN: ("불확실", "uncertain")}
"""What a passage is called whose place is not sure."""
Place = tuple[str, int, int | None]
T = TypeVar("T")


class TagScreen(Over[Place | None], inherit_bindings=False):
    """Dismissed with the place to go to, or None."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings(
        also=("undo", "redo", "close", "quit", "help", "panel_next", "panel_previous")
    )
    CSS_PATH = "search.tcss"

    def __init__(
        self,
        session: Session,
        *,
        start: str | None = None,
        keymap: actions.Keymap | None = None,
        left: Callable[[MitjulError | None], object] = lambda error: None,
    ) -> None:
        """`left` is called when an act is done, or has failed, after the screen was left."""
        super().__init__()
        self._left = left
        self.session = session
        self.library: Library = session.library
        self.left = Side(say("태그 화면", "Tags"), Tree(id="tree-rows"), right="┬", id="tree")
        self.right = Side("", Tagged(id="tagged-rows"), id="tagged")
        self.keys = KeyLine("tag", keymap=keymap)
        self.known: Read | None = None
        """What has been read of the library; None until the first reading is done."""
        self.items: list[Item] = []
        """What has the tag under the cursor."""
        self.chosen: set[str] = set()
        self.acts = TagActs(self)
        self.passage_acts = PassageActs(self)
        self._start = start
        self._turn = 0
        self._reading = False
        self._asked: list[str] = []
        """Acts that were asked for while it was read what they are about, as by `g` and `j` in one syllable (허), or while one was done."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.left
            yield self.right
        yield self.keys

    def on_mount(self) -> None:
        self.set_focus(self.left.rows)
        self._say(self.left, say("읽고 있습니다…", "Reading …"))
        self.right.rule.name_ = say("구절", "Passages")
        self.reload(self._start or "")

    # ── reading ──────────────────────────────────────────────────────────────────────────────────

    @property
    def settled(self) -> bool:
        """Whether what is shown is what the library has."""
        return not self._reading

    def reload(self, key: str | None = None, *, otherwise: str = "") -> None:
        """Read the tags and what has them anew, beside the screen, and show them, the cursor on the tag `key`; without one it stays
        where it is, or goes to `otherwise` where that tag is gone."""
        self._turn += 1
        self._reading = True
        turn = self._turn

        def then(found: Read) -> None:
            if turn == self._turn:
                self._reading = False
                self.known = found
                gone = self.left.rows.key not in {path for path, _, _ in tree(found.tags)}
                self.show_tree(otherwise if otherwise and gone else key)
                if self._start is not None:
                    self._start = None
                    self.to_passages()
                elif self.in_passages and not self.items:
                    self.to_tree()
                self._catch_up()

        def failed(error: MitjulError) -> None:
            if turn == self._turn:
                self._reading = False
                self._asked.clear()
                self._say(self.left, told(error))

        library = self.library
        beside(self, lambda: read(library), then, failed)

    # ── writing ──────────────────────────────────────────────────────────────────────────────────

    def write(
        self,
        words: str,
        act: Callable[[Callable[[int, int], object]], T],
        done: Callable[[T], object],
        key: str | None = None,
    ) -> None:
        """Do an act, on however many articles, beside the screen, and say how far it is. What is asked for meanwhile is done after it;
        leaving does not wait, and the act goes on.

        Args:
            act: given what is to be told of its progress.
            done: called with what it gave, before everything is read anew, the cursor on the tag `key`.
        """
        self._turn += 1  # what is just being read is of before
        self._reading = True
        self.keys.status = words
        app = self.app

        def progress(count: int, total: int) -> None:
            def show() -> None:
                if self.is_attached and self._reading:
                    self.keys.status = f"{words} {count}/{total}"

            with suppress(RuntimeError):
                app.call_later(show)

        def then(answer: T) -> None:
            self.keys.status = ""
            self.reload(key)
            done(answer)

        def failed(error: MitjulError) -> None:
            self.keys.status = ""
            self._asked.clear()
            self.reload()  # some of it may have been done
            self.tell(told(error), bad=True)

        beside(self, lambda: act(progress), then, failed, left=self._left)

    def later(self, id: str) -> bool:
        """Whether an act has been put off until what it is about has been read. Leaving is never."""
        waits = self._reading and id not in ("close", "quit", "help")
        if waits:
            self._asked.append(id)
        return waits

    def _catch_up(self) -> None:
        """Do what was put off."""
        asked, self._asked = self._asked, []
        for id in asked:
            if not self.is_current:  # a box asks something first
                return
            self.show_passages()
            (self.right if self.in_passages else self.left).rows.action_do(id)

    # ── showing ──────────────────────────────────────────────────────────────────────────────────

    @property
    def tags(self) -> Sequence[Tag]:
        return self.known.tags if self.known else ()

    @property
    def name_(self) -> str | None:
        """The tag under the cursor."""
        key = self.left.rows.key
        return key if key and any(path == key for path, _, _ in tree(self.tags)) else None

    def show_tree(self, key: str | None = None) -> None:
        counts = self.known.counts if self.known else {}
        look = colours(self.tags)
        rows = [
            self._row(path, depth, tag, look.get(path, ""), counts.get(path, 0))
            for path, depth, tag in tree(self.tags)
        ]
        self.left.rule.info = str(len(self.tags) or "")
        if rows:
            self.left.rows.show(rows, key)
        else:
            self._say(
                self.left,
                say(
                    "아직 태그가 없습니다. 글에서 t를 눌러 첫 태그를 다세요.",
                    "No tags yet. Press t in an article to give the first.",
                ),
            )
        self.show_passages()

    @staticmethod
    def _say(side: Side, words: str) -> None:
        """A line where rows would be."""
        side.rows.show([Row("none", lambda width: wrapped(words, width, style="muted"), pickable=False)], "")

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
        self.items = self.known.under(name) if self.known and name else []
        self.chosen &= {item.id for item in self.items}
        look = colours(self.tags)
        rows = [self._passage(item, look) for item in self.items]
        self.right.rule.name_ = f"#{name}" if name else say("구절", "Passages")
        count = len(self.chosen)
        self.right.rule.info = (
            say(f"고름 {count}", f"{count} chosen") if count else str(len(self.items) or "")
        )
        if rows or not name:
            self.right.rows.show(rows)
        else:
            self._say(self.right, say("이 태그를 단 구절이 없습니다.", "No passage has this tag."))

    def _passage(self, item: Item, look: dict[str, str]) -> Row:
        sign: Run = ("✓ ", "accent") if item.id in self.chosen else ("  ", "")
        tags: list[Run] = []
        if item.status in DOUBTS:
            tags.append((f"{say(*DOUBTS[item.status])} ", "error"))
        for tag in item.tags:
            tags += [tag_run(tag, look.get(tag, "")), (" ", "")]
        title = self.known.titles.get(item.article, "") if self.known else ""
        if item.end is None:
            title = say("글 전체", "Whole article")
        return passage_row(item.id, item.words, title=title, more=tags[:-1], sign=sign, most=4)

    def to_passages(self) -> None:
        if self.items:
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
        item = next((item for item in self.items if item.id == event.key), None)
        if item is None:
            return
        lost = item.status is Status.LOST
        self.dismiss((item.article, item.start, None if lost else item.end))
        if lost:
            keys = [actions.shown(key) for key in actions.keys_of("lost_marks", self.keys.keymap)][:1]
            self.tell(
                " ".join(
                    [
                        say(
                            "글이 바뀌어 이 구절이 자리를 잃었습니다. 놓을 곳에서 ‘자리를 잃은 표시’를 여세요:",
                            "The article has changed: this passage has no place. Open “Marks without a place” where it belongs:",
                        ),
                        *(keys or ["Ctrl+P"]),
                    ]
                )
            )

    @on(KeyLine.Pressed)
    def _pressed(self, event: KeyLine.Pressed) -> None:
        (self.right if self.in_passages else self.left).rows.action_do(event.id)

    # ── acts ─────────────────────────────────────────────────────────────────────────────────────

    def action_do(self, id: str) -> None:
        if self.later(id):
            return
        if not self.library.writable and "write" in actions.BY_ID[id].needs:
            self.tell(say("읽기 전용으로 열려 있습니다.", "The library is open for reading only."))
            return
        for group in (self, self.acts, self.passage_acts):
            if (method := getattr(group, f"do_{id}", None)) is not None:
                self.guarded(method)
                return

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

    do_quit = do_close

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

    def _follow(self, name: str | None, act: Act) -> None:
        """After an act that gave the tag under the cursor another name: the cursor goes along."""
        names = {change.key for change in act.changes if change.target == "tag"}
        for change in act.changes:
            if change.target != "tag":
                names |= {*change.before.get("tags", ()), *change.after.get("tags", ())}
        others = [one for one in names if one != name and not one.startswith(f"{name}/")]
        if name in names and others:
            self.reload(otherwise=min(others, key=len))  # those below it have longer ones

    def do_undo(self) -> None:
        name = self.name_

        def done(act: Act | None) -> None:
            if act is None:
                self.tell(say("되돌릴 것이 없습니다.", "Nothing to undo."))
            else:
                self._follow(name, act)
                self.tell(say(f"되돌림: {told(act)}", f"Undone: {told(act)}"))

        words = say("되돌리는 중", "undoing")
        self.write(words, lambda progress: self.library.undo(progress=progress), done)

    def do_redo(self) -> None:
        name = self.name_

        def done(act: Act | None) -> None:
            if act is None:
                self.tell(say("다시 할 것이 없습니다.", "Nothing to redo."))
            else:
                self._follow(name, act)
                self.tell(say(f"다시 함: {told(act)}", f"Done again: {told(act)}"))

        words = say("다시 하는 중", "redoing")
        self.write(words, lambda progress: self.library.redo(progress=progress), done)
