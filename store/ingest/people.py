"""Who wrote it, who published it, and when, as a dumped page says it. What it does not say stays `None`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from store.ingest.dates import find_date
from store.ingest.draft import Draft, Kept, Out
from store.ingest.furniture import EMAIL, ROLE, screen_share
from store.ingest.head import Head, affinity
from store.ingest.lines import Line
from store.ingest.outlets import is_outlet
from store.ingest.published import find_published
from store.ingest.publishers import find_publisher, find_source

_NAME = r"[가-힣]{2,4}"
_NAMES_ROLE = re.compile(rf"(?<![가-힣])({_NAME}(?:\s?[·ㆍ,/&]\s?{_NAME}){{0,5}})\s?{ROLE}")
_LABELLED = re.compile(
    r"^\W{0,2}(?:글쓴이|작성자|기자명|필자|지은이|등록자|게시자|글|취재|정리|posted by|written by|by|author|Writer)\s*[:=·ㆍ|]?\s+?[:=|]?\s*(\S.*)$|^\W{0,2}(?:글쓴이|작성자|기자명|필자|글|정리)\s*[:=]\s*(\S.*)$",
    re.I,
)
_BY = re.compile(
    r"^by\s+(\S+(?:\s(?!\d|[A-Z][a-z]{2}\s\d)\S+){0,2}?)(?=\s+\d{4}|\s*[|·]|\s+[A-Z][a-z]{2}\s\d|$)", re.I
)
_ROLE_NAME = re.compile(
    r"(?:칼럼니스트|평론가|소설가|시인|작가|번역가|방송인|변호사|객원기자|시민기자|편집장)\s([가-힣]{2,4})(?=\s|$|[(\[<])"
)
_NAME_EMAIL = re.compile(rf"({_NAME})\s*(?:{ROLE})?\s*[(<]?\s?{EMAIL}")
NOT_NAMES = {
    "분야",
    "촬영",
    "음악",
    "미술",
    "영화",
    "건축",
    "법률",
    "시사",
    "대중문화",
    "자유",
    "요리",
    "취재진",
    "페이지",
    "전문", "인턴", "선임", "객원", "시민", "수습", "사진", "취재", "담당", "해당", "현직", "여러", "외신", "언론", "방송", "신문", "스포츠", "온라인", "디지털", "본지",
    "문화", "경제", "정치", "사회", "국제", "과학", "기술", "의학", "영상", "다른", "이번", "관련", "청와대", "편집", "뉴스", "논설", "기사", "이메일", "데스크", "산업", "글쓴이",
    "작성자", "관리자", "운영자", "구독", "입력", "수정", "등록", "대학생", "명예", "특별", "공동", "종합", "증권", "부동산", "정책", "보건", "환경", "교육", "노동", "여행", "음식",
    "연예", "국회", "법조", "국방", "외교", "동물", "기후", "젠더", "서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "제주", "수원", "베이징", "워싱턴", "도쿄", "뉴욕", "런던", "파리",
}  # fmt: skip
_PLACE_SOURCE = r"[가-힣A-Za-z·,\s]{1,16}"
# (서울=연합뉴스) 홍길동 기자 = · [부산=스포츠조선 선수민 기자] · 【서울=뉴시스】 홍길동 기자 = · [이데일리 홍길동 기자]
_LEAD = re.compile(
    rf"^(?:[(\[【]\s?{_PLACE_SOURCE}=\s?[^)\]】]{{2,30}}[)\]】]\s?(?:{_NAME}(?:\s?[·ㆍ,]\s?{_NAME})*\s?(?:{ROLE})\s?=?\s?)?|[(\[【]\s?[^)\]】=]{{0,16}}{_NAME}\s?(?:{ROLE})\s?[)\]】]\s?=?\s?"
    rf"|[(\[【]\s?[가-힣A-Za-z0-9]{{2,14}}\s?[=/|]\s?[^)\]】]{{2,30}}[)\]】]\s?|[가-힣]{{2,4}}=[가-힣A-Za-z0-9 ]{{2,16}}(?:{ROLE})\s?=?\s|{_NAME}(?:\s?[·ㆍ,]\s?{_NAME})*\s?(?:{ROLE})\s?=\s?)"
)
_CLOSE = re.compile(
    rf"(?<=[.!?\"”’)\]다요])\s*((?:[\[(<]\s?)?(?:[가-힣A-Za-z·, ]{{0,16}}[=/\s]\s?)?{_NAME}(?:\s?[·ㆍ,]\s?{_NAME}){{0,3}}\s?(?:{ROLE}\s?)?(?:[(<\[]?\s?{EMAIL}\s?[)>\]]?|(?<=기자|특파|위원))\s*[\])>]?)\s*$"
)
_CLOSE_EMAIL = re.compile(rf"(?<=[.!?\"”’)\]다요])\s*[/(<\[]?\s?({EMAIL})\s?[)>\]]?\s*$")
_CLOSE_ROLE = re.compile(
    rf"(?<=[.!?\"”’)\]])\s*[/(\[<]\s?((?:[가-힣A-Za-z ]{{0,14}}[=\s])?{_NAME}(?:\s?[·ㆍ,]\s?{_NAME}){{0,3}}\s?{ROLE})\s?[)\]>]?\s*$"
)
_SIGN_OFF = re.compile(
    r"\s*((?:지금까지\s)?(?:[가-힣A-Za-z]{1,12}에서\s)?(?:KBS|MBC|SBS|YTN|MBN|JTBC|OBS|EBS|TV조선|채널A|연합뉴스TV|[A-Z]{2,5})\s?(?:뉴스)?\s?([가-힣]{2,4})(?:였|이었|입)(?:습)?니다\.?)\s*$"
)


def split_byline(text: str) -> tuple[list[tuple[str, str]], str, list[tuple[str, str]]]:
    """A paragraph without the dateline in front of it and the byline behind it, and those parts with their reasons."""
    before: list[tuple[str, str]] = []
    after: list[tuple[str, str]] = []
    lead = _LEAD.match(text[:120])
    if lead and len(text) - lead.end() >= 15:
        before.append((text[: lead.end()].strip(), "dateline"))
        text = text[lead.end() :].lstrip()
    offset = max(0, len(text) - 160)
    for pattern in _closings(text[offset:]):
        close = pattern.search(text, offset)
        if close and close.start() + 0 >= 0 and (pattern is not _SIGN_OFF or close.group(2)):
            after.insert(0, (text[close.start() :].strip(), "byline"))
            text = text[: close.start()].rstrip()
            break
    return before, text, after


_ROLE_ENDS = (
    "기자", "특파", "위원", "특파원", "통신원", "논설실장", "주필", "편집장", "편집국장", "부국장", "칼럼니스트", "에디터", "리포터", "앵커", "아나운서",
    "PD", "피디", "평론가", "큐레이터", "크리에이터", "캐스터",
)  # fmt: skip


def _closings(tail: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a byline that a paragraph with this end may have: few have any, and looking for them takes long."""
    end = tail.rstrip()
    if "@" in end:
        return _CLOSE, _CLOSE_EMAIL, _CLOSE_ROLE, _SIGN_OFF
    if end.rstrip(")]> ").endswith(_ROLE_ENDS):
        return _CLOSE, _CLOSE_ROLE
    return (_SIGN_OFF,) if end.rstrip(".").endswith("니다") and end != end.lower() else ()


