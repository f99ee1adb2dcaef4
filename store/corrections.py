"""The reader's corrections of what parsing kept and left out: applied to a page anew whenever it is parsed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from store.model import Block, BlockType, Link, Page, Removed, Span
from store.text import clean

READER = "reader"
"""The reason of a line that the reader took out."""


class Correction(Struct, frozen=True, kw_only=True):
    """A line put back, or taken out.

    `text` is the line's; `line` its number in the page (of one put back), `at` its offset in the text when it was corrected: both only to
    tell it from others that read the same. `reason` is why parsing left it out.
    """

    kind: Literal["restore", "remove"]
    text: str
    at: int = 0
    line: int = 0
    reason: str = ""


def apply(page: Page, corrections: Sequence[Correction]) -> Page:
    """The page with the corrections made, in order. One whose line the page no longer has is passed over."""
    for correction in corrections:
        page = _restore(page, correction) if correction.kind == "restore" else _remove(page, correction)
    return page


def restoring(removed: Removed) -> Correction:
    """The correction that puts back a line which parsing left out."""
    return Correction(
        kind="restore", text=removed.text, at=removed.at, line=removed.line, reason=removed.reason
    )


def removing(page: Page, offset: int) -> Correction | None:
    """The correction that takes out the block at an offset; `None` where there is no block."""
    for block in page.blocks:
        if block.start <= offset < block.end:
            return Correction(kind="remove", text=page.text[block.start : block.end], at=block.start)
    return None


def _restore(page: Page, correction: Correction) -> Page:
    same = [
        (abs(removed.line - correction.line), abs(removed.at - correction.at), index)
        for index, removed in enumerate(page.removed)
        if removed.text == correction.text
    ]
    text = clean(correction.text).strip()
    if not same or not text:
        return page
    index = min(same)[2]
    removed = page.removed[index]
    place = sum(block.start < removed.at for block in page.blocks)
    blocks = [(block, page.text[block.start : block.end]) for block in page.blocks]
    # A blank line would be the end of a block.
    text = "\n".join(line for line in text.split("\n") if line.strip())
    blocks.insert(place, (Block(type=BlockType.PARAGRAPH, start=0, end=0), text))
    rest = page.removed[:index] + page.removed[index + 1 :]
    return _laid_out(page, blocks, rest, place, removed.line)


def _remove(page: Page, correction: Correction) -> Page:
    same = [
        (abs(block.start - correction.at), index)
        for index, block in enumerate(page.blocks)
        if page.text[block.start : block.end] == correction.text
    ]
    if not same or len(page.blocks) == 1:
        return page
    index = min(same)[1]
    start = page.blocks[index].start
    line = max((removed.line for removed in page.removed if removed.at <= start), default=0)
    blocks = [(block, page.text[block.start : block.end]) for block in page.blocks]
    del blocks[index]
    gone = Removed(text=correction.text, reason=READER, at=start, line=line)
    removed = sorted((*page.removed, gone), key=lambda one: one.at)
    return _laid_out(page, blocks, removed, None, 0)


def _laid_out(
    page: Page, blocks: list[tuple[Block, str]], removed: Sequence[Removed], new: int | None, line: int
) -> Page:
    """The page with these blocks one after the other; what points into its text points to the same words as before.

    Args:
        new: which block is new, and `line` where in the page it stood.
    """
    from store.korean.sentences import split_sentences

    laid: list[Block] = []
    starts: dict[int, int] = {}
    at = 0
    for index, (block, text) in enumerate(blocks):
        laid.append(msgspec.structs.replace(block, start=at, end=at + len(text)))
        if index != new:
            starts[block.start] = at
        at += len(text) + 2
    text = "\n\n".join(words for _, words in blocks)
    old = sorted(starts)
    new_start = laid[new].start if new is not None else -1

    def moved(one: Removed) -> Removed:
        following = next((start for start in old if start >= one.at), None)
        place = starts[following] if following is not None else len(text)
        if (
            new is not None
            and one.line <= line
            and place >= new_start >= 0
            and _right_after(laid, new, place, len(text))
        ):
            place = new_start
        return msgspec.structs.replace(one, at=place)

    return msgspec.structs.replace(
        page,
        text=text,
        blocks=tuple(laid),
        sentences=tuple(Span(start=span.start, end=span.end) for span in split_sentences(text, laid)),
        removed=tuple(map(moved, removed)),
        links=tuple(_moved_links(page, starts)),
    )


def _moved_links(page: Page, starts: dict[int, int]) -> Iterator[Link]:
    """The links of the blocks that stayed, where those begin now."""
    for link in page.links:
        block = next((block for block in page.blocks if block.start <= link.start < block.end), None)
        if block is not None and block.start in starts:
            by = starts[block.start] - block.start
            yield msgspec.structs.replace(link, start=link.start + by, end=link.end + by)


def _right_after(laid: Sequence[Block], new: int, place: int, end: int) -> bool:
    """Whether a place is the one just behind the new block: what stood before the new line in the page belongs before it."""
    return place == (laid[new + 1].start if new + 1 < len(laid) else end)
