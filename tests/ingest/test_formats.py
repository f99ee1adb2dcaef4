"""Markdown, books, PDF and feeds."""

from __future__ import annotations

import io

import pypdf
import pytest

from store.errors import IngestError
from store.ingest import parse
from store.model import BlockType, Page
from tests.ingest.makers import BODY, PARAGRAPHS, TITLE, epub, pdf


def blocks(page: Page) -> list[tuple[str, int, str]]:
    return [(block.type.value, block.level, page.text[block.start : block.end]) for block in page.blocks]


MARKDOWN = f"""---
title: "{TITLE}"
source: "https://example.org/market/7"
author:
  - "권이든"
publisher: "물결일보"
published: 2024-11-02
tags:
  - 시장/새벽
---

# {TITLE}

{PARAGRAPHS[0]}
이 줄은 위 문단에 이어진다.

## 숫자로 본 시장

- 상인 318명
  - 떠나는 사람 41명
- 하루 42톤

1. 경매
2. 손질

> 종을 울리면 하루가 시작된다.
> — 남도현

구분 | 값
--- | ---
고등어 | 3만 원
갈치 | 7만 원

**굵게** 쓴 말과 [이어 둔 곳](https://example.org/a_b)과 주석[^1]이 있다.

```
코드 한 줄
```

[^1]: 주석의 내용이다.
"""


def test_markdown() -> None:
    page, raw = parse(MARKDOWN.encode(), name="note.md")[0]
    assert raw.media_type == "text/markdown"
    assert (page.title, page.authors, page.publisher, page.published, page.url) == (
        TITLE,
        ("권이든",),
        "물결일보",
        "2024-11-02",
        "https://example.org/market/7",
    )
    assert blocks(page) == [
        ("paragraph", 0, PARAGRAPHS[0] + " 이 줄은 위 문단에 이어진다."),
        ("heading", 1, "숫자로 본 시장"),
        ("list_item", 1, "상인 318명"),
        ("list_item", 1, "떠나는 사람 41명"),
        ("list_item", 1, "하루 42톤"),
        ("list_item", 1, "1. 경매"),
        ("list_item", 1, "2. 손질"),
        ("quotation", 0, "종을 울리면 하루가 시작된다. — 남도현"),
        ("table", 0, "구분 | 값\n고등어 | 3만 원\n갈치 | 7만 원"),
        ("paragraph", 0, "굵게 쓴 말과 이어 둔 곳과 주석[1]이 있다."),
        ("paragraph", 0, "코드 한 줄"),
        ("footnote", 0, "[1] 주석의 내용이다."),
    ]
    assert {line.reason for line in page.removed} == {"properties", "duplicate_title", "rule"}


def test_markdown_takes_nothing_out_of_a_plain_text() -> None:
    text = f"# {TITLE}\n\n{BODY}\n\n댓글 3개\n\n저작권자 ⓒ 우리 모두\n"
    page = parse(text.encode(), name="a.md")[0][0]
    assert page.title == TITLE
    assert page.text.endswith("댓글 3개\n\n저작권자 ⓒ 우리 모두")


def test_clipped_page_in_markdown_is_read_like_a_dump() -> None:
    menu = "\n".join(
        f"  * [{name}](/{name})"
        for name in ("정치", "경제", "사회", "문화", "국제", "연예", "스포츠", "로그인")
    )
    text = f"---\ntitle: {TITLE}\nurl: https://example.org/1\n---\n{menu}\n\n# {TITLE}\n\n{BODY}\n\n[댓글 3](#c)\n\n무단 전재 및 재배포 금지\n"
    page = parse(text.encode(), name="clip.md")[0][0]
    assert (page.title, page.url) == (TITLE, "https://example.org/1")
    assert page.text == BODY


def test_yaml_that_unfolds_without_end_is_no_properties() -> None:
    bomb = "---\na: &a [x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    page = parse(f"{bomb}---\n\n# {TITLE}\n\n{BODY}\n".encode(), name="bomb.md")[0][0]
    assert BODY.split("\n\n")[0] in page.text


def test_epub() -> None:
    first = f"<h1>첫째 마당</h1><p>{PARAGRAPHS[0]}</p><ul><li>고등어</li></ul>"
    second = f"<h1>둘째 마당</h1><p>{PARAGRAPHS[1]}</p><table><tr><td>가</td><td>나</td></tr><tr><td>1</td><td>2</td></tr></table>"
    page, raw = parse(epub([("a.xhtml", first), ("b.xhtml", second)]), name="book.epub")[0]
    assert raw.media_type == "application/epub+zip"
    assert (page.title, page.authors, page.publisher, page.published) == (
        TITLE,
        ("권이든",),
        "물결책방",
        "2024-11-02",
    )
    assert blocks(page) == [
        ("heading", 1, "첫째 마당"),
        ("paragraph", 0, PARAGRAPHS[0]),
        ("list_item", 1, "고등어"),
        ("heading", 1, "둘째 마당"),
        ("paragraph", 0, PARAGRAPHS[1]),
        ("table", 0, "가 | 나\n1 | 2"),
    ]


