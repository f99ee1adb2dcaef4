from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store.errors import AmbiguousError, InvalidError, LockedError, NotFoundError, StorageError
from store.library import Library
from store.model import Added, Article, Status
from tests.store.pages import dump


def test_an_article_goes_in_and_comes_out(library: Library, article: str) -> None:
    assert [(row.id, row.title, row.annotations, row.unread) for row in library.list()] == [
        (article, "비용 논쟁", 0, True)
    ]
    record = library.article(article)
    assert record.text.startswith("첫째 문장은 개발 비용을 말한다.\n\n둘째")
    assert record.raw.sha256.startswith(article)
    assert library.raw(article).decode().startswith("비용 논쟁\n")
    assert library.extracts(article) is None
    assert library.find(article[:4]) == article
    with pytest.raises(NotFoundError):
        library.find("zz")
    with pytest.raises(NotFoundError):
        library.article("0" * 12)


def test_everything_is_there_after_opening_again(folder: Path) -> None:
    with Library.open(folder) as library:
        id = library.add(dump(1), name="1.txt")[0].id
        assert id is not None
        mark = library.annotate(id, 0, 10, tags=["비용"], note="메모")
        library.set_article_note(id, "글 메모")
        library.set_place(id, 12, 0.5)
        library.set_tag("비용", colour="blue", hotkey="1")
    with Library.open(folder) as library:
        assert library.annotations() == [mark]
        assert library.article_note(id) == "글 메모"
        assert (library.place(id).offset, library.place(id).unread) == (12, False)
        assert library.last_article() == id
        tag = library.tags()[0]
        assert (tag.name, tag.colour, tag.hotkey, tag.count) == ("비용", "blue", "1", 1)


def test_one_writes_others_read(folder: Path) -> None:
    with Library.open(folder) as library:
        library.add(dump(1), name="1.txt")
        with pytest.raises(LockedError):
            Library.open(folder)
        with Library.open(folder, write=False) as reader:
            assert len(reader.list()) == 1
            with pytest.raises(StorageError, match="읽기로만"):
                reader.add(dump(2), name="2.txt")
            with pytest.raises(StorageError, match="읽기로만"):
                reader.annotate(reader.list()[0].id, 0, 5)
    Library.open(folder).close()


def test_reading_makes_nothing(tmp_path: Path) -> None:
    with Library.open(tmp_path / "none", write=False) as library:
        assert library.list() == []
        assert library.tags() == []
    assert not (tmp_path / "none").exists()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "below" / "library", tmp_path / ("가" * 300)):
        for write in (True, False):
            with pytest.raises(
                StorageError, match=r"서가 폴더를 만들 수 없습니다: .*다른 폴더를 주세요"
            ) as said:
                Library.open(folder, write=write)
            assert str(folder) in said.value.english
            assert "\n" not in said.value.korean


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_where_none_may_be_made(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)
    for write in (True, False):
        with pytest.raises(StorageError, match=r"서가 폴더를 만들 수 없습니다: .*권한"):
            Library.open(tmp_path / "locked" / "library", write=write)


def test_marking(library: Library, article: str) -> None:
    mark = library.annotate(
        article, 0, 8, tags=["#비용 / 개발", "비용/개발", "주장"], note=" 메모\r\n둘째 줄 "
    )
    assert (mark.exact, mark.tags, mark.note) == ("첫째 문장은 개", ("비용/개발", "주장"), "메모\n둘째 줄")
    assert library.annotation(mark.id[:6]) == mark
    second = library.annotate_quote(article, "규제를  말한다")
    assert [one.id for one in library.annotations()] == [mark.id, second.id]
    assert library.list()[0].annotations == 2
    changed = library.change(second.id, tags=["규제"], note="새 메모")
    assert (changed.tags, changed.note, changed.created) == (("규제",), "새 메모", second.created)
    longer = library.change(second.id, start=second.start - 3)
    assert longer.exact.endswith(second.exact)
    assert longer.start == second.start - 3
    library.delete(mark.id)
    assert [one.id for one in library.annotations()] == [second.id]
    with pytest.raises(NotFoundError):
        library.annotation(mark.id)