def names_in(text: str) -> list[str]:
    """Names of people that a byline gives (with 기자 or the like, or before an address of e-mail)."""
    found: list[str] = []
    for match in _NAMES_ROLE.finditer(text):
        names = [name.strip() for name in re.split(r"[·ㆍ,/&]", match.group(1))]
        before = re.search(r"(?:^|\s)([가-힣]{3})\s$", text[: match.start()])
        if before and len(names) == 1 and len(names[0]) == 2:
            # "표윤성 건축 칼럼니스트": a name, a field, a role.
            names = [before.group(1)]
        found += names
    if not found and len(text) < 80:
        found += [
            name for name in _ROLE_NAME.findall(text) if len(name) < 4 or name[-1] not in "의은는이가을를"
        ]
    if not found:
        for match in _NAME_EMAIL.finditer(text):
            found.append(match.group(1))
    if not found:
        off = _SIGN_OFF.search(text)
        if off:
            found.append(off.group(2))
    return [
        name
        for name in found
        if name not in NOT_NAMES and not is_outlet(name) and not (len(name) == 3 and name[-1] == "의")
    ]


_KIND_FORUM = re.compile(
    r"갤러리|조회\s?수\s?:?\s?[\d,]+|무명의 더쿠|핫게|목록\s?스크랩|글쓰기 권한|BULLPEN|불펜|^(?:조회|추천|리플)\s?\d[\d,]*$|^CLIEN|♡|조회\s?\d+\s?추천|추천\s?\d+\s?\|?\s?조회|비추천|글쓴이|갤로그|고정닉|비추력|클리앙|루리웹|게시판|커뮤니티|님의 댓글|회원정보|\(\d{1,3}\.\d{1,3}\)|\d+\.\d+\.\*+\."
)
_KIND_BLOG = re.compile(
    r"^반응형$|728x90|카테고리 없음|이웃추가|공감한 사람|티스토리|tistory|브런치|brunch|velog|라이킷|brunchstory|\.log$|포스트$|블로그|팔로우$|매거진|목록 보기"
)
_NICK_DATE = re.compile(r"^(.{1,24}?)\s+(?:\|\s*)?(?:19|20)\d{2}[.\-/]\s?\d{1,2}[.\-/]\s?\d{1,2}")
_NICK_BAR = re.compile(r"^([^|]{2,20}?)\s*\|\s*(?:\d{2,4}[.-])?\d{2}[.-]\d{2}\s*(?:\||$)")
_DBR = re.compile(r"^([가-힣]{2,4}(?:\s?,\s?(?:정리\s?=\s?)?[가-힣]{2,4}){0,4})\s?\|")
_HOST = re.compile(r"^\W{0,2}(?:방송|진행자?|대담자?|출연자?|연결)\s?[:：]")
"""Who speaks on the air has not written it."""
_PROFESSIONAL = re.compile(
    r"^([가-힣]{3})\s\S.{0,30}(?:칼럼니스트|이스트|평론가|교수|변호사|작가|연구원|연구위원|소장|대표|시인|소설가|의사|전문의|건축가|연출가|감독|기획자)$"
)
_AFFIL = re.compile(
    r"^([가-힣]{2,4})\s?(?:\(?[^()]{0,20}\)?\s)?(?:교수|대표|연구원|연구위원|변호사|작가|소장|원장|박사|전문위원|본부장|센터장|이사|회장|대사|선임연구원|논설위원|칼럼니스트|평론가|소설가|시인)(?:\s?[·ㆍ,/]\s?[가-힣A-Za-z ]{2,24})?$"
)


