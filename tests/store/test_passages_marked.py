"""What is marked is what was meant, however little of the article's text was fetched for it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.anchoring import CONTEXT
from store.errors import InvalidError
from store.index import Index, unpack_until
from store.library import Library
from store.tables import pack


@given(st.text("가나 다\n😀𠮷a", max_size=60), st.integers(0, 70))
def test_the_beginning_of_a_packed_text(text: str, end: int) -> None:
    found = unpack_until(pack(text), end)
    assert text.startswith(found)
    assert len(found) >= min(end, len(text))


@pytest.mark.parametrize("letters", ["가나다라 마바사", "가나다😀 마바𠮷", "😀", "plain 글"])
def test_a_mark_quotes_its_passage_wherever_it_is(library: Library, letters: str) -> None:
    rng = random.Random(letters)
    id = library.add(f"제목\n{letters * 40}끝".encode(), name="a.txt")[0].id
    assert id is not None
    text = library.article(id).text
    for _ in range(20):
        start = rng.randrange(len(text) - 9)
        mark = library.annotate(id, start, start + 9)
        if rng.random() < 0.5:
            # The next one finds nothing of this text that was fetched before.
            library._shelf._text, library._shelf._begun = (None, ""), None
        assert mark.exact == text[mark.start : mark.end] == text[start : start + 9].strip()
        assert mark.prefix == text[max(0, mark.start - CONTEXT) : mark.start]
        assert mark.suffix == text[mark.end : mark.end + CONTEXT]
        assert start <= mark.start < mark.end <= start + 9
    last = library.annotate(id, len(text) - 1, len(text))
    assert (last.exact, last.suffix) == ("끝", "")


@pytest.mark.parametrize("places", [(9, 3), (-1, 3), (3, 3), (0, 999), (998, 999), (0, 10**30)])
def test_a_wrong_range_is_told_with_the_length_of_the_text(
    library: Library, article: str, places: tuple[int, int]
) -> None:
    length = len(library.article(article).text)
    with pytest.raises(InvalidError, match=f"0:{length}"):
        library.annotate(article, *places)
    assert library.annotations() == []


def test_the_text_is_fetched_twice_at_most(
    library: Library, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []
    real = Index.text

    def text(self: Index, id: str, until: int | None = None) -> str | None:
        fetched.append("all" if until is None else "beginning")
        return real(self, id, until)

    monkeypatch.setattr(Index, "text", text)
    for start in range(4):
        library.annotate(article, start, start + 5)
    assert fetched == ["beginning", "all"]
