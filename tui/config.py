"""`config.toml`: keys, theme, text width, line spacing, language, export. Read at start; a bad entry is named, never
passed over in silence. What the reader changes on the settings screen is written back, comments and order kept."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from store.errors import InvalidError, StorageError
from store.files import read_bytes, write_bytes
from store.paths import meant
from tui import actions
from tui.language import Language, say

WIDTHS = (40, 120)
"""Bounds of the text column's width, in cells."""
SPACINGS = (0, 2)
"""Bounds of the number of blank lines between lines."""
FORMATS = ("md", "template", "html", "csv", "readwise", "codebook", "figures", "jsonld")
PRESETS = ("obsidian", "logseq", "commonmark")
BY = ("article", "tag", "mark", "one")
WHAT = ("article", "chosen", "tag", "query", "all")
COPIES = ("plain", "markdown", "inline", "reference", "obsidian", "text")
"""Forms of a copied passage, as in `store.exchange.citation`, which is loaded only when something is copied."""

_MODIFIERS = {"ctrl", "alt", "shift"}
_NAMED = {
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *("enter", "escape", "space", "tab", "backspace", "delete", "insert"),
    *(f"f{n}" for n in range(1, 25)),
}


class Config(Struct, frozen=True):
    """The reader's settings. `problems` has one line in the reader's language for each bad entry."""

    path: Path
    theme: str = ""
    """Empty: ours, light or dark by the terminal."""
    width: int = 76
    spacing: int = 0
    language: Language | None = None
    export_folder: Path | None = None
    export_format: str = "md"
    """One of `FORMATS`; with `export_preset` (of `PRESETS`), `export_by` (of `BY`) and `export_what` (of `WHAT`, or empty) as last chosen."""
    export_preset: str = "obsidian"
    export_by: str = "article"
    export_what: str = ""
    export_tag: str = ""
    export_extras: bool = True
    export_template: Path | None = None
    copy: str = "plain"
    """One of `COPIES`."""
    tour: bool = True
    """Whether the tour is still to be shown."""
    keys: Mapping[str, tuple[str, ...]] = {}
    problems: tuple[str, ...] = ()


def config_path() -> Path:
    """`MITJUL_CONFIG`, or `config.toml` in the platform's folder for settings."""
    if named := os.environ.get("MITJUL_CONFIG"):
        return meant(named)
    from platformdirs import user_config_path

    return user_config_path("mitjul", appauthor=False) / "config.toml"


def load(path: Path | None = None) -> Config:
    """The settings; what is not there or is bad has its default."""
    path = path or config_path()
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Config(path)
    except (OSError, UnicodeDecodeError) as error:
        return Config(
            path,
            problems=(say(f"설정 파일을 읽지 못했습니다: {error}", f"Cannot read the settings: {error}"),),
        )
    import tomllib  # most have no settings of their own

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Config(
            path,
            problems=(
                say(f"설정 파일의 문법이 틀렸습니다: {error}", f"The settings are not valid TOML: {error}"),
            ),
        )
    return _Reading(path, table).config()


