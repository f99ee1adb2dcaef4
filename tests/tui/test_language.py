"""Korean, unless the locale or the reader says English."""

from __future__ import annotations

import pytest

from store.errors import NotFoundError
from tui import language


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MITJUL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    language.choose(None)


@pytest.mark.parametrize(
    ("environment", "korean"),
    [
        ({}, True),
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "ko_KR.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ko_KR.UTF-8"}, True),
        ({"LANG": "ko_KR.UTF-8", "MITJUL_LANG": "en"}, False),
        ({"LANG": "fr_FR.UTF-8"}, True),
    ],
)
def test_environment(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], korean: bool) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language.korean() is korean


def test_the_readers_choice_is_stronger_than_the_locale_not_than_the_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    language.choose("ko")
    assert language.say("예", "yes") == "예"
    monkeypatch.setenv("MITJUL_LANG", "en")
    assert language.say("예", "yes") == "yes"
    language.choose(None)


def test_errors_are_told_in_the_language() -> None:
    assert language.told(NotFoundError("없습니다", "not there")) == "없습니다"
