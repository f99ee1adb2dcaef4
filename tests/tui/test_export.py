"""The export screen: choosing, looking before, writing, keeping what was edited, remembering; errors in a line."""

from __future__ import annotations

import os
import threading
import time
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from store.library import Library
from store.model import Extracts, Figure
from tests.tui.conftest import opened, opens, told
from tests.tui.test_registry import event, in_hangul_mode
from tui import config as settings
from tui.article.widths import cells
from tui.asking import Choice
from tui.config import BY, COPIES, FORMATS, PRESETS, Config
from tui.export import ExportScreen
from tui.exportdiff import Diff
from tui.exporting import DIVIDED, FORMS, MARKDOWN, Around, Choices
from tui.paths import PathPicker, completions
from tui.reader import ReaderScreen
from tui.settings import Settings


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "나온 글"


@pytest.fixture
def marked(library: Library) -> Library:
    """A mark with a tag in each article."""
    for summary in library.list():
        sentence = library.article(summary.id).sentences[0]
        library.annotate(summary.id, sentence.start, sentence.end, tags=["비용"], note="다시 볼 것")
        end = sentence.start + 2
        words = library.article(summary.id).slice(sentence.start, end)
        figure = Figure(surface=words, value=1.0, unit="USD", kind="money", start=sentence.start, end=end,
                        sentence=0, measures="값")  # fmt: skip
        library._shelf.save(library.article(summary.id), Extracts(version=1, figures=(figure,)))
    return library


@asynccontextmanager
async def exporting(
    library: Library, config: Config, out: Path, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Pilot[None], ReaderScreen, ExportScreen]]:
    """The export screen, by its key, with a look at what would be written."""
    async with opened(library, replace(config, export_folder=out), size) as (pilot, reader):
        screen = await opens(pilot, ExportScreen, "x")
        await settled(pilot, screen)
        yield pilot, reader, screen


async def settled(pilot: Pilot[None], screen: ExportScreen) -> None:
    """Wait until it has been looked what would be written, or until it is written."""
    await pilot.pause()
    for _ in range(3000):
        if screen.state not in ("looking", "writing"):
            break
        await pilot.pause(0.01)
    await pilot.pause()


def lines(screen: ExportScreen) -> list[str]:
    return [
        strip.text.rstrip()
        for widget in (screen.rule, screen.form, screen.edge, screen.files, screen.keys)
        for strip in (widget.render_line(y) for y in range(widget.size.height))
    ]


async def to_row(pilot: Pilot[None], screen: ExportScreen, key: str) -> None:
    await pilot.press("home")
    for _ in range(12):
        if screen.form.key == key:
            return
        await pilot.press("down")
    raise AssertionError(key)


async def test_enter_exports_and_is_remembered(marked: Library, config: Config, out: Path) -> None:
    async with exporting(marked, config, out) as (pilot, reader, screen):
        assert "새 파일 1" in "\n".join(lines(screen))
        assert not out.exists(), "nothing is written before it is asked for"
        await to_row(pilot, screen, "what")
        await pilot.press("left", "end")
        await settled(pilot, screen)
        assert screen.choices.what == "all"
        await pilot.press("enter")
        await settled(pilot, screen)
        assert len(list(out.glob("*.md"))) == 2
        seen = "\n".join(lines(screen))
        assert "새 파일 2" in seen
        assert "나온 글" in seen
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen is reader, "Enter closes when it is done"
        again = await opens(pilot, ExportScreen, "x", "enter")
        await settled(pilot, again)
        assert "그대로 2" in "\n".join(lines(again))
    saved = settings.load(config.path)
    assert saved.problems == ()
    assert (saved.export_folder, saved.export_what, saved.export_format) == (out, "all", "md")


async def test_what_was_edited_stays(marked: Library, config: Config, out: Path) -> None:
    async with exporting(marked, config, out) as (pilot, reader, screen):
        await pilot.press("enter")
        await settled(pilot, screen)
        (file,) = out.glob("*.md")
        text = file.read_text("utf-8")
        file.write_text(text.replace("다시 볼 것", "내가 고친 메모") + "\n맨 끝에 쓴 말\n", "utf-8")
        (mark,) = marked.annotations(article=reader.session.article.id if reader.session.article else "")
        marked.change(mark.id, note="서가에서 바뀐 메모")
        again = await opens(pilot, ExportScreen, "escape", "x")
        await settled(pilot, again)
        seen = "\n".join(lines(again))
        assert "고칠 파일 1" in seen
        assert "곁에 둘 곳 1" in seen
        box = await opens(pilot, Diff, "tab", "enter")
        shown = "\n".join(box.list.render_line(y).text for y in range(box.list.size.height))
        assert "+ " in shown
        assert "서가에서 바뀐 메모" in shown
        await pilot.press("escape", "x")
        await settled(pilot, again)
        now = file.read_text("utf-8")
        assert "내가 고친 메모" in now
        assert "서가에서 바뀐 메모" in now
        assert "맨 끝에 쓴 말" in now


