"""Much that changed while a library was closed is read in the background, and the library is there meanwhile."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from store import desk, upkeep
from store.errors import StorageError
from store.layout import Layout
from store.library import Library
from tests.store.pages import dump

NUMBER = 60


class Gate:
    """Lets the work in the background go on by one piece at a time, or freely."""

    def __init__(self) -> None:
        self._pieces = threading.Semaphore(0)
        self._arrived = threading.Semaphore(0)
        self._open = threading.Event()

    def sleep(self, seconds: float) -> None:
        self._arrived.release()
        for _ in range(300):
            if self._open.is_set() or self._pieces.acquire(timeout=0.01):
                return

    def let(self, pieces: int) -> None:
        for _ in range(pieces):
            self._pieces.release()
            assert self._arrived.acquire(timeout=10)

    def open(self) -> None:
        self._open.set()

    def close(self) -> None:
        self._open.clear()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    clock = SimpleNamespace(sleep=gate.sleep, monotonic=time.monotonic)
    for module in (desk, upkeep):
        monkeypatch.setattr(module, "time", clock)
    yield gate
    gate.open()


@pytest.fixture
def closed(folder: Path) -> list[str]:
    """A library without an index; its articles, each with a mark."""
    ids = []
    with Library.open(folder) as library, library._intake.bulk():
        for number in range(NUMBER):
            id = library.add(dump(number), name=f"{number}")[0].id
            assert id is not None
            library.annotate(id, 0, 5, tags=["비용"])
            ids.append(id)
    (folder / "index.sqlite").unlink()
    return ids


def finished(library: Library) -> None:
    until = time.monotonic() + 20
    while library.catching_up is not None:
        assert time.monotonic() < until
        time.sleep(0.005)


def some(library: Library, gate: Gate) -> None:
    """Until some articles are known, and not all."""
    while not library.list():
        gate.let(1)


def test_the_library_is_there_at_once(folder: Path, closed: list[str], gate: Gate) -> None:
    with Library.open(folder, background=True) as library:
        assert library.catching_up is not None
        assert library.list() == []
        some(library, gate)
        known = {row.id for row in library.list()}
        assert 0 < len(known) < NUMBER
        assert library.catching_up is not None
        done, total = library.catching_up
        assert 0 < done < total == 2 * NUMBER
        news = library.changed()
        assert news >= known
        mark = library.annotate(min(known), 3, 8, note="사이에")
        gate.open()
        finished(library)
        assert {row.id for row in library.list()} == set(closed)
        assert library.annotation(mark.id).note == "사이에"
        assert len(library.annotations()) == NUMBER + 1
        assert news | library.changed() == set(closed)
        assert library.changed() == set()


def test_acts_that_have_to_know_everything_do(folder: Path, closed: list[str], gate: Gate) -> None:
    with Library.open(folder, background=True) as library:
        some(library, gate)
        gate.open()
        assert library.rename_tag("비용", "값") == NUMBER
        assert library.catching_up is None
    (folder / "index.sqlite").unlink()
    with Library.open(folder, background=True) as library:
        assert [one.status for one in library.add(dump(NUMBER - 1), name="again")] == ["duplicate"]
    (folder / "index.sqlite").unlink()
    gate.open()
    with Library.open(folder, background=True) as library:
        assert library.check() == []
        assert library.reindex() == NUMBER


def test_a_disk_that_says_no_in_the_background_is_told(
    folder: Path, closed: list[str], gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object, kind: str, id: str) -> None:
        raise StorageError("디스크에 빈자리가 없습니다.", "The disk is full.")

    with Library.open(folder, background=True) as library:
        some(library, gate)
        with monkeypatch.context() as patch:
            patch.setattr(upkeep.Upkeep, "_read_one", refuse)
            gate.open()
            finished(library)
        assert [problem.english for problem in library._desk.problems] == ["The disk is full."]
        assert library.check() == []
        assert {row.id for row in library.list()} == set(closed)


def test_what_closing_breaks_off_is_done_at_the_next_opening(
    folder: Path, closed: list[str], gate: Gate
) -> None:
    with Library.open(folder, background=True) as library:
        some(library, gate)
        gate.open()
    with Library.open(folder) as library:
        assert {row.id for row in library.list()} == set(closed)
        assert len(library.annotations()) == NUMBER


def test_a_few_changes_are_read_at_opening(folder: Path, closed: list[str], gate: Gate) -> None:
    gate.open()
    with Library.open(folder):
        pass
    for id in closed[:3]:
        (folder / "articles" / id[:2] / f"{id}.json").unlink()
    with Library.open(folder, background=True) as library:
        assert library.catching_up is None
        assert {row.id for row in library.list()} == set(closed[3:])


def test_others_have_the_library_between_the_pieces_of_long_work(
    folder: Path, closed: list[str], gate: Gate
) -> None:
    gate.open()
    with Library.open(folder) as library:
        gate.close()
        thread = threading.Thread(target=library.reindex)
        thread.start()
        some(library, gate)
        assert 0 < len(library.list()) < NUMBER
        gate.open()
        thread.join()
        assert len(library.list()) == NUMBER


def test_an_article_that_is_known_has_its_note_and_tags(folder: Path, closed: list[str], gate: Gate) -> None:
    with Library.open(folder) as library:
        gate.open()
        for id in closed:
            library.set_article_note(id, "먼저 쓴 메모")
    (folder / "index.sqlite").unlink()
    gate.close()
    with Library.open(folder, background=True) as library:
        some(library, gate)
        known = {row.id for row in library.list()}
        assert 0 < len(known) < NUMBER
        assert {library.article_note(id) for id in known} == {"먼저 쓴 메모"}
        gate.open()


def test_looking_for_changes_keeps_nobody_waiting(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "FULL_EVERY", -1.0)
    with Library.open(folder) as library:
        id = library.add(dump(1), name="1.txt")[0].id
        assert id is not None
        library._desk.layout.article(id).write_bytes(b"not an article")
        waited: list[bool] = []
        real = Layout.shard_times

        def while_others_act(layout: Layout, kind: str) -> list[tuple[str, int]]:
            act = threading.Thread(target=library.set_place, args=(id, len(waited), 0.5), daemon=True)
            act.start()
            act.join(5)
            waited.append(act.is_alive())
            return real(layout, kind)

        with monkeypatch.context() as patch:
            patch.setattr(Layout, "shard_times", while_others_act)
            assert library.changed() == {id}
        assert waited == [False, False]
        assert library.place(id).offset == 1
        library.close()
        before = os.stat(folder / "index.sqlite").st_ino
        assert library.changed() == set()
        assert os.stat(folder / "index.sqlite").st_ino == before
