from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from store.text import clean, clean_line


def test_control_sequences_lose_their_power() -> None:
    assert clean("\x1b]52;c;aGVsbG8=\x07밑줄\x1b[31m") == "]52;c;aGVsbG8=밑줄[31m"
    assert clean("가\u202e나\u200b다\ufeff") == "가나다"


def test_line_ends_become_one_kind() -> None:
    assert clean("가\r\n나\r다\u2028라\x85마") == "가\n나\n다\n라\n마"


def test_nfd_becomes_nfc_even_across_a_removed_joiner() -> None:
    assert clean(unicodedata.normalize("NFD", "딥시크")) == "딥시크"
    assert clean("\u1103\u200b\u1175\u11b8") == "딥"


def test_one_line() -> None:
    assert clean_line("  딥시크\u3000 나비\n효과\t") == "딥시크 나비 효과"


@given(st.text())
def test_clean_is_idempotent_and_safe(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not [c for c in once if unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n"]
    assert "\n" not in clean_line(text)
