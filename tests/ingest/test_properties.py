"""Whatever the page: no crash, no line lost, clean text, places that fit."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import IngestError
from store.ingest import parse
from store.ingest.reasons import REASONS
from store.text import clean
from tests.ingest.gold import load, nothing_lost, pages
from tests.ingest.makers import PARAGRAPHS

_LINES = sorted({line for path in pages() if path.suffix == ".txt" for line in load(path).dump.split("\n")})
_PAGES = st.lists(
    st.one_of(
        st.sampled_from(_LINES),
        st.sampled_from(PARAGRAPHS),
        st.text(max_size=60),
        st.sampled_from(["", "□ 제목", "- 항목", "1. 하나", "* 별", "가 | 나", "---|---", "[앵커]", "관련기사", "댓글 3", "핵심요약", "참고문헌", "> 말", "# 큰 제목"]),
    ),
    min_size=1,
    max_size=40,
)  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_PAGES)
def test_any_page(lines: list[str]) -> None:
    dump = clean("\n".join(lines).encode("utf-8", "replace").decode())
    try:
        page = parse(dump.encode())[0][0]
    except IngestError:
        return
    nothing_lost(dump, page)
    assert page.text == clean(page.text)
    assert page.title
    assert {line.reason for line in page.removed} <= set(REASONS)
    starts = {block.start for block in page.blocks} | {len(page.text)}
    assert all(line.at in starts for line in page.removed)
    assert page.text == "\n\n".join(page.text[block.start : block.end] for block in page.blocks)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.md", "a.pdf", "a.epub", "a.xml"]))
def test_any_bytes(data: bytes, name: str) -> None:
    try:
        parse(data, name=name)
    except IngestError as error:
        line = f"{error.korean}|{error.english}"
    else:
        return
    assert re.fullmatch(r"[^\n]{8,}\|[^\n]{8,}", line)
