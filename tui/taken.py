"""What came of pages that were to be taken in, in as many lines as there is room for. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from store.model import Added
from tui.language import say
from tui.rows import wrapped

ERROR = 3
"""Lines that one error takes at most."""


def report(added: Sequence[Added], width: int, room: int, more: str = "", typed: str = "") -> str:
    """Lines of `width` cells, at most `room` of them (but the sum is always whole): the sum, `more`, then what went wrong; what of
    that finds no room is told as a number. `typed`: the path that was asked for, as it was typed."""
    if not added:
        return say("들일 글을 찾지 못했습니다.", "Nothing to take in was found there.")
    lines = [*_lines(_sum(added), width), *(_lines(more, width) if more else [])]
    failed = [one for one in added if one.status == "failed"]
    for n, one in enumerate(failed):
        left = room - len(lines) - (n + 1 < len(failed))
        # What was asked for by its name is called by it; of what was found in a folder the last part will do.
        asked = typed and one.path in (typed, str(Path(typed).expanduser()))
        words = f"{typed if asked else Path(one.path).name or one.path}: {say(one.error or '', one.error_en or one.error or '')}"
        error = _lines(words, width, ERROR)
        if len(error) > left:
            if n or left < 1:
                rest = len(failed) - n
                lines.append(
                    say(f"그 밖에 {rest}개를 들이지 못했습니다.", f"{rest} more could not be taken in.")
                )
                break
            error = _lines(words, width, left)
        lines += error
    return "\n".join(lines)


def _sum(added: Sequence[Added]) -> str:
    count = Counter[str](one.status for one in added)
    words = {
        "added": ("들인 글 {}", "{} taken in"),
        "updated": ("고친 글 {}", "{} updated"),
        "duplicate": ("이미 있는 글 {}", "{} already there"),
        "failed": ("들이지 못한 파일 {}", "{} not taken in"),
    }
    return " · ".join(say(*words[status]).format(count[status]) for status in words if count[status])


def _lines(text: str, width: int, most: int = 0) -> list[str]:
    return ["".join(run for run, _ in line) for line in wrapped(text, width, most)]
