"""What happens to a library's folder while nobody looks: copies, synchronisers, git, damage, other machines."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

import store.database
from store import files, looking, migrations, model
from store.anchoring import select
from store.errors import StorageError, UnwritableError
from store.library import Library
from store.merging import is_conflict_copy, merge_records, original
from store.model import Extracts
from tests.store.conftest import file_of
from tests.store.pages import dump


def age(path: Path) -> None:
    """Make a folder's change one that is not of this moment."""
    past = time.time_ns() - 10**9
    os.utime(path, ns=(past, past))


@pytest.mark.parametrize(
    "damage", ["gone", "empty", "text", "torn", "flipped", "table gone", "other version"]
)
def test_the_index_is_made_again(folder: Path, one: str, damage: str) -> None:
    path = folder / "index.sqlite"
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "text":
        path.write_bytes(b"not a database at all" * 100)
    elif damage == "torn":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "flipped":
        path.write_bytes(data[:4096] + bytes(byte ^ 0x55 for byte in data[4096:]))
    else:
        with sqlite3.connect(path) as db:
            db.execute(
                "DROP TABLE packed"
                if damage == "table gone"
                else "UPDATE about SET value = 0 WHERE key = 'version'"
            )
        db.close()
    with Library.open(folder) as library:
        assert [row.id for row in library.list()] == [one]
        assert [mark.note for mark in library.annotations("tag:비용")] == ["메모"]
        word = library.article(one).text.split()[0]
        assert [hit.article for hit in library.search(word, 1)] == [one]
        library.annotate(one, 12, 20)
        assert len(library.annotations()) == 2
    with Library.open(folder) as library:
        assert len(library.annotations()) == 2


def test_reindexing(folder: Path, one: str) -> None:
    with Library.open(folder) as library:
        before = (library.list(), library.annotations(), library.tags())
        assert library.reindex() == 1
        assert (library.list(), library.annotations(), library.tags()) == before


