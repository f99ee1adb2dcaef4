"""Names: people, organisations, places, products.

Kiwi finds the proper nouns; the rules here give them their whole extent (수원+지검, 서울 강남구 역삼동, 삼성+전자), find what Kiwi takes apart
(양+희+종) or takes for common nouns (방송통신위원회, 경찰), drop what is no name (AI, km), and say what kind each is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from store.korean.gazetteer import (
    COMMON_LATIN,
    COMMON_WORDS,
    COMPANIES,
    COUNTRIES,
    COUNTRY_BODIES,
    INNER_WORDS,
    ORGANISATION_SUFFIXES,
    ORGANISATIONS,
    PLACE_SUFFIXES,
    PRODUCTS,
    STRONG_ORGANISATIONS,
    SURNAMES,
    TITLES,
)
from store.korean.kiwi import Token
from store.korean.namekinds import Found, foreign, kind_of, korean_person, well_known
from store.korean.people import broken_people, single_people
from store.model import Name, NameKind, Span


class _Stem(NamedTuple):
    """The nouns of a word, without what is attached: tokens `[first, last)`."""

    first: int
    last: int
    start: int
    end: int


_STEM_TAGS = frozenset({"NNG", "NNP", "SL", "SN", "SH", "XSN", "XPN", "NR", "XR"})
_HANJA = re.compile(r"\(([一-鿿]{2,4})[),]")
_GLOSS = re.compile(r"(?<=[가-힣A-Za-z’'])(\([A-Za-z][^()가-힣]*\))")
_TITLE = re.compile(r"[『《〈][^『』《》〈〉\n]{1,60}[』》〉]")
_PAPERS = ("일보", "신문", "타임스", "저널", "포스트", "뉴스", "경제", "방송")
_ENDINGS = tuple(ORGANISATION_SUFFIXES)
_PLAIN = frozenset({"NNG", "XSN", "NR", "SN", "XR", "SH", "XPN"})
_NAMED_BY_NOUNS = ORGANISATIONS | COMPANIES
_LATIN_JOINERS = frozenset("&-.+'")


def names(text: str, tokens: Sequence[Token]) -> list[Found]:
    """The names in a sentence, in order, not overlapping. `text` is what the tokens were made of."""
    found: list[Found] = []
    for stem in _stems(tokens):
        found.extend(_in_stem(text, tokens, stem))
    surnames = [i for i, token in enumerate(tokens) if token.form[0] in SURNAMES]
    if surnames:
        found.extend(broken_people(text, tokens, surnames, found))
        found.extend(single_people(tokens, surnames, found))
    if not found:
        return found
    if len(found) > 1:
        found = _latin_joined(text, sorted(found))
    return _aliases(text, _outside_titles(text, _joined(text, tokens, found)))


def _outside_titles(text: str, found: list[Found]) -> list[Found]:
    """Without what is called in the title of a film, a book or a programme: 《서울의 봄》; a paper in such marks (《해담일보》) stays."""
    titles = [match.span() for match in _TITLE.finditer(text)]
    return [
        each
        for each in found
        if not any(a < each.start < b for a, b in titles)
        or (each.kind == "organisation" and text[each.start : each.end].endswith(_PAPERS))
    ]


# ── inside one word ──────────────────────────────────────────────────────────────────────────────


def _stems(tokens: Sequence[Token]) -> list[_Stem]:
    """The stems that may hold a name. A common noun by itself, as most are, is one only if it names one body, or somebody (보라 씨)."""
    stems: list[_Stem] = []
    reached, count = 0, len(tokens)
    for i, token in enumerate(tokens):
        if token.tag not in _STEM_TAGS or i < reached:
            continue
        end = token.end
        j = i + 1
        while j < count:
            following = tokens[j]
            if following.start != end:
                break
            if following.tag in _STEM_TAGS:
                j += 1
            elif (
                following.form in _LATIN_JOINERS
                and tokens[j - 1].tag in ("SL", "SN")
                and j + 1 < count
                and tokens[j + 1].tag in ("SL", "SN")
                and tokens[j + 1].start == following.end
            ):
                j += 2
            else:
                break
            end = tokens[j - 1].end
        reached = j
        if (
            j > i + 1
            or token.tag not in _PLAIN
            or token.form in _NAMED_BY_NOUNS
            or (j < count and tokens[j].form == "씨")
        ):
            stems.append(_Stem(i, j, token.start, end))
    return stems


def _in_stem(text: str, tokens: Sequence[Token], stem: _Stem) -> list[Found]:
    own = tokens[stem.first : stem.last]
    whole = text[stem.start : stem.end]
    following = tokens[stem.last] if stem.last < len(tokens) else None
    proper = [t for t in own if t.tag == "NNP" or (t.tag == "SL" and t.form not in COMMON_LATIN)]
    if own[0].tag == "SN" and len(own) > 1 and own[1].tag == "SL":
        return []  # a figure with its unit, or 3D
    if not proper:
        if whole in COMPANIES:
            return [Found(stem.start, stem.end, "organisation")]
        if whole in ORGANISATIONS:
            return [Found(stem.start, stem.end, "organisation")]
        last = own[-1].form
        if len(own) > 1 and last in STRONG_ORGANISATIONS and own[0].tag != "SN" and len(whole) >= 4:
            return [Found(stem.start, stem.end, "organisation")]
        if following is not None and following.form == "씨" and len(own) == 1 and 2 <= len(whole) <= 4:
            return [Found(stem.start, stem.end, "person")]
        return []
    ending = own[-1].form
    if len(own) > 1 and own[-1].tag in ("NNG", "XSN", "NNP", "SL"):
        size = len(whole)
        if ending in ORGANISATION_SUFFIXES and size > 2:
            return [Found(stem.start, stem.end, "organisation")]
        if ending in PLACE_SUFFIXES and size > 2 and own[-1].tag != "XSN" and own[-2].tag in ("NNP", "NNG"):
            return [Found(stem.start, stem.end, "place")]
    found: list[Found] = []
    i = 0
    while i < len(own):
        token = own[i]
        if token.tag == "NNP":
            j = i + 1
            while j < len(own) and own[j].tag in ("NNP", "SL") and own[j].form not in COMMON_LATIN:
                j += 1
            if j < len(own) and own[j].tag == "SN" and own[j - 1].tag == "SL":
                j += 1
        elif token.tag == "SL":
            j = i + 1
            while j < len(own) and own[j].tag in ("SL", "SN", "SO", "SW", "SP", "SF", "SY", "NNP"):
                j += 1
            part = text[token.start : own[j - 1].end]
            if part in COMMON_LATIN or (token.form in COMMON_LATIN and part == token.form) or part.islower():
                i = j
                continue
        else:
            # 오픈+AI, 문+샷+AI: what touches letters from the front belongs to them.
            if (
                token.tag in ("NNG", "XR")
                and any(t.tag == "SL" for t in own[i + 1 : i + 3])
                and "가" <= token.form[0] <= "힣"
            ):
                j = i + 1
                while j < len(own) and own[j].tag in ("NNG", "SL", "SN"):
                    j += 1
                    if own[j - 1].tag == "SL":
                        break
                part = text[token.start : own[j - 1].end]
                if part in COMPANIES or part in PRODUCTS or len(own) == j:
                    found.append(Found(token.start, own[j - 1].end, kind_of(part, None)))
                i = j
                continue
            i += 1
            continue
        start, end = token.start, own[j - 1].end
        part = text[start:end]
        after = own[j] if j < len(own) else following
        if _is_name(part, own[i:j], after):
            found.append(Found(start, end, kind_of(part, after)))
        i = j
    return found


def _is_name(part: str, own: Sequence[Token], after: Token | None) -> bool:
    if len(part) == 1:
        if part.isascii():
            return after is not None and after.form in ("씨", "군", "양")
        return (part in SURNAMES and after is not None and after.form in TITLES) or part in "미중일북한"
    if part in COMMON_LATIN or part in COMMON_WORDS:
        return False
    return not (part.isascii() and part.islower())


# ── across words ─────────────────────────────────────────────────────────────────────────────────


def _joined(text: str, tokens: Sequence[Token], found: list[Found]) -> list[Found]:
    """Names of several words: 경기 수원시 팔달구, 앙겔라 메르켈, 미국 수사 당국."""
    out: list[Found] = []
    for each in found:
        if (
            out
            and each.start == out[-1].end + 1
            and text[out[-1].end] == " "
            and _go_together(text, out[-1], each)
        ):
            kind = _joint_kind(text, out[-1], each)
            out[-1] = Found(out[-1].start, each.end, kind)
        else:
            out.append(each)
    if all(each.kind != "place" or text[each.end : each.end + 1] != " " for each in out):
        return out
    by_start = {token.start: i for i, token in enumerate(tokens)}
    return [_with_body(text, tokens, by_start, each, out) for each in out]


def _latin_joined(text: str, found: list[Found]) -> list[Found]:
    """South China Morning Post, Scale AI: capitalised words with a space between are one name."""
    out: list[Found] = []
    for each in found:
        if (
            out
            and text[out[-1].end : each.start] == " "
            and text[out[-1].start : each.end].replace(" ", "").isascii()
            and text[each.start].isupper()
            and not text[out[-1].end - 1].isdigit()
        ):
            out[-1] = Found(out[-1].start, each.end, out[-1].kind if each.kind == "product" else each.kind)
        else:
            out.append(each)
    return out


def _joint_kind(text: str, first: Found, second: Found) -> NameKind:
    a, b = text[first.start : first.end], text[second.start : second.end]
    if first.kind == "place":
        return "organisation" if b.endswith(_ENDINGS) else "place"
    if second.kind == "organisation" and (well_known(b) or not foreign(a)):
        return "organisation"
    return "person" if {first.kind, second.kind} <= {"person", "organisation"} else second.kind


def _go_together(text: str, first: Found, second: Found) -> bool:
    a, b = text[first.start : first.end], text[second.start : second.end]
    last = a.split(" ")[-1]
    if a.isascii() or b.isascii():
        return False
    if first.kind == "place":
        if b in COUNTRIES or len(b) == 1:
            return False
        return (
            second.kind in ("place", "organisation")
            and b not in COMPANIES
            and b not in ORGANISATIONS | PRODUCTS
        )
    if korean_person(last) or len(last) == 1 or len(b) == 1:
        return False
    if first.kind == "product" or second.kind == "product":
        return False
    if second.kind == "place":
        return False
    if a in COMPANIES or b in COMPANIES or a in ORGANISATIONS or b in ORGANISATIONS:
        return False
    if korean_person(b) and not text[second.end : second.end + 2].strip("(").isascii():
        return False
    return not (well_known(a) or well_known(b) or b in TITLES)


def _with_body(
    text: str, tokens: Sequence[Token], by_start: dict[int, int], each: Found, others: Sequence[Found]
) -> Found:
    """A place with the body that follows it: 미국 정부, 샌프란시스코 공항, 남아공 월드컵 대표팀."""
    if each.kind != "place" or text[each.end : each.end + 1] != " ":
        return each
    i = by_start.get(each.end + 1)
    if i is None:
        return each
    j = i
    if tokens[j].form in INNER_WORDS and j + 1 < len(tokens) and tokens[j + 1].start == tokens[j].end + 1:
        j += 1
    end = j
    while (
        end + 1 < len(tokens)
        and tokens[end + 1].start == tokens[end].end
        and tokens[end + 1].tag in ("NNG", "XSN")
    ):
        end += 1
    body = "".join(t.form for t in tokens[j : end + 1])
    if body not in COUNTRY_BODIES or any(
        o.start <= tokens[j].start < o.end and o.end != tokens[end].end for o in others
    ):
        return each
    kind: NameKind = (
        "place" if body in ("공항", "국제공항", "호텔", "경기장", "광장", "병원") else "organisation"
    )
    return Found(each.start, tokens[end].end, kind)


def _aliases(text: str, found: list[Found]) -> list[Found]:
    """Names in order, without what is inside another; `also` set for the second form in 딥시크(DeepSeek)."""
    out: list[Found] = []
    glosses = [match.span(1) for match in _GLOSS.finditer(text)] if "(" in text else []
    for each in sorted(found, key=lambda f: (f.start, -f.end)):
        if out and each.start < out[-1].end:
            continue
        bracketed = text[max(0, each.start - 1) : each.start] == "(" and text[each.end : each.end + 1] == ")"
        own = text[each.start : each.end]
        if bracketed and own.isascii():
            # Written once in Hangul and once in letters, the two are one; after a common noun (오픈소스(Open Source)) neither is a name.
            if out and out[-1].end == each.start - 1 and not text[out[-1].start : out[-1].end].isascii():
                each = Found(each.start, each.end, out[-1].kind, True)
            elif "가" <= text[max(0, each.start - 2)] <= "힣":
                continue
        if any(a < each.start < b and not (a + 1 == each.start and each.end + 1 == b) for a, b in glosses):
            continue
        hanja = _HANJA.match(text, each.end)
        if hanja is not None and each.kind == "organisation" and not hanja[1].endswith(tuple("省市縣州區")):
            each = each._replace(kind="person")
        out.append(each)
    return out


# ── of an article ────────────────────────────────────────────────────────────────────────────────


def collected(
    texts: Sequence[str], starts: Sequence[int], found: Sequence[Sequence[Found]]
) -> tuple[Name, ...]:
    """The names of an article, most frequent first.

    A name and its other form in brackets (딥시크(DeepSeek)) are one, under the form that stands more often.

    Args:
        texts: the sentences.
        starts: where each begins in the article.
        found: the names of each.
    """
    kinds: dict[str, Counter[NameKind]] = {}
    spans: dict[str, list[Span]] = {}
    other: dict[str, str] = {}
    for text, start, own in zip(texts, starts, found, strict=True):
        before = ""
        for each in own:
            name = text[each.start : each.end]
            if each.also and before:
                other.setdefault(name, before)
            if name not in spans:
                kinds[name], spans[name] = Counter(), []
            kinds[name][each.kind] += 1
            spans[name].append(Span(start=start + each.start, end=start + each.end))
            before = name
    for second, first in other.items():
        if second in spans and first in spans and second != first:
            main, minor = (first, second) if len(spans[first]) >= len(spans[second]) else (second, first)
            spans[main] = sorted(spans[main] + spans.pop(minor), key=lambda span: span.start)
            kinds[main] += kinds.pop(minor)
    _full_names(kinds, spans)
    return tuple(
        Name(text=name, kind=kinds[name].most_common(1)[0][0], count=len(own), spans=tuple(own))
        for name, own in sorted(spans.items(), key=lambda item: (-len(item[1]), item[1][0].start))
    )


def _full_names(kinds: dict[str, Counter[NameKind]], spans: dict[str, list[Span]]) -> None:
    """하 센터장 is 하정우 where the article has just one full name of that surname."""
    for short in [name for name in spans if len(name) == 1 and not name.isascii()]:
        full = [
            name
            for name in spans
            if len(name) == 3 and name[0] == short and kinds[name].most_common(1)[0][0] == "person"
        ]
        if len(full) == 1:
            spans[full[0]] = sorted(spans[full[0]] + spans.pop(short), key=lambda span: span.start)
            del kinds[short]
