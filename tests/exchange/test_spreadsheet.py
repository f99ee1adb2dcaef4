"""CSV that a spreadsheet opens rightly, and that is no way in for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange import spreadsheet
from store.exchange.bundle import make
from store.library import Library
from store.text import clean
from tests.exchange.makers import make_article, make_library

ID = "a1b2c3d4e5f6"
QUOTE = "설비를 빌린 값은 빠졌다."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with make_library(tmp_path / "library", make_article(title="=HYPERLINK(1)")) as library:
        yield library


def test_marks_there_and_back(library: Library) -> None:
    mark = library.annotate_quote(ID, QUOTE, tags=["비용/설비", "의문"], note='=1+1\n"둘", 셋')
    library.annotate_quote(ID, "그러나 그 값이")
    data = make(library, "", "csv")
    assert data.startswith(b"\xef\xbb\xbfid,article,")
    assert b"\n" not in data.replace(b"\r\n", b"").replace(b"=1+1\n", b"")
    raw = next(
        row
        for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        if row["id"] == mark.id
    )
    assert raw["title"] == "'=HYPERLINK(1)"
    assert raw["note"].startswith("'=1+1")
    rows = {row["id"]: row for row in spreadsheet.read(data)}
    row = rows[mark.id]
    assert row["title"] == "=HYPERLINK(1)"
    assert row["note"] == '=1+1\n"둘", 셋'
    assert (int(row["start"]), int(row["end"]), row["exact"]) == (mark.start, mark.end, QUOTE)
    assert row["tags"] == "#비용/설비 #의문"
    assert row["place"] == "「남은 문제」 1문단"


@given(st.text())
def test_no_cell_starts_a_formula(text: str) -> None:
    cell = spreadsheet.cell(text)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "＝"))
    if not clean(text).startswith("'"):
        assert spreadsheet.uncell(cell) == clean(text)


def test_readwise(library: Library) -> None:
    mark = library.annotate_quote(ID, QUOTE, tags=["비용/설비"], note="메모")
    (row,) = spreadsheet.read(make(library, "", "readwise"))
    assert list(row) == ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"]
    assert row["Note"] == ".비용-설비\n메모"
    assert row["Location"] == str(mark.start)
    assert row["Date"] == mark.created[:19].replace("T", " ")


def test_codebook(library: Library) -> None:
    library.annotate_quote(ID, QUOTE, tags=["비용"])
    library.annotate_quote(ID, "시험 운영", tags=["비용"], note="왜")
    library.annotate_quote(ID, "그러나", tags=["비용"])
    library.set_tag("빈것", colour="green", hotkey="2")
    rows = {row["tag"]: row for row in spreadsheet.read(make(library, "", "codebook"))}
    assert rows["비용"]["count"] == "3"
    assert rows["비용"]["articles"] == "1"
    assert rows["비용"]["example"] == "시험 운영"
    assert rows["비용"]["example 2"]
    assert rows["빈것"]["count"] == "0"
    assert (rows["빈것"]["colour"], rows["빈것"]["hotkey"]) == ("green", "2")


def test_codebook_for_reading(library: Library) -> None:
    library.annotate_quote(ID, "$5.6M이라고 밝혔다.", tags=["비용/개발"], note="왜")
    library.set_tag("비용", colour="green", hotkey="1")
    text = make(library, "", "codebook-md").decode()
    assert "## 비용\n\n밑줄 0개 · 글 0편 · 풀빛, 바로 키 1\n" in text
    assert (
        "### 비용/개발\n\n밑줄 1개 · 글 1편\n\n> \\$5.6M이라고 밝혔다.\n>\n> — 한서리, 문가람, 「=HYPERLINK(1)」"
        in text
    )


def test_articles_with_the_tag_themselves_count_in_the_codebook(library: Library) -> None:
    library.annotate_quote(ID, QUOTE, tags=["비용"])
    library.set_article_tags(ID, ["비용", "유료"])
    rows = {row["tag"]: row for row in spreadsheet.read(make(library, "", "codebook"))}
    assert [(rows[name]["count"], rows[name]["articles"]) for name in ("비용", "유료")] == [
        ("1", "1"),
        ("0", "1"),
    ]
    assert "## 유료\n\n밑줄 0개 · 글 1편\n" in make(library, "", "codebook-md").decode()


def test_a_tag_without_one_above_it_is_no_part_of_another_in_the_codebook(library: Library) -> None:
    for quote, tag in ((QUOTE, "가계"), ("그러나", "비용/개발/훈련"), ("시험 운영", "비용/개발")):
        library.annotate_quote(ID, quote, tags=[tag])
    heads = [line for line in make(library, "", "codebook-md").decode().split("\n") if line.startswith("##")]
    assert heads == ["## 가계", "## 비용/개발", "### 비용/개발/훈련"]
