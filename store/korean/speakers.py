"""Who says a figure, where the sentence tells: ‘…에 따르면’, ‘…라고 하 센터장은 말했다’, ‘…의 주장이다’, ‘딥시크가 밝힌 비용’."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from store.korean.figures import Found
from store.korean.kiwi import Token
from store.korean.phrases import PRONOUNS, Phrases
from store.korean.roles import somebody, titled

_SAYING = re.compile(
    r"(?:말|강조|전망|분석|주장|설명|진단|지적|발표|보도|예상|추산|평가|예측|추정|반박|단언|소개|공개|언급|경고|우려|호소|당부|촉구|관측|토로)(?:했|한|하[며면는였])"
    r"|밝혔|밝히[며면]|밝힌|밝혀(?![지졌진])|덧붙였|덧붙이|전했|내다봤|꼬집었|털어놨|귀띔했|[\"”’](?:이?라)?(?:고|며) ?(?:했|한|봤)|(?:다|라|자)고 (?:했|한|봤|본|적었|적고|적혀|썼|쓰고|말|전|답)"
)
"""A verb of saying; not the passive (밝혀지지 않았다, 추정된다), which tells nobody."""
_CLAIM = frozenset({"주장", "설명", "분석", "전망", "지적", "발표", "추산", "추정", "진단", "평가", "말"})
_TELLING = re.compile(
    r"[이가] (?:직접 |최근 |처음 |[가-힣]{1,8}(?:에서|에|으로|로) )?(?:밝힌|발표한|공개한|추산한|추정한|제시한|주장한|주장하는|예상한|전망한|집계한)(?= )"
)
_QUOTE = re.compile(r"[“\"](.{2,}?)[”\"]", re.S)
_SIGNED = re.compile(r"\s?\(([^()\d]{1,20})\)")
"""Who is quoted, after the quotation: “…”(박 씨)."""
_COUNTED = re.compile(r" (?:추산|집계) (?:약 |최대 )?$")
_CLOSE = 14
"""How near the end of its sentence a verb is that the whole of it hangs on."""
_NEAR = 6
_TOLD_NEAR = 40


class Speakers:
    """Who says the figures of one sentence. `tokens` have offsets into `text`."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.phrases = Phrases(text, tokens)
        self.starts = self.phrases.starts
        self.quotes = [match.span() for match in _QUOTE.finditer(text)]
        self.said = [match.start() for match in _SAYING.finditer(text)]
        self.known, self.whole = self._of_all()

    def _of_all(self) -> tuple[bool, str | None]:
        """Whether what the sentence says of all that is in it tells who speaks, or that nobody does; and who."""
        tokens = self.tokens
        for i, token in enumerate(tokens[:-1]):
            if (
                token.form == "에"
                and i
                and tokens[i + 1].form in ("따르", "의하")
                and token.start == tokens[i - 1].end
            ):
                return True, self._who(token.start)
        for i in range(len(tokens) - 2, 1, -1):
            if tokens[i].form in _CLAIM and tokens[i].tag == "NNG" and tokens[i + 1].tag == "VCP":
                return True, self._who(tokens[i - 1].start) if tokens[i - 1].tag == "JKG" else None
        return False, None

    def of(self, found: Found) -> str | None:
        """Who says the figure: a person, an organisation or a role, in the sentence's words; None where it does not tell."""
        text, tokens, quotes = self.text, self.tokens, self.quotes
        if self.known:
            return self.whole
        counted = _COUNTED.search(text, max(0, found.start - 8), found.start)
        if counted is not None:
            told = self._who(counted.start())
            if told is not None:
                return told  # 주최 측 추산 10만명
        inside = next((span for span in quotes if span[0] <= found.start < span[1]), None)
        signed = _SIGNED.match(text, inside[1]) if inside is not None else None
        if signed is not None:
            last = bisect_left(self.starts, signed.end(1))
            name = signed[1].strip()
            return name if name.endswith(("씨", "님")) or somebody(tokens[last - 1 : last]) else None
        for match in _TELLING.finditer(text, max(0, found.start - _TOLD_NEAR), found.start):
            told = self._who(match.start())
            if told is not None and inside is None:
                return told
        said = self.said[bisect_left(self.said, found.end) :]
        if not said:
            return None
        if inside is None and found.kind == "date":
            return None  # when something was said, not what
        i = bisect_left(self.starts, said[-1]) - 1
        while i > 0 and tokens[i].tag in ("MAG", "JKB", "SP"):
            i -= 1
        if i > 0 and tokens[i].tag in ("JKS", "JX") and tokens[i].form in ("은", "는", "이", "가"):
            told = self._who(tokens[i].start)  # …였다고 항만공사가 밝혔다
            if told is not None:
                return told
        if inside is None and len(text) - said[-1] > _CLOSE and said[0] - found.end > _NEAR:
            return None
        return self._topic(inside)

    def _topic(self, inside: tuple[int, int] | None) -> str | None:
        """The topic before the quotation (the nearest), or of the sentence (the first) that can say something."""
        best: str | None = None
        for i in range(bisect_left(self.starts, inside[0] if inside else len(self.text)) - 1, 0, -1):
            token = self.tokens[i]
            if any(a <= token.start < b for a, b in self.quotes):
                continue
            if (token.tag == "JX" and token.form in ("은", "는")) or (inside and token.tag == "JKS"):
                told = self._who(token.start)
                if told is not None:
                    best = told
                    if inside:
                        break
        return best

    def _who(self, end: int) -> str | None:
        """The noun phrase that ends at `end`, if it can say something; of 시장조사업체 카날리스 only the name."""
        if self.text[end - 1 : end] == ")":
            end = len(self.text[: max(0, self.text.rfind("(", 0, end))].rstrip())  # 한국은행(BOK)은
        phrase = self.phrases.ending(end)
        if phrase is None or phrase in PRONOUNS:
            return None
        last = bisect_left(self.starts, end)
        words = self._words(last, phrase)
        if not words or not somebody(words[-1]):
            return None
        kept = phrase.split(" ")
        named = words[-1][0].tag in ("NNP", "SL") and not titled(words[-1][-1])
        if (
            len(words) > 1
            and len(kept) == len(words)
            and named
            and all(t.tag in ("NNG", "XSN", "SP") for t in words[-2])
        ):
            return kept[-1]
        return phrase

    def _words(self, last: int, phrase: str) -> list[list[Token]]:
        """The morphemes of the phrase before token `last`, word by word."""
        words: list[list[Token]] = []
        for token in self.tokens[max(0, last - 14) : last]:
            if words and token.word == words[-1][-1].word:
                words[-1].append(token)
            else:
                words.append([token])
        return words[-len(phrase.split(" ")) :]
