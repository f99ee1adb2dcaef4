"""Korean numerals: 557만6000, 천 4백만, 이십일조, 수십만, 스물여섯, 20분의 1, and what they amount to.

Reading is strict and left to right: within a group 천 백 십 fall, and so do 조 억 만 between groups; what does not fit ends the
numeral. Which Hangul syllables are numerals at all (이 is also "this", 만 also "only") is Kiwi's to say: `shadow` keeps those
and blanks the others out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from store.korean.kiwi import Token

_SMALL = {"십": 10, "백": 100, "천": 1_000}
_BIG = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
_DIGIT = {
    "영": 0,
    "공": 0,
    "일": 1,
    "이": 2,
    "삼": 3,
    "사": 4,
    "오": 5,
    "육": 6,
    "륙": 6,
    "칠": 7,
    "팔": 8,
    "구": 9,
}
_NATIVE = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "서": 3, "넷": 4, "네": 4, "넉": 4, "너": 4, "다섯": 5, "닷": 5, "여섯": 6,
    "엿": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70,
    "여든": 80, "아흔": 90,
}  # fmt: skip
_ABOUT = {
    "한두": (1, 2), "두세": (2, 3), "두서너": (2, 4), "서너": (3, 4), "너댓": (4, 5), "네댓": (4, 5), "네다섯": (4, 5), "대여섯": (5, 6),
    "예닐곱": (6, 7), "일고여덟": (7, 8), "여덟아홉": (8, 9),
}  # fmt: skip
_NUMERAL_TAGS = frozenset({"SN", "NR", "MM", "W_SERIAL"})
_DETERMINERS = frozenset({*_NATIVE, *_ABOUT, "수", "몇"})
_NATIVE_RE = "|".join(sorted({*_NATIVE, *_ABOUT}, key=len, reverse=True))
_SCALES = frozenset({*_SMALL, *_BIG})
_SINO = "영공일이삼사오육륙칠팔구십백천만억조경"

DIGITS = re.compile(
    r"(?:\d{1,3}(?:[,\u202f\xa0]\d{3})+(?!\d)|(?<![\dA-Za-z.,])(?:[1-9]\d{0,2}(?: \d{3}){2,}|[1-9]\d{0,2} 000)(?![\d.])|\d+)(?:\.\d+)?(?:e[+-]?\d+(?![\w]))?|(?<![\d.])\.\d+"
)
_START = re.compile(rf"[\d수몇{_SINO}]|\.\d|{_NATIVE_RE}")
_NATIVE_AT = re.compile(_NATIVE_RE)
# What 수십, 몇 백 leave open is only the leading digit.
_VAGUE = re.compile(r"(?:수|몇) ?(?=[십백천만억조])")
# What Kiwi may not take for numerals and what can be nothing else: 오와 사분의 일, 백분의 일, 마이너스 일.
_ENDS_HERE = (
    r"(?=[은는이가을를의로도과]?(?:[^가-힣]|$)|이다|이고|이며|이었|만|도 |밖에|만큼|정도|수준|이하|이상|에)"
)
_SURE = re.compile(
    rf"(?<![가-힣\d])(?:[{_SINO}\d]{{1,12}}[과와] ?){{0,2}}[{_SINO}\d]{{1,12}} ?분의 ?(?:마이너스 ?)?[{_SINO[:-4]}]+{_ENDS_HERE}"
    rf"|마이너스 ?[{_SINO}]+(?=[은는을를]?(?:[^가-힣]|$))"
)
_POINT = re.compile(
    r"점(?:([영공일이삼사오육륙칠팔구]{2,}|[영공일삼사오육륙칠팔구])|(이)(?= ?(?:%|퍼센트|배|도|킬로|미터|센티|밀리))"
    r"| ([영공일이삼사오육륙칠팔구]{2,}|[삼사오육륙칠팔구](?=이다|이고|을|를|은|는|점|$)))"
    r"(?=점|이다|이고|이며|[은는이가을를의로]?(?:[^가-힣]|$)|퍼센트|배|도|킬로|미터|센티|밀리)"
)
"""십이점 오, 이백점 영삼: decimals in words; not 오점 이상."""
_HANGUL = re.compile("[가-힣]")
_DATE_UNIT = re.compile(r" ?(?:년|월|일|위|차|호|시(?!간)|분|초|번)")
_NOT_SCALE = {"조": "각건직약합별항", "경": "기험쟁제우", "천": "막", "백": "신", "만": "", "억": "제"}


class Numeral(NamedTuple):
    """A number as written, `[start, end)`. `low` and `high` differ for 두세 and the like. `vague` is "수", "몇" or "여" or empty:
    of 수만 and 몇 십 the value is the order of magnitude, of 400여만 the number named. `scale` is its last 만, 억, 조 …, 1 without; `plain`:
    digits only. `native`: 한, 두, 스물 …"""

    start: int
    end: int
    low: float
    high: float
    vague: str = ""
    scale: int = 1
    plain: bool = False
    native: bool = False


def has_numerals(tokens: Sequence[Token]) -> bool:
    """Whether a sentence can hold a numeral at all; most do not."""
    if _NUMERAL_TAGS.isdisjoint([token.tag for token in tokens]):
        return False
    return any(
        token.tag in _NUMERAL_TAGS and (token.tag != "MM" or token.form in _DETERMINERS) for token in tokens
    )


def shadow(text: str, tokens: Sequence[Token]) -> str:
    """`text` with every Hangul syllable blanked (`_`) that looks like a numeral and is none; of equal length."""
    kept: set[int] = set()
    last = -1
    for i, token in enumerate(tokens):
        tag, form = token.tag, token.form
        if tag == "NR":
            kept.update(range(token.start, token.end))
        elif tag == "SN":
            pass  # digits are never blanked; what touches them may be a scale
        elif (
            form in _SCALES
            and tag in ("NNB", "NNG", "NNP")
            and (token.start == last or _number_at(tokens, i + 1, token.end))
        ) or (form in ("수", "몇") and _follows_scale(text, token.end)):
            kept.add(token.start)
        elif tag == "MM" and (form in _NATIVE or form in _ABOUT):
            kept.update(range(token.start, token.end))
        elif tag == "XSN" and form == "여" and token.start == last:
            kept.add(token.start)
        else:
            continue
        last = token.end
    if "분의" in text or "마이너스" in text:
        for match in _SURE.finditer(text):
            kept.update(i for i in range(*match.span()) if text[i] in _SINO)
    shaded = _HANGUL.sub("_", text)
    if not kept:
        return shaded
    characters = list(shaded)
    for i in kept:
        characters[i] = text[i]
    return "".join(characters)


def _number_at(tokens: Sequence[Token], i: int, at: int) -> bool:
    return i < len(tokens) and tokens[i].start == at and tokens[i].tag in ("NR", "SN")


def _follows_scale(text: str, at: int) -> bool:
    return text[at : at + 2].lstrip()[:1] in tuple("십백천만억조")


def starts(shaded: str) -> list[int]:
    """Where a numeral may begin in a `shadow`."""
    return [match.start() for match in _START.finditer(shaded)]


def read(text: str, shaded: str, at: int) -> Numeral | None:
    """The longest numeral of `text` that begins at `at`; None where none does. `shaded` is its `shadow`."""
    native = _NATIVE_AT.match(shaded, at)
    if native is not None:
        return _read_native(shaded, at)
    return _read_sino(text, shaded, at)


def _read_native(shaded: str, at: int) -> Numeral | None:
    match = _NATIVE_AT.match(shaded, at)
    if match is None:
        return None
    word = match[0]
    if word in _ABOUT:
        low, high = _ABOUT[word]
        return Numeral(at, match.end(), low, high, native=True)
    value, end = _NATIVE[word], match.end()
    if value >= 10:
        ones = _NATIVE_AT.match(shaded, end)
        if ones is not None and _NATIVE.get(ones[0], 99) < 10:
            return Numeral(at, ones.end(), value + _NATIVE[ones[0]], value + _NATIVE[ones[0]], native=True)
    else:
        second = _NATIVE_AT.match(shaded, end)
        if second is not None and word + second[0] in _ABOUT:
            low, high = _ABOUT[word + second[0]]
            return Numeral(at, second.end(), low, high, native=True)
    more = "여" if value >= 10 and shaded.startswith("여", end) else ""
    return Numeral(at, end + len(more), value, value, more, native=True)


def _read_sino(text: str, shaded: str, at: int) -> Numeral | None:
    begin, vague = at, ""
    prefix = _VAGUE.match(shaded, at)
    if prefix is not None:
        vague, at = prefix[0][0], prefix.end()
    total = section = 0.0
    number: float | None = None
    plain = True
    last_small, last_big = 10**4, 10**20
    scale = 1
    end, pos = at, at
    length = len(shaded)
    unit_last = False
    while pos < length:
        p = pos
        while p < length and shaded[p] == " " and p - pos < 2:
            p += 1
        spaced = p > pos
        if p >= length or (spaced and end == at):
            break
        c = shaded[p]
        digits = DIGITS.match(shaded, p) if c.isdigit() or c == "." else None
        if digits is not None:
            if number is not None or (end > at and not unit_last):
                break
            value = _float(digits[0])
            if value is None or (end > at and value >= min(last_small, last_big)):
                break
            if spaced and _DATE_UNIT.match(text, digits.end()):
                break
            number, pos, unit_last = value, digits.end(), False
            plain = plain and end == at
        elif c in _DIGIT:
            if number is not None or (spaced and not unit_last):
                break
            number, pos, unit_last, plain = float(_DIGIT[c]), p + 1, False, False
        elif c in _SMALL:
            unit = _SMALL[c]
            if unit >= last_small or (spaced and number is not None) or _blocked(text, p):
                break
            section += (1.0 if number is None else number) * unit
            number, last_small, pos, unit_last, plain = None, unit, p + 1, True, False
            scale = unit
        elif c in _BIG:
            unit = _BIG[c]
            if unit >= last_big or _blocked(text, p):
                break
            if spaced and number is None:
                break
            section += number or 0.0
            if end == at and number is None and section == 0:
                section = 1.0
            if section == 0:
                break
            total += section * unit
            section, number, last_small, last_big = 0.0, None, 10**4, unit
            pos, unit_last, plain, scale = p + 1, True, False, unit
        elif c == "여" and not spaced and end > at and not vague:
            vague, pos = "여", p + 1
            plain = False
            end = pos
            continue
        else:
            break
        end = pos
    if end == at:
        return None
    if total and number is None and last_small == 1_000 and scale == 1_000:
        section *= last_big / 10**4  # 1억 6천 is how people say 1억 6천만
        scale = last_big // 10
    value = total + section + (number or 0.0)
    if number is not None and total + section > 0:
        scale = 1
    point = None if vague or any(c.isdigit() for c in text[begin:end]) else _POINT.match(text, end)
    if point is not None:
        decimals = point[1] or point[2] or point[3]
        value += sum(_DIGIT[syllable] / 10**place for place, syllable in enumerate(decimals, 1))
        return Numeral(begin, point.end(), value, value)
    return Numeral(begin, end, value, value, vague, scale, plain)


def _blocked(text: str, at: int) -> bool:
    """Whether the scale at `at` begins another word: 3조각, 2경기."""
    following = text[at + 1 : at + 2]
    return bool(following) and following in _NOT_SCALE.get(text[at], "")


def _float(digits: str) -> float | None:
    plain = re.sub("[, \u202f\xa0]", "", digits)
    if len(plain) > 40:
        return None
    return float(plain)
