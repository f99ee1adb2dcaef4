"""What a figure measures, in the article's words.

Korean puts what is measured before the figure, as its subject (V3의 개발 비용은 557만6000달러), in front of it (AI 투자금액 45조원) or of
its bracket (챗GPT(493만 명)), or after it as the head of the phrase (322억 달러 규모의 데이터센터 투자). The first of these that holds is
taken; what does not show stays None.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from store.korean import measurewords as words
from store.korean.bases import base_of, compared
from store.korean.figures import Found
from store.korean.kiwi import Token
from store.korean.namekinds import kind_of
from store.korean.phrases import NOT_MEASURED, NOUN, PRONOUNS, Phrases
from store.korean.roles import titled
from store.korean.subjects import Subjects


class Before:
    """The sentence before in the same paragraph: its figures, and what they measure."""

    def __init__(
        self, text: str, tokens: Sequence[Token], found: Sequence[Found], figures: Sequence[tuple[Found, str]]
    ) -> None:
        self._sentence = text, tokens, found
        self.figures = figures

    @cached_property
    def topic(self) -> str | None:
        """What it is about: its first topic that is not one who speaks."""
        # For most it is not asked.
        text, tokens, found = self._sentence
        phrases = Phrases(text, tokens, found)
        for i, token in enumerate(tokens):
            if token.tag == "JX" and token.form in ("은", "는") and i:
                phrase = phrases.ending(token.start)
                if phrase is not None and phrase not in PRONOUNS and not titled(tokens[i - 1]):
                    return phrase
        return None

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
        self.phrases = Phrases(text, tokens, found)
        self.subjects = Subjects(text, tokens, self.phrases)
        self.known: dict[int, str | None] = {}

    def told(self) -> Before:
        """For the sentence after this one."""
        told = [(f, m) for k, f in enumerate(self.found) if (m := self.of(k)) is not None]
        return Before(self.text, self.tokens, self.found, told)

    def of(self, k: int) -> str | None:
        """What figure `k` measures; None where that does not show, and for dates."""
        if k not in self.known:
            self.known[k] = None
            figure = self.found[k]
            self.known[k] = None if figure.kind == "date" else self._of(figure)
        return self.known[k]

    def _of(self, figure: Found) -> str | None:
        start = self.phrases.unqualified(figure.start)
        if self.text[start - 1 : start] == "(":
            return self._bracketed(start - 1, figure)
        end = self._after_bracket(figure.end)
        if figure.kind == "period" and words.LASTS.match(self.text, end):
            return None  # 두 시간 만에: how long something else took
        part = self._part_of(start)
        if part is not None:
            return part
        base = base_of(self.phrases, start) if figure.kind in ("ratio", "percent") else None
        phrase = self._noun_before(start) if figure.kind in ("ratio", "percent") and base is None else None
        phrase = (
            phrase
            or self._head_after(figure, end)
            or self._spent(figure, start, end)
            or self._invested(figure, start, end)
            or self._done(figure, start, end)
        )
        if phrase is None and base is None:
            phrase = self._noun_before(start) or self._owner(start, figure) or self._victims(figure, end)
        if phrase is None and figure.unit not in words.TIMES:
            phrase = self.subjects.of(start, end, figure)
        if phrase is None and base is None:
            phrase = self._carried(figure)
        if phrase is None and self.before is not None and compared(self.text, start) is not None:
            phrase = self.before.topic
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
        noun = self.phrases.ending(before)
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
            shared = self._alike(noun, figure)
            if shared is not None:
                return shared
            if figure.unit == "명" and kind_of(noun, None) == "product":
                return f"{noun} 사용자"
        return noun

    def _part_of(self, start: int) -> str | None:
        """직원 100명 가운데 40명: what the whole measures, that does its part."""
        among = words.AMONG.search(self.text, max(0, start - 12), start)
        if among is not None:
            for k, other in enumerate(self.found):
                if other.end == among.start() and other.kind in ("count", "money"):
                    return self.of(k)
        return None

    def _owner(self, start: int, figure: Found) -> str | None:
        """챗GPT의 9만 명: whose it is, with what the last figure of the kind measured."""
        head = self.text[:start].rstrip()
        if figure.kind in ("date", "period", "rank", "ratio", "percent") or not head.endswith("의"):
            return None
        noun = self.phrases.ending(len(head) - 1)
        return self._alike(noun, figure) or noun if noun is not None else None

    def _alike(self, noun: str, figure: Found) -> str | None:
        """What the last figure of the kind measured, but of `noun`: 챗GPT 주간 사용자 수."""
        shared = self.before.alike(figure) if self.before else None
        if shared is None or noun in shared:
            return None
        return f"{noun} {words.OWNED.sub('', words.STANDING.sub('', shared))}"

    def _victims(self, figure: Found, end: int) -> str | None:
        """3명이 숨지고: 숨진 사람."""
        i = self.phrases.at(end)
        if figure.unit != "명" or i + 1 >= len(self.tokens) or self.tokens[i].tag != "JKS":
            return None
        return words.VICTIMS.get(self.tokens[i + 1].form)

    def _carried(self, figure: Found) -> str | None:
        """What the sentence before was about, where this one names nothing of its own before the figure."""
        if self.before is None or figure.kind == "period":
            return None
        own = self.tokens[: self.phrases.at(figure.start)]
        for i, token in enumerate(own):
            if token.tag in ("JKS", "JKO") or (token.tag == "JX" and own[i - 1].tag != "JKB"):
                return None
        alike = self.before.alike(figure)
        return alike if alike is not None or figure.kind in ("rank", "number") else self.before.topic

    def _made_with(self, noun: str, bracket: int) -> str | None:
        """비용(약 560만 달러)으로 개발한 신규 모델 'R1': R1 개발 비용."""
        close = self.text.find(")", bracket)
        i = self.phrases.at(close + 1)
        tokens = self.tokens
        if close < 0 or i + 4 >= len(tokens) or tokens[i].form not in ("으로", "로", "을", "를"):
            return None
        verb, suffix, ending = tokens[i + 1 : i + 4]
        if verb.tag != "NNG" or suffix.tag != "XSV" or ending.tag != "ETM":
            return None
        j = i + 4
        last = None
        while j < len(tokens) and (
            tokens[j].tag in NOUN or tokens[j].tag in ("SN", "SSO", "SSC", "SS", "JKG", "MM")
        ):
            if tokens[j].tag in ("NNP", "SL", "NNG") or (tokens[j].tag == "SN" and self.phrases.in_name(j)):
                last = j
            j += 1
        if last is None:
            return None
        name = self.phrases.before(last)
        head = noun.split(" ")[-1]
        return f"{name.split(' ')[-1]} {verb.form} {head}" if name else None

    def _head_after(self, figure: Found, end: int) -> str | None:
        """322억 달러 규모의 데이터센터 투자, 95% 절감된 비용, 1/30에 불과한 비용, 100대 기업."""
        if figure.kind == "rank" and figure.unit in ("대", "번째") and self.text[end : end + 1] == " ":
            return self.phrases.beginning(end + 1)
        frame = words.FRAME.match(self.text, end)
        if frame is not None and frame[0].strip() and figure.unit not in words.WHOLE:
            phrase = self.phrases.beginning(frame.end())
            if phrase is not None and not (figure.kind in ("ratio", "percent") and frame[0].strip() == "의"):
                return phrase
        if figure.kind not in ("ratio", "percent"):
            return None
        i = self.phrases.at(end)
        tokens = self.tokens
        for j in range(i, min(i + 5, len(tokens))):
            if tokens[j].tag == "ETM" and tokens[j].start > end:
                if tokens[j].form[0] in "다라자" or self._objected(figure.start):
                    return None  # 40% 줄이겠다는 목표; 값을 95% 낮춘 모델
                return self.phrases.beginning(self._skip_space(tokens[j].end))
            if tokens[j].tag.startswith(("EF", "EC", "JX", "JKS", "SF")):
                return None
        return None

    def _objected(self, start: int) -> bool:
        """Whether the clause of a figure has named its object, or just its subject: 값을 95%, 매출이 5%."""
        i = self.phrases.at(self.phrases.unqualified(start)) - 1
        if i >= 0 and self.tokens[i].tag == "JKS":
            return True
        for token in reversed(self.tokens[max(0, i - 6) : i + 1]):
            if token.tag == "JKO":
                return True
            if token.tag in ("JKS", "JX", "EC", "EF", "ETM", "SP"):
                return False
        return False

    def _invested(self, figure: Found, start: int, end: int) -> str | None:
        """챗GPT 개발에 투자한 1억달러: 챗GPT 개발 투자. 투자한 3개 기업: 기업."""
        i = self.phrases.at(start) - 1
        tokens = self.tokens
        if figure.kind == "count" and i >= 0 and tokens[i].tag == "ETM":
            return self.phrases.beginning(end + 1) if self.text[end : end + 1] == " " else None
        if i < 2 or tokens[i].tag != "ETM" or tokens[i - 1].tag != "XSV" or tokens[i - 2].tag != "NNG":
            return None
        verb = tokens[i - 2]
        j = i - 3
        if j >= 0 and tokens[j].tag in ("JKB", "JKO", "JKS"):
            argument = self.phrases.ending(tokens[j].start)
            return f"{argument} {verb.form}" if argument else verb.form
        return None

    def _spent(self, figure: Found, start: int, end: int) -> str | None:
        """R1은 개발에 560만 달러가 들었다: R1 개발 비용. 챗GPT를 만드는 데 들인 1억달러: 챗GPT 비용."""
        if figure.kind != "money":
            return None
        i = self.phrases.at(start)
        tokens = self.tokens
        before = tokens[i - 1] if i else None
        if before is not None and before.tag == "ETM" and i > 1 and tokens[i - 2].form in words.SPENDING:
            j = i - 3
            while j > 0 and tokens[j].tag not in ("JKS", "EF", "SF"):
                if tokens[j].tag in ("JKO", "JKB") and tokens[j].form in ("을", "를", "에"):
                    phrase = self.phrases.ending(tokens[j].start)
                    if phrase is not None:
                        return f"{phrase} 비용"
                j -= 1
            return None
        k = self.phrases.at(end)
        while (
            k < len(tokens)
            and tokens[k].tag in ("JKS", "JX", "JKO", "NNG", "MAG")
            and k < self.phrases.at(end) + 3
        ):
            k += 1
        if k >= len(tokens) or tokens[k].form not in words.SPENDING or tokens[k].tag[:2] != "VV":
            return None
        if before is None or before.tag != "JKB" or before.form != "에":
            return None
        into = self.phrases.ending(before.start)
        if into is None:
            return None
        if into in words.ACTS:
            topic = self.subjects.of(before.start - len(into), end, figure)
            return f"{topic.split(' ')[-1]} {into} 비용" if topic else f"{into} 비용"
        return f"{into} 비용"

    def _done(self, figure: Found, start: int, end: int) -> str | None:
        """해담시는 항만에 5억원을 투자했다: 항만 투자."""
        tokens = self.tokens
        i = self.phrases.at(end)
        if figure.kind != "money" or (start and self._noun_before(start)):
            return None
        while i < len(tokens) and tokens[i].tag in ("NNG", "NNB", "MAG", "JX") and tokens[i].start < end + 6:
            i += 1
        if i + 2 >= len(tokens) or tokens[i].tag != "JKO" or tokens[i + 2].tag != "XSV":
            return None
        act = tokens[i + 1]
        if act.tag != "NNG" or act.form in words.REACHES:
            return None
        who: str | None = None
        for j in range(self.phrases.at(start) - 1, 0, -1):
            token = tokens[j]
            if token.tag in ("EC", "EF", "ETM", "JKO") or self.phrases.figure_at(token.start) is not None:
                break
            phrase = self.phrases.ending(token.start) if token.tag in ("JKB", "JKS", "JX") else None
            if phrase is None or phrase in PRONOUNS:
                continue
            if token.tag == "JKB" and token.form == "에":
                return f"{phrase} {act.form}"
            if token.tag == "JKS" or (token.form in ("은", "는") and tokens[j - 1].tag != "JKB"):
                who = who or phrase
        return f"{who} {act.form}" if who else act.form

    def _noun_before(self, start: int) -> str | None:
        at = start - 1 if self.text[start - 1 : start] == " " else start
        i = self.phrases.at(at)
        if i and self.tokens[i - 1].end == at and self.tokens[i - 1].tag in NOUN:
            if self.tokens[i - 1].form in NOT_MEASURED:
                return None
            phrase = self.phrases.ending(at)
            return None if phrase in words.WORLDS else phrase
        return None

    # ── small steps ──────────────────────────────────────────────────────────────────────────

    def _skip_space(self, at: int) -> int:
        return at + 1 if self.text[at : at + 1] == " " else at

    def _after_bracket(self, end: int) -> int:
        """The end of a bracket that repeats the figure in other units: 322억 달러(약 46조 원)."""
        if self.text[end : end + 1] == "(":
            close = self.text.find(")", end)
            if 0 < close < end + 30:
                return close + 1
        return end
