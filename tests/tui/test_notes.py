"""Notes: saved as typed, with an honest sign; nothing typed is lost when the program dies; the reader's own editor."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from unittest.mock import Mock

import pytest

from store import drafts as drafts_module
from store.drafts import Drafts, Target
from store.errors import StorageError
from store.library import Library
from store.marks import Marks
from tests.tui.conftest import opened, told
from tui import editor, notearea, notes
from tui.config import Config
from tui.reader import ReaderScreen
from tui.session import Session


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "PAUSE", 30.0)


async def test_a_note_on_a_sentence_makes_a_mark_when_it_is_saved(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("n")
        assert screen.place == "note"
        assert library.annotations() == []
        await pilot.press("가", "나", "enter", "j")
        assert screen.notes.rule.info == "저장 안 됨"
        await pilot.press("escape")
        await pilot.pause()
        (mark,) = library.annotations()
        assert mark.note == "가나\nj"
        assert screen.in_article


async def test_it_is_saved_after_a_pause_and_says_so(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "PAUSE", 1.5)
    async with opened(library, config) as (pilot, screen):
        article = screen.session.article
        assert article is not None
        for key, note in (("m", ""), ("가", "가"), ("나", "가나")):
            await pilot.press(key)
            if note:
                assert screen.notes.rule.info == "저장 안 됨"
                for _ in range(300):
                    await pilot.pause(0.1)
                    if screen.notes.rule.info == "저장됨":
                        break
            assert library.article_note(article.id) == note


async def test_undo_takes_the_note_first_and_then_its_mark(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("n", "가")
        screen.notes.flush()  # as after a pause in typing
        await pilot.pause()
        await pilot.press("나")
        screen.notes.flush()
        await pilot.pause()
        await pilot.press("다", "escape")
        await pilot.pause()
        assert [mark.note for mark in library.annotations()] == ["가나다"]
        await pilot.press("n", "라", "escape")
        await pilot.pause()
        assert [mark.note for mark in library.annotations()] == ["가나다라"]
        for left in (["가나다"], [""], []):
            await pilot.press("z")
            await pilot.pause()
            assert [mark.note for mark in library.annotations()] == left
        await pilot.press("ctrl+y", "ctrl+y")
        await pilot.pause()
        assert [mark.note for mark in library.annotations()] == ["가나다"]


async def test_a_note_that_was_cut_off_by_a_crash_goes_on_the_mark_it_had_made(
    library: Library, config: Config
) -> None:
    article = library.article(library.list()[0].id)
    span = article.sentences[1]
    Drafts(library.folder).put(Target("passage", article.id, "", span.start, span.end), "쓰다 만 메모")
    library.annotate(article.id, span.start, span.end)
    async with opened(library, config):
        assert [mark.note for mark in library.annotations()] == ["쓰다 만 메모"]


async def test_an_empty_note_leaves_no_mark(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, _screen):
        await pilot.press("n", "가", "backspace", "escape")
        await pilot.pause()
        assert library.annotations() == []


async def test_the_panel_follows_the_cursor(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        article = screen.session.article
        assert article is not None
        library.set_article_note(article.id, "글에 대해")
        first = article.sentences[0]
        library.annotate(article.id, first.start, first.end, note="구절에 대해")
        screen.marks_changed()
        await pilot.pause()
        assert (screen.notes.area.text, screen.notes.rule.name_) == ("구절에 대해", "구절 메모")
        await pilot.press("end")
        await pilot.pause(0.2)
        assert (screen.notes.area.text, screen.notes.rule.name_) == ("글에 대해", "글 메모")


async def test_every_keystroke_is_drafted_and_recovered_after_a_kill(
    library: Library, config: Config
) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("m", "가", "나", "다")
        await pilot.pause()
        article = screen.session.article
        assert article is not None
        (draft,) = Drafts(library.folder).folder.glob("*.json")
        assert json.loads(draft.read_text("utf-8"))["text"] == "가나다"
        assert library.article_note(article.id) == ""
        screen.notes.target = None  # as if killed: nothing is saved at the end
    async with opened(library, config) as (pilot, again):
        assert library.article_note(article.id) == "가나다"
        assert "1개를 되살렸습니다" in told(again)[0]
        assert list(Drafts(library.folder).folder.glob("*.json")) == []


async def test_what_cannot_be_saved_stays_unsaved(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StorageError("디스크가 꽉 찼습니다.", "The disk is full.")

    async with opened(library, config) as (pilot, screen):
        monkeypatch.setattr(Library, "set_article_note", refuse)
        await pilot.press("m", "가", "escape")
        await pilot.pause()
        assert "디스크가 꽉 찼습니다." in told(screen)
        assert screen.notes.rule.info == "저장하지 못함"
        assert screen.notes.area.text == "가"
        monkeypatch.undo()
        monkeypatch.setattr(notes, "PAUSE", 30.0)
        screen.flush_note()
        assert screen.session.article is not None
        assert library.article_note(screen.session.article.id) == "가"


async def test_a_paste_is_cleaned(library: Library, config: Config) -> None:
    from textual import events

    async with opened(library, config) as (pilot, screen):
        await pilot.press("m")
        screen.app.post_message(events.Paste("\u1100\u1161\x1b[31m나\u202e다"))
        await pilot.pause()
        assert screen.notes.area.text == "가[31m나다"


async def test_a_paste_of_a_megabyte_is_refused_in_a_line(library: Library, config: Config) -> None:
    from textual import events

    async with opened(library, config) as (pilot, screen):
        await pilot.press("m", "가")
        screen.app.post_message(events.Paste("가" * 350_000))
        await pilot.pause()
        assert "붙일 글이 너무 깁니다. 메모는 100,000자까지입니다." in told(screen)
        assert screen.notes.area.text == "가"


def test_long_lines_of_a_paste_are_folded() -> None:
    words = ("가나다라 " * 1000).strip()
    lines = notearea.folded(f"짧은 줄\n{words}\n").split("\n")
    assert lines[0] == "짧은 줄"
    assert all(len(line) <= notearea.LONG for line in lines)
    assert " ".join(lines[1:-1]) == words
    assert "".join(notearea.folded("가" * 2500).split("\n")) == "가" * 2500
    assert notearea.folded("가\n\n나") == "가\n\n나"


async def test_a_note_of_the_greatest_length_stays_quick(library: Library, config: Config) -> None:
    from textual import events

    async with opened(library, config) as (pilot, screen):
        await pilot.press("m")
        screen.app.post_message(events.Paste("가나 다라 " * 16_000))
        await pilot.pause()
        assert len(screen.notes.area.text) > 90_000
        began = time.process_time()
        await pilot.press("나", "escape")
        await pilot.pause()
        assert time.process_time() - began < 3
        assert screen.session.article is not None
        assert library.article_note(screen.session.article.id).endswith("나")


async def test_quitting_saves(library: Library, config: Config) -> None:
    async with opened(library, config) as (pilot, screen):
        await pilot.press("m", "가")
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert screen.session.article is not None
        assert library.article_note(screen.session.article.id) == "가"


async def test_the_readers_own_editor(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.marking.edit", lambda app, text: text + "길게 쓴 메모")
    async with opened(library, config) as (pilot, screen):
        await pilot.press("e")
        (mark,) = library.annotations()
        assert mark.note == "길게 쓴 메모"
        assert (screen.notes.area.text, screen.notes.rule.info) == ("길게 쓴 메모", "저장됨")
        await pilot.press("n", "!", "e", "escape")
        await pilot.pause()
        assert library.annotations()[0].note == "길게 쓴 메모!e"
        await pilot.press("e", "down", "up", "f8", "f7")
        await pilot.pause()
        assert library.annotations()[0].note == "길게 쓴 메모!e길게 쓴 메모", (
            "what the panel showed has not come back"
        )
    assert library.annotations()[0].note == "길게 쓴 메모!e길게 쓴 메모"


class Suspended:
    """As the framework's: an error that comes through leaves the app standing by for ever."""

    def __enter__(self) -> None: ...
    def __exit__(self, kind: object, *_: object) -> None:
        assert kind is None


