"""Acts on the passages of a tag: choose, give another tag, take it off. Method names as in `tui.tagacts`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from store.model import Tag
from store.tags import tidy, without
from tui.language import say
from tui.picker import TagPicker
from tui.tags import next_look
from tui.tagtree import Item, counted

if TYPE_CHECKING:
    from tui.tagscreen import TagScreen


class PassageActs:
    def __init__(self, screen: TagScreen) -> None:
        self.screen = screen

    def _wanted(self) -> list[Item]:
        """What was chosen, or else the one under the cursor."""
        if self.screen.chosen:
            return [item for item in self.screen.items if item.id in self.screen.chosen]
        return [item for item in self.screen.items if item.id == self.screen.right.rows.key]

    def do_passage_choose(self) -> None:
        key = self.screen.right.rows.key
        if key is not None:
            self.screen.chosen ^= {key}
            self.screen.show_passages()
            self.screen.right.rows.move(1)

    def do_passage_choose_all(self) -> None:
        every = {item.id for item in self.screen.items}
        self.screen.chosen = set() if self.screen.chosen == every else every
        self.screen.show_passages()

    def do_passage_retag(self) -> None:
        name, wanted = self.screen.name_, self._wanted()
        if name is None or not wanted:
            return

        def give(new: str) -> Sequence[str]:
            new = tidy(new)
            korean, english = counted(wanted)
            made: list[Tag] = []
            if new not in {tag.name for tag in self.screen.tags}:
                colour, key = next_look(self.screen.tags)
                made.append(Tag(name=new, colour=colour, hotkey=key))
            self._give(
                wanted,
                lambda tags: [*(tag for tag in without(tags, name) if tag != new), new],
                (f"{korean} 태그 바꾸기", f"retag {english}"),
                say(
                    f"{korean}: #{name} 대신 #{new}. z로 되돌립니다.",
                    f"{english}: #{new} instead of #{name}. z takes it back.",
                ),
                made,
            )
            return [new]

        korean, english = counted(wanted)
        title = say(f"{korean}: #{name} 대신", f"{english}: instead of #{name}")
        others = [tag for tag in self.screen.tags if tag.name != name]
        self.screen.app.push_screen(TagPicker(others, current=(), give=give, title=title))

    def do_passage_untag(self) -> None:
        name, wanted = self.screen.name_, self._wanted()
        if name is None or not wanted:
            return
        korean, english = counted(wanted)
        self._give(
            wanted,
            lambda tags: without(tags, name),
            (f"{korean}에서 태그 떼기", f"untag {english}"),
            say(
                f"{korean}에서 뗐습니다: #{name}. z로 되돌립니다.",
                f"#{name} is off {english}. z takes it back.",
            ),
        )

    def _give(
        self,
        wanted: Sequence[Item],
        becomes: Callable[[Sequence[str]], Sequence[str]],
        act: tuple[str, str],
        line: str,
        made: Sequence[Tag] = (),
    ) -> None:
        """Give passages and articles other tags, in an act of this name, and say so. `made`: tags that are new."""
        marks = [item.id for item in wanted if item.end is not None]
        articles = [item.article for item in wanted if item.end is None]
        library = self.screen.library

        def done(count: int) -> None:
            self.screen.chosen.clear()
            self.screen.show_passages()
            self.screen.tell(line)

        self.screen.write(
            say("태그 바꾸는 중", "retagging"),
            lambda progress: library.retag(
                marks, becomes, *act, articles=articles, made=made, progress=progress
            ),
            done,
        )
