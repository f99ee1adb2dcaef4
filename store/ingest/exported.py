"""Files that this program exported (Markdown with a frontmatter that says of which article), read as pages where that article is not here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from store.ingest.draft import Draft, Kept, Out
from store.ingest.lines import Line
from store.ingest.plain import blocks_of
from store.model import BlockType

_ID = re.compile(r"[0-9a-f]{12,64}")
_PLACE = re.compile(
    r"— (?:「.*」(?: \d+문단)?|\d+문단|“.*”(?:, para\. \d+)?|para\. \d+)$|"
    r"— (?:글이 바뀌어 자리를 잃은 대목|Its place was lost when the article changed)$"
)
"""Where a passage stands, as exports have it under the quotation."""
_CALLOUT = re.compile(r"^\[!(\w{1,20})\]")


def article_id(properties: dict[str, Any]) -> str | None:
    """The article that a file with these properties was exported of."""
    id = properties.get("mitjul")
    return id if isinstance(id, str) and _ID.fullmatch(id) else None


def read_exported(draft: Draft, lines: Sequence[Line]) -> None:
    """The passages become quotations; the article's summary becomes its summary again; the rest, notes among it, is left out."""
    rest: list[Line] = []
    boxes: list[Out] = []
    box = ""
    for line in lines:
        quoted = line.mark == ">"
        opens = _CALLOUT.match(line.text) if quoted else None
        if opens:
            box = opens.group(1).lower()
        elif line.gap or not (quoted or line.text == ">"):
            box = ""
        if not box:
            rest.append(line)
        elif box == "abstract" and quoted and not opens:
            draft.summary.append(line.text)
        else:
            boxes.append(Out(line.text, "label" if opens else "notice", line.number))
    for part in blocks_of(rest):
        if isinstance(part, Kept) and (part.type is not BlockType.QUOTATION or _PLACE.match(part.text)):
            part = Out(part.text, "label" if part.type is BlockType.HEADING else "notice", part.line)
        draft.parts.append(part)
    draft.parts = sorted([*draft.parts, *boxes], key=lambda part: part.line)
