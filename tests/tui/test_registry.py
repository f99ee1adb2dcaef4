"""The whole registry, driven through the keyboard: in Latin mode, in Hangul mode, and as syllables that an input method composed."""

from __future__ import annotations

import pytest
from textual import events

from store.korean.dubeolsik import compose
from store.library import Library
from tests.tui.conftest import opened
from tui import actions
from tui.config import Config
from tui.hangul import key_name
from tui.notearea import NoteArea
from tui.reader import ReaderScreen
from tui.rows import RowList
from tui.stage import Stage

READER = actions.at("reader", "anywhere")


def event(key: str) -> events.Key:
    """The event that a terminal sends for a key of the registry or for a character of an input method."""
    if len(key) == 1:
        return events.Key(key_name(key), key)
    return events.Key(key, " " if key == "space" else None)


def in_hangul_mode(key: str) -> str:
    return compose(key) if len(key) == 1 and key.isalpha() else key


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    ids: list[str] = []
    monkeypatch.setattr(Stage, "action_do", lambda self, id: ids.append(id))
    monkeypatch.setattr(RowList, "action_do", lambda self, id: ids.append(id))
    monkeypatch.setattr(NoteArea, "action_do", lambda self, id: ids.append(id))
    return ids


@pytest.mark.parametrize("hangul", [False, True], ids=["latin", "hangul"])
async def test_every_key_of_the_reading_screen(
    library: Library, config: Config, done: list[str], hangul: bool
) -> None:
    async with opened(library, config) as (pilot, screen):
        expected = [(action.id, key) for action in READER for key in action.keys]
        for _, key in expected:
            screen.app.post_message(event(in_hangul_mode(key) if hangul else key))
        await pilot.pause()
        assert done == [id for id, _ in expected]


async def test_syllables_are_taken_apart(library: Library, config: Config, done: list[str]) -> None:
    by_key = {key: action.id for action in READER for key in action.keys}
    async with opened(library, config) as (pilot, screen):
        for typed in ("gj", "thj", "dkss", "rkqt", "hk", "Q", "gksrmf"):
            done.clear()
            for character in compose(typed):
                screen.app.post_message(event(character))
            await pilot.pause()
            meant = [by_key[key] for key in typed.lower() if key in by_key]
            if len(meant) > 1:  # within a syllable q does not quit
                meant = [id for id in meant if id != "quit"]
            assert done == meant, compose(typed)


@pytest.mark.parametrize("hangul", [False, True], ids=["latin", "hangul"])
@pytest.mark.parametrize("place", ["shelf", "extracts", "tags"])
async def test_every_key_of_the_panels(
    library: Library,
    config: Config,
    done: list[str],
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    hangul: bool,
) -> None:
    async with opened(library, config) as (pilot, screen):
        screen.to_panel(place)
        await pilot.pause()
        wanted = actions.at("list", "shelf") if place == "shelf" else actions.at("list")
        expected = [(action.id, key) for action in wanted for key in action.keys]
        for _, key in expected:
            screen.app.post_message(event(in_hangul_mode(key) if hangul else key))
        await pilot.pause()
        assert done == [id for id, _ in expected]


async def test_in_a_note_hangul_is_text_and_escape_leaves(
    library: Library, config: Config, done: list[str]
) -> None:
    async with opened(library, config) as (pilot, screen):
        screen.notes.area.read_only = False
        screen.notes.area.focus()
        await pilot.pause()
        for character in "허 j":
            screen.app.post_message(event(character) if character != " " else event("space"))
        await pilot.pause()
        assert screen.notes.area.text == "허 j"
        screen.app.post_message(event("escape"))
        await pilot.pause()
        assert done == ["leave_note"]


async def test_keys_of_the_readers_own(library: Library, config: Config, done: list[str]) -> None:
    own = Config(
        config.path,
        theme="mitjul-light",
        tour=False,
        keys={"underline": ("u", ";"), "tag": (",",), "settings": ("f9",)},
    )
    async with opened(library, own) as (pilot, screen):
        for key in ("u", ";", ",", "ㅕ", "h"):
            screen.app.post_message(event(key))
        await pilot.pause()
        assert done == ["underline", "underline", "tag", "underline"]


@pytest.mark.parametrize(
    "action", [a for a in READER if a.id not in ("quit", "quit_now", "edit_note")], ids=lambda a: a.id
)
def test_every_act_has_its_method(action: actions.Action) -> None:
    assert any(
        callable(getattr(group, action.id, None)) or action.id.startswith("hot_") for group in _groups()
    ), action.id


def _groups() -> list[type]:
    from tui.carrying import Carrying
    from tui.correcting import Correcting
    from tui.going import Going
    from tui.marking import Marking
    from tui.reading import Reading
    from tui.viewing import Viewing

    return [Reading, Marking, Correcting, Carrying, Going, Viewing]


@pytest.mark.parametrize("size", [(120, 40), (40, 12)], ids=str)
async def test_every_act_is_done_without_a_crash(
    library: Library, config: Config, size: tuple[int, int]
) -> None:
    """In an article with a mark, for real: each act, then Esc until the reading screen is back."""
    skipped = {"quit", "quit_now", "edit_note", "address", "copy"}
    async with opened(library, config, size) as (pilot, screen):
        for action in [*READER, *actions.at("shelf")]:
            if action.id in skipped:
                continue
            screen.action_do(action.id)
            await pilot.pause()
            for _ in range(4):
                if isinstance(screen.app.screen, ReaderScreen) and screen.in_article:
                    break
                await pilot.press("escape")
            assert screen.app.screen is screen, action.id
        assert screen.app.is_running


async def test_every_act_in_an_empty_library_says_why_not(empty: Library, config: Config) -> None:
    async with opened(empty, config) as (pilot, screen):
        for action in READER:
            if "article" in action.needs:
                assert screen.why_not(action)
                screen.action_do(action.id)
        await pilot.pause()
        assert screen.app.screen is screen