def read_metadata(draft: Draft, lines: Sequence[Line], found: Head, last: int) -> None:
    """Fill in authors, publisher, date and source of the draft."""
    if found.title_index < 0 and not found.start:
        head: list[Line] = []
    else:
        head = list(lines[max(0, found.title_index) : found.start])
    kept = [part.line for part in draft.parts if isinstance(part, Kept)]
    first_kept, last_kept = (kept[0], kept[-1]) if kept else (0, 0)
    ends = [line for line in lines if line.number >= last_kept and line.number not in kept][:14]
    page = "\n".join(line.text for line in lines if line.prose < 60)[:20000]
    forum = len(_KIND_FORUM.findall(page)) >= 2
    blog = not forum and any(_KIND_BLOG.search(line.text) for line in lines if line.prose < 60)
    _authors(draft, lines, found, head, ends, first_kept, last_kept, forum or blog)
    draft.published = find_published(draft, lines, found, head, ends, last_kept)
    find_publisher(draft, lines, found, forum, blog, first_kept, last_kept)
    if forum:
        draft.original_source = find_source(draft)


def _authors(
    draft: Draft,
    lines: Sequence[Line],
    found: Head,
    head: Sequence[Line],
    ends: Sequence[Line],
    first_kept: int,
    last_kept: int,
    personal: bool,
) -> None:
    names: list[str] = []
    for position, line in enumerate(head[:-1]):
        if _HOLDER.match(line.text) and 2 <= len(head[position + 1].text) <= 20:
            names.append(head[position + 1].text)
    for line, following in pairwise(head):
        if _IS_ROLE.match(following.text) and re.fullmatch(_NAME, line.text) and line.text not in NOT_NAMES:
            # Bare text nodes: name and role in elements of their own.
            names.append(line.text)
    told = {*draft.subtitle, *draft.summary}
    for line in head:
        if _HOST.match(line.text):
            continue
        if line.text not in told and line.reason not in {"caption", "photo_credit", "image"}:
            names += byline_names(line.text, personal)
    for part in draft.parts:
        if (
            isinstance(part, Out)
            and part.reason in {"dateline", "byline"}
            and first_kept <= part.line <= last_kept
        ):
            inside = part.line == last_kept or part.reason == "dateline"
            if inside or (part.line > (first_kept + last_kept) // 2 and "=" not in part.text):
                names += names_in(part.text)
    if not names:
        for position, line in enumerate(ends):
            if line.reason in {"comments", "related", "listing"}:
                break
            if line.reason == "byline" or (line.prose < 30 and _NAME_EMAIL.search(line.text)):
                # Bare text nodes have name, 기자 and address on lines of their own.
                before = [one.text for one in ends[max(0, position - 3) : position] if len(one.text) <= 16]
                names += byline_names(line.text, False) or byline_names(" ".join([*before, line.text]), False)
    if not names:
        names = _lone_name(head, told)
    if personal and not names:
        nickname = _nickname(head, lines, found)
        names = [nickname] if nickname else []
    draft.authors = list(dict.fromkeys(names))


_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명반왕금옥육맹제모탁국은편용예봉사부남궁"
)


