"""Who published a dump and what it is called, by the few lines above it."""

from __future__ import annotations

import pytest

from store.ingest import parse
from store.model import Page
from tests.ingest.makers import BODY

TALK = """[앵커]
등대가 사흘 만에 다시 켜졌습니다. 김바다 기자가 보도합니다.

[기자]
어부들은 밤새 바다로 나갔습니다. 파도는 잔잔했습니다.
"""


def read(text: str) -> Page:
    return parse(text.encode(), name="a.txt")[0][0]


def test_who_speaks_is_no_title() -> None:
    page = read(TALK)
    assert page.title.startswith("등대가 사흘 만에")
    assert page.text.startswith("[앵커]")


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("한강일보 이물새 기자 입력 2025.01.20", "한강일보"),
        ("연합뉴스\n\n입력 2025.01.20 10:00", "연합뉴스"),
        ("이물새 기자 입력 2025.01.20", None),
    ],
)
def test_the_publisher_stands_in_the_head(head: str, publisher: str | None) -> None:
    page = read(f"한강에 돌아온 물새\n\n{head}\n\n{BODY}\n")
    assert (page.publisher, page.published) == (publisher, "2025-01-20")
    assert "photo_credit" not in {line.reason for line in page.removed}
