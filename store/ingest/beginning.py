"""Where the article begins: the summary box, the deck and the first line of the article itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.draft import Out
from store.ingest.furniture import SPEAKER, has_particles
from store.ingest.head import (
    ANY_DATE,
    BREADCRUMB,
    HEADING_MARKS,
    LABEL,
    Head,
    affinity,
    find_title,
    know_title,
    words_of,
)
from store.ingest.lines import Line
from store.ingest.outlets import is_outlet
from store.ingest.titles import bare

_COLUMN = re.compile(r"^[\[<〈【《][^\[\]<>〈〉【】《》]{2,24}[\]>〉】》]$")
_SCREEN_SAYS = re.compile(r"(?:니다|세요|시오)[.!]?$")
_DASHED = re.compile(r"^[-–—]\s+|\s+[-–—]$")
SENTENCE = re.compile(r"[다요까죠][.!?][\"'”’)]*(?:\s|$)")
"""The end of a sentence."""


def bare_head(lines: Sequence[Line], title: str) -> Head:
    """The head of an article that stands alone, under a title known from elsewhere."""
    found = Head(title=title)
    found.vocabulary = frozenset(word for line in lines[:400] if line.prose for word in words_of(line))
    return found


def read_head(lines: Sequence[Line], first: int, last: int, title: str = "") -> Head:
    """Title, deck and summary, given the heaviest run of prose `[first, last)`; `title` where it is known."""
    found = Head()
    collected: set[str] = set()
    for line in lines[first : min(last, first + 400)]:
        if line.strength < 2 and (line.prose or has_particles(line.text)):
            collected.update(words_of(line))
    found.vocabulary = frozenset(collected)
    if not (title and know_title(lines, first, title, found)):
        find_title(lines, first, last, found)
        shown = lines[found.title_index] if found.title_index >= 0 else None
        if title and shown is not None and shown.prose and shown.mark != "#":
            # The page does not show its title again, and this is a sentence of the article.
            found.title, found.title_index = title, -1
            found.used.clear()
    found.start = max(first, found.title_index + 1)
    _find_summary(lines, last, found)
    _begin(lines, last, found)
    _find_deck(lines, found)
    return found


def _find_summary(lines: Sequence[Line], last: int, found: Head) -> None:
    """A box above the article: its label, and the lines that belong to it."""
    for label in range(max(found.title_index, 0), min(last, found.start + 3)):
        if not LABEL.match(lines[label].text) or _is_button(lines, label):
            continue
        end = label + 1
        while end < last and lines[end].reason in {"notice", "widget"} and lines[end].strength >= 2:
            end += 1
        opening = end
        while end < min(last, opening + 8):
            line = lines[end]
            if line.reason and line.strength >= 2:
                break
            if end > opening and (
                line.gap > lines[opening].gap or (line.gap and not line.mark and line.prose >= 60)
            ):
                break
            if end > opening and not any(one.gap for one in lines[label : label + 6]) and line.prose >= 80:
                break
            found.summary.append(line.text)
            end += 1
            if line.prose >= 200:
                break
        if end == opening:
            continue
        found.used[label] = [Out(lines[label].text, "label", lines[label].number)]
        for index in range(label + 1, opening):
            found.used[index] = [Out(lines[index].text, "notice", lines[index].number)]
        for index in range(opening, end):
            found.used[index] = []
        found.start = max(found.start, end)
        return


def _is_button(lines: Sequence[Line], label: int) -> bool:
    """The label opens a box that the page does not show: another button follows, or the article itself."""
    following = lines[label + 1 : label + 6]
    if not following or (len(following[0].text) <= 8 and following[0].reason in {"counter", "menu", "share"}):
        return True
    if any(line.gap or line.mark for line in following):
        return False
    # A summary's lines are sentences, an article's paragraphs have several.
    told = [line for line in following[:3] if line.strength < 2]
    return sum(1 for line in told if len(SENTENCE.findall(line.text)) >= 2) >= 2


def _begin(lines: Sequence[Line], last: int, found: Head) -> None:
    """Take the headings and speakers' marks just before the first paragraph into the article, and skip furniture after it."""
    start = found.start
    for index in range(max(found.title_index + 1, 0), min(start + 6, last)):
        if index in found.used:
            continue
        # A screen's last words before the first speaker.
        if SPEAKER.match(lines[index].text) and len(lines[index].text) <= 24:
            found.start = index
            return
    while (
        start < last - 1
        and start not in found.used
        and (lines[start].strength >= 2 or lines[start].linked > 0.8)
    ):
        start += 1
    start = _skip_deck(lines, start, last, found)
    while start - 1 > found.title_index and start - 1 not in found.used:
        line = lines[start - 1]
        if line.strength >= 2:
            break
        if line.mark[:1].isdigit() and start >= 2 and lines[start - 2].mark[:1].isdigit():
            # A table of contents.
            break
        marked = line.mark and (line.mark in HEADING_MARKS or line.mark[:1].isdigit() or line.mark == "#")
        if (
            not marked
            and _is_plain(line)
            and lines[start].prose
            and _is_first_heading(lines, start - 1, last, found)
        ):
            start -= 1
            break
        if not marked and not SPEAKER.match(line.text) and not (line.prose >= 20 and line.linked < 0.3):
            break
        if line.mark == "#" and start < last and not lines[start].prose:
            break
        start -= 1
    found.start = start


