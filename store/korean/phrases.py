"""Noun phrases of a sentence, as Kiwi's morphemes give them: what a figure may measure, and who may speak."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from store.korean.figures import Found
from store.korean.kiwi import Token

NOUN = frozenset({"NNG", "NNP", "SL", "SH", "XSN", "XPN", "XR"})
PRONOUNS = frozenset({
    "그", "그녀", "이", "우리", "나", "저", "이들", "그들", "이는", "것", "이것", "여기", "거기", "누구", "무엇", "그때", "이때", "지금", "이번", "요즘", "자신", "본인",
})  # fmt: skip
NOT_MEASURED = frozenset(
    {
        "최근", "현재", "기준", "지난해", "작년", "올해", "내년", "하루", "오늘", "어제", "이날", "당시", "경우", "대비", "이상", "이하", "결과", "가운데", "중", "등",
        "관련", "최대", "최소", "평균", "총", "약", "대략", "무려", "추가", "연속", "전체", "매년", "매월", "매달", "연간", "월", "앞서", "이후", "이전", "나머지",
        "지난달", "이달", "지난주", "전년", "전월", "동기", "상반기", "하반기", "그때", "지금", "이번", "연", "사상", "역대", "전날", "당초", "애초", "원래", "추산", "주요", "새", "사이", "일주일", "이틀", "사흘",
    }
)  # fmt: skip
_MOST_NOUNS = 7
_WEAK = frozenset({"돈", "금액", "액수", "값", "비용", "자금", "예산", "인원", "사람", "양", "수"})
"""Nouns that say what is measured only with the clause before them: 등대에 들인 돈."""
_MOST_CLAUSE = 8
_ENGLISH = re.compile(
    r"(?:^|\s)(?:of|or|and|about|the|a|an|in|on|at|to|by|for|with|from|is|was|are|were|be|than|that|it|as|up|only)$"
)
_BEFORE = re.compile(
    r"(?:(?:약|대략|최대|최소|최고|최저|무려|총|연간|누적|거의|적어도|많게는|적게는|불과|사상|(?:하루|연|월|일)? ?평균|(?<![가-힣])(?:연|월|하루))"
    r"|[\dA-Za-z㎏㎡㎞]+당|(?<![가-힣])(?:[개건명인대평회병잔주톤]|가구|시간|편|권|장|달러|유로|배럴|온스|리터|그램|킬로|미터|학생|학급|세대)당)\s?$"
)


class Phrases:
    """The noun phrases of one sentence. `tokens` have offsets into `text`; `found` are its figures, in order."""

    def __init__(self, text: str, tokens: Sequence[Token], found: Sequence[Found] = ()) -> None:
        self.text = text
        self.tokens = tokens
        self.found = found
        self.starts = [token.start for token in tokens]
        self.figures = [figure.start for figure in found]

    def at(self, offset: int) -> int:
        """The index of the first token that begins at or after `offset`."""
        return bisect_left(self.starts, offset)

    def ending(self, end: int) -> str | None:
        """The noun phrase that ends at `end`: nouns with a space or 의 between them."""
        i = self.at(end)
        return self.before(i - 1) if i and self.tokens[i - 1].end <= end else None

    def before(self, last: int) -> str | None:
        """The noun phrase whose last token is `last`."""
        tokens, text = self.tokens, self.text
        i, nouns = last, 0
        first = None
        end = tokens[last].end
        while i >= 0 and nouns < _MOST_NOUNS:
            token = tokens[i]
            following = tokens[i + 1].start if i < last else end
            if following - token.end > 1 or (following > token.end and text[token.end] not in " '’‘\"”“·"):
                break
            figure = self.figure_at(token.start)
            if figure is not None:
                # 인구 10만 명당 사고, 회사의 2분기 매출; not 3명 직원.
                if figure.kind != "date":
                    if not text.startswith("당", figure.end):
                        break
                    first = i
                i -= 1
                continue
            # 개당 가격, 주최 측
            per = token.tag == "NNB" and (
                tokens[i + 1].form == "당" if i < last else token.form in ("측", "씨", "님")
            )
            if (token.tag == "NNB" or token.form == "인") and i < last and self._numbered(i):
                first, i = i - 1, i - 2  # 학생 1인당 교육비, 1인 가구
                continue
            if per or token.tag in NOUN or (token.tag in ("SN", "NR") and self.in_name(i)):
                first, nouns = i, nouns + 1
            elif not (
                (token.tag in ("SSO", "SSC", "SS") and token.form in "'’‘\"”“")
                or (first is not None and (token.tag == "JKG" or token.form == "·"))
            ):
                break
            i -= 1
        return None if first is None else self._trimmed(first, last)

    def _numbered(self, i: int) -> bool:
        """Whether digits that are no figure touch token `i` from before."""
        before = self.tokens[i - 1] if i else None
        return (
            before is not None
            and before.tag == "SN"
            and before.end == self.tokens[i].start
            and self.figure_at(before.start) is None
        )

    def _trimmed(self, first: int, last: int) -> str | None:
        tokens = self.tokens
        while (
            first < last
            and tokens[first].tag == "NNG"
            and tokens[first].form in NOT_MEASURED
            and tokens[first + 1].start > tokens[first].end
        ):
            first += 1
        phrase = self.text[tokens[first].start : tokens[last].end].strip(" '’‘\"”“·")
        if phrase in NOT_MEASURED or not phrase or (len(phrase) < 2 and not "가" <= phrase <= "힣"):
            return None
        for opening, closing in ("‘’", "“”"):
            if phrase.count(closing) > phrase.count(opening):
                phrase = phrase[phrase.rindex(closing) + 1 :].strip()  # not out of a quotation
        phrase = phrase.replace("'", "").replace("‘", "").replace("’", "")
        if phrase.isascii() and _ENGLISH.search(phrase):
            return None  # words of an English sentence, not a name
        if phrase in _WEAK:
            return self._with_clause(first, last)
        return phrase or None

    def _with_clause(self, first: int, last: int) -> str:
        """등대에 들인 돈, 회사가 새 모델에 쓴 돈: a weak noun with what its clause says of it."""
        tokens = self.tokens
        noun = self.text[tokens[first].start : tokens[last].end]
        if not first or tokens[first - 1].tag != "ETM" or self.figure_at(tokens[first - 1].start):
            return noun
        begin = None
        particle = True
        for i in range(first - 1, max(-1, first - 1 - 2 * _MOST_CLAUSE), -1):
            token = tokens[i]
            if self.figure_at(token.start) is not None or (
                token.tag[0] == "S" and token.tag not in ("SL", "SN", "SH")
            ):
                break
            if token.tag in ("EC", "EF", "JX", "JC") or (token.tag == "ETM" and i < first - 1):
                break
            if token.tag.startswith("JK") and token.tag != "JKG":
                if token.tag == "JKS" and not particle:
                    break
                particle = token.tag != "JKS"
            elif token.tag in NOUN and (
                i == 0 or tokens[i - 1].end < token.start or tokens[i - 1].tag[0] == "S"
            ):
                begin = i
        while begin is not None and tokens[begin].form in NOT_MEASURED and begin + 1 < first:
            begin += 1
        if begin is None:
            return noun
        return self.text[tokens[begin].start : tokens[last].end]

    def beginning(self, start: int) -> str | None:
        """The noun phrase that begins at `start`."""
        i = self.at(start)
        tokens = self.tokens
        last = None
        j = i
        while (
            j < len(tokens)
            and j < i + 2 * _MOST_NOUNS
            and (j == i or tokens[j].start - tokens[j - 1].end <= 1)
        ):
            if tokens[j].tag in NOUN or (tokens[j].tag == "SN" and self.in_name(j)):
                last = j
            elif tokens[j].tag != "JKG":
                break
            j += 1
        if last is None or tokens[i].start != start:
            return None
        phrase = self.text[tokens[i].start : tokens[last].end]
        return phrase if phrase not in NOT_MEASURED and len(phrase) > 1 else None

    def figure_at(self, at: int) -> Found | None:
        """The figure of the sentence that `at` lies in."""
        i = bisect_right(self.figures, at) - 1
        return self.found[i] if i >= 0 and at < self.found[i].end else None

    def in_name(self, i: int) -> bool:
        """Whether digits belong to a name: R1, H100."""
        tokens = self.tokens
        if self.figure_at(tokens[i].start) is not None:
            return False
        after = i > 0 and tokens[i - 1].tag in ("SL", "NNP", "NNG") and tokens[i - 1].end == tokens[i].start
        return after or (
            i + 1 < len(tokens) and tokens[i + 1].tag == "SL" and tokens[i + 1].start == tokens[i].end
        )

    def unqualified(self, start: int) -> int:
        """Where a figure that begins at `start` begins with the words that qualify it: 약, 하루 평균, 1kg당."""
        for _ in range(2):
            match = _BEFORE.search(self.text, max(0, start - 8), start)
            if match is None:
                break
            start = match.start()
        return start
