"""What says that a line is furniture: the words that a sign needs are in every line that it fits."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from store.ingest import parse
from store.ingest.furniture import SIGNS, Sign
from store.ingest.lines import split
from store.samples import sample_pages

PAGES = Path(__file__).parent / "pages"
LINES = (
    "무단 전재 및 재배포 금지",
    "Copyright (c) 2025 Gaon. All rights reserved.",
    "Ⓒ 가온경제",
    "CC BY-NC 2.0 KR",
    "이 저작물은 공공누리 제1유형의 조건에 따라 이용할 수 있습니다.",
    "▷ 카카오톡 : 가온제보 검색",
    "이메일 : news@gaon.example",
    "제보는 언제든 기다립니다",
    "이전 글 등대의 불빛 다음 글 항구의 밤",
    "담당 부서 해양정책과",
    "FAX 02-123-4567",
    "02-123-4567",
    "사업자등록번호 000-00-00000",
    "대표 이사 : 김가온",
    "Powered by Gaon",
    "RSS 피드",
    "마지막으로 편집되었습니다",
    "본 자료는 가온경제의 견해와 다를 수 있습니다.",
    "요청하신 페이지를 찾을 수 없습니다.",
    "이 글은 가온경제에 먼저 게재됐습니다.",
    "이 글이 좋았다면 구독해 주세요.",
    "AI가 자동 요약한 내용입니다.",
    "해담항에 새 등대가 서 있다. 사진=가온경제",
    "해담항에 새로 들어선 등대의 모습 /연합뉴스",
    "해담항 등대 앞에 선 관광객들. 김바다 기자",
    "해담항의 밤을 밝히는 등대 불빛 ⓒ 가온경제",
)


@cache
def lines() -> tuple[str, ...]:
    """Lines of all the pages that are here, and those above."""
    pages = [path.read_bytes() for path in sorted(PAGES.rglob("*.txt"))] + [
        data for _, data in sample_pages()
    ]
    found = [line.text for data in pages for line in split(data.decode("utf-8", "replace"))]
    found += [one.text for _, data in sample_pages() for page, _ in parse(data) for one in page.removed]
    return (*LINES, *found)


@pytest.mark.parametrize(
    "sign", [sign for sign in SIGNS if sign.words], ids=lambda sign: f"{sign.reason}-{sign.most}"
)
def test_a_sign_fits_no_line_without_its_words(sign: Sign) -> None:
    fitting = [line for line in lines() if len(line) <= sign.most and sign.pattern.search(line)]
    assert fitting, "no line here shows whether its words are right"
    assert [line for line in fitting if not any(word in line.lower() for word in sign.words)] == []
