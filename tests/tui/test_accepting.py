"""Every extract of the panel leads to its place, and becomes a mark with one key, whatever the keyboard's mode."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.library import Library
from store.model import Extracts, Figure, KeySentence, Keyword, Name, Span
from tests.tui.conftest import opened, told
from tests.tui.test_registry import event, in_hangul_mode
from tui.config import Config

PAGE = (
    "강을 건너는 다리의 값\n\n첫 문장은 아무것도 말하지 않는다. 새 다리를 놓는 데 모두 120억 원이 들었다고 시청이 밝혔다.\n\n"
    "박 소장은 금액이 부풀려졌다고 말한다. 통행료는 아직 정해지지 않았다.\n"
)
ROWS = {
    "at:key": "박 소장은 금액이 부풀려졌다고 말한다.",
    "word:keyword": "통행료는 아직 정해지지 않았다.",
    "at:figure": "새 다리를 놓는 데 모두 120억 원이 들었다고 시청이 밝혔다.",
    "word:name": "박 소장은 금액이 부풀려졌다고 말한다.",
}


def made(library: Library, id: str) -> Extracts:
    text = library.article(id).text
    spans = library.article(id).sentences
    key = next(span for span in spans if text[span.start :].startswith("박 소장"))
    at = text.index("120억 원")
    name = text.index("박 소장")
    return Extracts(
        version=1,
        key_sentences=(KeySentence(start=key.start, end=key.end, text=text[key.start : key.end], score=1),),
        keywords=(Keyword(text="통행료", score=1, count=1), Keyword(text="통행 요금", score=1, count=1)),
        figures=(
            Figure(
                surface="120억 원", value=1.2e10, unit="KRW", kind="money", start=at, end=at + 6, sentence=1
            ),
        ),
        names=(Name(text="박소장", kind="person", count=1, spans=(Span(start=name, end=name + 4),)),),
    )


@pytest.fixture
def library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    with Library.open(folder) as found:
        (added,) = found.add(PAGE.encode(), name="강.txt")
        assert added.id is not None
        extracts = made(found, added.id)
        monkeypatch.setattr(Library, "extracts", lambda self, id, weighed=False: extracts)
        yield found


@pytest.mark.parametrize("hangul", [False, True], ids=["latin", "hangul"])
async def test_each_kind_is_marked_with_one_key(library: Library, config: Config, hangul: bool) -> None:
    async with opened(library, config) as (pilot, screen):
        screen.to_panel("extracts")
        await pilot.pause()
        rows = [row.key for row in screen.extracts.list.rows if row.pickable]
        keys = dict(zip(ROWS, [rows[0], rows[1], rows[3], rows[4]], strict=True))
        for kind, sentence in ROWS.items():
            assert keys[kind].startswith(kind.partition(":")[0]), keys
            assert screen.extracts.list.go(keys[kind])
            screen.app.post_message(event(in_hangul_mode("h") if hangul else "h"))
            await pilot.pause()
            (mark,) = library.annotations()
            assert mark.exact == sentence, kind
            assert screen.place == "extracts", "one can go on to the next"
            library.delete(mark.id)
            screen.marks_changed()


async def test_a_word_that_does_not_stand_in_the_text_marks_nothing(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        screen.to_panel("extracts")
        await pilot.pause()
        assert screen.extracts.list.go("word:1:통행 요금")
        await pilot.press("h")
        await pilot.pause()
        assert not library.annotations()
        assert any("그대로 나온 문장이 없습니다" in line for line in told(screen))


async def test_each_kind_leads_to_its_place(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        for n, sentence in enumerate(list(ROWS.values())[:3]):
            screen.to_panel("extracts")
            await pilot.pause()
            row = [row.key for row in screen.extracts.list.rows if row.pickable][[0, 1, 3][n]]
            assert screen.extracts.list.go(row)
            await pilot.press("enter")
            await pilot.pause()
            article = screen.session.article
            assert article is not None
            assert article.slice(screen.view.cursor.start, screen.view.cursor.end) == sentence
            await pilot.press("escape")
