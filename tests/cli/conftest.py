"""The command line, run in this process on a library of its own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.makers import make_article, make_library
from tui.cli import run


@dataclass
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Mitjul = Callable[..., Result]


@pytest.fixture
def mitjul(capfd: pytest.CaptureFixture[str]) -> Mitjul:
    def call(*arguments: str) -> Result:
        capfd.readouterr()
        code = run(list(arguments))
        sys.stdout.flush()
        captured = capfd.readouterr()
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture
def library(own_home: Path) -> Path:
    """A library with two articles; its folder."""
    folder = Path(os.environ["MITJUL_LIBRARY"])
    second = make_article(
        id="a1ffd3c4d5e6",
        title="두 번째 글 \x1b[31m",
        text="딴 이야기를 하는 문단.",
        blocks=make_article().blocks[:1],
        sentences=(),
        publisher=None,
        published=None,
        url=None,
        added="2025-03-02T00:00:00.000Z",
    )
    make_library(folder, make_article(), second).close()
    return folder
