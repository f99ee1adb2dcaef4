"""Made-up inputs through decoding, parsing, taking in, and queries: an article or a clear error, never a crash or a hang."""

from __future__ import annotations

import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from store.errors import InvalidError
from store.library import Library
from store.text import clean

_MARKUP = st.sampled_from(
    [
        "<html>",
        "<p>",
        "</p>",
        "<script>",
        "{",
        "}",
        "---\n",
        "# ",
        "\x1b[31m",
        "\u202e",
        "\x00",
        "]]>",
        "<!--",
        "&#0;",
        "%PDF-1.4",
        "PK\x03\x04",
    ]
)
_KOREAN = st.text(alphabet="가나다라마바사 아자차카타파하.,!?\"'()[]<>{}\n\t0123456789abc~·…", max_size=200)
TEXTS = st.one_of(
    st.text(max_size=300), _KOREAN, st.lists(st.one_of(_KOREAN, _MARKUP), max_size=12).map("".join)
)
INPUTS = st.one_of(
    st.binary(max_size=400),
    TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")),
    TEXTS.map(lambda text: text.encode("cp949", "ignore")),
    TEXTS.map(lambda text: text.encode("utf-16", "surrogatepass")),
)
SUFFIXES = st.sampled_from(["txt", "html", "md", "xml", "epub", "pdf", ""])
SLOW = 20.0
"""Seconds that one input may take, on the slowest machine."""


def run(folder: Path, number: int, start: int) -> str:
    """So many inputs; the result in words."""
    counts = {"added": 0, "failed": 0, "queries": 0}
    with Library.open(folder / "library") as library, library._intake.bulk():

        @seed(start)
        @settings(
            max_examples=max(1, number // 2),
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(INPUTS, SUFFIXES)
        def take_in(data: bytes, suffix: str) -> None:
            began = time.monotonic()
            for added in library.add(data, name=f"made-up.{suffix}"):
                if added.status == "failed":
                    counts["failed"] += 1
                    assert added.error
                    assert added.error_en
                    assert "\n" not in added.error
                else:
                    counts["added"] += 1
                    assert added.id is not None
                    article = library.article(added.id)
                    assert clean(article.text) == article.text
                    assert all(0 <= span.start < span.end <= len(article.text) for span in article.sentences)
            assert time.monotonic() - began < SLOW

        @seed(start)
        @settings(
            max_examples=max(1, number // 2),
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(TEXTS)
        def ask(query: str) -> None:
            began = time.monotonic()
            counts["queries"] += 1
            try:
                library.list(query[:200])
                library.search(query[:200], 10)
                library.annotations(query[:200])
            except InvalidError as error:
                assert "\n" not in error.korean, error.korean  # noqa: PT017
            assert time.monotonic() - began < SLOW

        take_in()
        ask()
    return f"{counts['added']} articles, {counts['failed']} clear errors, {counts['queries']} queries: no crash, no hang"
