"""Every test runs with a home of its own: no library, configuration or locale of the person who runs it is touched."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("MITJUL_LIBRARY", str(home / "library"))
    monkeypatch.setenv("MITJUL_CONFIG", str(home / "config.toml"))
    monkeypatch.setenv("MITJUL_LANG", "ko")
    return home
