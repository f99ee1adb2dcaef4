"""Dates as pages write them, to `YYYY-MM-DD` or `YYYY-MM`."""

from __future__ import annotations

import re
from datetime import date

_FULL = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?(?:[-./]|년)\s?(\d{1,2})\s?(?:[-./]|월)\s?(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
_SHORT = re.compile(r"(?<![\d.])(\d{2})[./-]\s?(\d{1,2})[./-]\s?(\d{1,2})(?![\d.])")
_MONTH = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s?(?:년\s?(\d{1,2})\s?월|[-./]\s?(\d{1,2})(?![\d]))(?!\s?\d{1,2}\s?일)"
)
_ENGLISH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s(\d{1,2})(?:st|nd|rd|th)?[.,]?\s?((?:19|20)\d{2})",
    re.I,
)
_ENGLISH_DAY = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\s(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?\s((?:19|20)\d{2})",
    re.I,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def find_date(text: str, *, short: bool = False) -> str | None:
    """The first date in `text`: a full one, else a month.

    Args:
        text: a line that is thought to tell when something was published.
        short: also take `25.02.14`.
    """
    for pattern in (_FULL, _COMPACT):
        for match in pattern.finditer(text):
            found = _date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
            if found:
                return found
    for match in _ENGLISH.finditer(text):
        found = _date(int(match.group(3)), _MONTHS.index(match.group(1).lower()) + 1, int(match.group(2)))
        if found:
            return found
    for match in _ENGLISH_DAY.finditer(text):
        found = _date(int(match.group(3)), _MONTHS.index(match.group(2).lower()) + 1, int(match.group(1)))
        if found:
            return found
    if short:
        for match in _SHORT.finditer(text):
            found = _date(2000 + int(match.group(1)), int(match.group(2)), int(match.group(3)))
            if found:
                return found
    for match in _MONTH.finditer(text):
        year, month = int(match.group(1)), int(match.group(2) or match.group(3))
        if 1 <= month <= 12:
            return f"{year:04d}-{month:02d}"
    return None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
