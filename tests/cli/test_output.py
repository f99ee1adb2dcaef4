"""Columns are counted on the command line as on the screen."""

from __future__ import annotations

import pytest

from tui.article import widths
from tui.cli import output


@pytest.mark.parametrize(
    "text", ["딥시크 R1", "❤️", "1️⃣", "👍🏽", "①②", "“따옴표”…", "㎚·℃", "가\u0301", "中美", "ㄱㅏ", "🇰🇷", "—–"]
)
def test_columns_are_those_of_the_screen(text: str) -> None:
    assert output.cells(text) == widths.cells(text)
