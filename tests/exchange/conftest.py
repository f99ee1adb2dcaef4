"""A library with one article, a folder to export into, and how exported files are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from store.exchange.markdown import Written, export_markdown
from store.library import Library
from tests.exchange.makers import make_article, make_library

ID = "a1b2c3d4e5f6"
QUOTE = "설비를 빌린 값은 빠졌다."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with make_library(tmp_path / "library", make_article()) as library:
        yield library


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def export(library: Library, vault: Path, **settings: Any) -> list[Written]:
    return export_markdown(library, [item.id for item in library.list()], vault, **settings)


def only(vault: Path) -> Path:
    (path,) = vault.glob("**/*.md")
    return path


def properties(path: Path) -> dict[str, Any]:
    parts = path.read_text().split("---\n")
    value = yaml.safe_load(parts[1])
    assert isinstance(value, dict)
    return value
