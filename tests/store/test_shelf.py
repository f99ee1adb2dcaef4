"""An article's file is decoded as far as it is asked for, and means the same however it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from store.errors import NotFoundError, StorageError
from store.library import Library
from store.model import Extracts, Keyword
from tests.store.pages import dump

FOUND = Extracts(version=7, keywords=(Keyword(text="오픈소스", score=1, count=1),), terms=(("항구", "창고"),))

READS: list[Callable[[Library, str], object]] = [Library.article, Library.read, Library.extracts]


def test_the_parts_of_a_file_are_what_the_whole_has(library: Library, article: str) -> None:
    shelf = library._shelf
    assert shelf.extracts(article) is None
    shelf.save_extracts(article, FOUND)
    closely = shelf._decoded(article, shelf._tables(article))
    assert shelf.load(article) == closely == (shelf.article(article), shelf.extracts(article))
    assert type(shelf.article(article)) is type(closely[0])


def test_extracts_that_cannot_be_understood_hide_no_article(library: Library, article: str) -> None:
    library._shelf.save_extracts(article, FOUND)
    path = _path(library, article)
    tables = msgspec.json.decode(path.read_bytes())
    tables["extracts"][article]["keywords"] = 3
    path.write_bytes(msgspec.json.encode(tables))
    assert library.extracts(article) is None
    assert library.read(article) == (library.article(article), None)


def test_what_is_wrong_is_said_whatever_is_asked_for(library: Library, article: str) -> None:
    path = _path(library, article)
    whole = path.read_bytes()
    tables = msgspec.json.decode(whole)
    tables["article"][article]["sentences"][0]["end"] = 10**6
    path.write_bytes(msgspec.json.encode(tables))
    for read in READS[:2]:
        with pytest.raises(StorageError, match="글 밖을 가리킴"):
            read(library, article)
    path.write_bytes(whole[: len(whole) // 2])
    for read in READS:
        with pytest.raises(StorageError):
            read(library, article)
    path.unlink()
    for read in READS:
        with pytest.raises(NotFoundError):
            read(library, article)


def test_a_file_with_another_article_in_it_is_damaged(library: Library, article: str) -> None:
    added = library.add(dump(5), name="5.txt")[0]
    assert added.id is not None
    _path(library, article).write_bytes(_path(library, added.id).read_bytes())
    for read in READS:
        with pytest.raises(StorageError, match="글이 들어 있지 않음"):
            read(library, article)


def _path(library: Library, article: str) -> Path:
    return library._desk.layout.article(article)


def test_a_text_that_is_asked_for_again_is_the_present_one(library: Library, article: str) -> None:
    shelf = library._shelf
    old = shelf.article(article)
    assert shelf.text(article) is shelf.text(article)
    shelf.save(msgspec.structs.replace(old, text=old.text + "\n\n끝"))
    assert shelf.text(article) == old.text + "\n\n끝"
    assert library.annotate(article, len(old.text) + 2, len(old.text) + 3).exact == "끝"
