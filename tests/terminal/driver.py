"""The real program in a real terminal: `mitjul` in a tmux of its own, keys sent as a reader would send them.

Every wait is bounded and ends as soon as the screen shows what was waited for; a failure prints the last screen.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar

from tests.terminal.program import PROGRAM, environment

WATCH = (
    'status=$1; pid=$2; shift 2; sh -c \'echo $$ >"$0"; exec "$@"\' "$pid" "$@"; echo $? >"$status.new"; '
    'mv "$status.new" "$status"'
)
"""Runs a command, notes its process id at once and its exit status at the end."""
PATIENCE = 20.0
"""Seconds to wait for a screen before giving up: generous, for a busy machine."""
STEP = 0.04
"""Seconds between two looks at the screen."""

T = TypeVar("T")


class Terminal:
    """A tmux server of one's own with one window of `width` × `height` cells, in which the program runs.

    Args:
        home: an empty folder for everything the program keeps.
        width, height: in cells.
        arguments: for the program.
        extra: more environment for it.
    """

    def __init__(
        self,
        home: Path,
        width: int = 120,
        height: int = 40,
        *,
        arguments: tuple[str, ...] = (),
        extra: dict[str, str] | None = None,
    ) -> None:
        self.home = home
        self.library = home / "library"
        self.width, self.height = width, height
        self.arguments = arguments
        self.socket = f"mitjul-{uuid.uuid4().hex[:12]}"
        # tmux itself does not always learn how its program ended.
        self._status = home / f".{self.socket}.status"
        self._pid = home / f".{self.socket}.pid"
        self.environment = {**environment(home), "TERM": "tmux-256color", **(extra or {})}

    # ── beginning and end ────────────────────────────────────────────────────────────────────────

    def __enter__(self) -> Self:
        command = ["env", "-i", *(f"{name}={value}" for name, value in self.environment.items())]
        self._tmux(
            "-u", "-f", os.devnull, "new-session", "-d", "-s", "reader",
            "-x", str(self.width), "-y", str(self.height), "-c", str(self.home),
            "sh", "-c", WATCH, "sh", str(self._status), str(self._pid), *command, *PROGRAM, *self.arguments,
            ";", "set", "-g", "remain-on-exit", "on",
            ";", "set", "-g", "status", "off",
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        self._tmux("kill-server", check=False)

    def _tmux(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["tmux", "-L", self.socket, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )
        if check and done.returncode:
            raise AssertionError(f"tmux {' '.join(arguments[:3])}: {done.stderr.strip()}")
        return done.stdout

    # ── keys and screen ──────────────────────────────────────────────────────────────────────────

    def press(self, *keys: str) -> None:
        """Keys by tmux's names (`Down`, `Enter`, `C-y`, `F2`, `h`)."""
        self._tmux("send-keys", "-t", "reader", *keys)

    def type(self, text: str) -> None:
        """Characters as an input method commits them: Hangul arrives as Hangul."""
        self._tmux("send-keys", "-t", "reader", "-l", text)

    def screen(self) -> str:
        """What is on the screen, a line each."""
        return self._tmux("capture-pane", "-p", "-t", "reader")

    def wait(self, *texts: str, without: tuple[str, ...] = ()) -> str:
        """The screen as soon as it shows all the texts and none of `without`."""

        def shown(screen: str) -> bool:
            return all(text in screen for text in texts) and not any(text in screen for text in without)

        return self.wait_until(shown, f"{texts}" + (f" without {without}" if without else ""))

    def wait_until(self, shown: Callable[[str], bool], what: str) -> str:
        """The screen as soon as `shown` says yes to it."""
        end = time.monotonic() + PATIENCE
        while True:
            screen = self.screen()
            if shown(screen):
                return screen
            if self.ended:
                raise AssertionError(f"the program ended before: {what}\n{screen}")
            if time.monotonic() > end:
                raise AssertionError(f"not seen in {PATIENCE:g} s: {what}\n{screen}")
            time.sleep(STEP)

    def wait_for(self, fact: Callable[[], T], what: str) -> T:
        """The first true answer of `fact`, which looks at files rather than at the screen."""
        end = time.monotonic() + PATIENCE
        while not (answer := fact()):
            if time.monotonic() > end:
                raise AssertionError(f"not so in {PATIENCE:g} s: {what}\n{self.screen()}")
            time.sleep(STEP)
        return answer

    @property
    def ended(self) -> str:
        """Empty while the program runs; then its exit status (`0`; 137 when it was killed)."""
        return self._status.read_text().strip() if self._status.exists() else ""

    def kill(self) -> None:
        """End the program as a power cut would."""
        os.kill(int(self._pid.read_text()), signal.SIGKILL)

    # ── the same library through the command line ────────────────────────────────────────────────

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another `mitjul`, beside the one that is open."""
        return subprocess.run(
            [*PROGRAM, *arguments],
            env=self.environment,
            cwd=self.home,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    def json(self, *arguments: str) -> Any:
        """What a command prints with `--json`."""
        done = self.command(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def marks(self) -> list[dict[str, Any]]:
        """The marks as they are on the disk at this moment, read without the program."""
        found: list[dict[str, Any]] = []
        for records in self._tables("annotations", "marks"):
            found += [record for record in records.values() if not record.get("deleted")]
        return sorted(found, key=lambda mark: (mark["start"], mark["end"]))

    def article(self, title: str) -> dict[str, Any]:
        """The record of the one article whose title begins like this; its `text` is made whole."""
        (found,) = [
            record
            for records in self._tables("articles", "article")
            for record in records.values()
            if record["title"].startswith(title)
        ]
        return {**found, "text": "\n".join(found["text"])}

    def place(self, article: str) -> int:
        """Where one left off in an article (by its id), as it is on the disk: an offset into its text."""
        path = self.library / "state.json"
        places = json.loads(path.read_text(encoding="utf-8")).get("places", {}) if path.exists() else {}
        return int(places.get(article, {}).get("offset", 0))

    def _tables(self, folder: str, table: str) -> list[dict[str, Any]]:
        return [
            json.loads(path.read_text(encoding="utf-8")).get(table, {})
            for path in sorted((self.library / folder).glob("*/*.json"))
        ]


def has_tmux() -> bool:
    return shutil.which("tmux") is not None
