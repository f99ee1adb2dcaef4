"""What something else changed since the last look: an act is on the file as it is now, and undo brings that back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store.errors import NotFoundError
from store.library import Library


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
