"""Marks: `annotate annotations`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from store.errors import AmbiguousError, NotFoundError
from tui.cli import shapes
from tui.cli.group import command, json_option
from tui.cli.opening import opened
from tui.cli.output import clean_inline, emit, line, notice, out
from tui.cli.usage import Range, wrong
from tui.language import say

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Annotation

_ID = re.compile(r"[0-9a-f]{6,12}")
"""What may be the beginning of an article's id; shorter ones are more likely words or years."""


@command(
    "annotate",
    "구절에 밑줄을 긋습니다. 글의 말(--quote)이나 자리(--range)로 가리킵니다.",
    "Mark a passage, by its words or its range.",
)
@click.argument("id")
@click.option(
    "--quote",
    metavar="TEXT",
    help=say("구절 원문 (빈칸과 줄바꿈은 너그럽게)", "Its words (blanks are lenient)"),
)
@click.option(
    "--range", "place", type=Range(), help=say("자리: 글자 수로 처음:끝", "Its place: code points, start:end")
)
@click.option(
    "--tag",
    "tags",
    multiple=True,
    metavar="T",
    help=say("태그 (여러 번 쓸 수 있습니다)", "A tag (may be repeated)"),
)
@click.option("--note", default="", metavar="N", help=say("메모", "A note"))
@json_option
def annotate_command(
    id: str, quote: str | None, place: tuple[int, int] | None, tags: tuple[str, ...], note: str, as_json: bool
) -> None:
    if (quote is None) == (place is None):
        raise wrong("--quote와 --range 가운데 하나를 주세요.", "Give either --quote or --range.")
    with opened(write=True) as library:
        article = library.find(id)
        if quote is not None:
            mark = library.annotate_quote(article, quote, tags=tags, note=note)
        else:
            start, end = place or (0, 0)
            if start >= end:
                raise wrong("--range의 처음이 끝보다 앞이어야 합니다.", "--range must begin before it ends.")
            mark = library.annotate(article, start, end, tags=tags, note=note)
    if as_json:
        emit(shapes.annotation(mark))
    else:
        _shown(mark)


@command(
    "annotations",
    "표시 목록. QUERY로 좁힙니다. 글의 ID(앞 여섯 자부터)를 주면 그 글의 것만 봅니다.",
    "List marks; QUERY narrows them. The ID of an article (six characters of it will do) gives those of that article.",
    context_settings={"ignore_unknown_options": True},
)
@click.argument("query", nargs=-1)
@click.option("--article", metavar="ID", help=say("이 글의 것만", "Of this article only"))
@json_option
def annotations_command(query: tuple[str, ...], article: str | None, as_json: bool) -> None:
    with opened() as library:
        only, words = (library.find(article), query) if article else _article_among(library, query)
        marks = library.annotations(" ".join(words), article=only)
        titles = {item.id: item.title for item in library.list()} if not as_json else {}
    if as_json:
        emit([shapes.annotation(mark) for mark in marks])
        return
    before = None
    for mark in marks:
        if mark.article != before:
            if before is not None:
                out()
            line((titles.get(mark.article, ""), "bold"), "  ", (mark.article, "dim"))
            before = mark.article
        _shown(mark)
    if not marks and only and not words:
        notice(say(f"이 글에는 표시가 없습니다: {only}", f"No marks in this article: {only}"))
    elif not marks:
        notice(say("표시가 없습니다.", "No marks."))


def _article_among(library: Library, words: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The article that one of the words is the id of, or the beginning of its id alone; and the other words, which are the query."""
    for at, word in enumerate(words):
        if _ID.fullmatch(word):
            try:
                return library.find(word), (*words[:at], *words[at + 1 :])
            except (NotFoundError, AmbiguousError):
                continue
    return None, words


_STATUS = {
    "moved": ("옮겨짐", "moved"),
    "uncertain": ("확실하지 않음", "uncertain"),
    "lost": ("잃음", "lost"),
}


def _shown(mark: Annotation) -> None:
    tags = "".join(f" #{tag}" for tag in mark.tags)
    status = f" [{say(*_STATUS[mark.status])}]" if mark.status in _STATUS else ""
    line((mark.id, "dim"), " ", clean_inline(mark.exact), (tags, "yellow"), (status, "red"))
    for text in mark.note.split("\n") if mark.note else ():
        out(f"             {text}")
