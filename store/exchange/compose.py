"""From the library to sheets: which files there are, and what is in each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from store.errors import MitjulError
from store.exchange.citation import Places, link_target, mark_place, words_of
from store.exchange.escape import literal
from store.exchange.names import block_id, clean_name, file_stem, full_stem, hashtag
from store.exchange.obsidian import tag_line
from store.exchange.presets import Preset
from store.exchange.sheet import Piece, Property, Sheet
from store.exchange.tables import comparison, comparison_table, figure_rows, figure_table, source_name, table
from store.exchange.words import language, say
from store.model import FIRST_PART, Annotation, Article, Extracts

if TYPE_CHECKING:
    from store.library import Library

By = Literal["article", "tag", "mark", "one"]
"""A file for each article, each tag, each mark; or one for all."""

MOST_FIGURES = 30
"""Rows of the figures table in an article's file; the app and the CSV have them all."""


class Source(Struct, frozen=True):
    """All that is written about an article."""

    article: Article
    marks: tuple[Annotation, ...]
    note: str
    extracts: Extracts | None
    tags: tuple[str, ...] = ()
    """The article's own."""


class Unread(Struct, frozen=True):
    """An article that cannot be read, and why."""

    id: str
    error: MitjulError


def sources(
    library: Library,
    articles: Sequence[str],
    marks: Sequence[Annotation] | None = None,
    unread: Callable[[Unread], None] | None = None,
) -> Iterator[Source]:
    """The articles with their marks (all of them, or those among `marks`), read one at a time.

    Args:
        unread: told of an article that cannot be read, and the rest goes on; without it the error is raised.
    """
    chosen: dict[str, list[Annotation]] = {}
    for mark in library.annotations() if marks is None else marks:
        chosen.setdefault(mark.article, []).append(mark)
    for id in articles:
        try:
            article, extracts = library.read(id)
            source = Source(
                article,
                tuple(chosen.get(id, ())),
                library.article_note(id),
                extracts,
                library.article_tags(id),
            )
        except MitjulError as error:
            if unread is None:
                raise
            unread(Unread(id, error))
            continue
        yield source


def article_sheet(source: Source, preset: Preset, *, extras: bool = True) -> Sheet:
    """The file of one article: where it is from, summary, the reader's note, the marks, key sentences, figures."""
    article, places = source.article, Places(source.article)
    pieces = (
        [preset.heading("title", literal(article.title, cell=True), 1)] if preset.name == "commonmark" else []
    )
    pieces.append(preset.lines("source", [source_words(article)]))
    if extras and article.summary:
        pieces.append(preset.summary("summary", say("요약", "Summary"), article.summary))
    if source.note:
        pieces.append(preset.note(source.note))
    if source.marks:
        pieces.append(preset.heading("marks", say("밑줄", "Marks")))
    pieces += [
        mark_piece(mark, preset, literal(mark_place(places, mark, language()))) for mark in source.marks
    ]
    if extras and source.extracts is not None:
        pieces += list(_extracts(article, source.extracts, preset, places))
    tags = [*source.tags, *(tag for mark in source.marks for tag in mark.tags)]
    return Sheet(
        identity=article.id,
        stems=(file_stem(article.id, article.title), full_stem(article.id, article.title)),
        properties=_properties(article, tags, preset, article.id),
        pieces=tuple(pieces),
        wanted=bool(source.tags),
    )


def mark_piece(mark: Annotation, preset: Preset, source: str = "") -> Piece:
    """The block of a mark. One whose passage is lost says so."""
    if mark.status == "lost":
        source = say("글이 바뀌어 자리를 잃은 대목", "Its place was lost when the article changed") + (
            f" · {source}" if source else ""
        )
    return preset.mark(block_id(mark.id), mark.exact, mark.tags, mark.note, source)


