"""A program on a pseudo-terminal: what it writes and when, its processor time, its memory. Linux only."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path
from types import TracebackType

QUIET = 0.02
"""Seconds without output after which a repaint is taken to be whole."""
_STYLE = re.compile(r"\x1b\[[0-9;:]*m")
_OTHER = re.compile(
    r"\x1b(?:\[[0-9;:?$<=>]*[a-zA-Z@`]|[\]P_^].*?(?:\x07|\x1b\\)|[()].|[=>78DEHMc])", re.DOTALL
)


class Terminal:
    """A program that runs on a pseudo-terminal of its own; killed at the end, if it has not ended."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], *, columns: int = 120, lines: int = 40
    ) -> None:
        self._master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.started = time.perf_counter()
        env = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | dict(environment)
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # as when installed, where nothing is compiled at start
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True, env=env
        )
        os.close(slave)
        self._said = bytearray()
        self._last = self.started

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self._master)

    def quit(self) -> None:
        """Have it end by itself (Ctrl+Q), so that its next start is like any other and not one after a crash."""
        os.write(self._master, b"\x11")
        with suppress(RuntimeError):
            while self._take(10):
                pass
        self.process.wait(10)

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _take(self, wait: float) -> bool:
        """Take what it has written; False when it wrote nothing for so many seconds."""
        if not select.select([self._master], [], [], wait)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            data = b""
        if not data:
            raise RuntimeError(f"it ended:\n{self.text()[-2000:]}")
        self._last = time.perf_counter()
        self._said += data
        return True

    def text(self) -> str:
        """What it has written since the last key, without styles; every jump of the cursor begins a line."""
        said = self._said.decode("utf-8", "replace")
        return _OTHER.sub("\n", _STYLE.sub("", said))

    def send(self, keys: bytes) -> float:
        """Type something; the time."""
        self.settle(0)
        self._said.clear()
        now = time.perf_counter()
        os.write(self._master, keys)
        return now

    def until(self, pattern: str, *, within: float = 60) -> float:
        """Wait until what it has written since the last key has the pattern; the time at which it had."""
        wanted = re.compile(pattern)
        while not wanted.search(self.text()):
            if not self._take(within):
                raise RuntimeError(f"{pattern!r} did not come:\n{self.text()[-2000:]}")
        return self._last

    def settle(self, quiet: float = QUIET) -> float:
        """Wait until it writes nothing for so many seconds; the time of the last of it."""
        while self._take(quiet):
            pass
        return self._last

    # ── what it costs ────────────────────────────────────────────────────────────────────────────

    def cpu(self) -> float:
        """Milliseconds of processor time so far, of all its threads."""
        spent = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            with suppress(FileNotFoundError):
                spent += int((task / "schedstat").read_text().split()[0])
        return spent / 1e6

    def memory(self) -> float:
        """Resident memory in MB (of 10^6)."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def loaded(self, name: str) -> bool:
        """Whether a library of that name is mapped into its memory, or it has started another process."""
        maps = Path(f"/proc/{self.process.pid}/maps").read_text()
        children = "".join(
            path.read_text() for path in Path(f"/proc/{self.process.pid}/task").glob("*/children")
        )
        return name in maps or bool(children.strip())
