"""Made-up inputs through decoding, parsing, taking in, queries, and importing marks: what it should be or a clear error, never a crash or
a hang."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from store.errors import InvalidError
from store.exchange.bringing import bring_in
from store.exchange.readback import apply, read_markdown
from store.library import Library
from store.text import clean
from tests.store import pages

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
_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**12),
    st.floats(),
    _KOREAN,
    st.text(max_size=40),
    st.sampled_from(
        [
            "TextQuoteSelector",
            "TextPositionSelector",
            "tagging",
            "commenting",
            "정부는",
            "비용",
            "urn:mitjul:article:0",
        ]
    ),
)
_FIELDS = st.sampled_from(
    [
        "id", "items", "rows", "annotations", "first", "target", "source", "scope", "uri", "selector", "refinedBy", "type", "exact",
        "prefix", "suffix", "start", "end", "body", "purpose", "value", "chars", "text", "tags",
    ]
)  # fmt: skip
_ANNOTATION = st.fixed_dictionaries(
    {
        "target": st.fixed_dictionaries(
            {"selector": st.fixed_dictionaries({"type": _VALUES, "exact": _VALUES})}
        )
    },
    optional={"body": st.lists(st.dictionaries(_FIELDS, _VALUES, max_size=3), max_size=3), "tags": _VALUES},
)
ANNOTATIONS = st.recursive(
    st.one_of(_VALUES, _ANNOTATION),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(_FIELDS, inner, max_size=6),
    ),
    max_leaves=20,
).map(lambda value: json.dumps(value).encode())
"""Near W3C's and Hypothesis' forms."""

_LINES = st.lists(
    st.one_of(
        _KOREAN,
        _MARKUP,
        st.sampled_from(
            [
                "---",
                "mitjul: 0123456789ab",
                "> 정부는",
                "^mj-0123456789ab",
                "#비용",
                "- ",
                "%% ",
                "^mj-note",
                "id:: mj-0123456789ab",
            ]
        ),
    ),
    max_size=15,
)
SLOW = 20.0
"""Seconds that one input may take, on the slowest machine."""


def _times(number: int) -> settings:
    """So many examples (one at least), made up and not looked into."""
    return settings(
        max_examples=max(1, number),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def run(folder: Path, number: int, start: int) -> str:
    """So many inputs; the result in words."""
    counts = {"added": 0, "failed": 0, "queries": 0, "imports": 0}
    with Library.open(folder / "library") as library, library._intake.bulk():

        @seed(start)
        @_times(number * 4 // 10)
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
        @_times(number * 4 // 10)
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

        @seed(start)
        @_times(number // 10)
        @given(st.one_of(ANNOTATIONS, INPUTS))
        def bring(data: bytes) -> None:
            began = time.monotonic()
            counts["imports"] += 1
            with suppress(InvalidError):
                for came in bring_in(library, data, only=home):
                    assert came.status != "failed" or (came.korean and came.english)
            assert time.monotonic() - began < SLOW

        @seed(start)
        @_times(number // 10)
        @given(_LINES)
        def read_back(lines: list[str]) -> None:
            began = time.monotonic()
            counts["imports"] += 1
            file = folder / "edited.md"
            file.write_text("\n".join(lines), encoding="utf-8", errors="surrogatepass")
            with suppress(InvalidError):
                apply(library, read_markdown(library, file).edits)
            assert time.monotonic() - began < SLOW

        take_in()
        ask()
        home = library.add(pages.dump(1), name="x.txt")[0].id
        assert home is not None
        bring()
        read_back()
    return (
        f"{counts['added']} articles, {counts['failed']} clear errors, {counts['queries']} queries, {counts['imports']} imports:"
        " no crash, no hang"
    )
