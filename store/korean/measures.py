"""What a figure measures, in the article's words.

Korean puts what is measured before the figure, as its subject (V3의 개발 비용은 557만6000달러), in front of it (AI 투자금액 45조원) or of
its bracket (챗GPT(493만 명)), or after it as the head of the phrase (322억 달러 규모의 데이터센터 투자). The first of these that holds is
taken; what does not show stays None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from store.korean.figures import Found
from store.korean.kiwi import Token
from store.korean.namekinds import kind_of
from store.korean.roles import titled

_NOUN = frozenset({"NNG", "NNP", "SL", "SH", "XSN", "XPN", "XR"})
PRONOUNS = frozenset({"그", "그녀", "이", "우리", "나", "저", "이들", "그들", "이는", "것", "이것", "여기", "거기", "누구", "무엇"})  # fmt: skip
_NOT_MEASURED = frozenset(
    {
        "최근", "현재", "기준", "지난해", "작년", "올해", "내년", "하루", "오늘", "어제", "이날", "당시", "경우", "대비", "이상", "이하", "결과", "가운데", "중", "등",
        "관련", "최대", "최소", "평균", "총", "약", "대략", "무려", "추가", "연속", "전체", "매년", "매월", "매달", "연간", "월", "앞서", "이후", "이전", "나머지",
    }
)  # fmt: skip
_FRAME = re.compile(
    r"\s?(?:이상|이하|가량|정도|안팎|내외|미만|남짓)?\s?(?:규모|수준|상당|어치|가치)?(?:의|짜리)\s"
)
_SPENDING = frozenset({"들", "들이", "쓰", "붓", "쏟", "쏟아붓", "치르"})
_ACTS = frozenset({"개발", "제작", "건설", "구축", "운영", "학습", "훈련", "생산", "조성", "건립"})
_ANY_QUOTE = re.compile(r"[“\"‘].{2,}?[”\"’]", re.S)
_STANDING = re.compile(r" (?:지표|순위|집계|통계|조사|기준)$")
_MOST_NOUNS = 7


class Before(NamedTuple):
    """What the sentence before in the same paragraph was about: its topic, and its figures with what they measure."""

    topic: str | None
    figures: Sequence[tuple[Found, str]]

    def alike(self, figure: Found) -> str | None:
        """What the last figure of the same kind and unit measured."""
        return next(
            (m for f, m in reversed(self.figures) if (f.kind, f.unit) == (figure.kind, figure.unit)), None
        )


class Measures:
    """What the figures of one sentence measure. `tokens` have offsets into `text`."""

    def __init__(
        self, text: str, tokens: Sequence[Token], found: Sequence[Found], before: Before | None = None
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.found = found
        self.before = before
        self.starts = [token.start for token in tokens]
        self.known: dict[int, str | None] = {}

    def of(self, k: int) -> str | None:
        """What figure `k` measures; None where that does not show, and for dates."""
        if k not in self.known:
            self.known[k] = None
            figure = self.found[k]
            self.known[k] = None if figure.kind == "date" else self._of(figure)
        return self.known[k]

    def _of(self, figure: Found) -> str | None:
        start = self._before_qualifier(figure.start)
        if self.text[start - 1 : start] == "(":
            return self._bracketed(start - 1, figure)
        end = self._after_bracket(figure.end)
        base = self._base(start) if figure.kind in ("ratio", "percent") else None
        phrase = (
            self._head_after(figure, end)
            or self._spent(figure, start, end)
            or self._invested(figure, start, end)
        )
        if phrase is None and base is None:
            phrase = self._noun_before(start)
        if phrase is None:
            phrase = self._subject(start, figure)
        if phrase is None and base is None:
            phrase = self._carried(figure)
        if base is not None:
            return f"{base} 대비 {phrase}" if phrase and phrase not in base else base
        return phrase

    # ── places a measure may stand at ────────────────────────────────────────────────────────

    def _bracketed(self, bracket: int, figure: Found) -> str | None:
        """(121만 명) after a figure measures what that does; after a noun, that noun, with what a figure of the same kind before
        it measures: 반도체 (엔비디아), 챗GPT 주간 사용자 수."""
        before = len(self.text[:bracket].rstrip())
        for k, other in enumerate(self.found):
            if other.end == before:
                return self.of(k)
        noun = self.phrase_ending(before)
        if noun is None:
            return None
        made = self._made_with(noun, bracket)
        if made is not None:
            return made
        if figure.kind in ("length", "dimension"):
            for k, other in enumerate(self.found):
                if (
                    other.kind == figure.kind
                    and other.start < figure.start
                    and self.text[other.start - 1] != "("
                ):
                    shared = self.of(k)
                    return f"{shared} ({noun})" if shared and shared != noun else noun
        if figure.kind == "count":
            shared = self.before.alike(figure) if self.before else None
            if shared is not None and noun not in shared:
                return f"{noun} {_STANDING.sub('', shared)}"
            if figure.unit == "명" and kind_of(noun, None) == "product":
                return f"{noun} 사용자"
        return noun

    def _carried(self, figure: Found) -> str | None:
        """What the sentence before was about, where this one names nothing of its own before the figure."""
        if self.before is None or figure.kind == "period":
            return None
        own = self.tokens[: self._at(figure.start)]
        for i, token in enumerate(own):
            if token.tag in ("JKS", "JKO") or (token.tag == "JX" and own[i - 1].tag != "JKB"):
                return None
        alike = self.before.alike(figure)
        return alike if alike is not None or figure.kind in ("rank", "number") else self.before.topic

    def topic(self) -> str | None:
        """What the sentence is about: its first topic that is not one who speaks."""
        for i, token in enumerate(self.tokens):
            if token.tag == "JX" and token.form in ("은", "는") and i:
                phrase = self.phrase_ending(token.start)
                if phrase is not None and phrase not in PRONOUNS and not titled(self.tokens[i - 1]):
                    return phrase
        return None

    def _made_with(self, noun: str, bracket: int) -> str | None:
        """비용(약 560만 달러)으로 개발한 신규 모델 'R1': R1 개발 비용."""
        close = self.text.find(")", bracket)
        i = self._at(close + 1)
        tokens = self.tokens
        if close < 0 or i + 4 >= len(tokens) or tokens[i].form not in ("으로", "로", "을", "를"):
            return None
        verb, suffix, ending = tokens[i + 1 : i + 4]
        if verb.tag != "NNG" or suffix.tag != "XSV" or ending.tag != "ETM":
            return None
        j = i + 4
        last = None
        while j < len(tokens) and (
            tokens[j].tag in _NOUN or tokens[j].tag in ("SN", "SSO", "SSC", "SS", "JKG", "MM")
        ):
            if tokens[j].tag in ("NNP", "SL", "NNG") or (tokens[j].tag == "SN" and self._in_name(j)):
                last = j
            j += 1
        if last is None:
            return None
        name = self._phrase(last, j)
        head = noun.split(" ")[-1]
        return f"{name.split(' ')[-1]} {verb.form} {head}" if name else None

    def _head_after(self, figure: Found, end: int) -> str | None:
        """322억 달러 규모의 데이터센터 투자, 95% 절감된 비용, 1/30에 불과한 비용, 100대 기업."""
        if figure.kind == "rank" and figure.unit == "대":
            return self._phrase_from(end + 1)
        frame = _FRAME.match(self.text, end)
        if frame is not None and frame[0].strip():
            phrase = self._phrase_from(frame.end())
            if phrase is not None and not (figure.kind in ("ratio", "percent") and frame[0].strip() == "의"):
                return phrase
        if figure.kind not in ("ratio", "percent"):
            return None
        i = self._at(end)
        tokens = self.tokens
        for j in range(i, min(i + 5, len(tokens))):
            if tokens[j].tag == "ETM":
                return self._phrase_from(self._skip_space(tokens[j].end))
            if tokens[j].tag.startswith(("EF", "EC", "JX", "JKS", "SF")):
                return None
        return None

    def _invested(self, figure: Found, start: int, end: int) -> str | None:
        """챗GPT 개발에 투자한 1억달러: 챗GPT 개발 투자. 투자한 3개 기업: 기업."""
        i = self._at(start) - 1
        tokens = self.tokens
        if figure.kind == "count" and i >= 0 and tokens[i].tag == "ETM":
            return self._phrase_from(end + 1) if self.text[end : end + 1] == " " else None
        if i < 2 or tokens[i].tag != "ETM" or tokens[i - 1].tag != "XSV" or tokens[i - 2].tag != "NNG":
            return None
        verb = tokens[i - 2]
        j = i - 3
        if j >= 0 and tokens[j].tag in ("JKB", "JKO", "JKS"):
            argument = self.phrase_ending(tokens[j].start)
            return f"{argument} {verb.form}" if argument else verb.form
        return None

    def _spent(self, figure: Found, start: int, end: int) -> str | None:
        """R1은 개발에 560만 달러가 들었다: R1 개발 비용. 챗GPT를 만드는 데 들인 1억달러: 챗GPT 비용."""
        if figure.kind != "money":
            return None
        i = self._at(start)
        tokens = self.tokens
        before = tokens[i - 1] if i else None
        if before is not None and before.tag == "ETM" and i > 1 and tokens[i - 2].form in _SPENDING:
            j = i - 3
            while j > 0 and tokens[j].tag not in ("JKS", "EF", "SF"):
                if tokens[j].tag in ("JKO", "JKB") and tokens[j].form in ("을", "를", "에"):
                    phrase = self.phrase_ending(tokens[j].start)
                    if phrase is not None:
                        return f"{phrase} 비용"
                j -= 1
            return None
        k = self._at(end)
        while (
            k < len(tokens) and tokens[k].tag in ("JKS", "JX", "JKO", "NNG", "MAG") and k < self._at(end) + 3
        ):
            k += 1
        if k >= len(tokens) or tokens[k].form not in _SPENDING or tokens[k].tag[:2] != "VV":
            return None
        if before is None or before.tag != "JKB" or before.form != "에":
            return None
        into = self.phrase_ending(before.start)
        if into is None:
            return None
        if into in _ACTS:
            topic = self._subject(before.start - len(into), figure)
            return f"{topic.split(' ')[-1]} {into} 비용" if topic else f"{into} 비용"
        return f"{into} 비용"

    def _noun_before(self, start: int) -> str | None:
        at = start - 1 if self.text[start - 1 : start] == " " else start
        i = self._at(at)
        if i and self.tokens[i - 1].end == at and self.tokens[i - 1].tag in _NOUN:
            if self.tokens[i - 1].form in _NOT_MEASURED:
                return None
            return self.phrase_ending(at)
        return None

    def _subject(self, start: int, figure: Found) -> str | None:
        """The topic, subject or object nearest before; not one inside a clause that has ended (오픈AI가 투자한 …), or a quotation."""
        i = self._at(start) - 1
        quoted = [
            span
            for span in (match.span() for match in _ANY_QUOTE.finditer(self.text))
            if not span[0] < start < span[1]
        ]
        clause = False
        where: str | None = None
        while i > 0:
            token = self.tokens[i]
            i -= 1
            if any(a < token.start < b for a, b in quoted):
                continue
            if token.tag == "ETM":
                clause = True
            elif (token.tag == "JX" and token.form in ("은", "는", "도")) or (
                token.tag in ("JKS", "JKO") and not clause
            ):
                phrase = self.phrase_ending(token.start)
                speaks = figure.kind not in ("count", "rank", "period") and self._speaks(i)
                if phrase is not None and phrase not in PRONOUNS and not speaks:
                    return phrase
            elif token.tag == "JKS":
                clause = False  # the clause that ended begins with its own subject
            elif token.tag == "JKB" and token.form == "에서" and not clause and where is None:
                where = self.phrase_ending(token.start)
            elif token.tag == "EC" and where is not None:
                break
        return where

    def _speaks(self, i: int) -> bool:
        """Whether the word that ends with token `i` is one who speaks: 서 소장, 전문가들, 보고서."""
        while i > 0 and self.tokens[i].form in ("들", "님"):
            i -= 1
        return titled(self.tokens[i])

    def _base(self, start: int) -> str | None:
        """What a ratio is taken of: 기존 AI 모델 대비 95%, 메타의 최신 AI 모델의 1/10."""
        head = self.text[:start].rstrip()
        if head.endswith("대비"):
            at = len(head) - 2
            at = len(self.text[:at].rstrip())
            if self.text[at - 1 : at] == ")":
                at = self.text.rfind("(", 0, at)
            for other in self.found:
                if other.end == at:
                    return self.text[other.start : other.end]
            return self.phrase_ending(at)
        if head.endswith("의"):
            return self.phrase_ending(len(head) - 1)
        if head.endswith("보다"):
            return self.phrase_ending(len(head) - 2)
        return None

    # ── noun phrases ─────────────────────────────────────────────────────────────────────────

    def phrase_ending(self, end: int) -> str | None:
        """The noun phrase that ends at `end`: nouns with a space or 의 between them."""
        i = self._at(end)
        return self._phrase(i - 1, i) if i and self.tokens[i - 1].end <= end else None

    def _phrase(self, last: int, stop: int) -> str | None:
        tokens, text = self.tokens, self.text
        i, nouns = last, 0
        first = None
        end = tokens[last].end
        while i >= 0 and nouns < _MOST_NOUNS:
            token = tokens[i]
            following = tokens[i + 1].start if i < last else end
            if following - token.end > 1 or (following > token.end and text[token.end] not in " '’‘\"”“·"):
                break
            per = token.tag == "NNB" and i < last and tokens[i + 1].form == "당"  # 개당 가격
            if per or token.tag in _NOUN or (token.tag in ("SN", "NR") and self._in_name(i)):
                first, nouns = i, nouns + 1
            elif not (
                (token.tag in ("SSO", "SSC", "SS") and token.form in "'’‘\"”“")
                or (first is not None and (token.tag == "JKG" or token.form == "·"))
            ):
                break
            i -= 1
        if first is None:
            return None
        while first < last and tokens[first].tag == "NNG" and tokens[first].form in _NOT_MEASURED:
            first += 1
        phrase = text[tokens[first].start : end].strip(" '’‘\"”“·")
        if phrase in _NOT_MEASURED or not phrase or (len(phrase) < 2 and not "가" <= phrase <= "힣"):
            return None
        for opening, closing in ("‘’", "“”"):
            if phrase.count(closing) > phrase.count(opening):
                phrase = phrase[phrase.rindex(closing) + 1 :].strip()  # not out of a quotation
        return phrase.replace("'", "").replace("‘", "").replace("’", "") or None

    def _in_name(self, i: int) -> bool:
        """Whether digits belong to a name: R1, H100."""
        tokens = self.tokens
        at = tokens[i].start
        if any(other.start <= at < other.end for other in self.found):
            return False
        after = i > 0 and tokens[i - 1].tag in ("SL", "NNP", "NNG") and tokens[i - 1].end == at
        return after or (
            i + 1 < len(tokens) and tokens[i + 1].tag == "SL" and tokens[i + 1].start == tokens[i].end
        )

    def _phrase_from(self, start: int) -> str | None:
        """The noun phrase that begins at `start`."""
        i = self._at(start)
        tokens = self.tokens
        last = None
        j = i
        while (
            j < len(tokens) and j < i + _MOST_NOUNS and (j == i or tokens[j].start - tokens[j - 1].end <= 1)
        ):
            if tokens[j].tag in _NOUN or (tokens[j].tag == "SN" and self._in_name(j)):
                last = j
            elif tokens[j].tag != "JKG":
                break
            j += 1
        if last is None or tokens[i].start != start:
            return None
        phrase = self.text[tokens[i].start : tokens[last].end]
        return phrase if phrase not in _NOT_MEASURED and len(phrase) > 1 else None

    # ── small steps ──────────────────────────────────────────────────────────────────────────

    def _at(self, offset: int) -> int:
        """The index of the first token that begins at or after `offset`."""
        return bisect_left(self.starts, offset)

    def _skip_space(self, at: int) -> int:
        return at + 1 if self.text[at : at + 1] == " " else at

    def _before_qualifier(self, start: int) -> int:
        match = re.search(
            r"(?:약|대략|최대|최소|무려|평균|총|연간|누적|거의)\s?$", self.text[max(0, start - 6) : start]
        )
        return start - len(match[0]) if match else start

    def _after_bracket(self, end: int) -> int:
        """The end of a bracket that repeats the figure in other units: 322억 달러(약 46조 원)."""
        if self.text[end : end + 1] == "(":
            close = self.text.find(")", end)
            if 0 < close < end + 30:
                return close + 1
        return end
