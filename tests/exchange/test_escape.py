"""What is written reads as it was written, and a note stays inside its block and comes back whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store.exchange.escape import guard, literal, tidy_note, unguard
from store.text import clean

ALPHABET = "가나다 abc019-+=*_#>~`[]()<>!|\\^%$&;:./\n\t {}'\"※·"
awkward = st.text(ALPHABET, max_size=60)
markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(source: str) -> list[str]:
    """The words that a reader of `source` sees, line by line; anything but paragraphs is a failure."""
    lines: list[str] = []
    for token in markdown.parse(source):
        if token.type == "inline":
            for child in token.children or []:
                assert child.type in {"text", "softbreak", "text_special"}, (child.type, source)
            lines += "".join(
                "\n" if c.type == "softbreak" else c.content for c in token.children or []
            ).split("\n")
        else:
            assert token.type in {"paragraph_open", "paragraph_close"}, (token.type, source)
    return [" ".join(line.split()) for line in lines]


@given(awkward)
def test_literal_reads_as_written(text: str) -> None:
    expected = [" ".join(line.split()) for line in clean(text).split("\n")]
    assert shown(literal(text)) == [line for line in expected if line]


@given(awkward)
def test_a_cell_stays_one_cell(text: str) -> None:
    tokens = markdown.parse(f"| a | b |\n| --- | --- |\n| {literal(text, cell=True)} | 끝 |\n")
    cells = [t for t in tokens if t.type == "inline"]
    assert len(cells) == 4
    assert "".join(c.content for c in cells[2].children or []) == " ".join(clean(text).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/10~1/30에 불과", "1/10~1/30에 불과"),
        ("1~3개와 5~6개", "1\\~3개와 5\\~6개"),
        ("$5.6M에서 $6M", "\\$5.6M에서 \\$6M"),
        ("1. 첫째", "1\\. 첫째"),
        ("2025. 2. 14", "2025\\. 2. 14"),
        ("[/] [red]", "\\[/\\] \\[red\\]"),
        ("끝 ^id", "끝 \\^id"),
        ("==강조== %%숨김%%", "\\=\\=강조\\=\\= \\%\\%숨김\\%\\%"),
        ("https://example.org/a_b?c=1 참고", "https://example.org/a_b?c=1 참고"),
        ("빨강\x1b[31m", "빨강\\[31m"),
        (":--|--:", "\\:--|--:"),
    ],
)
def test_literal_forms(text: str, expected: str) -> None:
    assert literal(text) == expected


@given(awkward)
def test_a_note_comes_back(note: str) -> None:
    assert unguard(guard(note)) == tidy_note(note)
    assert guard(unguard(guard(note))) == guard(note)


@given(awkward)
def test_a_note_stays_inside(note: str) -> None:
    """Whatever the note, the paragraph after it is still a paragraph, and no heading, rule, quotation, fence or HTML came out of it."""
    tokens = markdown.parse(f"{guard(note)}\n\n뒤의 문단")
    assert [t.content for t in tokens if t.type == "inline"][-1:] == ["뒤의 문단"]
    kinds = {t.type for t in tokens}
    assert not kinds & {"heading_open", "hr", "fence", "blockquote_open", "html_block"}
    assert not any(c.type == "html_inline" for t in tokens for c in t.children or [])


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("**굵게** [[다른 글]] `code`", "**굵게** [[다른 글]] `code`"),
        ("- 하나\n- 둘", "- 하나\n- 둘"),
        ("제목\n---\n", "제목\n\\---"),
        ("# 제목 #태그", "\\# 제목 #태그"),
        ("> 남의 말", "\\> 남의 말"),
        ("```\ncode", "\\```\ncode"),
        ("끝에 ^mj-123", "끝에 \\^mj-123"),
        ("<script>", "\\<script>"),
        ("%%숨김%%", "\\%\\%숨김\\%\\%"),
        ("id:: 1", "id:\\: 1"),
        ("이미 \\$5", "이미 \\\\\\$5"),
    ],
)
def test_guard_forms(note: str, expected: str) -> None:
    assert guard(note) == expected
    assert unguard(expected) == tidy_note(note)
