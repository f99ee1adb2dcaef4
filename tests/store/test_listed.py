"""The shelf's lines, of which there may be thousands."""

from __future__ import annotations

import pytest
from msgspec import convert

from store import finding
from store.library import Library
from store.model import Listed


@pytest.mark.parametrize("query", ["", "등대", "-등대", "is:unread", "-is:unread", "has:marks", "title:둘째"])
def test_they_are_those_of_the_list(library: Library, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MANY", 2)
    for number, title in enumerate(("첫째", "둘째", "셋째", "넷째", "다섯째")):
        text = f"{title}\n{'등대' if number % 2 else '항구'}에 불이 켜졌다."
        id = library.add(text.encode(), name=f"{number}.txt")[0].id
        assert id is not None
        if number > 2:
            library.set_place(id, 3, 0.5)
            library.annotate(id, 0, 2)
    library.remove(library.list("title:다섯째")[0].id)
    lines = library.listed(query)
    assert lines == [convert(one, Listed, from_attributes=True) for one in library.list(query)]
    assert library.ids(query) == [one.id for one in lines]
    assert [library.line(one.id) for one in lines] == library.list(query)
    assert library.ids("", trashed=True) == [one.id for one in library.trash()]
    assert 0 < len(lines) <= 4
