"""Files exported again: what a person did in them stays, what is new comes in, what cannot be written is said."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from store.errors import StorageError
from store.library import Library
from tests.exchange.conftest import ID, QUOTE, export, only, properties
from tests.exchange.makers import make_article, make_library


def test_nothing_new_writes_nothing(library: Library, vault: Path) -> None:
    library.annotate_quote(ID, QUOTE)
    export(library, vault)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in vault.rglob("*")}
    assert export(library, vault)[0].status == "unchanged"
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in vault.rglob("*")} == before


def test_a_renamed_file_is_found_by_its_id(library: Library, vault: Path) -> None:
    export(library, vault)
    moved = vault / "읽은 것" / "새 이름.md"
    moved.parent.mkdir()
    only(vault).rename(moved)
    library.annotate_quote(ID, QUOTE)
    (written,) = export(library, vault)
    assert written.path == moved
    assert written.status == "updated"
    assert QUOTE in only(vault).read_text()


def test_edits_stay_and_news_come(library: Library, vault: Path) -> None:
    first = library.annotate_quote(ID, QUOTE, note="처음 메모")
    second = library.annotate_quote(ID, "시험 운영", note="둘째 메모")
    export(library, vault)
    path = only(vault)
    path.write_text(path.read_text().replace("처음 메모", "내가 고친 메모") + "\n## 내 생각\n\n결론이다.\n")
    library.change(first.id, note="서가에서 바꾼 메모", tags=["새것"])
    library.change(second.id, note="바뀐 둘째")
    third = library.annotate_quote(ID, "문가람" if "문가람" in make_article().text else "환율이다")
    (written,) = export(library, vault)
    text = path.read_text()
    assert written.beside == (f"mj-{first.id}",)
    assert "내가 고친 메모" in text
    assert "서가에서 바꾼 메모" in text
    assert f"^mj-{first.id}-new" in text
    assert "바뀐 둘째" in text
    assert "둘째 메모" not in text
    assert text.index(f"^mj-{third.id}") < text.index("## 내 생각")
    assert text.endswith("## 내 생각\n\n결론이다.\n")
    assert export(library, vault)[0].status == "unchanged"
    library.delete(second.id)
    library.delete(first.id)
    export(library, vault)
    text = path.read_text()
    assert "바뀐 둘째" not in text
    assert "내가 고친 메모" in text
    assert f"^mj-{first.id}-new" not in text


def test_taking_the_version_beside(library: Library, vault: Path) -> None:
    """Who deletes the version beside an edited block is not offered it again; who puts the block back gets it brought up to date."""
    mark = library.annotate_quote(ID, QUOTE, note="하나")
    export(library, vault)
    path = only(vault)
    as_written = path.read_text()
    path.write_text(as_written.replace("하나", "내 것"))
    edited = path.read_text()
    library.change(mark.id, note="둘")
    export(library, vault)
    assert "둘" in path.read_text()
    path.write_text(edited)
    assert export(library, vault)[0].status == "unchanged"
    path.write_text(as_written)
    export(library, vault)
    assert "> 둘" in path.read_text()
    assert "-new" not in path.read_text()


def test_properties_are_merged_key_by_key(library: Library, vault: Path) -> None:
    mark = library.annotate_quote(ID, QUOTE, tags=["비용", "의문"])
    export(library, vault)
    path = only(vault)
    text = (
        path.read_text()
        .replace("tags:\n", "tags:\n  - 읽음\n")
        .replace('publisher: "가온경제"\n', "publisher: 내가 고침\nrating: 5\n")
    )
    path.write_text(text)
    library.change(mark.id, tags=["비용", "새것"])
    export(library, vault)
    found = properties(path)
    assert found["tags"] == ["읽음", "비용", "새것"]
    assert found["publisher"] == "내가 고침"
    assert found["rating"] == 5


def test_windows_line_ends_and_byte_order_mark_stay(library: Library, vault: Path) -> None:
    export(library, vault)
    path = only(vault)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    library.annotate_quote(ID, QUOTE)
    export(library, vault)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert QUOTE.encode() in data


def test_a_dry_run_writes_nothing_and_shows_a_diff(library: Library, vault: Path) -> None:
    (dry,) = export(library, vault, dry_run=True)
    assert not vault.exists()
    assert "+mitjul: " in dry.diff
    export(library, vault)
    before = only(vault).read_bytes()
    library.annotate_quote(ID, QUOTE)
    (dry,) = export(library, vault, dry_run=True)
    assert dry.status == "updated"
    assert f"+> {QUOTE}" in dry.diff
    assert only(vault).read_bytes() == before


def test_a_file_that_is_no_text_is_left_and_the_rest_goes_on(tmp_path: Path, vault: Path) -> None:
    with make_library(tmp_path / "l", make_article(), make_article(id="b" * 12, title="다른 글")) as library:
        assert export(library, vault) == [], "articles without marks have no files"
        library.set_article_note(ID, "메모")
        library.annotate_quote("b" * 12, "환율")
        export(library, vault)
        bad = next(vault.glob("값싼*"))
        bad.write_bytes(bad.read_bytes() + b"\xff\xfe")
        library.annotate_quote(ID, QUOTE)
        library.annotate_quote("b" * 12, QUOTE)
        results = {item.path.name: item for item in export(library, vault)}
        assert results[bad.name].status == "failed"
        assert "UTF-8" in (results[bad.name].error or "")
        assert [item.status for name, item in results.items() if name != bad.name] == ["updated"]


def test_a_folder_that_cannot_be_written(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(StorageError):
        export(library, file / "vault")
    with pytest.raises(StorageError):
        export(library, file)


def test_a_folder_that_vanishes(library: Library, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be written is reported for each file, not raised out of the middle."""
    import shutil

    from store.exchange import markdown, merge

    real = merge.fresh

    def vanish(*arguments: Any) -> Any:
        shutil.rmtree(vault, ignore_errors=True)
        vault.write_text("now a file")
        return real(*arguments)

    monkeypatch.setattr(markdown, "fresh", vanish)
    (written,) = export(library, vault)
    assert written.status == "failed"
    assert written.error
    assert vault.read_text() == "now a file"


