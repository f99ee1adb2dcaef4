"""A report worth mailing: one HTML file that needs nothing else, reads well on a screen and on paper, and has no script.

It holds the passages that answer a query, by article, each with its tags and note; what they are about in counts and on a timeline; and the
figures of those articles, set beside each other.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from store.exchange import svg
from store.exchange.citation import Places, mark_place
from store.exchange.report_style import STYLE
from store.exchange.tables import agreement_words, comparison, figure_rows, source_name
from store.exchange.words import language, say
from store.model import FIRST_PART, Annotation, Article, Extracts
from store.text import clean

if TYPE_CHECKING:
    from store.library import Library

MOST_BARS = 12
MOST_FIGURES = 60


def report(library: Library, query: str, marks: Sequence[Annotation], articles: Mapping[str, Article]) -> str:
    """The report on the marks that answer a query.

    Args:
        marks: by article, then place.
        articles: the articles of the marks.
    """
    today = datetime.date.today().isoformat()  # noqa: DTZ011
    made = say(f"밑줄(mitjul)이 {today}에 만들었습니다.", f"Made by mitjul on {today}.")
    sources = [library.read(id) for id in articles]
    name = say("밑줄", "Marks")
    title = f"{name}: {query}" if query else name
    parts = [
        f"<header><h1>{_text(query or name)}</h1>{_summary(marks, articles)}</header>",
        _charts(marks, articles),
        "".join(
            _article(articles[id], own, library.article_tags(id)) for id, own in _by_article(marks).items()
        ),
        _comparison(sources),
        _figures(sources),
        f"<footer>{made}</footer>",
    ]
    return (
        '<!DOCTYPE html>\n<html lang="' + language() + '"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{_text(title)}</title><style>{STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>\n"
    )


def _text(text: str) -> str:
    return escape(clean(text))


def _paragraphs(text: str, tag: str = "p", css: str = "") -> str:
    attribute = f' class="{css}"' if css else ""
    parts = [part for part in clean(text).split("\n\n") if part.strip()]
    return "".join(
        f"<{tag}{attribute}>{'<br>'.join(escape(line) for line in part.split(chr(10)))}</{tag}>"
        for part in parts
    )


@cache
def _renderer() -> MarkdownIt:
    """Markdown without HTML and pictures; addresses that are no web address are no links."""
    made = (
        MarkdownIt("commonmark", {"html": False, "breaks": True})
        .enable(["table", "strikethrough"])
        .disable("image")
    )
    made.validateLink = _safe  # type: ignore[method-assign]
    return made


def _markdown(note: str) -> str:
    """A note, which is Markdown, as HTML; headings in it are no headings of the report."""
    return re.sub(r"<(/?)h[1-6]>", r"<\1p>", _renderer().render(clean(note)))


def _by_article(marks: Iterable[Annotation]) -> dict[str, list[Annotation]]:
    grouped: dict[str, list[Annotation]] = {}
    for mark in marks:
        grouped.setdefault(mark.article, []).append(mark)
    return grouped


def _summary(marks: Sequence[Annotation], articles: Mapping[str, Article]) -> str:
    notes = sum(bool(mark.note) for mark in marks)
    tags = len({tag for mark in marks for tag in mark.tags})
    counts = [
        (say("글", "articles"), len(articles)),
        (say("밑줄", "marks"), len(marks)),
        (say("메모", "notes"), notes),
        (say("태그", "tags"), tags),
    ]
    return (
        '<dl class="counts">'
        + "".join(f"<div><dt>{name}</dt><dd>{count}</dd></div>" for name, count in counts)
        + "</dl>"
    )


def _charts(marks: Sequence[Annotation], articles: Mapping[str, Article]) -> str:
    per_article = Counter(mark.article for mark in marks)
    dated = [
        (article.published, per_article[id], article.publisher or article.title)
        for id, article in articles.items()
        if article.published
    ]
    tags = Counter(tag for mark in marks for tag in mark.tags).most_common(MOST_BARS)
    publishers = Counter(
        articles[mark.article].publisher or say("발행처 없음", "no publisher") for mark in marks
    ).most_common(MOST_BARS)
    charts = [
        (
            say("언제 나온 글인가", "When the articles appeared"),
            svg.timeline(dated, title=say("글이 나온 때와 밑줄 수", "Articles by date, with marks")),
        ),
        (say("태그", "Tags"), svg.bars(tags, title=say("태그마다 밑줄 수", "Marks by tag"))),
        (
            say("발행처", "Publishers"),
            svg.bars(publishers, title=say("발행처마다 밑줄 수", "Marks by publisher"))
            if len(publishers) > 1
            else "",
        ),
    ]
    undated = len(articles) - len(dated)
    note = (
        f'<p class="aside">{say(f"날짜를 알 수 없는 글 {undated}편은 빠져 있습니다.", f"Left out, having no date: {undated}.")}</p>'
        if undated and dated
        else ""
    )
    drawn = [f"<figure><figcaption>{title}</figcaption>{chart}</figure>" for title, chart in charts if chart]
    if drawn and note:
        drawn[0] = drawn[0].replace("</figure>", f"{note}</figure>")
    return f'<section class="charts">{"".join(drawn)}</section>' if drawn else ""


def _article(article: Article, marks: Sequence[Annotation], tags: Sequence[str]) -> str:
    places = Places(article)
    source = " · ".join(
        _text(part)
        for part in (
            ", ".join(article.authors),
            article.publisher or "",
            article.published or say("날짜 없음", "no date"),
            say(f"원 출처 {article.original_source}", f"from {article.original_source}")
            if article.original_source
            else "",
            say(*FIRST_PART) if article.truncated else "",
        )
        if part
    )
    link = (
        f' · <a href="{escape(clean(article.url))}">{say("원문", "source")}</a>'
        if article.url and _safe(article.url)
        else ""
    )
    return (
        f'<section class="article" id="a-{article.id}"><h2>{_text(article.title)}</h2><p class="source">{source}{link}{_tags(tags)}</p>'
        + "".join(_mark(mark, places) for mark in marks)
        + "</section>"
    )


def _tags(tags: Sequence[str]) -> str:
    return "".join(f'<span class="tag">#{_text(tag)}</span>' for tag in tags)


def _safe(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _mark(mark: Annotation, places: Places) -> str:
    where = (
        say("자리를 잃은 대목", "its place was lost")
        if mark.status == "lost"
        else mark_place(places, mark, language())
    )
    tags = _tags(mark.tags)
    foot = f'<footer>{tags}<span class="place">{_text(where)}</span></footer>' if tags or where else ""
    note = f'<div class="note">{_markdown(mark.note)}</div>' if mark.note else ""
    return f'<div class="mark" id="mj-{mark.id}"><blockquote>{_paragraphs(mark.exact)}{foot}</blockquote>{note}</div>'


def _comparison(sources: Sequence[tuple[Article, Extracts | None]]) -> str:
    """What several of the articles give figures for, side by side."""
    compared = comparison(sources)
    if not compared.rows:
        return ""
    heads = "".join(f'<th><a href="#a-{a.id}">{_text(source_name(a))}</a></th>' for a in compared.articles)
    body = "".join(
        f"<tr{' class=conflict' if agreement == 'conflict' else ''}><td>{_text(label)}</td>"
        + "".join(f'<td class="figure">{"<br>".join(map(_text, cell))}</td>' for cell in cells)
        + f"<td>{_text(agreement_words(agreement))}</td></tr>"
        for label, agreement, cells in compared.rows
    )
    return (
        f'<section class="figures compare"><h2>{say("같은 것을 두고 하는 말", "What they say of the same")}</h2><div class="wide"><table>'
        f"<thead><tr><th>{say('무엇', 'What')}</th>{heads}<th></th></tr></thead><tbody>{body}</tbody></table></div></section>"
    )


def _figures(sources: Sequence[tuple[Article, Extracts | None]]) -> str:
    """All figures of the articles that measure something."""
    rows = sorted(
        (
            (row.measures, row.words, row.speaker, article, row.place)
            for article, extracts in sources
            for row in figure_rows(article, extracts.figures if extracts else ())
        ),
        key=lambda row: row[0],
    )
    if not rows:
        return ""
    shown = rows[:MOST_FIGURES]
    names = [
        say("무엇", "What"),
        say("수치", "Figure"),
        say("누가", "Who says so"),
        say("글", "Article"),
        say("어디", "Where"),
    ]
    heads = "".join(f"<th>{name}</th>" for name in names)
    body = "".join(
        f'<tr><td>{_text(measures)}</td><td class="figure">{_text(words)}</td><td>{_text(speaker)}</td>'
        f'<td><a href="#a-{article.id}">{_text(source_name(article))}</a></td><td>{_text(where)}</td></tr>'
        for measures, words, speaker, article, where in shown
    )
    more = (
        f'<p class="aside">{say(f"모두 {len(rows)}개 가운데 {len(shown)}개", f"{len(shown)} of {len(rows)}")}</p>'
        if len(rows) > len(shown)
        else ""
    )
    return (
        f'<section class="figures"><h2>{say("이 글들의 수치", "Figures of these articles")}</h2><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>{more}</section>"
    )
