from hypothesis import given
from hypothesis import strategies as st

from store.model import Annotation, Status
from tests.tui.article.build import mark
from tui.article.marks import LANES, NOTE_SIGN, Mark, Marks, best
from tui.article.widths import cells

TEXT = "가나 다라마 바사. 아자차카 타파하 거너더. 러머 버서어."


TAGS = st.lists(st.sampled_from(["비용", "주장"]), unique=True, max_size=2)


@st.composite
def annotations(draw: st.DrawFn) -> list[Annotation]:
    ranges = draw(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 12)), max_size=12))
    return [
        mark(f"m{number}", start, min(len(TEXT), start + length))
        for number, (start, length) in enumerate(ranges)
    ]


@given(annotations())
def test_marks_that_touch_are_in_different_lanes(some: list[Annotation]) -> None:
    marks = Marks(TEXT, some).all
    for number, one in enumerate(marks):
        for other in marks[number + 1 :]:
            touching = not TEXT[one.end : other.start].strip()
            if touching and LANES - 1 not in (one.lane, other.lane):
                assert one.lane != other.lane


@given(annotations(), annotations())
def test_changing_some_marks_is_like_beginning_anew(
    before: list[Annotation], after: list[Annotation]
) -> None:
    marks, anew, old = Marks(TEXT, before, 30), Marks(TEXT, after, 30), Marks(TEXT, before, 30)
    changed, labels = marks.replace(after)
    assert marks.all == anew.all
    assert marks.labels == anew.labels
    told = {(one.start, one.end) for one in changed}
    assert all((one.start, one.end) in told for one in set(map(_look, old.all)) ^ set(map(_look, anew.all)))
    assert all(
        at in labels and labels[at] == anew.cells_at(at)
        for at in old.labels.keys() | anew.labels.keys()
        if old.labels.get(at) != anew.labels.get(at)
    )


def _look(one: Mark) -> Mark:
    return one._replace(annotation=one.annotation.id)  # type: ignore[arg-type]


@given(annotations(), st.integers(0, len(TEXT) - 1), st.integers(0, 12))
def test_marks_over_a_range(some: list[Annotation], start: int, length: int) -> None:
    end = min(len(TEXT), start + length)
    found = {one.annotation.id for one in Marks(TEXT, some).over(start, end)}
    assert found == {one.id for one in some if one.start < max(end, start + 1) and one.end > start}


def test_what_has_no_place_is_not_drawn() -> None:
    some = [mark("a", 0, 2, status=Status.LOST), mark("b", 5, 500), mark("c", 3, 3), mark("d", 0, 2)]
    assert [one.annotation.id for one in Marks(TEXT, some).all] == ["d"]


def test_two_neighbours_and_one_across() -> None:
    marks = Marks(TEXT, [mark("a", 0, 10), mark("b", 11, 23), mark("c", 4, 14), mark("d", 24, 30)])
    assert {one.annotation.id: one.lane for one in marks.all} == {"a": 0, "c": 1, "b": 2, "d": 0}


def test_the_mark_that_is_meant() -> None:
    marks = Marks(TEXT, [mark("whole", 0, 10), mark("word", 3, 6), mark("next", 11, 15)])
    spans = ((0, 10), (3, 6), (4, 5), (0, 2), (9, 14))
    found = [best(marks.over(*span), *span) for span in spans]
    assert [one.annotation.id if one else "" for one in found] == ["whole", "word", "word", "whole", "whole"]
    assert best(marks.over(20, 22), 20, 22) is None


def test_next_and_previous() -> None:
    marks = Marks(TEXT, [mark("a", 0, 10), mark("b", 3, 6), mark("c", 11, 15)])

    def name(offset: int, by: int, current: str = "") -> str | None:
        found = marks.step(offset, by, marks.get(current))
        return found.annotation.id if found else None

    assert name(0, 1) == "a"
    assert name(1, 1) == "b"
    assert name(4, 1) == "c"
    assert name(4, -1) == "b"
    assert name(12, 1) is None
    assert name(0, -1) is None
    assert name(0, 1, "a") == "b"
    assert name(0, -1, "b") == "a"


def test_labels_stand_after_the_word_in_which_the_mark_ends() -> None:
    marks = Marks(
        TEXT, [mark("a", 0, 4, "비용", "주장"), mark("b", 11, 15, note="왜?"), mark("c", 16, 17)], 40
    )
    labels = marks.labels
    assert sorted(labels) == [6, 15]
    assert "".join(piece.text for piece in labels[6].pieces) == "  #비용 #주장"
    assert "".join(piece.text for piece in labels[15].pieces) == f"  {NOTE_SIGN}"
    assert labels[6].marks == ("a",)


@given(st.lists(st.text(alphabet="비용주장/abc", min_size=1, max_size=30), max_size=6), st.integers(6, 40))
def test_labels_keep_their_room(tags: list[str], width: int) -> None:
    for label in Marks(TEXT, [mark("a", 0, 4, *tags, note="n")], width).labels.values():
        assert label.cells <= width
        assert sum(cells(piece.text) for piece in label.pieces) <= label.cells
