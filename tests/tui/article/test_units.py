from hypothesis import given
from hypothesis import strategies as st

from store.model import Block, BlockType, Span
from tests.tui.article.build import HARBOUR, article
from tui.article.units import NOTHING, Unit, Units

SHOWN = article(*HARBOUR)
UNITS = Units(SHOWN.text, SHOWN.blocks, SHOWN.sentences)
OFFSETS = st.integers(0, len(SHOWN.text))
KINDS: st.SearchStrategy[Unit] = st.sampled_from(["eojeol", "sentence", "paragraph"])


def words(span: Span) -> str:
    return SHOWN.text[span.start : span.end]


def at(text: str) -> int:
    return SHOWN.text.index(text)


@given(OFFSETS, KINDS)
def test_a_unit_is_whole(offset: int, kind: Unit) -> None:
    span = UNITS.at(kind, offset)
    assert 0 <= span.start < span.end <= len(SHOWN.text)
    assert words(span) == words(span).strip()
    assert UNITS.at(kind, span.start) == span
    assert UNITS.at(kind, span.end - 1) == span


@given(st.text(alphabet="가나 .\n", max_size=40))
def test_every_word_can_be_reached(text: str) -> None:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            blocks.append(Block(type=BlockType.PARAGRAPH, start=at, end=at + len(part)))
        at += len(part) + 2
    units = Units(text, blocks, ())
    covered = {offset for span in units.sentences for offset in range(span.start, span.end)}
    assert all(
        offset in covered
        for block in blocks
        for offset in range(block.start, block.end)
        if not text[offset].isspace()
    )


def test_stepping_visits_every_unit_once_and_comes_back() -> None:
    counts: dict[Unit, int] = {
        "sentence": len(UNITS.sentences),
        "paragraph": len(SHOWN.blocks),
        "eojeol": len(SHOWN.text.split()),
    }
    for kind, count in counts.items():
        seen = [UNITS.at(kind, 0)]
        while (following := UNITS.step(kind, seen[-1].start, 1)) != seen[-1]:
            assert following is not None
            assert following.start >= seen[-1].end
            seen.append(following)
        assert len(seen) == count
        back = [seen[-1]]
        while (before := UNITS.step(kind, back[-1].start, -1)) != back[-1]:
            assert before is not None
            back.append(before)
        assert back[::-1] == seen


def test_steps_stop_at_the_ends() -> None:
    assert UNITS.step("sentence", 0, 1000) == UNITS.sentences[-1]
    assert UNITS.step("paragraph", len(SHOWN.text), -1000) == UNITS.paragraph(0)


def test_headings() -> None:
    second = UNITS.step("heading", at("부산의"), 1)
    assert second is not None
    assert words(second) == "서로 다른 숫자"
    first = UNITS.step("heading", second.start, -1)
    assert first is not None
    assert words(first) == "항구의 새 창고"
    assert UNITS.step("heading", second.start, 1) is None
    assert UNITS.step("heading", first.start, -1) is None


def test_white_space_belongs_to_the_word_before_it() -> None:
    space = at("부산의") + 3
    assert words(UNITS.eojeol(space)) == "부산의"


@given(OFFSETS)
def test_growing_holds_what_it_grew_from_and_ends(offset: int) -> None:
    span = UNITS.eojeol(offset)
    for _ in range(10):
        larger = UNITS.grow(span)
        assert larger.start <= span.start
        assert larger.end >= span.end
        if larger == span:
            break
        span = larger
    assert span == UNITS.paragraph(span.start)


@given(OFFSETS, OFFSETS)
def test_shrinking_stays_inside(one: int, other: int) -> None:
    span = Span(start=min(one, other), end=max(one, other))
    smaller = UNITS.shrink(span)
    assert span.start <= smaller.start <= smaller.end <= span.end


def test_nothing_to_stand_on() -> None:
    empty = Units("", (), ())
    assert empty.sentence(0) == empty.eojeol(0) == empty.paragraph(3) == NOTHING
    assert empty.step("sentence", 0, 1) is None
    assert empty.step("heading", 0, 1) is None
