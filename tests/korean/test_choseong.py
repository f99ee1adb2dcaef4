from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.korean.choseong import choseong, is_choseong, matches, pattern


def test_choseong() -> None:
    assert choseong("딥시크 R1") == "ㄷㅅㅋ R1"
    assert choseong(unicodedata.normalize("NFD", "딥시크")) == "ㄷㅅㅋ"
    assert choseong("쌀ㅋㅋ값") == "ㅆㅋㅋㄱ"


@pytest.mark.parametrize(
    ("query", "expected"),
    [("ㄷㅅㅋ", True), ("ㄷ ㅅ", True), ("ㄳ", True), ("", False), (" ", False), ("ㅏ", False), ("딥ㅅ", False), ("rk", False)],
)  # fmt: skip
def test_is_choseong(query: str, expected: bool) -> None:
    assert is_choseong(query) is expected


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("딥시크", "중국 딥시크 돌풍"),
        ("deepseek", "DeepSeek R1"),
        ("STRASSE", "Straße"),
        ("große é", "GROSSE É"),
        ("ㄷㅅㅋ", "중국 딥시크 돌풍"),
        ("딥ㅅㅋ", "딥시크"),
        ("ㄳ", "가성비"),
        ("데이터센터", "데이터 센터"),
        ("ㄷㅇㅌ ㅅㅌ", "데이터센터"),
        ("qldyd", "개발 비용"),
        ("elqtlzm", "딥시크"),
        ("ㅗㅜ", "hn 뉴스"),
        ("", "무엇이든"),
        (unicodedata.normalize("NFD", "비용"), "비용/개발"),
    ],
)
def test_finds(query: str, text: str) -> None:
    assert matches(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("딥시크", "오픈AI"),
        ("ㄷㅅㅋ", "알리바바"),
        ("딥ㅅㅌ", "딥시크"),
        ("r", "가나"),
        ("ㄱ", "나라"),
        ("qldyd", "비밀"),
    ],
)
def test_does_not_find(query: str, text: str) -> None:
    assert not matches(query, text)


@given(st.text(max_size=12))
def test_every_text_is_found_by_itself_and_by_its_choseong(text: str) -> None:
    assert matches(text, text)
    assert matches(choseong(text), text)


def test_a_pattern_finds_within_one_line_and_says_what() -> None:
    names = "신생 기업 딥 시크\n개발 비용"
    assert [found.group() for word in ("ㄷㅅㅋ", "qldyd", "기업딥") if (found := pattern(word).search(names))] == [
        "딥 시크", "비용", "기업 딥",
    ]  # fmt: skip
    assert pattern("시크개발").search(names) is None