def test_an_impossible_mark_changes_nothing(library: Library, article: str) -> None:
    impossible: list[Callable[[], object]] = [
        lambda: library.annotate(article, 5, 5),
        lambda: library.annotate(article, 0, 10_000),
        lambda: library.annotate(article, 0, 5, tags=["  "]),
        lambda: library.annotate(article, 0, 5, note="가" * 100_001),
    ]
    for act in impossible:
        with pytest.raises(InvalidError):
            act()
    with pytest.raises(NotFoundError):
        library.annotate("0" * 12, 0, 5)
    with pytest.raises(NotFoundError):
        library.annotate_quote(article, "없는 말")
    with pytest.raises(AmbiguousError):
        library.annotate_quote(article, "비용을")
    assert library.annotations() == []
    assert library.undo() is None


def test_every_act_can_be_undone_and_redone(library: Library, article: str) -> None:
    def state() -> object:
        marks = [
            (m.id, m.start, m.end, m.exact, m.tags, m.note, str(m.status)) for m in library.annotations()
        ]
        return (
            marks,
            library.article_note(article),
            [(t.name, t.colour, t.hotkey, t.count) for t in library.tags()],
        )

    states = [state()]
    mark = library.annotate(article, 0, 8)
    states.append(state())
    for act in (
        lambda: library.change(mark.id, tags=["비용/개발"]),
        lambda: library.change(mark.id, note="메모"),
        lambda: library.change(mark.id, end=12),
        lambda: library.set_article_note(article, "글 메모"),
        lambda: library.annotate_quote(article, "규제를 말한다", tags=["비용"]),
        lambda: library.set_tag("비용", colour="red", hotkey="3"),
        lambda: library.set_tag("새것", hotkey="3"),
        lambda: library.rename_tag("비용", "돈"),
        lambda: library.delete_tag("돈/개발"),
        lambda: library.delete(mark.id),
        lambda: library.remove(article),
    ):
        act()
        states.append(state())
    assert len({repr(one) for one in states}) == len(states)
    for expected in reversed(states[:-1]):
        assert library.undo() is not None
        assert state() == expected
    assert library.undo() is None
    for expected in states[1:]:
        assert library.redo() is not None
        assert state() == expected
    assert library.redo() is None


def test_a_new_act_ends_redoing(library: Library, article: str) -> None:
    library.annotate(article, 0, 5)
    library.undo()
    library.annotate(article, 2, 8)
    assert library.redo() is None
    assert len(library.annotations()) == 1


def test_undo_says_what_and_where(library: Library, article: str) -> None:
    library.annotate(article, 3, 9)
    act = library.undo()
    assert act is not None
    assert (act.article, act.start, act.english) == (article, 3, "underline")


def test_renaming_into_a_tag_that_is_there_merges(library: Library, article: str) -> None:
    one = library.annotate(article, 0, 5, tags=["가격", "비용"])
    two = library.annotate(article, 6, 9, tags=["가격/개발"])
    library.set_tag("가격", colour="green", hotkey="2")
    library.set_tag("비용", colour="red")
    assert library.rename_tag("가격", "비용") == 2
    assert library.annotation(one.id).tags == ("비용",)
    assert library.annotation(two.id).tags == ("비용/개발",)
    assert [(tag.name, tag.colour, tag.hotkey) for tag in library.tags()] == [
        ("비용", "red", "2"),
        ("비용/개발", "", ""),
    ]
    with pytest.raises(NotFoundError):
        library.rename_tag("없음", "있음")


def test_a_hot_key_belongs_to_one_tag(library: Library) -> None:
    library.set_tag("비용", hotkey="1")
    library.set_tag("규제", hotkey="1")
    assert [(tag.name, tag.hotkey) for tag in library.tags()] == [("규제", "1"), ("비용", "")]
    with pytest.raises(InvalidError):
        library.set_tag("비용", hotkey="0")
    with pytest.raises(InvalidError):
        library.set_tag("비용", colour="마젠타")


def test_a_deleted_tag_keeps_no_hot_key(library: Library) -> None:
    library.set_tag("비용", colour="red", hotkey="1")
    library.delete_tag("비용")
    library.set_tag("비용")
    assert [(tag.name, tag.hotkey) for tag in library.tags()] == [("비용", "")]


