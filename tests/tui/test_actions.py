"""The registry by itself: whole, without clashes, and usable with the keyboard in Hangul mode."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations

import pytest
from textual.binding import Binding

from store.korean.dubeolsik import compose
from tui import actions, hints, language
from tui.hangul import expand, key_name


def test_ids_are_unique_and_names_are_in_both_languages() -> None:
    assert len(actions.BY_ID) == len(actions.ACTIONS)
    for action in actions.ACTIONS:
        assert re.search("[가-힣]", action.korean), action.id
        assert action.english.isascii(), action.id
        assert bool(action.more[0]) == bool(action.more[1]), action.id
        assert action.group in actions.GROUPS, action.id


def test_no_two_acts_of_a_place_have_the_same_key() -> None:
    for one, other in combinations(actions.ACTIONS, 2):
        if one.place == other.place or "anywhere" in (one.place, other.place):
            assert not set(one.keys) & set(other.keys), (one.id, other.id)


def test_nothing_needs_shift_with_a_letter_or_several_letters() -> None:
    for action in actions.ACTIONS:
        for key in action.keys:
            assert not (len(key) == 1 and key.isupper()), action.id
            assert not re.fullmatch(r"shift\+[a-z]", key), action.id


def test_every_letter_arrives_in_hangul_mode_too() -> None:
    for action in actions.ACTIONS:
        for key in action.keys:
            if len(key) == 1 and key.isalpha():
                jamo = compose(key)
                assert jamo != key
                assert expand(jamo, jamo) == [(key, key)], action.id


def test_everything_has_a_route_without_letters() -> None:
    """An arrow, a function key, a sign or a control key; or else the palette, which opens without letters."""
    assert any(len(key) > 1 for key in actions.BY_ID["palette"].keys)
    assert any(len(key) > 1 for key in actions.BY_ID["help"].keys)


def test_bindings_have_ids() -> None:
    for place in ("reader", "shelf", "list"):
        for binding in actions.bindings(place):
            assert isinstance(binding, Binding)
            assert binding.id is not None
            assert binding.id in actions.BY_ID
            assert binding.action == f"do('{binding.id}')"


def test_hints_name_real_acts() -> None:
    for place in hints.HINTS.values():
        for hint in place:
            assert hint.ids
            assert all(id in actions.BY_ID for id in hint.ids)
            assert hints.hint_keys(hint)
        assert place[-1].ids in (("help",), ("close",), ("drop",)), (
            "the last stays when the screen is narrow: the way out or on"
        )


def test_keys_as_printed() -> None:
    shown = {
        "down": "↓",
        "ctrl+y": "Ctrl+Y",
        "f2": "F2",
        "j": "j",
        "+": "+",
        "shift+tab": "Shift+Tab",
        "\\": "\\",
    }
    assert {key: actions.shown(key) for key in shown} == shown


def test_the_readers_own_keys_show_everywhere() -> None:
    keymap = {"underline": ("u",)}
    assert hints.hint_keys(hints.HINTS["article"][1], keymap) == "u"
    assert "`u`" in actions.key_table(keymap)
    assert {"u"} in [set(row["keys"]) for row in actions.keys_json(keymap)]  # type: ignore[call-overload]


def test_the_table_has_every_act(monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("ko", "en"):
        monkeypatch.setenv("MITJUL_LANG", code)
        table = actions.key_table()
        for action in actions.ACTIONS:
            if not action.id.startswith("hot_"):
                assert f"| {action.line} |" in table, action.id
        for line in table.splitlines():
            assert not line or line.startswith("|"), line
    language.choose(None)


def test_keys_for_programs() -> None:
    rows = {row["id"]: row for row in actions.keys_json()}
    assert rows["underline"]["hangul"] == ["ㅗ"]
    assert set(rows) == set(actions.BY_ID)


def test_the_registry_needs_no_screen() -> None:
    code = "import sys, tui.actions as a; a.key_table(); a.keys_json(); print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_every_key_has_a_name_of_textual() -> None:
    names = {key_name(key) if len(key) == 1 else key for action in actions.ACTIONS for key in action.keys}
    assert "comma" in names
    assert not any(len(name) == 1 and not name.isalnum() for name in names)
