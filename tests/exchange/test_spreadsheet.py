"""CSV that a spreadsheet opens rightly, and that is no way in for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange import spreadsheet
from store.exchange.bundle import make
from store.library import Library
from store.model import Extracts, Figure, Status
from store.text import clean
from tests.exchange.makers import make_article, make_library, make_mark

ID = "a1b2c3d4e5f6"
QUOTE = "설비를 빌린 값은 빠졌다."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with make_library(
        tmp_path / "library", make_article(title="=HYPERLINK(1)", original_source="나루신문")
    ) as library:
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
    assert (row["publisher"], row["original_source"]) == ("가온경제", "나루신문")


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
    assert rows["비용"]["source"].endswith("「남은 문제」 2문단"), "and where in the article"
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
    assert ", 2025-02-14, 「값싼 모형이 던진 질문」 1문단\n" in text


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


def test_of_a_mark_that_lost_its_place_no_place_is_told() -> None:
    article = make_article()
    lost = make_mark(article, QUOTE, status=Status.LOST, tags=("비용",))
    (row,) = spreadsheet.read(spreadsheet.marks([lost], {article.id: article}))
    assert (row["place"], row["status"]) == ("", "lost")
    (row,) = spreadsheet.read(spreadsheet.codebook([], [lost], {article.id: article}))
    assert "문단" not in row["source"]


def test_figures_say_who_claims_how_much_of_what_and_where(tmp_path: Path) -> None:
    article = make_article()

    def figure(surface: str, sentence: int, **more: Any) -> Figure:
        start = article.text.index(surface)
        return Figure(surface=surface, start=start, end=start + len(surface), sentence=sentence, **more)

    figures = (
        figure("$5.6M", 1, value=5.6e6, unit="USD", kind="money", measures="훈련", speaker="연구소"),
        figure("1/10~1/30", 1, value=(1 / 30, 0.1), unit=None, kind="ratio", measures="-경쟁사 대비 훈련"),
        figure("2025년", 6, value="2025", unit=None, kind="date"),
    )
    with make_library(tmp_path / "l", article, make_article(id="b" * 12)) as library:
        library._shelf.save(article, Extracts(version=1, figures=figures))
        first, second, third = spreadsheet.read(make(library, "", "figures"))
        assert make(library, "", "figures", articles=["b" * 12]).count(b"\r\n") == 1
    assert (first["title"], first["speaker"], first["measures"], first["figure"]) == (
        article.title,
        "연구소",
        "훈련",
        "$5.6M",
    )
    assert first["place"] == second["place"] == "「값싼 모형이 던진 질문」 1문단"
    assert third["place"] == "「남은 문제」", "a footnote is no paragraph"
    assert article.text[int(first["start"]) : int(first["end"])] == "$5.6M"
    assert (first["value"], first["value to"], first["unit"]) == ("5600000", "", "USD")
    assert (float(second["value"]), float(second["value to"])) == pytest.approx((1 / 30, 0.1))
    assert second["measures"] == "-경쟁사 대비 훈련"
    assert third["value"] == "2025"
    assert first["sentence"].startswith("연구소는 훈련에")


@given(st.floats(min_value=-1e18, max_value=1e18))
def test_numbers_stay_numbers(number: float) -> None:
    assert float(spreadsheet.cell(number)) == pytest.approx(number, rel=1e-12)


def test_large_amounts_stand_in_full() -> None:
    assert [spreadsheet.cell(value) for value in (1.1e15, 120e8, 7, 0.1, 10**18)] == [
        "1100000000000000",
        "12000000000",
        "7",
        "0.1",
        "1000000000000000000",
    ]
