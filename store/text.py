"""Clean text: the one definition of what may be in an article, a tag, a note or a title, and what may reach a terminal."""

from __future__ import annotations

import re
import unicodedata

# C0 (but tab and newline), DEL, C1; soft hyphen; zero-width and joiner characters; bidi marks, embeddings, overrides and isolates;
# line and paragraph separators; invisible operators; BOM; interlinear annotation; tag characters; noncharacters and lone surrogates.
_UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_LINE_ENDS = "\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_UNTIDY = re.compile(f"{_UNSAFE[:-1]}\u2028\u2029]")
"""What `clean` changes but for the composing of characters: the other line ends are control characters."""
_SPACES = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def clean(text: str) -> str:
    """`text` in NFC, line ends as `\\n`, without control, bidi or zero-width characters. Tabs stay.

    Idempotent. May be shorter than what came in; offsets are taken after it.
    """
    if text.isascii() and text.isprintable():
        return text
    if _UNTIDY.search(text):
        text = re.sub(_LINE_ENDS, "\n", text)
        text = re.sub(_UNSAFE, "", text)
    # Removing a joiner can bring base and mark together, so normalise last.
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """`clean`, on one line: every run of white space is one space, none at the ends."""
    return " ".join(_SPACES.sub(" ", clean(text)).split())
