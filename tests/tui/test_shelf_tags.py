"""Tags of an article itself are seen on the shelf, in their colour, where there is room."""

from __future__ import annotations

from store.library import Library
from tests.tui.conftest import opened, settled
from tui.config import Config
from tui.tags import tag_run


async def test_the_second_line_has_the_articles_tags(library: Library, config: Config) -> None:
    id = library.list()[0].id
    library.set_tag("다리", colour="green")
    library.set_article_tags(id, ["다리", "강가에_사는_사람들의_긴_이야기"])
    async with opened(library, config) as (pilot, screen):
        await settled(pilot, screen)
        row = next(row for row in screen.shelf.books.rows if row.key == id)
        line = row.lines(30)[-1]
        assert tag_run("다리", "green") in line
        assert "".join(text for text, _ in line).endswith("…")
        assert not any("#" in text for text, _ in row.lines(12)[-1])
