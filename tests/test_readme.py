"""README is true: its settings load, its keys are the program's."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from store.library import Library
from tests.places import ROOT
from tui.actions import key_table
from tui.cli import run
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


@pytest.mark.parametrize("sentence", ["읽기 화면이 열려 있는 동안", "While a reader is open"])
def test_the_commands_that_are_said_to_be_refused_are(
    own_home: Path, sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    said = re.search(rf"{sentence}.*?\((.*?)\)", README.read_text("utf-8"))
    assert said
    commands = re.findall("`([a-z]+)`", said[1])
    assert commands == ["add", "annotate"]
    page = own_home / "새글.txt"
    page.write_text("새로 들일 글\n\n문단 하나가 있는 글이다.\n", "utf-8")
    arguments = {"add": [str(page)], "annotate": ["a1b2", "--quote", "값"]}
    with Library.open(Path(os.environ["MITJUL_LIBRARY"])) as library:
        for command in commands:
            assert run([command, *arguments[command]]) == 1
            assert "다른 창" in capfd.readouterr().err
        assert library.list() == []
    assert run(["add", str(page)]) == 0


if __name__ == "__main__":
    README.write_text(with_keys(README.read_text("utf-8")), "utf-8")
    sys.exit()