def source_words(article: Article) -> str:
    """The line under the title, in Markdown: who, where, when, and the way there."""
    parts = [", ".join(article.authors), article.publisher or "", article.published or ""]
    if article.original_source:
        parts.append(say(f"원 출처 {article.original_source}", f"from {article.original_source}"))
    if article.truncated:
        parts.append(say(*FIRST_PART))
    words = [literal(part, cell=True) for part in parts if part]
    if article.url:
        words.append(f"[{say('원문', 'Source')}]({link_target(article.url)})")
    return " · ".join(words) or say("출처 없음", "No source")


def _extracts(article: Article, extracts: Extracts, preset: Preset, places: Places) -> Iterator[Piece]:
    if extracts.key_sentences:
        sentences = sorted(extracts.key_sentences, key=lambda sentence: sentence.start)
        words = [
            f"- {literal(' '.join(sentence.text.split()))}{_told_at(places, sentence.start)}"
            for sentence in sentences
        ]
        yield preset.lines("key-sentences", [say("## 핵심 문장", "## Key sentences"), "", *words])
    rows = figure_rows(article, extracts.figures)[:MOST_FIGURES]
    if rows:
        yield preset.lines("figures", [say("## 수치", "## Figures"), "", *figure_table(rows)])


def _told_at(places: Places, offset: int) -> str:
    where = words_of(places.at(offset), language())
    return f" ({literal(where)})" if where else ""


def _properties(article: Article, tags: Sequence[str], preset: Preset, identity: str) -> tuple[Property, ...]:
    return (*_about(article, preset), *_naming(tags, preset, identity))


def _about(article: Article, preset: Preset) -> tuple[Property, ...]:
    """The properties that are the same in every file of an article's marks."""
    values: list[tuple[str, str | Sequence[str]]] = [("title", article.title)]
    if preset.name == "obsidian":
        values.append(("aliases", [article.title]))
    values += [
        ("source", article.url or ""),
        ("author", article.authors),
        ("publisher", article.publisher or ""),
        ("published", article.published or ""),
        ("created", local_date(article.added)),
    ]
    return tuple(preset.property(key, value) for key, value in values if value)


def _naming(tags: Sequence[str], preset: Preset, identity: str) -> tuple[Property, ...]:
    names = list(dict.fromkeys(hashtag(tag) for tag in sorted(tags) if hashtag(tag)))
    own = (preset.property("mitjul", identity),)
    return (preset.property("tags", names), *own) if names else own


def local_date(time: str) -> str:
    """The day of a time, where the reader is."""
    try:
        return datetime.datetime.fromisoformat(time).astimezone().date().isoformat()
    except ValueError:
        return time[:10]


# ── other files than one for each article ────────────────────────────────────────────────────────


def mark_sheets(source: Source, preset: Preset) -> Iterator[Sheet]:
    """A file for each mark of an article, called by its first words."""
    article, places = source.article, Places(source.article)
    about = _about(article, preset)
    head = " · ".join(part for part in (literal(article.title, cell=True), source_words(article)) if part)
    for mark in source.marks:
        words, identity = mark.exact[:60], f"mark/{mark.id}"
        where = literal(mark_place(places, mark, language()))
        yield Sheet(
            identity=identity,
            stems=(file_stem(mark.id, words), full_stem(mark.id, words)),
            properties=(*about, *_naming(mark.tags, preset, identity)),
            pieces=(
                preset.lines("source", [f"{head} · {where}" if where else head]),
                mark_piece(mark, preset),
            ),
        )


