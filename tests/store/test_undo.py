"""What is one act, so that one undo takes it back."""

from __future__ import annotations

from collections.abc import Generator, Sequence

import pytest

from store import history
from store.errors import StorageError
from store.history import Act, Change, History
from store.library import Library
from store.marks import Marks
from tests.store.pages import thrice

TEXT = "다리의 값\n\n새 다리에 120억 원이 들었다. 시민 단체는 부풀려졌다고 말한다. 통행료는 아직 정해지지 않았다.\n"


@pytest.fixture
def library(library: Library) -> Library:
    return thrice(library, TEXT)


def test_a_note_that_is_saved_as_it_is_typed_is_one_act(library: Library) -> None:
    article = library.list()[0].id
    mark = library.annotate(article, 0, 5, note="처음")
    for note in ("가", "가나", "가나다"):
        library.change(mark.id, note=note, joins=note != "가")
    for note in ("글", "글 메모"):
        library.set_article_note(article, note, joins=True)
    act = library.undo()
    assert act is not None
    assert (library.article_note(article), act.english) == ("", "article note")
    library.undo()
    assert library.annotation(mark.id).note == "처음"
    library.redo()
    assert library.annotation(mark.id).note == "가나다"


def test_what_joins_nothing_is_an_act_of_its_own(library: Library) -> None:
    article = library.list()[0].id
    one, other = library.annotate(article, 0, 5), library.annotate(article, 6, 9)
    library.change(one.id, note="가")
    library.change(other.id, note="나", joins=True)
    library.change(other.id, tags=["비용"], joins=True)
    library.undo()
    assert library.annotation(other.id).tags == ()
    library.undo()
    assert (library.annotation(one.id).note, library.annotation(other.id).note) == ("가", "")


def test_a_note_typed_and_taken_back_is_no_act(library: Library) -> None:
    mark = library.annotate(library.list()[0].id, 0, 5)
    library.change(mark.id, note="가")
    library.change(mark.id, note="", joins=True)
    act = library.undo()
    assert act is not None
    assert act.english == "underline"


def test_acts_together_are_one_also_when_something_goes_wrong(library: Library) -> None:
    ids = [summary.id for summary in library.list()]

    def three() -> None:
        with library.together("셋", "three"):
            for id in ids:
                library.annotate(id, 0, 5)
            with library.together("안", "inner"):
                library.set_tag("비용", colour="red")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        three()
    assert len(library.annotations()) == 3
    act = library.undo()
    assert act is not None
    assert (act.korean, act.article) == ("셋", None)
    assert (library.annotations(), library.tags()) == ([], [])
    library.redo()
    assert len(library.annotations()) == 3
    with library.together("없음", "nothing"):
        pass
    library.undo()
    assert library.annotations() == []


def test_retagging_many_writes_each_article_once_both_ways(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = [
        library.annotate(summary.id, start, start + 3, tags=["비용"])
        for summary in library.list()
        for start in (0, 4, 8)
    ]
    ids = [mark.id for mark in marks]
    writes: list[str] = []
    write = Marks._set

    def counted(self: Marks, article: str, *rest: object) -> object:
        writes.append(article)
        return write(self, article, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Marks, "_set", counted)
    assert library.retag(ids, lambda tags: ["돈", "돈"], "바꾸기", "retag") == 9
    assert library.retag(ids, lambda tags: ["돈"], "바꾸기", "retag") == 0
    library.undo()
    assert [mark.tags for mark in library.annotations()] == [("비용",)] * 9
    assert len(writes) == 6


def test_what_a_full_disk_left_half_done_can_be_undone(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = [library.annotate(summary.id, 0, 3, tags=["비용"]) for summary in library.list()]
    write = Marks._set

    def refusing(self: Marks, article: str, *rest: object) -> object:
        if article == marks[-1].article:
            raise StorageError("디스크가 찼습니다", "The disk is full")
        return write(self, article, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Marks, "_set", refusing)
        with pytest.raises(StorageError):
            library.retag([mark.id for mark in marks], lambda tags: ["돈"], "바꾸기", "retag")
    assert sorted(mark.tags for mark in library.annotations()) == [("돈",), ("돈",), ("비용",)]
    library.undo()
    assert [mark.tags for mark in library.annotations()] == [("비용",)] * 3


def test_no_more_acts_are_kept_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "LIMIT", 3)
    kept = History()
    for number in range(5):
        change = Change("mark", "a", "m", {"note": str(number)}, {"note": str(number + 1)})
        kept.record(Act("메모", "note", "a", number, [change]))

    def apply(changes: Sequence[history.Fields]) -> Generator[history.Step, None, int]:
        yield (1, 1)
        return 0

    def undone() -> Act | None:
        steps = kept.undo(apply)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]

    acts = [undone() for _ in range(4)]
    assert [act.start if act else None for act in acts] == [4, 3, 2, None]
