"""The subject of what is said of a figure: what a clause is about, before the figure in it.

해담시의 매출은 올해 5억원이다: 해담시의 매출. Who speaks is not meant, nor what stands in a clause of its own or in a quotation.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from store.korean import measurewords as words
from store.korean.bases import base_of
from store.korean.figures import Found
from store.korean.kiwi import Token
from store.korean.phrases import PRONOUNS, Phrases
from store.korean.roles import titled


class Subjects:
    """The subjects of the figures of one sentence. `tokens` have offsets into `text`."""

    def __init__(self, text: str, tokens: Sequence[Token], phrases: Phrases) -> None:
        self.text = text
        self.tokens = tokens
        self.phrases = phrases

    @cached_property
    def _quotes(self) -> list[tuple[int, int]]:
        """Where quotations stand in the sentence."""
        return [match.span() for match in words.ANY_QUOTE.finditer(self.text)]

    def of(self, start: int, end: int, figure: Found) -> str | None:
        """The topic, subject or object nearest before; not one inside a clause that has ended (오픈AI가 투자한 …), or a quotation; nor
        one who is quoted."""
        i = self.phrases.at(start) - 1
        quotes = self._quotes
        quoted = [span for span in quotes if not span[0] < start < span[1]]
        begin = next((a for a, b in quotes if a < start < b and words.QUOTED.match(self.text, b)), 0)
        clause = over = False
        where: str | None = None
        last = i
        while i > 0:
            token = self.tokens[i]
            i -= 1
            if token.start < begin:
                break
            if any(a < token.start < b for a, b in quoted):
                continue
            if token.tag == "ETM":
                # 매출이 5% 증가한 10억원: the clause tells of the figure itself.
                clause = i + 1 < last or self._changes(i) is False
            elif token.tag == "JX" and self.tokens[i].tag == "JKB":
                if self.tokens[i].form == "에서" and where is None:
                    where = self.phrases.ending(self.tokens[i].start)
            elif token.tag == "JX" and i + 2 < len(self.tokens) and self.tokens[i + 2].form == "물론":
                continue
            elif (token.tag == "JX" and token.form in ("은", "는", "도")) or (
                token.tag in ("JKS", "JKO") and not clause and not (over and token.tag == "JKO")
            ):
                phrase = self.phrases.ending(token.start)
                # 환자는 12명이다, but 경찰은 2만명이 모였다고 했다.
                plain = figure.kind in ("count", "rank", "period") and not self._acts(end)
                speaks = not plain and self._speaks(i)
                if phrase is not None and phrase not in PRONOUNS and not speaks:
                    return f"{self._relative(end) or ''} {phrase}".lstrip() if token.tag == "JKS" else phrase
            elif token.tag == "JKS":
                clause = False  # the clause that ended begins with its own subject
            elif token.tag == "JKB" and token.form == "에서" and not clause and where is None:
                where = self.phrases.ending(token.start)
            elif token.tag == "EC":
                if where is not None:
                    break
                over = True  # 수수료를 합쳐 132억원에: an object is its own verb's
        alone = figure.kind == "percent" and base_of(self.phrases, start) is None
        return where if alone or figure.kind == "rank" else None

    def _acts(self, end: int) -> bool:
        """Whether the figure that ends at `end` is the subject of a clause."""
        i = self.phrases.at(end)
        return i < len(self.tokens) and self.tokens[i].tag == "JKS" and self.tokens[i].start == end

    def _changes(self, i: int) -> bool:
        """Whether the verb that ends with token `i` is one of growing or falling."""
        while i > 0 and self.tokens[i].tag in ("XSV", "XSA", "EP"):
            i -= 1
        return self.tokens[i].form in words.CHANGES

    def _relative(self, end: int) -> str | None:
        """가격이 3만원 안팎인 새 등대: what the clause that the figure ends is said of."""
        tokens = self.tokens
        i = self.phrases.at(end)
        while i < len(tokens) and tokens[i].tag in ("NNG", "NNB", "XSN") and tokens[i].start < end + 6:
            i += 1
        if i + 2 < len(tokens) and tokens[i].tag == "VCP" and tokens[i + 1].tag == "ETM":
            return self.phrases.beginning(tokens[i + 2].start)
        return None

    def _speaks(self, i: int) -> bool:
        """Whether the word that ends with token `i` is one who speaks: 서 소장, 전문가들, 보고서."""
        while i > 0 and self.tokens[i].form in ("들", "님"):
            i -= 1
        return titled(self.tokens[i])
