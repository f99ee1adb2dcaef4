"""Who can say something: a person, an organisation, or a role (하 센터장, 전문가들, 딥시크, 보고서); never a thing (개발비)."""

from __future__ import annotations

from collections.abc import Sequence

from store.korean.gazetteer import COMMON_LATIN, COMPANIES, ORGANISATION_SUFFIXES, ORGANISATIONS, TITLES
from store.korean.kiwi import Token

_WRITINGS = frozenset(["보고서", "논문", "자료", "통계", "발표", "조사", "연구", "보도", "집계", "공시", "기사", "외신", "언론", "매체", "백서", "성명", "전망치"])  # fmt: skip
_ROLES = frozenset([
    "전문가", "업계", "관계자", "당국자", "분석가", "연구자", "과학자", "소식통", "학계", "재계", "정계", "금융권", "증권가", "투자은행", "업체", "기업", "회사", "기관",
    "측", "대표이사", "부대표", "담당자", "당국", "정부", "여당", "야당", "위원장", "주민", "시민", "누리꾼", "유족", "노조", "사측", "교수", "학자", "경제학자",
    "개발자", "엔지니어", "창업자", "최고경영자", "대변인", "임원", "간부", "애널리스트", "연구진", "연구팀", "시장조사업체", "지자체", "시민단체", "단체", "협회", "은행",
    "증권", "증권사", "통신사", "신문", "방송", "소비자", "이용자", "사용자", "투자자", "상인", "어민", "농민", "학생", "의료진", "경찰", "검찰", "변호사", "의사",
    "작가", "기자", "대통령", "총리", "장관", "차관", "의원", "시장", "지사", "도지사", "군수", "구청장",
])  # fmt: skip
_LONG_ROLES = tuple(role for role in _ROLES if len(role) > 1)
_SPEAKING = (*_LONG_ROLES, *(suffix for suffix in ORGANISATION_SUFFIXES if len(suffix) > 1))
_ATTACHED = frozenset({"들", "님", "측", "씨"})


def titled(token: Token) -> bool:
    """Whether a noun is what somebody is called (소장, 교수, 전문가) or a writing that says things (보고서)."""
    return token.form in TITLES or token.form in _WRITINGS or token.form in _ROLES


def somebody(own: Sequence[Token]) -> bool:
    """Whether the last word of a noun phrase, as its morphemes, names who can say something."""
    last = len(own) - 1
    while last > 0 and own[last].form in _ATTACHED:
        last -= 1
    if last < 0:
        return False
    token = own[last]
    if "".join(each.form for each in own[: last + 1]) in COMPANIES:
        return True
    if titled(token) or token.form in ORGANISATIONS:
        return True
    if token.tag in ("NNG", "XSN", "NNB") and last > 0:
        # 해담+시, 와이즈앱·리테일, 한국+개발+연구원
        whole = "".join(each.form for each in own[: last + 1])
        if token.form in ORGANISATION_SUFFIXES or whole.endswith(_LONG_ROLES):
            return True
        joined = any(each.form == "·" for each in own)
        return own[0].tag == "NNP" and (joined or token.form in ("시", "도", "군", "구", "국", "사"))
    if token.tag == "NNG":
        return token.form.endswith(_SPEAKING)
    if token.tag == "SL":
        return token.form not in COMMON_LATIN and len(token.form) > 1
    return token.tag == "NNP"
