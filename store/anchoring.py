"""Quote ⇄ place: how a passage is held, and found again when its article has changed.

The selectors are the W3C Web Annotation model's: a position, and the exact quotation with what stands before and after it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from difflib import SequenceMatcher
from itertools import takewhile
from operator import eq
from typing import NamedTuple

from store.errors import AmbiguousError, InvalidError, NotFoundError
from store.model import Annotation, Status
from store.text import clean

CONTEXT = 32
"""Code points kept before and after a quotation."""

WINDOW = 2500
"""Code points on either side of the expected place in which a changed quotation is sought first."""

FLOOR = 75.0
"""Likeness (0 to 100) under which a passage is lost rather than put somewhere."""

SURE = 92.0
"""Likeness from which, in the same surroundings, a slightly changed passage counts as found."""

SHORT = 12
"""Quotations shorter than this (code points) say too little by themselves: their surroundings have to agree."""

MAX_EXACT = 200
"""Exact occurrences looked at."""


class Selectors(NamedTuple):
    """Where a passage is and how to know it again."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


class Placement(NamedTuple):
    """Where a passage is now. A lost one has an empty range where it was last expected."""

    start: int
    end: int
    status: Status


def select(text: str, start: int, end: int) -> Selectors:
    """The selectors of `[start, end)`, white space at its ends left out.

    Raises:
        InvalidError: the range is empty or not within the text.
    """
    if not 0 <= start < end <= len(text):
        raise InvalidError(
            f"범위 {start}:{end}가 글(0:{len(text)})을 벗어납니다.",
            f"The range {start}:{end} is not within the text (0:{len(text)}).",
        )
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise InvalidError(
            "빈칸만 있는 범위에는 밑줄을 그을 수 없습니다.", "The range has nothing but white space."
        )
    return Selectors(
        start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    )


# ── a quotation given by a person ────────────────────────────────────────────────────────────────

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("‐‑–—―", "-"),
        # Three of them: see `_plain`.
        "…": ".",
        **dict.fromkeys(
            "\t\n\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
            " ",
        ),
    }
)


def find_quote(text: str, quote: str) -> tuple[int, int]:
    """The one place of a quotation. White space and the shape of quotation marks and dashes do not matter.

    Raises:
        NotFoundError: the text does not have it.
        AmbiguousError: the text has it more than once.
        InvalidError: it is empty.
    """
    words = clean(quote).strip()
    if not words:
        raise InvalidError("인용이 비어 있습니다.", "The quotation is empty.")
    for blank in (" ", ""):
        wanted, _ = _plain(words, blank)
        plain, places = _plain(text, blank)
        found: list[int] = []
        at = plain.find(wanted)
        while at >= 0:
            found.append(at)
            at = plain.find(wanted, at + len(wanted))
        if len(found) == 1:
            return places[found[0]], places[found[0] + len(wanted) - 1] + 1
        if found:
            raise AmbiguousError(
                f"인용이 글에 {len(found)}번 나옵니다. 앞뒤 말을 더 넣거나 범위(A:B)로 지정하세요.",
                f"The quotation occurs {len(found)} times. Give more of it, or a range (A:B).",
            )
    raise NotFoundError(
        "글에 그런 말이 없습니다. `mitjul search`로 글의 말을 찾아 그대로 쓰세요.",
        "The article does not have that quotation. Find its words with `mitjul search`.",
    )


def _plain(text: str, blank: str) -> tuple[str, list[int]]:
    """A text in which white space is `blank`, and quotation marks, dashes and dots have one shape; with each character's offset."""
    places = [
        at
        for at, character in enumerate(text)
        if not character.isspace() or (blank and not text[at - 1 : at].isspace())
    ]
    if "…" in text:
        places = [at for at in places for _ in range(3 if text[at] == "…" else 1)]
    return "".join([text[at] for at in places]).translate(_ALIKE), places


# ── finding again ────────────────────────────────────────────────────────────────────────────────


class Expected(NamedTuple):
    """Where a passage is to be expected; `settled` when the whole block that it is in has stayed as it was."""

    start: int
    settled: bool


def drift(old: str, new: str) -> Callable[[int, int], Expected]:
    """Where ranges of the old text are to be expected in the new one, judged by the blocks they share."""
    before, after = old.split("\n\n"), new.split("\n\n")
    if old == new or max(len(before), len(after)) > 5000:
        return lambda start, end: Expected(min(start, len(new)), old == new)
    starts_before, starts_after = _starts(before), _starts(after)
    knots: list[tuple[int, int, int]] = []
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        for a, b in zip(
            range(block.a, block.a + block.size), range(block.b, block.b + block.size), strict=True
        ):
            knots += [
                (starts_before[a], starts_before[a] + len(before[a]), starts_after[b] - starts_before[a])
            ]
    places = [start for start, _, _ in knots]

    def expect(start: int, end: int) -> Expected:
        if not knots:
            return Expected(min(start, len(new)), False)
        first, last, shift = knots[max(bisect_right(places, start) - 1, 0)]
        return Expected(max(0, min(start + shift, len(new))), first <= start < end <= last)

    return expect


def _starts(parts: list[str]) -> list[int]:
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part) + 2
    return starts


