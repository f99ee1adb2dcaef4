"""What the reader does without: OpenSSL, which Python's asyncio and hash functions bring along, and the memory that only its start took."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec

USERS = {"ssl": ("asyncio",), "_hashlib": ("hashlib", "hmac")}
"""Modules of OpenSSL, and those of Python that take it where it is there, and do without where it is not."""


def without_openssl() -> None:
    """Have these loaded without OpenSSL, 4 MB of memory and a hundredth of a second that reading has no use for: nothing in the app's loop
    is encrypted, and Python has hash functions of its own. Who fetches a page has `ssl` loaded then, as ever.

    To be called before any of them has been loaded; otherwise, or where Python has no hash functions of its own, nothing happens.
    """
    own = find_spec("_sha2") or find_spec("_sha256")
    if own is None or any(name in sys.modules for name in (*USERS, *sum(USERS.values(), ()))):
        return
    for name, users in USERS.items():
        sys.modules[name] = None  # type: ignore[assignment]  # which is how Python is told that it is not there
        for user in users:
            import_module(user)
        del sys.modules[name]


def settle() -> None:
    """To be called when all that stays has been loaded. Python looks for garbage from now on, but not in that: keys would wait for it. What
    the start took and reading does not is given back to the system, 2 MB, which the C library else keeps (that of Linux; others do)."""
    gc.freeze()
    gc.enable()
    # There may be no such library, no such function in it, or a Python that cannot call it.
    with suppress(AttributeError, ImportError, OSError, TypeError):
        import ctypes

        ctypes.CDLL(None).malloc_trim(0)


def tidy() -> None:
    """To be called in a pause, once settled: garbage is looked for now, not while a key is answered, which in full takes as long as that. Not
    every time: a little of it is soon made again."""
    _, younger, older = gc.get_count()
    if gc.get_freeze_count() and (younger > 2 or older > 4):
        gc.collect(2 if older > 4 else 1)
