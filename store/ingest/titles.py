"""Titles: the name of the site at their end, the tags of columns, and when two lines are the same title."""

from __future__ import annotations

import re
from functools import lru_cache

from store.ingest.outlets import is_outlet

_BARE = re.compile(r"[^0-9A-Za-z가-힣一-鿿]")
_TAG = re.compile(r"[\[【〔<〈]([^\[\]【】〔〕<>〈〉]{1,24})[\]】〕>〉]")
# Tags that say something of this very story (seen live, first to have it, in pictures) or of its kind are part of a title; the names
# of columns and series are not.
_STORY = re.compile(
    r"^(?:단독|속보|긴급|종합\s?\d?보?|\d보|1보|영상|동영상|포토|사진|화보|그래픽|인포그래픽|현장|현장\s?\S{1,6}|르포|리뷰|인터뷰|전문|공식|팩트\s?체크|인사|부고|사설|기고|칼럼|성명|논평|보도자료|입장문|기자회견문|날씨"
    r"|속보\S*|.{0,8}\s?(?:live|라이브)|오피셜|업데이트|수정|정정보도|알림|공지|질문|후기|정보|잡담|펌|스압|데이터|\d{1,2}/\d{1,2}|\d+|.{1,6}영상|.{1,6}현장|.{1,6}르포)$",
    re.I,
)
_SITE_PIPE = re.compile(r"^(.{6,}?)\s*(?:\||｜|ㅣ|::|»|«)\s*([^|｜ㅣ]{0,40})$")
_SITE_DASH = re.compile(r"^(.{6,})\s+[-—–]\s+([^-].{0,30})$")
_SITE_SHORT = re.compile(r"^(.{2,5}?)\s+[-—–|｜ㅣ·]\s+(.{2,24})$")
_SITE_FRONT = re.compile(r"^([^|:：>]{2,20}?)\s*(?:::|\||｜|ㅣ|：|\s-\s|>)\s*(.{6,})$")
_SITE_CHAIN = re.compile(r"^(.{6,}?)\s+-\s+(.{1,20}?\s-\s.{1,40}|.{1,16}\s>\s.{1,40}|.{1,16}\s-\s.{1,30})$")


@lru_cache(8192)
def bare(text: str) -> str:
    """Letters and digits only, lower case: what two copies of a title have in common."""
    return _BARE.sub("", text).lower()


def same(text: str, title: str) -> bool:
    """Is `text` the title again, whole or cut short, with or without tags and the site's name?"""
    one, other = bare(text), bare(title)
    if not one or not other:
        return False
    if one == other:
        return True
    if len(one) > len(other):
        return len(other) >= 8 and other in one and len(one) - len(other) <= max(10, len(other) // 2)
    return len(one) >= 10 and other.startswith(one) and len(one) * 2 >= len(other)


def strip_site(text: str) -> tuple[str, str]:
    """A page's <title> without the name of the site at its end, and that name (empty when there is none)."""
    chain = _SITE_CHAIN.match(text)
    if chain and is_outlet(re.split(r"\s[->]\s", chain.group(2))[0]):
        return chain.group(1).strip(), re.split(r"\s[->]\s", chain.group(2))[0].strip()
    short = _SITE_SHORT.match(text)
    if short and is_outlet(short.group(2)) and not is_outlet(short.group(1)):
        return short.group(1).strip(), short.group(2).strip()
    front = _SITE_FRONT.match(text)
    if front and is_outlet(front.group(1)) and not is_outlet(front.group(2)):
        return front.group(2).strip(), front.group(1).strip()
    colon = re.match(r"^(.{6,}?)\s:\s([^:]{2,24})$", text)
    if colon and is_outlet(colon.group(2)):
        return colon.group(1).strip(), colon.group(2).strip()
    for pattern in (_SITE_PIPE, _SITE_DASH):
        match = pattern.match(text)
        if match:
            title, site = match.group(1).strip(), match.group(2).strip()
            # A dash is also used inside titles: only a name of one or two words is a site's.
            long = len(site.split()) > 2 or len(site) > 16 or site.endswith(("?", "!", ".", "…"))
            if pattern is _SITE_DASH and long and not is_outlet(site):
                continue
            if "|" in title or "ㅣ" in title:
                title = strip_site(title)[0]
            return title, site
    return text, ""


def clean_title(text: str) -> tuple[str, list[str]]:
    """The title without tags of columns at its ends, and those tags."""
    text = text.strip().strip("|").strip()
    tags: list[str] = []
    while True:
        match = _TAG.match(text)
        if match and not _STORY.match(match.group(1).strip()) and len(text) - match.end() >= 4:
            tags.append(match.group(0))
            text = text[match.end() :].strip()
            continue
        end = None
        for found in _TAG.finditer(text):
            end = found
        if (
            end
            and end.end() == len(text)
            and end.group(0)[0] in "[【〔"
            and not _STORY.match(end.group(1).strip())
            and end.start() >= 4
        ):
            tags.append(end.group(0))
            text = text[: end.start()].strip()
            continue
        return text, tags
