"""Dates as written, and what they are in ISO 8601: 2025년 2월, 2025. 2. 1., 지난 30일, 3분기, 오후 2시.

What the article's own date is needed for and does not settle stays None. A span of time (`2023~2024년`, a quarter) is an ISO
interval, `2023/2024`.
"""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple


class When(NamedTuple):
    """A date found in a text, `[start, end)`, and its ISO value."""

    start: int
    end: int
    value: str | None


class Base(NamedTuple):
    """The article's date; `day` is 0 where only the month is known."""

    year: int
    month: int
    day: int

    @classmethod
    def of(cls, published: str | None) -> Base | None:
        match = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?.*", published or "")
        return cls(int(match[1]), int(match[2]), int(match[3] or 0)) if match else None


_TO = r"\s?[~∼〜～–-]\s?"
_NOT_LASTING = r"(?!간|동안|째|여간|개월| ?만에| ?이내| ?이상| ?넘게| ?가량| ?정도| 동안| 내내|치|짜리|씩| ?(?:전|뒤|후)(?:[에의인,. ]|부터|까지|$))"
_NOT_YEARS = r"(?!간|동안|째|여간| ?만에| ?넘게| 동안| ?전(?:[에의]| ))"
_HEAD = r"(?<![\dA-Za-z.,])"
_YEAR = r"(?:(?P<year>[12]\d{3})|['’](?P<short>\d{2}))"
_WHOSE = r"(?:(?P<whose>지난해|작년|올해|금년|내년|재작년|같은 ?해|이듬해|지난|오는|올|이번|다가오는|다음 ?해)\s?)?"
_MONTH_OF = r"(?P<monthof>지난 ?달|이번 ?달|이달|내달|다음 ?달|지난|오는|이번|당월|같은 ?달)\s?"

_PATTERNS = tuple(
    (needed, re.compile(pattern))
    for needed, pattern in (
        # 2025. 2. 1. / 2025-02-01 / 2025/2/1
        (
            "",
            rf"{_HEAD}(?P<year>(?:19|20)\d{{2}})(?:\.\s?|[-/])(?P<month>\d{{1,2}})(?:\.\s?|[-/])(?P<day>\d{{1,2}})(?!\d)\.?(?!\d)",
        ),
        # 2023~2024년, 2023년~2024년
        ("년", rf"{_HEAD}(?P<year>[12]\d{{3}})년?(?:{_TO}|에서 |부터 )(?P<year2>[12]\d{{3}})년(?!대)"),
        # 2025년 2월 1일
        ("년", rf"{_HEAD}{_YEAR}년\s?(?P<month>\d{{1,2}})월(?!분)(?:\s?(?P<day>\d{{1,2}})일)?"),
        # 2025년 3분기, 올해 1분기, 2025년 상반기
        (
            "분기",
            rf"{_HEAD}(?:{_YEAR}년\s?|(?P<whose>지난해|작년|올해|금년|내년|재작년|올)\s?)?(?P<quarter>[1-4])(?:[·/.]4)?\s?분기",
        ),
        (
            "반기",
            rf"{_HEAD}(?:{_YEAR}년\s?|(?P<whose>지난해|작년|올해|금년|내년|재작년|올)\s?)(?P<half>상반기|하반기)",
        ),
        # 2025년, '25년; not 1990년대
        ("년", rf"{_HEAD}{_YEAR}년(?P<decade>대)?{_NOT_YEARS}"),
        # 3~5월, 3월~5월
        ("월", rf"{_HEAD}{_WHOSE}(?P<month>\d{{1,2}})월?{_TO}(?P<month2>\d{{1,2}})월(?!분)"),
        # 1월 4주 차, 2월 1~5일, 2월 1일
        (
            "월",
            rf"{_HEAD}{_WHOSE}(?P<month>\d{{1,2}})월(?!분|간)(?:\s?(?:(?P<week>\d)(?:째\s?주|주\s?차)|(?P<day>\d{{1,2}})일?(?:{_TO}(?P<day2>\d{{1,2}})일|(?<=일))))?",
        ),
        # 지난 30일, 이달 3일
        ("일", rf"{_HEAD}{_MONTH_OF}(?P<day>\d{{1,2}})일{_NOT_LASTING}(?!까지의 기간)"),
        # 30일
        (
            "일",
            rf"{_HEAD}(?P<day>\d{{1,2}})일{_NOT_LASTING}(?=[에은는의을과와,)(\s]|까지|부터|자|$|[가-힣]+ )",
        ),
        # 오후 2시 30분
        (
            "시",
            rf"{_HEAD}(?P<half_day>오전|오후|새벽|아침|저녁|밤|낮|정오)\s?(?P<hour>\d{{1,2}})시(?!간)(?:\s?(?P<minute>\d{{1,2}})분|\s?(?P<half_hour>반))?",
        ),
        (
            "시",
            rf"{_HEAD}(?P<hour>\d{{1,2}})시(?!간|[가-힣]*당)(?:\s?(?P<minute>\d{{1,2}})분|\s?(?P<half_hour>반)(?![가-힣]))?(?=[에은는의쯤경과,.\s]|부터|까지|$)",
        ),
        # 21세기
        ("세기", rf"{_HEAD}(?P<century>\d{{1,2}})세기"),
    )
)
"""Each with what a text has that it can be found in."""
_MAYBE = re.compile(r"\d")
_WHOSE_YEAR = {"지난해": -1, "작년": -1, "올해": 0, "금년": 0, "올": 0, "내년": 1, "재작년": -2}


