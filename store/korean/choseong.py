"""초성: finding words by the first consonants of their syllables (ㄷㅅㅋ finds 딥시크), and by keys typed in the wrong mode."""

from __future__ import annotations

import unicodedata

from store.korean.dubeolsik import INITIALS, compose, keystrokes

_CONSONANTS = frozenset("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
# An input method joins two consonants typed one after the other where a final of that form exists.
_JOINED = str.maketrans(
    {"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"}
)  # fmt: skip


def choseong(text: str) -> str:
    """`text` with each Hangul syllable as its first consonant: 딥시크 R1 is ㄷㅅㅋ R1. As long as the text in NFC."""
    text = unicodedata.normalize("NFC", text)
    return "".join(
        INITIALS[(ord(character) - 0xAC00) // 588] if "가" <= character <= "힣" else character
        for character in text
    )


def is_choseong(query: str) -> bool:
    """Whether `query` is made of consonants only, spaces aside, and not empty."""
    query = query.translate(_JOINED).replace(" ", "")
    return bool(query) and all(character in _CONSONANTS for character in query)


def matches(query: str, text: str) -> bool:
    """Whether `query` finds `text`: literally, by 초성, or as typed with the keyboard in the other mode.

    Letter case and white space in the text are looked past; a mix of syllables and consonants (딥ㅅㅋ) matches too.
    An empty query finds everything.
    """
    query = _fold(query)
    if not query:
        return True
    folded = _fold(text)
    if query in folded:
        return True
    joined = query.translate(_JOINED)
    if any(character in _CONSONANTS for character in joined) and _mixed(joined, folded):
        return True
    if query.isascii():
        typed = compose(query)
        if not is_choseong(typed) or len(typed) > 1:
            typed = _fold(typed)
            if any("가" <= c <= "힣" for c in typed) and typed in folded:
                return True
            if is_choseong(typed) and _mixed(typed.translate(_JOINED), folded):
                return True
        return False
    latin = keystrokes(query).casefold()
    return len(latin) > 1 and latin.isascii() and latin in folded


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


def _mixed(query: str, text: str) -> bool:
    """Whether `query` occurs in `text`, a consonant standing for any syllable that begins with it."""
    initials = choseong(text)
    pattern = choseong(query)
    at = initials.find(pattern)
    while at >= 0:
        if all(q in _CONSONANTS or q == text[at + i] for i, q in enumerate(query)):
            return True
        at = initials.find(pattern, at + 1)
    return False
