"""Saved pages: structure, metadata and text, from markup and from scripts."""

from __future__ import annotations

import json

import pytest

from store.ingest import parse
from store.ingest.htmlmeta import day_of, without_site
from store.model import Page
from tests.ingest.makers import BODY, PARAGRAPHS, TITLE


def read(html: str | bytes, name: str = "page.html") -> Page:
    return parse(html if isinstance(html, bytes) else html.encode(), name=name)[0][0]


def blocks(page: Page) -> list[tuple[str, int, str]]:
    return [(block.type.value, block.level, page.text[block.start : block.end]) for block in page.blocks]


def reasons(page: Page) -> dict[str, str]:
    return {line.text: line.reason for line in page.removed}


LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "물결일보", "url": "https://example.org/"},
        {
            "@type": "NewsArticle",
            "headline": f"[마을의 시간] {TITLE}",
            "author": [{"@type": "Person", "name": "권이든 기자"}, {"@type": "Person", "name": "물결일보"}],
            "publisher": {"@type": "Organization", "name": "물결일보"},
            "datePublished": "2024-11-01T22:00:00Z",
            "mainEntityOfPage": "https://example.org/news/77",
        },
    ],
}
NEWS = f"""<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{TITLE} - 사회 | 물결일보</title>
<meta property="og:title" content="{TITLE} | 물결일보"><meta property="og:site_name" content="물결일보">
<script type="application/ld+json">{json.dumps(LINKED, ensure_ascii=False)}</script></head><body>
<nav><ul><li><a href="/1">정치</a></li><li><a href="/2">경제</a></li><li><a href="/3">사회</a></li></ul></nav>
<header><h1>{TITLE}</h1><p>42톤의 생선이 팔리는 시간</p><span>입력 2024.11.02 07:00</span></header>
<div class="article_body">
<figure><img src="a.jpg" alt="경매장"><figcaption>종을 울리는 남도현 씨. 물결일보 자료사진</figcaption></figure>
<p>{PARAGRAPHS[0]}</p>
<h3>손가락 두 개의 값</h3>
<p>{PARAGRAPHS[1][:31]}<b>{PARAGRAPHS[1][31:40]}</b><a href="/x">{PARAGRAPHS[1][40:50]}</a>{PARAGRAPHS[1][50:]}</p>
<ul><li>고등어 18톤</li><li>갈치 11톤<ul><li>그 가운데 국내산 9톤</li></ul></li></ul>
<table><tr><th>해</th><th>상인</th></tr><tr><td>2014</td><td>402명</td></tr><tr><td>2024</td><td>318명</td></tr></table>
<blockquote>종소리가 멎으면 바다가 저무는 것 같아요.</blockquote>
<div class="related_news"><strong>관련기사</strong><p><a href="/9">사라지는 어시장의 말들</a></p></div>
<p>{PARAGRAPHS[2]}</p>
<p>권이든 기자 eden@example.org</p></div>
<div class="comment_area"><h3>댓글 2</h3><p>저도 그 시장에서 십 년을 일했습니다. 새 건물로 옮기면 그 소리가 그리울 것 같네요.</p></div>
<footer>Copyright ⓒ 물결일보. 무단전재 및 재배포 금지</footer></body></html>"""


def test_news_page() -> None:
    page = read(NEWS)
    assert (page.title, page.authors, page.publisher) == (TITLE, ("권이든",), "물결일보")
    assert (page.published, page.url) == ("2024-11-02", "https://example.org/news/77")
    assert page.subtitle == "42톤의 생선이 팔리는 시간"
    assert blocks(page) == [
        ("paragraph", 0, PARAGRAPHS[0]),
        ("heading", 1, "손가락 두 개의 값"),
        ("paragraph", 0, PARAGRAPHS[1]),
        ("list_item", 1, "고등어 18톤"),
        ("list_item", 1, "갈치 11톤"),
        ("list_item", 2, "그 가운데 국내산 9톤"),
        ("table", 0, "해 | 상인\n2014 | 402명\n2024 | 318명"),
        ("quotation", 0, "종소리가 멎으면 바다가 저무는 것 같아요."),
        ("paragraph", 0, PARAGRAPHS[2]),
    ]
    out = reasons(page)
    assert out["종을 울리는 남도현 씨. 물결일보 자료사진"] == "caption"
    assert out["사라지는 어시장의 말들"] == "related"
    assert out["댓글 2"] == "comments"
    assert "물결일보" in next(text for text, reason in out.items() if reason == "footer")