_DAYS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10, "보름": 15}  # fmt: skip
_NATIVE_DAYS = re.compile("|".join(_DAYS))
_LASTING_DAYS = re.compile(
    rf"(?<![가-힣])({'|'.join(_DAYS)})(?=\s?만에|\s?동안|간|\s?새(?![가-힣])|\s?사이|째|\s?(?:뒤|후|전)(?![가-힣]))"
)


def days(text: str) -> list[tuple[int, int, float]]:
    """The periods told by native words (하루 만에, 사흘 동안): `[start, end)` and the number of days."""
    if not _NATIVE_DAYS.search(text):
        return []
    return [(match.start(), match.end(), float(_DAYS[match[1]])) for match in _LASTING_DAYS.finditer(text)]


def dates(text: str, base: Base | None) -> list[When]:
    """The dates in a sentence, in order, not overlapping. `base` is the article's own date."""
    if not _MAYBE.search(text):
        return []
    found: list[When] = []
    for needed, pattern in _PATTERNS:
        if needed not in text:
            continue
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            year = next(
                (
                    w.value[:4]
                    for w in reversed(found)
                    if w.end <= match.start() and w.value and w.value[:4].isdigit()
                ),
                None,
            )
            when = _when(match, base, int(year) if year else None)
            if when is not None:
                found.append(when)
    return sorted(found)


