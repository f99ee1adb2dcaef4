"""README is true: its settings load, its keys are the program's."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.places import ROOT
from tui.actions import key_table
from tui.config import load

README = ROOT / "README.md"
KEYS = re.compile(r"(<!-- keys -->\n).*?(<!-- /keys -->)", re.S)


def with_keys(text: str) -> str:
    """README with the key table as the registry has it (`python -m tests.test_readme` writes it)."""
    return KEYS.sub(lambda found: f"{found[1]}\n{key_table()}\n{found[2]}", text)


def test_the_keys_are_the_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITJUL_LANG", "ko")
    text = README.read_text("utf-8")
    assert "| `h` |" in text
    assert with_keys(text) == text


def test_the_settings_load(tmp_path: Path) -> None:
    settings = re.search(r"```toml\n(.*?)```", README.read_text("utf-8"), re.S)
    assert settings
    path = tmp_path / "config.toml"
    path.write_text(settings[1], "utf-8")
    config = load(path)
    assert not config.problems
    assert config.width == 76


if __name__ == "__main__":
    README.write_text(with_keys(README.read_text("utf-8")), "utf-8")
    sys.exit()
