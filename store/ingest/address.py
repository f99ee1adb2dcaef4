"""Fetching a page from an address, with limits on time, size and redirects."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

import httpx
from msgspec import Struct

from store.errors import IngestError

MAX_BYTES = 16 * 1024 * 1024
MAX_SECONDS = 30.0
MAX_REDIRECTS = 8
_STEP = 10.0
"""Seconds that one connection, or one wait for more, may take."""
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; mitjul)",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.8,text/plain;q=0.8,*/*;q=0.5",
    "Accept-Encoding": "gzip",
    "Accept-Language": "ko,en;q=0.7",
}
_REFUSED = ("image/", "video/", "audio/", "font/")


class Fetched(Struct, frozen=True):
    """What an address gave: its bytes, what the server calls them, and the address that they came from in the end."""

    data: bytes
    media_type: str | None
    url: str


def is_address(text: str) -> bool:
    """Is this an address that can be fetched?"""
    return text.startswith(("http://", "https://"))


def fetch(url: str, *, seconds: float = MAX_SECONDS, most: int = MAX_BYTES) -> Fetched:
    """The page at an address.

    Args:
        url: `http` or `https`.
        seconds: that all of it may take, redirects included.
        most: bytes that it may have, unpacked.

    Raises:
        IngestError: another scheme, no such host, an error of the server, too slow, too large, or redirected without end.
    """
    deadline = time.monotonic() + seconds
    _check(url)
    client = httpx.Client(
        follow_redirects=False, headers=_HEADERS, timeout=httpx.Timeout(min(_STEP, seconds))
    )
    # Each wait has its limit; a server that sends its header a byte at a time is cut off by this one.
    watch = threading.Timer(seconds + 1.0, client.close)
    watch.daemon = True
    watch.start()
    try:
        with client:
            return _follow(client, url, deadline, most)
    except httpx.TimeoutException as error:
        raise _slow() from error
    except (
        httpx.HTTPError,
        httpx.StreamError,
        httpx.InvalidURL,
        ValueError,
        RuntimeError,
        zlib.error,
    ) as error:
        if time.monotonic() > deadline:
            raise _slow() from error
        raise IngestError(
            f"주소를 열지 못했습니다: {_host(url)}. 주소와 인터넷 연결을 살펴보세요.",
            f"The address cannot be opened: {_host(url)}. Check it, and your connection.",
        ) from error
    finally:
        watch.cancel()


def _follow(client: httpx.Client, url: str, deadline: float, most: int) -> Fetched:
    for _ in range(MAX_REDIRECTS + 1):
        with client.stream("GET", url) as response:
            if response.is_redirect:
                url = urljoin(url, response.headers.get("location", ""))
                _check(url)
                _hurry(deadline)
                continue
            if response.status_code >= 400:
                raise _refused(response.status_code)
            kind = (response.headers.get("content-type") or "").strip() or None
            if kind and kind.lower().startswith(_REFUSED):
                name = kind.split(";")[0]
                raise IngestError(
                    f"글이 아닌 주소입니다({name}).", f"There is no text at this address ({name})."
                )
            packed = (response.headers.get("content-encoding") or "").strip().lower() not in {"", "identity"}
            return Fetched(_body(response.iter_raw(), packed, deadline, most), kind, url)
    raise IngestError("주소가 끝없이 다른 주소로 넘어갑니다.", "The address redirects without end.")


def _body(chunks: Iterable[bytes], packed: bool, deadline: float, most: int) -> bytes:
    """What the server sends, unpacked no further than `most`."""
    data = bytearray()
    unpack = zlib.decompressobj(47) if packed else None
    for chunk in chunks:
        data += unpack.decompress(chunk, most + 1 - len(data)) if unpack else chunk
        if len(data) > most:
            size = most // 1048576
            raise IngestError(
                f"너무 큰 쪽입니다. {size}MB까지 읽습니다.",
                f"The page is too large. Up to {size} MB can be read.",
            )
        _hurry(deadline)
    return bytes(data)


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise IngestError(
            f"http나 https 주소만 열 수 있습니다: {url[:80]}",
            f"Only http and https addresses can be opened: {url[:80]}",
        )


def _hurry(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise _slow()


def _slow() -> IngestError:
    return IngestError(
        "주소가 너무 오래 답하지 않습니다. 나중에 다시 해 보세요.",
        "The address takes too long to answer. Try again later.",
    )


def _refused(code: int) -> IngestError:
    return IngestError(
        f"서버가 쪽을 주지 않습니다(HTTP {code}).", f"The server does not give the page (HTTP {code})."
    )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url[:80]
    except ValueError:
        return url[:80]
