"""Notes of a sentence or two: too little to find an article in, but plainly text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.errors import IngestError
from store.ingest.draft import Draft, Kept, Out, assemble, paragraphs
from store.ingest.furniture import judge
from store.ingest.lines import Line, split
from store.ingest.titles import same
from store.model import BlockType, Page

MOST = 400
"""Code points of a text that is short."""
LINES = 4
_ENDS = re.compile(r"(?:[.!?…。]|[다요])[\"'”’)\]]*$")
_LETTER = re.compile(r"[^\W\d_]")


def is_short(text: str) -> bool:
    """Whether a text is so short that nothing can be looked for in it."""
    return len(text.strip()) <= MOST


def parse_short(text: str) -> Page:
    """The article that a sentence or two make, a paragraph for each line.

    Raises:
        IngestError: there is no sentence, or more than sentences.
    """
    lines = split(text)
    for line in lines:
        judge(line)
    words = " ".join(line.text for line in lines)
    if (
        not 0 < len(lines) <= LINES
        or any(line.strength >= 2 for line in lines)
        or not _ENDS.search(lines[-1].text)
        or len(words.split()) < 2
        or len(_LETTER.findall(words)) < 6
    ):
        raise IngestError(
            "너무 짧아 글을 찾을 수 없습니다. 끝맺은 문장이 하나는 있어야 합니다.",
            "Too short to find an article in it. There must be a whole sentence at least.",
        )
    return assemble(Draft(parts=paragraphs([(line.number, line.text) for line in lines])))


def short_draft(lines: Sequence[Line], title: str) -> Draft | None:
    """The article that a few sentences make in a web page that has nothing else but furniture; None where that is not so.

    Args:
        lines: of the page, in order.
        title: what the page's head says; empty where it says nothing.
    """
    draft = Draft(title=title)
    told: list[str] = []
    for line in lines:
        judge(line)
        if line.strength >= 2 or line.linked > 0.5:
            draft.parts.append(Out(line.text, line.reason if line.strength >= 2 else "listing", line.number))
        elif title and same(line.text, title):
            draft.parts.append(Out(line.text, "duplicate_title", line.number))
        elif not line.prose:
            return None
        else:
            told.append(line.text)
            draft.parts.append(Kept(BlockType.PARAGRAPH, line.text, line.number))
    words = " ".join(told)
    whole = told and _ENDS.search(told[-1]) and len(words.split()) > 1 and len(_LETTER.findall(words)) >= 6
    return draft if whole and len(told) <= LINES and len(words) <= MOST else None
