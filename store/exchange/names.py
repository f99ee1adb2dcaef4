"""Names for files, blocks and hash tags that come out of other people's words.

A name never leaves its folder, is short enough for any file system, and is the same each time for the same article.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from store.text import clean_line

STEM_BYTES = 112
"""Longest title in a file name, in bytes of UTF-8 (some file systems take 143 for the whole name, a temporary one's too)."""

_FORBIDDEN = re.compile(r'[\\/:*?"<>|#^\[\]{}%$`]+')
_SPACED = re.compile(r"\s+")
_ODD = re.compile(r"[^\w\s]")
_LEFT_OUT = frozenset({"So", "Sk", "Co", "Cn", "Cs", "Cc", "Cf"})


@lru_cache(maxsize=64)
def clean_name(title: str, *, limit: int = STEM_BYTES) -> str:
    """`title` as a part of a file name: letters, digits, blanks and plain punctuation; at most `limit` bytes, cut at a word where
    one is near. Empty when nothing of it is left (only emoji, only dots)."""
    text = _FORBIDDEN.sub(" ", clean_line(title))
    text = _ODD.sub(lambda odd: "" if unicodedata.category(odd[0]) in _LEFT_OUT else odd[0], text)
    text = _SPACED.sub(" ", text).strip(" .-_~")
    if len(text.encode()) > limit:
        cut = text.encode()[:limit].decode(errors="ignore")
        whole = cut.rpartition(" ")[0]
        text = (whole if len(whole) > len(cut) * 0.7 else cut).rstrip(" .-_~")
    return text


def file_stem(identity: str, title: str) -> str:
    """The file's name without its ending: the cleaned title and the first six digits of the id."""
    return f"{clean_name(title) or '제목 없음'} {identity[:6]}"


def full_stem(identity: str, title: str) -> str:
    """The name to take when `file_stem` is another's: with the whole id."""
    return f"{clean_name(title) or '제목 없음'} {identity}"


def block_id(annotation: str) -> str:
    """The block id of a mark: letters, digits and dashes, as Obsidian wants them."""
    return f"mj-{annotation}"


@lru_cache(maxsize=4096)
def hashtag(tag: str) -> str:
    """`tag` as a hash tag without the `#`: no blanks, only what Obsidian takes, never digits alone.

    >>> hashtag("비용/개발 단계"), hashtag("2025")
    ('비용/개발-단계', '_2025')
    """
    parts = []
    for part in clean_line(tag).split("/"):
        part = "".join(
            c if c.isalnum() or c in "_-" or unicodedata.category(c) in {"Mn", "Mc"} else "-" for c in part
        )
        part = re.sub("-{2,}", "-", part).strip("-")
        if part:
            parts.append(part)
    name = "/".join(parts)
    return f"_{name}" if name and not any(c.isalpha() for c in name) and "_" not in name else name


def tag_names(known: list[str]) -> dict[str, str]:
    """From hash tag to the tag's own name, for reading tags back. Where two share one hash tag, the first has it."""
    names: dict[str, str] = {}
    for tag in known:
        names.setdefault(hashtag(tag), tag)
    return names
