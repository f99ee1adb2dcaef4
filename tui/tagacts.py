"""Acts on one tag: rename, merge, colour, hot key, delete. Method names are ids of the action registry, with `do_` before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.model import COLOURS
from store.tags import tidy
from tui.asking import Ask, Choice
from tui.language import say
from tui.tags import COLOUR_NAMES
from tui.tagtree import counted

if TYPE_CHECKING:
    from tui.tagscreen import TagScreen


class TagActs:
    def __init__(self, screen: TagScreen) -> None:
        self.screen = screen

    def do_tag_rename(self) -> None:
        name = self.screen.name_
        if name is None:
            return

        def go(new: str | None) -> None:
            if not new or tidy(new) == name:
                return
            merged = any(tag.name == tidy(new) for tag in self.screen.tags)
            korean, english = counted(self.screen.items)
            did = say("합쳤습니다" if merged else "이름을 바꿨습니다", "Merged" if merged else "Renamed")
            where = say(korean, english)
            self.screen.write(
                say("태그 이름 바꾸는 중", "renaming the tag"),
                lambda progress: self.screen.library.rename_tag(name, new, progress=progress),
                lambda _: self.screen.tell(f"{did}: #{tidy(new)}" + (f" · {where}" if where else "")),
                tidy(new),
            )

        box = Ask(
            say(f"#{name} 이름 바꾸기", f"Rename #{name}"),
            say(
                "새 이름. 있는 태그의 이름이면 둘을 합칩니다", "New name; that of another tag merges the two"
            ),
            name,
        )
        self.screen.app.push_screen(box, lambda new: self.screen.guarded(lambda: go(new)))

    def do_tag_colour(self) -> None:
        name = self.screen.name_
        if name is None:
            return
        now = next((tag.colour for tag in self.screen.tags if tag.name == name), "")

        def go(colour: str | None) -> None:
            if colour is not None:
                self.screen.library.set_tag(name, colour=colour)
                self.screen.reload(name)

        rows = [(colour, say(*COLOUR_NAMES[colour]), colour == now) for colour in COLOURS]
        box = Choice(
            say(f"#{name}의 색", f"Colour of #{name}"), [("", rows)], styles={c: f"tag-{c}" for c in COLOURS}
        )
        self.screen.app.push_screen(box, lambda colour: self.screen.guarded(lambda: go(colour)))

    def do_tag_key(self) -> None:
        name = self.screen.name_
        if name is None:
            return
        owners = {tag.hotkey: tag.name for tag in self.screen.tags if tag.hotkey}
        now = next((tag.hotkey for tag in self.screen.tags if tag.name == name), "")

        def go(key: str | None) -> None:
            if key is not None:
                self.screen.library.set_tag(name, hotkey=key.removeprefix("key:"))
                self.screen.reload(name)

        rows = [
            (f"key:{n}", f"{n}" + (f"  #{owners[str(n)]}" if str(n) in owners else ""), str(n) == now)
            for n in range(1, 10)
        ]
        rows.append(("key:", say("없음", "none"), not now))
        box = Choice(say(f"#{name}의 바로 키", f"Hot key of #{name}"), [("", rows)])
        self.screen.app.push_screen(box, lambda key: self.screen.guarded(lambda: go(key)))

    def do_tag_delete(self) -> None:
        name = self.screen.name_
        if name is None:
            return

        def go(answer: str | None) -> None:
            if answer != "delete":
                return
            off = say(f" ({korean}에서 뗌)", f" (off {english})") if items else ""
            line = say(f"태그를 지웠습니다{off}. z로 되돌립니다.", f"Tag deleted{off}. z brings it back.")
            self.screen.write(
                say("태그 지우는 중", "deleting the tag"),
                lambda progress: self.screen.library.delete_tag(name, progress=progress),
                lambda _: self.screen.tell(line),
            )

        items = self.screen.items
        korean, english = counted(items)
        if not items:
            go("delete")
            return
        rows = [
            ("keep", say("그만둡니다", "Leave it"), False),
            (
                "delete",
                say(f"{korean}에서 뗍니다", f"Take it off {english}"),
                False,
            ),
        ]
        box = Choice(say(f"#{name} 지우기", f"Delete #{name}"), [("", rows)])
        self.screen.app.push_screen(box, lambda answer: self.screen.guarded(lambda: go(answer)))
