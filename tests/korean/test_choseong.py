from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.korean.choseong import choseong, is_choseong, matches


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