@pytest.mark.parametrize(
    ("form", "what", "words"),
    [
        ("csv", "article", "이 글에는 아직 표시가 없습니다. Esc로 돌아가 h로"),
        ("html", "all", "서가에 아직 표시가 없습니다. Esc로 돌아가 글에서 h로"),
        ("md", "all", "서가에 아직 표시가 없습니다. Esc로 돌아가 글에서 h로"),
    ],
)
async def test_where_there_is_nothing_it_says_what_to_do_and_writes_nothing(
    library: Library, config: Config, out: Path, form: str, what: str, words: str
) -> None:
    given = replace(config, export_format=form, export_what=what)
    async with exporting(library, given, out) as (pilot, reader, screen):
        assert words in " ".join(lines(screen))
        await pilot.press("x", "enter")
        await settled(pilot, screen)
        assert screen.state == "ready"
        assert any(words in line for line in told(reader))
        assert not out.exists()
        screen.state = "looking"  # pressed before it was known
        screen.write()
        await settled(pilot, screen)
        assert screen.state == "ready"
        assert not out.exists()


async def test_no_figures_to_export(library: Library, config: Config, out: Path) -> None:
    given = replace(config, export_format="figures", export_what="all")
    async with exporting(library, given, out) as (_pilot, _reader, screen):
        assert "내보낼 수치가 없습니다." in " ".join(lines(screen))


@pytest.mark.parametrize("form", list(FORMS))
async def test_every_form(marked: Library, config: Config, out: Path, tmp_path: Path, form: str) -> None:
    template = tmp_path / "틀.md"
    template.write_text("{% block mark %}{{ mark.exact }}{% endblock %}", "utf-8")
    kind = "md" if form in MARKDOWN else form
    given = replace(config, export_format=kind, export_preset=form if kind == "md" else "obsidian",
                    export_template=template, export_what="all")  # fmt: skip
    async with exporting(marked, given, out) as (pilot, _reader, screen):
        assert screen.choices.form == form
        assert screen.written, lines(screen)
        await pilot.press("enter")
        await settled(pilot, screen)
        assert screen.state == "done", lines(screen)
        assert {file.status for file in screen.written} == {"written"}
        assert all(file.path.is_file() for file in screen.written)


async def test_a_tag(marked: Library, config: Config, out: Path) -> None:
    other = marked.list()[0].id
    sentence = marked.article(other).sentences[1]
    marked.annotate(other, sentence.start, sentence.end, tags=["규제"])
    given = replace(config, export_what="tag", export_tag="규제", export_by="one")
    async with exporting(marked, given, out) as (pilot, _reader, screen):
        await pilot.press("enter")
        await settled(pilot, screen)
        (file,) = out.glob("*.md")
        text = file.read_text("utf-8")
        assert marked.article(other).slice(sentence.start, sentence.end) in text
        assert "다시 볼 것" not in text
        await to_row(pilot, screen, "tag")
        turn = screen.turn
        await pilot.press("right")
        assert screen.choices.tag == "비용"
        await settled(pilot, screen)
        assert screen.turn > turn, "what would be written is looked at anew"


@pytest.mark.parametrize("hangul", [False, True], ids=["latin", "hangul"])
async def test_by_letters_in_both_modes(marked: Library, config: Config, out: Path, hangul: bool) -> None:
    async with exporting(marked, config, out) as (pilot, reader, screen):
        for key in "kkx":
            reader.app.post_message(event(in_hangul_mode(key) if hangul else key))
            await pilot.pause()
        await settled(pilot, screen)
        assert screen.state == "done"
        assert list(out.glob("*.md"))


async def test_choosing_from_lists(marked: Library, config: Config, out: Path) -> None:
    async with exporting(marked, config, out) as (pilot, _reader, screen):
        await to_row(pilot, screen, "form")
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Choice)
        await pilot.press("end", "enter")
        await settled(pilot, screen)
        assert screen.choices.form == "jsonld"
        assert [row.key for row in screen.form.rows if row.pickable] == ["what", "form", "folder", "go"]
        assert any("annotations" in line for line in lines(screen))