def gathered_sheet(
    title: str,
    identity: str,
    gathered: Sequence[Source],
    preset: Preset,
    *,
    tags: Sequence[str] = (),
    extras: bool = False,
) -> Sheet:
    """A file with the marks of several articles, each under its article's heading, and their figures in one table. An article that is
    tagged as a whole stands there without marks, too."""
    pieces = [preset.heading("title", literal(title, cell=True), 1)] if preset.name == "commonmark" else []
    for source in gathered:
        article = source.article
        if not source.marks and not source.tags:
            continue
        places = Places(article)
        head = preset.link(file_stem(article.id, article.title), article.title)
        # A plain heading for CommonMark, whose reader may have no such file.
        words = literal(article.title, cell=True) if preset.name == "commonmark" else head
        pieces.append(preset.heading(f"head-{article.id}", words))
        words = " · ".join(part for part in (source_words(article), tag_line(source.tags)) if part)
        pieces.append(preset.lines(f"source-{article.id}", [words]))
        pieces += [
            mark_piece(mark, preset, literal(mark_place(places, mark, language()))) for mark in source.marks
        ]
    if extras:
        pieces += list(_side_by_side(gathered, preset))
    values: list[tuple[str, str | Sequence[str]]] = [
        ("title", title),
        ("tags", [hashtag(t) for t in tags]),
        ("mitjul", identity),
    ]
    stem = clean_name(title) or "밑줄"
    return Sheet(
        identity=identity,
        stems=(stem, f"{stem} 밑줄"),
        properties=tuple(preset.property(key, value) for key, value in values if value),
        pieces=tuple(pieces),
        wanted=any(source.tags for source in gathered),
    )


def _side_by_side(gathered: Sequence[Source], preset: Preset) -> Iterator[Piece]:
    """What the articles say of the same, and all their figures."""
    compared = comparison_table(comparison([(source.article, source.extracts) for source in gathered]))
    if compared:
        yield preset.lines(
            "compare", [say("## 같은 것을 두고 하는 말", "## What they say of the same"), "", *compared]
        )
    rows = [
        [row.measures, row.words, row.speaker, source_name(source.article), row.place]
        for source in gathered
        if source.extracts is not None
        for row in figure_rows(source.article, source.extracts.figures)
    ]
    if rows:
        heads = [
            say("무엇", "What"),
            say("수치", "Figure"),
            say("누가", "Who says so"),
            say("글", "Article"),
            say("어디", "Where"),
        ]
        yield preset.lines("figures", [say("## 수치", "## Figures"), "", *table(heads, sorted(rows))])


def sheets(
    library: Library,
    articles: Sequence[str],
    preset: Preset,
    *,
    by: By = "article",
    query: str = "",
    extras: bool = True,
    unread: Callable[[Unread], None] | None = None,
) -> Iterator[Sheet]:
    """The files of an export.

    Args:
        articles: whose marks; ids.
        by: how they are divided. Files by article always have all marks of their article, so that a narrower query takes none away;
            the other files have the marks that answer the query.
    """
    if by == "article":
        for source in sources(library, articles, unread=unread):
            yield article_sheet(source, preset, extras=extras)
        return
    among = set(articles)
    marks = [mark for mark in library.annotations(query) if mark.article in among]
    order = {id: number for number, id in enumerate(articles)}
    tagged = set(library.tagged_articles(query)) & among if by != "mark" else set()
    with_marks = sorted({*tagged, *(mark.article for mark in marks)}, key=order.__getitem__)
    if by == "mark":
        for source in sources(library, with_marks, marks, unread):
            yield from mark_sheets(source, preset)
        return
    # One that cannot be read stops these files: without it they would lose its marks.
    gathered = list(sources(library, with_marks, marks))
    suffix = f"?{query}" if query else ""
    if by == "one":
        yield gathered_sheet(
            query or say("밑줄", "Marks"),
            f"query/{query}" if query else "all",
            gathered,
            preset,
            extras=extras,
        )
        return
    names = {tag for mark in marks for tag in mark.tags}
    names.update(tag for source in gathered if source.article.id in tagged for tag in source.tags)
    for tag in sorted(names):
        of_tag = [
            Source(
                source.article,
                tuple(mark for mark in source.marks if tag in mark.tags),
                "",
                None,
                (tag,) if tag in source.tags and source.article.id in tagged else (),
            )
            for source in gathered
        ]
        yield gathered_sheet(f"#{tag}", f"tag/{tag}{suffix}", of_tag, preset, tags=[tag])
