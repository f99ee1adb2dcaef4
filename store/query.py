"""The query language, the same everywhere:

words, `"exact phrase"`, `-not`, `tag:비용` (and below), `source:`, `author:`, `after:`, `before:`, `has:note`, `has:marks`, `is:unread`.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from store.errors import InvalidError
from store.terms import fold
from store.text import clean, clean_line

Kind = Literal["word", "phrase", "tag", "source", "author", "title", "after", "before", "has", "is"]

MAX_QUERY = 1000
"""Code points in a query."""

MAX_TERMS = 32

HAS = {
    "note": "note",
    "notes": "note",
    "메모": "note",
    "marks": "marks",
    "mark": "marks",
    "highlights": "marks",
    "밑줄": "marks",
    "tag": "tags",
    "tags": "tags",
    "태그": "tags",
    "figures": "figures",
    "수치": "figures",
}
IS = {
    "unread": "unread",
    "안읽음": "unread",
    "read": "read",
    "읽음": "read",
    "truncated": "truncated",
    "앞부분만": "truncated",
    "절단": "truncated",
    "lost": "lost",
    "uncertain": "uncertain",
    "moved": "moved",
}
FIELDS: dict[str, Kind] = {
    "tag": "tag",
    "태그": "tag",
    "source": "source",
    "출처": "source",
    "author": "author",
    "글쓴이": "author",
    "title": "title",
    "제목": "title",
    "after": "after",
    "이후": "after",
    "before": "before",
    "이전": "before",
    "has": "has",
    "is": "is",
}

_NAMED = r"([a-z]+|[가-힣]+):(?=[^\s\d/:])"
"""What looks like a condition; a time (12:30), an address and `Re:` do not."""

_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"


class Term(Struct, frozen=True):
    """One condition. `value` is folded for comparison (dates and the values of `has:` and `is:` as listed above)."""

    kind: Kind
    value: str
    negated: bool = False


class Query(Struct, frozen=True):
    """Conditions that all have to hold."""

    terms: tuple[Term, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What has to be in the text, folded."""
        return tuple(
            term.value for term in self.terms if term.kind in ("word", "phrase") and not term.negated
        )


def parse(text: str) -> Query:
    """The conditions of a query.

    Raises:
        InvalidError: an unclosed quotation mark, an unknown condition (`foo:bar`), an unknown `has:` or `is:`, a field without a value,
            no date where one belongs, too long.
    """
    if len(text) > MAX_QUERY:
        raise InvalidError(
            f"검색어가 {MAX_QUERY}자를 넘습니다.", f"The query is longer than {MAX_QUERY} characters."
        )
    terms = tuple(_terms(clean(text)))
    if len(terms) > MAX_TERMS:
        raise InvalidError(
            f"조건이 {MAX_TERMS}개를 넘습니다.", f"The query has more than {MAX_TERMS} conditions."
        )
    return Query(terms)


def _terms(text: str) -> list[Term]:
    terms: list[Term] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        negated = text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
        at += negated
        kind: Kind = "word"
        name, colon, _ = text[at:].partition(":")
        if colon and name.lower() in FIELDS:
            kind = FIELDS[name.lower()]
            at += len(name) + 1
        elif unknown := re.compile(_NAMED).match(text, at):
            raise _no_such(unknown[1], text[at:].split()[0])
        value, at, quoted = _value(text, at)
        if kind == "word" and quoted:
            kind = "phrase"
        term = _term(kind, value, negated)
        if term is not None:
            terms.append(term)
    return terms


def _no_such(name: str, word: str) -> InvalidError:
    known = ", ".join(f"{kind}:" for kind in dict.fromkeys(FIELDS.values()))
    shown = word.replace('"', "")
    return InvalidError(
        f'‘{name}:’ 조건은 없습니다. 쓸 수 있는 조건: {known}. 그대로 찾으려면 따옴표로 묶으세요: "{shown}"',
        f'There is no condition ‘{name}:’. The conditions are {known}. To find it as it is, quote it: "{shown}"',
    )


_QUOTES = {'"': '"', "“": "”"}


def _value(text: str, at: int) -> tuple[str, int, bool]:
    if at < len(text) and text[at] in _QUOTES:
        end = text.find(_QUOTES[text[at]], at + 1)
        if end < 0:
            end = text.find('"', at + 1)
        if end < 0:
            shown = clean_line(text[at:])
            raise InvalidError(
                f'따옴표가 닫히지 않았습니다: {shown}. "를 닫으세요.',
                f"A quotation mark is not closed: {shown}",
            )
        return text[at + 1 : end], end + 1, True
    end = at
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[at:end], end, False


def _term(kind: Kind, value: str, negated: bool) -> Term | None:
    value = value.strip()
    shown = clean_line(value)
    if not value:
        if kind in ("word", "phrase"):
            return None
        raise InvalidError(f"{kind}: 뒤에 값이 없습니다.", f"There is nothing after {kind}:")
    if kind in ("after", "before"):
        date = "-".join(part.strip().zfill(2) for part in re.split(r"[-./]", value.rstrip("-./")))
        if not re.fullmatch(_DATE, date):
            raise InvalidError(
                f"날짜가 아닙니다: {shown}. 2025, 2025-02, 2025-02-14처럼 쓰세요.",
                f"Not a date: {shown}. Write 2025, 2025-02 or 2025-02-14.",
            )
        return Term(kind, date, negated)
    if kind in ("has", "is"):
        known = HAS if kind == "has" else IS
        if value.lower() not in known:
            values = ", ".join(dict.fromkeys(known.values()))
            raise InvalidError(
                f"{kind}: 뒤에 올 수 없는 말입니다: {shown}. 쓸 수 있는 말: {values}",
                f"{kind}: does not take {shown}. It takes {values}",
            )
        return Term(kind, known[value.lower()], negated)
    if kind == "tag":
        value = value.lstrip("#").strip("/")
        if not value:
            raise InvalidError("tag: 뒤에 값이 없습니다.", "There is nothing after tag:")
    return Term(kind, fold(value), negated)
