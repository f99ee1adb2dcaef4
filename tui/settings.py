"""Settings: theme, text width, line spacing, form of a copy, language. Each is seen at once and kept in `config.toml`."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from store.errors import StorageError
from store.korean.choseong import matches
from tui import config, themes
from tui.chooser import Chooser
from tui.config import Config
from tui.language import korean, say, told
from tui.rows import Row, text_row

STEPS = (56, 66, 76, 86, 96)
"""Text widths offered."""

THEME_NAMES = {themes.LIGHT: ("한지 (밝게)", "Hanji (light)"), themes.DARK: ("먹 (어둡게)", "Meok (dark)")}


class Settings(Chooser):
    """Stays open while one tries things out. `apply` is called with the settings as they are then."""

    def __init__(self, now: Config, theme: str, apply: Callable[[Config], None]) -> None:
        super().__init__(say("설정", "Settings"), placeholder=say("설정 찾기", "Find a setting"))
        self.now = replace(now, theme=theme)
        self.apply = apply

    def rows(self, query: str) -> list[Row]:
        from store.exchange.citation import FORMS  # loaded when it is wanted: reading needs none of it

        now = self.now
        groups: list[tuple[str, list[tuple[str, str, bool]]]] = [
            (
                say("테마", "Theme"),
                [
                    (f"theme:{name}", say(*THEME_NAMES.get(name, (name, name))), name == now.theme)
                    for name in themes.names()
                ],
            ),
            (
                say("글 너비", "Text width"),
                [
                    (f"width:{n}", say(f"{n}칸", f"{n} cells"), n == now.width)
                    for n in sorted({*STEPS, now.width})
                ],
            ),
            (
                say("줄 사이", "Line spacing"),
                [
                    ("spacing:0", say("촘촘히", "close"), now.spacing == 0),
                    ("spacing:1", say("넉넉히", "airy"), now.spacing == 1),
                    ("spacing:2", say("넓게", "wide"), now.spacing == 2),
                ],
            ),
            (
                say("복사하는 형식", "Form of a copy"),
                [(f"copy:{form}", say(*names), form == now.copy) for form, names in FORMS.items()],
            ),
            (
                say("언어 · 다음에 열 때부터 모두 바뀝니다", "Language · everywhere from the next start on"),
                [("language:ko", "한국어", korean()), ("language:en", "English", not korean())],
            ),
        ]
        rows: list[Row] = []
        # What one changes more often than the theme comes first; the themes are many.
        for title, choices in [*groups[1:], groups[0]]:
            found = [
                choice
                for choice in choices
                if not query or matches(query, choice[1]) or matches(query, title)
            ]
            if found:
                if rows:
                    rows.append(text_row(f"gap:{title}", pickable=False))
                rows.append(text_row(f"heading:{title}", (title, "heading"), pickable=False))
            rows += [
                text_row(
                    key, ("● " if on else "○ ", "accent" if on else "muted"), (name, "strong" if on else "")
                )
                for key, name, on in found
            ]
        return rows

    def accept(self, key: str) -> None:
        name, _, value = key.partition(":")
        setting: str | int = int(value) if name in ("width", "spacing") else value
        self.now = replace(self.now, **{name: setting})
        self.apply(self.now)
        try:
            config.save(self.now.path, "", **{name: setting})
        except StorageError as error:
            self.notify(told(error), severity="error", markup=False)
        if name == "language":
            self.notify(
                say(
                    "다음에 열 때부터 모두 한국어로 나옵니다.",
                    "Everything will be in English from the next start on.",
                ),
                markup=False,
            )
        self.refresh_rows(None)
