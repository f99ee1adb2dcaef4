"""Paths that mean nothing are told in one line, wherever they are typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store.errors import InvalidError
from store.paths import meant
from tests.cli.conftest import Mitjul
from tests.terminal.program import environment


@pytest.mark.parametrize("typed", ["~nobody-here/x", "a\0b"])
def test_no_path_is_meant(typed: str) -> None:
    with pytest.raises(InvalidError, match="그런 경로는 없습니다"):
        meant(typed)


def test_a_home_is_meant(own_home: Path) -> None:
    assert meant(" ~/글 ") == own_home / "글"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--library", "~nobody-here/x", "list"),
        ("export", "--to", "~nobody-here/x"),
        ("import", "~nobody-here/x"),
        ("backup", "~nobody-here/x"),
        ("template", "check", "~nobody-here/x"),
    ],
)
def test_on_the_command_line(mitjul: Mitjul, arguments: tuple[str, ...]) -> None:
    done = mitjul(*arguments)
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert "그런 경로는 없습니다: ~nobody-here/x" in done.err


@pytest.mark.parametrize("name", ["MITJUL_CONFIG", "MITJUL_LIBRARY"])
def test_in_the_environment(tmp_path: Path, name: str) -> None:
    given = {**environment(tmp_path), name: "~nobody-here/x"}
    del given["MITJUL_LANG"]
    done = subprocess.run(
        [sys.executable, "-m", "tui.cli", "list"], env=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "그런 경로는 없습니다: ~nobody-here/x" in done.stderr
    assert "Traceback" not in done.stderr