def test_the_same_bytes_again(library: Library) -> None:
    first = library.add(dump(1), name="a.txt")[0]
    again = library.add(dump(1), name="b.txt", path="/x/b.txt")[0]
    assert (again.status, again.id, again.path) == ("duplicate", first.id, "/x/b.txt")
    assert len(library.list()) == 1


def test_the_same_address_again_is_updated_in_place_with_its_marks(library: Library, article: str) -> None:
    mark = library.annotate_quote(article, "규제를 말한다", tags=["규제"], note="메모")
    lost = library.annotate_quote(article, "셋째 문장은 비용을 다시 말한다.", note="지킬 메모")
    text = "비용 논쟁\n새로 들어온 문장이다.\n첫째 문장은 개발 비용을 말한다.\n둘째 문장은 규제를 말한다."
    added = library.add(text.encode(), name="a.txt", source_url="https://news.example/1")[0]
    assert (added.status, added.id) == ("updated", article)
    moved = library.annotation(mark.id)
    assert library.article(article).slice(moved.start, moved.end) == mark.exact
    assert (moved.status, moved.tags, moved.note) == (Status.MOVED, ("규제",), "메모")
    gone = library.annotation(lost.id)
    assert (gone.status, gone.exact, gone.note) == (Status.LOST, lost.exact, "지킬 메모")
    assert library.raw(article) == text.encode()
    assert len(library.list()) == 1
    # and back again: what was lost is found
    back = "비용 논쟁\n첫째 문장은 개발 비용을 말한다.\n둘째 문장은 규제를 말한다.\n셋째 문장은 비용을 다시 말한다."
    assert (
        library.add(back.encode(), name="a.txt", source_url="https://news.example/1")[0].status == "updated"
    )
    found = library.annotation(lost.id)
    assert library.article(article).slice(found.start, found.end) == lost.exact


def test_another_article_at_an_address_of_the_same_site_is_another(library: Library) -> None:
    one = library.add(dump(1), name="a", source_url="https://news.example/")[0]
    two = library.add(dump(2), name="b", source_url="https://news.example/")[0]
    assert (one.status, two.status) == ("added", "added")
    assert one.id != two.id


def test_undo_after_the_article_changed_does_not_put_a_mark_elsewhere(library: Library, article: str) -> None:
    mark = library.annotate_quote(article, "규제를 말한다")
    library.change(mark.id, start=mark.start - 3)
    text = "비용 논쟁\n새로 들어온 문장이다.\n첫째 문장은 개발 비용을 말한다.\n둘째 문장은 규제를 말한다."
    library.add(text.encode(), name="a.txt", source_url="https://news.example/1")
    library.undo()
    back = library.annotation(mark.id)
    assert library.article(article).slice(back.start, back.end) == "규제를 말한다"


def test_a_page_that_differs_in_nothing_that_is_read_is_a_duplicate(library: Library, article: str) -> None:
    text = "비용 논쟁\n\n첫째 문장은 개발 비용을 말한다.\n둘째 문장은 규제를 말한다.\n셋째 문장은 비용을 다시 말한다."
    added = library.add(text.encode(), name="a.txt", source_url="https://news.example/1")[0]
    assert (added.status, added.id) == ("duplicate", article)
    assert library.check() == []


def test_a_copy_in_other_bytes_is_a_duplicate(library: Library) -> None:
    text = dump(1).decode()
    first = library.add(text.encode(), name="a.txt", source_url="https://news.example/a")[0]
    copies = [
        library.add(text.encode("cp949"), name="b.txt", encoding="cp949"),
        library.add(text.replace("\n", "\r\n ").encode(), name="c.txt"),
        library.add(text.replace(" ", "  ").replace("글  1번", "글 1번").encode(), name="d.txt"),
    ]
    assert [(one.status, one.id) for added in copies for one in added] == [("duplicate", first.id)] * 3
    assert len(library.list()) == 1
    assert library.check() == []
    # What the first did not say is news; from another address it is another paper's.
    said = library.add(text.replace("글 1번", "글 1번\n@출처 신문").encode(), name="e.txt")[0]
    assert (said.status, said.id) == ("updated", first.id)
    assert first.id is not None
    assert (library.article(first.id).url, library.article(first.id).publisher) == (
        "https://news.example/a",
        "신문",
    )
    other = library.add(f"{text}\n".encode(), name="f.txt", source_url="https://other.example/a")[0]
    assert other.status == "added"