def _when(match: re.Match[str], base: Base | None, near: int | None) -> When | None:
    part = {name: value for name, value in match.groupdict().items() if value is not None}
    start, end = match.span()
    while end > start and match.string[end - 1].isspace():
        end -= 1
    year = _year(part)
    if "century" in part:
        return When(start, end, None)
    if "hour" in part:
        return _time(part, start, end)
    if "decade" in part:
        return When(start, end, None)
    if "year2" in part and year is not None:
        return When(start, end, f"{year:04}/{int(part['year2']):04}")
    if "quarter" in part or "half" in part:
        whose = part.get("whose")
        if year is None and whose and base:
            year = base.year + _WHOSE_YEAR[whose]
        if year is None:
            return When(start, end, None)
        first, last = _quarter(part)
        return When(start, end, f"{year:04}-{first:02}/{year:04}-{last:02}")
    month = int(part["month"]) if "month" in part else None
    day = int(part["day"]) if "day" in part else None
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and not 1 <= day <= 31:
        return None
    if month is None and day is None:
        return When(start, end, f"{year:04}") if year is not None else None
    if month is None:
        return When(start, end, _day_of(day or 0, part.get("monthof", ""), base))
    if year is None:
        year = _year_of(month, part.get("whose", ""), base, near)
    if "month2" in part:
        second = int(part["month2"])
        if not month < second <= 12:
            return None
        return When(start, end, f"{year:04}-{month:02}/{year:04}-{second:02}" if year else None)
    if day is None:
        return When(start, end, f"{year:04}-{month:02}" if year else None)
    if year is not None and day > calendar.monthrange(year, month)[1]:
        return None
    if "day2" in part:
        second = int(part["day2"])
        if not day < second <= 31:
            return None
        return When(
            start, end, f"{year:04}-{month:02}-{day:02}/{year:04}-{month:02}-{second:02}" if year else None
        )
    return When(start, end, f"{year:04}-{month:02}-{day:02}" if year else None)


def _year(part: dict[str, str]) -> int | None:
    if "year" in part:
        return int(part["year"])
    if "short" in part:
        short = int(part["short"])
        return (2000 if short < 70 else 1900) + short
    return None


def _quarter(part: dict[str, str]) -> tuple[int, int]:
    if "half" in part:
        return (1, 6) if part["half"] == "상반기" else (7, 12)
    number = int(part["quarter"])
    return 3 * number - 2, 3 * number


def _year_of(month: int, whose: str, base: Base | None, near: int | None) -> int | None:
    """The year of a month named without one: what the words say, the year named before it, else the last such month
    where that is plain."""
    whose = whose.replace(" ", "")
    if base is not None and whose in _WHOSE_YEAR:
        return base.year + _WHOSE_YEAR[whose]
    if whose == "같은해":
        return near
    if whose in ("이듬해", "다음해"):
        return near + 1 if near else None
    if near is not None and not whose:
        return near
    if base is None:
        return None
    if whose in ("오는", "다가오는"):
        return base.year if month >= base.month else base.year + 1
    if whose == "이번":
        return base.year
    if month <= base.month:
        return base.year
    if whose == "지난" or month - base.month > 6:
        return base.year - 1
    return None


def _day_of(day: int, month_of: str, base: Base | None) -> str | None:
    """The date of a day of the month named without its month."""
    month_of = month_of.replace(" ", "")
    if base is None:
        return None
    year, month = base.year, base.month
    if month_of == "지난달":
        year, month = _shift(year, month, -1)
    elif month_of in ("내달", "다음달"):
        year, month = _shift(year, month, 1)
    elif month_of in ("이달", "이번달", "당월"):
        pass
    elif base.day == 0 or month_of == "같은달":
        return None
    elif month_of in ("오는", "이번"):
        if day < base.day:
            year, month = _shift(year, month, 1)
    elif day > base.day:
        # 지난 30일, written on the 2nd, is last month's; a bare 20일 on the 14th may be the coming one.
        if month_of != "지난" and day - base.day < 10:
            return None
        year, month = _shift(year, month, -1)
    if day > calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _shift(year: int, month: int, by: int) -> tuple[int, int]:
    months = year * 12 + month - 1 + by
    return months // 12, months % 12 + 1


def _time(part: dict[str, str], start: int, end: int) -> When | None:
    hour = int(part["hour"])
    minute = int(part.get("minute", 0)) if "half_hour" not in part else 30
    if hour > 24 or minute > 59:
        return None
    if (
        part.get("half_day") in ("오후", "저녁", "밤", "낮")
        and 1 <= hour < 12
        and not (part["half_day"] == "낮" and hour >= 10)
    ):
        hour += 12
    elif part.get("half_day") in ("오전", "새벽") and hour == 12:
        hour = 0
    return When(start, end, f"T{hour % 24:02}:{minute:02}")
