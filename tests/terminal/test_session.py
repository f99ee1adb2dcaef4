"""A reader's session with the real program in a real terminal, in Latin and in Hangul mode."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.korean.dubeolsik import compose
from tests.places import SEEDS
from tests.terminal.driver import Terminal, has_tmux

pytestmark = pytest.mark.skipif(not has_tmux(), reason="tmux is not installed: no terminal to drive")

BLOG = "딥시크가 켠 비상등"
TITLES = ("딥시크 R1 이후의", "싼 두뇌의 긴 청구서", BLOG, "구독료 0원의 충격", "“R1 값은 아무도")
WELCOME = "어서 오세요"
NOTE = "5-forum과 금액을 견줄 것"
TAG = "비용/개발"

Press = Callable[..., None]


def keyboard(terminal: Terminal, *, hangul: bool) -> Press:
    """Letter keys as the keyboard sends them in this mode: `j` or ㅓ; several at once as one syllable, 커 for `z` `j`."""

    def press(*keys: str) -> None:
        for key in keys:
            terminal.type(compose(key) if hangul else key)

    return press


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample pages taken in and analysed, the tour seen: what a first start leaves behind."""
    home = tmp_path_factory.mktemp("stocked")
    terminal = Terminal(home)
    (home / "config.toml").write_text("tour = false\n", encoding="utf-8")
    pages = sorted((str(page) for page in SEEDS.glob("*.txt")), reverse=True)
    done = terminal.command("add", *pages)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def home(stocked: Path, tmp_path: Path) -> Path:
    """A copy of the stocked home for one test."""
    return Path(shutil.copytree(stocked, tmp_path / "home"))


def open_blog(terminal: Terminal, press: Press) -> list[str]:
    """By way of the shelf to the blog post; its sentences."""
    terminal.wait(*(title[:8] for title in TITLES), "· 문장 ", "↑↓ 문장")
    terminal.press("F2")
    terminal.wait("Enter 읽기")
    press("j", "j")
    terminal.press("Enter")
    terminal.wait("새벽세시커피 · 2025-02-03 · 문장 ", "↑↓ 문장")
    return sentences(terminal)


def sentences(terminal: Terminal) -> list[str]:
    article = terminal.article(BLOG)
    return [article["text"][span["start"] : span["end"]] for span in article["sentences"]]


def on_disk(terminal: Terminal, *expected: tuple[str, list[str], str]) -> None:
    """Wait until exactly these marks (words, tags, note) are in the library's files."""

    def same() -> bool:
        return [(mark["exact"], mark["tags"], mark["note"]) for mark in terminal.marks()] == list(expected)

    terminal.wait_for(same, f"on disk {expected}, but {terminal.marks()}")


def test_first_start(tmp_path: Path) -> None:
    """The sample pages, the first of them open and ready to be marked as soon as the tour is put away."""
    with Terminal(tmp_path) as terminal:
        terminal.wait(WELCOME)
        terminal.press("Escape")
        terminal.wait(*(title[:8] for title in TITLES), without=(WELCOME,))
        terminal.type("h")
        terminal.wait("· ✎ 1")
        assert len(terminal.marks()) == 1
        terminal.type("q")
        terminal.wait_for(lambda: terminal.ended == "0", "the program ends well")
    with Terminal(tmp_path) as again:
        again.wait(TITLES[0], "· ✎ 1", without=(WELCOME,))


@pytest.mark.parametrize("hangul", [False, True], ids=["latin", "hangul"])
def test_a_whole_session(home: Path, hangul: bool) -> None:
    with Terminal(home) as terminal:
        press = keyboard(terminal, hangul=hangul)
        said = open_blog(terminal, press)

        # Move by sentence and underline.
        press("j", "j", "j", "k")
        press("h")
        terminal.wait("· ✎ 1")
        on_disk(terminal, (said[2], [], ""))

        # A tag by the picker: in its field Hangul is text.
        press("t")
        terminal.wait("Enter 달고 닫기")
        terminal.type(TAG)
        terminal.wait(f"+ 새 태그 #{TAG}")
        terminal.press("Enter")
        terminal.wait(f"#{TAG}", without=("Enter 달고 닫기",))
        on_disk(terminal, (said[2], [TAG], ""))

        # The first tag has become hot key 1.
        press("j")
        terminal.press("1")
        terminal.wait("· ✎ 2")
        on_disk(terminal, (said[2], [TAG], ""), (said[3], [TAG], ""))

        # A note.
        press("n")
        terminal.wait("Esc 마치기")
        terminal.type(NOTE)
        terminal.wait("금액을 견줄 것")
        terminal.press("Escape")
        terminal.wait("↑↓ 문장")
        whole = ((said[2], [TAG], ""), (said[3], [TAG], NOTE))
        on_disk(terminal, *whole)

        # Undo twice, redo twice.
        press("z")
        on_disk(terminal, whole[0], (said[3], [TAG], ""))
        press("z")
        on_disk(terminal, whole[0])
        terminal.wait("· ✎ 1")
        terminal.press("C-y")
        on_disk(terminal, whole[0], (said[3], [TAG], ""))
        terminal.press("C-y")
        on_disk(terminal, *whole)
        terminal.wait("· ✎ 2")

        # Delete and undo; the second of two keys in Hangul mode comes in one syllable with the first (커).
        press("d")
        on_disk(terminal, whole[0])
        press("zj")
        on_disk(terminal, *whole)
        press("h")
        on_disk(terminal, *whole, (said[4], [], ""))
        press("z")
        on_disk(terminal, *whole)

        # Another program reads the library beside the open one.
        seen = terminal.json("annotations")
        assert [(mark["exact"], mark["tags"], mark["note"]) for mark in seen] == list(whole)

        check_export(terminal, press, seen)

        press("q")
        terminal.wait_for(lambda: terminal.ended == "0", "the program ends well")


