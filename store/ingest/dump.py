"""A raw text dump of a web page to an article.

The page is read as a person reads it: the heaviest run of prose is the article; what stands before it is searched for the title, the
deck and the byline, what stands after it for footnotes and references; everything else is left out, each line with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest import beginning, body, people
from store.ingest.anchors import with_links
from store.ingest.bridges import bridge
from store.ingest.cut import is_cut
from store.ingest.dates import find_date
from store.ingest.draft import Draft, Kept, Out, assemble, no_article
from store.ingest.furniture import has_particles, judge, prose
from store.ingest.lines import Line, split
from store.ingest.titles import bare, clean_title
from store.ingest.wrapped import rejoin
from store.model import Page

_HARD = {"comments", "paywall", "copyright", "footer", "prev_next", "listing", "related", "report"}
"""Reasons that a tail begins with."""
_CONTENTS = re.compile(
    r"^\W{0,2}(?:목차|차례|contents|table of contents)\W{0,2}(?:\[?(?:숨기기|보이기|접기|펼치기)\]?)?$", re.I
)
_INSIDE = {"image", "caption", "photo_credit", "widget", "rule", "contents", "embed"}
_FINAL = {"comments", "paywall"}
"""After these nothing of the article comes, however long."""


def parse_dump(text: str) -> Page:
    """The article in a dumped page.

    Raises:
        IngestError: no article in it.
    """
    lines = split(text)
    anchors = [line.anchors for line in lines]
    return with_links(assemble(read(rejoin(lines))), anchors)


def read(lines: Sequence[Line], *, title: str = "", whole: bool = False) -> Draft:
    """The draft of the article in these lines. They are judged here.

    Args:
        lines: of the page, in order.
        title: what the page's head says, where it has one.
        whole: the lines are the article's and nothing else (but pictures, captions and the like).
    """
    for line in lines:
        judge(line)
    if not lines:
        raise no_article()
    _captions(lines)
    _embeds(lines)
    _contents(lines)
    tail = find_tail(lines)
    _last_words(lines, tail)
    first, last = (0, len(lines)) if whole else heaviest_run(lines, tail)
    if first == last:
        raise no_article()
    if not whole:
        last = _fill(lines, first, last, tail)
        first, last = bridge(lines, first, last, tail)
    if whole:
        tail = len(lines)
        found = beginning.bare_head(lines, title)
    else:
        found = beginning.read_head(lines, first, last, title)
    shown = lines[found.title_index] if found.title_index >= 0 else None
    if title and shown is not None and bare(clean_title(shown.text)[0]) not in bare(title):
        # What stands on the page in place of the title that is known.
        found.used[found.title_index] = [Out(shown.text, "duplicate_title", shown.number)]
    draft = Draft(title=found.title, subtitle=found.subtitle, summary=found.summary)
    parts: list[Kept | Out] = []
    for index in range(found.start):
        line = lines[index]
        if index in found.used:
            parts += found.used[index]
            continue
        parts.append(Out(line.text, _head_reason(line), line.number))
    parts += body.read_body(lines, found.start, last, tail, found)
    draft.parts = parts
    people.read_metadata(draft, lines, found, last)
    _name_reasons(draft, lines[found.start].number if found.start < len(lines) else 0)
    draft.truncated = is_cut(draft.parts)
    _whole(draft, lines)
    return draft


def _name_reasons(draft: Draft, start: int) -> None:
    """Say of the lines of the head that told author, date or publisher that they did."""
    for part in draft.parts:
        if (
            not isinstance(part, Out)
            or part.line >= start
            or part.reason not in {"menu", "listing", "photo_credit"}
        ):
            continue
        if any(name in part.text for name in draft.authors):
            part.reason = "byline"
        elif draft.published and find_date(part.text) == draft.published:
            part.reason = "dateline"
        elif draft.publisher and part.text == draft.publisher:
            part.reason = "publisher"


def _whole(draft: Draft, lines: Sequence[Line]) -> None:
    """Give the lines left out their marks back."""
    marked = {line.number: line for line in lines if line.lead}
    for part in draft.parts:
        line = marked.get(part.line) if isinstance(part, Out) else None
        if line is not None and part.text == line.text:
            part.text = line.lead + part.text


def _head_reason(line: Line) -> str:
    if line.reason and line.strength >= 2:
        return line.reason
    return "listing" if line.mark or line.linked > 0.5 or len(line.text) > 20 else "menu"


def _last_words(lines: Sequence[Line], tail: int) -> None:
    """A credit behind a sentence makes it a caption in the middle of an article, and its last paragraph at the end."""
    for index in range(tail - 1, -1, -1):
        line = lines[index]
        if line.reason in {"caption", "byline"} and len(line.text) > 24:
            _, sentence, byline = people.split_byline(line.text)
            if byline and prose(sentence) >= 12:
                line.strength, line.prose = 0, prose(sentence)
                return
        elif line.prose >= 40 and line.strength < 2:
            return


def weight(line: Line) -> float:
    """How much the line speaks for being in the run of prose (about code points), or against it (negative)."""
    if line.mark == "|":
        return 0.0
    if line.backed and line.strength < 3:
        return max(line.prose, 12.0)
    if line.strength >= 3:
        # Pictures and their words stand inside articles, the others around them.
        return -6.0 if line.reason in _INSIDE or line.mark == "---" else -45.0
    if line.strength == 2:
        return -30.0 if line.prose < 60 else -12.0
    if line.linked > 0.6:
        return -25.0
    if line.prose:
        return line.prose * (0.5 if line.linked > 0.3 else 1.0)
    if line.mark == "#":
        return -4.0
    if line.mark in {"*", "+", "•"} and len(line.text) < 40:
        # In a web page it is known that this is no link.
        return -3.0 if line.container else -14.0
    if has_particles(line.text):
        return len(line.text) * 0.25 - 6.0
    return -9.0 if len(line.text) > 4 else -6.0


def find_tail(lines: Sequence[Line]) -> int:
    """The index of the first line that is surely behind the article; the number of lines if there is none."""
    after = [0.0] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        after[index] = after[index + 1] + (line.prose if line.strength < 2 and line.linked < 0.5 else 0.0)
    total = after[0]
    for index, line in enumerate(lines):
        if line.strength < 3 or line.reason not in _HARD:
            continue
        before = total - after[index]
        if before < 40 or (before < 150 and index < len(lines) * 0.25 and after[index] > before):
            continue
        if line.reason in _FINAL and (before > 150 or after[index] < before * 2):
            if line.reason == "paywall" and after[index] > before * 2:
                continue
            return index
        inserted = line.reason in {"related", "listing", "report", "prev_next"}
        if inserted and _same_box(lines, index):
            continue
        if inserted and after[index] > before * 0.25 and after[index] > 250:
            continue
        if line.reason == "related" and _goes_on(lines, index):
            continue
        if after[index] > before * 0.6 and after[index] > 250:
            continue
        return index
    return len(lines)


def _same_box(lines: Sequence[Line], index: int) -> bool:
    """In a web page: does prose stand behind this line in the element that the prose before it stands in?"""
    before = [line for line in lines[:index] if line.prose >= 40 and line.strength < 2 and line.container]
    if len(before) < 2 or before[-1].container != before[-2].container:
        return False
    for line in lines[index + 1 : index + 40]:
        if line.strength >= 3 and line.reason in {"comments", "footer", "copyright"}:
            return False
        if line.prose >= 40 and line.strength < 2 and line.linked < 0.3:
            return line.container == before[-1].container
    return False


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Does the article go on behind a box of related articles? Then its byline and the copyright are still to come."""
    for line in reversed(lines[max(0, index - 8) : index]):
        if line.prose >= 30 and line.strength < 2:
            break
        if line.reason in {"byline", "copyright"} and line.strength >= 2:
            return False
    resumed = 0.0
    for line in lines[index + 1 : index + 40]:
        if line.reason in {"byline", "copyright"} and line.strength >= 2:
            return resumed >= 40
        if line.strength >= 3 and line.reason in {"comments", "footer", "listing", "paywall"}:
            return False
        if line.prose >= 30 and line.strength < 2 and line.linked < 0.5:
            resumed += line.prose
    return False


