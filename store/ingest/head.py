"""The head of a dumped page: title, deck, summary box, and where the article itself begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from store.ingest.draft import Out
from store.ingest.furniture import DATE, SPEAKER, has_particles, screen_share
from store.ingest.lines import Line
from store.ingest.outlets import is_outlet
from store.ingest.titles import bare, clean_title, same, strip_site


@dataclass(slots=True)
class Head:
    """What was found before the article. Indices are into the lines of the page."""

    title: str = ""
    title_index: int = -1
    start: int = 0
    """Index of the first line of the article itself."""
    subtitle: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    used: dict[int, list[Out]] = field(default_factory=dict)
    """Lines of the head that became something, with the parts of them that are left out."""
    site: str = ""
    """The name of the site, where the page's title has it at its end."""
    vocabulary: frozenset[str] = frozenset()


_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z][A-Za-z0-9-]+|\d[\d.,]+|[一-鿿]+")
_LABEL = re.compile(
    r"^\W{0,3}(?:핵심\s?요약|세\s?줄\s?요약|3\s?줄\s?요약|한\s?줄\s?요약|기사\s?요약|AI\s?(?:기사\s?|\d줄\s?)?요약|(?:기사\s?)?요약(?:쏙|봇|본)|요약|핵심\s?포인트|핵심\s?내용|한눈에\s?(?:보기|보는 기사)"
    r"|Article at a Glance|At a Glance|Key ?(?:Points?|Takeaways?)|Summary|TL;?DR|요점|이 글의 요약|이 기사의 핵심)\W{0,3}$",
    re.I,
)
HEADING_MARKS = "□■◆◇◈○●◦◎❍▣▷★☆❏❑❖"
_BREADCRUMB = re.compile(r"\s[>›»/]\s.*[>›»/]\s|^홈\s?[>›»]")
_DATE_TAIL = re.compile(
    rf"\s*\W?(?:기사\s?)?(?:입력|등록|승인|작성|수정|발행|게시)(?:일시|일|시간)?\s*:?\W{{0,4}}{DATE}.{{0,40}}$"
)
_COLUMN = re.compile(r"^[\[<〈【《][^\[\]<>〈〉【】《》]{2,24}[\]>〉】》]$")
_SCREEN_SAYS = re.compile(r"(?:니다|세요|시오)[.!]?$")
_DASHED = re.compile(r"^[-–—]\s+|\s+[-–—]$")
_EPISODE = re.compile(r"\s\d{1,3}\s?[화회편]$")
_ANY_DATE = re.compile(DATE)
SENTENCE = re.compile(r"[다요까죠][.!?][\"'”’)]*(?:\s|$)")
"""The end of a sentence."""


def words(text: str) -> list[str]:
    """The content words of a line, cut to what survives particles: two syllables of Hangul, whole Latin words and numbers."""
    return [word[:2] if "가" <= word[0] <= "힣" else word.lower() for word in _WORD.findall(text[:2000])]


def affinity(text: str, vocabulary: frozenset[str]) -> float:
    """The share of the line's content words that the article has, 0 to 1."""
    own = words(text)
    return sum(1 for word in own if word in vocabulary) / len(own) if own else 0.0


def bare_head(lines: Sequence[Line], title: str) -> Head:
    """The head of an article that stands alone, under a title known from elsewhere."""
    found = Head(title=title)
    found.vocabulary = frozenset(word for line in lines[:400] if line.prose for word in words(line.text))
    return found


def read_head(lines: Sequence[Line], first: int, last: int, title: str = "") -> Head:
    """Title, deck and summary, given the heaviest run of prose `[first, last)`; `title` where it is known."""
    found = Head()
    collected: set[str] = set()
    for line in lines[first : min(last, first + 400)]:
        if line.strength < 2 and (line.prose or has_particles(line.text)):
            collected.update(words(line.text))
    found.vocabulary = frozenset(collected)
    if not (title and _know_title(lines, first, title, found)):
        _find_title(lines, first, last, found)
    found.start = max(first, found.title_index + 1)
    _find_summary(lines, last, found)
    _begin(lines, last, found)
    _find_deck(lines, found)
    return found


def _find_title(lines: Sequence[Line], first: int, last: int, found: Head) -> None:
    seen: dict[str, int] = {}
    for line in lines[: first + 3]:
        seen[bare(line.text)] = seen.get(bare(line.text), 0) + 1
    page_title, site = _page_title(lines, seen)
    found.site = site
    best, best_score = -1, 1.0
    limit = min(len(lines), max(first + 4, _first_h1(lines, last) + 1))
    for index in range(limit):
        line = lines[index]
        score = _title_score(lines, index, first, found.vocabulary, seen, page_title)
        if score > best_score + (0.8 if best >= 0 else 0.0):
            best, best_score = index, score
    if best < 0:
        if page_title and affinity(page_title, found.vocabulary) >= 0.3:
            best = 0
        else:
            return
    text = page_title if best == 0 and page_title else _DATE_TAIL.sub("", lines[best].text)
    title, tags = clean_title(text)
    # The copy that stands nearest to the article is its title; those in the window's bar and the menu are not.
    copies = [index for index in range(best, min(first + 1, limit)) if same(lines[index].text, title)]
    if copies and bare(_DATE_TAIL.sub("", lines[copies[-1]].text)) in {bare(title), bare(text)}:
        best = copies[-1]
        text = _DATE_TAIL.sub("", lines[best].text)
        title, tags = clean_title(text)
    for index in range(min(first + 1, limit)):
        # "이슈 …": a category in front of what stands alone elsewhere.
        alone = bare(lines[index].text)
        if (
            index != best
            and len(alone) >= 8
            and bare(title).endswith(alone)
            and 0 < len(bare(title)) - len(alone) <= 6
        ):
            best, text = index, lines[index].text
            title, tags = clean_title(text)
            break
    line = lines[best]
    found.title, found.title_index = title, best
    outs = [Out(tag, "column", line.number) for tag in tags]
    if text != line.text:
        rest = line.text[len(text) :].strip() if line.text.startswith(text) else ""
        if rest:
            outs.append(Out(rest, "dateline" if _ANY_DATE.search(rest) else "publisher", line.number))
    found.used[best] = outs
    for index, other in enumerate(lines[: max(first, best)]):
        if index != best and same(other.text, title):
            found.used[index] = [Out(other.text, "duplicate_title", other.number)]


