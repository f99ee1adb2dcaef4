"""Export by a template of one's own.

A template is Jinja2, run in a sandbox, in a process of its own with a time limit. It has up to four blocks; only `mark` is required:

    {% block properties %}    lines of frontmatter, `key: value` (`mitjul` is added)
    {% block head %}          what stands above the marks
    {% block mark %}          one mark; rendered once for each
    {% block foot %}          what stands under the marks

Variables, everywhere:

    article    id, title, subtitle, publisher, authors (list), published, url, original_source, truncated, summary (list), added
    note       the reader's note on the article
    tags       all tags of the article and its marks, sorted
    marks      the marks, each as `mark`
    figures    [{surface, value, unit, kind, qualifier, measures, speaker, start, end, place}]
    key_sentences, keywords    lists of strings

and in `mark`: `mark` with id, block (`mj-…`), exact, tags (list), note, start, end, status, created, updated, place ("3문단"), citation.
What the page does not say is none.

Filters: `quote` (as a quotation), `literal` (escaped so that it reads as written), `cell` (the same in a table), `note` (a note that stays
inside its block), `yaml` (a value in frontmatter), `hashtag`, `hashtags` (a list as `#a #b`).

Where the mark block does not contain the mark's block id (`^{{ mark.block }}` on a line of its own), it is put at its end: by it the
file is brought up to date later, as with the presets.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import InvalidError
from store.exchange.citation import Places, cite, mark_place, words_of
from store.exchange.compose import By, Source, Unread, local_date, sources
from store.exchange.merge import Form
from store.exchange.names import block_id, file_stem, full_stem
from store.exchange.presets import Preset
from store.exchange.sheet import Piece, Property, Sheet
from store.exchange.words import language
from store.model import Annotation

if TYPE_CHECKING:
    from store.library import Library

SECONDS = 5.0
"""How long a template may take for a batch of files."""
BATCH = 200
"""Articles rendered in one process."""
MAX_TEMPLATE = 1_000_000
BLOCKS = ("properties", "head", "mark", "foot")


def read_template(path: Path) -> str:
    """A template's text.

    Raises:
        InvalidError: there is no such file, or it is no text.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_TEMPLATE + 1)
        if len(data) > MAX_TEMPLATE:
            raise ValueError
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InvalidError(
            f"틀을 읽을 수 없습니다: {path} ({error.strerror})",
            f"Cannot read the template: {path} ({error.strerror})",
        ) from error
    except ValueError as error:
        raise InvalidError(
            f"틀은 UTF-8 글이어야 합니다: {path}", f"A template is UTF-8 text: {path}"
        ) from error


