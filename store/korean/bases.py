"""What a ratio or a percentage is taken of: 기존 모델 대비 95%, 메타의 모델의 1/10, 1년 전보다 2.4%, 1억달러와 견주면 20분의 1."""

from __future__ import annotations

import re

from store.korean.phrases import Phrases

_AGAINST = re.compile(
    r"[과와에]\s?(?:견주[면어]|견줘|비교하[면여]|비교해|비하[면여]|비해)(?:서|도)?\s?(?:약 |최대 )?$"
)
_TIME = re.compile(
    r"(?:(?:지난해|작년|재작년|전년|전달|지난달) ?)?(?:같은|동) ?(?:기간|시기|때|달|분기)$|전년 ?(?:동기|동월)$"
)
_AGO = frozenset({"전", "뒤", "후"})


def compared(text: str, start: int) -> re.Match[str] | None:
    """The words before `start` that compare what follows with what they end in: 1억달러와 견주면."""
    return _AGAINST.search(text, max(0, start - 16), start)


def base_of(phrases: Phrases, start: int) -> str | None:
    """What the ratio that begins at `start` is taken of, in the sentence's words; None where that does not show."""
    text, tokens = phrases.text, phrases.tokens
    head = text[:start].rstrip()
    against = compared(text, start)
    if against is not None:
        at = against.start()
    elif head.endswith(("대비", "보다")):
        at = len(text[: len(head) - 2].rstrip())
    elif head.endswith("의"):
        at = len(head) - 1
    else:
        return None
    if text[at - 1 : at] == ")":
        at = text.rfind("(", 0, at)
    for other in phrases.found:
        if other.end == at:
            return text[other.start : other.end]
    time = _TIME.search(text, max(0, at - 14), at)
    if time is not None:
        return time[0]
    i = phrases.at(at) - 1
    if i > 0 and tokens[i].form in _AGO:
        figure = phrases.figure_at(tokens[i - 1].start)
        if figure is not None:
            return text[figure.start : at]  # 1년 전보다
    phrase = phrases.ending(at)
    if phrase is None and i >= 0 and tokens[i].tag == "NNG" and not head.endswith("의"):
        return tokens[i].form  # 전날보다, 지난해보다
    return phrase
