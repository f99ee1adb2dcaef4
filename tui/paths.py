"""A box that asks for a folder or a file: what is typed is completed with what there is."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from unicodedata import normalize

from store.errors import InvalidError
from store.korean.choseong import matches
from store.paths import meant
from tui.chooser import Chooser
from tui.exporting import shown
from tui.language import say, told
from tui.rows import Row, spread, text_row, wrapped

LOOKED_AT = 3000
"""Entries of a folder looked at."""
OFFERED = 200


def completions(typed: str, *, files: bool = False) -> list[Path]:
    """The folders (and files) that what was typed may be the beginning of; hidden ones only when their dot is typed.

    Args:
        typed: a path, `~` for the home folder. The part after the last `/` may also be 초성, or typed in the wrong keyboard mode.
    """
    head, _, last = typed.rpartition("/")
    try:
        folder = Path(f"{head}/" if head or typed.startswith("/") else "").expanduser()
        with os.scandir(folder) as entries:
            found = [
                (entry.is_dir(), entry.name)
                for entry in islice(entries, LOOKED_AT)
                if (files or entry.is_dir()) and entry.name.startswith(".") == last.startswith(".")
            ]
    except (OSError, RuntimeError, ValueError):
        return []
    wanted = normalize("NFC", last).casefold()
    good = [
        (
            not normalize("NFC", name).casefold().startswith(wanted),
            files and is_folder,
            normalize("NFC", name),
            name,
        )
        for is_folder, name in found
        if not wanted or matches(last, normalize("NFC", name))
    ]
    return [folder / name for *_, name in sorted(good)[:OFFERED]]


def is_address(typed: str) -> bool:
    return typed.startswith(("http://", "https://"))


class PathPicker(Chooser):
    """Dismissed with the path as it is written, or None. Tab goes on into the folder at the cursor."""

    def __init__(self, title: str, value: str, *, files: bool = False) -> None:
        """
        Args:
            files: a file is wanted, not a folder.
        """
        super().__init__(
            title,
            placeholder=say("경로. ~는 홈 폴더", "A path. ~ is your home folder"),
            value=value,
            place="path",
        )
        self.files = files

    def rows(self, query: str) -> list[Row]:
        rows = []
        try:
            path = meant(query).absolute() if query else None
            if path is not None and (path.is_file() if self.files else True):
                new = not path.exists()
                word = say("새로 만듦", "to be made") if new else ""
                rows.append(
                    Row(
                        str(path),
                        lambda width: [spread([(shown(path), "strong")], [(word, "muted")], width)],
                        1,
                    )
                )
        except (InvalidError, OSError, ValueError) as error:
            words = told(error) if isinstance(error, InvalidError) else str(error)
            rows.append(text_row("bad", (words, "error"), pickable=False))
        for found in completions(query, files=self.files):
            key = str(found.absolute())
            if all(row.key != key for row in rows):
                slash = "/" if found.is_dir() else ""
                rows.append(text_row(key, (found.name, ""), (slash, "muted")))
        if not rows:
            hint = say("그런 파일이 없습니다.", "No such file.")
            rows.append(text_row("none", (hint, "muted"), pickable=False))
        return rows

    def accept(self, key: str) -> None:
        if self.files and Path(key).is_dir():
            self.keep(key)
        else:
            self.dismiss(key)

    def keep(self, key: str) -> None:
        path = Path(key)
        typed = shown(path)
        if path.is_dir() and not typed.endswith("/"):
            typed += "/"
        if typed.rstrip("/") == self.typed.rstrip("/") and (below := completions(typed, files=self.files)):
            typed = shown(below[0]) + ("/" if below[0].is_dir() else "")
        self.query_.value = typed
        self.query_.cursor_position = len(typed)


class AddPicker(PathPicker):
    """Asks for a file, a folder or an address to take in. Dismissed with it as it was typed, or None. Enter on a folder that is only
    proposed goes into it, so that a whole folder is taken in only where its path has been typed."""

    def __init__(self, value: str = "") -> None:
        super().__init__(say("글 들이기", "Take in pages"), value, files=True)
        self.query_.placeholder = say(
            "파일, 폴더, 주소(https://…)", "A file, a folder or an address (https://…)"
        )

    def rows(self, query: str) -> list[Row]:
        if not query:
            hint = say(
                "들일 파일이나 폴더의 경로, 또는 주소를 치세요. ~는 홈 폴더입니다.",
                "Type the path of a file or folder, or an address. ~ is your home folder.",
            )
            return [Row("none", lambda width: wrapped(hint, width, style="muted"), pickable=False)]
        if is_address(query):
            what = say("주소", "address")
        else:
            try:
                path = Path(query).expanduser()
                what = say("폴더째", "whole folder") if path.is_dir() else say("파일", "file")
                there = path.exists()
            except (OSError, RuntimeError, ValueError):
                there = False
            if not there:
                return super().rows(query)
        typed = Row(query, lambda width: [spread([(query, "strong")], [(what, "muted")], width)], 1)
        below = [row for row in super().rows(query) if row.pickable] if not is_address(query) else []
        return [typed, *(row for row in below if row.key != str(Path(query).expanduser().absolute()))]

    def accept(self, key: str) -> None:
        if key != self.typed and Path(key).is_dir():
            self.keep(key)
        else:
            self.dismiss(key)

    def keep(self, key: str) -> None:
        if not is_address(key):
            super().keep(str(Path(key).expanduser()))
