"""A sentence or two are an article; less is refused with the right reason."""

from __future__ import annotations

import pytest

from store.errors import IngestError
from store.ingest import parse

NOTE = "회의에서 다리 예산을 다시 세우기로 했다."


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("name", ["메모.txt", "-"])
def test_a_sentence_is_an_article(encoding: str, name: str) -> None:
    ((page, _),) = parse(NOTE.encode(encoding), name=name)
    assert (page.title, page.text) == (NOTE, NOTE)
    assert len(page.sentences) == 1


def test_two_sentences_in_two_lines() -> None:
    ((page, _),) = parse(f"{NOTE}\n값은 모른다.\n".encode(), name="메모.txt")
    assert page.text == f"{NOTE}\n\n값은 모른다."
    assert page.title == NOTE


@pytest.mark.parametrize("text", ["ㅎㅎ", "로그인", "메뉴\n로그인\n회원가입\n", "12345.", "안녕."])
def test_what_is_no_sentence_is_too_short(text: str) -> None:
    with pytest.raises(IngestError, match="너무 짧아"):
        parse(text.encode(), name="메모.txt")


def test_a_broken_book_is_called_so() -> None:
    with pytest.raises(IngestError, match="손상된 EPUB"):
        parse(b"PK\x03\x04" + b"broken" * 40, name="책.epub")
