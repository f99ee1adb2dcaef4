"""What `check` says: in one language each, what was found, what was done, and what to do where something is left to do."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from store.conflicts import find
from store.library import Library
from tests.store import pages
from tests.store.conftest import file_of

BYTES: dict[str, Callable[[bytes], bytes]] = {
    "torn": lambda data: data[:2000],
    "empty": lambda data: b"",
    "no text": lambda data: data.replace("메모".encode(), b"\xff\x8b"),
    "zeros": lambda data: bytes(len(data)),
    "another form": lambda data: b"[1]",
    "no article": lambda data: b'{"article": {}}',
}


def in_one_language(korean: str, english: str) -> None:
    """Each whole, but for names, paths and commands."""
    names = re.compile(r"`[^`]*`|/[^\s,:;)]+|[0-9a-f]{12}\S*|mitjul|git\b|글 \d+번|\w+\.\w+")
    assert not re.search(r"[A-Za-z]{2,}", names.sub("", korean)), korean
    assert not re.search(r"[가-힣]", names.sub("", english)), english
    assert re.search(r"[가-힣]", korean)


@pytest.mark.parametrize(
    "kind", ["articles", "annotations", "tags.json", "state.json", "index.sqlite", "raw"]
)
@pytest.mark.parametrize("how", BYTES)
def test_what_is_said(folder: Path, one: str, kind: str, how: str) -> None:
    path = folder / kind if "." in kind else file_of(folder, kind, one)
    if kind == "raw":
        path = next((folder / "raw").rglob("*.txt"))
    path.write_bytes(BYTES[how](path.read_bytes()))
    with Library.open(folder) as library:
        found = library.check()
        noted = list(library.problems)
        for problem in [*found, *noted]:
            in_one_language(problem.korean, problem.english)
        mended = library.check(repair=True)
        for problem in mended:
            in_one_language(problem.korean, problem.english)
            assert "check --repair" not in problem.korean
        library.annotate(one, 12, 20)
        if kind != "raw":
            assert library.check() == []


def test_a_damaged_article_without_its_page(folder: Path, one: str) -> None:
    shutil.rmtree(folder / "raw")
    path = file_of(folder, "articles", one)
    path.write_bytes(b"{")
    with Library.open(folder) as library:
        (problem, *_) = library.check(repair=True)
        in_one_language(problem.korean, problem.english)
        assert not problem.repaired
        assert "옮겨 두었습니다" in problem.korean
    assert not path.exists()


# ── conflict copies ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def copied(folder: Path, one: str, tmp_path: Path) -> Path:
    """The library with the copy of another machine's file: one mark more, and another note on the one that both have."""
    shutil.copytree(folder, tmp_path / "other")
    with Library.open(tmp_path / "other") as there:
        (mark,) = there.annotations()
        there.change(mark.id, note="저기서 고친 메모")
        there.annotate(one, 32, 40, note="저기서")
        there.set_article_note(one, "글 메모")
    path = file_of(folder, "annotations", one)
    copy = path.with_name(f"{one}.sync-conflict-20250214-030405-ABCDEFG.json")
    shutil.copy(file_of(tmp_path / "other", "annotations", one), copy)
    return copy


def test_copies_are_noticed_at_opening_and_each_time(folder: Path, copied: Path) -> None:
    for _ in range(3):
        with Library.open(folder) as library:
            assert library.copies() == [copied]
            assert library.problems == []
    with Library.open(folder, write=False) as reader:
        assert reader.copies() == [copied]


def test_copies_are_noticed_while_it_is_open(folder: Path, one: str) -> None:
    with Library.open(folder) as library:
        library.changed()
        assert library.copies() == []
        marks, tags = file_of(folder, "annotations", one), folder / "tags.json"
        copies = [marks.with_name(f"{one} (1).json"), folder / "tags (충돌하는 사본 2025-02-14).json"]
        shutil.copy(marks, copies[0])
        shutil.copy(tags, copies[1])
        marks.with_name("desktop.ini").touch()
        (folder / "notes.txt").touch()
        library.changed()
        assert library.copies() == sorted(copies)
        copies[0].unlink()
        assert library.copies() == [copies[1]]


def test_they_are_merged_and_what_came_in_is_said(folder: Path, one: str, copied: Path) -> None:
    with Library.open(folder) as library:
        (merged,) = library.merge_copies()
        assert (merged.article, merged.marks, merged.changed, merged.error) == (one, 1, 2, None)
        assert {mark.note for mark in library.annotations()} == {"저기서 고친 메모", "저기서"}
        assert library.article_note(one) == "글 메모"
        assert library.changed() == {one}
        assert library.copies() == find(library._desk.layout) == []
        assert library.merge_copies() == []
        assert library.check() == []
    assert len(list((folder / "set-aside").iterdir())) == 1


def test_one_that_cannot_be_read_stays_and_is_told(folder: Path, one: str, copied: Path) -> None:
    copied.write_bytes(b"{")
    (folder / "tags (1).json").write_text(
        json.dumps({"tags": {"규제": {"colour": "red", "hotkey": "2", "deleted": "", "changed": {}}}})
    )
    with Library.open(folder) as library:
        bad, good = sorted(library.merge_copies(), key=lambda one: one.path.name)
        assert bad.error is not None
        assert good.error is None
        assert library.copies() == [copied]
        assert [(tag.name, tag.hotkey) for tag in library.tags()] == [("비용", "1"), ("규제", "2")]


def test_the_only_copy_of_an_article_takes_its_place(folder: Path, one: str) -> None:
    path = file_of(folder, "articles", one)
    path.rename(path.with_name(f"{one} (1).json"))
    with Library.open(folder) as library:
        assert library.list() == []
        library.merge_copies()
        assert [row.id for row in library.list()] == [one]


def test_check_says_what_to_do_and_what_was_done(folder: Path, copied: Path) -> None:
    with Library.open(folder) as library:
        (problem,) = library.check()
        assert "`mitjul check --repair`로 합치세요" in problem.korean
        assert copied.exists()
        (problem,) = library.check(repair=True)
        assert problem.repaired
        assert "합쳤습니다" in problem.korean
        assert "새 밑줄 1개" in problem.korean
        in_one_language(problem.korean, problem.english)


def test_a_damaged_article_is_made_again_of_its_page(library: Library) -> None:
    page = pages.dump(1)
    id = library.add(page, name="a.txt")[0].id
    assert id is not None
    path = file_of(library.folder, "articles", id)
    path.write_bytes(path.read_bytes().replace("글 1번".encode(), b"\xff\x8b"))
    (added,) = library.add(page, name="a.txt")
    assert (added.status, added.id) == ("updated", id)
    assert library.article(id).title == "글 1번"
    assert library.check() == []
