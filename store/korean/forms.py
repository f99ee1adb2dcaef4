"""Other forms in which a searched word may stand in a text: another conjugation (낮추다 → 낮춘, 낮췄다), without its particle, with a space
in a compound (한국기업 → 한국 기업), in the other keyboard mode. Pure rules, no Kiwi: some forms are of no real word, and are then found nowhere.

Contractions and irregular stems as in 국립국어원, 한글 맞춤법, articles 18 and 34 to 36.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from store.korean.dubeolsik import FINALS, INITIALS, VOWELS, compose
from store.korean.particles import without_particle

MOST = 40
"""Forms given at most."""

_HANGUL = re.compile("[가-힣]+")
_WORDS = (
    "다 는다 습니다 겠다 고 지 게 는 던 면 며 니 기 자 네 거나 지만 지는 도록 려고 는데 던데 면서 으면 으며 으니 으려고 으면서 "
    "은 을 음 은데 기로 기에 겠지만 느냐 는가 는지 을지"
)
_ENDINGS = tuple(sorted(_WORDS.split(), key=len, reverse=True))
_AFTER_ONE = ("다", "은", "을", "음", "고", "게", "지", "는", "던", "기", "으", "습", "네", "거")
"""With what a stem of one closed syllable is long enough to be looked for."""
_CONTRACTED = {"ㅗ": "ㅘ", "ㅜ": "ㅝ", "ㅣ": "ㅕ", "ㅚ": "ㅙ"}
_STEM_VOWELS = {
    "ㅘ": "ㅗ", "ㅝ": "ㅜ", "ㅕ": "ㅣ", "ㅙ": "ㅚ", "ㅏ": "ㅏ", "ㅓ": "ㅓ", "ㅐ": "ㅐ", "ㅔ": "ㅔ",
}  # fmt: skip
_EITHER = "는은을"
"""Endings of verbs as well as particles."""
_MODIFIERS = "한할함된될됨진질짐인일힌힐힘린릴긴길난날춘출른운울낸낼킨킬친칠온올신실친칠준줄든들"
"""Last syllables of what modifies a noun (떨어진, 늘어날) or of a noun made of a verb (개발함)."""


def is_predicate(word: str) -> bool:
    """Whether a word has the shape of a verb or adjective with its ending 다 (낮추다, 높아졌다)."""
    return len(word) > 2 and word.endswith("다") and _HANGUL.fullmatch(word) is not None


def other_forms(word: str) -> tuple[str, ...]:
    """What to look for where a word does not stand as it is, the likeliest first; none of less than two syllables. Of Latin letters, what
    they are where they were meant for Hangul (`roqkfql` for 개발비), and its other forms.

    Args:
        word: as it was searched for, in NFC and without spaces.
    """
    if typed := meant(word):
        return (typed, *other_forms(typed))[:MOST]
    if not _HANGUL.fullmatch(word) or len(word) < 2:
        return ()
    found: dict[str, None] = {}
    bare = without_particle(word)
    if not is_predicate(word):
        found[bare] = None
        found.update(dict.fromkeys(f"{bare[:at]} {bare[at:]}" for at in range(2, len(bare) - 1)))
    if bare == word or word[-1] in _EITHER:
        for stem in _stems(word):
            found.update(dict.fromkeys(_conjugated(stem)))
    return tuple(form for form in found if form != word and len(form) > 1)[:MOST]


def meant(word: str) -> str:
    """The Hangul of at least two syllables that Latin letters give with the keyboard in the other mode (`qldyd` gives 비용); empty where
    not all of them make syllables."""
    typed = compose(word) if word.isascii() and word.isalpha() else ""
    return typed if len(typed) > 1 and _HANGUL.fullmatch(typed) else ""


# ── from a form to its stems ─────────────────────────────────────────────────────────────────────


def _stems(word: str) -> Iterator[str]:
    """The stems of which a word may be a form."""
    ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) > len(one)), "")
    if ending:
        yield from _before_ending(word[: -len(ending)])
    elif len(word) > 2 and word[-1] in _MODIFIERS:
        initial, vowel, _ = _parts(word[-1])
        yield word[:-1] + _join(initial, vowel)
    elif len(word) > 2 or word[-1] == "해":
        yield from _uncontracted(word)


def _before_ending(body: str) -> Iterator[str]:
    """What stands before an ending: a stem, one in the past, or one whose last syllable the ending has closed (낮춘+다, 낮춥+니다)."""
    head, (initial, vowel, final) = body[:-1], _parts(body[-1])
    if body.endswith("니") and len(body) > 2 and _parts(body[-2])[2] == "ㅂ":
        yield body[:-2] + _join(*_parts(body[-2])[:2])
    elif final == "ㅆ":
        yield from [body] if body[-1] == "있" else _uncontracted(head + _join(initial, vowel))
    else:
        if final in ("ㄴ", "ㅂ"):
            yield head + _join(initial, vowel)
        if final != "ㄴ":
            yield body


def _uncontracted(body: str) -> Iterator[str]:
    """The stems that with 아 or 어 give this: 낮춰 → 낮추, 받아 → 받, 올라 → 오르, 도와 → 돕."""
    head, (initial, vowel, final) = body[:-1], _parts(body[-1])
    if final:
        return
    if initial == "ㅇ" and vowel in "ㅏㅓㅕ" and head:
        yield head
        if _parts(head[-1])[2] == "ㄹ":  # 들어 → 듣
            yield head[:-1] + _join(*_parts(head[-1])[:2], "ㄷ")
        elif not _parts(head[-1])[2]:  # 지어 → 짓
            yield head[:-1] + _join(*_parts(head[-1])[:2], "ㅅ")
    if initial == "ㅇ" and vowel in "ㅘㅝ" and head and not _parts(head[-1])[2]:
        yield head[:-1] + _join(*_parts(head[-1])[:2], "ㅂ")
    if body[-1] == "해":
        yield head + "하"
        return
    if body[-1] in "라러" and head and _parts(head[-1])[2] == "ㄹ":
        yield head[:-1] + _join(*_parts(head[-1])[:2]) + "르"
        return
    if vowel in _STEM_VOWELS:
        yield head + _join(initial, _STEM_VOWELS[vowel])
    if vowel in "ㅏㅓ" and vowel == ("ㅏ" if _is_bright(head) else "ㅓ"):  # 바빠 → 바쁘
        yield head + _join(initial, "ㅡ")


# ── from a stem to its forms ─────────────────────────────────────────────────────────────────────


def _conjugated(stem: str) -> Iterable[str]:
    """The beginnings of a stem's forms, up to where they differ from others."""
    head, (initial, vowel, final) = stem[:-1], _parts(stem[-1])
    if not final:
        if not head:
            return
        yield stem
        for closing in ("ㄴ", "ㄹ", "ㅁ", "ㅂ"):
            yield head + _join(initial, vowel, closing)
        for short in _with_a(stem):
            yield short
            if not _parts(short[-1])[2]:
                yield short[:-1] + _join(*_parts(short[-1])[:2], "ㅆ")
        return
    if head:
        yield stem
    else:
        yield from (stem + after for after in (*_AFTER_ONE, *_a(stem)))
    open_stem = head + _join(initial, vowel)
    if final == "ㅂ":  # 가볍다: 가벼운, 가벼워; 돕다: 도와
        after_a = ("와", "왔") if not head and _is_bright(stem) else ("워", "웠")
        yield from (open_stem + after for after in ("우", "운", "울", "움", *after_a))
    elif final == "ㄷ":  # 깨닫다: 깨달아
        turned = head + _join(initial, vowel, "ㄹ")
        yield from (turned + after for after in (*_a(stem), "은", "을", "으"))
    elif final == "ㅅ":  # 짓다: 지은
        yield from (open_stem + after for after in (*_a(stem), "은", "을", "으"))
    elif final == "ㄹ" and head:  # 만들다: 만든, 만드는
        yield open_stem
        for closing in ("ㄴ", "ㅁ", "ㅂ"):
            yield head + _join(initial, vowel, closing)


