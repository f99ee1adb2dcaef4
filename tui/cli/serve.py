"""`serve`: the reader in a browser, on this machine only."""

from __future__ import annotations

import hmac
import secrets
import shlex
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import click

from tui.cli.group import command, folder
from tui.cli.output import out
from tui.language import say

COOKIE = "mitjul"
HOSTS = ("127.0.0.1", "localhost", "[::1]")


PAGE = Path(__file__).parent / "page"
"""Where the page is: our own, that asks no other machine for anything and where keys go to the terminal without a click."""


def verdict(
    token: str,
    port: int,
    *,
    host: str,
    origin: str | None,
    offered: str | None,
    cookie: str | None,
    socket: bool,
) -> Literal["in", "welcome", "no"]:
    """What becomes of a request: in; welcome (it brings the token: it gets the cookie and is sent on); or no.

    The name by which it was asked for has to be this machine's (a page elsewhere cannot rebind a name of its own to it), and a
    socket has to be opened by our own page.
    """
    ours = {f"{name}:{port}" for name in HOSTS}
    if host not in ours:
        return "no"
    if origin is not None and origin.removeprefix("http://") not in ours:
        return "no"
    if socket and origin is None:
        return "no"
    if cookie is not None and hmac.compare_digest(cookie.encode(), token.encode()):
        return "in"
    if not socket and offered is not None and hmac.compare_digest(offered.encode(), token.encode()):
        return "welcome"
    return "no"


@command(
    "serve",
    "브라우저에서 읽습니다. 이 컴퓨터에서만, 출력된 주소로만 열립니다.",
    "The reader in a browser: on this machine only, and only by the address that is printed.",
)
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=8742,
    metavar="N",
    help=say("포트 (8742)", "Port (8742)"),
)
@click.pass_context
def serve_command(ctx: click.Context, port: int) -> None:
    try:
        from textual_serve.server import Server
    except ImportError:
        raise click.ClickException(
            say(
                "브라우저에서 읽으려면 textual-serve가 있어야 합니다. 밑줄의 폴더에서 이렇게 설치하세요: python3 -m uv tool install '.[serve]'",
                "Reading in a browser needs textual-serve. In the folder of mitjul: python3 -m uv tool install '.[serve]'",
            )
        ) from None
    own = [sys.executable, "-m", "tui.cli", "--library", str(folder(ctx).absolute())]
    server = Server(shlex.join(own), host="127.0.0.1", port=port, title="밑줄", templates_path=PAGE)
    token = secrets.token_urlsafe(24)
    guard(server, token, port)
    out(f"http://127.0.0.1:{port}/?token={token}")
    out(say("Ctrl+C로 끝냅니다.", "End with Ctrl+C."))
    sys.stdout.flush()
    server.serve()


def guard(server: Any, token: str, port: int) -> None:
    """Let only those in who have the token, and keep the server's own banner and log off the terminal."""
    web: Any = import_module("textual_serve.server").web  # aiohttp, as the server has it
    make: Any = server._make_app

    @web.middleware  # type: ignore[untyped-decorator, unused-ignore]
    async def door(request: Any, handler: Any) -> Any:
        found = verdict(
            token,
            port,
            host=request.headers.get("Host", ""),
            origin=request.headers.get("Origin"),
            offered=request.query.get("token"),
            cookie=request.cookies.get(COOKIE),
            socket=request.path == "/ws",
        )
        if found == "no":
            raise web.HTTPForbidden(text="mitjul: 403\n")
        if found == "welcome":
            answer = web.HTTPFound("/")
            answer.set_cookie(COOKIE, token, httponly=True, samesite="Strict")
            raise answer
        return await handler(request)

    async def guarded() -> Any:
        application = await make()
        application.middlewares.append(door)
        return application

    async def silent(application: Any) -> None:
        return None

    server._make_app = guarded
    server.on_startup = silent
    server.initialize_logging = lambda: None
