from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from store import drafts as drafts_module
from store.drafts import KEPT, Drafts, Target
from store.errors import StorageError
from store.library import Library


def test_a_draft_is_there_until_it_is_dropped(folder: Path) -> None:
    drafts = Drafts(folder)
    assert list(drafts.left()) == []
    one, other = Target("article", "a" * 12), Target("passage", "a" * 12, "", 3, 9)
    drafts.put(one, "쓰다")
    drafts.put(one, "쓰다 만 메모\x1b[31m")
    drafts.put(other, "다른 메모")
    assert dict(Drafts(folder).left()) == {one: "쓰다 만 메모[31m", other: "다른 메모"}
    drafts.drop(one)
    drafts.drop(one)
    assert dict(drafts.left()) == {other: "다른 메모"}


def test_drafts_are_this_machines_own(folder: Path, tmp_path: Path) -> None:
    """A library's folder may be synchronised, and each library has its own."""
    drafts = Drafts(folder)
    drafts.put(Target("article", "a" * 12), "메모")
    assert not folder.is_relative_to(drafts.folder)
    assert not drafts.folder.is_relative_to(folder)
    assert list(Drafts(tmp_path / "other").left()) == []


def test_a_draft_from_before_the_note_was_changed_is_passed_over(
    library: Library, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = library.annotate(article, 0, 5)
    on_mark, on_article = Target("mark", article, mark.id), Target("article", article)

    def noted(target: Target) -> str:
        return library.noted(target.article, target.mark)

    drafts = Drafts(library.folder)
    monkeypatch.setattr(drafts_module, "now", lambda: "2020-01-01T00:00:00.000Z")
    drafts.put(on_mark, "옛 초안")
    drafts.put(on_article, "옛 초안")
    assert library.noted(article) == library.noted(article, mark.id) == ""
    library.change(mark.id, tags=["비용"])
    assert [text for _, text in drafts.left(noted)] == ["옛 초안", "옛 초안"]
    library.change(mark.id, note="다른 기기에서 쓴 메모")
    library.set_article_note(article, "다른 기기에서 쓴 메모")
    assert library.noted(article) > "2020"
    assert list(drafts.left(noted)) == []
    monkeypatch.setattr(drafts_module, "now", lambda: "2999-01-01T00:00:00.000Z")
    drafts.put(on_mark, "새 초안")
    assert list(drafts.left(noted)) == [(on_mark, "새 초안")]


def test_old_drafts_that_nothing_came_of_go(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.put(Target("article", "a" * 12), "초안")
    (path,) = drafts.folder.iterdir()
    temporary = drafts.folder / f".{path.name}.1-1.mitjul.tmp"
    temporary.write_bytes(b"half")
    long_ago = time.time() - KEPT - 60
    for one in (path, temporary):
        os.utime(one, (long_ago, long_ago))
    assert len(list(drafts.left())) == 1
    assert not temporary.exists()
    assert list(drafts.left(lambda target: "9999")) == []
    assert not path.exists()


def test_what_is_no_draft_is_passed_over_and_stays(folder: Path) -> None:
    drafts = Drafts(folder)
    target = Target("article", "a" * 12)
    drafts.put(target, "가")
    for name, data in (("broken", b"{"), ("other", b'{"target": 3}'), ("bytes", b"\xff\xfe")):
        (drafts.folder / f"{name}.json").write_bytes(data)
    assert list(drafts.left()) == [(target, "가")]
    assert len(list(drafts.folder.iterdir())) == 4


def test_a_disk_that_says_no_is_told(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.folder.parent.parent.mkdir(parents=True, exist_ok=True)
    drafts.folder.parent.write_bytes(b"a file where the folder should be")
    with pytest.raises(StorageError):
        drafts.put(Target("article", "a" * 12), "가")
    assert list(drafts.left()) == []