def test_a_copy_of_an_article_that_the_reader_corrected_is_a_duplicate(library: Library) -> None:
    text = dump(1).decode()
    first = library.add(text.encode(), name="a.txt")[0]
    assert first.id is not None
    library.correct(first.id, remove=0)
    corrected = library.article(first.id)
    again = library.add(text.encode("cp949"), name="b.txt", encoding="cp949")[0]
    assert (again.status, again.id) == ("duplicate", first.id)
    assert library.article(first.id) == corrected


def test_a_feed_is_several_articles(library: Library) -> None:
    feed = dump(1) + b"\n===\n" + dump(2)
    added = library.add(feed, name="feed.xml")
    assert [one.status for one in added] == ["added", "added"]
    assert len({one.id for one in added}) == 2
    assert [one.status for one in library.add(feed, name="feed.xml")] == ["duplicate", "duplicate"]
    assert all(library.raw(one.id) == feed for one in added if one.id)


def test_one_bad_input_never_stops_the_rest(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_bytes(dump(1))
    (folder / "deep" / "b.txt").write_bytes(dump(2))
    (folder / "c.txt").write_bytes(b"")
    (folder / ".hidden").write_bytes(dump(3))
    os.mkfifo(folder / "pipe")
    (tmp_path / "bare").mkdir()
    seen: list[tuple[int, int, str]] = []
    paths = [
        str(folder),
        str(tmp_path / "none.txt"),
        str(tmp_path / "bare"),
        "nul\0name",
        str(folder / "pipe"),
    ]
    added = list(library.add_paths(paths, progress=lambda *step: seen.append(step)))
    assert [(os.path.basename(one.path), one.status) for one in added] == [
        ("a.txt", "added"),
        ("c.txt", "failed"),
        ("b.txt", "added"),
        ("none.txt", "failed"),
        ("bare", "failed"),
        ("nul\0name", "failed"),
        ("pipe", "failed"),
    ]
    assert all(
        one.error and one.error_en and "\n" not in one.error for one in added if one.status == "failed"
    )
    assert [step[0] for step in seen] == list(range(8))
    assert {step[1] for step in seen} == {7}


def test_taking_in_can_be_stopped_and_gone_on_with(library: Library, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_bytes(dump(number))
    added: list[Added] = []
    for one in library.add_paths([str(tmp_path)], cancelled=lambda: len(added) == 2):
        added.append(one)  # noqa: PERF402
    assert len(added) == 2
    statuses = [one.status for one in library.add_paths([str(tmp_path)])]
    assert statuses == ["duplicate", "duplicate", "added", "added", "added"]


def test_what_fails_among_many_takes_nothing_with_it(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    for number in range(6):
        (tmp_path / "in" / f"{number}.txt").write_bytes(dump(number))
    real, calls = library._desk.index._put_text, []

    def sometimes(n: int, article: Article, new: bool) -> None:
        calls.append(n)
        if len(calls) == 3:
            raise StorageError("안 됩니다.", "No.")
        real(n, article, new)

    monkeypatch.setattr(library._desk.index, "_put_text", sometimes)
    added: list[Added] = []
    with pytest.raises(StorageError):
        added.extend(library.add_paths([str(tmp_path / "in")]))
    assert len(added) == 2
    assert {row.id for row in library.list()} == {one.id for one in added}
    list(library.add_paths([str(tmp_path / "in")]))
    assert len(library.list()) == 6
    with Library.open(library.folder, write=False) as reader:
        assert len(reader.list()) == 6


def test_threads(library: Library, article: str) -> None:
    def work(number: int) -> None:
        for step in range(8):
            mark = library.annotate(article, step, step + 10, tags=[f"태그{number}"])
            library.change(mark.id, note=str(number))
            library.search("문장")
            library.list("비용")
            library.set_place(article, step, 0.1)
            library.add(dump(number * 100 + step), name="x")

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, number) for number in range(4)]:
            done.result()
    assert len(library.annotations()) == 32
    assert len(library.list()) == 33
    assert library.check() == []


def test_the_trash(library: Library, article: str) -> None:
    library.annotate(article, 0, 5, tags=["비용"])
    library.remove(article)
    assert library.list() == []
    assert library.annotations() == []
    assert library.search("문장") == []
    assert [row.id for row in library.trash()] == [article]
    library.restore(article)
    assert library.trash() == []
    assert len(library.annotations("tag:비용")) == 1
    with pytest.raises(InvalidError):
        library.restore(article)


def test_taking_in_what_is_in_the_trash_takes_it_out(library: Library) -> None:
    id = library.add(dump(1), name="a")[0].id
    assert id is not None
    library.remove(id)
    assert library.add(dump(1), name="a")[0].status == "added"
    assert [row.id for row in library.list()] == [id]


def a_damaged_file_of_marks(folder: Path) -> tuple[str, Path, bytes]:
    with Library.open(folder) as library:
        id = library.add(dump(1), name="a")[0].id
        assert id is not None
        library.annotate(id, 0, 5, note="지킬 메모")
    path = folder / "annotations" / id[:2] / f"{id}.json"
    torn = path.read_bytes()[:100]
    path.write_bytes(torn)
    return id, path, torn


def test_a_damaged_file_of_marks_is_set_aside_never_written_over(folder: Path) -> None:
    id, path, torn = a_damaged_file_of_marks(folder)
    (folder / "index.sqlite").unlink()
    with Library.open(folder) as library:
        assert library.annotations() == []
        assert any(str(path) == problem.path and not problem.repaired for problem in library.check())
        assert path.read_bytes() == torn
        mark = library.annotate(id, 0, 8)
        assert library.annotations() == [mark]
    assert [one.read_bytes() for one in (folder / "set-aside").iterdir()] == [torn]


@pytest.mark.parametrize("how", ["repair", "write"])
def test_a_damaged_file_of_marks_comes_back_from_the_index(folder: Path, how: str) -> None:
    id, path, torn = a_damaged_file_of_marks(folder)
    with Library.open(folder) as library:
        if how == "repair":
            assert any(problem.repaired for problem in library.check(repair=True))
        else:
            library.annotate(id, 6, 12)
        assert "지킬 메모" in [mark.note for mark in library.annotations()]
    assert "지킬 메모" in path.read_text()
    assert [one.read_bytes() for one in (folder / "set-aside").iterdir()] == [torn]


def test_fields_that_a_newer_program_wrote_stay(folder: Path) -> None:
    with Library.open(folder) as library:
        id = library.add(dump(1), name="a")[0].id
        assert id is not None
        mark = library.annotate(id, 0, 5)
    path = folder / "annotations" / id[:2] / f"{id}.json"
    path.write_text(path.read_text().replace('"note": ""', '"note": "",\n   "new_field": [1, 2]'))
    with Library.open(folder) as library:
        library.change(mark.id, note="메모")
    assert "new_field" in path.read_text()


def test_a_full_disk_is_said_and_the_library_goes_on(
    library: Library, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = library.annotate(article, 0, 5)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        for act in (
            lambda: library.annotate(article, 6, 9),
            lambda: library.change(before.id, note="x"),
            lambda: library.delete(before.id),
            lambda: library.set_tag("비용", hotkey="1"),
            lambda: library.remove(article),
            lambda: library.add(dump(9), name="9"),
            lambda: library.undo(),
        ):
            with pytest.raises(StorageError, match="빈자리"):
                act()
    assert library.annotations() == [before]
    assert len(library.list()) == 1
    assert library.tags() == []
    library.undo()
    assert library.annotations() == []


def test_a_marks_folder_is_there_before_the_mark(library: Library) -> None:
    """Making it durable costs a wait, which is the article's, not the mark's."""
    id = library.add(dump(0), name="x")[0].id
    assert id is not None
    assert [path.name for path in (library.folder / "annotations").iterdir()] == [id[:2]]
