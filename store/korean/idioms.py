"""Numerals that count nothing: 두 마리 토끼, 한 단계 나아가다, and words that only look like one (세부, 팔 곳)."""

from __future__ import annotations

import re

from store.korean.numerals import Numeral
from store.korean.units import Unit

_ONE_IDIOM = frozenset({"가지", "편", "쪽", "데", "때", "번", "축", "발", "걸음", "단계", "줄", "판", "해", "점", "켠", "층", "장", "수", "자리", "몫", "단", "동", "표", "채", "방", "통", "칸", "대", "일", "주", "달", "시간", "단면", "사람", "집", "가족", "나라", "도시", "기업", "회사", "곳", "종류", "세대"})  # fmt: skip
"""한 가지, 한 편: a turn of phrase, not a count."""
_IDIOMS = re.compile(
    r"두 ?마리 ?토끼|한두 ?(?:가지|번|해)|세 ?살 ?버릇|두 ?말|열 ?손가락|두 ?손|두 ?발|두 ?눈|네 ?탓"
)
_SINGLE = re.compile(r"1인 ?(?:가구|기업|시위|방송|미디어|창업|극|체제|자)")
_LASTING = re.compile(r"\s?(?:만에|동안|간|새|내내|뒤|후|전|이내|안에|이상|넘게|가까이|여)")
_NOT_ONE = re.compile(r"\s?(?:도|조차|마저)")
_ADVERB = re.compile(r"하나(?:도|같이|(?:둘)?씩)")
"""하나도 없다, 하나씩, 하나같이: none at all, one by one, to a man."""
_WORDS = frozenset({"세부", "두부", "세대", "세기", "세배", "네모", "한편", "한때", "한데", "두통", "세트", "네트", "사장", "오기", "이기", "구기"})  # fmt: skip
# Only native numerals count these: 팔 곳 is "places to sell".
_SINO_ONES = frozenset("일이삼사오육칠팔구")
_NATIVE_UNITS = frozenset({" 곳", " 개", " 명", " 마리", " 가지", " 살", " 사람", " 데", " 번", " 것"})


def turn_of_phrase(text: str, numeral: Numeral, unit: Unit) -> bool:
    """Whether `numeral` with `unit` is a turn of phrase or a word of its own."""
    whole = text[numeral.start : unit.end]
    if whole in _WORDS or (whole[:1] in _SINO_ONES and whole[1:] in _NATIVE_UNITS):
        return True
    if not numeral.native:
        return _SINGLE.match(text, numeral.start) is not None
    if _IDIOMS.match(text, numeral.start) or _ADVERB.match(text, numeral.start):
        return True
    if numeral.low != 1 or numeral.high != 1:
        return False
    name = text[numeral.end : unit.end].strip()
    if name in _ONE_IDIOM:
        return unit.kind != "period" or name == "해" or not _LASTING.match(text, unit.end)
    return _NOT_ONE.match(text, unit.end) is not None
