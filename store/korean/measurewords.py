"""Words and patterns around a figure that tell what it measures."""

from __future__ import annotations

import re

FRAME = re.compile(
    r"\s?(?:이상|이하|가량|정도|안팎|내외|미만|남짓)?\s?(?:(?:규모|수준|상당|어치|가치|급)?(?:의|짜리)|급)\s"
)
SPENDING = frozenset({"들", "들이", "쓰", "붓", "쏟", "쏟아붓", "치르"})
ACTS = frozenset({"개발", "제작", "건설", "구축", "운영", "학습", "훈련", "생산", "조성", "건립"})
ANY_QUOTE = re.compile(r"[“\"‘].{2,}?[”\"’]", re.S)
LASTS = re.compile(
    r"\s?(?:만에|만의|동안|간(?![가-힣])|뒤|후|전(?![가-힣]*기)|새(?![가-힣])|사이|내내|째|앞|이내|안에|연속|마다)"
)
AMONG = re.compile(r"\s?(?:가운데|중에서?|중)\s?(?:약 )?$")
QUOTED = re.compile(r"\s?(?:이?라[고며면]|고|며|면서)")
OWNED = re.compile(r"^\S+의 ")
WHOLE = frozenset({"회사", "기업", "업체", "나라", "도시", "사람", "가족"})
"""Units that say themselves what is counted: 두 회사의 매출."""
WORLDS = frozenset({"세계", "국내", "전국", "아시아", "글로벌", "업계", "종합", "전체"})
"""Among whom one ranks, not in what."""
TIMES = frozenset({"번", "회", "차례"})
"""What counts how often somebody does something, not somebody."""
CHANGES = frozenset({"증가", "감소", "상승", "하락", "급증", "급감", "급등", "급락", "성장", "확대", "축소", "늘", "늘어나", "줄", "줄어들", "오르", "내리", "떨어지", "뛰", "많", "적", "높", "낮"})  # fmt: skip
REACHES = frozenset({"기록", "달성", "차지", "유지", "돌파", "초과", "상회", "하회", "의미"})
"""What the thing that is measured does itself: 매출은 5억원을 기록했다."""
VICTIMS = {
    "숨지": "숨진 사람", "죽": "죽은 사람", "사망": "사망", "다치": "다친 사람", "부상": "부상", "실종": "실종",
}  # fmt: skip
STANDING = re.compile(r" (?:지표|순위|집계|통계|조사|기준)$")
