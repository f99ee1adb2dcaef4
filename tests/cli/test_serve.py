"""`serve`: who gets in; what is said where the extra is not installed."""

from __future__ import annotations

import sys

import pytest

from tests.cli.conftest import Mitjul
from tui.cli.serve import verdict

TOKEN = "s3cret"
OURS = "127.0.0.1:8742"


def ask(
    host: str = OURS,
    origin: str | None = None,
    offered: str | None = None,
    cookie: str | None = None,
    socket: bool = False,
) -> str:
    return verdict(TOKEN, 8742, host=host, origin=origin, offered=offered, cookie=cookie, socket=socket)


def test_who_gets_in() -> None:
    assert ask(offered=TOKEN) == "welcome"
    assert ask(cookie=TOKEN) == "in"
    assert ask(host="localhost:8742", cookie=TOKEN) == "in"
    assert ask(cookie=TOKEN, origin=f"http://{OURS}", socket=True) == "in"


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"offered": "wrong"},
        {"offered": ""},
        {"cookie": "wrong"},
        {"cookie": "가"},
        {"offered": TOKEN, "host": "evil.example:8742"},
        {"cookie": TOKEN, "host": "127.0.0.1:9999"},
        {"cookie": TOKEN, "origin": "http://evil.example"},
        {"cookie": TOKEN, "origin": "null", "socket": True},
        {"cookie": TOKEN, "socket": True},
        {"offered": TOKEN, "socket": True, "origin": f"http://{OURS}"},
    ],
)
def test_who_does_not(request_: dict[str, object]) -> None:
    assert ask(**request_) == "no"  # type: ignore[arg-type]


def test_without_the_extra(mitjul: Mitjul, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    result = mitjul("serve")
    assert result.code == 1
    assert ".[serve]" in result.err
    assert result.err.count("\n") == 1
    assert mitjul("serve", "--port", "80").code == 2
