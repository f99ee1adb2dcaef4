from __future__ import annotations

from itertools import pairwise

import pytest

from tests.korean.conftest import FindFigures


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit", "kind"),
    [
        ("사업비는 557만6000달러였다.", "557만6000달러", 5_576_000, "USD", "money"),
        ("사업비는 약 46조 원이다.", "46조 원", 46e12, "KRW", "money"),
        ("예산 720조를 쓴다.", "720조", 720e12, None, "number"),
        ("한 대에 3만달러 안팎이다.", "3만달러", 30_000, "USD", "money"),
        ("성금 400여만원을 모았다.", "400여만원", 4_000_000, "KRW", "money"),
        ("성금 천4백만 원을 모았다.", "천4백만 원", 14_000_000, "KRW", "money"),
        ("투자금은 9.099억원이다.", "9.099억원", 909_900_000, "KRW", "money"),
        ("값은 4천 820만 홍콩 달러다.", "4천 820만 홍콩 달러", 48_200_000, "HKD", "money"),
        ("값은 3달러 50센트다.", "3달러 50센트", 3.5, "USD", "money"),
        ("주가는 50센트 올랐다.", "50센트", 0.5, "USD", "money"),
        ("값은 $5.6M이었다.", "$5.6M", 5_600_000, "USD", "money"),
        ("그는 US$5.6 million을 냈다.", "US$5.6 million", 5_600_000, "USD", "money"),
        ("자산은 10만~20만원이다.", "10만~20만원", (100_000, 200_000), "KRW", "money"),
        ("매출은 2조5000억원이다.", "2조5000억원", 2.5e12, "KRW", "money"),
        ("매출이 17% 늘었다.", "17%", 17, "%", "percent"),
        ("매출이 삼십 퍼센트 늘었다.", "삼십 퍼센트", 30, "%", "percent"),
        ("매출이 -5% 줄었다.", "-5%", -5, "%", "percent"),
        ("금리가 0.25%포인트 올랐다.", "0.25%포인트", 0.25, "%p", "percent"),
        ("금리는 3~4%다.", "3~4%", (3, 4), "%", "percent"),
        ("값은 20분의 1이다.", "20분의 1", 0.05, None, "ratio"),
        ("값은 삼분의 이다.", "삼분의 이", 2 / 3, None, "ratio"),
        ("값은 1/10~1/30에 불과하다.", "1/10~1/30", (1 / 30, 1 / 10), None, "ratio"),
        ("값은 1/10 수준이다.", "1/10", 0.1, None, "ratio"),
        ("값은 네 배로 뛰었다.", "네 배", 4, "배", "ratio"),
        ("수만~수십만 개를 샀다.", "수만~수십만 개", (1e4, 1e5), "개", "count"),
        ("수백 명이 왔다.", "수백 명", 100, "명", "count"),
        ("스물여섯 명이 왔다.", "스물여섯 명", 26, "명", "count"),
        ("121만 명이 왔다.", "121만 명", 1_210_000, "명", "count"),
        ("3~4만 명이 왔다.", "3~4만 명", (30_000, 40_000), "명", "count"),
        ("칩 50 만 개를 샀다.", "50 만 개", 500_000, "개", "count"),
        ("두세 명이 왔다.", "두세 명", (2, 3), "명", "count"),
        ("선폭은 40 나노미터(㎚)다.", "40 나노미터(㎚)", 40, "나노미터", "length"),
        ("선폭은 2㎚다.", "2㎚", 2, "nm", "length"),
        ("땅은 660 평방 미터다.", "660 평방 미터", 660, "평방미터", "dimension"),
        ("시속 100km로 달린다.", "시속 100km", 100, "시속 km", "dimension"),
        ("1억 6천km 떨어졌다.", "1억 6천km", 160_000_000, "km", "length"),
        ("영하 10도였다.", "영하 10도", -10, "도", "dimension"),
        ("용량은 16GB다.", "16GB", 16, "GB", "dimension"),
        ("몸무게는 200파운드다.", "200파운드", 200, "파운드", "dimension"),
        ("성금은 200파운드다.", "200파운드", 200, "GBP", "money"),
        ("앱 가운데 2위를 했다.", "2위", 2, "위", "rank"),
        ("100만 번째 손님이 왔다.", "100만 번째", 1_000_000, "번째", "rank"),
        ("제20회 축제가 열렸다.", "제20회", 20, "회", "rank"),
        ("세계 100대 기업이 모였다.", "100대", 100, "대", "rank"),
        ("버스 100대를 샀다.", "100대", 100, "대", "count"),
        ("10년 만에 돌아왔다.", "10년", 10, "년", "period"),
        ("24시간 동안 열었다.", "24시간", 24, "시간", "period"),
        ("하루만에 무너졌다.", "하루", 1, "일", "period"),
        ("사흘 동안 이어졌다.", "사흘", 3, "일", "period"),
        ("It cost 5.6 billion dollars.", "5.6 billion dollars", 5.6e9, "USD", "money"),
        ("값은 백분의 일이다.", "백분의 일", 0.01, None, "ratio"),
        ("값은 오와 사분의 일이다.", "오와 사분의 일", 5.25, None, "ratio"),
        ("몫은 오분의 일만을 받았다.", "오분의 일", 0.2, None, "ratio"),
        ("셋 중 하나는 진짜다.", "셋 중 하나", 1 / 3, None, "ratio"),
        ("값이 절반으로 줄었다.", "절반", 0.5, None, "ratio"),
        ("반이 넘는 사람이 왔다.", "반", 0.5, None, "ratio"),
        ("2년 반 동안 지었다.", "2년 반", 2.5, "년", "period"),
        ("점수는 이백점 영삼점이다.", "이백점 영삼점", 200.03, "점", "count"),
        ("답은 마이너스 오점 오이다.", "마이너스 오점 오", -5.5, None, "number"),
        ("인구는 1 414 021 100이다.", "1 414 021 100", 1_414_021_100, None, "number"),
        ("연필 두 다스를 샀다.", "두 다스", 24, "개", "count"),
        ("경쟁률은 3대1이었다.", "3대1", 3, None, "ratio"),
    ],
)
def test_values(
    find_figures: FindFigures, text: str, surface: str, value: object, unit: str | None, kind: str
) -> None:
    found = find_figures(text)
    assert [s for s, _ in found] == [surface]
    figure = found[0][1]
    assert figure.value == pytest.approx(value)
    assert (figure.unit, figure.kind) == (unit, kind)