def render(
    template: str, calls: Sequence[tuple[str, dict[str, Any]]], seconds: float = SECONDS
) -> tuple[list[str], list[str]]:
    """Render blocks of a template.

    Args:
        calls: names of blocks with their variables.
        seconds: when it takes longer it is stopped.

    Returns:
        The names of the template's blocks, and the texts of the calls (empty for a block that is not there).

    Raises:
        InvalidError: the template has a mistake, or takes too long.
    """
    job = json.dumps({"template": template, "calls": calls}).encode()
    command = [sys.executable, "-m", "store.exchange.template_worker"]
    root = str(Path(__file__).resolve().parents[2])
    try:
        done = subprocess.run(command, input=job, capture_output=True, timeout=seconds, check=False, cwd=root)
    except subprocess.TimeoutExpired as error:
        raise InvalidError(
            f"틀이 {seconds:g}초 안에 끝나지 않아 멈추었습니다. 끝나지 않는 반복이 있는지 보세요.",
            f"The template was stopped after {seconds:g} seconds. Look for a loop without an end.",
        ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise InvalidError(
            "틀이 메모리를 너무 많이 써서 멈추었습니다.", "The template took too much memory and was stopped."
        ) from error
    if "error" in answer:
        where = (f"{answer['line']}번째 줄: ", f"line {answer['line']}: ") if answer["line"] else ("", "")
        raise InvalidError(
            f"틀에 잘못이 있습니다. {where[0]}{answer['error']}",
            f"The template has a mistake. {where[1]}{answer['error']}",
        )
    return answer["blocks"], answer["texts"]


def check_template(template: str) -> str:
    """Render a template with a made-up article, and return the file that it makes.

    Raises:
        InvalidError: it has a mistake, takes too long, or has no `mark` block.
    """
    from store.exchange.specimen import specimen

    preset = Preset()
    sheet = _sheets([specimen()], template, preset)[0]
    lines = preset.join(sheet.properties, [line for piece in sheet.pieces for line in (*piece.lines, "")])
    return "\n".join(lines)


def template_form(preset: Preset) -> Form:
    """How a template's files are merged: by the preset's markers and properties. Of its blocks only the marker is known."""

    class Templated(type(preset)):  # type: ignore[misc]
        def extent(self, lines: Sequence[str], marker: int) -> tuple[int, int]:
            return marker, marker + 1

        def says(self, lines: Sequence[str], marker: int) -> object:
            return object()

    return Templated()


def template_sheets(
    library: Library,
    articles: Sequence[str],
    template: str,
    preset: Preset,
    *,
    by: By = "article",
    query: str = "",
    unread: Callable[[Unread], None] | None = None,
) -> Iterator[Sheet]:
    """The files of an export by template: one for each article, or each mark.

    Raises:
        InvalidError: the template has a mistake; or marks are to be divided in another way.
    """
    if by not in ("article", "mark"):
        raise InvalidError(
            "틀은 글이나 밑줄마다 한 파일로만 내보냅니다.",
            "A template makes a file for each article or mark.",
        )
    check_template(template)
    batch: list[Source] = []
    marks = None if by == "article" else library.annotations(query)
    for source in sources(library, articles, marks, unread):
        if by == "mark":
            batch += [Source(source.article, (mark,), "", source.extracts) for mark in source.marks]
        else:
            batch.append(source)
        if len(batch) >= BATCH:
            yield from _sheets(batch, template, preset, by)
            batch = []
    if batch:
        yield from _sheets(batch, template, preset, by)


def _sheets(batch: Sequence[Source], template: str, preset: Preset, by: By = "article") -> list[Sheet]:
    calls: list[tuple[str, dict[str, Any]]] = []
    for source in batch:
        shared = variables(source)
        calls += [(block, shared) for block in ("properties", "head", "foot")]
        calls += [("mark", {**shared, "mark": mark}) for mark in shared["marks"]]
    blocks, texts = render(template, calls, SECONDS + len(calls) / 1000)
    if "mark" not in blocks:
        raise InvalidError(
            "틀에 mark 블록이 없습니다: {% block mark %} … {% endblock %}",
            "The template has no mark block: {% block mark %} … {% endblock %}",
        )
    if strangers := [name for name in blocks if name not in BLOCKS]:
        raise InvalidError(
            f"틀에 모르는 블록이 있습니다: {strangers[0]}",
            f"The template has an unknown block: {strangers[0]}",
        )
    at = iter(texts)
    made = []
    for source in batch:
        head = _lines(next(at)), _lines(next(at)), _lines(next(at))
        made.append(_sheet(source, *head, [_lines(next(at)) for _ in source.marks], preset, by))
    return made


def _sheet(
    source: Source,
    properties: list[str],
    head: list[str],
    foot: list[str],
    marks: Sequence[list[str]],
    preset: Preset,
    by: By,
) -> Sheet:
    article = source.article
    identity = article.id if by == "article" else f"mark/{source.marks[0].id}"
    name = (
        (article.id, article.title) if by == "article" else (source.marks[0].id, source.marks[0].exact[:60])
    )
    pieces = [Piece("head", tuple(head))] if head else []
    pieces += [_mark(mark, lines, preset) for mark, lines in zip(source.marks, marks, strict=True)]
    if foot:
        pieces.append(Piece("foot", tuple(foot)))
    own: list[Property] = []
    if properties:
        split, _ = preset.split(["---", *properties, "---"] if preset.name != "logseq" else properties)
        own = [item for item in split if item.key and item.key != "mitjul"]
    return Sheet(
        identity,
        (file_stem(*name), full_stem(*name)),
        (*own, preset.property("mitjul", identity)),
        tuple(pieces),
    )


def _mark(mark: Annotation, lines: list[str], preset: Preset) -> Piece:
    marker = preset.marker(block_id(mark.id))
    there = next((n for n, line in enumerate(lines) if line.strip() == marker), None)
    if there is None:
        lines = [*lines, "", marker] if preset.gap else [*lines, marker]
        there = len(lines) - 1
    return Piece(block_id(mark.id), tuple(lines), there)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").split("\n")] if text.strip() else []


def variables(source: Source) -> dict[str, Any]:
    """What a template sees of an article: plain values."""
    article, extracts = source.article, source.extracts
    places = Places(article)
    return {
        "article": {
            "id": article.id,
            "title": article.title,
            "subtitle": article.subtitle,
            "publisher": article.publisher,
            "authors": list(article.authors),
            "published": article.published,
            "url": article.url,
            "original_source": article.original_source,
            "truncated": article.truncated,
            "summary": list(article.summary),
            "added": local_date(article.added),
        },
        "note": source.note,
        "tags": sorted({*source.tags, *(tag for mark in source.marks for tag in mark.tags)}),
        "marks": [
            {
                "id": mark.id,
                "block": block_id(mark.id),
                "exact": mark.exact,
                "tags": list(mark.tags),
                "note": mark.note,
                "start": mark.start,
                "end": mark.end,
                "status": str(mark.status),
                "created": mark.created,
                "updated": mark.updated,
                "place": mark_place(places, mark, language()),
                "citation": cite(article, mark, "plain", language()),
            }
            for mark in source.marks
        ],
        "figures": [
            {
                "surface": figure.surface,
                "value": list(figure.value) if isinstance(figure.value, tuple) else figure.value,
                "unit": figure.unit,
                "kind": figure.kind,
                "qualifier": figure.qualifier,
                "measures": figure.measures,
                "speaker": figure.speaker,
                "start": figure.start,
                "end": figure.end,
                "place": words_of(places.at(figure.start), language()),
            }
            for figure in (extracts.figures if extracts else ())
        ],
        "key_sentences": [sentence.text for sentence in (extracts.key_sentences if extracts else ())],
        "keywords": [word.text for word in (extracts.keywords if extracts else ())],
    }
