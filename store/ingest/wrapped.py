"""Lines that a converter has broken: hard-wrapped paragraphs, and paragraphs cut at inline elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from store.ingest.furniture import is_sign, screen_share
from store.ingest.lines import Line

_FULL_END = re.compile(r"[.!?…:;][\"'”’)\]」』》>]*$|[다요죠까]$")
_GOES_ON = re.compile(
    r"^(?:(?:은|는|이|가|을|를|의|에|에서|에게|와|과|도|로|으로|라고|이라고|라는|이라는|이란|란|하고|이며|며|이나|나|만|까지|부터|처럼|보다|이다|였다|이었다|했다|인|입니다|이고)(?=[\s,.])|[,)\]”’.;](?=\s|$|[가-힣]))"
)


_HANGS = re.compile(r"(?:,|[가-힣](?:은|는|이|가|을|를|에|로|의|와|과|도|고|며|에서|지난|이번))$")
_AMOUNT = re.compile(r"^만\s(?:\d|원|명|달러|톤|개|대|년|가구|건|번|점|권|평)")
_PERSON = re.compile(
    r"^(?:이|도|나|인|은|가|만|의)\s(?:씨|군|양|교수|대표|작가|의원|장관|시장|소장|원장|감독|선수|회장|사장|부장|과장|팀장|기자)(?![가-힣]{3})"
)
_THIS = re.compile(
    r"이 (?:기사|글|콘텐츠|시각|필자|기자|작가|블로그|카테고리|게시|시리즈|주의|달의|매체|뉴스|영상|문서|책)"
)


def cells(text: str) -> int:
    """About the width of `text` in a column of fixed pitch: two for Hangul and Han, one for Latin."""
    return (len(text) + len(text.encode("utf-8", "replace"))) // 2


def rejoin(lines: Sequence[Line]) -> list[Line]:
    """The lines with broken paragraphs made whole."""
    width = _wrap_width(lines)
    if width:
        return _unwrap(lines, _in_cells, width * _NEARLY)
    if _is_narrow(lines):
        return _unwrap(lines, _in_letters, _LETTERS_NEARLY)
    if len(lines) > 4 and sum(1 for line in lines if line.gap) * 20 <= len(lines):
        return _join_inline(lines)
    return list(lines)


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """Lines that were surely set in a column (a PDF's), as paragraphs."""
    widths = sorted(cells(line.text) for line in lines if len(line.text) < 400)
    if len(widths) < 4:
        return list(lines)
    width = widths[int(len(widths) * 0.9)]
    return _unwrap(lines, _in_cells, width * _NEARLY) if width >= 30 else list(lines)


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width in cells that the page was wrapped to, or 0."""
    sample = lines[:3000]
    widths = [line.indent + cells(line.text[:400]) for line in sample]
    most = _common_most(widths)
    if not 50 <= most <= 160:
        return 0
    # Where paragraphs are wrapped, a good share of the lines is nearly full and goes on in the next without a blank line.
    full = broken = 0
    for index in range(len(sample) - 1):
        if most * 0.82 <= widths[index] <= most:
            full += 1
            following = sample[index + 1]
            if not following.gap and not following.mark and not _FULL_END.search(sample[index].text):
                broken += 1
    return most if full >= 5 and broken >= full * 0.6 and full >= len(sample) * 0.15 else 0


_LETTERS = 79
"""Characters, Hangul or not, that a converter breaks its lines before."""
_LETTERS_NEARLY = _LETTERS * 0.75
"""Characters from which such a line may have been broken."""
_NEARLY = 0.72
"""The share of a column's width from which a line may have been broken."""


def _is_narrow(lines: Sequence[Line]) -> bool:
    """Is no line longer than a converter's, and do some break off there, however few they are?"""
    sample = [line for line in lines[:3000] if line.linked < 0.5 and line.mark not in {"|", "---"}]
    if any(len(line.text) > _LETTERS for line in sample):
        return False
    broken = sum(
        1
        for line, following in pairwise(sample)
        if len(line.text) >= _LETTERS_NEARLY
        and following.number == line.number + 1
        and not following.mark
        and not _FULL_END.search(line.text)
    )
    return broken >= 2


def _common_most(widths: Sequence[int]) -> int:
    """The width that lines end at: the widest that several lines come near to, where hardly any is wider."""
    for width in sorted(set(widths), reverse=True):
        if sum(1 for other in widths if other > width) > max(1, len(widths) // 25):
            return 0
        if sum(1 for other in widths if width - 10 < other <= width) >= 5:
            return width
    return 0


def _in_cells(line: Line) -> int:
    """How far a line reaches in a column of fixed pitch."""
    return line.indent + cells(line.text)


def _in_letters(line: Line) -> int:
    """How far a line reaches for one who counts characters, of whatever width."""
    return len(line.text)


def _unwrap(lines: Sequence[Line], reach: Callable[[Line], int], least: float) -> list[Line]:
    """Lines, each joined to the one before where that reaches at least `least`."""
    joined: list[Line] = []
    reached = 0
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None
            and not line.gap
            and not line.mark
            and last.mark not in {"---", "|", "#"}
            and reached >= least
        ):
            last.text = f"{last.text} {line.text}"
        else:
            joined.append(line)
        reached = reach(line)
    return joined


def _join_inline(lines: Sequence[Line]) -> list[Line]:
    """Bare text nodes: a link or a bold word inside a sentence has cut the paragraph in pieces."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        before = joined[-2] if len(joined) > 1 else None
        if (
            last is not None
            and not line.gap
            and _GOES_ON.match(line.text)
            and not _FULL_END.search(last.text[-8:])
            and screen_share(last.text) < 0.7
            and not is_sign(last.text)
            and not _AMOUNT.match(line.text)
            and not _PERSON.match(line.text)
            # "이 기사" begins something new; "이 발표했다" goes on with what was a link.
            and (
                not line.text.startswith("이 ")
                or (before is not None and len(before.text) >= 40 and not _THIS.match(line.text))
            )
        ):
            last.text += line.text
            # The piece that ended where the link began.
            if (
                before is not None
                and not last.gap
                and (len(before.text) >= 40 or _HANGS.search(before.text))
                and not _FULL_END.search(before.text[-8:])
                and len(last.text) - len(line.text) <= 40
            ):
                before.text = f"{before.text} {last.text}"
                joined.pop()
        else:
            joined.append(line)
    return joined
