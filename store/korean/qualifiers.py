"""How sure a text is of its figure: 약, 최대, 이상, 안팎, 400여."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"(약|대략|어림잡아|최대|최고|최소|최저|무려|거의|적어도|많게는|적게는|평균|총|도합|불과|겨우|고작|근|연간|누적|연평균|월평균|하루 평균|~|∼|≒)\s?$"
)
_ABOUT = frozenset({"약", "대략", "어림잡아", "최대", "최고", "최소", "최저", "거의", "적어도", "많게는", "적게는", "평균", "연평균", "월평균", "하루 평균", "무려", "불과", "근", "총", "누적"})  # fmt: skip
_AFTER = re.compile(
    r"\s?(?:(이상|이하|미만|초과|안팎|내외|가량|정도|쯤|남짓|이내|수준|넘는|넘게|넘어|대(?=[의에로]|\s(?!\d)|$)|여(?=\s))"
    r"|(?:을|를|이|가)?\s?(육박|상회|하회|웃도는|웃돌|밑도는|밑돌|넘는|넘어|넘게|넘긴|넘을|넘었|달하는|불과))"
)
_CANON = {
    "넘게": "넘는",
    "넘어": "넘는",
    "넘긴": "넘는",
    "넘을": "넘는",
    "넘었": "넘는",
    "웃돌": "웃도는",
    "밑돌": "밑도는",
}

_DATE = re.compile(r"\s?(이후|이전|부터|까지|말|초|중순|하순|상순)(?![가-힣])")


def qualifier(text: str, start: int, end: int, vague: str) -> str | None:
    """The words that qualify the figure at `[start, end)`, those before it first; `vague` is what stands inside it (여, 수, 몇)."""
    words: list[str] = []
    head = text[max(0, start - 8) : start]
    before = _BEFORE.search(head)
    if (
        before is not None
        and before[1] in _ABOUT
        and not "가" <= head[before.start() - 1 : before.start()] <= "힣"
    ):
        words.append(before[1])
    if vague:
        words.append(vague)
    after = _AFTER.match(text, end)
    if after is not None:
        word = after[1] or after[2]
        if word not in ("달하는", "불과"):
            words.append(_CANON.get(word, word))
    return " ".join(words) or None


def date_qualifier(text: str, end: int) -> str | None:
    """The same for a date that ends at `end`: 이후, 까지, 말."""
    match = _DATE.match(text, end)
    return match[1] if match else None
