from __future__ import annotations

import msgspec
import pytest

from store import ingest
from store.corrections import READER, apply, removing, restoring
from store.errors import InvalidError, StorageError
from store.library import Library
from store.marks import Marks
from store.model import Page, Removed, Status
from store.shelf import Shelf
from tests.store import pages


def page() -> Page:
    made = pages.page("제목", "첫 문단이다.", "둘째 문단이다.", "셋째 문단이다.")
    second = made.text.index("둘째")
    removed = (
        Removed(text="메뉴", reason="menu", at=0, line=0),
        Removed(text="사진 설명이다.", reason="photo_credit", at=second, line=5),
        Removed(text="광고다.", reason="ad", at=second, line=6),
        Removed(text="댓글", reason="comments", at=len(made.text), line=20),
    )
    return msgspec.structs.replace(made, removed=removed)


def whole(one: Page) -> None:
    """What holds for every page."""
    assert one.text == "\n\n".join(one.text[block.start : block.end] for block in one.blocks)
    assert all(any(b.start <= s.start < s.end <= b.end for b in one.blocks) for s in one.sentences)
    assert [r.at for r in one.removed] == sorted(r.at for r in one.removed)
    assert all(r.at == len(one.text) or any(r.at == b.start for b in one.blocks) for r in one.removed)


def test_a_line_put_back_stands_in_its_place() -> None:
    before = page()
    after = apply(before, [restoring(before.removed[1])])
    assert after.text.split("\n\n") == ["첫 문단이다.", "사진 설명이다.", "둘째 문단이다.", "셋째 문단이다."]
    assert [one.text for one in after.removed] == ["메뉴", "광고다.", "댓글"]
    assert after.removed[1].at == after.text.index("둘째")
    whole(after)


def test_lines_put_back_one_after_the_other_keep_their_order() -> None:
    before = page()
    one = apply(before, [restoring(before.removed[2])])
    assert one.removed[1].text == "사진 설명이다."
    assert one.removed[1].at == one.text.index("광고다.")
    two = apply(before, [restoring(before.removed[2]), restoring(before.removed[1])])
    assert two.text.split("\n\n")[1:3] == ["사진 설명이다.", "광고다."]
    whole(two)


def test_first_and_last() -> None:
    before = page()
    assert apply(before, [restoring(before.removed[0])]).text.startswith("메뉴\n\n첫")
    last = apply(before, [restoring(before.removed[3])])
    assert last.text.endswith("문단이다.\n\n댓글")
    whole(last)


def test_a_line_taken_out_is_kept_with_a_reason() -> None:
    before = page()
    made = removing(before, before.text.index("둘째") + 2)
    assert made is not None
    after = apply(before, [made])
    assert after.text == "첫 문단이다.\n\n셋째 문단이다."
    gone = next(one for one in after.removed if one.reason == READER)
    assert (gone.text, gone.at) == ("둘째 문단이다.", after.text.index("셋째"))
    whole(after)


def test_a_correction_of_a_line_that_is_gone_does_nothing() -> None:
    made = restoring(Removed(text="없는 줄", reason="ad", at=0, line=0))
    assert apply(page(), [made]) == page()
    assert removing(page(), 10_000) is None


@pytest.fixture
def corrected(library: Library, monkeypatch: pytest.MonkeyPatch) -> str:
    """An article in which parsing took a sentence for an advertisement."""
    real = pages.parse

    def parse(data: bytes, **options: str | None) -> object:
        found, raw = real(data, **options)[0]  # type: ignore[arg-type]
        blocks = found.text.split("\n\n")
        kept = [block for block in blocks if not block.startswith("광고")]
        made = pages.page(found.title, *kept, url=found.url)
        removed = [
            Removed(
                text=block,
                reason="ad",
                at=len("\n\n".join(b for b in blocks[:i] if not b.startswith("광고"))) + (2 if i else 0),
                line=i,
            )
            for i, block in enumerate(blocks)
            if block.startswith("광고")
        ]
        return [(msgspec.structs.replace(made, removed=tuple(removed)), raw)]

    monkeypatch.setattr(ingest, "parse", parse)
    text = "제목\n첫째 문장이다.\n광고 시장이 커진다는 문장이다.\n둘째 문장이다.\n셋째 문장이다."
    id = library.add(text.encode(), name="a", source_url="https://news.example/1")[0].id
    assert id is not None
    return id


def test_corrections_outlive_a_new_parsing(library: Library, corrected: str) -> None:
    mark = library.annotate_quote(corrected, "둘째 문장이다.", note="메모")
    after = library.correct(corrected, restore=0)
    assert "광고 시장이" in after.text
    assert library.article(corrected) == after
    moved = library.annotation(mark.id)
    assert (after.slice(moved.start, moved.end), moved.status) == (mark.exact, Status.MOVED)
    library.correct(corrected, remove=after.text.index("셋째"))
    assert "셋째" not in library.article(corrected).text
    text = "제목\n새 문장이 왔다.\n첫째 문장이다.\n광고 시장이 커진다는 문장이다.\n둘째 문장이다.\n셋째 문장이다."
    assert library.add(text.encode(), name="a", source_url="https://news.example/1")[0].status == "updated"
    again = library.article(corrected).text
    assert "광고 시장이" in again
    assert "새 문장이" in again
    assert "셋째" not in again
    assert library.add(text.encode(), name="a", source_url="https://news.example/1")[0].status == "duplicate"


