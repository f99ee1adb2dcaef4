"""W3C Web Annotations out and in, Hypothesis' in; what other programs leave out, and what cannot be placed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.errors import InvalidError
from store.exchange.bringing import bring_in, code_points
from store.exchange.bundle import make
from store.exchange.jsonld import decode
from store.library import Library
from tests.exchange.conftest import ID, QUOTE
from tests.exchange.makers import make_article, make_library


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """Another library, which has the same article under another id."""
    with make_library(tmp_path / "other", make_article(id="ffff00000000")) as library:
        yield library


def core(library: Library) -> list[tuple[Any, ...]]:
    return [(m.start, m.end, m.exact, m.tags, m.note) for m in library.annotations()]


def data(*items: Any, **rest: Any) -> bytes:
    return json.dumps({"type": "AnnotationPage", "items": items, **rest}).encode()


def quote(exact: str = QUOTE, **rest: Any) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **rest}


def target(*selectors: Any, source: str = "https://example.org/a_b?no=1") -> dict[str, Any]:
    return {"source": source, "selector": list(selectors)}


def test_there_and_back(library: Library, other: Library) -> None:
    library.annotate_quote(ID, QUOTE, tags=["비용/설비", "의문"], note="두 줄\n\n메모 <b>")
    library.annotate_quote(ID, "시험 운영")
    library.annotate_quote(ID, "$5.6M이라고 밝혔다.", tags=["주장"])
    exported = make(library, "", "jsonld")
    assert {came.status for came in bring_in(other, exported)} == {"new"}
    assert core(other) == core(library)
    assert {came.status for came in bring_in(other, exported)} == {"present"}
    assert {came.status for came in bring_in(library, exported)} == {"present"}
    assert len(library.annotations()) == 3


def test_the_form_is_the_standard_s(library: Library) -> None:
    mark = library.annotate_quote(ID, QUOTE, tags=["비용"], note="메모")
    page = json.loads(make(library, "", "jsonld"))
    (item,) = page["items"]
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert item["body"] == [
        {"type": "TextualBody", "purpose": "tagging", "value": "비용"},
        {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": "메모"},
    ]
    position, words = item["target"]["selector"]
    assert position == {"type": "TextPositionSelector", "start": mark.start, "end": mark.end}
    assert words["exact"] == QUOTE


def test_a_mark_changed_since_is_not_doubled(library: Library) -> None:
    mark = library.annotate_quote(ID, QUOTE, note="하나")
    exported = make(library, "", "jsonld")
    library.change(mark.id, note="둘")
    assert [came.status for came in bring_in(library, exported)] == ["present"]
    assert [m.note for m in library.annotations()] == ["둘"]


@pytest.mark.parametrize("blank", [" ", "\n\n"])
def test_a_quotation_with_white_space_at_its_ends_is_not_doubled(library: Library, blank: str) -> None:
    text = library.article(ID).text
    at = text.index(blank)
    raw = data({"type": "Annotation", "target": target(quote(text[:at] + blank))})
    assert [came.status for came in bring_in(library, raw)] == ["new"]
    assert [came.status for came in bring_in(library, raw)] == ["present"]
    assert [mark.exact for mark in library.annotations()] == [text[:at]]


def test_a_dry_run_changes_nothing(library: Library) -> None:
    assert [c.status for c in bring_in(library, data({"target": target(quote())}), dry_run=True)] == ["new"]
    assert library.annotations() == []


@pytest.mark.parametrize(
    "item",
    [
        {"target": target(quote())},
        {"target": [target(quote())], "body": []},
        {"target": target({"type": "TextPositionSelector", "start": 99999, "end": 100000}, quote())},
        {"target": target({"type": "TextPositionSelector", "start": -3, "end": "x"}, quote())},
        {"target": target({"type": "FragmentSelector", "refinedBy": quote()})},
        {"target": target(quote("설비를  빌린\n값은 빠졌다."))},
        {"target": target(quote(), source="http://www.example.org/a_b?no=1#x")},
        {"target": target(quote(), source="https://elsewhere.example/1")},
        {"target": {"selector": quote()}},
        {"target": {"source": {"id": "https://example.org/a_b?no=1"}, "selector": quote()}},
        {"target": target(quote(prefix="남은 문제\n\n", suffix=None))},
    ],
)
def test_other_programs_leave_things_out(library: Library, item: dict[str, Any]) -> None:
    (came,) = bring_in(library, data(item))
    assert came.status == "new", came.korean
    assert [mark.exact for mark in library.annotations()] == [QUOTE]


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"target": None},
        {"target": "https://example.org/a_b?no=1"},
        {"target": target()},
        {"target": target({"type": "TextPositionSelector", "start": 0, "end": 5})},
        {"target": target(quote(""))},
        {"target": target(quote(None))},  # type: ignore[arg-type]
        {"target": target(quote("이 글에는 결코 없는 말이다."))},
        {"target": target(quote(), 17, "x", None), "body": [{"purpose": "tagging", "value": "()"}]},
        {"target": 17, "body": 18, "tags": 19, "uri": 20},
    ],
)
def test_what_cannot_come_in_is_said_and_the_rest_does(library: Library, item: dict[str, Any]) -> None:
    results = bring_in(library, data(item, {"target": target(quote("시험 운영"))}))
    assert [came.status for came in results] == ["failed", "new"]
    assert results[0].korean
    assert results[0].english
    assert [mark.exact for mark in library.annotations()] == ["시험 운영"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"17",
        b'"x"',
        b"[1, 2]",
        b"\xff\xfe",
        '["비용"]'.encode("cp949"),
        b"[" * 100_000,
    ],
)
def test_no_annotations(raw: bytes) -> None:
    with pytest.raises(InvalidError):
        decode(raw)


def test_bodies(library: Library) -> None:
    item = {
        "target": target(quote()),
        "body": [
            "그냥 글",
            {"type": "TextualBody", "value": "용도 없음"},
            {"type": "TextualBody", "purpose": ["tagging"], "value": " 태그 하나 "},
            {"purpose": "commenting", "value": "제어\x1b[31m문자"},
        ],
    }
    (came,) = bring_in(library, data(item))
    assert came.mark is not None
    assert came.mark.tags == ("태그_하나",)
    assert came.mark.note == "그냥 글\n\n용도 없음\n\n제어[31m문자"


def test_collection_list_and_single(library: Library) -> None:
    one = {"target": target(quote())}
    for value in (one, [one], {"type": "AnnotationCollection", "first": {"items": [one]}}):
        assert len(decode(json.dumps(value).encode())) == 1


def test_the_right_one_of_several_places(tmp_path: Path) -> None:
    """The same words stand there twice: what stands around them decides."""
    from store.model import Block, BlockType

    text = "앞의 말은 같다. 첫째 자리.\n\n뒤의 말은 같다. 둘째 자리."
    article = make_article(
        text=text, blocks=(Block(type=BlockType.PARAGRAPH, start=0, end=len(text)),), sentences=()
    )
    with make_library(tmp_path / "l", article) as library:
        (came,) = bring_in(
            library, data({"target": target(quote("말은 같다.", prefix="뒤의 ", suffix=" 둘째"))})
        )
        assert came.mark is not None
        assert came.mark.start == text.index("말은 같다. 둘째")


def test_hypothesis(tmp_path: Path) -> None:
    """Its positions are UTF-16 units; an emoji before the passage takes two."""
    from store.model import Block, BlockType

    text = "😀😀 같은 말이 있다. 그리고 또 같은 말이 있다."
    article = make_article(
        text=text, blocks=(Block(type=BlockType.PARAGRAPH, start=0, end=len(text)),), sentences=()
    )
    second = text.rindex("같은 말")
    units = len(text[:second].encode("utf-16-le")) // 2
    assert units == second + 2
    row = {
        "id": "x",
        "uri": "https://example.org/a_b?no=1",
        "text": "다시 나온다",
        "tags": ["반복", "반복"],
        "target": [
            {
                "source": "https://example.org/a_b?no=1",
                "selector": [
                    {"type": "RangeSelector", "startOffset": 1},
                    {"type": "TextPositionSelector", "start": units, "end": units + 4},
                    {"type": "TextQuoteSelector", "exact": "같은 말", "prefix": "", "suffix": ""},
                ],
            }
        ],
    }
    note = {"id": "y", "uri": "https://example.org/a_b?no=1", "text": "쪽 메모", "target": [{"source": "…"}]}
    with make_library(tmp_path / "l", article) as library:
        results = bring_in(library, json.dumps({"rows": [row, note], "total": 2}).encode())
        assert [came.status for came in results] == ["new", "failed"]
        assert results[0].mark is not None
        assert results[0].mark.start == second
        assert results[0].mark.tags == ("반복",)
        assert results[0].mark.note == "다시 나온다"


def test_code_points() -> None:
    assert [code_points("a😀b", units) for units in (0, 1, 3, 4, 9)] == [0, 1, 2, 3, 3]
    assert code_points("가나", 1) == 1


def test_tags_of_an_article_itself_go_there_and_back(library: Library, other: Library) -> None:
    library.set_article_tags(ID, ["비용/설비", "주장"])
    exported = make(library, "", "jsonld")
    (item,) = json.loads(exported)["items"]
    assert "selector" not in item["target"]
    assert [(came.status, came.exact) for came in bring_in(other, exported, dry_run=True)] == [
        ("new", "값싼 모형, 비싼 질문")
    ]
    assert other.article_tags("ffff00000000") == ()
    other.set_article_tags("ffff00000000", ["처음", "주장"])
    assert [came.status for came in bring_in(other, exported)] == ["new"]
    assert other.article_tags("ffff00000000") == ("처음", "주장", "비용/설비")
    assert [came.status for came in bring_in(other, exported)] == ["present"]
    assert (other.annotations(), json.loads(make(library, "tag:없음", "jsonld"))["items"]) == ([], [])


def test_a_note_on_a_page_without_a_quotation_is_refused_as_before(library: Library) -> None:
    bodies = [{"purpose": "tagging", "value": "주장"}, {"purpose": "commenting", "value": "쪽 메모"}]
    (came,) = bring_in(library, data({"type": "Annotation", "target": target(), "body": bodies}))
    assert (came.status, library.article_tags(ID)) == ("failed", ())


def test_an_article_that_cannot_be_read_stops_no_other(library: Library) -> None:
    damaged = library._desk.layout.article(ID)
    damaged.write_bytes(b"{")
    on_it = {"body": "메모", "target": target(quote())}
    its_tags = {"body": {"purpose": "tagging", "value": "비용"}, "target": target()}
    came = bring_in(
        library, data(on_it, its_tags, {"target": target(quote("없음"), source="https://example.org/none")})
    )
    assert [one.status for one in came] == ["failed"] * 3
    assert [str(damaged) in one.korean for one in came] == [True, True, False]
