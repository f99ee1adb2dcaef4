from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import ingest
from store.library import Library
from tests.store import pages
from tests.store.pages import dump


@pytest.fixture(autouse=True)
def plain_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store's tests are about the store: pages are parsed in the plainest way."""
    monkeypatch.setattr(ingest, "parse", pages.parse, raising=False)
    monkeypatch.setattr(ingest, "VERSION", 1, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder) as library:
        yield library


@pytest.fixture
def article(library: Library) -> str:
    """An article of three sentences."""
    text = "비용 논쟁\n첫째 문장은 개발 비용을 말한다.\n둘째 문장은 규제를 말한다.\n셋째 문장은 비용을 다시 말한다."
    added = library.add(text.encode(), name="a.txt", source_url="https://news.example/1")
    assert added[0].id is not None
    return added[0].id


@pytest.fixture
def one(folder: Path) -> str:
    """A closed library of an article with a mark; its tag has a hot key, and the place where one left off is kept."""
    with Library.open(folder) as library:
        id = library.add(dump(1), name="1.txt")[0].id
        assert id is not None
        library.annotate(id, 0, 10, tags=["비용"], note="메모")
        library.set_tag("비용", hotkey="1")
        library.set_place(id, 5, 0.5)
    return id


def file_of(folder: Path, kind: str, id: str) -> Path:
    """The file of an article: what it says, its marks, or its extracts."""
    return folder / kind / id[:2] / f"{id}.json"
