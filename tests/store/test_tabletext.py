"""A file's text is the same whether all of it is made anew or only what changed."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import Database
from store.tabletext import Memory, Tables, dump

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x7f"), max_size=6)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-9, 9), TEXT, st.lists(TEXT, max_size=3), st.dictionaries(TEXT, TEXT, max_size=2)
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["marks", "article", "표"]),
        st.sampled_from(["00", "0a", "b", "가"]),
        st.dictionaries(TEXT, VALUES, max_size=3),
    ),
    min_size=1,
    max_size=8,
)


def one_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def by_hand(tables: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of a file, said as plainly as it can be."""
    lines: list[str] = []
    for name in sorted(tables):
        rows = []
        for id in sorted(tables[name]):
            fields = [
                f"{one_line(field)}: [\n    " + ",\n    ".join(map(one_line, value)) + "\n   ]"
                if isinstance(value, list) and value
                else f"{one_line(field)}: {one_line(value)}"
                for field, value in tables[name][id].items()
            ]
            document = "{\n   " + ",\n   ".join(fields) + "\n  }" if fields else "{}"
            rows.append(f"{one_line(id)}: {document}")
        table = "{\n  " + ",\n  ".join(rows) + "\n }" if rows else "{}"
        lines.append(f"{one_line(name)}: {table}")
    return "{\n " + ",\n ".join(lines) + "\n}\n" if lines else "{}\n"


@settings(max_examples=150, deadline=None)
@given(CHANGES)
def test_only_what_changed_is_made_anew(changes: list[tuple[str, str, dict[str, Any]]]) -> None:
    memory, expected = Memory(), Tables()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.json"
        for table, key, fields in changes:
            documents = expected.setdefault(table, {})
            documents[key] = {**documents.get(key, {}), **fields}
            with Database(path, durable=False, memory=memory) as database:
                database.keyed(table).put(key, fields)
                assert database.keyed(table).fetch(key) == documents[key]
            assert path.read_text("utf-8") == by_hand(expected)
            assert path.read_bytes() == dump(expected)


def test_what_something_else_wrote_in_between_is_in_it(tmp_path: Path) -> None:
    memory, path = Memory(), tmp_path / "a.json"
    for change in ("하나", "둘둘"):
        with Database(path, memory=memory) as database:
            database.keyed("marks").put("a", {"note": change})
        path.write_bytes(dump({"marks": {"a": {"note": change}, "b": {"note": "남의 것"}}}))
    with Database(path, memory=memory) as database:
        database.keyed("marks").put("c", {"note": "셋"})
    assert path.read_text("utf-8") == by_hand(
        {"marks": {"a": {"note": "둘둘"}, "b": {"note": "남의 것"}, "c": {"note": "셋"}}}
    )


def test_no_documents() -> None:
    assert dump({}) == b"{}\n"
    assert dump({"marks": {}, "article": {"a": {}}}).decode() == by_hand({"marks": {}, "article": {"a": {}}})