def _lone_name(head: Sequence[Line], told: set[str]) -> list[str]:
    """A name of three syllables alone on a line, right beside the date."""
    for position, line in enumerate(head):
        text = line.text
        if (
            not re.fullmatch(r"[가-힣]{3}", text)
            or text[0] not in _SURNAMES
            or text in told
            or text in NOT_NAMES
        ):
            continue
        beside = [head[other] for other in (position - 1, position + 1) if 0 <= other < len(head)]
        if (
            line.reason in {"", "byline"}
            and screen_share(text) < 0.5
            and any(find_date(one.text) for one in beside)
        ):
            return [text]
    return []


_IS_ROLE = re.compile(rf"^{ROLE}\W{{0,2}}(?:구독|팔로우)?$")
_HOLDER = re.compile(r"^(?:by|글|작성자|글쓴이|필자|기자명|author|posted by)\s?[:：]?$", re.I)
_WORDY = re.compile(r"[.!?…]$|[가-힣]{9,}")


def _nickname(head: Sequence[Line], lines: Sequence[Line], found: Head) -> str:
    """On a blog or in a forum: the poster, a short line of the head that stands near the date or again elsewhere on the page."""
    best, best_score = "", 1.3
    for position, line in enumerate(head):
        text = line.text
        name = re.sub(r"^(?:by|글쓴이|작성자)\s?[:：]?\s+", "", text)
        bare_name = re.sub(r"\s?\([^()]*\)$", "", name)
        if (
            not 2 <= len(bare_name) <= 20
            or len(bare_name.split()) > 3
            or bare_name in NOT_NAMES
            or (line.linked > 0.99 and line.mark)
        ):
            continue
        if (
            line.reason not in {"", "byline"}
            or screen_share(bare_name) > 0.6
            or find_date(text)
            or _WORDY.search(bare_name)
        ):
            continue
        if is_outlet(bare_name) or not re.search(r"[가-힣A-Za-z]", bare_name):
            continue
        score = 0.0
        around = head[max(0, position - 2) : position + 4]
        if any(find_date(one.text) or one.reason == "dateline" for one in around):
            score += 1.0
        if position + 1 < len(head) and head[position + 1].reason == "dateline":
            score += 0.4
        if re.search(r"\(.*\*+\)$|\(\d+\.\d+\)$", name):
            score += 1.0
        elsewhere = sum(
            1 for other in lines if other is not line and not other.prose and bare_name in other.text
        )
        score += min(2, elsewhere) * 0.8
        if affinity(bare_name, found.vocabulary) > 0.5:
            score -= 0.4
        if score > best_score:
            best, best_score = name, score
    return best


def byline_names(text: str, personal: bool) -> list[str]:
    """Names in a line of the head or the end; on a `personal` page also a nickname before a date."""
    if len(text) > 160:
        return []
    names = names_in(text)
    if names:
        return names
    dbr = _DBR.match(text)
    if dbr:
        return [re.sub(r"^정리\s?=\s?", "", name.strip()) for name in dbr.group(1).split(",")]
    by = _BY.match(text)
    if by:
        return [by.group(1).strip()]
    labelled = _LABELLED.match(text)
    if labelled:
        value = (labelled.group(1) or labelled.group(2) or "").strip()
        value = re.split(
            r"\s[|/]\s|\s{2,}|\s(?:19|20)\d\d[.\-/년]|\s조회|\s추천|\s등록일|\s작성일|\s날짜|\s(?:사진|그림|삽화|영상|일러스트|편집)\s",
            value,
        )[0].strip(" :|=")
        people = [
            re.sub(r"^(?:글|정리|사진)\s?=\s?", "", name).strip() for name in re.split(r"[,·ㆍ]", value)
        ]
        return [
            name
            for name in people
            if 1 <= len(name) <= 20 and name not in NOT_NAMES and not name[0].isdigit()
        ]
    professional = _PROFESSIONAL.match(text)
    if professional and professional.group(1)[0] in _SURNAMES:
        return [professional.group(1)]
    handle = re.match(r"^(?:.{0,60}\d\s)?([가-힣]{2,4})\s?\([A-Za-z0-9_.-]{3,20}\)$", text)
    if handle:
        return [handle.group(1)]
    affiliated = _AFFIL.match(text)
    if affiliated and affiliated.group(1) not in NOT_NAMES:
        return [affiliated.group(1)]
    if personal:
        dated = _NICK_BAR.match(text)
        if dated:
            return [dated.group(1).strip()]
        nick = _NICK_DATE.match(text)
        if nick and not re.search(r"입력|등록|작성|수정|조회|게시|일시|날짜", nick.group(1)):
            return [nick.group(1).strip(" |·")]
    return []
