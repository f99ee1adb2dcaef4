"""Our themes are readable: every pair of text and ground that the screen uses meets WCAG 2 AA."""

from __future__ import annotations

import pytest
from textual.theme import BUILTIN_THEMES, Theme

from store.model import COLOURS
from tui import themes


def grounds(theme: Theme) -> dict[str, str]:
    own = {name: theme.variables[name] for name in ("row", "row-blurred")}
    return own | {
        "background": str(theme.background),
        "surface": str(theme.surface),
        "panel": str(theme.panel),
    }


@pytest.mark.parametrize("theme", themes.OURS, ids=lambda theme: theme.name)
def test_text_on_every_ground(theme: Theme) -> None:
    texts = {
        name: str(getattr(theme, name)) for name in ("foreground", "primary", "error", "warning", "success")
    }
    for ground_name, ground in grounds(theme).items():
        if ground_name == "panel":
            continue
        for name, text in texts.items():
            assert themes.contrast(text, ground) >= 4.5, (name, ground_name, themes.contrast(text, ground))
        for name in ("text-muted", "faint"):
            if (name, ground_name) != ("faint", "row"):  # a chosen row has no faint text
                got = themes.contrast(theme.variables[name], ground)
                assert got >= 4.5, (name, ground_name, got)


@pytest.mark.parametrize("theme", themes.OURS, ids=lambda theme: theme.name)
@pytest.mark.parametrize("colour", COLOURS)
def test_tags(theme: Theme, colour: str) -> None:
    assert themes.contrast(theme.variables[f"tag-{colour}"], str(theme.background)) >= 4.5
    assert themes.contrast(theme.variables[f"tag-{colour}"], theme.variables[f"tag-{colour}-ground"]) >= 4.5
    assert themes.contrast(str(theme.foreground), theme.variables[f"tag-{colour}-ground"]) >= 7


@pytest.mark.parametrize("theme", themes.OURS, ids=lambda theme: theme.name)
def test_found_and_selected_text(theme: Theme) -> None:
    for ground in ("found", "selection"):
        assert themes.contrast(str(theme.foreground), theme.variables[ground]) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert themes.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert themes.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_textuals_themes_can_be_chosen_and_have_all_variables() -> None:
    assert themes.names()[:2] == [themes.LIGHT, themes.DARK]
    assert set(themes.names()) >= {"nord", "gruvbox"} <= set(BUILTIN_THEMES)
    assert themes.defaults(True).keys() == themes.defaults(False).keys() >= {f"tag-{c}" for c in COLOURS}
