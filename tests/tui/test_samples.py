"""The made-up sample pages: known as such, never mixed with the reader's own unasked, and put away in one act."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.library import Library
from store.model import Extracts
from store.samples import alike, is_sample, sample_ids, sample_pages
from tests.tui.conftest import PAGES, opened, settled, told
from tests.tui.test_compare import FIGURES, found_in, named
from tests.tui.test_compare import PAGES as BRIDGES
from tui.article.head import facts
from tui.comparegrid import Grid
from tui.comparing import gather
from tui.config import Config
from tui.relating import related


@pytest.fixture
def mixed(library: Library) -> Library:
    """Two articles of the reader's own, and the samples."""
    for name, data in sample_pages():
        library.add(data, name=name)
    return library


def test_samples_are_known_by_their_ids(mixed: Library) -> None:
    ids = [summary.id for summary in mixed.list()]
    assert len(sample_ids()) == len(sample_pages()) == 5
    assert {id for id in ids if is_sample(id)} == sample_ids()
    own = [id for id in ids if not is_sample(id)]
    assert len(own) == len(PAGES)
    assert alike(ids, own[0]) == own
    assert set(alike(ids, next(iter(sample_ids())))) == sample_ids()


def test_the_head_of_a_sample_says_so(mixed: Library) -> None:
    for summary in mixed.list():
        assert ("견본" in facts(mixed.article(summary.id), 0)) is is_sample(summary.id)


def bridges(folder: Path, monkeypatch: pytest.MonkeyPatch, samples: str) -> Library:
    """Articles on one subject, of which those whose titles begin so pass for samples."""
    library = Library.open(folder)
    for name, text in BRIDGES.items():
        library.add(text.encode(), name=name)
    found = {summary.id: found_in(library, summary.id) for summary in library.list()}
    monkeypatch.setattr(Library, "extracts", lambda self, id, **_: found.get(id))
    made = frozenset(id for id in found if library.article(id).title.startswith(samples))
    monkeypatch.setattr("store.samples.sample_ids", lambda: made)
    return library


def test_samples_are_compared_with_own_articles_only_by_choice(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "다리 장부" in FIGURES
    with bridges(own_home / "bridges", monkeypatch, "다리 장부") as library:
        own, sample = named(library, "다리값을"), named(library, "다리 장부")
        assert sample not in gather(library, here=own).articles
        assert sample not in gather(library).articles, "nor when nobody said what to begin with"
        assert gather(library, here=sample).comparison is None, "there is no second sample"
        chosen = gather(library, {own, sample})
        assert set(chosen.articles) == {own, sample}
        grid = Grid()
        assert chosen.comparison is not None
        grid.comparison = chosen.comparison
        grid.articles = [chosen.articles[id] for id in chosen.comparison.articles]
        grid.frame = grid.frame._replace(column=30, seen=2)
        heads = "".join(text for text, _ in grid.heads(True)[0])
        assert heads.count("견본") == 1


def test_related_passages_keep_them_apart(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with bridges(own_home / "bridges", monkeypatch, "다리 장부") as library:
        words = Extracts(version=1, terms=(("다리", "건설", "비용"),) * 3)
        monkeypatch.setattr(Library, "extracts", lambda self, id, **_: words)
        own, sample = named(library, "다리값을"), named(library, "다리 장부")
        span = library.article(own).sentences[0]
        assert sample not in {match.article for match in related(library, own, span).matches}
        monkeypatch.setattr("store.samples.sample_ids", frozenset)
        assert sample in {match.article for match in related(library, own, span).matches}


async def test_they_are_put_away_in_one_act(mixed: Library, config: Config) -> None:
    async with opened(mixed, config) as (pilot, screen):
        screen.open_article(next(iter(sample_ids())))
        screen.action_do("samples_away")
        await settled(pilot, screen)
        assert not any(is_sample(id) for id in screen.session.order())
        assert len(mixed.trash()) == 5
        screen.action_do("samples_away")
        await pilot.pause()
        assert told(screen)[-1] == "서가에 견본 글이 없습니다."
        assert screen.session.article is not None
        assert not is_sample(screen.session.article.id)
        await pilot.press("z")
        await pilot.pause()
        assert not mixed.trash()


async def test_the_first_own_articles_have_it_told_once(
    own_home: Path, config: Config, tmp_path: Path
) -> None:
    with Library.open(own_home / "new") as library:
        for name, data in sample_pages():
            library.add(data, name=name)
        async with opened(library, config) as (pilot, screen):
            for n, (name, text) in enumerate(PAGES.items()):
                (tmp_path / name).write_text(text)
                screen.take_in([str(tmp_path / name)])
                while screen.background.busy("intake"):
                    await pilot.pause(0.01)
                await pilot.pause()
                lines = [line for line in told(screen) if "견본 글 치우기" in line]
                assert len(lines) == 1, n


async def test_samples_that_were_put_away_stay_away(folder: Path, config: Config) -> None:
    with Library.open(folder) as library:
        for number in range(2):
            async with opened(library, config) as (pilot, screen):
                while screen.background.busy("intake") or (not number and not screen.session.order()):
                    await pilot.pause(0.01)
                await settled(pilot, screen)
                if not number:
                    screen.action_do("samples_away")
                    await settled(pilot, screen)
                assert (library.list(), len(library.trash())) == ([], 5)
