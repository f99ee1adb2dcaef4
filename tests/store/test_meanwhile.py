"""The index is told of a mark while the disk takes its file, and of none that the disk refuses."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.errors import StorageError
from store.library import Library
from store.meanwhile import Meanwhile
from tests.store.refusing import Refusing

SECONDS = 20


@pytest.fixture
def meanwhile() -> Iterator[Meanwhile]:
    made = Meanwhile()
    yield made
    made.close()


def helpers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "mitjul-meanwhile"]


def test_it_is_done_in_another_thread_at_the_same_time(meanwhile: Meanwhile) -> None:
    go_on = threading.Event()

    def do() -> int:
        assert go_on.wait(SECONDS)
        return threading.get_ident()

    wait = meanwhile.begin(do)
    go_on.set()
    assert wait() != threading.get_ident()
    assert meanwhile.begin(threading.get_ident)() == meanwhile.begin(threading.get_ident)()


def test_what_it_raises_is_raised_where_it_is_waited_for(meanwhile: Meanwhile) -> None:
    wait = meanwhile.begin(lambda: int("nothing"))
    with pytest.raises(ValueError, match="nothing"):
        wait()
    assert meanwhile.begin(lambda: 3)() == 3


def test_an_interruption_comes_when_it_is_done(meanwhile: Meanwhile) -> None:
    done = []

    def do() -> None:
        # The signal comes to the thread that waits.
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        threading.Event().wait(0.1)
        done.append(True)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            meanwhile.begin(do)()
    finally:
        signal.signal(signal.SIGINT, before)
    assert done == [True]
    assert meanwhile.begin(lambda: 3)() == 3


def test_where_there_is_no_thread_it_is_done_at_once(
    meanwhile: Meanwhile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none)
    assert meanwhile.begin(threading.get_ident)() == threading.get_ident()


def test_the_thread_ends_with_the_library(folder: Path) -> None:
    with Library.open(folder) as library:
        id = library.add("글\n첫째 문장.".encode(), name="a")[0].id
        assert id is not None
        before = len(helpers())
        library.annotate(id, 0, 2)
        library.annotate(id, 3, 5)
        assert len(helpers()) == before + 1
    assert len(helpers()) == before


def test_the_index_is_told_while_the_file_is_synced(
    library: Library, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = threading.Event()
    real = os.fsync

    def fsync(handle: int) -> None:
        assert told.wait(SECONDS), "the index is told only afterwards"
        real(handle)

    library._desk.index.db.set_trace_callback(lambda sql: told.set() if sql == "COMMIT" else None)
    monkeypatch.setattr(os, "fsync", fsync)
    mark = library.annotate(article, 0, 9, tags=["비용"])
    assert library.annotations() == [mark]


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
def test_an_index_that_fails_in_the_thread_is_mended_by_who_waits(
    library: Library, article: str, statement: str
) -> None:
    first = library.annotate(article, 0, 9, tags=["비용"])
    index = library._desk.index
    index.db = Refusing(index.db, "database or disk is full", (statement,))  # type: ignore[assignment]
    second = library.annotate(article, 10, 19, tags=["비용"])
    assert index.in_memory
    assert library.annotations() == [first, second]
    assert [(tag.name, tag.count) for tag in library.tags()] == [("비용", 2)]


def test_neither_the_disk_nor_the_index_takes_it(
    library: Library, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = library.annotate(article, 0, 9)
    index = library._desk.index

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        index.db = Refusing(index.db, "disk I/O error", ("BEGIN",))  # type: ignore[assignment]
        with pytest.raises(StorageError, match="디스크 오류"):
            library.annotate(article, 10, 19)
    assert library.annotations() == [first]
    assert not isinstance(index.db, Refusing)
    assert isinstance(index.db, sqlite3.Connection)
