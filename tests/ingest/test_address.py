"""Addresses, against a server on loopback."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from store.errors import IngestError
from store.ingest import parse
from store.ingest.address import fetch
from tests.ingest.makers import BODY, PARAGRAPHS, TITLE

HTML = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</body></html>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/page":
            self.answer(200, HTML.encode("cp949"), "text/html; charset=euc-kr")
        elif self.path == "/moved":
            self.move("/page")
        elif self.path == "/loop":
            self.move("/loop")
        elif self.path == "/out":
            self.move("file:///etc/passwd")
        elif self.path == "/picture":
            self.answer(200, b"\x89PNG", "image/png")
        elif self.path == "/endless":
            self.endless(b"x" * 65536, 0.0)
        elif self.path == "/drip":
            self.endless(b"x", 0.05)
        elif self.path == "/header":
            self.drip_header()
        elif self.path == "/packed":
            self.packed(gzip.compress(HTML.encode()))
        elif self.path == "/bomb":
            self.packed(gzip.compress(b" " * (40 * 1024 * 1024)))
        elif self.path == "/silent":
            time.sleep(30)
        else:
            self.answer(404, b"", "text/plain")

    def answer(self, code: int, data: bytes, kind: str) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def move(self, place: str) -> None:
        self.send_response(302)
        self.send_header("Location", place)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def endless(self, data: bytes, wait: float) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(2_000):
                self.wfile.write(data)
                time.sleep(wait)
        except OSError:
            return

    def packed(self, data: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def drip_header(self) -> None:
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(1_000):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_and_a_redirect(site: str) -> None:
    for path in ("/page", "/moved"):
        fetched = fetch(site + path)
        assert fetched.url == site + "/page"
        page, raw = parse(fetched.data, name="page", media_type=fetched.media_type, source_url=fetched.url)[0]
        assert (page.title, page.text, page.url, raw.encoding) == (TITLE, BODY, site + "/page", "cp949")


@pytest.mark.parametrize(
    ("path", "message"),
    [("/loop", "끝없이"), ("/out", "http나 https"), ("/none", "404"), ("/picture", "글이 아닌 주소")],
)
def test_refusals(site: str, path: str, message: str) -> None:
    with pytest.raises(IngestError, match=message):
        fetch(site + path)


def test_what_never_ends_ends(site: str) -> None:
    with pytest.raises(IngestError, match="너무 큰 쪽"):
        fetch(site + "/endless", most=1024 * 1024)
    with pytest.raises(IngestError, match="너무 큰 쪽"):
        fetch(site + "/bomb")
    for path in ("/drip", "/silent", "/header"):
        started = time.monotonic()
        with pytest.raises(IngestError, match="오래"):
            fetch(site + path, seconds=0.6)
        assert time.monotonic() - started < 20  # on a busy machine; the server goes on for longer


def test_a_packed_page(site: str) -> None:
    assert fetch(site + "/packed").data == HTML.encode()


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "javascript:alert(1)",
        "http://",
        "https:///x",
        "gopher://x",
    ],
)
def test_other_schemes(url: str) -> None:
    with pytest.raises(IngestError, match="http나 https"):
        fetch(url)


def test_no_such_server() -> None:
    with pytest.raises(IngestError, match="열지 못했습니다"):
        fetch("http://127.0.0.1:1/")
