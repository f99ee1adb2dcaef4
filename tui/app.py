"""The app: themes, settings, Hangul mode, and the reading screen."""

from __future__ import annotations

import os
from pathlib import Path

from textual import events
from textual.app import App
from textual.widgets import Input, TextArea

from store.errors import LockedError
from store.library import Library
from tui import config as settings
from tui import language, themes
from tui.config import Config
from tui.hangul import expand
from tui.language import say
from tui.reader import ReaderScreen


class MitjulApp(App[None], inherit_bindings=False):
    """The reader of one library."""

    TITLE = "밑줄"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "app.tcss"
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
        self.library = library
        for theme in themes.OURS:
            self.register_theme(theme)
        self.theme = self.config.theme or (themes.LIGHT if light_terminal() else themes.DARK)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.defaults(self.current_theme.dark)

    def on_mount(self) -> None:
        if self.config.keys:
            self.set_keymap(
                {
                    id: ",".join("comma" if key == "," else key for key in keys)
                    for id, keys in self.config.keys.items()
                }
            )
        self.push_screen(ReaderScreen(self.library, self.config))

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────

    @property
    def typing(self) -> bool:
        """Whether the focus is in a text field, where Hangul is text."""
        return isinstance(self.focused, Input | TextArea)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded and not self.typing:
            strokes = expand(event.key, event.character)
            if strokes is not None:
                for key, character in strokes:
                    await super().on_event(events.Key(key, character))
                return
        await super().on_event(event)

    async def action_quit(self) -> None:
        """Quit, whatever the screen: what is being written is saved first."""
        for screen in self.screen_stack:
            if isinstance(screen, ReaderScreen):
                screen.leave()
        self.exit()

    def action_help_quit(self) -> None:
        self.notify(say("끝내려면 Ctrl+Q나 q를 누르세요.", "Press Ctrl+Q or q to quit."), markup=False)


def light_terminal() -> bool:
    """Whether the terminal says that its ground is light (`COLORFGBG`, as rxvt, Konsole and others set it)."""
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return ground in ("7", "15")


def open_library(folder: Path) -> Library:
    """The library for reading and writing, or, where another process writes to it, for reading only.

    Raises:
        StorageError: the folder cannot be used.
    """
    try:
        return Library.open(folder)
    except LockedError:
        return Library.open(folder, write=False)


def run(folder: Path) -> None:
    """Open the reader on a library.

    Raises:
        StorageError: the folder cannot be used.
    """
    with open_library(folder) as library:
        MitjulApp(library).run()
