"""Every test runs with a home of its own: no library, configuration or locale of the person who runs it is touched."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory. A library is many small files, each synced: there the suite does not wait for a disk."""
ENOUGH = 2_000_000_000
"""Bytes free, below which the ordinary place for temporary files is taken."""

with suppress(OSError):
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
        tempfile.tempdir = os.environ["PYTEST_DEBUG_TEMPROOT"]


WITH_KIWI = {f"tests/korean/test_{name}.py" for name in ("analyse", "figures", "measured", "measures")}
"""Files whose tests have Kiwi in their own process, where it takes seconds to load and half a gigabyte."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file's tests go to one process, for what they share. Those with Kiwi count as one file; those of the app, which share nothing
    and are most of the work, go one by one to the process that is free, so that all processes end together."""
    from xdist.scheduler import LoadFileScheduling

    scheduling = LoadFileScheduling(config, log)
    file_of = scheduling._split_scope

    def together(nodeid: str) -> str:
        file: str = file_of(nodeid)
        if file.startswith("tests/tui/"):
            return nodeid
        return "kiwi" if file in WITH_KIWI else file

    scheduling._split_scope = together
    return scheduling


def pytest_collection_finish() -> None:
    """What importing and collecting has made stays to the end: looking through all of it for garbage with every test costs a sixth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("MITJUL_LIBRARY", str(home / "library"))
    monkeypatch.setenv("MITJUL_CONFIG", str(home / "config.toml"))
    monkeypatch.setenv("MITJUL_LANG", "ko")
    return home
