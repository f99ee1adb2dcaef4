"""초성: finding words by the first consonants of their syllables (ㄷㅅㅋ finds 딥시크), and by keys typed in the wrong mode."""

from __future__ import annotations

import functools
import re
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
    text = unicodedata.normalize("NFC", text).replace("\n", " ")
    if pattern(query).search(text):
        return True
    # One letter in small letters may be several folded: ß is ss.
    folded, wanted = text.casefold(), query.casefold()
    if folded == text.lower() and wanted == query.lower():
        return False
    return pattern(wanted).search(folded) is not None


@functools.lru_cache(256)
def pattern(query: str) -> re.Pattern[str]:
    """What `query` finds, as `matches` says, in text in NFC: one line of it, so that lines can be searched together."""
    query = _fold(query)
    joined = query.translate(_JOINED)
    forms = [query]
    if any(character in _CONSONANTS for character in joined):
        forms.append(joined)
    if query.isascii():
        typed = compose(query)
        if not is_choseong(typed) or len(typed) > 1:
            typed = _fold(typed)
            if any("가" <= character <= "힣" for character in typed):
                forms.append(typed)
            if is_choseong(typed):
                forms.append(typed.translate(_JOINED))
    else:
        latin = keystrokes(query).casefold()
        if len(latin) > 1 and latin.isascii():
            forms.append(latin)
    return re.compile("|".join(r"[^\S\n]*".join(map(_standing_for, form)) for form in forms), re.IGNORECASE)


def _standing_for(character: str) -> str:
    """A character, or any syllable that begins with this consonant."""
    if character not in _CONSONANTS:
        return re.escape(character)
    first = 0xAC00 + 588 * INITIALS.index(character)
    return f"[{character}{chr(first)}-{chr(first + 587)}]"


def _fold(text: str) -> str:
    """Without white space and, where it has them one to one, in small letters."""
    text = "".join(unicodedata.normalize("NFC", text).split())
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)