def _with_a(stem: str) -> Iterator[str]:
    """An open stem contracted with 아 or 어: 낮추 → 낮춰, 오르 → 올라, 하 → 해."""
    head, (initial, vowel, _) = stem[:-1], _parts(stem[-1])
    if stem[-1] == "하":
        yield head + "해"
    elif vowel == "ㅡ":
        bright = _is_bright(head)
        if stem[-1] == "르" and not _parts(head[-1])[2]:
            yield head[:-1] + _join(*_parts(head[-1])[:2], "ㄹ") + ("라" if bright else "러")
        yield head + _join(initial, "ㅏ" if bright else "ㅓ")
    else:
        yield head + _join(initial, _CONTRACTED.get(vowel, vowel))


def _a(stem: str) -> tuple[str, str]:
    """아 and 았, or 어 and 었, as they go with a closed stem."""
    return ("아", "았") if _is_bright(stem) else ("어", "었")


def _is_bright(text: str) -> bool:
    """Whether the last vowel is one of ㅏ and ㅗ, after which 아 stands."""
    return bool(text) and _parts(text[-1])[1] in "ㅏㅗ"


def _parts(syllable: str) -> tuple[str, str, str]:
    """Initial, vowel and final (empty in an open syllable)."""
    code = ord(syllable) - 0xAC00
    return INITIALS[code // 588], VOWELS[code // 28 % 21], FINALS[code % 28]


def _join(initial: str, vowel: str, final: str = "") -> str:
    return chr(0xAC00 + (INITIALS.index(initial) * 21 + VOWELS.index(vowel)) * 28 + FINALS.index(final))
