"""Figures: amounts, percentages, ratios, counts, measures, dates and periods in a sentence, with their values.

A grammar over the text and Kiwi's morphemes: a numeral (`numerals`), what it counts (`units`), how sure the text is of it (약, 이상), or a date
(`dates`). Product names (R1, H100), list numbers, footnote marks, telephone numbers and versions are not figures.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from store.korean.dates import Base, dates, days
from store.korean.idioms import turn_of_phrase
from store.korean.kiwi import Token
from store.korean.nonfigures import others
from store.korean.numerals import Numeral, has_numerals, read, shadow, starts
from store.korean.qualifiers import date_qualifier, qualifier
from store.korean.units import ENGLISH_SCALES, Unit, speed_before, symbol_before, unit_at
from store.model import FigureKind


class Found(NamedTuple):
    """A figure in a sentence, `[start, end)`; the other fields as in `store.model.Figure`."""

    start: int
    end: int
    value: float | tuple[float, float] | str | None
    unit: str | None
    kind: FigureKind
    qualifier: str | None


_FRACTION = re.compile(r"\s?분의\s?(?P<minus>마이너스 ?|-)?")
_WITH = re.compile(r"[과와] ?")
_ONE_OF = re.compile(r" (?:중|가운데)(?:에서?)? ")
_MANY = 1000
"""From this number on an order is a figure: 100만 번째 관람객, but not 두 번째."""
_HALF = re.compile(r"\s?반(?=(?:만에|간|동안|가까이|이나|[이가은는을를의에만도])?(?:[^가-힣]|$))")
_HALVES = re.compile(r"(?<![가-힣])(?:절반(?! ?씩)|반(?=[이을] 넘|도 안 되|을 웃도))")
_SLASH = re.compile(r"(?<![\d/.])(?P<whole>\d+ +)?(?P<top>\d{1,6})/(?P<bottom>\d{1,6})(?![\d/])")
_AGAINST = re.compile(r"\s?(?:대|:)\s?(?=\d)")
_TO = re.compile(r"\s?(?:[~∼〜～–]|-(?=[\d수몇])|내지|에서 ?(?=[^가-힣]{1,12}[가-힣%]* ?사이))\s?")
_MINUS = re.compile(r"(?:(?<![\w.)])[-−–]\s?|마이너스 ?|음수 ?|영하 ?)$")
_POWER = re.compile(r"\^(?P<sign>[+-]*)(?P<power>\d{1,3})(?![\d.])")
_ENGLISH = re.compile(rf" ?({'|'.join(sorted(ENGLISH_SCALES, key=len, reverse=True))})(?![A-Za-z])")
_SIGN = re.compile(r"\(([^()\d\s]{1,5})\)")
_PARTS = re.compile(r"\s?(\d{1,2})\s?(센트|펜스)")
_AMONG = re.compile(
    r"\s(?!남성|여성|남녀|여자|남자|청년|초반|중반|후반|이하|이상|부부|직장인|아들|딸|소년|소녀|청소년|자녀|노인)[가-힣A-Za-z]"
)
"""After 100대: the hundred greatest of something. Not after 20대, people in their twenties."""
_TH = re.compile(r"\s?째")
_PER = re.compile(r"\s?(?:당|마다|꼴)(?![가-힣])")


def figures(text: str, tokens: Sequence[Token], base: Base | None = None) -> list[Found]:
    """The figures of a sentence, in order, not overlapping.

    Args:
        text: the sentence.
        tokens: its morphemes, with offsets into it.
        base: the article's date, for dates without a year or month.
    """
    lasting = [Found(start, end, value, "일", "period", None) for start, end, value in days(text)]
    for half in _HALVES.finditer(text) if "반" in text else ():
        start, end = half.span()
        lasting.append(Found(start, end, 0.5, None, "ratio", qualifier(text, start, end, "")))
    if not has_numerals(tokens):
        return lasting
    shaded = shadow(text, tokens)
    begins = starts(shaded)
    if not begins:
        return lasting
    found = _Sentence(text, shaded, tokens, begins, base).figures()
    free = [day for day in lasting if not any(f.start < day.end and day.start < f.end for f in found)]
    return sorted(found + free, key=lambda f: f.start) if free else found


class _Sentence:
    """One pass over one sentence."""

    def __init__(
        self, text: str, shaded: str, tokens: Sequence[Token], begins: list[int], base: Base | None
    ) -> None:
        self.text = text
        self.shaded = shaded
        self.begins = begins
        self.base = base
        self.ends = {token.end for token in tokens}
        self.dependent = {token.start: token.end for token in tokens if token.tag == "NNB"}
        self.nouns = {token.end: token for token in tokens if token.tag in ("NNP", "SL", "NNG", "NNB")}
        self.by_start = {token.start: token for token in tokens}

    def figures(self) -> list[Found]:
        found: list[Found] = [
            Found(when.start, when.end, when.value, None, "date", date_qualifier(self.text, when.end))
            for when in dates(self.text, self.base)
        ]
        taken = sorted([(f.start, f.end) for f in found] + others(self.text, self.ends, self.dependent))
        reached = 0
        for at in self.begins:
            if at < reached:
                continue
            over = _over(taken, at)
            if over is not None:
                reached = over
                continue
            figure, end = self._figure(at)
            following = _next(taken, at)
            if following is not None and end > following:
                figure, end = None, max(at + 1, min(end, following))
            reached = max(end, at + 1)
            if figure is not None:
                found.append(figure)
        return sorted(found, key=lambda f: f.start)

    # ── one figure ───────────────────────────────────────────────────────────────────────────

    def _figure(self, at: int) -> tuple[Found | None, int]:
        """The figure that begins at `at`, and where to go on."""
        text = self.text
        slash = _SLASH.match(text, at)
        if slash is not None:
            return self._slash(slash)
        numeral = read(text, self.shaded, at)
        if numeral is None:
            return None, at + 1
        fraction = self._fraction(numeral)
        if fraction is not None:
            return fraction
        power = _POWER.match(text, numeral.end)
        if power is not None and numeral.plain:
            sign = -1 if power["sign"].count("-") % 2 else 1
            return self._made(
                numeral, power.end(), self._power(numeral.low, sign * int(power["power"])), None, "number"
            )
        if numeral.plain:
            against = _AGAINST.match(text, numeral.end)
            if against is not None and (text[numeral.end : against.end()].strip() == "대" or self._odds()):
                other = read(text, self.shaded, against.end())
                if (
                    other is not None
                    and other.low
                    and not unit_at(text, other.end, self.ends, self.dependent)
                ):
                    return self._made(numeral, other.end, numeral.low / other.low, None, "ratio")
        span = self._range(numeral)
        if span is not None:
            return span
        unit = self._unit(numeral)
        if unit is None:
            return self._bare(numeral), numeral.end
        return self._counted(numeral, unit)

    def _odds(self) -> bool:
        return "경쟁률" in self.text or "비율" in self.text or "배당" in self.text

    def _power(self, base: float, power: int) -> float:
        try:
            return float(base**power)
        except (OverflowError, ZeroDivisionError):
            return 0.0

    def _unit(self, numeral: Numeral) -> Unit | None:
        at = numeral.end
        text = self.text
        if not numeral.native and at < len(text):
            english = _ENGLISH.match(text, at)
            symbol = symbol_before(text, numeral.start)
            if symbol is not None:
                factor = ENGLISH_SCALES[english[1]] if english else 1.0
                return Unit(english.end() if english else at, symbol[1], "money", factor)
            if english is not None and len(english[1]) > 2:
                unit = unit_at(text, self._space(english.end()), self.ends, self.dependent)
                if unit is not None:
                    return unit._replace(factor=unit.factor * ENGLISH_SCALES[english[1]])
                return Unit(english.end(), None, "number", ENGLISH_SCALES[english[1]])
        elif not numeral.native:
            symbol = symbol_before(text, numeral.start)
            if symbol is not None:
                return Unit(at, symbol[1], "money")
        spaced = self._space(at)
        unit = unit_at(text, spaced, self.ends, self.dependent)
        if (
            unit is not None
            and spaced > at
            and text[spaced].isascii()
            and text[spaced].isupper()
            and unit.end == spaced + 1
        ):
            return None
        return unit

    def _space(self, at: int) -> int:
        return at + 1 if at < len(self.text) and self.text[at] == " " else at

    def _counted(self, numeral: Numeral, unit: Unit) -> tuple[Found | None, int]:
        text, name, kind, end = self.text, unit.unit or "", unit.kind, unit.end
        ordinal = text[: numeral.start].rstrip().endswith("제")
        if not self._counts(numeral, unit, ordinal):
            return None, end
        if ordinal or (name == "대" and numeral.plain and numeral.end + 1 == end and _AMONG.match(text, end)):
            kind = "rank"
        th = _TH.match(text, end) if name == "번" else None
        if th is not None:
            if numeral.low < _MANY:
                return None, th.end()
            return self._made(numeral, th.end(), numeral.low, "번째", "rank")
        low, high = numeral.low * unit.factor, numeral.high * unit.factor
        if kind == "money" and unit.factor == 1.0:
            part = _PARTS.match(text, end)
            if part is not None:
                low += int(part[1]) / 100
                high, end = low, part.end()
        half = _HALF.match(text, end) if kind == "period" or name == "배" else None
        if half is not None and numeral.vague == "":
            low, high, end = low + 0.5 * unit.factor, high + 0.5 * unit.factor, half.end()
        speed = speed_before(text, numeral.start) if kind == "length" else None
        if speed is not None:
            unit = unit._replace(unit=f"{text[speed : speed + 2]} {name}")
            numeral = numeral._replace(start=speed)
            kind = "dimension"
        if kind in ("length", "dimension") and text[end : end + 1] == "(":
            # 40 나노미터(㎚): the sign of the same unit.
            sign = _SIGN.match(text, end)
            if sign is not None and unit_at(sign[1], 0, {len(sign[1])}, {}) is not None:
                end = sign.end()
        return self._made(numeral, end, low if low == high else (low, high), unit.unit, kind)

    def _counts(self, numeral: Numeral, unit: Unit, ordinal: bool) -> bool:
        """Whether a number with this unit is a figure at all."""
        text, name = self.text, unit.unit or ""
        if turn_of_phrase(text, numeral, unit):
            return False
        if (
            numeral.low == 1
            and unit.kind in ("count", "money", "dimension", "length")
            and _PER.match(text, unit.end)
        ):
            return False  # 1인당
        if name in ("번째", "대째") and numeral.low < _MANY:
            return False
        if ordinal and name in ("조", "항", "호", "목", "절", "부", "편", "권", "장"):
            return False
        following = text[unit.end : unit.end + 1]
        if (following == "용" and unit.kind == "count") or (name == "배" and following in ("체", "율")):
            return False
        # 형사합의38부: a part of a name.
        attached = "가" <= text[numeral.start - 1 : numeral.start] <= "힣"
        return not (attached and not ordinal and name in ("부", "호", "단", "동", "차", "급"))

    def _fraction(self, numeral: Numeral) -> tuple[Found | None, int] | None:
        """20분의 1, 삼분의 이, and with a whole part 일과 이분의 일; 셋 중 하나."""
        if numeral.native:
            among = _ONE_OF.match(self.text, numeral.end)
            one = read(self.text, self.shaded, among.end()) if among is not None else None
            if one is None or not one.native or one.low > numeral.low or one.end in self.dependent:
                return None
            if self._unit(one) is not None:
                return None
            return self._made(numeral, one.end, one.low / numeral.low, None, "ratio")
        value = self._parts(numeral)
        return None if value is None else self._made(numeral, value[1], value[0], None, "ratio")

    def _parts(self, numeral: Numeral) -> tuple[float, int] | None:
        """The value of the fraction that begins with `numeral`, and where it ends."""
        whole = _WITH.match(self.text, numeral.end)
        if whole is not None:
            rest = read(self.text, self.shaded, whole.end())
            own = self._parts(rest) if rest is not None and not rest.native else None
            return None if own is None else (numeral.low + own[0], own[1])
        match = _FRACTION.match(self.text, numeral.end)
        if match is None or numeral.low == 0:
            return None
        top = read(self.text, self.shaded, match.end())
        if top is None or top.native:
            return None
        return top.low / numeral.low * (-1 if match["minus"] else 1), top.end

    def _slash(self, match: re.Match[str]) -> tuple[Found | None, int]:
        """1/10, 2 1/4, and the range 1/10~1/30."""
        bottom = int(match["bottom"])
        if bottom == 0:
            return None, match.end()
        value = int(match["top"]) / bottom + (int(match["whole"]) if match["whole"] else 0)
        numeral = Numeral(match.start(), match.end(), value, value)
        to = _TO.match(self.text, match.end())
        second = _SLASH.match(self.text, to.end()) if to else None
        if second is not None and int(second["bottom"]):
            other = int(second["top"]) / int(second["bottom"])
            return self._made(numeral, second.end(), (min(value, other), max(value, other)), None, "ratio")
        unit = unit_at(self.text, self._space(match.end()), self.ends, self.dependent)
        if unit is not None and unit.kind in ("length", "dimension"):
            return self._made(numeral, unit.end, value, unit.unit, unit.kind)
        return self._made(numeral, match.end(), value, None, "ratio")

    def _range(self, first: Numeral) -> tuple[Found | None, int] | None:
        """3~4%, 10만~20만원, 수만~수십만개, 5~6명, 3조~5조 원."""
        text = self.text
        own = self._unit(first)
        at = own.end if own is not None else first.end
        to = _TO.match(text, at)
        if to is None:
            return None
        if first.native:
            return None
        begin = to.end()
        symbol = re.match(r"(?:US)?[$€£¥₩]|약 ", text[begin:])
        if symbol is not None:
            begin += symbol.end()
        second = read(text, self.shaded, begin)
        if second is None or second.native:
            return None
        unit = self._unit(second) or own
        if unit is None or (own is not None and own.unit != unit.unit):
            return None
        low, high = first.low, second.low
        if first.plain and second.scale > 1 and not second.plain and low <= high / second.scale:
            low *= second.scale
        low, high = low * unit.factor, high * unit.factor
        if low > high and not (own is not None):
            return None
        vague = first.vague if first.vague in ("수", "몇") and second.vague not in ("수", "몇") else ""
        end = max(unit.end, second.end)
        return self._made(
            first._replace(vague=vague), end, (min(low, high), max(low, high)), unit.unit, unit.kind
        )

    def _bare(self, numeral: Numeral) -> Found | None:
        """A number that counts nothing named: only where it stands by itself."""
        text, start, end = self.text, numeral.start, numeral.end
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if numeral.native and numeral.low <= 10:
            return None
        minus = _MINUS.search(text[max(0, start - 6) : start]) is not None
        if before.isalnum() and not minus:
            return None
        if (before in "-–_/·." and not minus) or (after.isascii() and after.isalpha()) or after in "-–_/·":
            return None
        digits = text[start].isdigit() or text[start] == "."
        if not digits and end - start < 2 and not minus:
            return None
        token = self.by_start.get(end)
        if token is not None and not token.tag.startswith(("J", "V", "X", "S", "E")):
            # 40,000과: Kiwi takes the particle for a noun.
            particle = token.form in "과은이" and not "가" <= text[token.end : token.end + 1] <= "힣"
            if not particle or numeral.low < 1_000:
                return None
        if before == " " and (after in "'’”\"」』》〉" or re.match(r" [A-Z]", text[end:])):
            return None  # the end of a title ‘… 1988’, or a designation
        if digits and before == " ":
            previous = self.nouns.get(start - 1)
            if (
                previous is not None
                and previous.tag in ("NNP", "SL")
                and numeral.plain
                and numeral.low < 10_000
            ):
                return None  # 아이폰 15
        return self._made(numeral, end, numeral.low, None, "number")[0]

    # ── what surrounds it ────────────────────────────────────────────────────────────────────

    def _made(
        self,
        numeral: Numeral,
        end: int,
        value: float | tuple[float, float],
        unit: str | None,
        kind: FigureKind,
    ) -> tuple[Found, int]:
        text, start = self.text, numeral.start
        minus = _MINUS.search(text[max(0, start - 6) : start])
        if minus is not None and not isinstance(value, tuple):
            start -= len(minus[0])
            value = -value
        if kind == "money":
            symbol = symbol_before(text, start)
            if symbol is not None:
                start = symbol[0]
        if kind == "rank" and text[:start].rstrip().endswith("제"):
            start = len(text[:start].rstrip()) - 1
        return Found(start, end, value, unit, kind, qualifier(text, start, end, numeral.vague)), end


def _over(taken: list[tuple[int, int]], at: int) -> int | None:
    """The end of the span that holds `at`."""
    i = bisect_left(taken, (at + 1,))
    for start, end in taken[max(0, i - 3) : i]:
        if start <= at < end:
            return end
    return None


def _next(taken: list[tuple[int, int]], at: int) -> int | None:
    i = bisect_left(taken, (at + 1,))
    return taken[i][0] if i < len(taken) else None
