"""A small library of pages of our own, and the app on it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from store.library import Library
from store.model import Extracts, KeySentence, Keyword
from tui.app import MitjulApp
from tui.asking import Ask
from tui.background import Background
from tui.config import Config
from tui.reader import ReaderScreen
from tui.rows import Row

Opened = TypeVar("Opened", bound=Screen[Any])

PAGES = {
    "강.txt": (
        "강을 건너는 다리의 값\n\n"
        "새 다리를 놓는 데 모두 120억 원이 들었다고 시청이 밝혔다. 그러나 시민 단체는 금액이 부풀려졌다고 말한다. "
        "두 주장 사이에는 30억 원의 차이가 있다.\n\n"
        "다리는 내년 봄에 열린다. 통행료는 아직 정해지지 않았다. 주민들은 무료를 바란다.\n\n"
        "공사를 맡은 회사는 세 곳이다. 가장 큰 회사가 절반을 맡았다. 나머지 두 회사가 남은 일을 나누었다.\n"
    ),
    "숲.txt": (
        "도시 숲이 식히는 여름\n\n"
        "도시에 숲이 있으면 여름 기온이 2도 낮아진다는 연구가 나왔다. 연구진은 열두 도시를 3년 동안 살폈다. "
        "나무가 많은 동네일수록 차이가 컸다.\n\n"
        "숲을 가꾸는 비용은 해마다 늘었다. 그래도 냉방에 드는 돈보다 적다. 시청은 숲을 더 넓히기로 했다.\n"
    ),
}


@pytest.fixture
def folder(own_home: Path) -> Path:
    return own_home / "library"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder) as opened:
        for name, text in PAGES.items():
            (added,) = opened.add(text.encode(), name=name)
            assert added.status == "added", added
        yield opened


@pytest.fixture
def empty(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """A library of no articles, which no samples come into."""
    monkeypatch.setattr(Background, "take_samples", lambda self: False)
    with Library.open(own_home / "empty") as opened:
        yield opened


@pytest.fixture
def config(own_home: Path) -> Config:
    return Config(own_home / "config.toml", theme="mitjul-light", tour=False)


@pytest.fixture(autouse=True)
def no_analysis(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker process, unless a test asks for it by the marker's name in its own."""
    if "real_analysis" not in request.node.name:
        monkeypatch.setattr(Background, "analyse", lambda self: False)


@asynccontextmanager
async def opened(
    library: Library, config: Config, size: tuple[int, int] = (120, 40), *, stocked: bool = True
) -> AsyncIterator[tuple[Pilot[None], ReaderScreen]]:
    """The app with its reading screen; ready to be driven, unless it is not to be waited for until all is `stocked`."""
    app = MitjulApp(library, config)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReaderScreen)
        if stocked:
            await settled(pilot, screen)
        yield pilot, screen


def app_of(screen: ReaderScreen) -> MitjulApp:
    app = screen.app
    assert isinstance(app, MitjulApp)
    return app


async def settled(pilot: Pilot[None], screen: ReaderScreen) -> None:
    """Wait until everything around the article is shown, and nothing is being read."""
    kinds = ("shelf", "modules", "extracts", "changes")
    while not screen.stocked or any(map(screen.background.busy, kinds)):
        await pilot.pause(0.005)
    await pilot.pause()


async def until(pilot: Pilot[None], holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something holds, but not for ever."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        await pilot.pause(0.02)


async def opens(pilot: Pilot[None], kind: type[Opened], *keys: str) -> Opened:
    """The screen of this kind that these keys open."""
    await pilot.press(*keys)
    screen = pilot.app.screen
    assert isinstance(screen, kind), screen
    return screen


async def filtered(pilot: Pilot[None], screen: ReaderScreen, query: str) -> None:
    """Show of the shelf what answers a query."""
    box = await opens(pilot, Ask, "f2", "slash")
    box.field.value = query
    await pilot.press("enter")
    await settled(pilot, screen)


async def look(pilot: Pilot[None], screen: ReaderScreen) -> None:
    """Look for what changed from outside, as every few seconds."""
    screen.look_for_changes()
    await settled(pilot, screen)


def text_of(row: Row, width: int = 60) -> str:
    """What a row says, line by line."""
    return "\n".join("".join(text for text, _ in line) for line in row.lines(width))


def extracts(library: Library, id: str) -> Extracts:
    """Extracts of an article without a worker: its first sentence is key, its words are terms."""
    article = library.article(id)
    first = article.sentences[0]
    return Extracts(
        version=1,
        key_sentences=(
            KeySentence(
                start=first.start, end=first.end, text=article.slice(first.start, first.end), score=1
            ),
        ),
        keywords=(Keyword(text="시청", score=1, count=1),),
        terms=tuple(
            tuple(word.strip(".") for word in article.slice(s.start, s.end).split())
            for s in article.sentences
        ),
    )


_TOLD: WeakKeyDictionary[App[Any], list[str]] = WeakKeyDictionary()


@pytest.fixture(autouse=True)
def all_is_kept_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told goes from the screen after some seconds, which may pass while a busy machine stands still."""
    notify, clear = App.notify, App.clear_notifications

    def keep(self: App[Any], message: str, **more: Any) -> None:
        _TOLD.setdefault(self, []).append(message)
        notify(self, message, **more)

    def forget(self: App[Any]) -> None:
        _TOLD.pop(self, None)
        clear(self)

    monkeypatch.setattr(App, "notify", keep)
    monkeypatch.setattr(App, "clear_notifications", forget)


def told(screen: ReaderScreen) -> list[str]:
    """What the app has told the reader so far, or since it was cleared: also what no longer stands in the footer, or not yet."""
    return list(_TOLD.get(screen.app, ()))
