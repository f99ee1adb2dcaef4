"""두벌식, the two-set keyboard (KS X 5002): Hangul to the Latin keys that type it, and back.

A command key pressed in Hangul mode arrives as Hangul (`j` as ㅓ, `g` then `j` as 허); a search typed in the wrong mode
arrives as Latin letters (`qldyd` for 비용). Both are turned round here. Pure tables, Unicode arithmetic as in The Unicode
Standard 3.12, "Conjoining Jamo Behavior".
"""

from __future__ import annotations

_KEYS = {
    "ㅂ": "q", "ㅈ": "w", "ㄷ": "e", "ㄱ": "r", "ㅅ": "t", "ㅛ": "y", "ㅕ": "u", "ㅑ": "i", "ㅐ": "o", "ㅔ": "p",
    "ㅁ": "a", "ㄴ": "s", "ㅇ": "d", "ㄹ": "f", "ㅎ": "g", "ㅗ": "h", "ㅓ": "j", "ㅏ": "k", "ㅣ": "l",
    "ㅋ": "z", "ㅌ": "x", "ㅊ": "c", "ㅍ": "v", "ㅠ": "b", "ㅜ": "n", "ㅡ": "m",
    "ㅃ": "Q", "ㅉ": "W", "ㄸ": "E", "ㄲ": "R", "ㅆ": "T", "ㅒ": "O", "ㅖ": "P",
}  # fmt: skip
_VOWEL_PAIRS = {
    "ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ",
}  # fmt: skip
_FINAL_PAIRS = {
    "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ", "ㄹㅅ": "ㄽ", "ㄹㅌ": "ㄾ",
    "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
}  # fmt: skip
_SPLIT = {compound: pair for pair, compound in (_VOWEL_PAIRS | _FINAL_PAIRS).items()}

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

_JAMO_OF_KEY = {key: jamo for jamo, key in _KEYS.items()}
# A letter whose Shift makes no other jamo types the plain one, as the input methods do.
_JAMO_OF_KEY |= {
    key.upper(): jamo for key, jamo in list(_JAMO_OF_KEY.items()) if key.upper() not in _JAMO_OF_KEY
}


def decompose(syllable: str) -> str:
    """The jamo of one character as they are typed: 값 is ㄱㅏㅂㅅ, ㅘ is ㅗㅏ; what is not Hangul stays."""
    code = ord(syllable) - 0xAC00
    if not 0 <= code < 11172:
        return _SPLIT.get(syllable, syllable)
    vowel, final = VOWELS[code // 28 % 21], FINALS[code % 28]
    return INITIALS[code // 588] + _SPLIT.get(vowel, vowel) + _SPLIT.get(final, final)


def keystrokes(text: str) -> str:
    """The Latin keys that type `text`: 허 is `gj`, ㅃ is `Q`. Characters that no jamo key types stay as they are."""
    return "".join(_KEYS.get(jamo, jamo) for character in text for jamo in decompose(character))


def compose(keys: str) -> str:
    """What typing `keys` in Hangul mode gives: `qldyd` is 비용. Other characters stay, and end the syllable.

    As the input methods do it: a final consonant moves on to the next syllable when a vowel follows (`rkrk` is 가가), of a
    double one its second half (`ekfrl` is 달기).
    """
    out: list[str] = []
    initial = vowel = final = ""

    def flush() -> None:
        nonlocal initial, vowel, final
        out.append(_join(initial, vowel, final))
        initial = vowel = final = ""

    for key in keys:
        jamo = _JAMO_OF_KEY.get(key)
        if jamo is None:
            flush()
            out.append(key)
        elif jamo in VOWELS:
            if final:
                # The final, or the second half of a double one, begins the new syllable.
                kept, moved = ("", final) if final not in _SPLIT else tuple(_SPLIT[final])
                final = kept
                flush()
                initial, vowel = moved, jamo
            elif vowel and vowel + jamo in _VOWEL_PAIRS:
                vowel = _VOWEL_PAIRS[vowel + jamo]
            elif vowel:
                flush()
                vowel = jamo
            else:
                vowel = jamo
        elif initial and vowel and not final and jamo in FINALS:
            final = jamo
        elif final and final + jamo in _FINAL_PAIRS:
            final = _FINAL_PAIRS[final + jamo]
        else:
            flush()
            initial = jamo
    flush()
    return "".join(out)


def _join(initial: str, vowel: str, final: str) -> str:
    if not (initial and vowel):
        return initial + vowel + final
    code = (INITIALS.index(initial) * 21 + VOWELS.index(vowel)) * 28 + FINALS.index(final)
    return chr(0xAC00 + code)