def test_pdf() -> None:
    pages = [
        ["물결 시장 백서", TITLE, *wrap(PARAGRAPHS[0]), "- 1 -"],
        ["물결 시장 백서", *wrap(PARAGRAPHS[1]), "- 2 -"],
        ["물결 시장 백서", *wrap(PARAGRAPHS[2]), "- 3 -"],
    ]
    page, raw = parse(pdf(pages, title=TITLE), name="a.pdf")[0]
    assert raw.media_type == "application/pdf"
    assert page.title == TITLE
    assert page.text == BODY
    assert sum(line.reason == "page" for line in page.removed) == 6


def wrap(text: str, width: int = 30) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def test_encrypted_pdf() -> None:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf([[PARAGRAPHS[0]]]))))
    writer.encrypt("비밀", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(IngestError, match="암호"):
        parse(out.getvalue(), name="locked.pdf")


def test_pdf_without_text_and_broken_pdf() -> None:
    with pytest.raises(IngestError, match="글자가 없는"):
        parse(pdf([[""], [""]]), name="scan.pdf")
    with pytest.raises(IngestError, match="PDF"):
        parse(b"%PDF-1.7\n" + bytes(range(256)) * 8, name="broken.pdf")


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>물결일보</title><link>https://example.org/</link>
<item><title>{TITLE}</title><link>https://example.org/7</link><dc:creator>권이든 기자</dc:creator>
<pubDate>Fri, 01 Nov 2024 22:30:00 +0000</pubDate>
<content:encoded><![CDATA[<p>{PARAGRAPHS[0]}</p><h3>숫자</h3><p>{PARAGRAPHS[1]}</p>]]></content:encoded></item>
<item><title>둘째 글 &amp; 그 뒤</title><link>https://example.org/8</link><description>{PARAGRAPHS[2]}</description></item>
<item><title>글이 없는 항목</title><link>javascript:alert(1)</link></item>
</channel></rss>"""


def test_feed() -> None:
    found = parse(RSS.encode(), name="feed.xml")
    assert len(found) == 2
    first, second = found[0][0], found[1][0]
    assert (first.title, first.authors, first.publisher, first.published, first.url) == (
        TITLE,
        ("권이든",),
        "물결일보",
        "2024-11-02",
        "https://example.org/7",
    )
    assert blocks(first) == [
        ("paragraph", 0, PARAGRAPHS[0]),
        ("heading", 1, "숫자"),
        ("paragraph", 0, PARAGRAPHS[1]),
    ]
    assert (second.title, second.text, second.published) == ("둘째 글 & 그 뒤", PARAGRAPHS[2], None)


def test_atom() -> None:
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>느린 일기</title><entry><title>{TITLE}</title>
    <author><name>권이든</name></author><published>2024-11-02T08:00:00+09:00</published><link href="https://example.org/9"/>
    <content type="html">&lt;p&gt;{PARAGRAPHS[0]}&lt;/p&gt;</content></entry></feed>"""
    page = parse(atom.encode(), name="atom.xml")[0][0]
    assert (page.title, page.authors, page.publisher, page.published) == (
        TITLE,
        ("권이든",),
        "느린 일기",
        "2024-11-02",
    )
    assert page.text == PARAGRAPHS[0]
    assert page.blocks[0].type is BlockType.PARAGRAPH


def test_an_impossible_character_costs_no_feed() -> None:
    entry = "<item><title>{}</title><description>{}</description></item>"
    told = "항구에는 아침마다 안개가 끼었다. 배는 안개가 걷힌 뒤에야 떠났다. "
    data = (
        "<rss version='2.0'><channel><title>안개 소식</title>"
        + entry.format("첫째 안개 &#xD800;", told * 3)
        + entry.format("둘째 안개 &#0;&#x110000;", told * 4 + "&#x1F32B;")
        + "</channel></rss>"
    )
    pages = [page for page, _ in parse(data.encode(), name="fog.xml")]
    assert [page.title for page in pages] == ["첫째 안개", "둘째 안개"]
    assert pages[1].text.endswith("\U0001f32b")
