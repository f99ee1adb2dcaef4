"""When a dumped page was published, as it says itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.dates import find_date
from store.ingest.draft import Draft, Out
from store.ingest.head import Head
from store.ingest.lines import Line

_PERIOD = re.compile(r"20\d\d\W{1,3}\d{1,2}\W{1,3}\d{1,2}\W{0,3}~")
_LABEL_DATE = re.compile(r"입력|등록|작성|발행|게시|승인|송고|게재|공개|보도|방송|posted|published", re.I)
_STAMP = re.compile(
    r"^\W{0,2}(?:입력|등록|작성|승인|송고)?\s?:?\s?\d{2}[./-]\s?\d{2}[./-]\s?\d{2}\s\d{1,2}:\d{2}"
)
"""A date of two digits for the year, with a time."""
_UPDATE = re.compile(r"수정|업데이트|updated|최종", re.I)


def find_published(
    draft: Draft,
    lines: Sequence[Line],
    found: Head,
    head: Sequence[Line],
    ends: Sequence[Line],
    last_kept: int,
) -> str | None:
    """The day (or month) of publication: the likeliest date of the head, else one within the article's datelines or behind it."""
    near = [line for line in head if line.prose < 60 or line.strength >= 2]
    if found.title_index > 0:
        near += [
            line
            for line in lines[max(0, found.title_index - 6) : found.title_index]
            if line.prose < 40 and not line.mark
        ]
    best: tuple[int, str] | None = None
    for position, line in enumerate(near):
        text = line.text[:200]
        before_update = _UPDATE.split(text)[0]
        brief = _STAMP.match(text) is not None
        published = find_date(before_update) or find_date(text, short=brief)
        if not published:
            continue
        if line.linked > 0.5:
            continue
        rank = 3
        label = (
            text + " " + (near[position - 1].text if position and len(near[position - 1].text) < 8 else "")
        )
        if _LABEL_DATE.search(label):
            rank = 0
        elif line.reason in {"dateline", "byline"}:
            rank = 1
        if _UPDATE.search(label) and not _LABEL_DATE.search(label) and not find_date(before_update):
            # When it was last changed is not when it was published.
            continue
        if _PERIOD.search(text):
            continue
        if len(published) == 7:
            rank += 1
        if best is None or rank < best[0]:
            best = (rank, published)
    if best:
        return best[1]
    for part in draft.parts:
        if isinstance(part, Out) and part.reason == "dateline" and part.line <= last_kept:
            published = find_date(part.text)
            if published:
                return published
    for line in ends:
        if line.reason in {"comments", "related", "listing"}:
            break
        if line.reason == "dateline" or (
            _LABEL_DATE.search(line.text) and line.prose < 40 and len(line.text) < 80
        ):
            published = find_date(line.text)
            if published:
                return published
    return None
