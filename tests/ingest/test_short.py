"""A sentence or two are an article; less is refused with the right reason."""

from __future__ import annotations

import pytest

from store.errors import IngestError
from store.ingest import parse
from store.model import Page

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


FIRST, SECOND = "등대가 사흘 만에 다시 켜졌다.", "어부들은 밤새 바다로 나갔다."
BARS = '<nav><a href="/">홈</a><a href="/news">뉴스</a></nav>', "<footer>회사소개 이용약관</footer>"


def web(body: str, head: str = "") -> Page:
    source = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return parse(source.encode(), name="소식.html")[0][0]


@pytest.mark.parametrize("head", ["", "<title>등대 소식</title>", "<title>등대 소식 | 해담일보</title>"])
@pytest.mark.parametrize(
    "body",
    [
        f"<p>{FIRST} {SECOND}</p>",
        f"<p>{FIRST}</p><p>{SECOND}</p>",
        f"{BARS[0]}<p>{FIRST}</p><p>{SECOND}</p>{BARS[1]}",
        "<div>" * 20_000 + f"<p>{FIRST}</p><p>{SECOND}</p>" + "</div>" * 20_000,
        "<div><!-- 칸 -->\n" * 20_000 + f"<p>{FIRST}</p><p>{SECOND}</p>" + "</div>" * 20_000,
    ],
    ids=["a paragraph", "two", "furniture", "deep", "deep with comments"],
)
def test_two_sentences_in_a_web_page(body: str, head: str) -> None:
    page = web(body, head)
    assert page.text.split() == f"{FIRST} {SECOND}".split()
    assert page.title in ("등대 소식", page.text.split("\n")[0])


@pytest.mark.parametrize(
    "body",
    [
        "".join(BARS),
        "<div>로그인이 필요합니다.</div><div>비밀번호를 입력하세요.</div>",
        "<p>요청하신 페이지를 찾을 수 없습니다.</p>",
        "<ul><li>봄</li><li>여름</li></ul>",
    ],
)
def test_a_web_page_without_a_sentence_of_an_article(body: str) -> None:
    with pytest.raises(IngestError, match="글을 찾지 못했습니다"):
        web(body, "<title>해담일보</title>")
