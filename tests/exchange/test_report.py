"""The report: one file that needs nothing else, in which nothing of the articles is obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html

from store.exchange import svg
from store.exchange.bundle import make
from store.library import Library
from store.model import Article, Extracts, Figure
from tests.exchange.makers import make_article, make_library

ID = "a1b2c3d4e5f6"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    wicked = make_article(
        id="b" * 12,
        title="<script>alert(1)</script> & 제목",
        publisher=None,
        published="2025-01",
        url="javascript:alert(1)",
    )
    undated = make_article(id="c" * 12, title="날짜 없는 글", published=None)
    with make_library(tmp_path / "library", make_article(), wicked, undated) as library:
        figure = Figure(
            surface="$5.6M",
            value=5.6e6,
            unit="USD",
            kind="money",
            start=make_article().text.index("$5.6M"),
            end=make_article().text.index("$5.6M") + 5,
            sentence=1,
            measures="훈련",
            speaker="연구소",
        )
        library._shelf.save(make_article(), Extracts(version=1, figures=(figure,)))
        for id in (ID, "b" * 12, "c" * 12):
            library.annotate_quote(
                id, "설비를 빌린 값은 빠졌다.", tags=["비용/설비"], note="<b>메모</b>\n\n둘째 \x1b[31m문단"
            )
        library.annotate_quote(ID, "않았다.\n\n남은 문제", tags=["의문"])
        yield library


def test_it_stands_alone_and_obeys_nothing(library: Library) -> None:
    text = make(library, "", "html").decode()
    page = html.document_fromstring(text)
    assert not page.xpath("//script | //link | //img | //iframe | //object | //b")
    assert not re.search(r"url\(|@import|src=", text)
    assert {a.get("href") for a in page.xpath("//a")} <= {
        "https://example.org/a_b?no=1",
        f"#a-{ID}",
        "http://x.y/z.png",
    }
    assert "\x1b" not in text
    assert "<script>alert(1)</script> & 제목" in [h.text_content() for h in page.xpath("//h2")]
    assert page.get("lang") == "ko"


def test_passages_tags_notes_and_figures(library: Library) -> None:
    page = html.document_fromstring(make(library, "", "html").decode())
    assert [section.xpath("string(h2)") for section in page.xpath("//section[@class='article']")] != []
    assert len(page.xpath("//div[@class='mark']")) == 4
    assert len(page.xpath("//blockquote[p[2]]")) == 1
    assert "#비용/설비" in {span.text_content() for span in page.xpath("//span[@class='tag']")}
    assert [p.text_content() for p in page.xpath("//div[@class='note']")[0]] == [
        "<b>메모</b>",
        "둘째 [31m문단",
    ]
    assert [td.text_content() for td in page.xpath("//table//td")] == [
        "훈련",
        "$5.6M",
        "연구소",
        "가온경제",
        "「값싼 모형이 던진 질문」 1문단",
    ]
    assert [dd.text_content() for dd in page.xpath("//dl//dd")] == ["3", "4", "3", "2"]
    assert "글 1편은 빠져" in page.text_content()


def test_a_query_narrows_it(library: Library) -> None:
    page = html.document_fromstring(make(library, "tag:의문", "html").decode())
    assert len(page.xpath("//div[@class='mark']")) == 1
    assert page.xpath("string(//h1)") == "tag:의문"


def test_nothing_to_report(tmp_path: Path) -> None:
    with make_library(tmp_path / "l", make_article()) as library:
        assert "<h1>밑줄</h1>" in make(library, "", "html").decode()


def test_charts_are_sound_svg() -> None:
    bars = etree.fromstring(svg.bars([("비용 <&>", 10), ("규제", 0)], title='"제목"'))
    rects = bars.findall("{*}rect")
    assert [int(rect.get("width", "0")) for rect in rects] == [svg.WIDTH - svg.LABEL - 50, 2]
    points = [("2025-02-14", 4, "가"), ("2025-01", 1, "나"), ("2024-12-31", 1, "다" * 40)]
    line = etree.fromstring(svg.timeline(points, title="때"))
    xs = [float(circle.get("cx", "0")) for circle in line.findall("{*}circle")]
    assert xs == sorted(xs)
    assert xs[0] > 0
    assert xs[-1] < svg.WIDTH
    assert [circle.get("class") for circle in line.findall("{*}circle")] == ["dot", "dot month", "dot"]
    radii = [float(circle.get("r", "0")) for circle in line.findall("{*}circle")]
    assert radii[2] > radii[0]
    assert svg.bars([], title="x") == svg.timeline([], title="x") == ""
    assert etree.fromstring(svg.timeline([("2025-02", 1, "홀로")], title="x")) is not None


def test_in_english(library: Library) -> None:
    page = html.document_fromstring(make(library, "", "html", "en").decode())
    assert page.get("lang") == "en"
    assert {caption.text_content() for caption in page.xpath("//figcaption")} >= {
        "When the articles appeared",
        "Tags",
    }
    assert not any("밑줄" in part for part in page.xpath("//h1/text() | //dt/text() | //main/footer/text()"))


def test_the_comparison_signs_what_agrees_and_leaves_out_articles_without_such_figures(
    tmp_path: Path,
) -> None:
    def share(article: Article, surface: str, value: float, measures: str) -> Extracts:
        at = article.text.index(surface)
        figure = Figure(
            surface=surface, value=value, unit=None, kind="ratio", start=at, end=at + len(surface), sentence=1,
            measures=measures,
        )  # fmt: skip
        return Extracts(version=1, figures=(figure,))

    one = make_article(id="a" * 12, publisher="가온경제")
    same = make_article(id="b" * 12, publisher=None, authors=("한서리", "문가람"))
    other = make_article(id="c" * 12, publisher="나루신문")
    none = make_article(id="d" * 12, publisher="섬일보")
    with make_library(tmp_path / "l", one, same, other, none) as library:
        library._shelf.save(one, share(one, "1/10", 0.1, "나루 대비 훈련 비용"))
        library._shelf.save(same, share(same, "1/10", 0.1, "나루 대비 훈련 비용"))
        library._shelf.save(other, share(other, "1/30", 1 / 30, "섬 대비 훈련 비용"))
        library._shelf.save(none, Extracts(version=1))
        library.set_article_tags(one.id, ["비용"])
        for article in (one, same, other, none):
            library.annotate_quote(article.id, "설비를 빌린 값은 빠졌다.")
        page = html.document_fromstring(make(library, "", "html").decode())
        table = page.xpath("//section[contains(@class, 'compare')]//table")[0]
        heads = [th.text_content() for th in table.xpath(".//th")]
        assert sorted(heads[1:-1]) == ["가온경제", "나루신문", "한서리·문가람"]
        cells = dict(zip(heads, (td.text_content() for td in table.xpath(".//td")), strict=True))
        assert (cells["가온경제"], cells["한서리·문가람"], cells["나루신문"]) == ("= 1/10", "= 1/10", "1/30")
        assert [p.xpath("string(span[@class='tag'])") for p in page.xpath("//p[@class='source']")].count(
            "#비용"
        ) == 1
