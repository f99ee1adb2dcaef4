"""Programs in a bare pseudo-terminal, with every byte that they send kept; and what may be among those bytes."""

from __future__ import annotations

import base64
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Self

from store.text import clean
from tests.terminal.program import environment

PATIENCE = 30.0
"""Seconds to wait for something to show before giving up: generous, for a busy machine."""

_SEQUENCE = re.compile(
    "\x1b\\[([0-9;:?<=>!]*)([ $]?[@-~])|\x1b\\]52;[a-z];([A-Za-z0-9+/=]*)\x07|\x1b\\]22;[a-z-]*(?:\x07|\x1b\\\\)|\x1b[=>78]"
)
_PLAIN = re.compile("[^\x00-\x1f\x7f]*")
_FINALS = {
    "m", "H", "h", "l", "$p", "A", "B", "C", "D", "G", "J", "K", "u", "t", "c", "n", "q", "d", "X",
}  # fmt: skip


def printed(sent: bytes, marker: str) -> str:
    """What is left of a program's output for the eye: text, blanks and line ends.

    Raises:
        AssertionError: among the bytes is a sequence that neither Textual nor Rich nor we send, one with the marker in it, a control
            character, or a character that cannot be seen.
    """
    text = sent.decode("utf-8")
    for copied in _SEQUENCE.finditer(text):
        if copied[3] is not None:
            words = base64.b64decode(copied[3]).decode("utf-8")
            assert clean(words) == words, f"copied: {words!r}"
        else:
            assert marker not in copied[0], f"obeyed: {copied[0]!r} … {text[copied.end() :][:60]!r}"
            assert copied[2] is None or copied[2] in _FINALS, f"not ours: {copied[0]!r}"
    rest = _SEQUENCE.sub("", text)
    for found in re.finditer("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", rest):
        around = rest[max(0, found.start() - 40) : found.end() + 40]
        raise AssertionError(f"a control character got through: {around!r}")
    lines = rest.replace("\r", "")
    for line in lines.split("\n"):
        shown = line.replace("\t", "")
        if clean(shown) != shown:
            unseen = sorted({f"U+{ord(c):04X}" for c in shown if clean(c) != c})
            raise AssertionError(f"{unseen} got through: {line[:200]!r}")
    return lines


class Pty:
    """A program in a pseudo-terminal of `width` × `height` cells. Every byte that it sends is in `sent`."""

    def __init__(
        self,
        command: Sequence[str],
        home: Path,
        *,
        width: int = 200,
        height: int = 50,
        cwd: Path | None = None,
    ) -> None:
        self.sent = bytearray()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment(home),
            cwd=cwd or home,
            start_new_session=True,
            close_fds=True,
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while True:
            try:
                piece = os.read(self._master, 65536)
            except OSError:  # the other end is closed
                return
            if not piece:
                return
            self.sent += piece

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._reader.join(timeout=5)
        os.close(self._master)

    def press(self, keys: str) -> int:
        """Send keys as a terminal would. Returns how much had been received before."""
        before = len(self.sent)
        os.write(self._master, keys.encode())
        return before

    def shown(self, since: int) -> str:
        """The text received since then, sequences taken out: as painted, not as it stands."""
        return _SEQUENCE.sub("", bytes(self.sent[since:]).decode("utf-8", "replace"))

    def wait(self, *texts: str, since: int = 0) -> None:
        """Until all the texts have been painted since then."""
        for text in texts:
            self.wait_until(partial(self._has, text, since), text, since)

    def _has(self, text: str, since: int) -> bool:
        return text in self.shown(since)

    def wait_until(self, fact: Callable[[], bool], what: str, since: int = 0) -> None:
        end = time.monotonic() + PATIENCE
        while not fact():
            if self._process.poll() is not None and not fact():
                raise AssertionError(
                    f"ended ({self._process.returncode}) before {what}:\n{self.shown(since)[-3000:]}"
                )
            if time.monotonic() > end:
                raise AssertionError(f"{self.shown(since)[-3000:]}\nnot seen in {PATIENCE:g} s: {what!r}")
            time.sleep(0.04)

    def end(self) -> int:
        """Wait until the program has ended by itself; its exit code."""
        code = self._process.wait(timeout=PATIENCE)
        self._reader.join(timeout=5)
        return code
