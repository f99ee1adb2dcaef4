from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.text import clean
from tui.article.widths import _TABLE, cells, shorten, visible, widths


@given(st.text())
def test_the_quick_way_and_the_table_agree(text: str) -> None:
    assert widths(text) == bytes(_TABLE[char] for char in text)


def test_wide_narrow_and_none() -> None:
    assert list(widths("가A\t\n中…\u200b")) == [2, 1, 1, 0, 2, 1, 0]
    assert list(widths("🙂가")) == [2, 2]


@given(st.text())
def test_what_is_sent_takes_the_cells_that_were_counted(text: str) -> None:
    text = clean(text)
    assert cell_len(visible(text)) == cells(text)


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_sent(text: str) -> None:
    shown = visible(text + "\x1b]52;c;aGk=\x07\x9b31m\u202e\u2066\u200b\r\n")
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in shown)
    assert not any(char in shown for char in "\u202e\u2066\u200b\u2028\ufeff")


@given(st.text(), st.integers(0, 40))
def test_shortened_text_fits(text: str, width: int) -> None:
    short = shorten(text, width)
    assert cells(short) <= width
    if cells(text) <= width:
        assert short == text


def test_what_ends_in_dots_is_not_shortened_with_more() -> None:
    assert shorten("강국 가능”… 네이버 개발자", 12) == "강국 가능”…"
