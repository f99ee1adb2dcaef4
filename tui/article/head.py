"""What stands above and below the article's text: title, where it is from, summary; the paywall's cut. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from store.model import FIRST_PART, Article
from store.samples import is_sample
from store.text import clean_line
from tui.article.flow import BLANK, Line, Run
from tui.article.layout import wrap
from tui.article.marks import NOTE_SIGN
from tui.article.widths import cells, shorten, widths
from tui.language import say


def head(
    article: Article, width: int, marks: int, lost: int = 0, lost_key: str = "", tags: Sequence[str] = ()
) -> list[Line]:
    """The lines above the text, each at most `width` cells.

    Args:
        marks: number of the reader's marks in the text.
        lost: number of those that have lost their place in it.
        lost_key: the key that shows these.
        tags: of the article itself.
    """
    lines = [BLANK]
    lines += _wrapped(article.title or say("제목 없음", "Untitled"), width, "title")
    for part in (article.subtitle or "").split("\n"):
        lines += _wrapped(part, width, "subtitle")
    lines.append(BLANK)
    lines += _wrapped(" · ".join(facts(article, marks)), width, "meta")
    if article.original_source:
        lines += _wrapped(
            say("원 출처 ", "Originally from ") + clean_line(article.original_source), width, "meta"
        )
    lines += _wrapped(" ".join(f"#{tag}" for tag in tags), width, "meta")
    if lost:
        words = say(f"자리를 잃은 표시 {lost}개", f"marks without a place: {lost}")
        lines += _wrapped(" · ".join(filter(None, [f"? {words}", lost_key])), width, "paywall")
    if article.summary:
        lines += [BLANK, *_summary(article.summary, width)]
    lines += [BLANK]
    return lines


def facts(article: Article, marks: int) -> list[str]:
    """Publisher, authors, date, number of sentences, whether there are more of them elsewhere, number of marks, as far as they are known."""
    sample = say("견본", "sample") if is_sample(article.id) else ""
    found = [sample, article.publisher or "", ", ".join(article.authors)]
    found.append(article.published or say("날짜 없음", "no date"))
    found.append(say(f"문장 {len(article.sentences)}", f"{len(article.sentences)} sentences"))
    found.append(say(*FIRST_PART) if article.truncated else "")
    found.append(f"{NOTE_SIGN} {marks}" if marks else "")
    return [clean_line(part) for part in found if part]


def foot(article: Article, width: int) -> list[Line]:
    """The lines below the text."""
    if not article.truncated:
        return [BLANK, Line((Run(_centred("■", width), "rule"),)), BLANK]
    sign = say(
        " 앞부분만 있는 글 · 나머지는 페이지에 없습니다 ", " First part only: the rest is not on the page "
    )
    sign = shorten(sign, width)
    side = max(0, (width - cells(sign)) // 2)
    rule = "╌" * side
    return [BLANK, Line((Run(rule, "paywall"), Run(sign, "paywall"), Run(rule, "paywall"))), BLANK]


def _centred(text: str, width: int) -> str:
    return " " * max(0, (width - cells(text)) // 2) + text


def pieces(text: str, width: int) -> list[str]:
    """`text`, cleaned, wrapped to `width` cells."""
    text = clean_line(text)
    if not text:
        return []
    return [text[row.start : row.end] for row in wrap(text, widths(text), 0, len(text), width)]


def _wrapped(text: str, width: int, style: str) -> list[Line]:
    return [Line((Run(piece, style),)) for piece in pieces(text, width)]


def _summary(paragraphs: Sequence[str], width: int) -> list[Line]:
    inner = max(8, width - 4)
    name = shorten(say(" 페이지에 실린 요약 ", " The page's own summary "), max(width - 4, 0))
    rest = "─" * max(0, width - 3 - cells(name)) + "╮"
    lines = [Line((Run("╭─", "summary-frame"), Run(name, "meta"), Run(rest, "summary-frame")))]
    for paragraph in paragraphs:
        for piece in pieces(paragraph, inner):
            fill = " " * max(0, inner - cells(piece))
            lines.append(
                Line((Run("│ ", "summary-frame"), Run(piece + fill, "summary"), Run(" │", "summary-frame")))
            )
    lines.append(Line((Run("╰" + "─" * (width - 2) + "╯", "summary-frame"),)))
    return lines