def check_export(terminal: Terminal, press: Press, marks: list[dict[str, Any]]) -> None:
    """Export from the app, and read the Markdown as a person would."""
    press("x")
    terminal.wait("내보내기", "무엇을", "이 글 ·")
    press("x")
    terminal.wait("다 됐습니다", "새 파일 1")
    terminal.press("Escape")
    terminal.wait("새벽세시커피", without=("다 됐습니다",))
    (file,) = list(terminal.home.rglob("*.md"))
    text = file.read_text(encoding="utf-8")
    assert BLOG in file.name
    assert text.startswith("---\n")
    front, _, body = text[4:].partition("\n---\n")
    assert "딥시크가 켠 비상등, 한국 AI는 어느 차선으로 가야 할까?" in front
    assert "새벽세시커피" in front
    assert "2025-02-03" in front
    for mark in marks:
        assert mark["exact"] in body.replace("\\", "")
        assert f"^mj-{mark['id']}" in body
    assert body.count(f"#{TAG}") >= 2
    assert NOTE in body.replace("\\", "")


def test_g_and_j_in_one_syllable(home: Path) -> None:
    """허 is `g` and `j`: the tag screen, and a step down in it."""
    with Terminal(home) as terminal:
        open_blog(terminal, keyboard(terminal, hangul=True))
        for tag in ("가격", "규제"):
            terminal.type("ㅅ")
            terminal.wait("Enter 달고 닫기")
            terminal.type(tag)
            terminal.press("Enter")
            terminal.wait(f"#{tag}", without=("Enter 달고 닫기",))
        terminal.type("허")
        terminal.wait("Tab 구절로")
        terminal.type("ㅇ")  # delete the tag under the cursor, the second
        terminal.wait("구절 1개에서 뗍니다")
        terminal.press("Down", "Enter")
        terminal.wait_for(lambda: len(terminal.marks()[0]["tags"]) == 1, "one tag is left")
        assert terminal.marks()[0]["tags"] == ["가격"]


def test_killed_and_opened_again(home: Path) -> None:
    """What the screen has shown as done is there after a `kill -9`; the place too, but for the last second of it."""
    with Terminal(home) as terminal:
        said = open_blog(terminal, keyboard(terminal, hangul=False))
        blog = terminal.article(BLOG)["id"]
        terminal.type("jjj")
        terminal.wait_for(lambda: terminal.place(blog), "the place is on disk")
        terminal.type("h")
        terminal.wait("· ✎ 1")
        terminal.kill()
        terminal.wait_for(lambda: terminal.ended == "137", "the program is dead")
    with Terminal(home) as again:
        again.wait("새벽세시커피 · 2025-02-03 · 문장 ", "· ✎ 1")
        on_disk(again, (said[3], [], ""))
        again.type("jh")
        on_disk(again, (said[3], [], ""), (said[4], [], ""))


@pytest.mark.parametrize(("width", "height"), [(40, 12), (80, 24)])
def test_small_terminals_are_usable(home: Path, width: int, height: int) -> None:
    with Terminal(home, width, height) as terminal:
        terminal.wait("딥시크 R1 이후의")
        terminal.press("Down")
        terminal.type("h")
        terminal.wait_for(terminal.marks, "an underline")
        terminal.type("ㅋ")
        on_disk(terminal)
        # What was told about the undoing gives way to the keys.
        screen = terminal.wait_until(
            lambda screen: "도움말" in screen.splitlines()[-1], "the keys in the last row"
        )
        assert len(screen.splitlines()) == height


def test_a_second_reader_may_only_read(home: Path) -> None:
    """It says so, changes nothing, and shows what the first one does."""
    with Terminal(home) as first:
        open_blog(first, keyboard(first, hangul=False))
        blog = first.article(BLOG)["id"]
        first.wait_for(lambda: first.place(blog) == 0 and (first.library / "state.json").exists(), "a place")
        with Terminal(home) as second:
            second.wait("읽기 전용", "새벽세시커피 · 2025-02-03")
            second.type("h")
            second.wait("읽기 전용")
            first.type("jh")
            first.wait("· ✎ 1")
            second.wait("· ✎ 1")
            assert [mark["exact"] for mark in first.marks()] == [sentences(first)[1]]
