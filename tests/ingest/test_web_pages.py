"""Saved pages of our own, with the text that should come of them: articles in the data of scripts, and tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.ingest import parse
from store.model import BlockType, Page
from tests.ingest.gold import nothing_lost

WEB = Path(__file__).resolve().parent / "web"


def read(name: str) -> Page:
    return parse((WEB / f"{name}.html").read_bytes(), name=f"{name}.html")[0][0]


@pytest.mark.parametrize("path", sorted(WEB.glob("*.gold")), ids=lambda path: path.stem)
def test_text(path: Path) -> None:
    page = read(path.stem)
    got = [line for line in page.text.split("\n") if line]
    assert got == path.read_text("utf-8").rstrip("\n").split("\n")


SAID: dict[str, tuple[str, str | None, tuple[str, ...], str | None]] = {
    "agency_ld": ("산불 감시탑에 올라간 인공지능…오경보 7배 줄었다", "두루통신", ("백단풍",), "2025-03-28"),
    "blog_map": (
        "강릉 2박 3일, 차 없이 버스만 타고 다녀온 후기", "네이버 블로그", ("걷는사람",), "2025-04-18",
    ),
    "blog_next": ("손으로 깎은 국자", "나무결 노트", ("물푸레",), "2025-04-06"),
    "data_grid": (
        "남쪽 네 시군 인구, 10년 만에 다시 늘었다…늘어난 건 해담뿐", "데이터포구", ("하물결",), "2025-05-02",
    ),
    "flight_rows": ("48초의 침묵, 전기버스 관제실의 밤", "시내버스뉴스", ("도담",), "2025-08-19"),
    "forum_board": ("30년 된 아파트 배관 교체 후기 (견적 비교 포함)", "모여라", (), "2025-03-09"),
    "interview_questions": (
        '[인터뷰] "빗물은 버리는 게 아니라 빌리는 것"', "들녘저널", ("옥이랑",), "2025-06-20",
    ),
    "interview_table": ('"쌀값보다 물값이 먼저 오른다"', "들녘저널", ("옥이랑",), "2025-09-02"),
    "magazine_quotes": ("소리 없는 공장, 소리를 듣는 사람", "월간 손과 기계", ("유자나무",), "2025-03"),
    "nuxt_payload": ("주인이 백열두 명인 책방", "동네신문", ("서새벽",), "2025-07-02"),
    "press_board": ("해양쓰레기, 버리기 전에 줄인다…어구 보증금제 확대", "해양자원부", (), "2025-05-26"),
    "two_languages": (
        "섬 사투리로 시를 쓰는 번역가, 마리 홀트를 만나다", "Island Review", ("김보리",), "2025-01-15",
    ),
    "wordpress_contents": (
        "홈서버를 라즈베리파이로 옮기고 전기료가 얼마나 줄었나", "밤샘 서버실", ("물레방아",), "2024-12-01",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_metadata(name: str) -> None:
    page = read(name)
    assert (page.title, page.publisher, page.authors, page.published) == SAID[name]


def test_decks() -> None:
    decks = {name: read(name).subtitle for name in ("magazine_quotes", "press_board", "two_languages")}
    assert decks == {
        "magazine_quotes": "자동화 라인 한가운데 남은 열두 명의 청음사 이야기",
        "press_board": "2026년 1월부터 자망·안강망까지…회수하면 개당 최대 3천 원 돌려받아",
        "two_languages": "Meeting Mari Holt, the translator who writes in island dialect",
    }


def test_what_is_put_into_an_article_is_left_out_with_its_reason() -> None:
    removed = {
        line.text: line.reason for name in ("blog_map", "magazine_quotes") for line in read(name).removed
    }
    assert removed["강원특별자치도 강릉시 강동면 정동역길 17"] == "embed"
    assert removed["“기계는 고장 나기 전에 먼저 운다”"] == "duplicate"


def test_tables_and_headings() -> None:
    for name in ("interview_table", "data_grid"):
        assert [block.type for block in read(name).blocks].count(BlockType.TABLE) == 2
    heading = [block for block in read("blog_next").blocks if block.type == "heading"]
    assert len(heading) == 1
    nothing_lost("들녘저널 앱에서 더 빠르게 보기\n이 기자의 기사", read("interview_table"))
