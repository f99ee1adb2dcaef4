"""What is lit in a passage that was found."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from store.library import Library
from store.model import Keyword
from tests.tui.conftest import extracts
from tui.reasons import explain


@pytest.mark.parametrize(
    ("query", "lit"),
    [("부풀리다", "부풀려"), ("시민단체", "시민 단체"), ("주민들에게", "주민들"), ("열리다", "열린")],
)
def test_a_word_is_lit_in_the_form_in_which_it_stands(library: Library, query: str, lit: str) -> None:
    (hit,) = library.search(query)
    assert explain(library, hit, [query]).words == (lit,)


@pytest.mark.parametrize("query", ["ㄷㅊ", "ekscp"])
def test_of_a_keyword_only_what_was_meant_is_lit(library: Library, query: str) -> None:
    bridge = next(summary.id for summary in library.list() if summary.title.startswith("강"))
    read = replace(extracts(library, bridge), keywords=(Keyword(text="시민 단체", score=1, count=1),))
    library._shelf.save(library.article(bridge), read)
    (hit,) = [hit for hit in library.search(query) if hit.article == bridge]
    assert explain(library, hit, query.split()).words[-1] == "단체"
