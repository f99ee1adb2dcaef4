"""What is lit in a passage that was found."""

from __future__ import annotations

import pytest

from store.library import Library
from tui.reasons import explain


@pytest.mark.parametrize(
    ("query", "lit"),
    [("부풀리다", "부풀려"), ("시민단체", "시민 단체"), ("주민들에게", "주민들"), ("열리다", "열린")],
)
def test_a_word_is_lit_in_the_form_in_which_it_stands(library: Library, query: str, lit: str) -> None:
    (hit,) = library.search(query)
    assert explain(library, hit, [query]).words == (lit,)
