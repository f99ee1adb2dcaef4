"""Notes of a sentence or two: too little to find an article in, but plainly text."""

from __future__ import annotations

import re

from store.errors import IngestError
from store.ingest.draft import Draft, assemble, paragraphs
from store.ingest.furniture import judge
from store.ingest.lines import split
from store.model import Page

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
