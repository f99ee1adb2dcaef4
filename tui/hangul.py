"""Commands while the keyboard is in Hangul mode.

Where a Latin keyboard sends `j`, one in Hangul mode sends ㅓ, and `g` `j` may arrive as the one syllable 허. Every such
key is taken apart into the two-set keystrokes that made it, and each is dispatched as if it had been typed by itself.
Text fields are left alone: there, Hangul is text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from textual.binding import Binding

from store.korean.dubeolsik import FINALS, INITIALS, VOWELS, keystrokes

# Jamo that an input method left uncomposed, as the compatibility jamo that the keyboard shows; and the won sign, which
# Korean layouts have where others have the backslash.
_PLAIN = (
    {0x1100 + n: jamo for n, jamo in enumerate(INITIALS)}
    | {0x1161 + n: jamo for n, jamo in enumerate(VOWELS)}
    | {0x11A7 + n: jamo for n, jamo in enumerate(FINALS) if jamo}
    | {ord("₩"): "\\"}
)


def strokes(text: str) -> str:
    """The characters that the same keys give with the keyboard in Latin mode: 허 → `gj`, ㄳ → `rt`, ㅃ → `Q`, ／ → `/`.

    Composed syllables, compatibility, conjoining and half-width jamo, full-width characters and the won sign are all
    understood; what is none of these stays as it is.
    """
    return keystrokes(unicodedata.normalize("NFKC", text).translate(_PLAIN))


@lru_cache(maxsize=512)
def key_name(character: str) -> str:
    """Textual's name of the key that types `character`: `/` → `slash`, `j` → `j`."""
    if character == ",":  # a comma separates keys in a binding
        return "comma"
    if character == " ":
        return "space"
    return next(iter(Binding.make_bindings([Binding(character, "none")]))).key


def expand(key: str, character: str | None) -> list[tuple[str, str]] | None:
    """What to dispatch instead of a key that was not typed into a text field.

    Args:
        key: the key's name, as Textual has it.
        character: what it types, if anything.

    Returns:
        `(key, character)` for each stroke, or `None` when the key is to go on as it is. Latin capitals become small: no
        command depends on Shift with a letter (most Hangul letters cannot tell), so Caps Lock does no harm.
    """
    if character is None or len(character) != 1 or "+" in key:
        return None
    if character.isascii():
        return [(character.lower(), character.lower())] if character.isupper() else None
    latin = strokes(character)
    if latin == character or not latin.isascii():
        return None
    return [(key_name(stroke), stroke) for stroke in latin.lower()]
