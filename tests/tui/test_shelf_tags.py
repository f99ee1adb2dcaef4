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


async def test_tags_of_the_open_article_stand_under_its_title(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        article = screen.session.article
        assert article is not None
        library.set_article_tags(article.id, ["세금", "다리"])
        screen.marks_changed()
        await pilot.pause()

        def lines() -> list[str]:
            return [screen.view.render_line(y).text.strip() for y in range(8)]

        assert "#세금 #다리" in lines()
        at = screen.view.cursor
        await pilot.press("z")
        await settled(pilot, screen)
        assert "#세금 #다리" not in lines()
        assert screen.view.cursor == at
        library.set_article_tags(article.id, ["세금"])
        screen.open_article(library.list()[-1].id)
        screen.open_article(article.id)
        await pilot.pause()
        assert "#세금" in lines()
