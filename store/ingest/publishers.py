"""Who published a dumped page, and in a repost the paper that it comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.draft import Draft, Kept, Out
from store.ingest.furniture import screen_share
from store.ingest.head import Head
from store.ingest.lines import Line
from store.ingest.outlets import NAMES, PAPERS, is_outlet, outlet

_RIGHTS = re.compile(
    r"저작권자\s?[ⓒ©Ⓒ(:]*\s?(?:c\)|©)?\s*['‘\"“<]?(?:[^'’\"”>]{2,30}['’\"”>]\s)?\s*([가-힣A-Za-z0-9&.·' ]{2,24}?)['’\"”]?(?=\s*[,(<>\].]|\s?&\s?[\w-]{1,30}\.|\s무단|\s?-|$)|copyrights?\s?(?:[ⓒ©Ⓒ\s]|\(c\)){0,6}(?:\d{4}[-–\d]*\.?\s?)?(?:by\s)?([가-힣A-Za-z0-9&·.' ]{2,28}?)(?=\s*[,(<>\]]|\s?&\s?[\w-]{1,30}\.|\.?\s?(?:all\s|무단)|\.\s|$)|^[<(]?[ⓒ©Ⓒ]\s?(?:(?:19|20)\d{2}[-–\d]*\.?\s)?([가-힣A-Za-z0-9&·' ]{2,20}?)(?=\s*[,(<>\]]|\s?&\s?[\w-]{1,30}\.|\s무단|\.?\s?all\s|$)",
    re.I,
)
_DOMAIN = re.compile(r"\.(?:co\.kr|com|kr|net|org)$", re.I)
_CITE = re.compile(r"출처를\s?(?:반드시\s?)?[“\"'‘「]\s?([^”\"'’」]{2,24}?)\s?[”\"'’」]")
_TIPS = re.compile(r"^※?\s?([가-힣A-Za-z0-9]{2,14}?)(?:는|은)\s.{0,40}(?:제보|독자|들려주|알려주)")
_SITE_LINE = re.compile(
    r"^([가-힣A-Za-z0-9]{2,14}?)\s?(?:갤러리|이 시각|지금 뜨는|추천뉴스|많이 본|주요뉴스|인기뉴스|뉴스레터|홈페이지|홈|메인|앱|구독|채널)"
)
_LEAD_SOURCE = re.compile(r"[(\[【]\s?(?:[^)\]】=]{1,16}=\s?)?([가-힣A-Za-z0-9]{2,10})(?=[\s)\]】=])")


def find_publisher(
    draft: Draft, lines: Sequence[Line], found: Head, forum: bool, blog: bool, first_kept: int, last_kept: int
) -> None:
    votes: dict[str, float] = {}

    def vote(name: str, count: float) -> None:
        name = name.strip(" .'’‘\"<>[]()-")
        if name.startswith("CBS노컷"):
            name = "노컷뉴스"
        if 2 <= len(name) <= 24 and not re.fullmatch(r"[\d\s.,-]+", name) and name not in _NOT_PUBLISHERS:
            known = outlet(name)
            if not known:
                first = name.split()[0]
                # "Hankookilbo 신문 구독신청": what follows the name is a button.
                name = first if len(name) > len(first) and screen_share(name[len(first) :]) > 0.8 else name
                if _DOMAIN.search(name):
                    count *= 0.3
            votes[known or name] = votes.get(known or name, 0) + count

    for at, line in enumerate(lines):
        outside = line.number < first_kept or line.number > last_kept
        text = line.text
        if len(text) > 300:
            continue
        cite = _CITE.search(text)
        if cite and line.strength >= 2:
            vote(cite.group(1), 3)
        if not outside:
            continue
        if line.reason == "copyright":
            for match in _RIGHTS.finditer(text):
                vote(next(filter(None, match.groups()), ""), 3 if not forum else 1)
        tips = _TIPS.match(text)
        if tips and is_outlet(tips.group(1)):
            vote(tips.group(1), 2)
        if line.number < first_kept and len(text) <= 60:
            first = text.split()[0] if text.split() else ""
            if not line.prose and first != text and is_outlet(first) and _SIGNED.search(text):
                # In front of the reporter's name, or of the date.
                vote(first, 1.5)
            elif (
                line.reason == "photo_credit"
                and outlet(text)
                and not any(one.reason in {"caption", "image"} for one in lines[max(0, at - 1) : at + 2])
            ):
                vote(text, 1.5)
        if (
            line.reason == "photo_credit"
            or line.prose >= 40
            or (line.linked > 0.99 and line.number > last_kept)
        ):
            continue
        site = _SITE_LINE.match(text)
        if (site and (outlet(site.group(1)) or (is_outlet(site.group(1)) and len(text) <= 40))) or (
            forum and site and "갤러리" in text and line.number < 12
        ):
            vote(site.group(1), 2)
        if outlet(text) and line.number < first_kept:
            vote(text, 1.5)
        elif line.number < 12 and "," in text and outlet(text.split(",")[0]):
            vote(text.split(",")[0], 1.5)
        elif (
            line.number < first_kept
            and len(text) <= 30
            and text.split()
            and outlet(text.split()[0])
            and screen_share(text) > 0.5
        ):
            vote(text.split()[0], 1.0)
    if found.site:
        vote(found.site, 1.5 if is_outlet(found.site) else 0.5)
    if not forum:
        for part in draft.parts:
            if (
                isinstance(part, Out)
                and part.reason in {"dateline", "byline"}
                and first_kept <= part.line <= last_kept
            ):
                lead = _LEAD_SOURCE.match(part.text)
                if lead and (is_outlet(lead.group(1)) or lead.group(1) in NAMES):
                    vote(lead.group(1), 2)
    if votes:
        name, count = max(votes.items(), key=lambda item: (item[1], -len(item[0])))
        if count >= 1.5:
            draft.publisher = name


_SIGNED = re.compile(
    r"\s(?:[가-힣]{2,4}\s?(?:기자|특파원)|(?:입력|등록|승인|송고)\s?:?\s?(?:19|20)\d\d)(?:\s|$)"
)
_NOT_PUBLISHERS = {
    "무단",
    "무단전재",
    "저작권자",
    "All",
    "all",
    "사진",
    "본사",
    "회사",
    "기자",
    "Copyright",
    "the",
    "c",
    "C",
}
_CREDIT = re.compile(r"(?:출처|원문|기사\s?출처|자료\s?출처|펌|via|source)\s?[:：=]\s?(.{2,60})$", re.I)
_TOLD = re.compile(
    rf"({'|'.join(map(re.escape, PAPERS))})(?:와|과|와의|과의|에|에게|에서|가|이|은|는)?\s?(?:단독\s?)?(?:인터뷰|통화|만나|전화|취재|보도|따르면|밝혔)"
)


_TOLD_TO = re.compile(
    r"(?:^|\s)([가-힣A-Za-z]{2,8}(?:일보|신문|경제|뉴스|타임스|투데이|방송|저널))(?:와|과)(?:의)?\s?(?:단독\s?)?(?:인터뷰|통화)"
)


def find_source(draft: Draft) -> str | None:
    for part in reversed(draft.parts):
        credit = _CREDIT.search(part.text) if len(part.text) < 120 else None
        if credit:
            for paper in PAPERS:
                if paper in credit.group(1):
                    return paper
    for part in draft.parts:
        if isinstance(part, Out) and part.reason == "dateline":
            for paper in PAPERS:
                if paper in part.text:
                    return paper
    for pattern in (_TOLD, _TOLD_TO):
        for part in draft.parts:
            told = pattern.search(part.text) if isinstance(part, Kept) else None
            if told:
                return told.group(1)
    return None
