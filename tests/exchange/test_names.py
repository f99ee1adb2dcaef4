"""Names of files and hash tags out of other people's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.names import clean_name, file_stem, hashtag, tag_names


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("값싼 모형", "값싼 모형 a1b2c3"),
        ("../../x", "x a1b2c3"),
        ("/etc/passwd", "etc passwd a1b2c3"),
        ("..", "제목 없음 a1b2c3"),
        ("😀🎉", "제목 없음 a1b2c3"),
        ("", "제목 없음 a1b2c3"),
        ("a|b#c^d[e]:f?", "a b c d e f a1b2c3"),
        ("줄\n바꿈\x00\u202e", "줄 바꿈 a1b2c3"),
        ("CON", "CON a1b2c3"),
    ],
)
def test_file_names(title: str, expected: str) -> None:
    assert file_stem("a1b2c3d4e5f6", title) == expected


@given(st.text(max_size=400))
def test_any_title_is_a_safe_name(title: str) -> None:
    name = file_stem("a1b2c3d4e5f6", title) + ".md"
    assert len(name.encode()) <= 143
    assert not set(name) & set('/\\:*?"<>|#^[]\x00\n')
    assert not name.startswith((".", " "))


def test_a_long_title_is_cut_at_a_word() -> None:
    name = clean_name("딥러닝 모형의 값을 따져 보는 긴 제목 " * 20)
    assert len(name.encode()) <= 112
    assert name.split()[-1] in {"딥러닝", "모형의", "값을", "따져", "보는", "긴", "제목"}
    assert len(clean_name("가" * 300)) == 37


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("비용", "비용"),
        ("비용/개발", "비용/개발"),
        ("수출 통제", "수출-통제"),
        ("2025", "_2025"),
        ("#x!", "x"),
        ("a//b", "a/b"),
        ("R&D", "R-D"),
    ],
)
def test_hash_tags(tag: str, expected: str) -> None:
    assert hashtag(tag) == expected


def test_hash_tags_lead_back() -> None:
    assert tag_names(["수출 통제", "수출-통제", "비용"]) == {"수출-통제": "수출 통제", "비용": "비용"}
