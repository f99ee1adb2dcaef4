"""Particles at the end of a word. Pure rules, no Kiwi."""

from __future__ import annotations

import re

_WORDS = (
    "이라고는 이라고 이라는 라고는 라고 라는 에서는 에서도 에게서 으로는 으로도 으로서 으로써 으로부터 로부터 에게는 까지는 부터는 "
    "에서 에게 께서 한테 으로 로는 로서 로써 까지 부터 마다 조차 마저 밖에 처럼 보다 만큼 이나 이란 이라 와는 과는 와도 과도 "
    "에는 에도 의 은 는 이 가 을 를 과 와 로 도 만 에"
)
_PARTICLES = tuple(sorted(_WORDS.split(), key=len, reverse=True))
_HANGUL_END = re.compile("[가-힣]$")


def without_particle(word: str) -> str:
    """A word without the particle at its end: 딥시크가 → 딥시크. Stays whole where less than two syllables would be left, and where
    the particle does not go with the sound before it (국가 keeps its 가)."""
    for particle in _PARTICLES:
        if word.endswith(particle):
            stem = word[: -len(particle)]
            if len(stem) >= 2 and _goes_with(stem, particle):
                return stem
    return word


def _goes_with(stem: str, particle: str) -> bool:
    """Whether a particle that has two shapes has the one that this stem's last sound asks for."""
    last = stem[-1]
    if not _HANGUL_END.search(last):
        return True
    final = (ord(last) - 0xAC00) % 28
    closed = final != 0
    first = particle[0]
    if particle in ("은", "이", "을", "과") or particle.startswith(("이", "과")):
        return closed
    if particle in ("는", "가", "를", "와") or particle.startswith(("와", "라")):
        return not closed
    if first == "으":
        return closed and final != 8
    if first == "로":
        return not closed or final == 8
    return True
