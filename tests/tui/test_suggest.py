"""Tags suggested for a passage: particles dropped, and those tags first whose earlier passages are like it."""

from __future__ import annotations

from collections import Counter

import pytest

from store.library import Library
from store.model import Tag
from tests.tui.conftest import opened, opens, text_of, until
from tui.config import Config
from tui.picker import NEW, TagPicker, nearness, order, proposals
from tui.relating import as_written
from tui.suggest import offered, rank
from tui.tags import colours, next_look
from tui.tagtree import tree


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("“딥시크가,", ["딥시크"]),
        ("추론 모델이", ["추론_모델"]),
        ("이 글은 너무 길어서 태그가 되지 않는다", []),
        ("…", []),
        ("", []),
    ],
)
def test_a_name_out_of_the_passage(text: str, names: list[str]) -> None:
    assert offered(text) == names


def test_tags_of_like_passages_come_first() -> None:
    bags = {
        "비용": Counter(["달러", "개발", "비용", "모델"]),
        "규제": Counter(["정부", "법", "규제", "모델"]),
        "사람": Counter(["대표", "창업"]),
    }
    assert rank(Counter(["개발", "비용", "모델"]), bags)[0] == "비용"
    assert rank(Counter(["정부", "법"]), bags) == ["규제"]
    assert rank(Counter(["날씨"]), bags) == []
    assert rank(Counter(["모델"]), {}) == []


TAGS = [
    Tag(name="비용", count=3),
    Tag(name="비용/개발", count=9),
    Tag(name="규제", count=5),
    Tag(name="R1", count=1),
]


def test_order_in_the_picker() -> None:
    assert [tag.name for tag in order(TAGS, "")] == ["비용/개발", "규제", "비용", "R1"]
    assert order(TAGS, "", first=["규제"])[0].name == "규제"
    assert [tag.name for tag in order(TAGS, "비용")] == ["비용", "비용/개발"], (
        "the very name before the most used"
    )
    assert [tag.name for tag in order(TAGS, "ㅂㅇ")] == ["비용", "비용/개발"]
    assert [tag.name for tag in order(TAGS, "qldyd")] == ["비용", "비용/개발"]
    assert order(TAGS, "ㅂㅇ", first=["비용/개발"])[0].name == "비용"
    assert [tag.name for tag in order(TAGS, "개발")] == ["비용/개발"]
    assert order(TAGS, "없는 것") == []


def test_a_level_of_the_tree_that_is_typed_in_full_comes_before_what_is_below_it() -> None:
    given: list[str] = []
    tags = [Tag(name="규제/경쟁", count=4), Tag(name="비용", count=2), Tag(name="비용/개발", count=9)]
    picker = TagPicker(tags, current=[], give=lambda name: given)

    def keys(query: str) -> list[str]:
        return [row.key for row in picker.rows(query) if row.pickable]

    assert keys("규제") == ["new:규제", "규제/경쟁"]
    assert keys("#규제") == ["new:규제", "규제/경쟁"]
    assert keys("비용") == ["비용", "비용/개발"]
    assert keys("경쟁") == ["규제/경쟁", "new:경쟁"]
    assert keys("규") == ["규제/경쟁", "new:규"]
    assert keys("ㄱㅈ") == keys("rbwp")[:1] == ["규제/경쟁"]


def test_names_for_new_tags() -> None:
    assert proposals("주장", TAGS) == ["주장"]
    assert proposals("wnwkd", TAGS) == ["wnwkd", "주장"]
    assert proposals("note", TAGS) == ["note"], "not all of it makes syllables"
    assert proposals("wnwkd", [*TAGS, Tag(name="wnwkd")]) == ["주장"]
    assert proposals("비용", TAGS) == []
    assert proposals("ㅂㅇ", TAGS) == []
    assert proposals("AI", TAGS) == ["AI"], "no Hangul comes of it"
    assert proposals(" #주장 ", TAGS) == ["주장"]


def test_colours_are_inherited_and_new_tags_get_one_of_their_own() -> None:
    tags = [Tag(name="비용", colour="green", hotkey="1"), Tag(name="비용/개발"), Tag(name="규제")]
    assert colours(tags) == {"비용": "green", "비용/개발": "green", "규제": "grey"}
    assert next_look(tags) == ("yellow", "2")
    full = [Tag(name=str(n), hotkey=str(n), colour="yellow") for n in range(1, 10)]
    assert next_look(full) == ("green", "")


