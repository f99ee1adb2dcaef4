"""The faults of `python -m tests.faults`, a few of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import ingest
from tests.faults import damage, edits, fuzz, kills, refusals, writers
from tests.store import pages


def test_kills(tmp_path: Path) -> None:
    assert "nothing lost" in kills.run(tmp_path, 3, 1)


def test_refusals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "CODES", (28,))
    assert "nothing half done" in refusals.run(tmp_path, ("annotate", "update"))


def test_damage(tmp_path: Path) -> None:
    assert "went on" in damage.run(tmp_path, 1, each=1, ways=("truncated", "flipped"))


def test_two_processes(tmp_path: Path) -> None:
    assert "all there" in writers.run(tmp_path, 2)


def test_edited_articles(tmp_path: Path) -> None:
    assert "none silently wrong" in edits.run(tmp_path, 60, 2)


def test_made_up_inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "parse", pages.parse)
    assert "no crash" in fuzz.run(tmp_path, 60, 1)
