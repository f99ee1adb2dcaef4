"""The app: themes, settings, Hangul mode, and the reading screen."""

from __future__ import annotations

import asyncio
import gc
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.app import App, ScreenError
from textual.message_pump import MessagePump
from textual.notifications import SeverityLevel
from textual.screen import Screen

from store.errors import MitjulError
from store.library import Library
from store.text import clean
from tui import config as settings
from tui import language, themes
from tui.actions import keys_of
from tui.background import Answered, Background
from tui.config import Config
from tui.frame import KeyLine
from tui.hangul import expand, key_name
from tui.language import say
from tui.reader import ReaderScreen

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.widgets import TextArea

ASK_AGAIN = 2.0
"""Seconds between tries to write to a library that another window has hold of."""
PATIENCE = 0.5
"""Seconds that a key waits, at most, for what was typed before it."""


class MitjulApp(App[None], inherit_bindings=False):
    """The reader of one library."""

    TITLE = "밑줄"
    alone = False
    """Whether the whole process is this app's."""
    ENABLE_COMMAND_PALETTE = False
    # The reading screen's here as well: for a stylesheet of its own, everything would be parsed once more.
    CSS_PATH = ["app.tcss", "reader.tcss"]  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-tabs"),
        (80, "-fold"),
        (120, "-wide"),
        (160, "-broad"),
    ]

    def __init__(self, library: Library, config: Config | None = None) -> None:
        self.config = config or settings.load()
        language.choose(self.config.language)
        super().__init__()
        # We have neither: notices stand in the footer. Else every screen would have widgets for them.
        self._disable_notifications = self._disable_tooltips = True
        self.library = library
        self._background = Background(library, self)
        self._standing: Screen[object] | None = None
        """The screen that keys are known to reach."""
        for theme in themes.OURS:
            self.register_theme(theme)
        self._wear(self.config.theme or (themes.LIGHT if light_terminal() else themes.DARK))

    def _wear(self, theme: str) -> None:
        """Begin with a theme. Set as later ones are, it would have everything parsed twice and styled twice."""
        if theme not in self.available_themes:
            self.theme = theme  # which says so
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        dark = self.current_theme.dark
        self.remove_class("-dark-mode", "-light-mode", update=False)
        self.add_class("-dark-mode" if dark else "-light-mode", f"-theme-{theme}", update=False)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.defaults(self.current_theme.dark)

    def get_default_screen(self) -> ReaderScreen:
        """The reading screen: an empty one below it would be styled and laid out for nobody."""
        screen = ReaderScreen(self.library, self.config)
        # As its first resizing would, and that has all of it styled once more.
        screen.add_class(
            [name for width, name in self.HORIZONTAL_BREAKPOINTS if self.size.width >= width][-1],
            update=False,
        )
        screen.fit()
        return screen

    def on_mount(self) -> None:
        if self.config.keys:
            self.set_keymap(
                {
                    id: ",".join("comma" if key == "," else key for key in keys)
                    for id, keys in self.config.keys.items()
                }
            )
        self.set_interval(ASK_AGAIN, self.try_to_write)

    def try_to_write(self) -> None:
        """Beside another window that writes: once that one is closed, this one writes. With the library's folder gone: go on with what is
        in its place, once that is a library (what is mounted anew is another folder). It is opened beside the loop."""
        before = self.library

        def opened() -> Library | None:
            gone = before.gone
            if gone and before.is_there():
                return None  # the very folder is back: the next look finds that
            try:
                library = Library.open(before.folder, background=True, make=False, or_read=gone)
            except MitjulError:
                return None
            if self._exit:
                library.close()
            return library

        # A screen on top of the reader's has hold of the library as it is.
        if self._waiting and isinstance(self.screen, ReaderScreen):
            self._background.ask("library", opened, self._take_over)

    @property
    def _waiting(self) -> bool:
        """Whether the library is not what one would have."""
        return not self.library.writable or self.library.gone

    def _take_over(self, library: Library | None) -> None:
        screen = self.screen
        if library is None:
            return
        if not self._waiting or not isinstance(screen, ReaderScreen):
            library.close()
            return
        before, self.library = self.library, library
        try:
            screen.take_over(library)
        except MitjulError as error:
            screen.tell(language.told(error), bad=True)
        before.close()

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        if event.error is None:
            event.done(event.answer)

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────

    @property
    def typing(self) -> bool:
        """Whether the focus is in a text field, where Hangul is text."""
        return _is_a("Input", self.focused) or _is_a("TextArea", self.focused)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._exit:
                return
            if not self.app_focus:
                self.app_focus = True
            await self._caught_up()
            if self._notifications:
                for line in self.screen.query(KeyLine):
                    line.pressed()
            if self.typing:
                await self._typed(event)
                return
            strokes = expand(event.key, event.character)
            keys = [event.key] if strokes is None else [key for key, _ in strokes]
            for n, key in enumerate(keys):
                if n + 1 < len(keys) and self._would_quit(key):
                    continue  # whoever types a syllable (번: q, j and s) is writing, in the wrong place
                if self._exit:  # by the stroke before: the others of its syllable are for nobody
                    return
                await self._caught_up()
                # Done here and now. On the usual way, down to the focus and up again, it would be overtaken by keys that came with it.
                await self._check_bindings(key)
            return
        await super().on_event(event)

    def _would_quit(self, key: str) -> bool:
        """Whether a key is the one that goes back, and there is nothing left to go back to but out."""
        screen = self.screen
        names = [key_name(one) if len(one) == 1 else one for one in keys_of("quit", self.config.keys)]
        return key in names and isinstance(screen, ReaderScreen) and screen.outermost

    async def _typed(self, event: events.Key) -> None:
        """A key in a text field: what is not text waits until the text before it is in, and is done at once then."""
        field, screen = self.focused, self.screen
        # A new line in a note is text as well, whatever Enter does on the screen around it.
        line = event.key == "enter" and _is_a("TextArea", field) and not cast("TextArea", field).read_only
        if field is None or line or field.check_consume_key(event.key, event.character):
            await super().on_event(event)
            return
        await _drained(field)
        if not await self._check_bindings(event.key):
            await super().on_event(event)
        # What the field or the screen now does about it (a search that is sent, a box that closes) comes before the next key.
        await _drained(field)
        if self.screen is screen:
            await _drained(screen)

    async def _caught_up(self) -> None:
        """Wait until the screen on top stands: a key that comes along with the one that opened it is meant for it."""
        while self._standing is not self.screen:
            screen = self.screen
            await _drained(screen)
            self._standing = screen

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """As Textual's; but the words of others that are in a message are neither obeyed nor taken for markup."""
        super().notify(clean(message), title=title, severity=severity, timeout=timeout, markup=markup)

    def _refresh_notifications(self) -> None:
        """Have what there is to tell stand in the footer of the screen on top: no layer above the panels, where Textual has it."""
        with suppress(ScreenError):
            for line in self.screen.query(KeyLine):
                line.tell(self._notifications)

    async def action_quit(self) -> None:
        """Quit, whatever the screen: what is being written is saved first."""
        for screen in self.screen_stack:
            if isinstance(screen, ReaderScreen):
                screen.quit()

    def action_help_quit(self) -> None:
        self.notify(say("끝내려면 Ctrl+Q나 q를 누르세요.", "Press Ctrl+Q or q to quit."), markup=False)


def _is_a(name: str, widget: Widget | None) -> bool:
    """Whether a widget is one of Textual's of that name, none of which is loaded until there is one."""
    return any(base.__name__ == name for base in type(widget).__mro__)


async def _drained(pump: MessagePump) -> None:
    """Wait until a widget has handled what it has been sent so far; not for ever."""
    done = asyncio.Event()
    if pump.call_later(done.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), PATIENCE)


def light_terminal() -> bool:
    """Whether the terminal says that its ground is light (`COLORFGBG`, as rxvt, Konsole and others set it)."""
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return ground in ("7", "15")


def open_library(folder: Path) -> Library:
    """The library for reading and writing, or, where another process writes to it or the folder cannot be written, for reading only.

    Raises:
        StorageError: the folder cannot be used.
    """
    return Library.open(folder, background=True, or_read=True)


def run(folder: Path) -> None:
    """Open the reader on a library.

    Raises:
        StorageError: the folder cannot be used.
    """
    gc.disable()  # until the article is on the screen: all that is made by then is kept
    app = MitjulApp(open_library(folder))
    app.alone = True
    try:
        app.run()
    finally:
        app.library.close()
