"""The lines around things: a panel's top edge with its name, and the footer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.notifications import Notification
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from store.errors import UnwritableError
from tui import actions, hints
from tui.article.widths import cells, shorten, visible
from tui.language import say
from tui.rows import wrapped


class Rule(Widget):
    """A thin line with a name at its left and a word at its right; joints (`┬`, `├`) meet the lines beside it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rule--line", "rule--name", "rule--info"}
    DEFAULT_CSS = """
    Rule {
        height: 1;
        width: 1fr;
        & .rule--line { color: $line; }
        & .rule--name { color: $text-muted; }
        & .rule--info { color: $text-muted; }
        &.lit .rule--name { color: $accent; text-style: bold; }
    }
    """

    name_: reactive[str] = reactive("")
    info: reactive[str] = reactive("")

    def __init__(self, name: str = "", *, left: str = "", right: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(Rule.name_, name)
        self.left = left
        self.right = right
        self.info_first = False
        """Whether the name is shortened to leave the word at the right whole, rather than the word."""

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        line = self.get_component_rich_style("rule--line")
        # Where panels are shown one at a time there is no line beside them to meet.
        alone = self.screen.has_class("-tabs")
        left, right = ("─" if end and alone else end for end in (self.left, self.right))
        room = width - cells(left) - cells(right) - 4
        info = visible(self.info)
        kept = cells(info) + 3 if info and self.info_first else 0
        name = shorten(visible(self.name_), max(room - kept, 0))
        info = shorten(info, max(room - cells(name) - 3, 0))
        if info == "…":
            info = ""
        segments = [Segment(left, line)]
        used = cells(left) + cells(right)
        if name:
            segments += [
                Segment("─ ", line),
                Segment(name, self.get_component_rich_style("rule--name")),
                Segment(" ", line),
            ]
            used += cells(name) + 3
        tail = cells(info) + 3 if info else 0
        segments.append(Segment("─" * max(width - used - tail, 0), line))
        if info:
            segments += [
                Segment(" ", line),
                Segment(info, self.get_component_rich_style("rule--info")),
                Segment(" ─", line),
            ]
        segments.append(Segment(right, line))
        return Strip(segments).adjust_cell_length(width, line)


class Late:
    """What is in a widget comes when it is furnished: until then it has its place on the screen, and nothing in it."""

    furnished = False
    _composed = False

    def inside(self) -> ComposeResult:
        """The widgets in it."""
        yield from ()

    def compose(self) -> ComposeResult:
        self._composed = True
        if self.furnished:
            yield from self.inside()

    def furnish(self) -> None:
        """Have everything in its place."""
        if not self.furnished:
            self.furnished = True
            if self._composed:
                assert isinstance(self, Widget)
                self.mount_all(self.inside())


class Panel(Late, Vertical):
    """A rule over a body; the rule lights up while the focus is inside."""

    BLANK = True  # it is covered by these

    DEFAULT_CSS = "Panel { width: 1fr; }"

    def __init__(self, name: str, *, left: str = "", right: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.rule = Rule(name, left=left, right=right)

    def body(self) -> ComposeResult:
        """What stands below the rule."""
        yield from ()

    def inside(self) -> ComposeResult:
        yield self.rule
        yield from self.body()

    def on_descendant_focus(self) -> None:
        self.rule.add_class("lit")

    def on_descendant_blur(self) -> None:
        self.rule.remove_class("lit")


NOTICES = 4
"""Lines that notices take at most."""


class KeyLine(Widget):
    """The footer: the keys of where the focus is, as many as there is room for, the most useful first; in their place, for a while, what
    there is to tell the reader. Notices that float over the panels lose half a syllable wherever a panel's edge lies below one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "keys--key",
        "keys--name",
        "keys--status",
        "keys--notice",
        "keys--error",
    }
    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $surface;
        & .keys--key { color: $accent; text-style: bold; }
        & .keys--name { color: $foreground; }
        & .keys--status { color: $text-muted; }
        & .keys--notice { color: $accent; text-style: bold; }
        & .keys--error { color: $error; text-style: bold; }
        &.telling { background: $panel; }
    }
    """

    place: reactive[str] = reactive("article")
    status: reactive[str] = reactive("")
    """Something to say at the right end, such as work going on."""

    class Pressed(Message):
        """An entry was clicked."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    def __init__(
        self, place: str = "article", *, keymap: actions.Keymap | None = None, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(KeyLine.place, place)
        self.keymap = keymap
        self._spots: list[tuple[int, int, str]] = []
        self._notices: list[Notification] = []
        self._since = time.time()
        self._seen = 0.0
        self._lines: list[tuple[str, str]] = []
        self._timer: Timer | None = None

    # ── what there is to tell ────────────────────────────────────────────────────────────────────

    def tell(self, notices: Iterable[Notification]) -> None:
        """Show these notices until their time is over: the last one, and errors and warnings as well before it; warnings until a key
        is pressed. Of those from before this screen, the errors only: the others were about what one did elsewhere."""
        since = {"information": self._since, "warning": max(self._since, self._seen), "error": 0.0}
        # The same error again and again is one line.
        every = list(
            {
                one.identity if one.severity == "information" else one.message: one
                for one in notices
                if one.raised_at >= since[one.severity]
            }.values()
        )
        self._notices = [one for one in every if one.severity != "information" or one is every[-1]]
        if self._timer is not None:
            self._timer.stop()
        if self._notices:
            left = min(one.time_left for one in self._notices)
            self._timer = self.set_timer(max(left, 0.05), self._over)
        self._lay_notices()
        self.set_class(bool(self._notices), "telling")

    def _over(self) -> None:
        self.tell([one for one in self._notices if not one.has_expired])

    def _lay_notices(self) -> None:
        width = max(self.size.width - 2, 8)
        self._lines = [
            (
                " " if n else "●" if one.severity == "information" else "!",
                "".join(text for text, _ in line),
            )
            for one in self._notices
            for n, line in enumerate(
                line for part in one.message.split("\n") for line in wrapped(part, width, NOTICES)
            )
        ][-max(NOTICES, self.app.size.height // 2) :]
        height = max(len(self._lines), 1)
        if height != self.size.height:
            self.styles.height = height
        self.refresh()

    def pressed(self) -> None:
        """A key has been pressed: warnings have been seen."""
        self._seen = time.time()
        if any(one.severity == "warning" for one in self._notices):
            self.tell(self._notices)

    def on_resize(self) -> None:
        if self._notices:
            self._lay_notices()

    def _notice(self, y: int) -> Strip:
        sign, text = self._lines[y] if y < len(self._lines) else ("", "")
        style = self.get_component_rich_style("keys--error" if sign == "!" else "keys--notice")
        base = self.rich_style
        segments = [Segment(f"{sign} ", style), Segment(visible(text), base)]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    # ── the keys ─────────────────────────────────────────────────────────────────────────────────

    @property
    def locked(self) -> bool:
        """Whether the library may only be read: then nothing that writes is offered."""
        library = getattr(self.app, "library", None)
        return library is not None and not library.writable

    @property
    def unwritable(self) -> bool:
        """Whether that is so because the disk takes nothing."""
        library = getattr(self.app, "library", None)
        return library is not None and isinstance(library.refused, UnwritableError)

    @property
    def missing(self) -> bool:
        """Whether the library's folder is not there."""
        library = getattr(self.app, "library", None)
        return library is not None and library.gone

    def entries(self, room: int) -> list[tuple[str, str, str]]:
        """`(keys, name, id)` of what fits into so many cells; the last hint always stays."""
        *others, last = self.hints()
        room -= cells(last[0]) + cells(last[1]) + 1
        kept = []
        for keys, name, id in others:
            room -= cells(keys) + cells(name) + 3
            if room < 0:
                break
            kept.append((keys, name, id))
        return [*kept, last]

    def hints(self) -> Sequence[tuple[str, str, str]]:
        found = [
            (keys, hint.name, hint.ids[0])
            for hint in hints.HINTS[self.place]
            if not (self.locked and "write" in actions.BY_ID[hint.ids[0]].needs)
            and (keys := hints.hint_keys(hint, self.keymap, typing=self.place in hints.TYPING))
        ]
        return found or [("", "", "")]

    def _status(self, width: int) -> str:
        """What stands at the right end."""
        parts = [self.status] if self.status else []
        if self.missing:
            return say("서가 폴더 없음", "the library's folder is gone")
        if self.locked:
            parts.append(say("읽기 전용", "read only"))
            if width >= 100 and not self.unwritable:
                parts.append(say("다른 창을 닫으면 쓸 수 있습니다", "close the other window to write"))
        if not parts and width >= 100 and self.place not in hints.TYPING:  # there, the mode matters
            parts.append(say("한/영 무관", "any keyboard mode"))
        return " · ".join(parts)

    def render_line(self, y: int) -> Strip:
        if self._notices:
            return self._notice(y)
        width = self.size.width
        base = self.rich_style
        key, name, muted = (
            self.get_component_rich_style(f"keys--{part}") for part in ("key", "name", "status")
        )
        status = self._status(width)
        tail = cells(status) + 2 if status else 0
        segments: list[Segment] = []
        self._spots = []
        used = 0
        if title := hints.TITLES.get(self.place):
            text = say(*title)
            segments += [Segment(f" {text} ", key + Style(reverse=True))]
            used = cells(text) + 2
        for keys, text, id in self.entries(width - tail - used):
            if segments:
                segments.append(Segment("  ", base))
                used += 2
            size = cells(keys) + 1 + cells(text)
            self._spots.append((used, used + size, id))
            segments += [Segment(keys, key), Segment(" ", base), Segment(text, name)]
            used += size
        if status:
            segments += [
                Segment(" " * max(width - used - cells(status), 1), base),
                Segment(visible(status), muted),
            ]
        return Strip(segments).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        if self._notices:
            self.tell([])
            return
        x = event.get_content_offset_capture(self).x
        for start, end, id in self._spots:
            if start <= x < end:
                self.post_message(self.Pressed(id))


class Tabs(Widget):
    """The names of the panels in a line, where only one of them is to be seen at a time."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tabs--now", "tabs--other"}
    DEFAULT_CSS = """
    Tabs {
        height: 1;
        padding: 0 1;
        background: $surface;
        & .tabs--now { color: $accent; text-style: bold underline; }
        & .tabs--other { color: $text-muted; }
    }
    """

    now: reactive[str] = reactive("article")

    class Picked(Message):
        """A name was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, names: Sequence[tuple[str, tuple[str, str]]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.names = names
        self._spots: list[tuple[int, int, str]] = []

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        segments: list[Segment] = []
        self._spots = []
        used = 0
        for name, words in self.names:
            text = say(*words)
            style = self.get_component_rich_style("tabs--now" if name == self.now else "tabs--other")
            self._spots.append((used, used + cells(text) + 2, name))
            segments += [Segment(text, style), Segment("  ", base)]
            used += cells(text) + 2
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        x = event.get_content_offset_capture(self).x
        for start, end, name in self._spots:
            if start <= x < end:
                self.post_message(self.Picked(name))
