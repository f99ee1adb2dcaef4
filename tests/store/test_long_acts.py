"""Acts on many articles: others have the library meanwhile, one undo takes all of it back, and a disk that ends one half way is told."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from store.errors import InvalidError, NotFoundError, StorageError
from store.library import Library
from store.marks import Marks
from store.model import Tag
from store.steps import PIECE
from tests.store.pages import dump
from tests.store.test_outside import change

NUMBER = 23


@pytest.fixture
def tagged(library: Library) -> list[str]:
    """Articles, each with a tagged mark."""
    ids = []
    for number in range(NUMBER):
        id = library.add(dump(number), name=f"{number}")[0].id
        assert id is not None
        library.annotate(id, 0, 5, tags=["비용"])
        ids.append(id)
    return ids


def counts(library: Library) -> Counter[str]:
    return Counter(tag for mark in library.annotations() for tag in mark.tags)


@contextmanager
def full_after(files: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk that takes this many files of marks and then no more."""
    real, calls = Marks.set, []

    def refuse(self: Marks, *arguments: Any) -> Any:
        calls.append(arguments)
        if len(calls) > files:
            raise StorageError("디스크에 빈자리가 없습니다.", "The disk is full.")
        return real(self, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(Marks, "set", refuse)
        yield


def test_others_have_the_library_while_a_tag_is_renamed(library: Library, tagged: list[str]) -> None:
    seen: list[tuple[int, int]] = []

    def meanwhile(done: int, total: int) -> None:
        seen.append((done, total))
        if len(seen) == 1:
            passed = next(mark.article for mark in library.annotations() if mark.tags == ("값",))
            other = threading.Thread(target=lambda: library.annotate(passed, 6, 9, tags=["비용"]))
            other.start()
            other.join(10)
            assert not other.is_alive()

    assert library.rename_tag("비용", "값", progress=meanwhile) == NUMBER + 1
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert {total for _, total in seen} == {NUMBER}
    assert len(seen) > 2
    assert counts(library) == {"값": NUMBER + 1}, "also what was tagged meanwhile"
    steps: list[int] = []
    act = library.undo(progress=lambda done, total: steps.append(done))
    assert act is not None
    assert act.english == "tag 비용 → 값"
    assert steps
    assert counts(library) == {"비용": NUMBER + 1}
    library.redo()
    assert counts(library) == {"값": NUMBER + 1}


@pytest.mark.parametrize("meanwhile", [False, True])
def test_a_tag_renamed_to_one_below_itself(library: Library, tagged: list[str], meanwhile: bool) -> None:
    library.set_tag("비용", colour="red", hotkey="3")
    library.set_tag("비용/개발", colour="teal")
    below = library.annotate(tagged[0], 6, 9, tags=["비용/개발"])
    made: list[str] = []

    def progress(done: int, total: int) -> None:
        if meanwhile and not made:
            passed = next(mark for mark in library.annotations() if mark.tags == ("비용/개발",))
            made.append(library.annotate(passed.article, 6, 9, tags=["비용"]).id)

    count = NUMBER + 1 + meanwhile
    assert library.rename_tag("비용", "비용/개발", progress=progress) == count
    assert counts(library) == {"비용/개발": count - 1, "비용/개발/개발": 1}
    assert library.annotation(below.id).tags == ("비용/개발/개발",)
    looks = {tag.name: (tag.colour, tag.hotkey) for tag in library.tags()}
    assert looks == {"비용/개발": ("red", "3"), "비용/개발/개발": ("teal", "")}
    library.undo()
    assert counts(library) == {"비용": count - 1, "비용/개발": 1}
    looks = {tag.name: (tag.colour, tag.hotkey) for tag in library.tags()}
    assert looks == {"비용": ("red", "3"), "비용/개발": ("teal", "")}


def test_two_long_acts_come_one_after_the_other(library: Library, tagged: list[str]) -> None:
    begun, other = threading.Event(), threading.Thread(target=library.undo)

    def meanwhile(done: int, total: int) -> None:
        if not begun.is_set():
            begun.set()
            other.start()

    library.rename_tag("비용", "값", progress=meanwhile)
    other.join(10)
    assert counts(library) == {"비용": NUMBER}, "the undo waited for the renaming, and took all of it back"


def test_what_is_done_while_an_act_is_undone_stays(library: Library, tagged: list[str]) -> None:
    library.delete_tag("비용")
    made: list[str] = []

    def meanwhile(done: int, total: int) -> None:
        if not made:
            made.append(library.annotate(tagged[0], 6, 9, tags=["새것"]).id)

    library.undo(progress=meanwhile)
    assert counts(library) == {"비용": NUMBER, "새것": 1}
    assert library.redo() is None, "something was done since"
    library.undo()
    assert counts(library) == {"비용": NUMBER}


ACTS: dict[str, Callable[[Library], object]] = {
    "rename": lambda library: library.rename_tag("비용", "값"),
    "delete": lambda library: library.delete_tag("비용"),
    "retag": lambda library: library.retag(
        [mark.id for mark in library.annotations()], lambda tags: ["값"], "태그", "tags"
    ),
    "trash": lambda library: library.remove(*(row.id for row in library.list())),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_disk_that_ends_it_half_way_is_told_and_undo_takes_it_back(
    library: Library, tagged: list[str], monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    with full_after(8, monkeypatch), pytest.raises(StorageError, match="8곳이 바뀌었습니다") as caught:
        ACTS[act](library)
    assert "The disk is full." in caught.value.english
    assert counts(library)["비용"] == NUMBER - 8
    library.undo()
    assert counts(library) == {"비용": NUMBER}


def test_an_undo_that_the_disk_ends_half_way_can_be_done_again(
    library: Library, tagged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    library.rename_tag("비용", "값")
    with full_after(8, monkeypatch), pytest.raises(StorageError):
        library.undo()
    assert counts(library) == {"비용": 8, "값": NUMBER - 8}
    library.undo()
    assert counts(library) == {"비용": NUMBER}


@pytest.mark.parametrize("between", [False, True])
def test_a_redo_that_the_disk_ends_half_way_can_be_undone_or_done_again(
    library: Library, tagged: list[str], monkeypatch: pytest.MonkeyPatch, between: bool
) -> None:
    library.rename_tag("비용", "값")
    library.undo()
    with full_after(8, monkeypatch), pytest.raises(StorageError):
        library.redo()
    assert counts(library) == {"비용": NUMBER - 8, "값": 8}
    if between:
        library.set_tag("규제", colour="red")
        assert library.redo() is None
        library.undo()
        assert counts(library) == {"비용": NUMBER - 8, "값": 8}
    else:
        library.redo()
        assert counts(library) == {"값": NUMBER}
        assert library.redo() is None, "it is done once"
    library.undo()
    assert counts(library) == {"비용": NUMBER}
    library.redo()
    library.undo()
    assert counts(library) == {"비용": NUMBER}
    act = library.undo()
    assert act is not None
    assert act.english == "underline", "nothing is undone twice"


def test_closing_waits_for_an_act_that_has_been_begun(library: Library, tagged: list[str]) -> None:
    begun = threading.Event()
    acting = threading.Thread(
        target=lambda: library.rename_tag("비용", "값", progress=lambda done, total: begun.set())
    )
    acting.start()
    assert begun.wait(10)
    library.close()
    acting.join(10)
    with Library.open(library.folder) as again:
        assert counts(again) == {"값": NUMBER}


def test_within_one_act_of_several_a_long_one_waits_for_nobody(library: Library, tagged: list[str]) -> None:
    with library.together("둘", "two"):
        library.rename_tag("비용", "값")
        library.rename_tag("값", "돈")
    assert counts(library) == {"돈": NUMBER}
    library.undo()
    assert counts(library) == {"비용": NUMBER}


def test_marks_articles_and_a_new_tag_are_one_act(library: Library, tagged: list[str]) -> None:
    marks = [mark.id for mark in library.annotations()]
    new = Tag(name="값", colour="teal", hotkey="4")
    count = library.retag(marks, lambda tags: ["값"], "바꾸기", "retag", articles=[tagged[0]], made=[new])
    assert count == NUMBER + 1
    assert (counts(library), library.article_tags(tagged[0])) == ({"값": NUMBER}, ("값",))
    assert [(tag.name, tag.colour, tag.hotkey) for tag in library.tags()] == [("값", "teal", "4")]
    assert library.reach() == NUMBER + 1, "and the file of the tags"
    library.undo()
    assert (counts(library), library.article_tags(tagged[0])) == ({"비용": NUMBER}, ())
    assert [tag.name for tag in library.tags()] == ["비용"]
    assert library.reach(redo=True) == NUMBER + 1


def test_a_tag_that_is_there_by_now_keeps_its_look(library: Library, tagged: list[str]) -> None:
    library.set_tag("값", colour="red")
    marks = [mark.id for mark in library.annotations()]
    new = Tag(name="값", colour="teal", hotkey="4")
    library.retag(marks, lambda tags: ["값"], "바꾸기", "retag", made=[new])
    assert [(tag.name, tag.colour, tag.hotkey) for tag in library.tags()] == [("값", "red", "")]


def test_articles_go_to_the_trash_and_back_in_one_act(library: Library, tagged: list[str]) -> None:
    steps: list[int] = []
    assert library.remove(*tagged, progress=lambda done, total: steps.append(done)) == NUMBER
    assert steps == sorted(steps) != []
    assert (library.list(), len(library.trash())) == ([], NUMBER)
    act = library.undo()
    assert act is not None
    assert act.korean == f"글 {NUMBER}편 휴지통에 넣기"
    assert (len(library.list()), library.trash()) == (NUMBER, [])
    library.remove(tagged[0])
    with pytest.raises(InvalidError, match=tagged[1]):
        library.restore(tagged[0], tagged[1])
    with pytest.raises(NotFoundError, match="ffff"):
        library.restore(tagged[0], "ffff")
    assert [row.id for row in library.trash()] == [tagged[0]], "all of them or none"


def test_whether_an_act_is_half_way_is_known_to_others(library: Library, tagged: list[str]) -> None:
    seen: list[bool] = []

    def meanwhile(done: int, total: int) -> None:
        other = threading.Thread(target=lambda: seen.append(library.acting))
        other.start()
        other.join(10)

    library.rename_tag("비용", "값", progress=meanwhile)
    assert seen
    assert all(seen)
    assert not library.acting


def test_tags_given_while_marks_are_retagged_stay(library: Library, tagged: list[str]) -> None:
    marks = library.annotations()
    meant: list[str] = []

    def meanwhile(done: int, total: int) -> None:
        if not meant:
            waiting = [mark for mark in library.annotations() if mark.tags == ("비용",)]
            library.change(waiting[-1].id, tags=["비용", "중요"])
            library.delete(waiting[-2].id)
            library.set_article_tags(waiting[-3].article, ["중요"])
            meant.extend(mark.id for mark in waiting[-3:])

    def becomes(tags: Sequence[str]) -> Sequence[str]:
        return [*(tag for tag in tags if tag != "비용"), "값"]

    articles = [mark.article for mark in marks]
    ids = [mark.id for mark in marks]
    assert (
        library.retag(ids, becomes, "바꾸기", "retag", articles=articles, progress=meanwhile)
        == 2 * NUMBER - 1
    )
    own, _, both = meant
    assert library.annotation(both).tags == ("중요", "값")
    assert library.article_tags(library.annotation(own).article) == ("중요", "값")
    library.undo()
    assert library.annotation(both).tags == ("비용", "중요")
    assert library.article_tags(library.annotation(own).article) == ("중요",)
    with pytest.raises(NotFoundError):
        library.retag([ids[0], "ffff"], becomes, "바꾸기", "retag")


@pytest.mark.parametrize("act", ["retag", "trash"])
def test_no_step_looks_at_more_files_than_it_writes(
    library: Library, tagged: list[str], monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    seen: list[str] = []
    see = Marks.see

    def counted(self: Marks, article: str) -> bool:
        seen.append(article)
        return see(self, article)

    monkeypatch.setattr(Marks, "see", counted)
    steps: list[int] = []

    def progress(done: int, total: int) -> None:
        steps.append(len(set(seen)))

    if act == "retag":
        marks = [mark.id for mark in library.annotations()]
        library.retag(marks, lambda tags: ["값"], "바꾸기", "retag", progress=progress)
    else:
        library.remove(*tagged, progress=progress)
        assert steps == list(range(PIECE, NUMBER, PIECE))
        seen.clear()
        steps.clear()
        library.restore(*tagged, progress=progress)
    assert steps == list(range(PIECE, NUMBER, PIECE))


def test_what_the_trash_is_after_another_machine_is_seen(library: Library, tagged: list[str]) -> None:
    library.remove(tagged[0])
    for id, trashed in ((tagged[0], ""), (tagged[1], "2025-03-01T00:00:00.000Z")):
        change(library.folder, id, "article", id, trashed=trashed)
    assert library.restore(tagged[0], tagged[1]) == 1, "the first has been taken out already"
    assert library.trash() == []
