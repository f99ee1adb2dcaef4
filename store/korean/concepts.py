"""When two figures of different articles are about the same thing, and whether they agree.

What a figure measures (`store.model.Figure.measures`) is brought down to a concept: a head (비용, 투자, 주가) that several words
share (개발비, 운영 비용), the particular things it is of (R1, 중국), and for a ratio what it is taken of. Pure: no Kiwi, only what is stored.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from store.korean.particles import without_particle
from store.model import Figure

Agreement = Literal["same", "related", "conflict"]

_HEADS = {
    "비용": "비용 돈 액수 금액 개발비 개발비용 운영비 운영비용 훈련비 훈련비용 학습비용 제작비 경비 원가 공사비 사업비 생산비 소요비용 누적비용 지출 투자비",
    "투자": "투자 투자금 투자금액 투자액 투자규모 출자 출자금 투자유치 투입 투입액",
    "가격": "가격 값 단가 판매가 판매가격 요금 구독료 이용료 시세 출고가 정가",
    "주가": "주가 주식 주식가격 종가",
    "시가총액": "시가총액 시총 기업가치",
    "이용자": "이용자 이용자수 사용자 사용자수 가입자 가입자수 회원 회원수 방문자 다운로드 구독자 지표",
    "매출": "매출 매출액 판매액 수입액 거래액",
    "이익": "이익 영업이익 순이익 당기순이익 수익 흑자",
    "손실": "손실 적자 피해액 영업손실",
    "점유율": "점유율 비중 비율 몫",
    "인구": "인구 주민 인구수",
    "직원": "직원 인력 임직원 직원수 종업원 연구원 연구자 개발자",
    "수출": "수출 수출액 수출량 수출규모",
    "수입": "수입 수입량 수입규모",
    "예산": "예산 예산안 재정 지원금 보조금",
    "생산": "생산 생산량 출하량 판매량 생산능력",
    "성장률": "성장률 증가율 상승률 증감률 물가상승률",
    "성능": "성능 정확도 점수 성적 속도 처리속도",
    "급여": "급여 임금 연봉 월급 보수 최저임금",
    "사망자": "사망자 사망 희생자 숨진",
    "환자": "환자 확진자 감염자 부상자",
    "칩": "칩 반도체 GPU 그래픽처리장치 칩수",
    "매개변수": "매개변수 파라미터",
}  # fmt: skip
_HEAD_OF = {word: head for head, words in _HEADS.items() for word in words.split()}
KINDS = frozenset(_HEADS)
"""The kinds of things that are known by several words: 비용, 투자, 주가."""
_GENERIC = frozenset(
    ["ai", "개발", "모델", "신규", "최신", "기존", "고성능", "저비용", "신형", "대형", "전체", "총", "연간", "국내", "해외", "세계", "글로벌", "관련", "제품", "서비스", "기술", "산업", "시장", "규모", "금액", "기업", "회사", "업체", "수", "량", "액", "개당", "당", "평균", "최대", "최소", "추가", "자체", "이번", "올해", "지난해", "운영", "훈련", "학습", "제작", "정부", "인공지능", "생성형", "추론", "추론형", "언어모델", "빅테크", "프로젝트", "계획", "비용", "투자", "가격"]
)  # fmt: skip
_SAME_UNIT = {
    "나노미터": "nm", "마이크로미터": "μm", "밀리미터": "mm", "센티미터": "cm", "미터": "m", "킬로미터": "km", "그램": "g", "킬로그램": "kg", "인": "명", "사람": "명",
    "메가바이트": "MB", "기가바이트": "GB", "테라바이트": "TB", "와트": "W", "킬로와트": "kW", "메가와트": "MW", "기가와트": "GW",
}  # fmt: skip
_LESS = re.compile(
    r"^\s?(?:나|이나)?\s?(?:절감|감소|하락|줄어|줄인|줄였|낮[은아춘추]|저렴|싼|싸|인하|축소|급락|폭락|떨어|감축|삭감|적[은게])"
)
_FALL = re.compile(r"^\s?(?:나|이나|가량|정도)?\s?(?:하락|급락|폭락|감소|떨어|줄|빠[져진졌])")
_BOUND_LOW = ("이상", "최소", "적어도", "넘는", "초과", "상회", "웃도는")
_BOUND_HIGH = ("이하", "최대", "미만", "밑도는", "하회", "육박")
_LOOSE = ("약", "안팎", "가량", "정도", "내외", "쯤", "대략", "여", "수", "몇", "대", "거의", "남짓")


class Concept(NamedTuple):
    """What a figure is of. `head`: the kind of thing; `dimension`: what its values can be compared in (a currency, a unit, `relative`);
    `of`: the particular things, lower case; `base`: for ratios, the particular things that they are taken of: none of them where
    that is nothing in particular (기존 모델), None where it is not said."""

    head: str
    dimension: str
    of: frozenset[str]
    base: frozenset[str] | None


def concept(figure: Figure) -> Concept | None:
    """The concept of a figure; None where it is not known what it measures, and for dates and ranks."""
    if not figure.measures or figure.kind in ("date", "period", "rank") or figure.value is None:
        return None
    base, _, measure = figure.measures.rpartition(" 대비 ")
    parts = _parts(measure or base)
    head = next((found for found in (_head(part) for part in reversed(parts)) if found is not None), None)
    if head is None:
        head = parts[-1] if parts else ""
    if not head:
        return None
    relative = figure.kind in ("ratio", "percent")
    dimension = "relative" if relative else _SAME_UNIT.get(figure.unit or "", figure.unit or "number")
    return Concept(
        head,
        dimension,
        frozenset(part for part in parts if part not in _GENERIC and _head(part) != head and part != head),
        _base(base) if base and relative else None,
    )


def bounds(figure: Figure, following: str = "") -> tuple[float, float] | None:
    """Between what the value lies, as its qualifier allows; None for dates.

    `following` is the article's text after the figure: 95% 절감 leaves a twentieth. Relative figures come as fractions of what they are
    taken of.
    """
    value = figure.value
    if value is None or isinstance(value, str):
        return None
    low, high = value if isinstance(value, tuple) else (value, value)
    if figure.kind == "percent":
        low, high = low / 100, high / 100
        if " 대비 " in f"{figure.measures} " and _LESS.match(following):
            low, high = 1 - high, 1 - low
    qualifier = set((figure.qualifier or "").split())
    if qualifier.intersection(_LOOSE):
        low, high = low * 0.93, high * 1.07
    if qualifier.intersection(_BOUND_LOW):
        high = float("inf")
    if qualifier.intersection(_BOUND_HIGH):
        low = 0.0
    return low, high


def agreement(
    a: Figure,
    b: Figure,
    after_a: str = "",
    after_b: str = "",
    years: tuple[frozenset[str], frozenset[str]] | None = None,
) -> Agreement | None:
    """How two figures of different articles stand to each other; None where they are about different things.

    `same`: the same figure for the same thing; a ratio also of the same base, as far as both say of what, and of ratios that only
    overlap (1/10, and 1/10 to 1/30), those of one and the same base.
    `related`: the same kind of thing. `conflict` (always only possible): different
    figures for the same particular thing; or one and the same exact figure given for two different things (a cost of R1 here, of V3 there).

    Args:
        a, b: the figures.
        after_a, after_b: what follows each in its article.
        years: the years that the sentences name; different years are different things.
    """
    first, second = concept(a), concept(b)
    if first is None or second is None or (first.head, first.dimension) != (second.head, second.dimension):
        return None
    one, two = bounds(a, after_a), bounds(b, after_b)
    if one is None or two is None:
        return None
    equal = _overlap(_named(a, one), _named(b, two))
    other_year = bool(years and years[0] and years[1] and not years[0] & years[1])
    alike = first.of == second.of or first.of <= second.of or second.of <= first.of
    if first.dimension == "relative":
        # What it is taken of decides; 기존 모델 and 메타의 모델 are not the same measure.
        if _falls(after_a) != _falls(after_b):
            return "related"
        if equal:
            of_one = alike and not other_base(a, b)
            return "same" if of_one and (_alike(one, two) or first.base == second.base) else "related"
        known = (
            first.base and second.base and first.base == second.base and first.of == second.of and first.of
        )
        return "conflict" if known and not other_year else "related"
    if equal:
        products = {w for w in first.of ^ second.of if _is_model(w)}
        if not alike and len(products) >= 2 and _exact(a, b):
            return "conflict"
        return "same" if alike else "related"
    if first.of == second.of and first.of and not other_year and not _overlap(one, two) and _specific(a, b):
        return "conflict"
    return "related"


def other_base(a: Figure, b: Figure) -> bool:
    """Whether both are ratios that say what they are taken of, and these are different things: a twentieth of 기존 모델, and of 1억달러."""
    first, second = concept(a), concept(b)
    if first is None or second is None or first.base is None or second.base is None:
        return False
    if not first.base or not second.base:
        return first.base != second.base
    return not (first.base <= second.base or second.base <= first.base)


def _base(words: str) -> frozenset[str]:
    parts = (without_particle(part) for part in _parts(words))
    return frozenset(part for part in parts if part not in _GENERIC and _head(part) is None)


def _parts(measure: str) -> list[str]:
    words = re.split(r"[\s·/()'’‘\"“”]+", measure.strip())
    parts: list[str] = []
    for word in words:
        bare = word[:-1] if len(word) > 2 and word.endswith("의") else word
        if bare:
            parts.append(bare.lower() if bare.isascii() else bare)
    return parts


def _head(word: str) -> str | None:
    if word in _HEAD_OF:
        return _HEAD_OF[word]
    for size in (4, 3, 2):
        if len(word) > size and word[-size:] in _HEAD_OF:
            return _HEAD_OF[word[-size:]]
    return None


def _overlap(one: tuple[float, float], two: tuple[float, float]) -> bool:
    slack = 0.006
    return one[0] * (1 - slack) <= two[1] and two[0] * (1 - slack) <= one[1]


def _alike(one: tuple[float, float], two: tuple[float, float]) -> bool:
    """Whether two ranges are one and the same, and not only overlap; a loose figure (약 5%) stands for what lies around it."""
    return all(_overlap((a, a), (b, b)) for a, b in zip(one, two, strict=True)) or any(
        low < high and low <= other[0] and other[1] <= high and high <= low * 1.2
        for (low, high), other in ((one, two), (two, one))
    )


def _named(figure: Figure, within: tuple[float, float]) -> tuple[float, float]:
    """`within`, but of 최대 720조 the figure named: an upper bound is no agreement with all that lies below it."""
    low, high = within
    if low == 0.0 and high > 0:
        return high * 0.99, high
    return (low, low * 1.01) if high == float("inf") else within


def _falls(following: str) -> bool:
    return _FALL.match(following) is not None and _LESS.match(following) is None


def _is_model(word: str) -> bool:
    """Whether a word is a designation (R1, V3, 챗GPT, 바람1), of which there is one."""
    return any(c.isalpha() for c in word) and any(c.isascii() and c.isalnum() for c in word)


def _exact(a: Figure, b: Figure) -> bool:
    """Whether one of two equal figures is too particular to agree by chance."""
    return any(
        isinstance(figure.value, float) and len(f"{figure.value:.10g}".replace(".", "").strip("0")) >= 3
        for figure in (a, b)
    )


def _specific(a: Figure, b: Figure) -> bool:
    """Whether two different figures of the same measure can contradict each other: not a part and a whole by different words."""
    return a.kind == b.kind and (a.measures or "").split(" ")[-1] == (b.measures or "").split(" ")[-1]