def test_a_damaged_ledger_loses_nothing(library: Library, vault: Path) -> None:
    mark = library.annotate_quote(ID, QUOTE, note="메모")
    export(library, vault)
    path = only(vault)
    path.write_text(path.read_text().replace("> 메모", "> 내 메모"))
    (vault / ".mitjul" / "export.json").write_text("{broken")
    export(library, vault)
    text = path.read_text()
    assert "> 내 메모" in text
    assert text.count(f"^mj-{mark.id}\n") == 1


def test_a_ledger_s_path_is_not_believed_outside_the_folder(
    library: Library, vault: Path, tmp_path: Path
) -> None:
    export(library, vault)
    only(vault).rename(tmp_path / "outside.md")
    ledger = vault / ".mitjul" / "export.json"
    ledger.write_text(ledger.read_text().replace("값싼 모형, 비싼 질문 a1b2c3.md", "../outside.md"))
    before = (tmp_path / "outside.md").read_bytes()
    library.annotate_quote(ID, QUOTE)
    export(library, vault)
    assert (tmp_path / "outside.md").read_bytes() == before
    assert only(vault).parent == vault


@pytest.mark.skipif(os.name != "posix", reason="links and modes as POSIX has them")
def test_links_and_modes_stay(library: Library, vault: Path, tmp_path: Path) -> None:
    library.annotate_quote(ID, QUOTE)
    export(library, vault)
    path = only(vault)
    real = tmp_path / "elsewhere.md"
    path.rename(real)
    real.chmod(0o600)
    path.symlink_to(real)
    library.annotate_quote(ID, "환율")
    assert export(library, vault)[0].status == "updated"
    assert path.is_symlink()
    assert "환율" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o600


