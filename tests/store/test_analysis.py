"""Keeping what the analyser finds."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from store.errors import MitjulError, StorageError
from store.korean import EXTRACTOR, analyser
from store.library import Library
from store.model import Extracts, Page
from tests.analysers import FOUND, Quick
from tests.store.pages import dump


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyser, "Analyser", Quick)


def test_what_is_found_is_kept(library: Library) -> None:
    ids = [library.add(dump(n), name=str(n))[0].id for n in (1, 2)]
    assert dict(library.analyse()) == dict.fromkeys(ids, FOUND)
    assert library.pending() == []
    assert all(library.extracts(id) == FOUND for id in ids if id is not None)


def test_an_article_taken_in_again_meanwhile_stays_pending(library: Library) -> None:
    id = library.add(dump(1), name="1")[0].id
    assert id is not None
    work = library.analyse([id])
    real = Quick.analyse

    def slow(self: Quick, pages: Iterable[tuple[str, Page]]) -> Iterator[tuple[str, Extracts | MitjulError]]:
        for item in real(self, pages):
            library.correct(id, remove=library.article(id).blocks[-1].start)
            yield item

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Quick, "analyse", slow)
        list(work)
    assert library.pending() == [id]
    assert library.extracts(id) is None


def test_a_library_that_was_closed_meanwhile_is_not_written(folder: Path) -> None:
    library = Library.open(folder)
    for n in (1, 2):
        library.add(dump(n), name=str(n))
    work = library.analyse()
    first, _ = next(work)
    library.close()
    files = {path: path.read_bytes() for path in (folder / "articles").rglob("*.json")}
    ((second, result),) = list(work)
    assert isinstance(result, StorageError)
    assert {path: path.read_bytes() for path in files} == files
    with Library.open(folder) as again:
        assert again.extracts(first) == FOUND
        assert again.pending() == [second]


def test_an_article_that_comes_in_twice_has_what_was_found_in_its_last_text(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both texts are before the analyser when the first answer comes."""
    taken = threading.Event()

    def late(
        self: Quick, pages: Iterable[tuple[str, Page] | None]
    ) -> Iterator[tuple[str, Extracts | MitjulError]]:
        asked = []
        for item in pages:
            if item is not None:
                asked.append(item)
                taken.set()
        for id, page in asked:
            yield id, Extracts(version=EXTRACTOR, terms=((str(len(page.text)),),))

    monkeypatch.setattr(Quick, "analyse", late)
    id = library.add(dump(1), name="1")[0].id
    assert id is not None
    with library.alongside() as analysing:
        analysing.put(id)
        assert taken.wait(10)
        library.correct(id, remove=library.article(id).blocks[-1].start)
        analysing.put(id)
        assert list(analysing.finish()) == [(id, None), (id, None)]
    found = library.extracts(id)
    assert found is not None
    assert found.terms == ((str(len(library.article(id).text)),),)
