from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import InvalidError
from store.query import Term, parse


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("딥시크  비용", [Term("word", "딥시크"), Term("word", "비용")]),
        ('"개발 비용" GPT', [Term("phrase", "개발 비용"), Term("word", "gpt")]),
        ("“개발 비용”", [Term("phrase", "개발 비용")]),
        ("-규제 -tag:주장", [Term("word", "규제", True), Term("tag", "주장", True)]),
        ('-"개발 비용"', [Term("phrase", "개발 비용", True)]),
        ("tag:#비용/개발/", [Term("tag", "비용/개발")]),
        ('tag:"비용"', [Term("tag", "비용")]),
        ("source:노컷뉴스 author:홍길동", [Term("source", "노컷뉴스"), Term("author", "홍길동")]),
        ("after:2025-02 before:2025.3.1", [Term("after", "2025-02"), Term("before", "2025-03-01")]),
        ("after:2025", [Term("after", "2025")]),
        ("has:note has:marks is:unread", [Term("has", "note"), Term("has", "marks"), Term("is", "unread")]),
        ("is:truncated is:앞부분만", [Term("is", "truncated"), Term("is", "truncated")]),
        ("태그:비용 출처:신문", [Term("tag", "비용"), Term("source", "신문")]),
        ("http://a.b 10:30", [Term("word", "http://a.b"), Term("word", "10:30")]),
        ("- 가", [Term("word", "-"), Term("word", "가")]),
        ("https://a.b 3:1", [Term("word", "https://a.b"), Term("word", "3:1")]),
        ("Re:제목 host:80 주제:", [Term("word", "re:제목"), Term("word", "host:80"), Term("word", "주제:")]),
        ('"foo:bar"', [Term("phrase", "foo:bar")]),
        ('""', []),
        ("ㄱ\u200b\u202e나", [Term("word", "ㄱ나")]),
    ],
)
def test_queries(text: str, terms: list[Term]) -> None:
    assert list(parse(text).terms) == terms


@pytest.mark.parametrize(
    "text",
    [
        '"열린',
        "tag:",
        "has:색",
        "is:없음",
        "after:어제",
        "after:2025-13",
        "before:",
        "tag:#",
        "foo:bar",
        "-foo:bar",
        "가 주제:비용",
        'tag:"',
        "가" * 1001,
        "가 " * 33,
    ],
)
def test_malformed_queries_say_what_is_wrong(text: str) -> None:
    with pytest.raises(InvalidError) as caught:
        parse(text)
    assert caught.value.korean
    assert "\n" not in caught.value.korean


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_a_clear_error(text: str) -> None:
    with suppress(InvalidError):
        assert all(term.value for term in parse(text).terms)


@pytest.mark.parametrize("query", ['가 "나\n다', 'after:"가\n나"', 'has:"가\n나"'])
def test_what_is_wrong_with_a_query_of_several_lines_is_said_in_one(query: str) -> None:
    with pytest.raises(InvalidError) as said:
        parse(query)
    assert "\n" not in said.value.korean + said.value.english


def test_a_condition_that_there_is_not_is_named() -> None:
    with pytest.raises(InvalidError) as said:
        parse("비용 foo:bar")
    assert "foo:" in said.value.korean
    assert "tag:" in said.value.korean
    assert '"foo:bar"' in said.value.korean
