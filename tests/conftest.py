"""Every test runs with a home of its own: no library, configuration or locale of the person who runs it is touched."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory. A library is many small files, each synced: there the suite does not wait for a disk."""
ENOUGH = 2_000_000_000
"""Bytes free, below which the ordinary place for temporary files is taken."""

with suppress(OSError):
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
        tempfile.tempdir = os.environ["PYTEST_DEBUG_TEMPROOT"]


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("MITJUL_LIBRARY", str(home / "library"))
    monkeypatch.setenv("MITJUL_CONFIG", str(home / "config.toml"))
    monkeypatch.setenv("MITJUL_LANG", "ko")
    return home
