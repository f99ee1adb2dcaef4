"""The reader in a real browser: who gets in, and what reading, marking and a note leave in the library."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.terminal.browser import Browser, chromium
from tests.terminal.driver import Terminal
from tests.terminal.program import PROGRAM, environment

pytestmark = [
    pytest.mark.skipif(find_spec("textual_serve") is None, reason="the extra `serve` is not installed"),
    pytest.mark.skipif(chromium() is None, reason="Chromium is not installed: no browser to drive"),
]

PAGE = """가온 연구소의 값싼 모형
가온경제
2025-02-14

가온 연구소는 새 모형을 훈련하는 데 든 돈이 오백만 달러라고 밝혔다. 경쟁사가 쓴 돈의 십분의 일에 그친다는 뜻이다.

그러나 그 값이 어느 모형의 것인지는 확인되지 않았다. 설비를 빌린 값도 빠져 있다.
"""
FIRST = "가온 연구소는 새 모형을 훈련하는 데 든 돈이 오백만 달러라고 밝혔다."


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Terminal]]:
    """A library with one article, served; the address that was printed."""
    (tmp_path / "config.toml").write_text("tour = false\n", encoding="utf-8")
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    library = Terminal(tmp_path)  # for its commands and its look at the files; no tmux is started
    added = library.command("add", "--no-analysis", str(tmp_path / "page.txt"))
    assert added.returncode == 0, added.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*PROGRAM, "serve", "--port", str(port)],
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip(), library
    finally:
        os.killpg(server.pid, signal.SIGINT)
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def status(address: str, **headers: str) -> int:
    """What a request is answered with."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


async def answering(port: int) -> None:
    """Wait until the server listens."""
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise AssertionError("the server does not answer")


async def test_reading_in_a_browser(served: tuple[str, Terminal], tmp_path: Path) -> None:
    address, library = served
    match = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=([\w-]{20,})", address)
    assert match is not None, address
    port = int(match[1])
    await answering(port)

    # Only this machine, and only with the token.
    listening = (
        await asyncio.to_thread(Path("/proc/net/tcp").read_text) if Path("/proc/net/tcp").exists() else ""
    )
    if listening:
        assert f" 0100007F:{port:04X} 00000000:0000 0A " in listening
        assert f" 00000000:{port:04X} " not in listening
    root = f"http://127.0.0.1:{port}/"
    for path in ("", "?token=wrong", "ws", "static/js/textual.js"):
        assert await asyncio.to_thread(status, root + path) == 403, path
    assert await asyncio.to_thread(status, address, Host=f"evil.example:{port}") == 403

    async with Browser(tmp_path) as browser:
        await browser.go(address)
        await browser.until(lambda: "오백만" in browser.painted and "문장" in browser.painted, "the article")
        assert await browser.value("location.search") == "", "the token stays out of the address"
        assert await browser.value("document.cookie") == "", "no script can read the cookie"
        assert {urlsplit(asked).netloc for asked in browser.asked} <= {f"127.0.0.1:{port}", ""}, browser.asked
        await browser.press("h")  # without a click before
        await browser.until(lambda: len(library.marks()) == 1, "an underline on disk")
        await browser.press("n")
        await browser.until(
            lambda: "Esc 마치기" in browser.painted or "마치기" in browser.painted, "the note"
        )
        await browser.type("브라우저에서 쓴 메모")
        await browser.until(lambda: "브라우저에서" in browser.painted, "the note on the screen")
        before = len(browser.painted)
        await browser.press("Escape", 27)
        await browser.until(lambda: library.marks()[0]["note"] != "", "the note on disk")
        await browser.until(
            lambda: all(text in browser.painted[before:] for text in ("저장됨", "밑줄")),
            "the footer of the article",
        )
        picture = tmp_path / "browser.png"
        await browser.picture(picture)
        assert picture.stat().st_size > 20_000

    (mark,) = library.marks()
    assert mark["exact"] == FIRST
    assert mark["note"] == "브라우저에서 쓴 메모"
