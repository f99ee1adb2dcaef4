"""The head of a dumped page: its title, and the words by which lines are known to belong to the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from store.ingest.draft import Out
from store.ingest.furniture import DATE, SPEAKER, screen_share
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
LABEL = re.compile(
    r"^\W{0,3}(?:핵심\s?요약|세\s?줄\s?요약|3\s?줄\s?요약|한\s?줄\s?요약|기사\s?요약|AI\s?(?:기사\s?|\d줄\s?)?요약|(?:기사\s?)?요약(?:쏙|봇|본)|요약|핵심\s?포인트|핵심\s?내용|한눈에\s?(?:보기|보는 기사)"
    r"|Article at a Glance|At a Glance|Key ?(?:Points?|Takeaways?)|Summary|TL;?DR|요점|이 글의 요약|이 기사의 핵심)\W{0,3}$",
    re.I,
)
HEADING_MARKS = "□■◆◇◈○●◦◎❍▣▷★☆❏❑❖"
BREADCRUMB = re.compile(r"\s[>›»/]\s.*[>›»/]\s|^홈\s?[>›»]")
_DATE_TAIL = re.compile(
    rf"\s*\W?(?:기사\s?)?(?:입력|등록|승인|작성|수정|발행|게시)(?:일시|일|시간)?\s*:?\W{{0,4}}{DATE}.{{0,40}}$"
)
_KIND = re.compile(r"^\[[^\[\]]{1,12}\]\s*")
"""[인터뷰]"""
_EPISODE = re.compile(r"\s\d{1,3}\s?[화회편]$")
ANY_DATE = re.compile(DATE)


def words(text: str) -> list[str]:
    """The content words of a line, cut to what survives particles: two syllables of Hangul, whole Latin words and numbers."""
    return [word[:2] if "가" <= word[0] <= "힣" else word.lower() for word in _WORD.findall(text[:2000])]


def words_of(line: Line) -> list[str]:
    """The same of a line, remembered with it."""
    if line.words is None:
        line.words = words(line.text)
    return line.words


def affinity(text: str, vocabulary: frozenset[str]) -> float:
    """The share of the line's content words that the article has, 0 to 1."""
    own = words(text)
    return sum(1 for word in own if word in vocabulary) / len(own) if own else 0.0


def find_title(lines: Sequence[Line], first: int, last: int, found: Head) -> None:
    """Find the title above, or just in, the run of prose that begins at `first`."""
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
            outs.append(Out(rest, "dateline" if ANY_DATE.search(rest) else "publisher", line.number))
    found.used[best] = outs
    for index, other in enumerate(lines[: max(first, best)]):
        if index != best and same(other.text, title):
            found.used[index] = [Out(other.text, "duplicate_title", other.number)]


def know_title(lines: Sequence[Line], first: int, title: str, found: Head) -> bool:
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
    if line.mark in {"---", "|"} or count < 5 or count > 140 or _speaks(text) or LABEL.match(text):
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
    if index == 0 and " " in text:
        score += 1.2
    if _near_date(lines, index):
        score += 1.2
    if text != line.text:
        score += 1.5
    if _under_date(lines, index, vocabulary):
        score -= 1.0
    elif count >= 10 and _KIND.sub("", text)[:1] in {*'“"'} and text[-1] in '”"':
        # Somebody's words: what an interview is called.
        score += 1.2
    score -= 2.5 * max(0.0, screen_share(text) - 0.3)
    if line.prose > 20 and not (text[0] in "“\"‘'" and text[-1] in "”\"’'"):
        score -= 1.6 if line.prose < 60 else 5.0
    if is_outlet(text) or is_outlet(text.split(",")[0]) or BREADCRUMB.search(text):
        score -= 4.0
    if index >= first:
        score -= 0.8 + 0.4 * (index - first)
    return score


def _speaks(text: str) -> bool:
    """Does the line say who speaks? "[인터뷰] …" may also be what a talk is called."""
    return SPEAKER.match(text) is not None and re.match(r"^\[인터뷰\]\s?[^:：]{8,}$", text) is None


def _near_date(lines: Sequence[Line], index: int) -> bool:
    for line in lines[index + 1 : index + 5]:
        if line.reason in {"caption", "photo_credit", "image"}:
            return False
        if line.reason in {"dateline", "byline"} or ANY_DATE.search(line.text[:120]):
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
