"""What a web page's markup says goes into the article as it is: quotations, titles, numbers of lists."""

from __future__ import annotations

import re

import pytest

from store.ingest import parse
from store.model import Page
from tests.ingest.makers import PARAGRAPHS, TITLE

AFTER = "마을은 겨울을 함께 난다. 배추 삼백 포기를 절이고 장작을 나누어 쌓는다."


def read(body: str, head: str = f"<title>{TITLE}</title>") -> Page:
    source = f"<!doctype html><html><head>{head}</head><body><article>{body}</article></body></html>"
    return parse(source.encode(), name="a.html")[0][0]


@pytest.mark.parametrize(
    "behind",
    [
        '눈이 오면 길이 끊긴다. <a href="https://a.example/b">지난 이야기</a>',
        '지난 이야기는 <a href="https://a.example/b">여기에</a>',
        '해마다 이맘때면 온 마을이 모여 함께 김장을 한다. 올해는 삼백 포기를 절였다고 한다. <a href="/b">더 읽을 자료</a>',
    ],
)
def test_a_paragraph_with_a_link_behind_a_quotation_is_a_paragraph(behind: str) -> None:
    page = read(
        f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><blockquote>바다는 겨울에 더 깊다.</blockquote><p>{behind}</p><p>{AFTER}</p>"
    )
    assert [(block.type, page.text[block.start : block.end]) for block in page.blocks] == [
        ("paragraph", PARAGRAPHS[0]),
        ("quotation", "바다는 겨울에 더 깊다."),
        ("paragraph", re.sub("<[^>]+>", "", behind)),
        ("paragraph", AFTER),
    ]


@pytest.mark.parametrize("between", [" - ", " | ", " – ", " ㅣ "])
@pytest.mark.parametrize("title", ["겨울 바다", "첫눈", "겨울 바다를 건너는 사람들"])
def test_a_title_without_the_name_of_its_site(between: str, title: str) -> None:
    body = f"<h1>{title}</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>{AFTER}</p>"
    page = read(body, f"<title>{title}{between}바다신문</title>")
    assert (page.title, page.publisher) == (title, "바다신문")
    assert page.text == "\n\n".join((PARAGRAPHS[0], PARAGRAPHS[1], AFTER))


def test_a_dash_within_a_title_stands_before_no_site() -> None:
    page = read(f"<h1>겨울 - 봄</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>", "<title>겨울 - 봄</title>")
    assert (page.title, page.publisher) == ("겨울 - 봄", None)


def test_a_heading_in_place_of_the_title_is_not_lost() -> None:
    heading = "어시장에서 만난 얼굴들"
    body = f"<h1>{heading}</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = read(body, f'<meta property="og:title" content="{TITLE}">')
    assert page.title == TITLE
    assert heading in [line.text for line in page.removed]


def test_what_is_counted_keeps_its_numbers() -> None:
    items = "<ol><li>배를 올린다.</li><li>그물을 손질한다.</li></ol>"
    more = '<ol start="7"><li>닻을 내린다.</li><li value="9">불을 끈다.</li></ol><ul><li>별을 본다.</li></ul>'
    page = read(f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p>{items}<p>{PARAGRAPHS[1]}</p>{more}<p>{AFTER}</p>")
    found = [page.text[block.start : block.end] for block in page.blocks if block.type == "list_item"]
    assert found == [
        "1. 배를 올린다.",
        "2. 그물을 손질한다.",
        "7. 닻을 내린다.",
        "9. 불을 끈다.",
        "별을 본다.",
    ]
    assert "1. 배를 올린다." in [page.text[one.start : one.end] for one in page.sentences]