def test_a_crash_before_the_ledger_is_written(
    library: Library, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file has the new text, the ledger the old: nothing is doubled, and nothing counts as edited."""
    mark = library.annotate_quote(ID, QUOTE, note="하나")
    export(library, vault)
    library.change(mark.id, note="둘")
    library.annotate_quote(ID, "환율")
    with monkeypatch.context() as patch:
        patch.setattr("store.exchange.ledger.Ledger.save", lambda self: None)
        export(library, vault)
    (written,) = export(library, vault)
    assert written.status == "unchanged"
    assert written.beside == ()
    library.change(mark.id, note="셋")
    (written,) = export(library, vault)
    assert written.beside == ()
    assert "> 셋" in only(vault).read_text()


def test_a_disk_that_says_no_leaves_the_old_file(
    library: Library, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.annotate_quote(ID, QUOTE)
    export(library, vault)
    before = only(vault).read_bytes()
    library.annotate_quote(ID, "환율")

    def full(*arguments: Any, **settings: Any) -> Any:
        raise StorageError("디스크가 찼습니다.", "The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr("store.exchange.markdown.write_bytes", full)
        (written,) = export(library, vault)
    assert (written.status, written.error) == ("failed", "디스크가 찼습니다.")
    assert only(vault).read_bytes() == before
    assert export(library, vault)[0].status == "updated"


@pytest.mark.parametrize("by", ["article", "mark"])
def test_an_article_that_cannot_be_read_stops_no_other(tmp_path: Path, vault: Path, by: str) -> None:
    with make_library(tmp_path / "l", make_article(), make_article(id="b" * 12, title="다른 글")) as library:
        library.annotate_quote(ID, QUOTE)
        library.annotate_quote("b" * 12, QUOTE)
        (tmp_path / "l" / "articles" / "bb" / f"{'b' * 12}.json").write_text("{broken")
        statuses = {item.status: item for item in export(library, vault, by=by)}
        assert set(statuses) == {"written", "failed"}
        assert statuses["failed"].error
        with pytest.raises(StorageError):
            export(library, vault / "one", by="one")
        assert list((vault / "one").glob("*.md")) == []


def test_a_file_that_somebody_makes_meanwhile_is_left_alone(
    library: Library, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.exchange.ledger import Ledger

    library.annotate_quote(ID, QUOTE)
    real = Ledger.free
    theirs: list[Path] = []

    def free(self: Ledger, sheet: Any) -> Path:
        path = real(self, sheet)
        if not theirs:
            theirs.append(path)
            path.write_text("남이 쓴 글")
        return path

    monkeypatch.setattr(Ledger, "free", free)
    (written,) = export(library, vault)
    assert written.status == "written"
    assert written.path != theirs[0]
    assert theirs[0].read_text() == "남이 쓴 글"
    assert QUOTE in written.path.read_text()


def test_a_new_mark_at_the_end_goes_behind_what_a_person_wrote_there(library: Library, vault: Path) -> None:
    library.annotate_quote(ID, QUOTE)
    export(library, vault)
    path = only(vault)
    path.write_text(path.read_text() + "\n마지막 밑줄 아래에 적은 생각.\n")
    last = library.annotate_quote(ID, "2025년 환율이다.")
    export(library, vault)
    text = path.read_text()
    assert text.index(QUOTE) < text.index("마지막 밑줄 아래에") < text.index(f"^mj-{last.id}")


def test_a_note_that_a_person_put_under_a_block_makes_it_an_edited_one(library: Library, vault: Path) -> None:
    mark = library.annotate_quote(ID, QUOTE)
    export(library, vault)
    path = only(vault)
    path.write_text(path.read_text().rstrip() + "\n\n> [!note] 메모\n> 손으로 적은 메모\n")
    before = path.read_text()
    library.change(mark.id, note="서가에서 적은 메모")
    (written,) = export(library, vault)
    assert written.beside == (f"mj-{mark.id}",)
    assert path.read_text().startswith(before.rstrip()), "the block and the note under it stay together"
    assert "> 서가에서 적은 메모" in path.read_text()


def test_what_a_deleted_mark_leaves_is_no_gap(library: Library, vault: Path) -> None:
    marks = [library.annotate_quote(ID, words) for words in ("밝혔다.", QUOTE, "시험 운영")]
    export(library, vault)
    path = only(vault)
    assert "\n\n\n" not in path.read_text()
    library.delete(marks[1].id)
    library.change(marks[0].id, tags=["비용"])
    export(library, vault)
    assert QUOTE not in path.read_text()
    assert "\n\n\n" not in path.read_text()
