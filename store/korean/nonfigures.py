"""What has digits and is no figure: addresses, telephone numbers, versions, product names (R1, H100, 2.5-맥스), list numbers, footnote marks."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from store.korean.units import ENGLISH_SCALES, symbol_before, unit_at

_ZONES = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\S+"
    r"|(?<![\d,.])\+?\d{1,4}(?:-\d{2,4}){2,}(?:/\d+)?|(?<![\d,])0\d{1,2}-\d{3,4}-\d{4}"  # telephone numbers
    r"|(?<![\d.])\d+(?:\.\d+){2,}(?!\d)|(?<![\w.])[vV]\d+(?:\.\d+)*"  # addresses, versions
    r"|\d{1,4}/\d{1,2}/\d{2,4}"
    r"|(?<!\d)\d+(?:\.\d+)?-(?=[가-힣A-Za-z])[가-힣A-Za-z]+"  # 2.5-맥스
    r"|[①-⑳❶-❿]|\[\d{1,3}\]"
    r"|(?<=[)\]’”*])\d{1,2}(?=\s?[’”)\s]|$)"  # footnote marks
    r"|#\S+"
    # 8.15 광복절, 5·18 민주화운동: names of days
    r"|(?<!\d)\d{1,2}[.·]\d{1,2}\s?(?=광복|민주|혁명|운동|전쟁|사변|테러|총선|대선|지방선거|재보|항쟁|합의|선언|대책|쿠데타|전당)"
)
_ZONE = re.compile(r"[@#①-⑳❶-❿]|http|www\.|\d[-/.·][\d가-힣A-Za-z]|\[\d|[)\]’”*]\d|[vV]\d")
"""What every one of these has."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z.&]*[-–_·]?\d[\w.-]*|\d+(?:\.\d+)?[A-Za-z][\w-]*")
_LIST_NUMBER = re.compile(r"\s*(?:\(?\d{1,3}[.)](?!\d)(?=\s|[가-힣\"'“‘])|\d{1,2}\s+(?=[.)]))")
_EXPONENT = re.compile(r"e[+-]?\d")
_SCALE = re.compile(rf" ?(?:{'|'.join(sorted(ENGLISH_SCALES, key=len, reverse=True))})(?![A-Za-z])")


def others(text: str, ends: AbstractSet[int], dependent: dict[int, int]) -> list[tuple[int, int]]:
    """The stretches `[start, end)` of a sentence in which no figure begins.

    Args:
        text: the sentence.
        ends, dependent: as for `units.unit_at`.
    """
    found = [match.span() for match in _ZONES.finditer(text)] if _ZONE.search(text) else []
    for match in _LATIN.finditer(text):
        part = match[0]
        if part[0].isdigit():
            end = match.start()
            while text[end].isdigit() or text[end] in ".,":
                end += 1
            if (
                _EXPONENT.match(text, end)
                or _SCALE.match(text, end)
                or unit_at(text, end, ends, dependent) is not None
            ):
                continue
        else:
            digit = next(i for i in range(match.start(), match.end()) if text[i].isdigit())
            if symbol_before(text, digit) is not None:
                continue  # US$5
        found.append(match.span())
    listed = _LIST_NUMBER.match(text)
    if listed is not None and len(text) > listed.end() + 1:
        found.append(listed.span())
    return found
