"""What the disk refuses of a mark is not in the index; what the index refuses is in the files, and in the index when it is mended."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable

import pytest

from store.errors import StorageError
from store.library import Library
from tests.store.refusing import Refusing


def all_there_is(library: Library, article: str) -> object:
    return (
        library.annotations(),
        library.tags(),
        library.list(),
        library.article_note(article),
        library._desk.index.rows("SELECT * FROM work ORDER BY article"),
        library._desk.index.rows("SELECT * FROM mark_tags ORDER BY article, mark, tag"),
    )


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("marked", [False, True])
def test_what_the_disk_refuses_is_not_in_the_index(
    library: Library, article: str, monkeypatch: pytest.MonkeyPatch, step: str, marked: bool
) -> None:
    acts: list[Callable[[], object]] = [
        lambda: library.annotate(article, 10, 19, tags=["비용", "규제"]),
        lambda: library.set_article_note(article, "글 메모"),
        lambda: library.set_article_tags(article, ["읽을 것"]),
    ]
    if marked:
        mark = library.annotate(article, 0, 9, tags=["비용"], note="메모")
        acts += [
            lambda: library.change(mark.id, tags=["개발"], note="다른 메모"),
            lambda: library.delete(mark.id),
        ]
    before = all_there_is(library, article)

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    for act in acts:
        with monkeypatch.context() as patch:
            patch.setattr(os, step, refuse)
            with pytest.raises(StorageError):
                act()
        assert all_there_is(library, article) == before
    for act in acts:
        act()
    after = library.annotations(), library.tags(), library.article_note(article)
    library.reindex()
    assert (library.annotations(), library.tags(), library.article_note(article)) == after


def test_a_file_whose_folder_is_not_synced_is_read_at_the_next_look(
    library: Library, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in its place, though nobody has said that it stays there."""
    real = os.fsync

    def fsync(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        with pytest.raises(StorageError):
            library.annotate(article, 0, 9, tags=["비용"])
    assert library.annotations() == []
    second = library.annotate(article, 10, 19)
    assert [mark.start for mark in library.annotations()] == [0, 10]
    assert library.annotations()[1] == second


@pytest.mark.parametrize("statement", ["BEGIN", "COMMIT"])
def test_an_index_that_fails_is_mended(library: Library, article: str, statement: str) -> None:
    first = library.annotate(article, 0, 9, tags=["비용"])
    index = library._desk.index
    index.db = Refusing(index.db, "database or disk is full", (statement,))  # type: ignore[assignment]
    second = library.annotate(article, 10, 19, tags=["비용"])
    assert index.in_memory
    assert library.annotations() == [first, second]
    assert [(tag.name, tag.count) for tag in library.tags()] == [("비용", 2)]
