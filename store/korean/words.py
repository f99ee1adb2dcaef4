"""From Kiwi's morphemes to words: nouns, rejoined Latin names, verbs. What keywords, names, terms and figures build on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from store.korean.kiwi import Token

WordKind = Literal["noun", "act", "proper", "latin", "number", "verb"]


class Word(msgspec.Struct, gc=False):
    """A word: its `term` (lower case; verbs with 다), what it is, and `[start, end)` in the sentence. An `act` is a noun used as a verb
    (개발 in 개발했다)."""

    term: str
    kind: WordKind
    start: int
    end: int


_NOUNS = frozenset({"NNG", "NNP", "XR", "SH"})
_LETTERS = frozenset({"SL", "SN", "W_SERIAL", "W_URL", "W_EMAIL", "W_HASHTAG", "W_MENTION"})
_VERBS = frozenset({"VV", "VV-R", "VV-I", "VA", "VA-R", "VA-I"})
_CONTENT = _NOUNS | _LETTERS | _VERBS | {"XPN"}
_WEAK_VERBS = {
    "하", "되", "있", "없", "않", "이", "같", "보", "주", "지", "말", "못하", "위하", "대하", "따르", "통하", "관하", "의하", "나오", "받",
    "오", "가", "들", "나", "내", "알", "밝히", "싶", "아니", "그렇", "이렇", "어떻", "어떠하", "그러", "이러", "만하", "가지", "맞", "듯하",
}  # fmt: skip
_WEAK_NOUNS = {
    "것", "수", "등", "때", "때문", "경우", "가운데", "이번", "지난", "최근", "이날", "관련", "현재", "당시", "이후", "이전", "정도", "점", "바",
    "중", "후", "전", "위", "앞", "뒤", "안", "밖", "이상", "이하", "미만", "초과", "대비", "기준", "부분", "사실", "모습", "다음", "오늘", "어제", "내일",
    "올해", "지난해", "작년", "내년", "가량", "안팎", "개", "명", "씨", "이유", "의미", "자체", "자신", "사람", "생각", "말", "일", "년", "월",
}  # fmt: skip
# Words that any article has and no article is about; they still tell what a sentence says.
_DULL_NOUNS = {
    "필요", "가능", "가능성", "필요성", "상황", "방식", "과정", "문제", "역할", "수준", "규모", "결과", "이용", "활용", "제기", "등장", "통해", "대상", "분야", "본격", "효과", "영향", "전망", "예상", "설명", "강조", "지적", "계획", "추진", "진행", "발표", "마련", "확대", "강화", "시작", "주장", "지원", "제공", "사용", "운영", "확보", "증가", "감소", "변화", "기회", "위기", "기존", "최대", "최고", "국내", "해외", "세계", "전체", "일부", "내용", "방법", "목표", "기대", "우려", "참여", "관계자", "이야기", "모두", "하나",
}  # fmt: skip
_JOINERS = frozenset("-–./&+_·'’")


def words(text: str, tokens: Sequence[Token]) -> list[Word]:
    """The content words of a sentence, in order. `text` is what the tokens were made of."""
    found: list[Word] = []
    count = len(tokens)
    following = 0
    for i, token in enumerate(tokens):
        tag = token.tag
        if tag not in _CONTENT or i < following:
            continue
        if tag in _LETTERS:
            following = _latin(text, tokens, i, found)
        elif tag in _NOUNS:
            form = token.form.replace(" ", "")
            # 챗+GPT, 오픈+AI: a Latin part that touches a noun from behind belongs to its name.
            if (
                i + 1 < count
                and tokens[i + 1].tag == "SL"
                and tokens[i + 1].start == token.end
                and "가" <= form[0] <= "힣"
            ):
                end = _latin_end(text, tokens, i + 1)
                start = token.start
                # 문+샷+AI: what Kiwi does not know comes in pieces.
                while found and found[-1].end == start and found[-1].kind in ("noun", "act", "proper"):
                    start = found.pop().start
                found.append(_word(text, start, tokens[end - 1].end, "latin"))
                following = end
            elif len(form) > 1 or tag == "NNP":
                acts = i + 1 < count and tokens[i + 1].tag in ("XSV", "XSA") and tag != "NNP"
                kind: WordKind = "proper" if tag == "NNP" else "act" if acts else "noun"
                found.append(Word(form.lower(), kind, token.start, token.end))
            elif "가" <= form <= "힣":
                following = _short_noun(text, tokens, i, found)
        elif tag in _VERBS:
            if token.form not in _WEAK_VERBS:
                found.append(Word(token.form + "다", "verb", token.start, token.end))
        elif i + 1 < count and tokens[i + 1].tag in _NOUNS and tokens[i + 1].start == token.end:
            found.append(_word(text, token.start, tokens[i + 1].end, "noun"))
            following = i + 2
    return found


def terms(found: Sequence[Word]) -> tuple[str, ...]:
    """The content terms of a sentence's words, without those that say nothing of the subject."""
    return tuple([word.term for word in found if word.kind != "number" and word.term not in _WEAK_NOUNS])


def is_weak(term: str) -> bool:
    """Whether a noun is too common to be a keyword or to tell what a sentence is about."""
    return term in _WEAK_NOUNS or term in _DULL_NOUNS


def _word(text: str, start: int, end: int, kind: WordKind) -> Word:
    return Word(text[start:end].lower(), kind, start, end)


def _short_noun(text: str, tokens: Sequence[Token], i: int, found: list[Word]) -> int:
    """A noun of one syllable says little alone (칩, 돈) but much with its neighbour: kept, joined to one it touches."""
    token = tokens[i]
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if (
        following is not None
        and following.tag in ("NNG", "XSN")
        and following.start == token.end
        and len(following.form) == 1
    ):
        found.append(_word(text, token.start, following.end, "noun"))
        return i + 2
    found.append(Word(token.form, "noun", token.start, token.end))
    return i + 1


def _latin_end(text: str, tokens: Sequence[Token], i: int) -> int:
    """The index after the run of Latin letters, digits and joining marks that begins at token `i`."""
    end = i + 1
    while end < len(tokens) and tokens[end].start == tokens[end - 1].end:
        tag = tokens[end].tag
        if tag in ("SL", "SN"):
            end += 1
        elif (
            tag in ("SO", "SW", "SP", "SF", "SY", "SSO")
            and tokens[end].form in _JOINERS
            and end + 1 < len(tokens)
            and tokens[end + 1].tag in ("SL", "SN")
            and tokens[end + 1].start == tokens[end].end
        ):
            end += 2
        else:
            break
    return end


def _latin(text: str, tokens: Sequence[Token], i: int, found: list[Word]) -> int:
    token = tokens[i]
    if token.tag.startswith("W_"):
        return i + 1
    end = _latin_end(text, tokens, i)
    part = text[token.start : tokens[end - 1].end]
    if not any(character.isalpha() for character in part):
        found.append(Word(part, "number", token.start, tokens[end - 1].end))
        return end
    # SK+하이닉스: letters that touch a proper noun are its first part.
    if (
        end < len(tokens)
        and tokens[end].tag == "NNP"
        and tokens[end].start == tokens[end - 1].end
        and len(tokens[end].form) > 1
    ):
        end += 1
    found.append(_word(text, token.start, tokens[end - 1].end, "latin"))
    return end
