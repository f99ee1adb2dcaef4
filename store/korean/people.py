"""People whom Kiwi takes apart (양+희+종), and those named by their surname alone (박 씨, 하 센터장)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.korean.gazetteer import TITLES
from store.korean.kiwi import Token
from store.korean.namekinds import Found

_BROKEN = frozenset({"NNG", "NNP", "MM", "NR", "XSN", "XPN", "MAG", "NNB", "IC", "NP", "XR"})
_MARKS = frozenset({"SS", "SSO", "SP", "SW", "SO", "SSC"})
_THREE_SYLLABLES = re.compile(r"[가-힣]{3}")


def broken_people(
    text: str, tokens: Sequence[Token], surnames: Sequence[int], found: Sequence[Found]
) -> list[Found]:
    """The names that stand in pieces. `surnames`: the tokens that begin with one, in order; `found`: what is known to be a name, from which
    a surname that belongs to one of these is taken away."""
    people: list[Found] = []
    reached, count = 0, len(tokens)
    for i in surnames:
        token = tokens[i]
        if (
            i < reached
            or len(token.form) > 2
            or (i and tokens[i - 1].end == token.start and tokens[i - 1].tag not in _MARKS)
        ):
            continue
        j = i
        while (
            j < count
            and tokens[j].tag in _BROKEN
            and (j == i or tokens[j].start == tokens[j - 1].end)
            and tokens[j].end - token.start <= 3
        ):
            j += 1
        if (
            j - i >= 2
            and tokens[j - 1].end - token.start == 3
            and any(t.end - t.start == 1 for t in tokens[i:j])
            and _THREE_SYLLABLES.fullmatch(text, token.start, token.start + 3)
            and _closes(tokens, j)
            and _odd(tokens[i:j])
            and not any(
                f.start < tokens[j - 1].end and token.start < f.end and f.end - f.start >= 3 for f in found
            )
        ):
            people.append(Found(token.start, tokens[j - 1].end, "person"))
            reached = j
    if not people:
        return people
    return [p for p in people if not any(f.start < p.end and p.start < f.end for f in found)] + _replacing(
        people, found
    )


def _replacing(people: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """Broken names of which Kiwi took the surname for a name of its own: the whole takes its place."""
    whole: list[Found] = []
    for person in people:
        over = [f for f in found if f.start < person.end and person.start < f.end]
        if over and isinstance(found, list):
            for f in over:
                found.remove(f)
            whole.append(person)
    return whole


def _closes(tokens: Sequence[Token], j: int) -> bool:
    """Whether a name may end before token `j`: a particle, a title, a mark or the end follows."""
    if j >= len(tokens):
        return True
    following = tokens[j]
    if following.start > tokens[j - 1].end:
        return following.form in TITLES or following.tag in ("NNG", "NNB", "NNP", "MM")
    return following.tag.startswith(("J", "S", "VCP")) or following.form in TITLES


def _odd(own: Sequence[Token]) -> bool:
    """Whether Kiwi's reading is one that no word has: three pieces, or pieces that do not go together."""
    tags = [t.tag for t in own]
    if len(own) == 3:
        return not (
            tags[-1] == "NNB"
            or tags[0] == "NR"
            or (tags[0] == "MM" and own[0].form in ("이", "한", "두", "세"))
        )
    if own[0].tag == "NNP" and len(own[0].form) == 1:
        return own[1].tag in ("NNG", "NNP", "MAG", "XR", "IC")
    return False


def single_people(tokens: Sequence[Token], surnames: Sequence[int], found: Sequence[Found]) -> list[Found]:
    """박 씨, 김모(33)씨, 하 센터장: a surname alone. `surnames`, `found` as for `broken_people`."""
    people: list[Found] = []
    for i in surnames:
        token = tokens[i]
        if len(token.form) > 1 or i + 1 == len(tokens):
            continue
        following = tokens[i + 1]
        if (
            token.end - token.start == 1
            and token.tag in ("NNP", "NNG", "NNB", "MM", "XPN", "NP", "NR", "MAG", "IC", "XSN")
            and (i == 0 or tokens[i - 1].end < token.start or tokens[i - 1].tag.startswith("S"))
            and (
                (
                    following.form in ("씨", "모")
                    and following.start - token.end <= 1
                    and following.tag in ("NNB", "NP")
                )
                or (
                    following.form in TITLES
                    and following.start == token.end + 1
                    and following.tag in ("NNG", "NNP")
                    and len(following.form) > 1
                    and token.tag in ("NNP", "NNG", "MM")
                )
            )
            and not (
                token.tag == "MM"
                and token.form in ("이", "한", "전", "두", "현")
                and following.form not in ("씨", "모")
            )
            and not any(f.start <= token.start < f.end for f in found)
        ):
            people.append(Found(token.start, token.end, "person"))
    return people
