"""What stands below the grid of the compare screen: the figure under the cursor, its sentence, who says it, and how others stand to it."""

from __future__ import annotations

from store.exchange.citation import Place, place, words_of
from store.exchange.tables import SIGNS, as_written, sign_of, source_name
from store.korean.compare import Entry
from store.korean.concepts import other_base
from store.text import clean_line
from tui.article.layout import wrap
from tui.article.widths import cells, shorten, widths
from tui.comparegrid import STYLES, Grid
from tui.comparing import Compared, Standing, standings
from tui.language import korean, say
from tui.passages import lit
from tui.rows import Line, Run, spread, wrapped

WORDS = {
    "conflict": ("어긋날 수 있음", "may conflict"),
    "same": ("같음", "same"),
    "related": ("", ""),
}


NOWHERE = Place(None, 0)


def said(found: Compared, grid: Grid, room: int, width: int) -> tuple[Place, list[Line]]:
    """Where the figure under the cursor stands in its article, and the lines about it: at most `room`, of `width` cells."""
    article, entry = grid.articles[grid.column], grid.entry
    if entry is None:
        words = say("이 글에는 이 수치가 없습니다.", "This article does not give this figure.")
        return NOWHERE, list(wrapped(words, width, room, "muted"))
    where = place(article, entry.start)
    figure = entry.figure
    relation = entry.relation or ""
    others = [_other(grid, entry, one, width) for one in standings(found, grid.spot[0], grid.column, entry)]
    kept = others[: max(0, min(len(others), room - 5))] if room > 5 else []
    speaker = (
        say(f"{figure.speaker}의 말", f"said by {figure.speaker}")
        if figure.speaker
        else say("글의 서술", "the article itself")
    )
    head = spread(
        [
            (f"{sign_of(entry) or ' '} ", STYLES.get(relation, "")),
            (as_written(figure, article.text), "strong"),
            ("  ", ""),
            (figure.measures or "", "muted"),
        ],
        [(speaker, "muted")],
        width,
    )
    tall = room > 5
    most = room - 1 - len(kept) - (1 if tall else 0) - (1 if kept else 0)
    sentence = _sentence(entry, width, max(most, 1))
    lines: list[Line] = [head, *([[]] if tall else []), *sentence]
    if kept:
        lines += [[], *kept]
    return where, lines


def where_words(where: Place, width: int) -> str:
    """The place in words, in `width` cells where there is room for its number: a long heading is cut inside its brackets."""
    language = "ko" if korean() else "en"
    words = words_of(where, language)
    over = cells(words) - width
    if where.heading is None or over <= 0:
        return words
    return words_of(
        where._replace(heading=shorten(where.heading, max(cells(where.heading) - over, 1))), language
    )


def _sentence(entry: Entry, width: int, most: int) -> list[Line]:
    """The sentence with its figure marked; where there is not room for all of it, the lines around the figure."""
    text = clean_line(entry.text)
    rows = wrap(text, widths(text), 0, len(text), max(width - 2, 2))
    start, end = entry.figure.start - entry.start, entry.figure.end - entry.start
    whole = len(text) == len(entry.text)
    here = next((n for n, row in enumerate(rows) if row.end > start), 0) if whole else 0
    first = max(0, min(here - (most - 1) // 2, len(rows) - most))
    lines: list[Line] = []
    for n, row in enumerate(rows[first : first + most], first):
        before: Run = ("… " if n == first > 0 else "  ", "muted")
        piece = text[row.start : row.end]
        if whole:
            a, b = (min(max(at, row.start), row.end) for at in (start, end))
            runs: list[Run] = [(text[row.start : a], ""), (text[a:b], "found"), (text[b : row.end], "")]
        else:
            runs = lit([(piece, "")], [entry.figure.surface])
        if n == first + most - 1 and n < len(rows) - 1:
            runs.append((" …", "muted"))
        lines.append([before, *(run for run in runs if run[0])])
    return lines


def _other(grid: Grid, entry: Entry, one: Standing, width: int) -> Line:
    article = grid.articles[one.column]
    figure = one.entry.figure
    look = STYLES.get(one.relation, "muted")
    relation = say(*WORDS[one.relation])
    if one.relation == "related" and other_base(entry.figure, figure):
        relation = say("견준 대상이 다름", "of another base")
    return spread(
        [
            (f"{SIGNS.get(one.relation, '·')} ", look),
            (source_name(article), ""),
            ("  ", ""),
            (as_written(figure, article.text), "strong"),
            ("  ", ""),
            (figure.measures or "", "muted"),
        ],
        [(relation, look)],
        width,
    )
