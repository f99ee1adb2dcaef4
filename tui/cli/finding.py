"""Finding: `search extracts figures related`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from tui.cli import shapes
from tui.cli.group import command, json_option
from tui.cli.opening import analyse, opened
from tui.cli.output import cells, complain, emit, line, notice, out, progress
from tui.cli.usage import Range
from tui.copies import IDENTICAL, identical, origin_of, sample
from tui.language import say, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.library import Library
    from store.model import Extracts, Figure


@command(
    "search",
    '구절을 찾습니다. 글마다 하나씩, 가장 맞는 것부터. 낱말, "그대로", -빼기, tag: source: author: after: before: has:note has:marks is:unread',
    'Search passages: one of each article first, best first. Words, "exact phrase", -not, tag: source: author: after: before: has:note has:marks is:unread',
    context_settings={"ignore_unknown_options": True},
)
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=50,
    metavar="N",
    help=say("최대 N개 (50)", "At most N (50)"),
)
@json_option
def search_command(query: tuple[str, ...], limit: int, as_json: bool) -> None:
    from tui.reasons import condition_met

    with opened() as library:
        hits = library.search(" ".join(query), limit)
        met = [] if as_json else [condition_met(library, hit, " ".join(query)) for hit in hits]
        found = [] if as_json else dict.fromkeys(hit.article for hit in hits)
        origins = {id: str(origin_of(library.line(id))) for id in found}
    if as_json:
        emit([shapes.hit(hit) for hit in hits])
        return
    before = None
    for hit, why in zip(hits, met, strict=True):
        if hit.article != before:
            if before is not None:
                out()
            origin = origins[hit.article]
            line((hit.title, "bold"), (f" · {origin}" if origin else "", "dim"), "  ", (hit.article, "dim"))
            before = hit.article
        line((f"{hit.start:>6}  ", "dim"), " ".join(hit.text.split()), (f"  {why}" if why else "", "dim"))
    if not hits:
        notice(say("찾은 구절이 없습니다.", "Nothing found."))


def _analysed(id: str, as_json: bool) -> Extracts:
    """The extracts of an article, analysed now when that has not been done."""
    from store.errors import InvalidError, LockedError

    with opened() as library:
        full = library.find(id)
        found = library.extracts(full, weighed=True)
        waiting = full in library.pending()
    if waiting:
        try:
            with opened(write=True) as library:
                analyse(library, [full], quiet=as_json)
                found = library.extracts(full, weighed=True)
        except LockedError:
            # What an earlier extractor found is better than nothing.
            if found is None:
                raise
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
    if found.key_sentences:
        line((say("핵심 문장", "Key sentences"), "bold"))
    for sentence in found.key_sentences:
        out("  • " + " ".join(sentence.text.split()))
    if found.keywords:
        line((say("핵심어", "Keywords"), "bold"))
        out("  " + " · ".join(f"{word.text} {word.count}" for word in found.keywords))
    from store.korean.compare import worth_showing

    figures = [figure for figure in found.figures if worth_showing(figure)]
    with opened() as library:
        where = _where(library, library.find(id))
    if figures:
        line((say("수치", "Figures"), "bold"))
    for figure in figures:
        _figure(figure, where(figure))
    if found.names:
        line((say("이름", "Names"), "bold"))
    for kind, title in _KINDS.items():
        if names := [name for name in found.names if name.kind == kind]:
            line("  ", (say(*title), "dim"), "  ", " · ".join(f"{name.text} {name.count}" for name in names))
    if not (found.key_sentences or found.keywords or found.figures or found.names):
        notice(say("찾은 것이 없습니다.", "Nothing found."))


_KINDS = {
    "person": ("사람", "people"),
    "organisation": ("기관", "organisations"),
    "place": ("장소", "places"),
    "product": ("제품", "products"),
}


def _where(library: Library, id: str) -> Callable[[Figure], str]:
    """Says where in an article a figure stands; nothing of one that cannot be read."""
    from store.errors import MitjulError
    from store.exchange.citation import Places, words_of

    with suppress(MitjulError):
        places = Places(library.article(id))
        return lambda figure: words_of(places.at(figure.start), say("ko", "en"))
    return lambda figure: ""


def _figure(figure: Figure, where: str) -> None:
    surface = f"{figure.surface} ({figure.qualifier})" if figure.qualifier else figure.surface
    speaker = f"  — {figure.speaker}" if figure.speaker else ""
    about = " · ".join(filter(None, [f"{figure.measures or ''}{speaker}", where]))
    line("  ", surface + (" " * max(2, 21 - cells(surface)) if about else ""), (about, "dim"))


@command(
    "figures",
    "서가의 모든 수치. QUERY로 글을 좁힙니다.",
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
        emit(
            [
                {
                    **shapes.figure(figure),
                    "article": item.id,
                    "title": item.title,
                    **shapes.of_sample(item.id),
                }
                for item, figure in found
            ]
        )
        return
    from store.korean.compare import worth_showing

    before = ""
    where: Callable[[Figure], str] = str
    with opened() as library:
        for item, figure in found:
            if not worth_showing(figure):
                continue
            if item.id != before:
                made = sample(item.id)
                line((item.title, "bold"), (f" · {made}" if made else "", "dim"), "  ", (item.id, "dim"))
                before, where = item.id, _where(library, item.id)
            _figure(figure, where(figure))


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


@command(
    "related",
    "글의 구절마다 다른 글의 관련 구절. 어긋날 수 있는 수치부터.",
    "For each passage of an article, passages elsewhere; figures that may conflict first.",
)
@click.argument("id")
@click.option(
    "--range",
    "place",
    type=Range(),
    help=say("이 자리만: 글자 수로 처음:끝", "This place only: code points, start:end"),
)
@click.option(
    "--limit",
    type=click.IntRange(1, 50),
    default=3,
    metavar="N",
    help=say("구절마다 최대 N개 (3)", "At most N for each (3)"),
)
@json_option
def related_command(id: str, place: tuple[int, int] | None, limit: int, as_json: bool) -> None:
    from store.errors import MitjulError
    from store.korean.related import Corpus
    from store.model import Extracts
    from store.samples import alike

    _analysed(id, as_json)
    with opened() as library:
        full = library.find(id)
        article = library.article(full)
        listed = library.list()
        titles = {item.id: item.title for item in listed}
        own = set(alike(titles, full))
        listed = [item for item in listed if item.id in own]
        corpus = Corpus()
        with progress("글 읽기", "Reading", quiet=as_json) as advance:
            for done, item in enumerate(listed):
                advance(done, len(listed), item.title)
                # One that cannot be read hides no other.
                with suppress(MitjulError):
                    if found := library.extracts(item.id):
                        corpus.add(item.id, library.article(item.id), found)
        if full not in corpus:
            corpus.add(full, article, library.extracts(full) or Extracts(version=0))
    spans = [place] if place else [(span.start, span.end) for span in article.sentences]
    results = [
        (start, end, matches) for start, end in spans if (matches := corpus.related(full, start, end, limit))
    ]
    if as_json:
        emit(
            [
                {
                    "passage": {"start": start, "end": end, "text": article.slice(start, end)},
                    "matches": [
                        {
                            "article": match.article,
                            "start": match.start,
                            "end": match.end,
                            "text": match.text,
                            "score": match.score,
                            "relation": match.relation,
                        }
                        for match in matches
                    ],
                }
                for start, end, matches in results
            ]
        )
        return
    for number, (start, end, matches) in enumerate(results):
        if number:
            out()
        line((" ".join(article.slice(start, end).split()), "bold"))
        for match in matches:
            style = "red" if match.relation == "conflict" else "dim"
            same = identical(match.text, article.slice(start, end))
            relation = IDENTICAL if same else _RELATIONS[match.relation]
            line("  ", (say(*relation), style), "  ", " ".join(match.text.split()))
            line("    ", (titles.get(match.article, ""), "dim"), ("  " + match.article, "dim"))
    if not results:
        notice(say("다른 글에 관련 구절이 없습니다.", "No related passages in other articles."))


_RELATIONS = {
    "conflict": ("어긋날 수 있음", "may conflict"),
    "same": ("같음", "the same"),
    "related": ("관련", "related"),
}
