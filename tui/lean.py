"""What the reader does without: OpenSSL, which Python's asyncio and hash functions bring along; modules that Textual and Python load in case
they are wanted, a tenth of the time until the article is on the screen; and the memory that only its start took."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

LATER = (
    "textual.command", "tempfile", "rich.table", "pickle", "difflib", "mimetypes",
    "traceback", "linecache", "tokenize", "locale", "json", "textwrap",
)  # fmt: skip
"""Modules of which those that are loaded first want nothing while nothing goes wrong. Textual's palette alone brings five widgets along."""
FIRST = ("textual.app", "tinydb", "msgspec")
USERS = {"ssl": ("asyncio",), "_hashlib": ("hashlib", "hmac")}
"""Modules of OpenSSL, and those of Python that take it where it is there, and do without where it is not."""


def _wanted(module: str, name: str) -> Any:
    """What a module has under a name, from that module itself."""
    if isinstance(sys.modules.get(module), _Stand):
        del sys.modules[module]
    return getattr(import_module(module), name)


class _Stand(ModuleType):
    """In the place of a module: that is loaded when anything of it is wanted."""

    loading = True
    """Whether those are being loaded that ask for names and do not want them yet."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # that is Python looking at what it has loaded
            raise AttributeError(name)
        if _Stand.loading:
            return _Name(name, (), {"__module__": self.__name__})
        return _wanted(self.__name__, name)


class _Name(type):
    """In the place of a class or a function of a module: that is loaded when it is called, or anything of it is asked for."""

    def __call__(cls, *args: Any, **named: Any) -> Any:
        wanted = _wanted(cls.__module__, cls.__name__)
        return type.__call__(cls, *args, **named) if wanted is cls else wanted(*args, **named)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(_wanted(cls.__module__, cls.__name__), name)


def load() -> None:
    """Load Textual, TinyDB and msgspec without what they have no use for here; to be called first. Whoever wants any of that gets it all the same."""
    stands = {name: _Stand(name) for name in LATER if name not in sys.modules}
    sys.modules.update(stands)
    without_openssl()
    try:
        for name in FIRST:
            import_module(name)
    finally:
        _Stand.loading = False
        for name, stand in stands.items():
            if sys.modules.get(name) is stand:
                del sys.modules[name]


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
