"""Near copies, and the sketches that tell which texts may be some."""

from __future__ import annotations

import pytest

from store import copies
from store.library import Library
from store.terms import SKETCH, resemblance, sketch
from tests.store.pages import prose


def add(library: Library, text: str) -> str:
    id = library.add(text.encode(), name="a")[0].id
    assert id is not None
    return id


def test_near_copies_are_linked(library: Library) -> None:
    sentences = prose(1, 40)
    one = add(library, "원래 기사\n" + "\n".join(sentences))
    edited = ["새로 넣은 머리말이다.", *sentences[:15], *prose(2, 6), *sentences[20:]]
    two = add(library, "퍼온 글\n" + "\n".join(edited))
    add(library, "다른 글\n" + "\n".join(prose(3, 40)))
    assert [(row.id, share > 0.5) for row, share in library.near_copies(one)] == [(two, True)]
    assert [row.id for row, _ in library.near_copies(two)] == [one]
    everything = [row.id for row in library.list()]
    assert library.repeated(everything, 0.5) == {one, two}
    assert library.repeated(everything, 0.99) == set()
    library.remove(two)
    assert library.near_copies(one) == []


@pytest.mark.parametrize("count", [1, 3, 40])
def test_near_copies_of_short_and_long_texts(library: Library, count: int) -> None:
    body = "\n".join(prose(1, count))
    one = add(library, f"첫째 소식\n{body}")
    two = add(library, f"둘째 소식\n{body}\n덧붙인 말이 하나 있다.")
    assert [row.id for row, _ in library.near_copies(one)] == [two]
    assert [row.id for row, _ in library.near_copies(two)] == [one]


def test_where_everything_is_like_everything_the_likest_are_compared(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In full, which takes a while for each: taking in hundreds of such articles must not go on for minutes."""
    body = "\n".join(prose(1, 10))
    ids = [add(library, f"{number}째 알림\n{body}\n{number}째 줄이다.") for number in range(30)]
    compared: list[str] = []
    real = copies.shingles

    def counted(text: str) -> set[str]:
        compared.append(text)
        return real(text)

    monkeypatch.setattr(copies, "shingles", counted)
    assert len(library.near_copies(ids[0])) == copies.MOST
    assert len(compared) == copies.MOST + 1
    compared.clear()
    assert library.repeated(ids, 0.5) == set(ids)
    assert compared == []


def test_sketches() -> None:
    one, other = "\n".join(prose(1, 60)), "\n".join(prose(2, 60))
    assert resemblance(sketch(one), sketch(one)) == 1
    assert resemblance(sketch(one), sketch(other)) < 0.2
    assert resemblance(sketch(one), sketch(one + "\n" + other)) > 0.3
    assert resemblance(sketch(""), sketch("")) == 0
    # A short one, of which every word is in the sketch, and a long one that has it within.
    short = "\n".join(prose(1, 4))
    assert len(sketch(short)) < 4 * SKETCH == len(sketch(one))
    assert resemblance(sketch(short), sketch(short + "\n" + "\n".join(prose(2, 8)))) > 0.15