def test_the_tree_has_the_levels_between() -> None:
    tags = [Tag(name="나/라/마"), Tag(name="가"), Tag(name="나 다")]
    assert [(path, depth, tag is not None) for path, depth, tag in tree(tags)] == [
        ("가", 0, True),
        ("나", 0, False),
        ("나/라", 1, False),
        ("나/라/마", 2, True),
        ("나 다", 0, True),
    ]


def test_a_shared_word_is_shown_as_it_is_written() -> None:
    assert as_written("ai", "중국이 AI 경쟁에서 앞섰다.") == "AI"
    assert as_written("딥시크", "딥시크는 다르다.") == "딥시크"
    assert as_written("기술적", "기술이다.") == "기술적"


@pytest.mark.parametrize("typed", ["비용", "ㅂㅇ", "qldyd", "비ㅇ"])
def test_the_whole_name_before_its_beginning_before_something_in_it(typed: str) -> None:
    tags = [
        Tag(name="개발/비용", count=30),
        Tag(name="비용/비용", count=9),
        Tag(name="비용/개발", count=8),
        Tag(name="비용", count=1),
    ]
    assert [tag.name for tag in order(tags, typed)] == ["비용", "비용/비용", "비용/개발", "개발/비용"]


def test_how_near_a_name_is() -> None:
    assert [nearness(typed, "R1 비용") for typed in ("r1 비용", "r1", "ㅂㅇ")] == [0, 1, 2]


def test_a_space_that_was_typed_is_the_one_of_the_tag() -> None:
    tags = [Tag(name="개발_비용", count=1), Tag(name="비용", count=3)]
    assert proposals("개발 비용", tags) == []
    assert proposals("#개발  속도 ", tags) == ["개발_속도"]
    assert [tag.name for tag in order(tags, "개발 비용")] == ["개발_비용"]
    assert [tag.name for tag in order(tags, "ㄱㅂ ㅂㅇ")] == ["개발_비용"]


def test_hangul_typed_in_the_wrong_mode_goes_first_where_the_text_speaks_of_it() -> None:
    assert proposals("qldyd", [], "개발 비용이 늘었다.") == ["비용", "qldyd"]
    assert proposals("work", [], "재가를 받았다.") == ["재가", "work"]
    assert proposals("work", [], "개발 비용이 늘었다.") == ["work", "재가"]
    assert proposals("work", [], "재가를 받은 Work 모드다.") == ["work", "재가"]


def test_latin_typed_in_hangul_mode_is_offered_as_a_new_tag() -> None:
    assert proposals("ㅇㅁㅅㅁ", TAGS) == ["data"]
    assert proposals("ㅇㅁㅅㅁ", [*TAGS, Tag(name="Data")]) == []
    assert proposals("ㄳ", []) == ["rt"], "joined by the input method"
    assert proposals("ㅡㅐㅇ디", TAGS) == ["model", "ㅡㅐㅇ디"]
    assert proposals("ㄱ", []) == [], "too little to be a name"
    assert proposals("ㅇㅁ ㅅㅁ", []) == ["da_ta"]


def test_first_consonants_of_a_tag_that_there_is_are_no_latin_unless_the_text_has_it() -> None:
    tags = [Tag(name="연말세무", count=1)]
    assert proposals("ㅇㅁㅅㅁ", tags) == []
    assert proposals("ㅇㅁㅅㅁ", tags, "Data를 모은다.") == ["data"]
    assert proposals("ㅇㅁㅅㅁ", tags, "Metadata를 모은다.") == []
    assert proposals("연ㅁ", tags) == ["연ㅁ"], "as it stands"
    picker = TagPicker(tags, current=[], give=lambda name: [name], text="Data를 모은다.")
    assert [row.key for row in picker.rows("ㅇㅁㅅㅁ")] == ["연말세무", "new:data"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "이름을 치면 새 태그를 만듭니다."),
        ("ㄱ", "이 초성에 맞는 태그가 없습니다."),
        ("#", "태그 이름이 비어 있습니다."),
        ('"', "태그 이름이 비어 있습니다."),
        ("가" * 101, "태그 이름이 100자를 넘습니다."),
    ],
)
def test_where_no_tag_can_be_made_it_is_said_why(typed: str, why: str) -> None:
    (row,) = TagPicker([], current=[], give=lambda name: [name]).rows(typed)
    assert not row.pickable
    assert text_of(row) == why


async def test_the_first_tag_of_all_may_be_typed_in_the_wrong_mode(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, _):
        assert not library.tags()
        picker = await opens(pilot, TagPicker, "t", *"qldyd")
        await until(pilot, lambda: picker.list.key == f"{NEW}비용")
        await pilot.press("enter")
        await pilot.pause()
        assert [mark.tags for mark in library.annotations()] == [("비용",)]
