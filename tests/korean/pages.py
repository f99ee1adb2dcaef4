"""Pages for tests, made of plain lines."""

from __future__ import annotations

from store.korean.sentences import split_sentences
from store.model import Block, BlockType, Page


def page(text: str, *, title: str = "시험", published: str | None = None) -> Page:
    """A page of paragraphs, one a line; `# ` begins a heading, `- ` a list item, `> ` a quotation, `^ ` a footnote, `= ` a reference."""
    kinds = {
        "# ": BlockType.HEADING,
        "- ": BlockType.LIST_ITEM,
        "> ": BlockType.QUOTATION,
        "^ ": BlockType.FOOTNOTE,
        "= ": BlockType.REFERENCE,
    }
    body, blocks = "", []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        kind = kinds.get(line[:2], BlockType.PARAGRAPH)
        words = line[2:] if line[:2] in kinds else line
        body += "\n\n" if body else ""
        blocks.append(Block(type=kind, start=len(body), end=len(body) + len(words)))
        body += words
    return Page(
        title=title,
        text=body,
        blocks=tuple(blocks),
        sentences=split_sentences(body, blocks),
        published=published,
    )
