"""Finding: `search extracts figures related`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui.cli import shapes
from tui.cli.group import command, json_option
from tui.cli.opening import analyse, opened
from tui.cli.output import cells, complain, emit, line, notice, out
from tui.language import say, told

if TYPE_CHECKING:
    from store.model import Extracts, Figure


@command(
    "search",
    '대목을 찾는다, 가장 맞는 것부터. 낱말, "그대로", -빼기, tag: source: author: after: before: has:note has:marks is:unread',
    'Search passages, best first. Words, "exact phrase", -not, tag: source: author: after: before: has:note has:marks is:unread',
    context_settings={"ignore_unknown_options": True},
)
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=50,
    metavar="N",
    help=say("많아야 N개 (50)", "At most N (50)"),
)
@json_option
def search_command(query: tuple[str, ...], limit: int, as_json: bool) -> None:
    with opened() as library:
        hits = library.search(" ".join(query), limit)
    if as_json:
        emit([shapes.hit(hit) for hit in hits])
        return
    before = None
    for hit in hits:
        if hit.article != before:
            if before is not None:
                out()
            line((hit.title, "bold"), "  ", (hit.article, "dim"))
            before = hit.article
        line((f"{hit.start:>6}  ", "dim"), " ".join(hit.text.split()))
    if not hits:
        notice(say("찾은 대목이 없습니다.", "Nothing found."))


def _analysed(id: str, as_json: bool) -> Extracts:
    """The extracts of an article, analysed now when that has not been done."""
    from store.errors import InvalidError

    with opened() as library:
        full = library.find(id)
        found = library.extracts(full)
    if found is None:
        with opened(write=True) as library:
            analyse(library, [full], quiet=as_json)
            found = library.extracts(full)
    if found is None:
        raise InvalidError(f"{full}: 분석할 수 없습니다.", f"{full}: cannot be analysed.")
    return found


@command(
    "extracts",
    "글에서 찾은 것: 핵심 문장, 핵심어, 수치, 이름.",
    "What was found: key sentences, keywords, figures, names.",
)
@click.argument("id")
@json_option
def extracts_command(id: str, as_json: bool) -> None:
    found = _analysed(id, as_json)
    if as_json:
        emit(shapes.extracts(found))
        return
    line((say("핵심 문장", "Key sentences"), "bold"))
    for sentence in found.key_sentences:
        out("  • " + " ".join(sentence.text.split()))
    line((say("핵심어", "Keywords"), "bold"))
    out("  " + " · ".join(f"{word.text} {word.count}" for word in found.keywords))
    line((say("수치", "Figures"), "bold"))
    for figure in found.figures:
        _figure(figure)
    line((say("이름", "Names"), "bold"))
    out("  " + " · ".join(f"{name.text} {name.count}" for name in found.names))


def _figure(figure: Figure) -> None:
    line("  ", figure.surface + " " * max(1, 20 - cells(figure.surface)), " ", (figure.measures or "", "dim"))


@command(
    "figures",
    "서가의 모든 수치. QUERY로 글을 좁힌다.",
    "Every figure in the library; QUERY narrows the articles.",
)
@click.argument("query", nargs=-1)
@json_option
def figures_command(query: tuple[str, ...], as_json: bool) -> None:
    words = " ".join(query)
    with opened() as library:
        waiting = bool(library.pending())
        found = library.figures(words)
    if waiting:
        found = _figures_after_analysis(words, as_json)
    if as_json:
        emit([{**shapes.figure(figure), "article": item.id, "title": item.title} for item, figure in found])
        return
    before = None
    for item, figure in found:
        if item.id != before:
            line((item.title, "bold"), "  ", (item.id, "dim"))
            before = item.id
        _figure(figure)


def _figures_after_analysis(words: str, as_json: bool) -> list[tuple[Any, Figure]]:
    """The figures when what waits for analysis has been analysed; without it, saying so, where another process writes."""
    from store.errors import LockedError

    try:
        with opened(write=True) as library:
            analyse(library, quiet=as_json)
            return library.figures(words)
    except LockedError as error:
        complain(
            say(
                "아직 분석하지 않은 글의 수치는 빠져 있습니다. ",
                "Figures of articles not analysed yet are missing. ",
            )
            + told(error)
        )
    with opened() as library:
        return library.figures(words)
