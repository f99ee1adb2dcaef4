"""Where the article ends: its last short lines, footnotes and references, and what stands behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.cut import breaks_off
from store.ingest.draft import Kept, Out
from store.ingest.furniture import ROLE, has_particles
from store.ingest.head import Head, affinity
from store.ingest.lines import Line
from store.ingest.people import NOT_NAMES, byline_names
from store.ingest.titles import same

REFERENCES = re.compile(
    r"^\W{0,3}(?:참고\s?(?:자료|문헌|사이트|서적|기사|링크)?|출처|자료\s?출처|인용\s?문헌|References?|Bibliography|Sources?|더 읽을거리|더 읽을 거리)(?:\[편집\])?\W{0,3}$",
    re.I,
)
NOTES = re.compile(r"^\W{0,3}(?:각주|주석|미주|주|Notes?|Footnotes?)(?:\[편집\])?\W{0,3}$", re.I)
NOTE = re.compile(
    r"^(?:\*{1,3}(?=\S)|\*{1,3}\s(?=[^*]{2,40}\s?[:：])|※\s?(?!.{0,12}(?:제보|CBS))|주\s?\d{0,2}\s?[):.]|\d{1,2}\)\s|\[\d{1,2}\]\s?|\(주\d?\)|[¹²³⁴⁵⁶⁷⁸⁹]|†|‡)"
)
POLITE = re.compile(r"(?:니다|세요|[가-힣]요|시오|니까|죠)[.!?~\"'”’)^\s]*$")
_PLAIN = re.compile(r"다[.!?\"'”’)\s]*$")
ITEM_MARKS = frozenset("▲△")
_LONE = re.compile(r"^([가-힣]{3})$")
_ROLES = re.compile(
    rf"\s?(?:{ROLE}|작가|교수|시인|소설가|평론가|연구원|연구위원|변호사|의사|대표|소장|감독|번역가|활동가|·|ㆍ|\|)(?![은는이가을를의도과와에])"
)
_LIFE = re.compile(
    r"(?:지은|쓴|펴낸|옮긴) 책|저서|글을 (?:쓴다|쓰고|씁니다)|(?:전공|졸업|활동|근무|연재|재직)(?:하|했|한|중)|공저|[석박]사"
)
"""What the words about an author tell of."""
_PICTURES = {"image", "photo_credit", "caption", "rule", "ad", "embed"}
_PROMOTING = frozenset("▶▷►☞◀")
_SECTIONS = {"related", "comments", "listing", "footer", "login", "paywall"}


def is_polite(lines: Sequence[Line]) -> bool:
    """Is the article written in polite style (합니다, 해요) rather than plain (한다)?"""
    polite = plain = 0
    for line in lines[:200]:
        if line.prose < 20:
            continue
        if POLITE.search(line.text[-20:]):
            polite += 1
        elif _PLAIN.search(line.text[-20:]):
            plain += 1
    return polite * 2 > plain


def find_end(lines: Sequence[Line], start: int, last: int, tail: int, found: Head) -> int:
    """Where the article ends: after the run of prose, with the short last lines, footnotes and references that belong to it."""
    end = _before_polite(lines, start, last)
    while end > start and (
        lines[end - 1].strength >= 2 or (lines[end - 1].strength == 1 and lines[end - 1].prose < 60)
    ):
        end -= 1
    end = _before_promotion(lines, start, end, found)
    names = _authors(lines, start, found)
    end = _before_author(lines, start, end, names)
    index = end
    section = any(REFERENCES.match(line.text) or NOTES.match(line.text) for line in lines[start:end])
    loose = 0
    while index < tail:
        line = lines[index]
        text = line.text
        if line.strength >= 2 or line.mark == "---":
            if line.reason in {"image", "photo_credit", "caption", "rule", "ad", "review", "embed"}:
                index += 1
                continue
            break
        if _is_author(line, names):
            break
        if REFERENCES.match(text) or NOTES.match(text):
            section = True
        elif section or NOTE.match(text) or line.mark == "|":
            pass
        elif line.mark in ITEM_MARKS and len(text) <= 80:
            # Items of a list that ends the article; a converter may have put each on a line of its own.
            pass
        elif line.linked > 0.5:
            break
        elif line.prose >= 20 or (not loose and not line.mark and breaks_off(text)):
            pass
        else:
            loose += 1
            own = affinity(text, found.vocabulary)
            if loose > 2 or own < 0.4 or len(text) < 8 or text.endswith(("..", "…")):
                break
            following = lines[index + 1] if index + 1 < len(lines) else None
            if (
                line.mark in {"*", "•"}
                and following is not None
                and following.mark == line.mark
                and own < 0.6
            ):
                break
        index += 1
        end = index
    return end


def _before_polite(lines: Sequence[Line], start: int, end: int) -> int:
    """Without what a site says to its visitors, in polite style, behind an article in plain style."""
    if is_polite(lines[start:end]):
        return end
    end = _after_plain(lines, start, end)
    furniture = False
    for index in range(end - 1, start, -1):
        line = lines[index]
        if line.reason == "embed":
            continue
        if line.strength >= 2:
            furniture = True
            end = index if furniture else end
        elif line.prose and POLITE.search(line.text[-20:]) and line.text[0] not in "\"'“‘":
            if any(
                one.strength >= 2 and one.reason != "embed" for one in lines[max(start, index - 2) : index]
            ):
                end = index
        else:
            break
    return end


def _after_plain(lines: Sequence[Line], start: int, end: int) -> int:
    """Behind the last sentence in plain style: up to the first furniture, where the screen speaks after that."""
    last = next(
        (
            index
            for index in range(end - 1, start, -1)
            if lines[index].strength < 2
            and lines[index].prose >= 20
            and _PLAIN.search(lines[index].text[-20:])
            and not POLITE.search(lines[index].text[-20:])
        ),
        end,
    )
    for index in range(last + 1, end):
        if lines[index].strength >= 2 and lines[index].reason not in _PICTURES:
            speaks = any(
                line.prose >= 20 and POLITE.search(line.text[-20:]) and line.text[0] not in "\"'“‘"
                for line in lines[index:end]
            )
            return index if speaks else end
    return end


def _authors(lines: Sequence[Line], start: int, found: Head) -> set[str]:
    """The names that the head has."""
    return {
        name
        for line in lines[max(0, found.title_index) : start]
        if len(line.text) <= 30 and line.reason in {"", "byline"}
        for name in [*byline_names(line.text, False), *_LONE.findall(line.text)]
        if name not in NOT_NAMES
    }


def _is_author(line: Line, names: set[str]) -> bool:
    """Does the line begin to tell about the author, by name?"""
    return any(
        line.text.startswith(name)
        and (
            len(line.text) <= len(name) + 8
            or (line.text[len(name)] == " " and not line.prose)
            or _ROLES.match(line.text[len(name) :]) is not None
            or (line.text[len(name)] == " " and _LIFE.search(line.text) is not None)
        )
        for name in names
    )


def _before_author(lines: Sequence[Line], start: int, end: int, names: set[str]) -> int:
    """Without the box about the author, whose name the head has, too."""
    for index in range(max(start + 1, end - 5), end):
        if _is_author(lines[index], names):
            return index
    return end


def _before_promotion(lines: Sequence[Line], start: int, end: int, found: Head) -> int:
    """Without the headlines of other stories that the run of prose ends with."""
    first = end
    while (
        first > start
        and lines[first - 1].prose < 60
        and (lines[first - 1].mark in _PROMOTING or lines[first - 1].strength >= 2)
    ):
        first -= 1
    headlines = [line for line in lines[first:end] if line.mark in _PROMOTING]
    if not headlines:
        return end
    own = sum(affinity(line.text, found.vocabulary) for line in headlines) / len(headlines)
    return first if own < 0.5 else end


def read_rest(lines: Sequence[Line], end: int, found: Head, parts: list[Kept | Out]) -> None:
    section = ""
    for index in range(end, len(lines)):
        line = lines[index]
        if index in found.used:
            parts += found.used[index]
            continue
        if line.strength >= 2:
            reason = line.reason
            if line.reason in _SECTIONS:
                section = line.reason
        elif found.title and same(line.text, found.title):
            reason = "duplicate_title"
        else:
            reason = section or ("listing" if len(line.text) > 16 or has_particles(line.text) else "menu")
            if section == "paywall":
                reason = "author_bio" if line.prose >= 60 else "promo"
        parts.append(Out(line.text, reason, line.number))
