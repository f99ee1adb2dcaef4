"""Articles and marks by the beginning of their ids, as people give them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from store.errors import AmbiguousError, NotFoundError
from store.index import Index
from store.model import Annotation
from store.text import clean_line

T = TypeVar("T")

ID_BEGINS = "id >= ? AND id < ? AND +article IN (SELECT id FROM articles)"
"""Marks between two ids. The plus keeps SQLite from going through the marks of every article ("The SQLite Query Optimizer", 7.2)."""


def article_named(index: Index, prefix: str) -> str:
    """The whole id of an article; of one in the trash, too.

    Raises:
        NotFoundError: there is none.
        AmbiguousError: there are several.
    """
    wanted = clean_line(prefix).lower()
    if wanted and index.has(wanted):
        return wanted
    return _one(prefix, index.ids(wanted) if wanted else [], "글", "article")


def mark_named(index: Index, prefix: str) -> Annotation:
    """A mark. Errors as of `article_named`."""
    wanted = clean_line(prefix).lower()
    found = index.marks(ID_BEGINS, (wanted, wanted + "g")) if wanted else []
    return _one(prefix, [mark for mark in found if mark.id == wanted] or found, "밑줄", "annotation")


def articles_of(index: Index, marks: Iterable[str]) -> dict[str, str]:
    """The articles of marks, by the marks' ids, in the order given. Errors as of `article_named`."""
    ids = list(marks)
    found = dict(
        index.rows(
            "SELECT id, article FROM marks WHERE id IN (SELECT value FROM json_each(?))"
            " AND +article IN (SELECT id FROM articles)",
            (_json(ids),),
        )
    )
    articles: dict[str, str] = {}
    for id in ids:
        if id in found:
            articles[id] = found[id]
        else:
            mark = mark_named(index, id)
            articles[mark.id] = mark.article
    return articles


def must_have(index: Index, *articles: str) -> dict[str, str]:
    """When each of these articles went to the trash (empty: it did not).

    Raises:
        NotFoundError: one of them is not there.
    """
    if len(articles) == 1:
        found = index.rows("SELECT id, trashed FROM articles WHERE id = ?", articles)
    else:
        each = "SELECT value FROM json_each(?)"
        found = index.rows(f"SELECT id, trashed FROM articles WHERE id IN ({each})", (_json(articles),))
    trashed = dict(found)
    for article in articles:
        if article not in trashed:
            raise no_article(article)
    return trashed


def _json(ids: Sequence[str]) -> str:
    """For `json_each`, which takes any number of values ("JSON Functions And Operators", 4.27)."""
    return msgspec.json.encode(ids).decode()


def no_article(id: str) -> NotFoundError:
    """The error for an article that is not there."""
    return NotFoundError(f"그런 글이 없습니다: {id}", f"No such article: {id}")


def _one(prefix: str, found: Sequence[T], korean: str, english: str) -> T:
    if not found:
        raise NotFoundError(f"그런 {korean}이 없습니다: {prefix}", f"No such {english}: {prefix}")
    if len(found) > 1:
        raise AmbiguousError(
            f"{prefix}로 시작하는 {korean}이 {len(found)}개입니다. 더 길게 쓰세요.",
            f"{len(found)} {english}s begin with {prefix}. Give more of the id.",
        )
    return found[0]
