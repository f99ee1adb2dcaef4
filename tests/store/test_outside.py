"""What something else changed since the last look: an act is on the file as it is now, and undo brings that back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store.anchoring import select
from store.errors import NotFoundError
from store.history import Act
from store.library import Library
from store.marks import encode
from store.merging import merge_records


def change(folder: Path, article: str, table: str, key: str, **fields: Any) -> None:
    """Change a record of a file as another machine's copy of it does."""
    path = folder / "annotations" / article[:2] / f"{article}.json"
    tables = json.loads(path.read_text())
    tables.setdefault(table, {}).setdefault(key, {}).update(fields)
    path.write_text(json.dumps(tables, ensure_ascii=False))


def test_a_note_on_an_article(library: Library, article: str) -> None:
    library.set_article_note(article, "여기서 쓴 메모")
    change(library.folder, article, "article", article, note="다른 기기에서 쓴 긴 메모")
    library.set_article_note(article, "다시 여기서")
    library.undo()
    assert library.article_note(article) == "다른 기기에서 쓴 긴 메모"
    assert library.changed() == {article}, "it is still told"


def test_tags_of_an_article(library: Library, article: str) -> None:
    library.set_article_tags(article, ["비용"])
    change(library.folder, article, "article", article, tags=["규제", "한국"])
    assert library.set_article_tags(article, ["비용"]) == ("비용",), "not what it has any more"
    assert library.article_tags(article) == ("비용",)
    library.undo()
    assert library.article_tags(article) == ("규제", "한국")


def test_the_trash(library: Library, article: str) -> None:
    library.set_article_note(article, "메모")
    change(library.folder, article, "article", article, trashed="2025-03-01T00:00:00.000Z")
    library.restore(article)
    assert [row.id for row in library.list()] == [article]
    library.undo()
    assert [row.id for row in library.trash()] == [article]


def test_a_mark(library: Library, article: str) -> None:
    mark = library.annotate(article, 0, 5, tags=["비용"], note="여기서")
    change(library.folder, article, "marks", mark.id, note="다른 기기에서", tags=["규제"])
    library.change(mark.id, note="다시 여기서")
    library.retag([mark.id], lambda tags: ["한국"], "태그", "tags")
    library.undo()
    library.undo()
    back = library.annotation(mark.id)
    assert (back.note, back.tags) == ("다른 기기에서", ("규제",))
    change(library.folder, article, "marks", mark.id, deleted="2025-03-01T00:00:00.000Z")
    with pytest.raises(NotFoundError):
        library.delete(mark.id)


def test_a_file_that_is_gone(library: Library, article: str) -> None:
    library.set_article_note(article, "메모")
    (library.folder / "annotations" / article[:2] / f"{article}.json").unlink()
    library.set_article_note(article, "다시")
    library.undo()
    assert library.article_note(article) == ""


def told(act: Act | None) -> tuple[str, str]:
    assert act is not None
    return act.korean, act.english


KEPT = " (그 뒤 다른 데서 바뀐 1곳은 그대로 두었습니다)", " (1 changed elsewhere since, left as they are)"


def test_undo_leaves_a_note_that_another_machine_wrote_since(library: Library, article: str) -> None:
    mark = library.annotate(article, 0, 5)
    library.change(mark.id, note="내 메모", tags=["비용"])
    longer = "내 메모. 다른 컴퓨터에서 길게 이어 썼다."
    change(library.folder, article, "marks", mark.id, note=longer, tags=["비용", "중요"])
    assert told(library.undo()) == ("밑줄 고치기" + KEPT[0], "change" + KEPT[1])
    back = library.annotation(mark.id)
    assert (back.note, back.tags) == (longer, ("중요",)), "the note stays; of the tags the act's own is taken"
    assert told(library.redo()) == ("밑줄 고치기" + KEPT[0], "change" + KEPT[1])
    back = library.annotation(mark.id)
    assert (back.note, back.tags) == (longer, ("중요", "비용"))
    library.set_article_note(article, "내 메모")
    change(library.folder, article, "article", article, note=longer)
    assert told(library.undo()) == ("글 메모" + KEPT[0], "article note" + KEPT[1])
    assert library.article_note(article) == longer


def test_undo_gives_back_what_an_act_took_beside_what_came_since(library: Library, article: str) -> None:
    mark = library.annotate(article, 0, 5, tags=["가", "나", "다"])
    library.change(mark.id, tags=["다", "라"])
    change(library.folder, article, "marks", mark.id, tags=["마", "라"])
    assert told(library.undo()) == ("태그", "tags")
    assert library.annotation(mark.id).tags == ("마", "가", "나"), "다 is gone since, and not by this act"
    library.rename_tag("가", "바")
    change(library.folder, article, "marks", mark.id, tags=["마", "바", "사"])
    assert told(library.undo()) == ("태그 가 → 바", "tag 가 → 바")
    assert library.annotation(mark.id).tags == ("마", "사", "가")


