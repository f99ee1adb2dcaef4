"""What could be a heading, by its looks, and how deep."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.furniture import SPEAKER
from store.ingest.head import HEADING_MARKS
from store.ingest.lines import Line

_BRACKETED = re.compile(r"^(?:<[^<>]{2,30}>|〈[^〈〉]{2,30}〉|【[^【】]{2,30}】)$")


_SENTENCE_IN = re.compile(r"[가-힣](?:다|요|죠|까)[.!?][\"'”’)]*\s+\S")
"""A sentence with something behind it: words of a link, for one."""
_OPEN_END = re.compile(r"(?:[가-힣]에서|으로|하는|했던|있는|없는|[,·:])$")
_NOUNS = (
    "결과 성과 학과 경과 곰팡이 고양이 어린이 높이 깊이 먹이 놀이 풀이 젊은이 회의 논의 합의 정의 동의 주의 강의 건의 제도 속도 온도 정도 태도 보도 지도 강도 밀도 "
    "수도 시도 의도 파도 포도 경로 도로 진로 통로 경고 사고 광고 보고 재고 창고 권고 최고 추가 주가 물가 대가 작가 화가 휴가 허가 고가 저가 시가 유가 참가 부가"
)
_ENDS_LIKE_A_PARTICLE = tuple(_NOUNS.split())


def goes_on(text: str) -> bool:
    """Does the line break off behind a particle, as no heading does? 이, 은, 을 and 과 stand behind a consonant, 가, 는, 를 and 와 behind a
    vowel: 국가, 평가 and 차이 end in none."""
    if _OPEN_END.search(text):
        return True
    if len(text) < 2 or text.endswith(_ENDS_LIKE_A_PARTICLE):
        return False
    before, last = text[-2], text[-1]
    if not "가" <= before <= "힣":
        return last in "을를은는의에"
    closed = (ord(before) - ord("가")) % 28 != 0
    if last in "이은을과":
        return closed
    if last in "가는를와":
        return not closed
    return last in "의에도며고로"


def tells(text: str) -> bool:
    """Has a line that does not end like one a sentence in it, as no heading and no name has?"""
    return _SENTENCE_IN.search(text) is not None


def heading_key(line: Line) -> str:
    """The kind of heading that the line could be: `#2`, a symbol, `number`, `bold`, `plain`, or empty."""
    if line.mark == "#":
        return f"#{line.level}"
    if line.mark and line.mark in HEADING_MARKS:
        return line.mark
    if line.mark[:1].isdigit():
        return "number" if len(line.text) <= 50 and line.prose < 20 else ""
    if line.mark or line.strength >= 2 or line.linked > 0.5:
        return ""
    if SPEAKER.match(line.text):
        return "speaker"
    if line.prose >= 20 or len(line.text) > 60 or tells(line.text):
        return ""
    if _BRACKETED.match(line.text):
        return "bracket"
    if line.bold:
        return "bold"
    return "" if line.linked else "plain"


def heading_levels(lines: Sequence[Line]) -> dict[str, int]:
    """Levels by kind: Markdown's by their depth, then the others in the order in which they first stand."""
    depths = sorted({line.level for line in lines if line.mark == "#"})
    levels = {f"#{depth}": rank for rank, depth in enumerate(depths, 1)}
    base = len(levels)
    for line in lines:
        key = heading_key(line)
        if not key or key in levels:
            continue
        if key in {"plain", "bold", "speaker"}:
            levels[key] = base + 1 if not levels else max(1, base + (0 if base else 1))
        else:
            ranks = [level for other, level in levels.items() if other in HEADING_MARKS or other == "number"]
            levels[key] = min(6, (max(ranks) if ranks else base) + 1)
    return levels
