"""Saved pages of our own, with the text that should come of them: articles in the data of scripts, and tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.ingest import parse
from store.model import Page
from tests.ingest.gold import nothing_lost

WEB = Path(__file__).resolve().parent / "web"


def read(name: str) -> Page:
    return parse((WEB / f"{name}.html").read_bytes(), name=f"{name}.html")[0][0]


@pytest.mark.parametrize("path", sorted(WEB.glob("*.gold")), ids=lambda path: path.stem)
def test_text(path: Path) -> None:
    page = read(path.stem)
    got = [line for line in page.text.split("\n") if line]
    assert got == path.read_text("utf-8").rstrip("\n").split("\n")


def test_metadata() -> None:
    said = {name: read(name) for name in ("blog_next", "agency_ld", "interview_table")}
    assert {name: (page.title, page.publisher, page.authors, page.published) for name, page in said.items()} == {
        "blog_next": ("손으로 깎은 국자", "나무결 노트", ("물푸레",), "2025-04-06"),
        "agency_ld": (
            "산불 감시탑에 올라간 인공지능…오경보 7배 줄었다", "두루통신", ("백단풍",), "2025-03-28",
        ),
        "interview_table": ('"쌀값보다 물값이 먼저 오른다"', "들녘저널", ("옥이랑",), "2025-09-02"),
    }  # fmt: skip


def test_tables_and_headings() -> None:
    table = [block for block in read("interview_table").blocks if block.type == "table"]
    assert len(table) == 2
    heading = [block for block in read("blog_next").blocks if block.type == "heading"]
    assert len(heading) == 1
    nothing_lost("들녘저널 앱에서 더 빠르게 보기\n이 기자의 기사", read("interview_table"))