class _Reading:
    """One pass over the parsed table, collecting what is wrong with it."""

    def __init__(self, path: Path, table: dict[str, Any]) -> None:
        self.path = path
        self.table = table
        self.problems: list[str] = []

    def config(self) -> Config:
        table = self.table
        for name in table.keys() - {
            "theme",
            "width",
            "spacing",
            "language",
            "tour",
            "copy",
            "export",
            "keys",
        }:
            self.bad(name, say("모르는 설정입니다", "no such setting"))
        known = {"folder", "format", "preset", "by", "what", "tag", "extras", "template"}
        export = self.section("export", known)
        language = self.one_of("language", table.get("language"), ("ko", "en"))
        return Config(
            self.path,
            theme=self.theme(table.get("theme")),
            width=self.number("width", 76, WIDTHS),
            spacing=self.number("spacing", 0, SPACINGS),
            language=language,  # type: ignore[arg-type]
            export_folder=self.path_of("export.folder", export.get("folder")),
            export_format=self.one_of("export.format", export.get("format"), FORMATS) or "md",
            export_preset=self.one_of("export.preset", export.get("preset"), PRESETS) or "obsidian",
            export_by=self.one_of("export.by", export.get("by"), BY) or "article",
            export_what=self.one_of("export.what", export.get("what"), WHAT) or "",
            export_tag=self.text("export.tag", export.get("tag")),
            export_extras=self.switch("export.extras", True, export.get("extras")),
            export_template=self.path_of("export.template", export.get("template")),
            copy=self.one_of("copy", table.get("copy"), COPIES) or "plain",
            tour=self.switch("tour", True, table.get("tour")),
            keys=self.keys(),
            problems=tuple(self.problems),
        )

    def bad(self, name: str, why: str) -> None:
        self.problems.append(f"{name}: {why}")

    def section(self, name: str, known: set[str]) -> dict[str, Any]:
        value = self.table.get(name, {})
        if not isinstance(value, dict):
            self.bad(name, say(f"[{name}] 표가 아닙니다", f"must be a table, [{name}]"))
            return {}
        for key in value.keys() - known:
            self.bad(f"{name}.{key}", say("모르는 설정입니다", "no such setting"))
        return value

    def text(self, name: str, value: object) -> str:
        if value is None or isinstance(value, str):
            return value or ""
        self.bad(name, say("따옴표 안에 적어야 합니다", "must be text in quotes"))
        return ""

    def theme(self, value: object) -> str:
        from tui.themes import names

        name = self.text("theme", value)
        if name and name not in names():
            self.bad("theme", say(f"‘{name}’이라는 테마가 없습니다", f"there is no theme {name!r}"))
            return ""
        return name

    def number(self, name: str, default: int, bounds: tuple[int, int]) -> int:
        value = self.table.get(name, default)
        low, high = bounds
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.bad(
            name, say(f"{low}에서 {high} 사이의 수여야 합니다", f"must be a number from {low} to {high}")
        )
        return default

    def path_of(self, name: str, value: object) -> Path | None:
        text = self.text(name, value)
        try:
            return meant(text) if text else None
        except InvalidError:
            self.bad(name, say(f"그런 폴더는 없습니다: {text}", f"there is no such folder: {text}"))
            return None

    def switch(self, name: str, default: bool, value: object) -> bool:
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self.bad(name, say("true나 false여야 합니다", "must be true or false"))
        return default

    def one_of(self, name: str, value: object, allowed: tuple[str, ...]) -> str | None:
        if value is None or value in allowed:
            return value
        choices = ", ".join(allowed)
        self.bad(name, say(f"{choices} 가운데 하나여야 합니다", f"must be one of {choices}"))
        return None

    def keys(self) -> dict[str, tuple[str, ...]]:
        keymap: dict[str, tuple[str, ...]] = {}
        for id, value in self.section("keys", set(actions.BY_ID)).items():
            if id not in actions.BY_ID:
                continue
            wanted = [value] if isinstance(value, str) else value
            if not isinstance(wanted, list) or not all(isinstance(key, str) for key in wanted):
                self.bad(
                    f"keys.{id}", say("키 하나나 키의 목록이어야 합니다", "must be a key or a list of keys")
                )
                continue
            good = [named for key in wanted if (named := self.key(id, key))]
            if good:
                keymap[id] = tuple(good)
        self.clashes(keymap)
        return keymap

    def key(self, id: str, key: str) -> str | None:
        """The key as the registry writes it, or None when no terminal sends it (or Hangul mode could not tell it)."""
        *modifiers, last = key.split("+") if len(key) > 1 else [key]
        if set(modifiers) <= _MODIFIERS and (
            last in _NAMED or (len(last) == 1 and last.isascii() and last.isprintable())
        ):
            if not modifiers and last.isupper():
                why = say(
                    "Shift와 글자는 한글 상태에서 가릴 수 없습니다",
                    "Shift with a letter cannot be told in Hangul mode",
                )
                self.bad(f"keys.{id}", f"{key}: {why}")
                return None
            return key if last != " " else "+".join([*modifiers, "space"])
        self.bad(f"keys.{id}", say(f"‘{key}’라는 키는 없습니다", f"there is no key {key!r}"))
        return None

    def clashes(self, keymap: dict[str, tuple[str, ...]]) -> None:
        """Drop entries whose key another act of the same place has already."""
        for id in list(keymap):
            for key in keymap[id]:
                other = next((a for a in actions.ACTIONS if a.id != id and self.meet(id, a.id)
                              and key in actions.keys_of(a.id, keymap)), None)  # fmt: skip
                if other is not None:
                    shown = actions.shown(key)
                    self.bad(f"keys.{id}", say(f"{shown} 키는 ‘{other.korean}’({other.id})에서 씁니다",
                                               f"{shown} is the key of {other.english!r} ({other.id})"))  # fmt: skip
                    keymap.pop(id, None)
                    break

    @staticmethod
    def meet(one: str, other: str) -> bool:
        """Whether two acts can be asked for at the same moment."""
        places = {actions.BY_ID[one].place, actions.BY_ID[other].place}
        return len(places) == 1 or "anywhere" in places


def _toml(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def save(path: Path, table: str = "", **settings: str | int | bool) -> None:
    """Write settings of one table back (the top one, unless it is named), leaving every other line as it is.

    Raises:
        StorageError: the file cannot be written; or it is not valid TOML, so that it is better left alone.
    """
    import tomllib

    path = path.resolve()  # a link to where somebody keeps all settings stays one
    try:
        text = (read_bytes(path) or b"").decode()
        tomllib.loads(text)
    except ValueError as error:
        raise _left_alone(path) from error
    if text and not text.endswith("\n"):
        text += "\n"
    for name, value in settings.items():
        line = f"{name} = {_toml(value)}"
        before, body, after = _split_at_table(text, table)
        pattern = re.compile(rf"^{re.escape(name)}[ \t]*=[^\n]*$", re.MULTILINE)
        if pattern.search(body):
            body = pattern.sub(lambda _match, line=line: line, body, count=1)  # type: ignore[misc]
        else:
            body = f"{body.rstrip()}\n{line}\n".lstrip("\n") + ("\n" if after else "")
        text = before + body + after
    there = tomllib.loads(text)
    there = there.get(table, {}) if table else there
    if any(there.get(name) != value for name, value in settings.items()):
        raise _left_alone(path)
    write_bytes(path, text.encode(), parents=True)


def _left_alone(path: Path) -> StorageError:
    return StorageError(
        f"설정 파일에 틀린 데가 있어 고치지 않았습니다. 바로잡은 뒤 다시 하세요: {path}",
        f"There is a mistake in the settings file; it was left alone. Mend it and try again: {path}",
    )


def _split_at_table(text: str, table: str) -> tuple[str, str, str]:
    """What stands before a table's lines (its header included), those lines, and the rest from the next `[` at the start of a line."""
    start = 0
    if table:
        header = re.search(rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\][^\n]*(\n|\Z)", text, re.MULTILINE)
        if header is None:
            return (f"{text.rstrip()}\n\n" if text.strip() else "") + f"[{table}]\n", "", ""
        start = header.end()
    end = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, start)
    at = end.start() if end else len(text)
    return text[:start], text[start:at], text[at:]