async def test_the_folder_is_typed_with_completion(
    marked: Library, config: Config, out: Path, tmp_path: Path
) -> None:
    (tmp_path / "노트" / "자료").mkdir(parents=True)
    async with exporting(marked, config, out) as (pilot, _reader, screen):
        await to_row(pilot, screen, "folder")
        box = await opens(pilot, PathPicker, "enter")
        box.query_.value = f"{tmp_path}/노"
        await pilot.pause()
        await pilot.press("down", "tab")
        assert box.query_.value == f"{tmp_path}/노트/"
        await pilot.pause()
        await pilot.press("tab")
        assert box.query_.value == f"{tmp_path}/노트/자료/"
        await pilot.press("enter")
        await settled(pilot, screen)
        assert screen.choices.folder == tmp_path / "노트" / "자료"
        await pilot.press("end", "enter")
        await settled(pilot, screen)
        assert list((tmp_path / "노트" / "자료").glob("*.md"))


def test_completion_knows_initial_consonants_and_hides_hidden_ones(tmp_path: Path) -> None:
    for name in ("노트", "누리", ".숨김", "zebra"):
        (tmp_path / name).mkdir()
    (tmp_path / "파일.md").write_text("x")
    assert [path.name for path in completions(f"{tmp_path}/ㄴㅌ")] == ["노트"]
    assert [path.name for path in completions(f"{tmp_path}/shxm")] == ["노트"], "typed in the wrong mode"
    assert {path.name for path in completions(f"{tmp_path}/")} == {"노트", "누리", "zebra"}
    assert [path.name for path in completions(f"{tmp_path}/.")] == [".숨김"]
    assert "파일.md" in {path.name for path in completions(f"{tmp_path}/", files=True)}
    assert completions(f"{tmp_path}/없는/") == []
    assert completions("~nobody-is-called-so/") == []


async def test_errors_are_a_line_and_the_screen_stays(
    marked: Library, config: Config, out: Path, tmp_path: Path
) -> None:
    (tmp_path / "파일").write_text("여기는 폴더가 아니다")
    async with exporting(marked, config, tmp_path / "파일" / "아래") as (pilot, _reader, screen):
        assert any("폴더가 아닙니다" in line for line in lines(screen))
        await pilot.press("enter")
        await settled(pilot, screen)
        assert screen.state == "failed"
        assert pilot.app.screen is screen
        broken = tmp_path / "틀.md"
        broken.write_text("{% block mark %}{{ mark.", "utf-8")
        screen.change(form="template", template=broken, folder=out)
        await settled(pilot, screen)
        assert any("틀에 잘못이 있습니다" in line for line in lines(screen))
        screen.change(template=tmp_path / "없는 틀")
        await settled(pilot, screen)
        assert any("틀을 읽을 수 없습니다" in line for line in lines(screen))
        assert not out.exists()
        await pilot.press("escape")


async def test_a_folder_that_cannot_be_written_to_is_told_before(
    marked: Library, config: Config, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out.mkdir()
    may = os.access
    monkeypatch.setattr(os, "access", lambda place, mode: place != out and may(place, mode))
    async with exporting(marked, config, out) as (pilot, _, screen):
        for _ in range(2):
            assert screen.state == "failed"
            seen = " ".join(" ".join(lines(screen)).split())
            assert "아래를 보세요" in seen
            assert "쓸 수 없는 폴더입니다" in seen
            assert "다른 폴더를 고르세요" in seen
            await pilot.press("enter")
            await settled(pilot, screen)
        assert list(out.iterdir()) == []


async def test_a_form_of_one_file_shows_what_would_change(marked: Library, config: Config, out: Path) -> None:
    async with exporting(marked, replace(config, export_format="csv"), out) as (pilot, _, screen):
        await pilot.press("enter")
        await settled(pilot, screen)
        (file,) = out.glob("*.csv")
        for mark in marked.annotations():
            marked.change(mark.id, note="바뀐 메모")
        again = await opens(pilot, ExportScreen, "escape", "x")
        await settled(pilot, again)
        assert "고칠 파일 1" in "\n".join(lines(again))
        diff = await opens(pilot, Diff, "tab", "enter")
        assert "바뀐 메모" in diff.diff
        assert diff.heading == file.name


async def test_a_refusal_while_writing(
    marked: Library, config: Config, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with exporting(marked, config, out) as (pilot, _reader, screen):

        def vanish(self: Path, *_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "mkdir", vanish)
        await pilot.press("enter")
        await settled(pilot, screen)
        assert screen.state == "failed"
        assert pilot.app.screen is screen
        assert not config.path.exists(), "what failed is not remembered"


async def test_esc_leaves_at_any_time(marked: Library, config: Config, out: Path) -> None:
    async with exporting(marked, config, out) as (pilot, reader, screen):
        screen.change(what="all")
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is reader
        assert not out.exists()
        assert not config.path.exists()


async def test_leaving_while_writing_stops_it_and_says_so(
    marked: Library, config: Config, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with exporting(marked, config, out) as (pilot, reader, screen):
        stopped = threading.Event()

        def slow(
            *_: object, cancelled: Callable[[], bool], progress: object = None, **__: object
        ) -> list[object]:
            for _n in range(1000):
                if cancelled():
                    stopped.set()
                    break
                time.sleep(0.01)
            return []

        monkeypatch.setattr("tui.export.run", slow)
        await pilot.press("enter")
        assert screen.state == "writing"
        assert any("쓰는 중" in line for line in lines(screen))
        await pilot.press("left", "escape")
        await pilot.pause(0.2)
        assert pilot.app.screen is reader
        assert stopped.wait(5)
        for _ in range(50):
            await pilot.pause(0.02)
            if told(reader):
                break
        assert any("그만두었습니다" in line for line in told(reader))


async def test_those_chosen_on_the_shelf(marked: Library, config: Config, out: Path) -> None:
    async with opened(marked, replace(config, export_folder=out, export_what="all")) as (pilot, reader):
        reader.action_do("shelf")
        reader.session.chosen = {marked.list()[1].id}
        screen = await opens(pilot, ExportScreen, "x")
        await settled(pilot, screen)
        assert screen.choices.what == "chosen"
        await pilot.press("enter")
        await settled(pilot, screen)
        (file,) = out.glob("*.md")
        assert marked.list()[1].title[:5] in file.name
        assert not told(reader)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)], ids=str)
