"""What README and pyproject promise to somebody who has just Python and pip."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest

from tests.places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
).stdout.split("\n")


def test_readmes_first_two_commands_set_everything_up() -> None:
    commands = [
        line.strip()
        for line in README.splitlines()
        if line.startswith(("    ", "\t", "python3")) and "python3" in line
    ]
    assert commands[0].startswith("python3 -m pip install uv && python3 -m uv run mitjul")
    assert commands[1].startswith("python3 -m pip install uv && python3 -m uv run pytest")


def test_the_customers_shape() -> None:
    if TRACKED == [""]:
        pytest.skip("not a git checkout")
    assert {path.split("/")[0] for path in TRACKED if "/" in path} <= {
        "tui",
        "store",
        "seeds",
        "tests",
        ".ci",
        ".github",
    }
    assert "uv.lock" not in TRACKED


def test_every_dependency_is_justified() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = contributing.split("## Dependencies")[1]
    declared = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["serve"]
    for requirement in declared:
        name = re.split(r"[<>=\[]", requirement)[0]
        assert re.search(rf"^\|[^|]*\b{re.escape(name)}\b", table, re.M), (
            f"{name} is not in CONTRIBUTING's table"
        )


def test_wheel_names_both_packages_and_no_tests() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["tui", "store"]
    assert wheel["force-include"] == {"seeds": "store/seeds"}


def test_the_command_is_there() -> None:
    assert PROJECT["project"]["scripts"] == {"mitjul": "tui.cli:main"}


def test_a_cold_start_imports_nothing_heavy() -> None:
    code = "import sys, tui.cli; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    heavy = {
        "kiwipiepy",
        "trafilatura",
        "lxml",
        "httpx",
        "pypdf",
        "feedparser",
        "numpy",
        "textual",
        "jinja2",
        "readability",
    }
    assert not heavy & set(loaded)
