"""Inputs that would hurt: each gives a clear error or a sensible article, soon and in bounded memory."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator

import pytest

from store.errors import IngestError
from store.ingest import parse
from tests.ingest.makers import BODY, PARAGRAPHS, TITLE, epub


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < 30


def test_a_text_of_200_megabytes() -> None:
    data = b"x" * (200 * 1024 * 1024)
    tracemalloc.start()
    with pytest.raises(IngestError, match="너무 큰"):
        parse(data, name="big.txt")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * 1024 * 1024


def test_one_line_of_20_megabytes() -> None:
    with pytest.raises(IngestError, match="너무 긴 글"):
        parse(("가나다라 마바사. " * 800_000).encode(), name="line.txt")


def test_a_long_line_is_read_in_time() -> None:
    text = f"{TITLE}\n\n" + PARAGRAPHS[0] * 5_000 + "\n"
    page = parse(text.encode())[0][0]
    assert len(page.blocks) == 1
    assert len(page.text) >= 300_000


@pytest.mark.parametrize(
    "piece",
    ["[", "(", "“", "a@", "1. ", "<", "| ", "**", "ㅋ", "가 ", "[a](", "![", "<p", "\\", "= ", "기자 "],
)
def test_no_pattern_goes_on_for_ever(piece: str) -> None:
    noise = piece * (24_000 // len(piece))
    for data in (f"{TITLE}\n\n{BODY}\n\n{noise}\n", noise, "\n".join([piece * 40] * 700)):
        for name in ("a.txt", "a.md", "a.html"):
            try:
                parse(data.encode(), name=name)
            except IngestError:
                continue


def test_20000_nested_divs() -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    page = f"<html><body>{'<div>' * 20_000}{body}{'</div>' * 20_000}</body></html>"
    assert PARAGRAPHS[0] in parse(page.encode(), name="deep.html")[0][0].text


def test_xml_bomb() -> None:
    entities = "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"ha" * 50}">{entities}]><rss><channel><item><title>&i;</title></item></channel></rss>'
    with pytest.raises(IngestError):
        parse(bomb.encode(), name="bomb.xml")
    html = f'<!DOCTYPE html [<!ENTITY a "{"ha" * 50}">{entities}]><html><body><p>&i;</p><p>{BODY}</p></body></html>'
    assert len(parse(html.encode(), name="bomb.html")[0][0].text) < 2_000


def test_epub_that_unpacks_to_a_gigabyte() -> None:
    chapters = [(f"c{number}.xhtml", f"<p>{PARAGRAPHS[0]}</p>") for number in range(3)]
    bomb = {f"OEBPS/c{number}.xhtml": b" " * (13 * 1024 * 1024) for number in range(2)}
    tracemalloc.start()
    with pytest.raises(IngestError, match="너무 큰 EPUB"):
        parse(epub(chapters[2:], extra=bomb, hrefs=["c0.xhtml", "c1.xhtml"]), name="bomb.epub")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 80 * 1024 * 1024


def test_epub_that_names_other_places() -> None:
    chapters = [("a.xhtml", f"<p>{PARAGRAPHS[0]}</p>")]
    book = epub(chapters, extra={"../../x": b"<p>outside</p>"}, hrefs=["../../x", "/etc/passwd", "a.xhtml"])
    assert parse(book, name="b.epub")[0][0].text == PARAGRAPHS[0]


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"\0" * 100, b"PK\x03\x04"])
def test_a_broken_archive(data: bytes) -> None:
    with pytest.raises(IngestError, match="EPUB"):
        parse(data, name="a.epub")


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><body><script>var a = 1;</script></body></html>",
        "<!doctype html><title>빈 쪽</title><div></div>",
        "<html",
    ],
)
def test_html_without_text(page: str) -> None:
    with pytest.raises(IngestError):
        parse(page.encode(), name="empty.html")


def test_pages_in_other_languages() -> None:
    english = (
        "Fishermen along the northern coast said on Tuesday that the season had ended two weeks early. "
        "The boats came back half empty, and the auction hall closed before noon for the first time in years."
    )
    japanese = "北の海では今年も秋の魚が少なかった。港の市場は朝のうちに静かになり、競りの声もまばらだった。漁師たちは水温の高さを口にした。"
    for text, language in ((english, "en"), (japanese, "ja")):
        page = parse(f"A quiet harbour\n\n{text}\n\n{text[::-1][::-1]} More.\n".encode())[0][0]
        assert page.language == language
        assert text in page.text
