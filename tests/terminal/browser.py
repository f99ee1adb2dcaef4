"""A headless Chromium, driven by its DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

PATIENCE = 60.0
"""Seconds to wait for something to show before giving up: generous, for a busy machine."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1400,900", "--remote-debugging-port=0",
)  # fmt: skip


def chromium() -> str | None:
    """Where Chromium is on this machine."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


class Browser:
    """One window. Use as an asynchronous context manager."""

    def __init__(self, home: Path) -> None:
        program = chromium()
        assert program is not None
        self._folder = home / "chromium"
        self._process = subprocess.Popen(
            [program, *_FLAGS, f"--user-data-dir={self._folder}", "about:blank"],
            env={"HOME": str(home), "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._numbers = itertools.count(1)
        self.painted = ""
        """What the server has sent to be painted."""
        self.asked: list[str] = []
        """Addresses that were asked for."""

    async def __aenter__(self) -> Self:
        import aiohttp

        self._session = aiohttp.ClientSession()
        try:
            port = await self._port()
            async with self._session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                pages = await answer.json(content_type=None)
            page = next(page for page in pages if page["type"] == "page")
            self._socket = await self._session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)
            for domain in ("Page", "Network", "Runtime"):
                await self.call(f"{domain}.enable")
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    async def _port(self) -> int:
        told = self._folder / "DevToolsActivePort"
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if told.exists() and (lines := told.read_text().splitlines()):
                return int(lines[0])
            assert self._process.poll() is None, "Chromium has ended"
            await asyncio.sleep(0.05)
        raise AssertionError("Chromium does not answer")

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol; its result. What happens meanwhile is taken note of."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            message = await self._socket.receive_json(timeout=PATIENCE)
            if message.get("id") == number:
                assert "error" not in message, message
                return dict(message["result"])
            self._note(message)

    def _note(self, message: dict[str, Any]) -> None:
        if message.get("method") == "Network.webSocketFrameReceived":
            frame = message["params"]["response"]
            data = frame["payloadData"]
            if frame["opcode"] == 2:
                data = base64.b64decode(data).decode("utf-8", "replace")
            self.painted += data
        elif message.get("method") == "Network.requestWillBeSent":
            self.asked.append(message["params"]["request"]["url"])

    async def go(self, address: str) -> None:
        await self.call("Page.navigate", url=address)

    async def value(self, expression: str) -> Any:
        """What an expression of JavaScript gives."""
        return (await self.call("Runtime.evaluate", expression=expression, returnByValue=True))["result"].get(
            "value"
        )

    async def until(self, fact: Callable[[], bool], what: str) -> None:
        """Wait for a fact, of what was painted or of files."""
        end = time.monotonic() + PATIENCE
        while not fact():
            if time.monotonic() > end:
                raise AssertionError(f"not seen in {PATIENCE:g} s: {what}\n{self.painted[-2000:]!r}")
            await self.value("1")  # so that messages are read
            await asyncio.sleep(0.1)

    async def press(self, key: str, code: int = 0, text: str | None = None) -> None:
        """A key as the keyboard sends it. `code`: the virtual key code, for keys that write nothing."""
        text = key if text is None and len(key) == 1 else text
        code = code or ord(key[0].upper())
        common: dict[str, Any] = {"key": key, "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code}
        await self.call(
            "Input.dispatchKeyEvent", type="keyDown", **common, **({"text": text} if text else {})
        )
        await self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    async def type(self, text: str) -> None:
        """Text as an input method commits it."""
        await self.call("Input.insertText", text=text)

    async def picture(self, path: Path) -> None:
        """A screenshot as PNG."""
        shot = await self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))
