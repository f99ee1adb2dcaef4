from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.korean.sentences import split_sentences
from store.model import Block, BlockType, Span


def split_paragraph(text: str) -> tuple[Span, ...]:
    return split_sentences(text, (Block(type=BlockType.PARAGRAPH, start=0, end=len(text)),))


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_paragraph(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["비가 온다.", "우산을 챙기세요!", "정말 괜찮을까?", "그럼요…", "다행이다."],
        ["“비가 온다. 바람도 분다.”라고 그는 말했다.", "모두 웃었다."],
        ["그는 “비가 온다”며 “우산이 있느냐?”고 물었다.", "없었다."],
        ['"왜 늦었어?" 라고 물었다.', "답이 없었다."],
        ["“비가 온다.”", "그는 창을 닫았다."],
        ["‘언제 오는가?’ 하는 물음이 남았다.", "답은 없다."],
        ['"비가 오면 강이 넘칩니다. 다들 아는 일입니다"(A씨)', "그 말이 맞았다."],
        ["강이 넘칩니다.(김 소장)", "그 말이 맞았다."],
        ["값은 3.5배가 됐다.", "1.5도는 넘지 않았다."],
        ["2025. 2. 1. 오후에 문을 열었다.", "사람이 많았다."],
        ["2025.02.14. 공개했다.", "모두 놀랐다."],
        ["1. 첫째 과제: 물을 아낀다.", "둘째는 없다."],
        ["가. 첫째 항목이다.", "이어진다."],
        ["Mr. Kim met U.S. officials in Seoul.", "They talked for 2.5 hours."],
        ["그는 A.I. 연구자다.", "10년째다."],
        ["정말?!", "그렇다니까요!!", "네."],
        ["문을 닫았다.", "그러나 비는 그치지 않았다."],
        ["지금이다! ^^", "가자."],
        ["좋아요 ㅋㅋㅋ.", "그래요."],
        ["‘딥’ 모델(Mix of Experts, MoE)을 골랐다.", "빨랐다."],
        ["책 『물의 길. 첫째 권』을 읽었다.", "좋았다."],
        ["(앞글에서 썼다. 다시 적는다.)", "그래서 줄인다.", "끝."],
        ["그래서(앞글에서 썼다. 다시 적는다.) 줄인다.", "끝."],
        ["그는 “왜 오지 않나?” 물었다.", "답은 없었다."],
        ["소장은 덧붙였다.", "“물을 아껴야 한다.”", "회의는 끝났다."],
        ["“값이 오를까…” 걱정이 많다.", "비가 온다."],
        ["제목은 “지금 사야 산다”… 상인의 속내였다.", "끝이다."],
        ["하나.", "둘.", "셋."],
        ["확인할 것.", "늦지 말 것.", "계획을 세웠음."],
    ],
)
def test_split(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_missing_space_after_the_full_stop() -> None:
    assert split("비가 왔다.그러나 갔다.") == ["비가 왔다.", "그러나 갔다."]
    assert split("store.korean은 모듈이다. v2.1을 냈다.") == ["store.korean은 모듈이다.", "v2.1을 냈다."]


def test_without_final_marks_only_clear_endings_split() -> None:
    text = (
        "어제는 하루 종일 비가 내렸습니다 그래서 약속을 미뤘어요 오늘은 날이 갰다고 합니다 다만 저녁에는 다시 구름이 많아진다고 하니 "
        "우산을 챙기는 편이 좋겠습니다 여러분은 어떻게 지내세요 댓글로 알려 주세요"
    )
    parts = split(text)
    assert parts[0] == "어제는 하루 종일 비가 내렸습니다"
    assert parts[1] == "그래서 약속을 미뤘어요"
    assert parts[-1] == "댓글로 알려 주세요"
    title = "데이터센터 투자 다시 보는 동남아시아 각국의 속내와 앞으로 남은 과제를 짚어 본 긴 제목 한 줄이지만 끝맺음은 어디에도 없는 글"
    assert split(title) == [title]


def test_line_ends_in_a_paragraph() -> None:
    assert split("첫 줄은 여기서\n이어진다. 끝.") == ["첫 줄은 여기서\n이어진다.", "끝."]
    assert split("첫 줄은 끝났다\n둘째 줄도 끝났다") == ["첫 줄은 끝났다", "둘째 줄도 끝났다"]


def test_a_very_long_quotation_is_split_inside() -> None:
    inner = "우리는 물을 아껴야 합니다. " * 60
    assert len(split(f"그는 “{inner}”라고 했다.")) > 30


@pytest.mark.parametrize("quotes", ['""', "“”", "‘’"])
def test_a_paragraph_that_is_one_speech_is_split_inside(quotes: str) -> None:
    opening, closing = tuple(quotes)
    assert split(
        f"{opening}비가 옵니다. ‘언제 그칠까? 곧 그치나?’ 하고 묻습니다. 우산을 챙기세요.{closing}"
    ) == [
        f"{opening}비가 옵니다.",
        "‘언제 그칠까? 곧 그치나?’ 하고 묻습니다.",
        f"우산을 챙기세요.{closing}",
    ]
    assert split(f"{opening}비가 옵니다. 우산을 챙기세요.{closing}(김 소장)") == [
        f"{opening}비가 옵니다.",
        f"우산을 챙기세요.{closing}(김 소장)",
    ]


def test_a_speech_of_many_sentences_is_split_inside() -> None:
    inner = " ".join(["우리는 물을 아껴야 합니다."] * 12)
    parts = split(f"김 소장은 “{inner}”라고 했다. 모두 웃었다.")
    assert parts[0] == "김 소장은 “우리는 물을 아껴야 합니다."
    assert parts[-2] == "우리는 물을 아껴야 합니다.”라고 했다."
    assert len(parts) == 13


def test_blocks() -> None:
    parts = [
        (BlockType.HEADING, "물값은 왜 오르나? 세 가지 까닭. 하나"),
        (BlockType.LIST_ITEM, "물을 아낀다"),
        (BlockType.LIST_ITEM, "값을 올린다. 내린다."),
        (BlockType.TABLE, "도시 | 값\n서울 | 3.5"),
        (BlockType.REFERENCE, "The Paper, What Now? An Essay., 2025.02.07."),
        (BlockType.PARAGRAPH, "  본문이다.  "),
    ]
    text, blocks = "", []
    for kind, body in parts:
        text += "\n\n" if text else ""
        blocks.append(Block(type=kind, start=len(text), end=len(text) + len(body)))
        text += body
    assert [text[s.start : s.end] for s in split_sentences(text, blocks)] == [
        "물값은 왜 오르나? 세 가지 까닭. 하나",
        "물을 아낀다",
        "값을 올린다.",
        "내린다.",
        "도시 | 값",
        "서울 | 3.5",
        "The Paper, What Now? An Essay., 2025.02.07.",
        "본문이다.",
    ]


@given(st.text(alphabet="가다요 .?!…\n\"'“”()[]1a^A씨라고,", max_size=80))
def test_spans_are_sound(text: str) -> None:
    spans = split_paragraph(text)
    covered: set[int] = set()
    last = 0
    for span in spans:
        assert last <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        covered.update(range(span.start, span.end))
        last = span.end
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


@pytest.mark.parametrize(
    "text",
    ["가" * 100_000, "“" * 100_000, "'" * 100_000, ". " * 50_000, "(a. " * 25_000, "왔다." * 20_000, "😀" * 50_000, "1.2." * 25_000],
    ids=["hangul", "open quotes", "straight quotes", "stops", "brackets", "no spaces", "emoji", "numbers"],
)  # fmt: skip
def test_bad_text_takes_bounded_time(text: str) -> None:
    began = time.process_time()
    split_paragraph(text)
    assert time.process_time() - began < 5