def place(text: str, mark: Annotation, expected: Expected | None = None) -> Placement:
    """Where a mark's passage is in a text that may have changed.

    Tried in turn: the position, while quotation and surroundings agree; the exact quotation, best surroundings first, then nearest;
    the likest passage within `WINDOW`; the likest of the whole text. Below `FLOOR` the passage is lost.

    Args:
        expected: where the passage is to be expected; its old start when not known.
    """
    exact, length = mark.exact, len(mark.exact)
    hint = mark.start if expected is None else expected.start
    if not exact:
        return Placement(min(hint, len(text)), min(hint, len(text)), Status.LOST)
    if (
        text.startswith(exact, hint)
        and text.endswith(mark.prefix, 0, hint)
        and text.startswith(mark.suffix, hint + length)
    ):
        return Placement(hint, hint + length, _here(mark, hint))
    if expected is not None and expected.settled and text.startswith(exact, hint):
        # What was uncertain before is no surer for having stayed where it was.
        status = mark.status if mark.status is Status.UNCERTAIN else _here(mark, hint)
        return Placement(hint, hint + length, status)
    found = _exact(text, mark, hint)
    if found is None:
        found = _like(text, mark, hint)
    if found is None:
        at = max(0, min(hint, len(text)))
        return Placement(at, at, Status.LOST)
    return found


def _here(mark: Annotation, start: int) -> Status:
    return Status.ANCHORED if start == mark.start else Status.MOVED


def _exact(text: str, mark: Annotation, hint: int) -> Placement | None:
    places: list[int] = []
    at = text.find(mark.exact)
    while at >= 0 and len(places) < MAX_EXACT:
        places.append(at)
        at = text.find(mark.exact, at + 1)
    if not places:
        return None
    length = len(mark.exact)
    scored = sorted(
        ((*_surroundings(text, mark, at, at + length), -abs(at - hint), at) for at in places), reverse=True
    )
    agreement, weaker, _, start = scored[0]
    runner_up = scored[1][0] if len(scored) > 1 else -1.0
    sure = agreement - runner_up >= 0.15 or (start == hint and agreement > runner_up)
    if length >= SHORT:
        sure = sure and (
            agreement >= 0.5 or (len(places) == 1 and (length >= 2 * SHORT or agreement >= 0.25))
        )
    else:
        sure = sure and agreement >= 0.5 and weaker >= 0.5
        if agreement < 0.3:
            # A word or two, in quite other surroundings: the same words, not the same passage.
            return None
    return Placement(start, start + length, _here(mark, start) if sure else Status.UNCERTAIN)


def _surroundings(text: str, mark: Annotation, start: int, end: int) -> tuple[float, float]:
    """How far what stands before and after agrees, 0 to 1: of both, and of the weaker side.

    The better side counts most, since an edit next to a passage spoils one side.
    """
    before = _alike(mark.prefix[::-1], text[max(0, start - CONTEXT) : start][::-1])
    after = _alike(mark.suffix, text[end : end + CONTEXT])
    return 0.7 * max(before, after) + 0.3 * min(before, after), min(before, after)


def _alike(kept: str, found: str) -> float:
    """How far two surroundings agree, 0 to 1, read away from the passage: what is next to it counts most."""
    if kept == found:
        return 1.0
    if not kept or not found:
        return 0.0
    from rapidfuzz import fuzz

    run = sum(1 for _ in takewhile(bool, map(eq, kept, found)))
    # Any two Korean texts are half alike by this measure.
    likeness = max(0.0, float(fuzz.ratio(kept, found)) / 50 - 1)
    return 0.75 * min(1.0, run / min(10, len(kept))) + 0.25 * likeness


def _like(text: str, mark: Annotation, hint: int) -> Placement | None:
    from rapidfuzz import fuzz

    exact = mark.exact
    if len(exact) < 4:
        return None
    low, high = max(0, hint - WINDOW), min(len(text), hint + len(exact) + WINDOW)
    for first, last in ((low, high), (0, len(text))):
        window = text[first:last]
        if len(window) < len(exact):
            continue
        alignment = fuzz.partial_ratio_alignment(exact, window, score_cutoff=FLOOR)
        if alignment is None or alignment.dest_end <= alignment.dest_start:
            continue
        start, end = _whole_words(text, first + alignment.dest_start, first + alignment.dest_end)
        likeness = float(fuzz.ratio(exact, text[start:end]))
        around, _ = _surroundings(text, mark, start, end)
        if likeness < FLOOR or (around < 0.25 and (len(exact) < SHORT * 2 or likeness < 85)):
            continue
        status = (
            Status.MOVED if likeness >= SURE and around >= 0.5 and len(exact) >= SHORT else Status.UNCERTAIN
        )
        return Placement(start, end, status)
    return None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The range with its ends on word boundaries: an alignment may begin or end within a word."""
    limit = max(0, start - 12)
    at = start
    while at > limit and not text[at - 1].isspace():
        at -= 1
    start = at if at == 0 or text[at - 1].isspace() else start
    limit = min(len(text), end + 12)
    at = end
    while at < limit and not text[at].isspace():
        at += 1
    end = at if at == len(text) or text[at].isspace() else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