def _know_title(lines: Sequence[Line], first: int, title: str, found: Head) -> bool:
    """Find a known title on the page, near the article."""
    copies = [index for index in range(min(first + 4, len(lines))) if same(lines[index].text, title)]
    if not copies:
        return False
    found.title, found.title_index = title, copies[-1]
    for index in copies:
        line = lines[index]
        tags = clean_title(line.text)[1]
        found.used[index] = [Out(line.text, "duplicate_title", line.number)]
        if index == found.title_index:
            found.used[index] = [Out(tag, "column", line.number) for tag in tags]
    return True


def _first_h1(lines: Sequence[Line], last: int) -> int:
    for index, line in enumerate(lines[:last]):
        if line.mark == "#" and line.level == 1 and len(line.text) > 8:
            return index
    return -1


def _page_title(lines: Sequence[Line], seen: dict[str, int]) -> tuple[str, str]:
    """The first line without the name of the site, and that name, when it looks like a page's <title>."""
    if not lines:
        return "", ""
    text = lines[0].text
    title, site = strip_site(text)
    if not site:
        return ("", "")
    if bare(title) in seen or is_outlet(site) or text.count("|") == 1:
        return title, site
    return "", ""


def _title_score(
    lines: Sequence[Line],
    index: int,
    first: int,
    vocabulary: frozenset[str],
    seen: dict[str, int],
    page_title: str,
) -> float:
    line = lines[index]
    text = _DATE_TAIL.sub("", line.text)
    count = len(text)
    if line.mark in {"---", "|"} or count < 5 or count > 140 or SPEAKER.match(text) or _LABEL.match(text):
        return -9.0
    if (
        line.strength >= 3
        and text == line.text
        and not (line.mark == "#" and line.level == 1 and line.reason not in {"related", "comments"})
    ):
        return -9.0
    score = 3.2 * min(0.5, affinity(text, vocabulary))
    if line.strength == 2:
        score -= 3.0
    if line.mark == "#":
        score += 2.5 if line.level == 1 else 0.8
    elif line.mark and line.mark not in ">":
        score -= 2.5
    if line.linked > 0.5 and line.mark != "#":
        score -= 2.0
    if line.bold:
        score += 0.3
    key = bare(text)
    if seen.get(key, 0) >= 2 and count >= 8:
        score += 2.0
    if page_title and same(text, page_title):
        score += 2.5
    if _EPISODE.search(text):
        score -= 1.5
    if count < 8:
        score -= 1.0
    elif 12 <= count <= 80:
        score += 0.6
    if len(text.split()) < 2:
        score -= 0.8
    if index == 0:
        score += 1.2
    if _near_date(lines, index):
        score += 1.2
    if text != line.text:
        score += 1.5
    if _under_date(lines, index, vocabulary):
        score -= 1.0
    elif count >= 10 and text[0] in '“"' and text[-1] in '”"':
        # Somebody's words: what an interview is called.
        score += 1.2
    score -= 2.5 * max(0.0, screen_share(text) - 0.3)
    if line.prose > 20 and not (text[0] in "“\"‘'" and text[-1] in "”\"’'"):
        score -= 1.6 if line.prose < 60 else 5.0
    if is_outlet(text) or is_outlet(text.split(",")[0]) or _BREADCRUMB.search(text):
        score -= 4.0
    if index >= first:
        score -= 0.8 + 0.4 * (index - first)
    return score


def _near_date(lines: Sequence[Line], index: int) -> bool:
    for line in lines[index + 1 : index + 5]:
        if line.reason in {"caption", "photo_credit", "image"}:
            return False
        if line.reason in {"dateline", "byline"} or _ANY_DATE.search(line.text[:120]):
            return True
        if line.prose >= 60:
            return False
    return False


def _under_date(lines: Sequence[Line], index: int, vocabulary: frozenset[str]) -> bool:
    """Is the line under the date, and what could be the title right above that?"""
    for dated in range(index - 1, max(index - 8, 0), -1):
        if lines[dated].reason != "dateline" or lines[dated].strength < 2:
            continue
        return any(
            len(line.text) >= 10
            and line.strength < 2
            and line.linked < 0.5
            and affinity(line.text, vocabulary) >= 0.4
            for line in lines[max(0, dated - 3) : dated]
        )
    return False


def _find_summary(lines: Sequence[Line], last: int, found: Head) -> None:
    """A box above the article: its label, and the lines that belong to it."""
    for label in range(max(found.title_index, 0), min(last, found.start + 3)):
        if not _LABEL.match(lines[label].text) or _is_button(lines, label):
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


def _is_plain(line: Line, most: float = 6.0) -> bool:
    return (
        line.mark in {"", ">"}
        and line.strength < 2
        and line.prose < most
        and len(line.text) <= 80
        and not SPEAKER.match(line.text)
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
        if is_outlet(line.text) or _BREADCRUMB.search(line.text):
            continue
        if _ANY_DATE.search(line.text) and len(line.text) <= 40:
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
