from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.korean.dubeolsik import FINALS, INITIALS, VOWELS, compose, decompose, keystrokes

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("비용", "qldyd"),
        ("딥시크", "elqtlzm"),
        ("값을", "rkqtdmf"),
        ("닭이", "ekfrdl"),
        ("쌌다", "TkTek"),
        ("왜", "dho"),
        ("의뢰", "dmlfhl"),
        ("예얘", "dPdO"),
        ("빠짜따까", "QkWkEkRk"),
        ("R1 개발비", "R1 roqkfql"),
    ],
)
def test_words(text: str, keys: str) -> None:
    assert keystrokes(text) == keys
    if keys.isalpha():
        assert compose(keys) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("gj", "허"),
        ("j", "ㅓ"),
        ("Q", "ㅃ"),
        ("rkrk", "가가"),
        ("ekfrl", "달기"),
        ("ekfr", "닭"),
        ("rkqt", "값"),
        ("rkqtl", "갑시"),
        ("hk", "ㅘ"),
        ("hkk", "ㅘㅏ"),
        ("rr", "ㄱㄱ"),
        ("rt", "ㄱㅅ"),
        ("rkE", "가ㄸ"),
        ("rkEk", "가따"),
        ("rkTT", "갔ㅆ"),
        ("dkssud, gktpdy!", "안녕, 하세요!"),
        ("GKSK", "하나"),
        ("", ""),
    ],
)
def test_typing(keys: str, text: str) -> None:
    assert compose(keys) == text


def test_a_key_alone_and_pressed_in_hangul_mode_gives_the_key_back() -> None:
    for key in string.ascii_lowercase:
        assert keystrokes(compose(key)) == key
    for key in "QWERTOP":
        assert keystrokes(compose(key)) == key
    for key in "ASDFGHJKLZXCVBNMYUI":
        assert keystrokes(compose(key)) == key.lower()


def test_every_syllable_survives_the_round_trip() -> None:
    for code in range(0xAC00, 0xD7A4):
        assert compose(keystrokes(chr(code))) == chr(code)


def test_tables_are_whole() -> None:
    assert (len(INITIALS), len(VOWELS), len(FINALS)) == (19, 21, 28)
    for jamo in (*INITIALS, *VOWELS, *FINALS[1:]):
        assert keystrokes(jamo).isascii()


@given(SYLLABLES)
def test_syllables_round_trip(text: str) -> None:
    assert compose(keystrokes(text)) == text


@given(st.text(alphabet=string.ascii_lowercase + "QWERTOP", max_size=20))
def test_keys_round_trip(keys: str) -> None:
    assert keystrokes(compose(keys)) == keys


@given(st.text(max_size=20))
def test_any_text(text: str) -> None:
    assert "".join(decompose(c) for c in keystrokes(text)) == keystrokes(text)
    compose(text)
