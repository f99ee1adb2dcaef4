"""The order of the shelf: sorting and grouping of articles. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from store.model import Listed
from tui.language import say

Sort = Literal["added", "published", "title", "publisher", "marks", "unread"]
Group = Literal["", "publisher", "date", "tag"]

SORTS: dict[Sort, tuple[str, str]] = {
    "added": ("들인 순서", "Newest first"),
    "published": ("발행일", "Date published"),
    "title": ("제목", "Title"),
    "publisher": ("매체", "Publisher"),
    "marks": ("표시 많은 순", "Most marks"),
    "unread": ("안 읽은 것부터", "Unread first"),
}
GROUPS: dict[Group, tuple[str, str]] = {
    "": ("묶지 않음", "No groups"),
    "publisher": ("매체", "By publisher"),
    "date": ("발행한 달", "By month"),
    "tag": ("태그", "By tag"),
}


class Arrangement(Struct, frozen=True):
    sort: Sort = "added"
    group: Group = ""


def arrange(
    articles: Sequence[Listed], how: Arrangement, tags: Mapping[str, Sequence[str]] | None = None
) -> list[tuple[str, list[Listed]]]:
    """The articles as `(name of the group, articles)`, groups by name and what has none last.

    Args:
        articles: newest added first, as the library lists them; equals keep that order.
        tags: for groups by tag, the tags of each article's marks; an article stands under each of them.
    """
    ordered = sorted(articles, key=lambda article: _key(article, how.sort))
    if how.sort == "published":
        ordered.sort(key=lambda article: article.published or "", reverse=True)
    if not how.group:
        return [("", ordered)]
    groups: dict[str, list[Listed]] = {}
    for article in ordered:
        for name in _groups(article, how.group, tags or {}):
            groups.setdefault(name, []).append(article)
    none = groups.pop("", [])
    # Months run backwards, names forwards.
    result = sorted(groups.items(), key=lambda item: item[0].casefold(), reverse=how.group == "date")
    return [*result, (_none(how.group), none)] if none else result


def _key(article: Listed, sort: Sort) -> tuple[object, ...]:
    match sort:
        case "title":
            return (article.title.casefold(),)
        case "publisher":
            return (article.publisher is None, (article.publisher or "").casefold())
        case "marks":
            return (-article.annotations,)
        case "unread":
            return (not article.unread,)
        case _:
            return ()


def _groups(article: Listed, group: Group, tags: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if group == "publisher":
        return (article.publisher or "",)
    if group == "date":
        return ((article.published or "")[:7],)
    return tags.get(article.id) or ("",)


def _none(group: Group) -> str:
    return {
        "publisher": say("매체 없음", "No publisher"),
        "date": say("날짜 없음", "No date"),
        "tag": say("태그 없음", "No tags"),
    }[group]
