"""`check` in words: what to do, what was done, and what was kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from store.library import Library
from tests.cli.conftest import Mitjul, Result


def marks_of(library: Path) -> Path:
    """The file of marks of an article that has one."""
    return next((library / "annotations").rglob("*.json"))


@pytest.fixture
def marked(mitjul: Mitjul, library: Path) -> Path:
    id = mitjul("list", "--json").json[0]["id"]
    assert mitjul("annotate", id, "--range", "0:3", "--note", "메모").code == 0
    return library


def checked(mitjul: Mitjul, *arguments: str, code: int) -> Result:
    """What `check` answers, which ends with this code."""
    result = mitjul("check", *arguments)
    assert result.code == code
    return result


def test_a_conflict_copy(mitjul: Mitjul, marked: Path) -> None:
    file = marks_of(marked)
    shutil.copy(file, file.with_name(f"{file.stem}.sync-conflict-20250214-030405-ABCDEFG.json"))
    found = checked(mitjul, code=1)
    assert "`mitjul check --repair`로 합치세요" in found.out
    merged = checked(mitjul, "--repair", code=0)
    assert "합쳤습니다" in merged.out
    assert "고침" not in merged.out
    assert "1개를 그대로 두었습니다" in merged.err
    again = checked(mitjul, code=0)
    assert again.out == ""
    assert "1개를 그대로 두었습니다" in again.err
    assert mitjul("check", "--json").json == []


def test_a_damaged_file(mitjul: Mitjul, marked: Path) -> None:
    file = marks_of(marked)
    file.write_bytes(file.read_bytes()[:200])
    found = checked(mitjul, code=1)
    assert "`mitjul check --repair`" in found.out
    mended = checked(mitjul, "--repair", code=0)
    assert "되살렸습니다" in mended.out
    assert "check --repair" not in mended.out


def test_one_who_cannot_write_hears_how_to_take_pages_in_all_the_same(
    mitjul: Mitjul, library: Path, tmp_path: Path
) -> None:
    page = tmp_path / "글.txt"
    page.write_text("제목\n\n새 다리를 놓는 데 모두 120억 원이 들었다고 시청이 밝혔다.\n")
    with Library.open(library):
        refused = mitjul("add", str(page))
    assert refused.code == 1
    assert "그 창에서도 a를 눌러 들일 수 있습니다" in refused.err
    assert refused.err.count("\n") == 1