class FakeApp:
    def suspend(self) -> Suspended:
        return Suspended()


def test_the_editor_is_run_on_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "my editor"
    script.write_text('#!/bin/sh\nprintf "%s 뒤\\n" "$(cat "$2")" > "$2.x"; mv "$2.x" "$2"\n')
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", f"'{script}' --wait")
    assert editor.edit(FakeApp(), "앞") == "앞 뒤"  # type: ignore[arg-type]
    monkeypatch.setenv("VISUAL", "false")
    assert editor.edit(FakeApp(), "앞") is None  # type: ignore[arg-type]
    monkeypatch.setenv("VISUAL", "rm")
    assert editor.edit(FakeApp(), "앞") is None  # type: ignore[arg-type]
    broken = tmp_path / "broken"
    broken.write_text("#!/no/such/shell\n")
    broken.chmod(0o755)
    for none in (tmp_path / "none", broken, "'"):
        monkeypatch.setenv("VISUAL", str(none))
        assert editor.edit(FakeApp(), "앞") is None  # type: ignore[arg-type]


async def test_a_draft_from_before_the_note_was_written_elsewhere_does_not_replace_it(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = library.list()[0].id
    monkeypatch.setattr(drafts_module, "now", lambda: "2020-01-01T00:00:00.000Z")
    Drafts(library.folder).put(Target("article", article), "옛 초안")
    library.set_article_note(article, "다른 기기에서 쓴 메모")
    async with opened(library, config) as (_pilot, screen):
        assert told(screen) == []
        assert library.article_note(article) == "다른 기기에서 쓴 메모"


async def test_a_draft_of_a_lost_article_stays(library: Library, config: Config) -> None:
    drafts = Drafts(library.folder)
    drafts.put(Target("article", "000000000000"), "남은 말")
    async with opened(library, config) as (_pilot, screen):
        assert isinstance(screen, ReaderScreen)
    assert [text for _, text in drafts.left()] == ["남은 말"]


def test_a_draft_whose_mark_is_gone_stays_until_it_is_old(library: Library) -> None:
    session = Session(library)
    article = library.list()[0].id
    mark = library.annotate(article, 0, 5)
    gone, beyond = Target("mark", article, mark.id), Target("passage", article, "", 90000, 90010)
    library.delete(mark.id)
    for target in (gone, beyond):
        session.drafts.put(target, "초안")
    assert session.recover_drafts() == []
    assert {target for target, _ in session.drafts.left()} == {gone, beyond}
    there = Target("article", article)
    session.drafts.put(there, "오래 두었던 초안")
    long_ago = time.time() - drafts_module.KEPT - 60
    for path in session.drafts.folder.iterdir():
        os.utime(path, (long_ago, long_ago))
    assert session.recover_drafts() == [there], "old as it is, it is not lost"
    assert library.article_note(article) == "오래 두었던 초안"
    assert list(session.drafts.left()) == []


async def test_a_note_from_the_editor_is_not_lost_when_the_disk_is_full(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.marking.edit", lambda app, text: "오래 쓴 메모")
    async with opened(library, config) as (pilot, screen):
        assert screen.session.article is not None
        first = screen.session.article.sentences[0]
        mark = library.annotate(screen.session.article.id, first.start, first.end)
        screen.marks_changed()
        screen.view.home()
        with monkeypatch.context() as full:
            error = StorageError("디스크에 빈자리가 없습니다.", "The disk is full.")
            full.setattr(Marks, "set", Mock(side_effect=error))
            await pilot.press("e")
            await pilot.pause()
            assert told(screen)[-1] == "디스크에 빈자리가 없습니다."
            assert (screen.notes.text, screen.notes.unsaved) == ("오래 쓴 메모", True)
            assert [text for _, text in screen.session.drafts.left()] == ["오래 쓴 메모"]
        screen.flush_note()
        assert library.annotation(mark.id).note == "오래 쓴 메모"
        assert list(screen.session.drafts.left()) == []


async def test_a_note_is_text_until_it_is_written_on(library: Library, config: Config) -> None:
    id = library.list()[0].id
    library.set_article_note(id, "첫 줄\n둘째 줄")
    async with opened(library, config) as (pilot, screen):
        assert screen.notes.field is None
        shown = [screen.notes.still.render_line(y).text.strip() for y in range(2)]
        assert shown == ["첫 줄", "둘째 줄"]
        height = screen.notes.still.virtual_size.height
        await pilot.click("#note-text")
        await pilot.pause()
        assert screen.place == "note"
        assert (screen.notes.area.text, screen.notes.still.display) == ("첫 줄\n둘째 줄", False)
        await pilot.press("가", "escape")
        await pilot.pause()
        assert library.article_note(id) != "첫 줄\n둘째 줄"
        assert height == screen.notes.area.size.height, (
            "however few lines it has: otherwise all is laid out anew"
        )
