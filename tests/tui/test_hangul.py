"""Keys pressed in Hangul mode are dispatched as the strokes that made them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.hangul import expand, key_name, strokes


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("ㅓ", "j"),
        ("허", "gj"),
        ("ㄳ", "rt"),
        ("넋", "sjrt"),
        ("ㅃ", "Q"),
        ("ㅘ", "hk"),
        ("훿", "gnprt"),
        ("₩", "\\"),
        ("／", "/"),
        ("？", "?"),
        ("３", "3"),
        ("ﾾ", "g"),  # half-width ㅎ
        ("\u1112\u1165", "gj"),  # conjoining, uncomposed
        ("\u11aa", "rt"),  # a final by itself
        ("j", "j"),
    ],
)
def test_strokes(text: str, latin: str) -> None:
    assert strokes(text) == latin


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=4))
def test_composed_and_taken_apart_give_the_same_strokes(text: str) -> None:
    assert strokes(unicodedata.normalize("NFD", text)) == strokes(text)
    assert strokes(text).isascii()


def test_expand_gives_one_key_for_each_stroke() -> None:
    assert expand("허", "허") == [("g", "g"), ("j", "j")]
    assert expand("ㅃ", "ㅃ") == [("q", "q")], "Shift with a letter is the letter"
    assert expand("₩", "₩") == [("backslash", "\\")]


def test_capitals_are_folded_and_all_else_goes_on_as_it_is() -> None:
    assert expand("J", "J") == [("j", "j")]
    for key, character in [
        ("j", "j"),
        ("down", None),
        ("slash", "/"),
        ("ctrl+y", None),
        ("漢", "漢"),
        ("1", "1"),
    ]:
        assert expand(key, character) is None


def test_key_names_are_those_of_textual() -> None:
    assert [key_name(c) for c in "j/,[ "] == ["j", "slash", "comma", "left_square_bracket", "space"]