def test_corrections_can_be_undone(library: Library, corrected: str) -> None:
    before = library.article(corrected)
    library.correct(corrected, restore=0)
    library.correct(corrected, remove=0)
    two = library.article(corrected).text
    library.undo()
    library.undo()
    assert library.article(corrected).text == before.text
    assert library.article(corrected).removed == before.removed
    library.redo()
    library.redo()
    assert library.article(corrected).text == two


def test_there_and_back_is_nothing(library: Library, corrected: str) -> None:
    before = library.article(corrected)
    after = library.correct(corrected, restore=0)
    library.correct(corrected, remove=after.text.index("광고"))
    back = library.article(corrected)
    assert (back.text, back.removed) == (before.text, before.removed)


def test_impossible_corrections(library: Library, corrected: str) -> None:
    for options in ({}, {"restore": 5}, {"restore": -1}, {"remove": 9999}, {"restore": 0, "remove": 0}):
        with pytest.raises(InvalidError):
            library.correct(corrected, **options)


@pytest.fixture
def twice(library: Library, monkeypatch: pytest.MonkeyPatch) -> str:
    """An article of which three lines were left out that read the same, and one was kept."""
    blocks = ["첫째다.", "가나다.", "둘째다.", "셋째다."]
    made = pages.page("제목", *blocks)
    ends = [made.text.index(block) for block in blocks]
    lines = [(1, ends[0]), (4, ends[3]), (7, len(made.text))]
    removed = tuple(Removed(text="가나다.", reason="ad", at=at, line=line) for line, at in lines)
    parsed = msgspec.structs.replace(made, removed=removed)
    raw = pages.parse(b"x", name="a")[0][1]
    monkeypatch.setattr(ingest, "parse", lambda data, **options: [(parsed, raw)])
    id = library.add(b"x", name="a")[0].id
    assert id is not None
    return id


def lines(library: Library, article: str) -> str:
    """The first characters of an article's lines, in order."""
    return "".join(line[0] for line in library.article(article).text.split("\n\n"))


def test_of_lines_that_read_the_same_the_right_one_goes_out_again(library: Library, twice: str) -> None:
    assert lines(library, twice) == "첫가둘셋"
    for count in range(3):
        assert len(library.article(twice).removed) == 3 - count
        library.correct(twice, restore=0)
    assert lines(library, twice) == "가첫가둘가셋가"
    blocks = library.article(twice).blocks
    library.correct(twice, remove=blocks[4].start)
    assert lines(library, twice) == "가첫가둘셋가"
    library.correct(twice, remove=library.article(twice).blocks[2].start)
    assert lines(library, twice) == "가첫둘셋가", "the one that parsing had kept"
    assert [one.reason for one in library.article(twice).removed] == [READER, "ad"]
    library.correct(twice, remove=library.article(twice).blocks[-1].start)
    assert lines(library, twice) == "가첫둘셋"
    reader = next(n for n, one in enumerate(library.article(twice).removed) if one.reason == READER)
    library.correct(twice, restore=reader)
    assert lines(library, twice) == "가첫가둘셋"
    assert [one.reason for one in library.article(twice).removed] == ["ad", "ad"]
    for _ in range(7):
        library.undo()
    assert (lines(library, twice), len(library.article(twice).removed)) == ("첫가둘셋", 3)


@pytest.mark.parametrize("refusing", [(Shelf, "_save"), (Marks, "_set")])
def test_a_disk_that_refuses_leaves_no_correction_half_made(
    library: Library, corrected: str, monkeypatch: pytest.MonkeyPatch, refusing: tuple[type, str]
) -> None:
    mark = library.annotate_quote(corrected, "둘째 문장이다.")
    before = library.article(corrected)
    real, calls = getattr(*refusing), []

    def full(self: object, *arguments: object, **options: object) -> object:
        calls.append(arguments)
        # The first write of the marks is the correction, the second one moves the mark.
        if len(calls) == (2 if refusing[0] is Marks else 1):
            raise StorageError("디스크에 빈자리가 없습니다.", "The disk is full.")
        return real(self, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(*refusing, full)
        with pytest.raises(StorageError):
            library.correct(corrected, restore=0)
    after = library.article(corrected)
    assert (after.text, after.removed) == (before.text, before.removed)
    assert library._marks.corrections(corrected) == []
    assert library.annotation(mark.id) == mark
    act = library.undo()
    assert act is not None
    assert act.english == "underline"
    library.redo()
    assert "광고" in library.correct(corrected, restore=0).text
