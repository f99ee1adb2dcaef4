"""Tags of articles themselves: kept with the reader's other work on them, found, counted, renamed, merged, undone."""

from __future__ import annotations

import json

import pytest

from store.errors import InvalidError, NotFoundError
from store.library import Library
from store.merging import merge_tables
from tests.store.pages import thrice

TEXT = "다리의 값\n\n새 다리에 120억 원이 들었다. 시민 단체는 부풀려졌다고 말한다.\n"


@pytest.fixture
def library(library: Library) -> Library:
    return thrice(library, TEXT)


def ids(library: Library, query: str = "") -> list[str]:
    return [summary.id for summary in library.list(query)]


def counts(library: Library) -> dict[str, int]:
    return {tag.name: tag.count for tag in library.tags()}


def test_they_are_kept_found_and_counted(library: Library) -> None:
    one, other, third = ids(library)
    assert library.set_article_tags(one, ["비용/개발", "#주장", "주장"]) == ("비용/개발", "주장")
    library.set_article_tags(other, ["비용"])
    mark = library.annotate(third, 0, 5, tags=["비용"])
    assert library.article_tags(one) == ("비용/개발", "주장")
    assert ids(library, "tag:비용") == [one, other, third]
    assert ids(library, "tag:비용/개발") == [one]
    assert ids(library, "has:tags -tag:주장") == [other, third]
    assert ids(library, "ㅈㅈ") == [one], "by the tag's first consonants"
    assert counts(library) == {"비용": 2, "비용/개발": 1, "주장": 1}
    assert library.tags_by_article() == {one: ("비용/개발", "주장"), other: ("비용",), third: ("비용",)}
    assert library.tagged_articles("tag:주장") == {one: ("비용/개발", "주장")}
    library.change(mark.id, note="메모")
    library.set_article_note(one, "메모")
    assert library.article_tags(one) == ("비용/개발", "주장"), "other work on the article leaves them alone"
    folder = library.folder
    library.close()
    with Library.open(folder) as again:
        assert again.article_tags(one) == ("비용/개발", "주장")
        again.reindex()
        assert counts(again) == {"비용": 2, "비용/개발": 1, "주장": 1}
        assert not again.check()


def test_in_the_trash_they_do_not_count(library: Library) -> None:
    one = ids(library)[0]
    library.set_article_tags(one, ["비용"])
    library.remove(one)
    assert (counts(library), library.tagged_articles()) == ({}, {})
    library.restore(one)
    assert counts(library) == {"비용": 1}


def test_renaming_merging_and_deleting_move_them(library: Library) -> None:
    one, other, third = ids(library)
    library.set_article_tags(one, ["비용/개발", "돈"])
    library.set_article_tags(other, ["비용"])
    mark = library.annotate(other, 0, 5, tags=["비용"])
    library.set_article_tags(third, ["주장"])
    assert library.rename_tag("비용", "돈") == 3
    assert library.tagged_articles() == {one: ("돈/개발", "돈"), other: ("돈",), third: ("주장",)}
    assert library.annotation(mark.id).tags == ("돈",)
    assert library.delete_tag("돈") == 3
    assert library.tagged_articles() == {third: ("주장",)}
    library.undo()
    library.undo()
    assert library.tagged_articles() == {one: ("비용/개발", "돈"), other: ("비용",), third: ("주장",)}
    assert library.annotation(mark.id).tags == ("비용",)


def test_giving_them_can_be_undone(library: Library) -> None:
    one = ids(library)[0]
    library.set_article_tags(one, ["비용"])
    library.set_article_tags(one, ["비용"])
    library.set_article_tags(one, [])
    library.undo()
    assert library.article_tags(one) == ("비용",)
    library.undo()
    assert library.article_tags(one) == ()
    assert library.undo() is None
    library.redo()
    assert library.article_tags(one) == ("비용",)


def test_what_cannot_be_is_refused(library: Library) -> None:
    with pytest.raises(NotFoundError):
        library.set_article_tags("0" * 12, ["비용"])
    with pytest.raises(NotFoundError):
        library.article_tags("0" * 12)
    with pytest.raises(InvalidError):
        library.set_article_tags(ids(library)[0], ["[]"])


def test_a_file_of_before_and_a_strange_one_are_read(library: Library) -> None:
    one = ids(library)[0]
    library.set_article_note(one, "메모")
    path = library._desk.layout.marks(one)
    record = json.loads(path.read_text("utf-8"))
    for tags in (None, "비용", [1, "비용"]):
        own = {"note": "메모", "changed": {}} | ({"tags": tags} if tags is not None else {})
        record["article"] = dict.fromkeys(record["article"], own)
        new = path.with_suffix(".new")
        new.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
        new.replace(path)  # a change in place is noticed within a minute, and not always at once
        assert library.changed() == {one}
        assert library.article_note(one) == "메모"
        assert library.article_tags(one) == (("비용",) if isinstance(tags, list) else ())


def test_of_two_machines_the_newest_wins() -> None:
    old = {
        "article": {
            "a": {"note": "메모", "tags": ["비용"], "changed": {"tags": "2025-01-01", "note": "2025-03-01"}}
        }
    }
    new = {
        "article": {
            "a": {"note": "", "tags": ["주장"], "changed": {"tags": "2025-02-01", "note": "2025-01-01"}}
        }
    }
    before = {"article": {"a": {"note": "", "changed": {}}}}
    for one, other in ((old, new), (new, old)):
        assert merge_tables(one, other)["article"]["a"]["tags"] == ["주장"]
    assert merge_tables(before, old)["article"]["a"]["tags"] == ["비용"], "an older program's file has none"


def test_a_damaged_file_is_made_again_with_them(library: Library) -> None:
    one = ids(library)[0]
    library.set_article_tags(one, ["비용"])
    library._desk.layout.marks(one).write_bytes(b"{")
    library.set_article_note(one, "메모")
    assert library._marks.read(one).tags == ("비용",)


def test_marks_tagged_lately_are_the_newest_that_have_tags(library: Library) -> None:
    one, other, third = ids(library)
    old = library.annotate(one, 0, 3, tags=["비용"])
    library.annotate(one, 4, 6)
    gone = library.annotate(third, 0, 3, tags=["비용"])
    library.remove(gone.article)
    marks = [library.annotate(other, start, start + 2, tags=["주장"]) for start in (0, 3, 6)]
    changed = library.change(old.id, note="나중에")
    found = library.tagged_lately(10)
    assert changed in found
    assert [mark.updated for mark in found] == sorted((mark.updated for mark in found), reverse=True)
    assert {mark.id for mark in found} == {old.id, *(mark.id for mark in marks)}
    assert len(library.tagged_lately(2)) == 2
