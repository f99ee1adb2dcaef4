"""What the reading screen makes of what other programs do to the library."""

from __future__ import annotations

import asyncio

from store.drafts import Drafts, Target
from store.library import Library
from tests.tui.conftest import opened, settled, told
from tui.app import MitjulApp
from tui.config import Config


async def test_an_open_article_whose_file_goes_is_closed_and_that_is_told(
    library: Library, config: Config
) -> None:
    async with opened(library, config) as (pilot, screen):
        article = screen.session.article
        assert article is not None
        await asyncio.sleep(0.02)  # the folder's time is to be another
        next(library.folder.rglob(f"articles/*/{article.id}.json")).unlink()
        screen.look_for_changes()
        await settled(pilot, screen)
        assert screen.session.article is None
        assert told(screen)[-1] == f"읽던 글의 파일이 사라졌습니다: {article.title}"
        assert article.id not in screen.session.order()
        await pilot.press("h", "down")
        assert screen.app.is_running


async def test_one_who_may_write_at_last_recovers_what_the_other_window_did_not_save(
    library: Library, config: Config
) -> None:
    article = library.list()[0].id
    Drafts(library.folder).put(Target("article", article), "닫힌 창에서 쓰던 메모")
    with Library.open(library.folder, write=False) as reader:
        async with opened(reader, config) as (pilot, screen):
            library.close()
            app = screen.app
            assert isinstance(app, MitjulApp)
            app.try_to_write()
            while not screen.session.library.writable:
                await pilot.pause(0.01)
            await settled(pilot, screen)
            with screen.session.library as now:
                assert now.article_note(article) == "닫힌 창에서 쓰던 메모"
            assert any("저장되지 않은 메모 1개를 되살렸습니다" in line for line in told(screen))