def _contents(lines: Sequence[Line]) -> None:
    """The entries of a table of contents, under its name."""
    for index, line in enumerate(lines[:400]):
        if not _CONTENTS.match(line.text):
            continue
        line.reason, line.strength = "contents", 3
        headings = {bare(one.text) for one in lines[index + 1 :] if one.mark == "#"}
        for entry in lines[index + 1 : index + 80]:
            numbered = entry.mark[:1].isdigit() or entry.text[:1].isdigit() or bare(entry.text) in headings
            if not numbered or entry.prose or len(entry.text) > 60 or entry.mark == "#":
                break
            entry.reason, entry.strength = "contents", 3
        return


_SEEN = re.compile(
    r"(?:(?:들어|펴) 보이|보여\s?주|고르|바라보|둘러보|살펴보|지켜보|설명하|발언하|답변하|인사하|입장하|작업하|연주하|휘두르|환호하|악수하|촬영하|취하|시연하|체험하|구경하|관람하|헌화하|묵념하|대화하|옮기"
    r"|말리|손질하|다듬|쉬|걸어가|지나가|지나다니|줄지어 서|줄을 서|둘러앉)고 있다\.$|(?:쌓여|놓여|걸려|세워져|줄지어 서|앉아|서|멈춰) 있다\.$"
)
"""What only a picture shows: acts that one sees, things that stand somewhere."""


