"""Units: currencies, measures and counters, as Korean writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from store.model import FigureKind


class Unit(NamedTuple):
    """A unit found in a text: where it ends, what is reported as `unit`, its kind, and by how much a value is multiplied
    (센트 is 0.01 of its currency)."""

    end: int
    unit: str | None
    kind: FigureKind
    factor: float = 1.0


_CURRENCIES = {
    "원": "KRW", "달러": "USD", "불": "USD", "엔": "JPY", "엔화": "JPY", "위안": "CNY", "위안화": "CNY", "유로": "EUR", "유로화": "EUR", "파운드": "GBP",
    "프랑": "CHF", "루피": "INR", "루블": "RUB", "페소": "MXN", "바트": "THB", "동": "VND", "루피아": "IDR", "링깃": "MYR", "헤알": "BRL", "헤알화": "BRL",
    "리라": "TRY", "크로나": "SEK", "크로네": "NOK", "디르함": "AED", "리얄": "SAR", "리알": "IRR", "랜드": "ZAR", "포린트": "HUF", "즈워티": "PLN",
    "즐로티": "PLN", "코루나": "CZK", "셰켈": "ILS", "흐리우냐": "UAH", "투그릭": "MNT", "킵": "LAK", "라리": "GEL", "콜론": "CRC", "디나르": "KWD",
    "타카": "BDT", "짯": "MMK", "텡게": "KZT", "솔": "PEN", "볼리바르": "VES", "페세타": "ESP", "마르카": "FIM", "마르크": "DEM", "휠던": "NLG",
    "굴덴": "NLG", "에스쿠도": "PTE", "드라크마": "GRD", "리엘": "KHR", "나이라": "NGN", "실링": "KES", "비트코인": "BTC",
}  # fmt: skip
_COUNTRY_CURRENCIES = {
    "미국": {"달러": "USD"}, "미": {"달러": "USD"}, "캐나다": {"달러": "CAD"}, "호주": {"달러": "AUD"}, "홍콩": {"달러": "HKD"},
    "싱가포르": {"달러": "SGD"}, "싱가폴": {"달러": "SGD"}, "대만": {"달러": "TWD"}, "신대만": {"달러": "TWD"}, "뉴질랜드": {"달러": "NZD"},
    "자메이카": {"달러": "JMD"}, "영국": {"파운드": "GBP"}, "이집트": {"파운드": "EGP"}, "스위스": {"프랑": "CHF"}, "프랑스": {"프랑": "FRF"},
    "벨기에": {"프랑": "BEF"}, "중국": {"위안": "CNY", "위안화": "CNY"}, "일본": {"엔": "JPY"}, "인도": {"루피": "INR"}, "스리랑카": {"루피": "LKR"},
    "파키스탄": {"루피": "PKR"}, "네팔": {"루피": "NPR"}, "인도네시아": {"루피아": "IDR"}, "멕시코": {"페소": "MXN"}, "필리핀": {"페소": "PHP"},
    "칠레": {"페소": "CLP"}, "아르헨티나": {"페소": "ARS"}, "콜롬비아": {"페소": "COP"}, "쿠바": {"페소": "CUP"}, "브라질": {"헤알": "BRL"},
    "러시아": {"루블": "RUB"}, "베트남": {"동": "VND"}, "태국": {"바트": "THB"}, "말레이시아": {"링깃": "MYR"}, "스웨덴": {"크로나": "SEK"},
    "아이슬란드": {"크로나": "ISK"}, "노르웨이": {"크로네": "NOK"}, "덴마크": {"크로네": "DKK"}, "튀르키예": {"리라": "TRY"}, "터키": {"리라": "TRY"},
    "이탈리아": {"리라": "ITL"}, "핀란드": {"마르카": "FIM"}, "독일": {"마르크": "DEM"}, "네덜란드": {"휠던": "NLG", "굴덴": "NLG"}, "스페인": {"페세타": "ESP"},
    "한국": {"원": "KRW"}, "북한": {"원": "KPW"},
}  # fmt: skip
_ENGLISH = {"dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "pounds": "GBP", "yen": "JPY", "yuan": "CNY", "won": "KRW"}  # fmt: skip
_ENGLISH_NAME = re.compile(rf"(?:{'|'.join(sorted(_ENGLISH, key=len, reverse=True))})(?![A-Za-z])")
_PARTS = {
    "센트": ("USD", 0.01),
    "펜스": ("GBP", 0.01),
    "페니": ("GBP", 0.01),
    "마오": ("CNY", 0.1),
    "전": ("KRW", 0.01),
}
"""Parts of a currency, in whole units of it."""

SYMBOLS = {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "NZ$": "NZD", "$": "USD", "＄": "USD", "€": "EUR", "£": "GBP",
    "¥": "JPY", "￥": "JPY", "₩": "KRW", "￦": "KRW", "₹": "INR", "₽": "RUB", "฿": "THB", "₫": "VND",
}  # fmt: skip
_CODES = frozenset(
    {*_CURRENCIES.values(), *(c for each in _COUNTRY_CURRENCIES.values() for c in each.values())}
)
ENGLISH_SCALES = {
    "trillion": 1e12, "billion": 1e9, "million": 1e6, "thousand": 1e3, "bn": 1e9, "mn": 1e6, "tn": 1e12, "T": 1e12, "B": 1e9, "M": 1e6, "K": 1e3,
}  # fmt: skip

_LENGTHS = (
    "나노미터 마이크로미터 마이크론 밀리미터 센티미터 데시미터 킬로미터 피코미터 미터 밀리 센티 킬로 옹스트롬 인치 피트 야드 마일 해리 광년 ㎚ ㎛ ㎜ ㎝ ㎞ "
    "nm µm μm mm cm dm km pm m 나노 in ft"
)
_MEASURES = (
    "밀리그램 마이크로그램 킬로그램 그램 톤 미터톤 메트릭톤 온스 돈 근 관 캐럿 밀리리터 데시리터 킬로리터 리터 갤런 배럴 쿼트 파인트 씨씨 입방미터 입방피트 세제곱미터 세제곱센티미터 "
    "제곱미터 제곱킬로미터 제곱센티미터 제곱피트 제곱마일 평방미터 평방킬로미터 평방피트 평방마일 평 헥타르 에이커 아르 비트 바이트 킬로바이트 메가바이트 기가바이트 테라바이트 페타바이트 엑사바이트 "
    "킬로비트 메가비트 기가비트 와트 킬로와트 메가와트 기가와트 테라와트 와트시 킬로와트시 메가와트시 기가와트시 테라와트시 볼트 암페어 밀리암페어시 옴 헤르츠 킬로헤르츠 메가헤르츠 기가헤르츠 줄 "
    "칼로리 킬로칼로리 킬로줄 뉴턴 파스칼 헥토파스칼 기압 데시벨 럭스 니트 칸델라 마력 노트 도 섭씨 화씨 켈빈 시버트 밀리시버트 마이크로시버트 베크렐 몰 화소 픽셀 메가픽셀 플롭스 테라플롭스 페타플롭스 엑사플롭스 토큰 "
    "㎎ ㎏ ㎍ ㎖ ㎗ ㎘ ℓ ㏄ ㎡ ㎢ ㎥ ㏊ ㎾ ㎿ ㎐ ㎑ ㎒ ㎓ ㏈ ℃ ℉ ㎈ ㎉ ㎅ ㎆ ㎇ ㎧ ㎪ mg kg g µg μg ml mL dl L l cc m² m2 m³ m3 km² km2 ha KB MB GB TB PB EB kB Kbps kbps Mbps Gbps Tbps W kW MW GW TW Wh kWh "
    "MWh GWh TWh V kV mV A mA mAh Ah Hz kHz MHz GHz kcal cal J kJ MJ hPa Pa dB nit nits ppm ppb mSv μSv TFLOPS PFLOPS FLOPS bit byte bps °C °F rpm fps dpi ppi mph km/h m/s lb lbs oz gal bbl t"
)
_COMPOUND_SPACES = ("입방", "평방", "제곱", "세제곱", "미터")
_SPEED = re.compile(r"(?:시속|분속|초속|풍속|마하) ?(?:약 |최대 |최고 )?$")

# Counters that Kiwi does not call dependent nouns, or that need a kind of their own.
_PERIODS = {
    "년간", "년", "개년", "개월", "개월간", "달", "달간", "주", "주간", "주일", "일", "일간", "시간", "분", "분간", "초", "초간", "밀리초", "분기", "세기", "학기", "박", "주년", "해",
    "나노초", "마이크로초", "ms",
}  # fmt: skip
_RANKS = {"위", "등", "번째", "등급", "순위", "차", "세대", "호", "급", "단계", "회차", "대째", "기"}
_COUNTERS = {
    "명", "개", "건", "곳", "대", "회", "번", "차례", "가지", "마리", "권", "장", "편", "점", "척", "채", "동", "인", "인방", "분", "가구", "세대", "개국", "개사", "개소", "개교", "그루", "켤레", "송이", "자루", "조각", "잔", "병", "그릇", "벌", "쌍", "줄", "칸", "층", "석", "표", "자리", "종", "종류", "부", "매", "통", "쪽", "페이지", "포인트", "배럴", "살", "세",
    "포기", "다발", "박스", "상자", "봉지", "팩", "세트", "다스", "건물", "과목", "팀", "쿼터", "경기", "골", "승", "패", "무", "안타", "홈런", "타점", "라운드", "게임", "판", "곡", "문항", "학급",
    "교시", "막", "컷", "코어", "큐비트", "노드", "레이어", "파라미터", "매개변수", "줄기", "갈래", "축", "국", "사", "행", "열", "단", "주", "좌", "필지", "호", "주식", "계좌", "나라", "도시",
    "사람", "가족", "기업", "업체", "회사", "쌍둥이", "걸음", "발", "발자국", "글자", "단어", "문장", "대목", "항목", "조항", "개점", "구좌", "배수", "해", "끼", "모", "푼",
    "차선", "차로", "인승", "방울", "모금", "스푼", "큰술", "작은술", "컵", "캡슐", "방", "례", "표본",
}  # fmt: skip


def _table() -> dict[str, FigureKind]:
    kinds: dict[str, FigureKind] = {}
    for unit in _COUNTERS:
        kinds[unit] = "count"
    for unit in _PERIODS:
        kinds[unit] = "period"
    for unit in _RANKS:
        kinds[unit] = "rank"
    for unit in _LENGTHS.split():
        kinds[unit] = "length"
    for unit in _MEASURES.split():
        kinds[unit] = "dimension"
    kinds["배"] = "ratio"
    return kinds


KINDS = _table()
_PERCENT = re.compile(
    r"(?:%|％|퍼센트|퍼센티지|프로(?![가-힣A-Za-z])|프로(?=[가을는이에의로]?(?: |$|[.,)])))(?: ?(?P<points>[pP](?![A-Za-z])|포인트))?"
)
_POINTS = re.compile(r"(?:%|％|퍼센트) ?(?:[pP](?![A-Za-z])|포인트)")
_SYMBOL_UNIT = re.compile(
    "|".join(
        sorted(
            (re.escape(u) for u in KINDS if not "가" <= u[0] <= "힣"),
            key=len,
            reverse=True,
        )
    )
)
_SYMBOLS = tuple(sorted(SYMBOLS, key=len, reverse=True))
_SYMBOL = re.compile("|".join(map(re.escape, _SYMBOLS)))
_CURRENCY_CODE = re.compile(rf"(?:{'|'.join(sorted(_CODES))})(?![A-Za-z])")
_COUNTRY = re.compile(rf"(?:{'|'.join(sorted(_COUNTRY_CURRENCIES, key=len, reverse=True))}) ?")
_LONGEST_WORD = 12
_WEIGHT = re.compile(
    r"무게|체중|중량|몸무게|감량|빼|살을|근육|kg|㎏|킬로그램|같습니다|등유|감자|고기|신생아|아기"
)


def currency_at(text: str, at: int) -> Unit | None:
    """The currency whose name or code begins at `at`: 달러, 홍콩 달러, 엔, USD."""
    country = _COUNTRY.match(text, at)
    if country is not None:
        own = _COUNTRY_CURRENCIES[country[0].strip()]
        for name in sorted(own, key=len, reverse=True):
            if text.startswith(name, country.end()):
                return Unit(country.end() + len(name), own[name], "money")
    word = _hangul(text, at)
    for size in range(len(word), 0, -1):
        name = word[:size]
        if name in _CURRENCIES:
            return Unit(at + size, _CURRENCIES[name], "money")
        if name in _PARTS and name != "전":
            code, factor = _PARTS[name]
            return Unit(at + size, code, "money", factor)
    english = _ENGLISH_NAME.match(text, at)
    if english is not None:
        return Unit(english.end(), _ENGLISH[english[0]], "money")
    code_match = _CURRENCY_CODE.match(text, at)
    if code_match is not None:
        return Unit(code_match.end(), code_match[0], "money")
    symbol = _SYMBOL.match(text, at)
    if symbol is not None:
        return Unit(symbol.end(), SYMBOLS[symbol[0]], "money")
    return None


def symbol_before(text: str, at: int) -> tuple[int, str] | None:
    """The currency symbol or code that ends at `at` (a space between is fine), with where it begins."""
    begin = max(0, at - 4)
    head = text[begin:at].rstrip(" ")
    for symbol in _SYMBOLS if head.endswith(_SYMBOLS) else ():
        if head.endswith(symbol):
            return begin + len(head) - len(symbol), SYMBOLS[symbol]
    if head[-3:] in _CODES and not (len(head) > 3 and head[-4].isalpha()):
        return begin + len(head) - 3, head[-3:]
    return None


def unit_at(text: str, at: int, ends: AbstractSet[int], dependent: dict[int, int]) -> Unit | None:
    """The unit that begins at `at`.

    Args:
        text: the sentence.
        at: where it may begin.
        ends: where Kiwi's morphemes end; a unit in Hangul must end at one, so that 대 is not found in 대학.
        dependent: where a dependent noun (NNB) begins, and where it ends; each is a counter.
    """
    points = _POINTS.match(text, at)
    if points is not None:
        return Unit(points.end(), "%p", "percent")
    percent = _PERCENT.match(text, at)
    if percent is not None:
        return Unit(percent.end(), "%", "percent")
    if at >= len(text):
        return None
    if not "가" <= text[at] <= "힣":
        symbol = _SYMBOL_UNIT.match(text, at)
        if symbol is not None and not _letter(text, symbol.end()):
            return Unit(symbol.end(), _written(symbol[0]), KINDS[symbol[0]])
        return currency_at(text, at)
    money = currency_at(text, at)
    if money is not None and (money.end in ends or money.end == len(text)):
        name = text[at : money.end]
        if name == "파운드" and _WEIGHT.search(text):
            return Unit(money.end, name, "dimension")
        if name not in ("동", "솔", "전") and not (
            name == "원" and text[money.end : money.end + 1] in ("내", "천")
        ):
            return money
    word = _hangul(text, at)
    for joined in _COMPOUND_SPACES:
        # 평방 미터, 입방 피트: written apart, one unit.
        if word == joined and text[at + len(word) : at + len(word) + 1] == " ":
            rest = _hangul(text, at + len(word) + 1)
            for size in range(len(rest), 0, -1):
                if joined + rest[:size] in KINDS:
                    return Unit(at + len(word) + 1 + size, joined + rest[:size], KINDS[joined + rest[:size]])
    for size in range(len(word), 0, -1):
        name = word[:size]
        if name in KINDS and (at + size in ends or at + size == len(text)):
            if name == "다스":
                return Unit(at + size, "개", "count", 12.0)
            return Unit(at + size, name, KINDS[name])
    if at in dependent:
        name = text[at : dependent[at]]
        if name not in _NOT_COUNTERS:
            return Unit(dependent[at], name, "count")
    return None


_NOT_COUNTERS = {"것", "수", "때문", "만큼", "뿐", "채", "척", "듯", "만", "터", "바", "줄", "데", "지", "등", "씨", "측", "말", "초", "간", "중", "이상", "내", "쪽", "식", "분", "양", "체", "리"}  # fmt: skip


def speed_before(text: str, at: int) -> int | None:
    """Where 시속 or the like begins that belongs to the figure at `at`."""
    match = _SPEED.search(text, max(0, at - 8), at)
    return match.start() if match else None


def _written(unit: str) -> str:
    """The unit as written, but ㎚ as nm and ㎢ as km²."""
    if len(unit) == 1 and "\u3380" <= unit <= "\u33df":
        plain = unicodedata.normalize("NFKC", unit)
        return plain[:-1] + {"2": "²", "3": "³"}[plain[-1]] if plain[-1] in "23" else plain
    return {"m2": "m²", "km2": "km²", "m3": "m³"}.get(unit, unit)


def _letter(text: str, at: int) -> bool:
    return at < len(text) and text[at].isascii() and text[at].isalnum()


def _hangul(text: str, at: int) -> str:
    end = at
    while end < len(text) and end - at < _LONGEST_WORD and "가" <= text[end] <= "힣":
        end += 1
    return text[at:end]
