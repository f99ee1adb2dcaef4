"""Whatever is marked, edited in the file and exported, in whatever order: no line that a person wrote disappears or changes its
order, and no mark is missing or double."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from store.exchange.compose import Source, article_sheet
from store.exchange.merge import NEW, fresh, merge
from store.exchange.names import block_id
from store.exchange.presets import PRESETS, Preset
from store.exchange.record import Record
from store.model import Annotation
from tests.exchange.makers import make_article, make_mark

ARTICLE = make_article(summary=("요약 한 줄",))
PASSAGES = [ARTICLE.slice(s.start, s.end) for s in ARTICLE.sentences]
NOTES = [
    "",
    "메모",
    "두 줄\n메모",
    "---\n# 제목\n> 인용 ^mj-000000000001",
    "- 하나\n- 둘",
    "```\n<!-- mj-000000000002 -->",
]
TAGS: list[tuple[str, ...]] = [(), ("비용",), ("비용/개발", "주장")]
FOREIGN = [
    "문단을 쓴다",
    "> 내가 따온 말",
    "## 내 생각",
    "- 내 목록",
    "#태그",
    "```",
    "---",
    "- ## 내 절",
    "  이어지는 줄",
    "\t- 아래 줄",
]


@dataclass
class World:
    """A library's marks, a file, and what a person wrote into it."""

    preset: Preset
    marks: dict[str, Annotation] = field(default_factory=dict)
    lines: list[str] | None = None
    record: Record = field(default_factory=Record)
    own: list[str] = field(default_factory=list)
    """The person's lines, in the order of the file."""
    ledger_lost: bool = False
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def export(self) -> None:
        marks = tuple(sorted(self.marks.values(), key=lambda mark: (mark.start, mark.id)))
        sheet = article_sheet(Source(ARTICLE, marks, "", None), self.preset)
        if self.lines is None:
            merged = fresh(sheet, self.preset)
        else:
            merged = merge(self.lines, Record() if self.ledger_lost else self.record, sheet, self.preset)
        self.lines, self.record, self.ledger_lost = merged.lines, merged.record, False
        self.check()
        again = merge(self.lines, self.record, sheet, self.preset)
        assert again.lines == self.lines, "an export with nothing new changed the file"
        assert again.record == self.record
        assert not again.beside

    def check(self) -> None:
        assert self.lines is not None
        there = [line for line in self.lines if line in set(self.own)]
        assert there == self.own, "a person's line was lost, doubled or moved"
        stripped = [line.strip() for line in self.lines]
        for id in self.marks:
            count = stripped.count(self.preset.marker(block_id(id)))
            assert count == 1, f"mark {id} is there {count} times"
            assert stripped.count(self.preset.marker(block_id(id) + NEW)) <= 1

    # what a reader does in the library

    def add(self, passage: int, note: int, tags: int) -> None:
        mark = make_mark(
            ARTICLE, PASSAGES[passage % len(PASSAGES)], next(self.numbers), note=NOTES[note], tags=TAGS[tags]
        )
        self.marks[mark.id] = mark

    def change(self, which: int, note: int, tags: int) -> None:
        if self.marks:
            id = sorted(self.marks)[which % len(self.marks)]
            self.marks[id] = replace(self.marks[id], note=NOTES[note], tags=TAGS[tags])

    def delete(self, which: int) -> None:
        if self.marks:
            del self.marks[sorted(self.marks)[which % len(self.marks)]]

    # what a person does in the file

    def write(self, at: int, words: int) -> None:
        if self.lines is None:
            return
        # Each line of a person's is told from all others by its number.
        line = f"{FOREIGN[words]} «{next(self.numbers)}»"
        self._insert(at % (len(self.lines) + 1), line)

    def rewrite(self, at: int) -> None:
        """Edit a line; block ids are left, as a person who takes them away makes another block."""
        if not self.lines:
            return
        at %= len(self.lines)
        if self.lines[at] in self.own or not self.lines[at].strip() or self._is_marker(self.lines[at]):
            return
        line = f"{self.lines[at]} «{next(self.numbers)}»"
        del self.lines[at]
        self._insert(at, line)

    def erase(self, at: int, count: int) -> None:
        if not self.lines:
            return
        at %= len(self.lines)
        for line in self.lines[at : at + count]:
            if line in self.own:
                self.own.remove(line)
        del self.lines[at : at + count]

    def blank(self, at: int) -> None:
        if self.lines:
            self.lines.insert(at % (len(self.lines) + 1), "")

    def trim(self) -> None:
        if self.lines:
            self.lines = [
                f"{line}  " if line and not n % 3 and line not in self.own else line
                for n, line in enumerate(self.lines)
            ]

    def lose_ledger(self) -> None:
        self.ledger_lost = True

    def _insert(self, at: int, line: str) -> None:
        assert self.lines is not None
        before = sum(1 for other in self.lines[:at] if other in self.own)
        self.lines.insert(at, line)
        self.own.insert(before, line)

    def _is_marker(self, line: str) -> bool:
        return self.preset.id_of(line) is not None


number = st.integers(0, 10_000)
acts = st.one_of(
    st.tuples(st.just("add"), number, st.integers(0, len(NOTES) - 1), st.integers(0, 2)),
    st.tuples(st.just("change"), number, st.integers(0, len(NOTES) - 1), st.integers(0, 2)),
    st.tuples(st.just("delete"), number),
    st.tuples(st.just("write"), number, st.integers(0, len(FOREIGN) - 1)),
    st.tuples(st.just("rewrite"), number),
    st.tuples(st.just("erase"), number, st.integers(1, 6)),
    st.tuples(st.just("blank"), number),
    st.tuples(st.just("trim")),
    st.tuples(st.just("lose_ledger")),
    st.tuples(st.just("export")),
)


@pytest.mark.parametrize("preset", PRESETS)
@settings(max_examples=170, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=st.lists(acts, min_size=3, max_size=30))
# A list of tags that agrees with the library once it has lost what the library lost.
@example(
    history=[("change", 0, 0, 2), ("export",), ("trim",), ("erase", 12, 1), ("change", 0, 5, 1), ("export",)]
)
# A block that runs together with the one before it until the heading between them is put back.
@example(history=[("write", 0, 0), ("blank", 549), ("blank", 0), ("erase", 600, 4), ("lose_ledger",)])
def test_any_history(preset: str, history: list[tuple[object, ...]]) -> None:
    world = World(PRESETS[preset])
    world.add(1, 1, 1)
    world.export()
    for name, *values in history:
        getattr(world, str(name))(*values)
    world.export()