def _captions(lines: Sequence[Line]) -> None:
    """A sentence of what a picture shows, with the photographer's name on the next line."""
    opening = next(
        (
            index
            for index, line in enumerate(lines[:-1])
            if line.prose >= 20
            and line.strength < 2
            and line.text.endswith(".")
            and lines[index + 1].prose >= 20
        ),
        -1,
    )
    one = lines[opening]
    alone = len(beginning.SENTENCE.findall(one.text[:120])) == 1
    if opening > 0 and len(one.text) <= 110 and not one.mark and alone and _SEEN.search(one.text):
        # The picture above an article: nothing but its words has come through.
        one.reason, one.strength = "caption", 3
    for index, line in enumerate(lines[:-1]):
        following = lines[index + 1]
        if (
            following.reason == "photo_credit"
            and "금지" in following.text
            and not following.prose
            and not line.prose
            and not line.mark
            and line.strength < 2
            and len(line.text) <= 60
            and index
            and any(one.prose >= 20 for one in lines[max(0, index - 3) : index])
        ):
            # An agency names its pictures in two lines.
            line.reason, line.strength = "caption", 3
            continue
        if following.reason == "photo_credit" and following.strength >= 3 and len(following.text) <= 60:
            for above in range(index, max(-1, index - 3), -1):
                one = lines[above]
                if one.strength >= 2 or len(one.text) > 160:
                    break
                if one.mark in {"▲", "△", "▼", "▽"}:
                    for caption in lines[above : index + 1]:
                        caption.reason, caption.strength = "caption", 3
                    break
            if line.strength >= 3:
                continue
        if not body.SHOWS.search(line.text[-60:]) or len(line.text) > 260 or line.strength >= 2:
            continue
        if (
            following.reason not in {"byline", "photo_credit"}
            or following.strength < 2
            or "@" in following.text
        ):
            continue
        picture = index > 0 and lines[index - 1].reason in {"image", "widget"}
        if picture or any(one.prose >= 40 and one.strength < 2 for one in lines[index + 2 : index + 5]):
            line.reason, line.strength = "caption", 3
            following.reason, following.strength = "photo_credit", 3


def _embeds(lines: Sequence[Line]) -> None:
    """The other lines of a card: the name above an address and the button under it, the headline and the words above a site's name."""

    def is_name(index: int, most: int) -> bool:
        line = lines[index]
        return not line.prose and not line.mark and line.strength < 2 and len(line.text) <= most

    for index in range(2, len(lines) - 1):
        line = lines[index]
        if line.reason != "embed" or line.strength < 3:
            continue
        card: list[int] = []
        if " " in line.text:
            card = [other for other, most in ((index - 1, 24), (index + 1, 6)) if is_name(other, most)]
        elif is_name(index - 2, 80) and lines[index - 1].strength < 2 and len(lines[index - 1].text) <= 120:
            card = [index - 2, index - 1]
        elif is_name(index - 1, 80):
            card = [index - 1]
        for other in card:
            lines[other].reason, lines[other].strength = "embed", 3


def _fill(lines: Sequence[Line], first: int, last: int, tail: int) -> int:
    """In a web page: the end of the run, with what stands in the same element as most of its prose."""
    weights: dict[int, float] = {}
    for line in lines[first:last]:
        if line.container and line.prose >= 20 and line.strength < 2:
            weights[line.container] = weights.get(line.container, 0.0) + line.prose
    if not weights:
        return last
    main = max(weights, key=lambda container: weights[container])
    if weights[main] * 2 < sum(weights.values()):
        return last
    own = [
        index for index in range(first, tail) if lines[index].container == main and lines[index].strength < 2
    ]
    return max(last, own[-1] + 1)


def heaviest_run(lines: Sequence[Line], end: int) -> tuple[int, int]:
    """The run `[first, last)` of lines before `end` with the greatest sum of weights."""
    best = 0.0
    first = last = 0
    running, start = 0.0, 0
    for index in range(end):
        running += weight(lines[index])
        if running <= 0:
            running, start = 0.0, index + 1
        elif running > best:
            best, first, last = running, start, index + 1
    return first, last