@pytest.mark.parametrize(
    "text",
    [
        "R1과 V3, H100, 910C, GPT-4o, o1을 견줬다.",
        "알리바바의 큐원 2.5-맥스가 나왔다.",
        "어센드 910C는 빠르다.",
        "1. 물을 아껴야 한다.",
        "1) 물을 아껴야 한다.",
        "① 물을 아껴야 한다.",
        "혼합(MoE)1 ’ 모델을 골랐다.",
        "두 마리 토끼를 잡았다.",
        "한 단계 나아갔고 한 곳도 없었다.",
        "보고서에 숫자는 하나도 없는 셈이다.",
        "의자를 하나씩 옮겼고 하나같이 무거웠다.",
        "문이 하나둘씩 닫혔다.",
        "만일 그렇다면 이만 가자.",
        "3조각으로 나눴다는 말은 없다.".replace("3조각으로", "조각조각"),
        "연락처는 02-123-4567이다.",
        "주소는 https://example.org/2025/02/1번지 이다.",
        "버전은 v2.1.3이다.",
        "8.15 광복절을 기렸다.",
        "드라마 ‘응답하라 1988’을 봤다.",
        "제47조 3항을 고쳤다.",
        "1인당 몫이 크다.",
        "사천 요리를 먹었다.",
        "팔 곳이 많고 세부와 마닐라는 멀다.",
        "하루가 길었다.",
        "2–0으로 이겼다.",
        "아이폰 15가 나왔다.",
        "2학년 반을 옮겼다.",
        "1인 가구가 늘고 1인 시위가 이어졌다.",
        "미국이 주도하는 1극 체제가 끝났다.",
    ],
)
def test_no_figures(find_figures: FindFigures, text: str) -> None:
    assert [s for s, _ in find_figures(text)] == []


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("비용은 약 5만원이다.", "약"),
        ("비용은 5만원 이상이다.", "이상"),
        ("비용은 5만원 안팎이다.", "안팎"),
        ("최대 5만원을 준다.", "최대"),
        ("회원 20여 명이 왔다.", "여"),
        ("5만원이 넘는 돈을 냈다.", "넘는"),
        ("30%대로 올랐다.", "대"),
        ("약 5만원 이상을 냈다.", "약 이상"),
        ("비용은 5만원 수준이다.", "수준"),
        ("비용은 5만원이다.", None),
        ("계약 5만원을 냈다.", None),
    ],
)
def test_qualifiers(find_figures: FindFigures, text: str, qualifier: str | None) -> None:
    assert [f.qualifier for _, f in find_figures(text)] == [qualifier]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("2025년 2월에 냈다.", "2025년 2월", "2025-02"),
        ("2025. 2. 1. 냈다.", "2025. 2. 1.", "2025-02-01"),
        ("2025.02.14 냈다.", "2025.02.14", "2025-02-14"),
        ("2024년 문을 열었다.", "2024년", "2024"),
        ("지난 30일 만났다.", "지난 30일", "2025-01-30"),
        ("오는 20일 만난다.", "오는 20일", "2025-02-20"),
        ("이달 3일에 만났다.", "이달 3일", "2025-02-03"),
        ("지난달 15일에 만났다.", "지난달 15일", "2025-01-15"),
        ("지난해 3월에 만났다.", "지난해 3월", "2024-03"),
        ("1월 4주 차에 쟀다.", "1월 4주 차", "2025-01"),
        ("올해 1분기에 쟀다.", "올해 1분기", "2025-01/2025-03"),
        ("2023~2024년에 쟀다.", "2023~2024년", "2023/2024"),
        ("오후 2시 30분에 만났다.", "오후 2시 30분", "T14:30"),
        ("1985년생이다.", "1985년", "1985"),
        ("21세기에 들어섰다.", "21세기", None),
        ("5월에 연다.", "5월", None),
    ],
)
def test_dates(find_figures: FindFigures, text: str, surface: str, value: str | None) -> None:
    found = find_figures(text, "2025-02-02")
    assert [(s, f.value, f.kind) for s, f in found] == [(surface, value, "date")]


def test_without_a_date_of_its_own_an_article_s_days_stay_unknown(find_figures: FindFigures) -> None:
    assert [f.value for _, f in find_figures("지난 30일 만났다.")] == [None]
    assert [f.value for _, f in find_figures("지난 30일 만났다.", "2025-02")] == [None]
    assert [f.value for _, f in find_figures("3월에 만났다.")] == [None]


def test_figures_of_a_sentence_come_in_order_and_do_not_overlap(find_figures: FindFigures) -> None:
    text = "2024년 매출은 322억 달러(약 46조 원)로 17% 늘었고 직원 1만 2천 명이 3~4곳에서 일한다."
    found = [f for _, f in find_figures(text)]
    assert [text[f.start : f.end] for f in found] == [
        "2024년", "322억 달러", "46조 원", "17%", "1만 2천 명", "3~4곳"
    ]  # fmt: skip
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "text", ["두 번째로 컸다.", "빈칸이 3번째 줄에 있다.", "17번째 이야기다.", "세 번 째 일이다."]
)
def test_orders_are_no_figures(find_figures: FindFigures, text: str) -> None:
    assert find_figures(text) == []
