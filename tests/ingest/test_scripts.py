"""Pages that keep their article only in a script, in the shapes that sites give it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from store.ingest import parse
from store.model import BlockType

TITLE = "새벽 두 시의 빵집은 왜 불을 끄지 않나"
PIECES = [
    ("text", "골목 끝 빵집의 불은 새벽 두 시에도 켜져 있다. 주인은 반죽이 부푸는 시간을 사람이 정할 수 없다고 말한다."),
    ("text", "이 골목에는 그런 가게가 일곱 곳 있다. 구청이 지난달에 센 숫자다. 세 해 전에는 열두 곳이었다."),
    ("header", "밤에 굽는 까닭"),
    ("text", "낮에 구우면 저녁에 남는다. 밤에 구우면 아침에 다 팔린다. 남은 빵을 버리는 값이 전기 요금보다 비싸다는 계산이다."),
    ("text", "“불을 끄면 손님이 우리가 문을 닫은 줄 압니다.”"),
    ("text", "한편 구청은 다음 달부터 밤에 여는 가게에 전등을 나누어 준다."),
]  # fmt: skip
HTML = "".join(f"<h3>{text}</h3>" if kind == "header" else f"<p>{text}</p>" for kind, text in PIECES)
OTHERS = [
    {
        "id": i,
        "title": f"다른 기사의 제목 {i}",
        "summary": "다른 기사를 짧게 옮긴 것으로 이 글이 아니다. " * 2,
    }
    for i in range(5)
]
ARTICLE: dict[str, Any] = {
    "title": TITLE,
    "body": HTML,
    "regDate": "2025-05-03T16:10:00Z",
    "writer": {"name": "오사라 기자", "email": "sara@example.com"},
}


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def push(row: str) -> str:
    return f"<script>self.__next_f.push({json.dumps([1, row])})</script>"


ELEMENTS = [
    ["$", "h3" if kind == "header" else "p", str(i), {"children": text}]
    for i, (kind, text) in enumerate(PIECES)
]
FUSION = {
    "headlines": {"basic": TITLE},
    "display_date": "2025-05-03T16:10:00Z",
    "credits": {"by": [{"name": "오사라 기자", "type": "author"}]},
    "content_elements": [
        *({"type": kind, "content": text} for kind, text in PIECES),
        {"type": "image", "caption": "새벽 골목의 빵집에서 빵을 옮기고 있다."},
    ],
    "related_content": {"basic": OTHERS},
}
TREE = [
    "$",
    "article",
    None,
    {"children": [["$", "h1", None, {"children": TITLE}], ["$", "div", None, {"children": ELEMENTS}]]},
]
SCRIPTS = {
    "next": f'<script id="__NEXT_DATA__" type="application/json">{dump({"props": {"article": ARTICLE, "others": OTHERS}})}</script>',
    "next with a list": '<script id="__NEXT_DATA__" type="application/json">'
    + dump({"title": TITLE, "publishedAt": "2025-05-04T01:10:00+09:00", "reporters": [{"name": "오사라"}],
            "contents": [{"type": kind, "value": text} for kind, text in PIECES], "others": OTHERS})
    + "</script>",
    "flight with a text": push("1:I[1,[],\"default\"]\n")
    + push(f'5:["$","div",null,{{"article":{dump({**ARTICLE, "body": "$6"})}}}]\n6:T{len(HTML.encode()):x},{HTML}7:[]\n'),
    "flight with elements": push(f"5:{dump(TREE)}\n"),
    "fusion": f'<script>window.Fusion=window.Fusion||{{}};Fusion.arc="a";Fusion.pad="{"x" * 600}";Fusion.globalContent={dump(FUSION)};Fusion.last={{}};</script>',
    "initial state": f"<script>var a=1;function f(){{return {{b:2}}}}\nwindow.__INITIAL_STATE__ = {dump({'user': None, 'article': ARTICLE})};</script>",
    "parsed string": f"<script>window.__INITIAL_STATE__ = JSON.parse({dump(json.dumps({'news': ARTICLE}))});</script>",
    "parsed string in single quotes": "<script>window.__PRELOADED__ = JSON.parse('"
    + json.dumps({"news": ARTICLE}).replace("\\", "\\\\").replace("'", "\\'") + "');</script>",
    "arguments": f"<script>window.__NUXT__=(function(a,b,c){{return {{data:[{{title:a,body:b}}]}}}}({dump(TITLE)},{dump(HTML)},void 0));</script>",
    "linked data": '<script type="application/ld+json">'
    + dump({"@type": "NewsArticle", "headline": TITLE, "articleBody": HTML, "datePublished": "2025-05-03T16:10:00Z",
            "author": {"@type": "Person", "name": "오사라 기자"}})
    + "</script>",
}  # fmt: skip


@pytest.mark.parametrize("shape", SCRIPTS)
def test_shape(shape: str) -> None:
    source = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{TITLE} | 한빛일보</title></head>'
        f'<body><div id="root"></div><footer>회사소개 이용약관</footer>{SCRIPTS[shape]}</body></html>'
    )
    page = parse(source.encode(), name="page.html")[0][0]
    got = [(block.type is BlockType.HEADING, page.text[block.start : block.end]) for block in page.blocks]
    assert got == [(kind == "header", text) for kind, text in PIECES]
    assert page.title == TITLE
    assert page.publisher == "한빛일보"
    if shape not in {"flight with elements", "arguments"}:
        # The day is Seoul's.
        assert page.published == "2025-05-04"
        assert page.authors == ("오사라",)


def test_a_script_without_an_end_costs_no_time() -> None:
    source = (
        "<html><body><p>가</p><script>"
        + "한글={" * 20_000
        + "JSON.parse('" * 2_000
        + "</script></body></html>"
    )
    with pytest.raises(Exception, match="글을"):
        parse(source.encode(), name="page.html")