def test_old_page_in_tables_that_calls_itself_euc_kr() -> None:
    text = PARAGRAPHS[0].replace("수산", "똠얌꿍") + "<br><br>" + PARAGRAPHS[1] + "<br><br>" + PARAGRAPHS[2]
    html = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=euc-kr">'
        f"<title>물결신문 :: {TITLE}</title></head><body><table><tr><td><a href=/>처음</a></td><td><a href=/b>게시판</a></td></tr></table>"
        f"<table width=600><tr><td><font size=5><b>{TITLE}</b></font></td></tr><tr><td>기사입력 2009-03-11 오후 2:11:00</td></tr>"
        f"<tr><td>{text}<br><br>권이든 기자 (eden@example.org)</td></tr></table>"
        "<table><tr><td>Copyright(c) 물결신문 All rights reserved.</td></tr></table></body></html>"
    )
    page = read(html.encode("cp949"))
    assert (page.title, page.authors, page.published) == (TITLE, ("권이든",), "2009-03-11")
    assert page.text == "\n\n".join([PARAGRAPHS[0].replace("수산", "똠얌꿍"), *PARAGRAPHS[1:]])


def next_page(body: str) -> str:
    data = {"props": {"pageProps": {"menu": [{"title": "정치"}], "article": {
        "title": TITLE, "subTitle": "42톤의 생선<br>318명의 상인", "content": body, "writerName": "권이든 기자", "publishedAt": "2024-11-02T07:00:00+09:00",
    }}}}  # fmt: skip
    script = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return (
        f'<html><head><title>{TITLE} | 물결일보</title></head><body><div id="__next"><a href="/">물결일보</a></div>'
        f'<script id="__NEXT_DATA__" type="application/json">{script}</script></body></html>'
    )


def test_article_that_is_only_in_a_script() -> None:
    body = (
        f"<p>{PARAGRAPHS[0]}</p>$$AD$$<h3>손가락 두 개의 값</h3><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"
    )
    page = read(next_page(body))
    assert (page.title, page.subtitle, page.authors, page.published) == (
        TITLE,
        "42톤의 생선\n318명의 상인",
        ("권이든",),
        "2024-11-02",
    )
    assert blocks(page)[1] == ("heading", 1, "손가락 두 개의 값")
    assert page.text.replace("손가락 두 개의 값\n\n", "") == BODY


def test_react_stream() -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    size = len(body.encode())
    rows = [
        f"1:T{size:x},{body}2:",
        json.dumps({"article": {"title": TITLE, "contentHtml": "$1"}}, ensure_ascii=False) + "\n",
    ]
    pushes = "".join(
        f"<script>self.__next_f.push({json.dumps([1, row], ensure_ascii=False)})</script>" for row in rows
    )
    page = read(f"<html><head><title>{TITLE}</title></head><body><div></div>{pushes}</body></html>")
    assert (page.title, page.text) == (TITLE, BODY)


def test_markup_is_text() -> None:
    page = read(NEWS.replace("서른 해째", "&lt;script&gt;alert(1)&lt;/script&gt; [red]서른[/] 해째"))
    assert "<script>alert(1)</script> [red]서른[/] 해째" in page.text


def test_hidden_text_and_scripts_stay_out() -> None:
    page = read(
        NEWS.replace(
            "</h3>",
            f'</h3><p style="display:none">{PARAGRAPHS[1]} 숨은 문단입니다.</p><script>var x = "보이지 않는 말";</script>',
            1,
        )
    )
    assert "숨은 문단" not in page.text
    assert "보이지 않는 말" not in page.text


def test_days_are_those_of_seoul() -> None:
    assert day_of("2024-11-01T22:00:00Z") == "2024-11-02"
    assert day_of("2024-11-02T07:00:00+09:00") == "2024-11-02"
    assert day_of("20241102070000") == "2024-11-02"
    assert day_of("1730498400") == "2024-11-02"
    assert day_of("어제") is None


def test_names_of_sites_behind_titles() -> None:
    assert without_site("새벽을 파는 사람들-사회ㅣ물결일보", "물결일보") == "새벽을 파는 사람들"
    assert without_site("새벽을 파는 사람들 - 조선닷컴 - 사회 > 사람", None) == "새벽을 파는 사람들"
    assert (
        without_site("여름, 바다 - 아무도 없는 곳에서 온 편지", None)
        == "여름, 바다 - 아무도 없는 곳에서 온 편지"
    )


def test_a_failing_second_opinion_says_nothing_on_the_terminal(caplog: pytest.LogCaptureFixture) -> None:
    words = "강을 건너는 다리가 새로 놓인다고 시청이 밝혔다. " * 60
    page = f"<html><body><article><p>{words}<b><script>x</script>&#1; 다음</b> 글이다.</p></article></body></html>"
    assert "다리가 새로" in parse(page.encode(), name="a.html")[0][0].text
    assert caplog.records == []
