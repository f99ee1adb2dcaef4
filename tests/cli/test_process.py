"""The program as a process: its start is quick, and a pipe that ends is no error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

HEAVY = {
    "textual",
    "rich",
    "kiwipiepy",
    "jinja2",
    "lxml",
    "trafilatura",
    "pypdf",
    "httpx",
    "feedparser",
    "yaml",
}


def imported(*arguments: str) -> set[str]:
    """The modules that a command line has imported when it is done."""
    code = (
        "import sys\nfrom tui.cli import run\n"
        f"run({list(arguments)!r})\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["list"], ["list", "--json"], ["annotations"], ["tags"], ["search", "값"]]
)
def test_nothing_heavy_is_imported(library: Path, arguments: list[str]) -> None:
    assert not imported(*arguments) & HEAVY


def test_help_imports_no_library(library: Path) -> None:
    assert not imported("--help") & {"tinydb", "sqlite3", "msgspec"}


@pytest.mark.parametrize("arguments", [[], ["--library", "elsewhere"]])
def test_without_a_terminal_there_is_no_reader(library: Path, tmp_path: Path, arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui.cli", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "터미널" in done.stderr
    assert "\x1b" not in done.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_a_broken_pipe_is_fine(library: Path) -> None:
    line = f"{sys.executable} -m tui.cli keys | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] in {"0", "141"}


def test_the_language_of_the_settings(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = Path(os.environ["MITJUL_CONFIG"])
    config.write_text('language = "en"\n\n[keys]\nunderline = ["u"]\n')
    environment = {name: value for name, value in os.environ.items() if name != "MITJUL_LANG"} | {
        "LANG": "ko_KR.UTF-8"
    }

    def out(*arguments: str) -> str:
        command = [sys.executable, "-m", "tui.cli", *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment).stdout

    assert out("--help").startswith("Usage: ")
    config.unlink()
    assert out("--help").startswith("쓰는 법: ")