def _skip_deck(lines: Sequence[Line], start: int, last: int, found: Head) -> int:
    """Past the plain short lines between title and first paragraph that the run of prose begins with."""
    end = start
    while end < last and lines[end].mark == "#" and lines[end].level == lines[start].level:
        end += 1
    pictured = end > start and end < last and lines[end].reason in {"caption", "image"}
    if end - start >= 2 or pictured:
        # A deck in headings: of several lines, or with a picture before the article.
        return end
    end = start
    while (
        end < last
        and end - start <= 10
        and (_is_plain(lines[end]) or _is_short(lines[end]) or _is_pulled(lines, end, last))
    ):
        end += 1
    told = end
    while told < last and lines[told].strength >= 2:
        told += 1
    if (
        end > start
        and told < last
        and lines[told].prose
        and any(one.reason in {"byline", "dateline"} for one in lines[end:told])
    ):
        # Who wrote it, and when, stands between the deck and the article.
        return told
    loose = sum(1 for line in lines[start:end] if not _is_plain(line)) * 2 > end - start
    if (
        loose
        and (end >= last or lines[end].strength < 2)
        and not lines[min(end, last - 1)].text.endswith((".", "”", '"'))
    ):
        # Somebody who writes without stops.
        return start
    while start < end < last and lines[end].reason in {"caption", "photo_credit", "image"}:
        end += 1
    if end == start or end >= last or end - start > 10 or not lines[end].prose:
        return start
    return start if end - start == 1 and _is_first_heading(lines, start, last, found) else end


def _is_short(line: Line) -> bool:
    """A clause that ends like a sentence, without its stop."""
    return len(line.text) <= 40 and not line.text.endswith((".", "!", "?")) and _is_plain(line, 20.0)


def _is_pulled(lines: Sequence[Line], index: int, last: int) -> bool:
    """Somebody's words pulled out of the article, with the name of who said them on the next line."""
    text = lines[index].text
    return (
        len(text) <= 40
        and text[0] in '"“'
        and text[-1] in '"”'
        and index + 1 < last
        and not lines[index + 1].prose
        and len(lines[index + 1].text) <= 24
        and _is_plain(lines[index + 1])
    )


def _is_first_heading(lines: Sequence[Line], index: int, last: int, found: Head) -> bool:
    """One plain line right before the first paragraph, where there are more such lines further down."""
    if index > found.title_index + 1 and not (index - 1 not in found.used and _is_plain(lines[index - 1])):
        more = sum(
            1
            for other in range(index + 2, last - 1)
            if _is_plain(lines[other])
            and len(lines[other].text) <= 40
            and (lines[other - 1].prose >= 40 or lines[other - 1].mark)
            and (lines[other + 1].prose >= 40 or lines[other + 1].mark)
        )
        return more >= 2 or (more > 0 and len(lines[index].text) <= 20)
    return False


_GREETING = re.compile(r"^\W{0,2}(?:안녕하|안녕들|안녕[!~, ]|반갑습니다|반가워요|여러분[,!~ ]|다들 안녕)")


def _is_plain(line: Line, most: float = 6.0) -> bool:
    return (
        line.mark in {"", ">"}
        and line.strength < 2
        and line.prose < most
        and len(line.text) <= 80
        and not SPEAKER.match(line.text)
        and not _GREETING.match(line.text)
    )


def _find_deck(lines: Sequence[Line], found: Head) -> None:
    """Short lines between title and article that tell something of it."""
    if found.title_index < 0:
        return
    spread: list[int] = []
    for index in range(found.title_index + 1, found.start):
        line = lines[index]
        if line.reason in {"image", "caption"} and spread:
            for after in range(index + 1, found.start):
                if after not in found.used and lines[after].strength < 2:
                    found.used[after] = [Out(lines[after].text, "caption", lines[after].number)]
            break
        if index in found.used:
            continue
        if line.strength >= 2 or line.mark in {"---", "|"} or line.linked > 0.5 or len(line.text) > 160:
            continue
        if is_outlet(line.text) or BREADCRUMB.search(line.text):
            continue
        if ANY_DATE.search(line.text) and len(line.text) <= 40:
            continue
        if _COLUMN.match(line.text):
            found.used[index] = [Out(line.text, "column", line.number)]
            continue
        if line.prose and _SCREEN_SAYS.search(line.text):
            continue
        if (
            index + 1 < len(lines)
            and lines[index + 1].reason == "photo_credit"
            and lines[index + 1].gap <= line.gap
        ):
            found.used[index] = [Out(line.text, "caption", line.number)]
            continue
        telling = affinity(line.text, found.vocabulary) + (0.2 if has_particles(line.text) else 0.0)
        if len(line.text) >= 8 and telling >= 0.34:
            spread.append(index)
    # A line right above or under one that belongs to the deck does so, too.
    for index in [other for one in spread for other in (one - 1, one + 1)]:
        beside = found.title_index < index < found.start and index not in spread and index not in found.used
        if (
            beside
            and _is_plain(lines[index], 20.0)
            and len(lines[index].text) >= 8
            and has_particles(lines[index].text)
        ):
            spread.append(index)
    spread.sort()
    # Parts of the title that stand again, broken over lines.
    title = bare(found.title)
    repeated: list[int] = []
    again = [
        index
        for index, outs in found.used.items()
        if outs and outs[0].reason == "duplicate_title" and index > found.title_index
    ]
    for index in sorted(again + spread)[:4]:
        if len(bare("".join(lines[one].text for one in repeated))) >= len(title):
            break
        so_far = bare("".join(lines[one].text for one in [*repeated, index]))
        if len(so_far) >= 4 and (title.startswith(so_far) or so_far.startswith(title)):
            repeated.append(index)
        else:
            break
    for index in repeated:
        if index in again:
            continue
        found.used[index] = [Out(lines[index].text, "duplicate_title", lines[index].number)]
    deck = [index for index in spread if index not in repeated]
    if len(deck) > 10:
        deck = []
    for index in deck:
        found.used[index] = []
        found.subtitle.append(_DASHED.sub("", lines[index].text))
