"""The reader starts without OpenSSL, and what needs it has it all the same; it paints when there is something to paint."""

from __future__ import annotations

import subprocess
import sys

LOADED = "print(sorted({'ssl', '_ssl', '_hashlib'} & sys.modules.keys()))"


def said(*lines: str) -> list[str]:
    """What a Python of its own prints."""
    command = [sys.executable, "-c", "\n".join(("import sys", *lines))]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_the_app_and_what_opens_a_library_are_loaded_without_openssl() -> None:
    begin = ("from tui.lean import without_openssl", "without_openssl()")
    assert said(*begin, "import tui.app", LOADED) == ["[]"]


def test_whoever_fetches_a_page_afterwards_has_it() -> None:
    lines = said(
        "from tui.lean import without_openssl",
        "without_openssl()",
        "import tui.app, hashlib, httpx, ssl",
        "with httpx.Client() as client: print(type(client).__name__)",
        "print(ssl.create_default_context().verify_mode.name, hashlib.sha256(b'').hexdigest()[:8])",
    )
    assert lines == ["Client", "CERT_REQUIRED e3b0c442"]


def test_where_it_is_loaded_already_it_stays() -> None:
    begin = ("import ssl", "from tui.lean import without_openssl", "without_openssl()")
    assert said(*begin, "import asyncio.base_events as base", "print(base.ssl is ssl)") == ["True"]


def test_a_paint_waits_little_for_the_one_before_it() -> None:
    assert said("import tui", "from textual.screen import UPDATE_PERIOD", "print(UPDATE_PERIOD < .005)") == [
        "True"
    ]


def test_what_the_start_took_is_given_back() -> None:
    lines = said(
        "import gc, os",
        "from tui.lean import settle",
        "def taken(): return int(open('/proc/self/statm').read().split()[1]) if os.path.exists('/proc') else 0",
        "gc.disable()",
        "some = [bytes(1000) for _ in range(50_000)]",
        "before, kept = taken(), some[-1]",  # the last one keeps the C library from giving back those before it
        "del some",
        "settle()",
        "print(gc.isenabled(), gc.get_freeze_count() > 0, taken() < before or not before)",
    )
    assert lines == ["True True True"]


def test_a_python_that_cannot_call_the_c_library_settles_too() -> None:
    begin = ("import gc", "sys.modules['ctypes'] = None", "gc.disable()", "from tui.lean import settle")
    assert said(*begin, "settle()", "print(gc.isenabled())") == ["True"]


def test_garbage_is_looked_for_in_pauses() -> None:
    lines = said(
        "import gc",
        "from tui.lean import settle, tidy",
        "gc.set_threshold(100, 1000, 1000)",
        "def made(count): kept = [[] for _ in range(count)]; return gc.get_count()[1] > 2",
        "print(made(1000), tidy(), gc.get_count()[1] > 2)",  # all that is loaded would be looked through
        "settle()",
        "print(made(1000), tidy(), gc.get_count()[1] > 2)",
        "for _ in range(6): gc.collect(1)",
        "print(gc.get_count()[2] > 4, tidy(), gc.get_count()[2])",
        "print(tidy(), gc.get_count()[2], gc.get_stats()[2]['collections'])",
    )
    assert lines == ["True None True", "True None False", "True None 0", "None 0 1"]