def test_files_that_come_and_go_between_openings(folder: Path, one: str, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other:
        id = other.add(dump(2), name="2.txt")[0].id
        assert id is not None
        other.annotate(id, 0, 8, note="다른 기기에서")
    for kind in ("raw", "articles", "annotations"):
        shutil.copytree(tmp_path / "other" / kind, folder / kind, dirs_exist_ok=True)
    with Library.open(folder) as library:
        assert {row.id for row in library.list()} == {one, id}
        assert {mark.note for mark in library.annotations()} == {"메모", "다른 기기에서"}
    file_of(folder, "annotations", one).unlink()
    file_of(folder, "articles", id).unlink()
    with Library.open(folder) as library:
        assert [row.id for row in library.list()] == [one]
        assert library.annotations() == []


def test_a_reader_sees_what_changed_too(folder: Path, one: str, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other:
        id = other.add(dump(2), name="2.txt")[0].id
    shutil.copytree(tmp_path / "other" / "articles", folder / "articles", dirs_exist_ok=True)
    with Library.open(folder, write=False) as reader:
        assert {row.id for row in reader.list()} == {one, id}


def test_changes_from_outside_are_noticed(folder: Path, one: str) -> None:
    path = file_of(folder, "annotations", one)
    with Library.open(folder) as library:
        assert library.changed() == set()
        library.annotate(one, 12, 20)
        assert library.changed() == set()
        replaced = path.with_name("new")
        replaced.write_text(path.read_text().replace("메모", "고친 메모"))
        os.replace(replaced, path)
        assert library.changed() == {one}
        assert library.changed() == set()
        assert "고친 메모" in [mark.note for mark in library.annotations()]


def test_a_change_in_place_is_noticed_by_a_full_look(folder: Path, one: str) -> None:
    path = file_of(folder, "annotations", one)
    path.write_text(path.read_text().replace("메모", "고친 메모"))
    with Library.open(folder) as library:
        library.check()
        assert [mark.note for mark in library.annotations()] == ["고친 메모"]


def test_readers_beside_a_writer(folder: Path, one: str) -> None:
    with Library.open(folder) as library, Library.open(folder, write=False) as reader:
        library.annotate(one, 12, 20, note="새것")
        second = library.add(dump(5), name="5.txt")[0].id
        reader.changed()
        assert {row.id for row in reader.list()} == {one, second}
        assert "새것" in [mark.note for mark in reader.annotations()]


def test_a_reader_is_told_what_a_writer_did(folder: Path, one: str) -> None:
    """Though the writer keeps the index up to date, so that nothing looks stale."""
    with Library.open(folder, write=False) as reader:
        with Library.open(folder) as library:
            assert reader.changed() == set()
            mark = library.annotate(one, 12, 20, note="새것")
            assert reader.changed() == {one}
            assert reader.changed() == set()
            second = library.add(dump(5), name="5.txt")[0].id
            library.delete(mark.id)
            assert reader.changed() == {one, second}
            library.remove(one)
            assert reader.changed() == {one}
            assert [row.id for row in reader.list()] == [second]
            library.restore(one)
        # Noted at closing: which folders were looked through, and nothing else.
        assert reader.changed() == {one}
        assert reader.changed() == set()


def test_a_reader_follows_an_index_made_anew(folder: Path, one: str) -> None:
    with Library.open(folder) as library, Library.open(folder, write=False) as reader:
        library.reindex()
        assert reader.changed() == set()
        library.annotate(one, 12, 20, note="새것")
        assert reader.changed() == {one}
        assert "새것" in [mark.note for mark in reader.annotations()]


def test_a_reader_beside_a_writer_of_another_version_reads_the_files(folder: Path, one: str) -> None:
    with Library.open(folder) as library:
        library._desk.index.db.execute("UPDATE about SET value = value - 1 WHERE key = 'version'")
        with Library.open(folder, write=False) as reader:
            assert reader.annotations() == library.annotations() != []
            assert [item.id for item in reader.list()] == [item.id for item in library.list()]
            library.annotate(one, 12, 20, note="새것")
            assert reader.changed() == {one}
            assert "새것" in [mark.note for mark in reader.annotations()]


def test_a_reader_alone_is_told_of_changes_from_outside(folder: Path, one: str) -> None:
    path = file_of(folder, "annotations", one)
    with Library.open(folder, write=False) as reader:
        for old, note in (("메모", "고친 것"), ("고친 것", "또 고친 것")):
            replaced = path.with_name("new")
            replaced.write_text(path.read_text().replace(old, note))
            os.replace(replaced, path)
            assert reader.changed() == {one}
            assert reader.changed() == set()
            assert [mark.note for mark in reader.annotations()] == [note]
        with Library.open(folder) as library:
            library.annotate(one, 30, 40)
            assert reader.changed() == {one}
            assert len(reader.annotations()) == 2


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """A copy where anybody may come to."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(shutil.copytree(folder, Path(name) / "library"))


def as_nobody(check: Callable[[Path], None], folder: Path) -> None:
    """What an ordinary user would meet: in a child process without root's rights, where this is run by root."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.getuid() == 0:
                os.seteuid(65534)
            check(folder)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, "see what was printed"


def test_a_folder_that_cannot_be_written_can_be_read(folder: Path, one: str) -> None:
    with copied(folder) as locked:
        for path in (locked, *locked.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        as_nobody(read_only, locked)
        for path in (locked, *locked.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


def read_only(folder: Path) -> None:
    """A library in a folder that cannot be written is read, and its state told to one who would write."""
    with Library.open(folder, write=False) as library:
        assert (len(library.list()), len(library.annotations())) == (1, 1)
        assert library.search(library.annotations()[0].exact)
    with Library.open(folder, or_read=True) as library:
        assert not library.writable
        assert isinstance(library.refused, UnwritableError)
        library.set_place(library.list()[0].id, 3, 0.3)
        with pytest.raises(UnwritableError) as refused:
            library.annotate(library.list()[0].id, 0, 5)
        assert "권한" in refused.value.korean
        assert len(library.annotations()) == 1
        assert library.changed() == set()
    with pytest.raises(StorageError) as told:
        Library.open(folder)
    assert "Permission" in told.value.english


def test_a_folder_that_may_not_even_be_read_is_told(folder: Path, one: str) -> None:
    with copied(folder) as locked:
        locked.chmod(0)
        as_nobody(unreadable, locked)
        locked.chmod(0o755)


def unreadable(folder: Path) -> None:
    """It is said of a folder that it may not be read."""
    with pytest.raises(StorageError) as told:
        Library.open(folder, or_read=True)
    assert "읽을 권한" in told.value.korean


def test_a_vanished_folder_is_said_and_comes_back(folder: Path, one: str, tmp_path: Path) -> None:
    with Library.open(folder) as library:
        folder.rename(tmp_path / "away")
        with pytest.raises(StorageError, match="사라졌습니다"):
            library.annotate(one, 0, 5)
        with pytest.raises(StorageError, match="사라졌습니다"):
            library.add(dump(3), name="3")
        assert not folder.exists()
        (tmp_path / "away").rename(folder)
        library.annotate(one, 0, 5)
    with Library.open(folder) as library:
        assert len(library.annotations()) == 2


# ── conflict copies ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("0123456789ab.sync-conflict-20250214-030405-ABCDEFG.json", "0123456789ab.json"),
        ("0123456789ab (민지's conflicted copy 2025-02-14).json", "0123456789ab.json"),
        ("0123456789ab (충돌하는 사본 2025-02-14).json", "0123456789ab.json"),
        ("0123456789ab (1).json", "0123456789ab.json"),
        ("0123456789ab.json~HEAD", "0123456789ab.json"),
        ("0123456789ab.json.orig", "0123456789ab.json"),
        ("tags.sync-conflict-20250214-030405-ABCDEFG.json", "tags.json"),
        ("state (conflicted copy).json", "state.json"),
        ("0123456789ab.json", None),
        ("tags.json", None),
        ("index.sqlite", None),
    ],
)
def test_names_of_conflict_copies(name: str, of: str | None) -> None:
    assert is_conflict_copy(name) == (of is not None)
    assert original(name) == of


def test_two_machines_marks_are_merged_and_nothing_is_dropped(folder: Path, one: str, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "other")
    with Library.open(folder) as here:
        mark = here.annotations()[0]
        here.change(mark.id, tags=["여기"])
        new_here = here.annotate(one, 12, 20)
        gone = here.annotate(one, 22, 30)
    shutil.copy(file_of(folder, "annotations", one), file_of(tmp_path / "other", "annotations", one))
    with Library.open(tmp_path / "other") as there:
        there.change(mark.id, note="저기서 고친 메모")
        there.delete(gone.id)
        new_there = there.annotate(one, 32, 40)
    with Library.open(folder) as here:
        here.change(mark.id, tags=["여기", "더"])
    path = file_of(folder, "annotations", one)
    copy = path.with_name(f"{one}.sync-conflict-20250214-030405-ABCDEFG.json")
    shutil.copy(file_of(tmp_path / "other", "annotations", one), copy)
    with Library.open(folder) as library:
        assert any("엇갈린" in problem.korean for problem in library.check())
        assert copy.exists()
        assert any(problem.repaired for problem in library.check(repair=True))
        marks = {one.id: one for one in library.annotations()}
        assert set(marks) == {mark.id, new_here.id, new_there.id}
        assert (marks[mark.id].tags, marks[mark.id].note) == (("여기", "더"), "저기서 고친 메모")
        assert library.check() == []
    assert not copy.exists()
    assert len(list((folder / "set-aside").iterdir())) == 1


def test_merging_is_the_same_from_both_sides() -> None:
    one = {"note": "가", "tags": ["a"], "created": "1", "changed": {"note": "3", "tags": "2"}}
    other = {"note": "나", "tags": ["b"], "created": "1", "changed": {"note": "2", "tags": "5"}}
    merged = merge_records(one, other)
    assert merged == merge_records(other, one)
    assert merged["tags"] == ["b"]
    assert merged["note"] == "가\n\n나"
    assert merge_records(merged, other)["note"] == merged["note"]


def test_what_git_left_in_conflict_is_merged(folder: Path, one: str) -> None:
    with Library.open(folder) as library:
        second = library.annotate(one, 12, 20, note="저쪽")
    path = file_of(folder, "annotations", one)
    lines = path.read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if '"note": "저쪽"' in line)
    mine = lines[at].replace("저쪽", "이쪽")
    path.write_text(
        "\n".join(
            [*lines[:at], "<<<<<<< HEAD", mine, "=======", lines[at], ">>>>>>> branch", *lines[at + 1 :]]
        )
        + "\n"
    )
    with Library.open(folder) as library:
        assert any(problem.repaired for problem in library.check(repair=True))
        assert library.annotation(second.id).note in ("이쪽", "저쪽")
        assert len(library.annotations()) == 2
        assert library.check() == []


# ── damage ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("damage", [b"", b"{", b"\0" * 100, b'{"article": {}}', b"[1]"])
def test_a_damaged_article_is_made_again_from_its_bytes(folder: Path, one: str, damage: bytes) -> None:
    path = file_of(folder, "articles", one)
    with Library.open(folder) as library:
        text = library.article(one).text
    path.write_bytes(damage)
    with Library.open(folder) as library:
        with pytest.raises(StorageError):
            library.article(one)
        assert [problem.repaired for problem in library.check()] == [False]
        assert path.read_bytes() == damage
        assert [problem.repaired for problem in library.check(repair=True)] == [True]
        assert library.article(one).text == text
        assert len(library.annotations()) == 1
        assert library.check() == []
    assert [aside.read_bytes() for aside in (folder / "set-aside").iterdir()] == [damage]


@pytest.mark.parametrize("damage", [b"{", None])
def test_a_damaged_article_that_is_taken_in_again_is_set_aside(
    folder: Path, one: str, damage: bytes | None
) -> None:
    with Library.open(folder) as library:
        data = library.raw(one)
        (mark,) = library.annotations()
        last = library.article(one).blocks[-1]
        library.correct(one, remove=last.start)
        text = library.article(one).text
    path = file_of(folder, "articles", one)
    with Library.open(folder) as library:
        if damage is None:
            path.unlink()
        else:
            path.write_bytes(damage)
        (again,) = library.add(data, name="a")
        assert (again.status, again.id) == ("updated", one)
        assert library.article(one).text == text, "what the reader corrected stays corrected"
        assert [(one.id, one.exact, one.status) for one in library.annotations()] == [
            (mark.id, mark.exact, mark.status)
        ]
        assert library.check() == []
    assert [aside.read_bytes() for aside in (folder / "set-aside").iterdir()] == ([damage] if damage else [])


def test_a_missing_article_is_made_again(folder: Path, one: str) -> None:
    file_of(folder, "articles", one).unlink()
    with Library.open(folder) as library:
        assert library.list() == []
        assert all(not problem.repaired for problem in library.check())
        library.check(repair=True)
        assert [row.id for row in library.list()] == [one]
        assert len(library.annotations()) == 1


def test_bytes_that_are_not_what_came_are_told(folder: Path, one: str) -> None:
    path = next((folder / "raw").rglob("*.txt"))
    data = bytearray(path.read_bytes())
    data[10] ^= 1
    path.write_bytes(data)
    with Library.open(folder) as library:
        assert [problem.path for problem in library.check()] == [str(path)]
        with pytest.raises(StorageError, match="손상"):
            library.raw(one)
        library.add(dump(1), name="1.txt")
        assert library.check() == []


@pytest.mark.parametrize("name", ["tags.json", "state.json"])
def test_damaged_small_files_are_set_aside(folder: Path, one: str, name: str) -> None:
    with Library.open(folder) as library:
        library.set_tag("비용", hotkey="1")
        library.set_place(one, 1, 0.1)
    (folder / name).write_bytes(b"{torn")
    with Library.open(folder) as library:
        library.set_tag("규제", hotkey="2")
        library.set_place(one, 2, 0.1)
        assert "규제" in [tag.name for tag in library.tags()]
    assert [aside.read_bytes() for aside in (folder / "set-aside").iterdir()] == [b"{torn"]


def test_a_record_that_cannot_be_read_stays_in_its_file(folder: Path, one: str) -> None:
    path = file_of(folder, "annotations", one)
    path.write_text(path.read_text().replace('"start": 0', '"start": "영"'))
    with Library.open(folder) as library:
        library.check()
        assert library.annotations() == []
        library.annotate(one, 12, 20)
        assert len(library.annotations()) == 1
    assert '"start": "영"' in path.read_text()


def test_stray_temporaries_are_swept_after_a_kill(folder: Path, one: str) -> None:
    stray = file_of(folder, "articles", one).with_name(".x.json.1-1.mitjul.tmp")
    stray.write_bytes(b"half")
    with sqlite3.connect(folder / "index.sqlite") as db:
        db.execute("UPDATE about SET value = 1 WHERE key = 'open'")
    db.close()
    Library.open(folder).close()
    assert not stray.exists()


def test_what_a_killed_process_left_half_written_is_swept(folder: Path, one: str) -> None:
    places = [
        folder,
        folder / "set-aside",
        *(file_of(folder, kind, one).parent for kind in ("articles", "annotations")),
    ]
    for place in places:
        (place / ".x.json.1-0.mitjul.tmp").write_text("half")
    db = sqlite3.connect(folder / "index.sqlite")
    db.execute("UPDATE about SET value = 1 WHERE key = 'open'")
    db.commit()
    db.close()
    with Library.open(folder):
        assert list(folder.rglob("*.tmp")) == []


# ── schemas ──────────────────────────────────────────────────────────────────────────────────────


def test_an_older_file_is_brought_up_to_date_and_kept_as_it_was(
    folder: Path, one: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(folder, "annotations", one)
    before = path.read_bytes()

    def step(tables: migrations.Tables) -> migrations.Tables:
        for mark in tables.get("marks", {}).values():
            mark["note"] = f"{mark['note']} (옮김)"
        return tables

    monkeypatch.setattr(model, "SCHEMA", 2)
    monkeypatch.setattr("store.marks.SCHEMA", 2)
    monkeypatch.setitem(migrations.STEPS, 1, step)
    (folder / "index.sqlite").unlink()
    with Library.open(folder) as library:
        assert [mark.note for mark in library.annotations()] == ["메모 (옮김)"]
        assert path.read_bytes() == before
        library.annotate(one, 12, 20)
        assert "메모 (옮김)" in [mark.note for mark in library.annotations()]
    assert '"schema": 2' in path.read_text()
    assert [aside.read_bytes() for aside in (folder / "set-aside").iterdir()] == [before]


def test_a_newer_file_is_read_and_not_written(folder: Path, one: str) -> None:
    path = file_of(folder, "annotations", one)
    path.write_text(path.read_text().replace('"schema": 1', '"schema": 99'))
    before = path.read_bytes()
    with Library.open(folder) as library:
        assert len(library.annotations()) == 1
        with pytest.raises(StorageError, match="더 새로운"):
            library.annotate(one, 12, 20)
    assert path.read_bytes() == before


def test_what_only_a_damaged_file_knows_is_kept(library: Library, folder: Path) -> None:
    """Deletions, corrections and the times of changes are not in the index."""
    id = library.add(dump(1), name="1.txt")[0].id
    assert id is not None
    first = library.annotate(id, 0, 5, note="첫째")
    gone = library.annotate(id, 6, 9)
    library.delete(gone.id)
    library.correct(id, remove=library.article(id).blocks[-1].start)
    library.set_article_note(id, "글에 대한 메모")
    path = file_of(folder, "annotations", id)
    before = json.loads(path.read_bytes())
    damaged = path.read_bytes().replace(b"\n}\n", b"\n").replace("첫째".encode(), b"\xff\xfe")
    path.write_bytes(damaged)
    assert [problem.repaired for problem in library.check(repair=True)] == [True]
    after = json.loads(path.read_bytes())
    assert after["marks"] == before["marks"]
    assert after["article"][id]["corrections"] == before["article"][id]["corrections"] != []
    assert after["article"][id]["changed"] == before["article"][id]["changed"]
    assert library.article_note(id) == "글에 대한 메모"
    assert [mark.note for mark in library.annotations()] == ["첫째"]
    assert library.annotation(first.id).note == "첫째"
    assert [aside.read_bytes() for aside in (folder / "set-aside").iterdir()] == [damaged]


def test_a_damaged_file_that_the_index_never_read_keeps_what_it_says(library: Library, folder: Path) -> None:
    id = library.add(dump(1), name="1.txt")[0].id
    assert id is not None
    library.annotate(id, 0, 5, tags=["비용"])
    library.set_article_note(id, "글에 대한 메모")
    library.set_article_tags(id, ["읽을거리"])
    library.close()
    path = file_of(folder, "annotations", id)
    path.write_bytes(path.read_bytes().rstrip()[:-1])
    (folder / "index.sqlite").unlink()
    with Library.open(folder) as again:
        assert (again.article_note(id), again.article_tags(id)) == ("", ())
        assert [problem.repaired for problem in again.check(repair=True)] == [True]
        assert again.article_note(id) == "글에 대한 메모"
        assert again.article_tags(id) == ("읽을거리",)
        assert [mark.tags for mark in again.annotations()] == [("비용",)]


def test_an_analysis_reads_the_article_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    id = library.add(dump(1), name="1.txt")[0].id
    assert id is not None
    reads: list[Path] = []
    real = files.read_bytes

    def read(path: Path) -> bytes | None:
        reads.append(path)
        return real(path)

    monkeypatch.setattr(store.database, "read_bytes", read)
    library._shelf.save_extracts(id, Extracts(version=7))
    assert len(reads) == 1
    assert library.extracts(id) == Extracts(version=7)


def test_a_question_after_closing_does_not_cost_the_index(library: Library, folder: Path) -> None:
    """A closed connection is no damage."""
    library.add(dump(0), name="x")
    library.close()
    with pytest.raises(StorageError, match="닫혀"):
        library.list()
    with Library.open(folder) as again:
        assert not again._desk.index.fresh
        assert len(again.list()) == 1


def test_marks_stay_on_their_passages_when_another_machine_wrote_the_article_anew(
    folder: Path, tmp_path: Path
) -> None:
    with Library.open(folder) as library:
        id = library.add(dump(1), name="1.txt")[0].id
        assert id is not None
        last = library.article(id).sentences[-2]
        mark = library.annotate(id, last.start, last.end)
        next_to_first = library.article(id).sentences[1]
        near = library.annotate(id, next_to_first.start, next_to_first.end)
    shutil.copytree(folder, tmp_path / "other")
    with Library.open(tmp_path / "other") as other:
        other.correct(id, remove=0)
    replaced = file_of(folder, "articles", id).with_name("new")
    shutil.copy(file_of(tmp_path / "other", "articles", id), replaced)
    with Library.open(folder) as library:
        os.replace(replaced, file_of(folder, "articles", id))
        assert library.changed() == {id}
        text = library.article(id).text
        for old in (mark, near):
            moved = library.annotation(old.id)
            assert text[moved.start : moved.end] == old.exact
            assert moved.start < old.start
            assert (moved.prefix, moved.suffix) == select(text, moved.start, moved.end)[3:]
        assert near.prefix != library.annotation(near.id).prefix, "what stood before it is gone"


def test_what_has_come_back_before_it_was_dropped_stays(folder: Path, one: str) -> None:
    with Library.open(folder) as library:
        away = {}
        for kind in ("articles", "annotations"):
            path = file_of(folder, kind, one)
            away[path] = path.read_bytes()
            path.unlink()
        stale = library._upkeep._look.whole(full=True)
        assert len(stale.gone) == 2
        for path, data in away.items():
            path.write_bytes(data)
        library._upkeep._read(stale)
        assert [row.id for row in library.list()] == [one]
        assert len(library.annotations()) == 1


def test_a_folder_that_has_just_changed_is_looked_through_again(
    folder: Path, one: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another change within a tick of the disk's clock does not show in its time."""
    path = file_of(folder, "annotations", one)
    age(path.parent)
    changed = path.parent.stat().st_mtime_ns
    soon = SimpleNamespace(time_ns=lambda: changed + looking.RACY // 2)
    monkeypatch.setattr(looking, "time", soon)
    Library.open(folder).close()
    replaced = path.with_name("new")
    replaced.write_text(path.read_text().replace("메모", "고친 메모"))
    os.replace(replaced, path)
    os.utime(path.parent, ns=(changed, changed))
    with Library.open(folder) as library:
        assert [mark.note for mark in library.annotations()] == ["고친 메모"]


def test_an_article_in_the_trash_stays_there_when_its_file_is_damaged(folder: Path, one: str) -> None:
    with Library.open(folder) as library:
        library.remove(one)
        file_of(folder, "annotations", one).write_bytes(b"{torn")
        library.check(repair=True)
        assert [row.id for row in library.trash()] == [one]
    (folder / "index.sqlite").unlink()
    with Library.open(folder) as library:
        assert [row.id for row in library.trash()] == [one]