async def test_all_of_it_fits(
    marked: Library, config: Config, out: Path, size: tuple[int, int], tmp_path: Path
) -> None:
    async with exporting(marked, config, out, size) as (pilot, _reader, screen):
        for form in FORMS:
            screen.change(form=form, what="tag", template=tmp_path / "아주 긴 이름의 폴더" / "틀.md")
            await pilot.pause()
            seen = lines(screen)
            assert len(seen) == size[1]
            assert all(cells(line) <= size[0] for line in seen)
            assert any("내보내기" in line for line in seen[1:-1])


def test_few_articles_never_share_the_files_of_all() -> None:
    around = Around(article=("a" * 12, "제목"), chosen=("a" * 12,), tags=("비용",))
    given = Config(Path("config.toml"), export_by="one")
    for what in ("article", "chosen"):
        choices = Choices.last(replace(given, export_what=what), around)
        assert choices.what == what
        assert choices.by == "article"
        assert set(choices.ways()) == {"article", "mark"}
    assert Choices.last(replace(given, export_what="all"), around).by == "one"
    assert Choices.last(replace(given, export_what="query"), around).what == "article", "no query here"
    assert Choices.last(replace(given, export_what="tag", export_tag="없다"), around).what == "article"


def test_settings_and_screen_speak_of_the_same() -> None:
    from store.exchange.bundle import FILES
    from store.exchange.citation import FORMS as COPIED
    from store.exchange.presets import PRESETS as THERE

    assert set(MARKDOWN) == set(THERE) == set(PRESETS)
    assert set(FORMS) == {*PRESETS, *FILES, "template"}
    assert set(FORMATS) == {"md", "template", *FILES}
    assert tuple(DIVIDED) == BY
    assert tuple(COPIED) == COPIES


async def test_copying_again_takes_the_next_form(
    marked: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(marked, replace(config, copy="inline")) as (pilot, reader):
        copied: list[str] = []
        monkeypatch.setattr(reader.app, "copy_to_clipboard", copied.append)
        monkeypatch.setattr("tui.carrying.clipboard.send", lambda text: True)
        await pilot.press("y", "y")
        await pilot.press("down", "y")
        await pilot.pause()
        assert copied[0].startswith("“")
        assert copied[0].endswith(")")
        assert "「" in copied[1], "the source alone comes next"
        assert copied[2].startswith("“"), "another passage: the form of the settings"
        assert any("출처만" in line for line in told(reader))


async def test_the_form_of_a_copy_is_set(marked: Library, config: Config) -> None:
    async with opened(marked, config) as (pilot, reader):
        box = await opens(pilot, Settings, "f9")
        box.accept("copy:markdown")
        await pilot.press("escape")
        assert reader.config.copy == "markdown"
    assert tomllib.loads(config.path.read_text("utf-8"))["copy"] == "markdown"