def test_undo_leaves_a_range_and_corrections_that_were_changed_since(library: Library, article: str) -> None:
    mark = library.annotate(article, 0, 5)
    library.change(mark.id, end=9)
    text = library.article(article).text
    theirs = {**select(text, 3, 12)._asdict(), "status": "anchored"}
    change(library.folder, article, "marks", mark.id, **theirs)
    assert told(library.undo())[1] == "change" + KEPT[1]
    assert (library.annotation(mark.id).start, library.annotation(mark.id).end) == (3, 12)
    library.correct(article, remove=0)
    another = [{"kind": "remove", "text": "둘째 문장은 규제를 말한다."}]
    change(library.folder, article, "article", article, corrections=another)
    now = library.article(article).text
    assert told(library.undo())[1] == "take a line out" + KEPT[1]
    assert library.article(article).text == now


def test_undo_of_what_another_machine_undid_or_deleted_too(library: Library, article: str) -> None:
    mark = library.annotate(article, 0, 5, note="메모")
    library.delete(mark.id)
    change(library.folder, article, "marks", mark.id, deleted="")
    assert told(library.undo()) == ("지우기", "delete")
    assert library.annotation(mark.id).note == "메모"
    change(library.folder, article, "marks", mark.id, deleted="2025-03-01T00:00:00.000Z")
    assert told(library.undo()) == ("밑줄", "underline"), "it is gone, whoever took it"
    assert library.annotations() == []
    library.remove(article)
    change(library.folder, article, "article", article, trashed="2025-03-01T00:00:00.000Z")
    assert told(library.undo()) == ("휴지통에 넣기", "move to trash")
    assert library.trash() == []


def test_undo_of_a_mark_whose_file_is_gone_makes_none(library: Library, article: str) -> None:
    mark = library.annotate(article, 0, 5)
    library.delete(mark.id)
    (library.folder / "annotations" / article[:2] / f"{article}.json").unlink()
    assert told(library.undo())[1] == "delete" + KEPT[1]
    assert (library.annotations(), library.check()) == ([], [])
    assert told(library.undo())[1] == "underline"


def test_undo_leaves_the_colour_of_a_tag_that_was_changed_since(library: Library) -> None:
    library.set_tag("비용", colour="red")
    library.set_tag("비용", colour="blue", hotkey="1")
    tables = json.loads((library.folder / "tags.json").read_text())
    tables["tags"]["비용"]["colour"] = "teal"
    (library.folder / "tags.json").write_text(json.dumps(tables, ensure_ascii=False))
    assert told(library.undo())[1] == "tag 비용" + KEPT[1]
    assert [(tag.colour, tag.hotkey) for tag in library.tags()] == [("teal", "")]


@pytest.mark.parametrize("changed", [[], "2025", None])
def test_times_of_changes_that_are_none(library: Library, article: str, changed: object) -> None:
    mark = library.annotate(article, 0, 5, note="메모")
    library.set_article_note(article, "글 메모")
    library.set_tag("비용", colour="red")
    change(library.folder, article, "marks", mark.id, changed=changed)
    change(library.folder, article, "article", article, changed=changed)
    tables = json.loads((library.folder / "tags.json").read_text())
    tables["tags"]["비용"]["changed"] = changed
    (library.folder / "tags.json").write_text(json.dumps(tables, ensure_ascii=False))
    assert library.noted(article) == ""
    library.change(mark.id, note="다시")
    library.set_article_note(article, "다시")
    library.set_tag("비용", colour="blue")
    assert (library.annotation(mark.id).note, library.article_note(article)) == ("다시", "다시")
    assert library.noted(article) > "2026"
    assert [tag.colour for tag in library.tags()] == ["blue"]
    merged = merge_records({"note": "가", "changed": changed}, {"note": "나", "changed": {"note": "2026"}})
    assert merged == {"note": "나", "changed": {"note": "2026"}}


def test_a_mark_of_another_machine_is_seen_by_one_who_marks_at_once(library: Library, article: str) -> None:
    mark = library.annotate(article, 0, 5)
    theirs = {**encode(mark), "start": 6, "end": 9}
    change(library.folder, article, "marks", "c" * 12, **theirs)
    library.annotate(article, 10, 12)
    assert [mark.start for mark in library.annotations(article=article)] == [0, 6, 10]
    assert library.list()[0].annotations == 3
