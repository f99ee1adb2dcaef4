"""`add`: many inputs, bad ones among them, stopped in the middle and gone on with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.errors import StorageError
from store.intake import Intake
from store.korean import analyser
from store.library import Library
from store.model import Added
from tests.analysers import Quick
from tests.cli.conftest import Mitjul


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyser, "Analyser", Quick)


@pytest.fixture
def pages(tmp_path: Path, own_home: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(60):
        write(folder, number)
    return folder


def write(folder: Path, number: int, title: str = "번째 호의 물때표") -> None:
    text = f"{number}{title}\n\n{number}호 배는 아침 물때에 맞춰 항구를 떠났다. 선장은 그물을 {number + 2}번 던졌다고 말했다.\n"
    (folder / f"{number:03}.txt").write_text(text, "utf-8")


def pending() -> int:
    with Library.open(Path(os.environ["MITJUL_LIBRARY"])) as library:
        return len(library.pending())


def test_a_folder_is_analysed_while_it_comes_in(mitjul: Mitjul, quick: None, pages: Path) -> None:
    done = mitjul("add", str(pages))
    assert done.code == 0
    assert len(done.out.splitlines()) == 60
    assert done.err == "들임 60 · 거의 같은 글 60\n"
    assert pending() == 0
    again = mitjul("add", str(pages), "--json")
    assert {item["status"] for item in again.json} == {"duplicate"}


def test_what_goes_wrong_is_said_at_the_end_and_stops_nothing(
    mitjul: Mitjul, quick: None, pages: Path
) -> None:
    (pages / "005.txt").write_bytes(b"")
    (pages / "007.txt").write_bytes(bytes(range(256)) * 40)
    write(pages, 9, "번째 말썽 많은 호의 물때표")
    done = mitjul("add", str(pages))
    assert done.code == 1
    trouble, *failed, total = done.err.splitlines()
    assert "분석하지 못했습니다. 못 합니다." in trouble
    assert [line.split(": ")[1].rpartition("/")[2] for line in failed] == ["005.txt", "007.txt"]
    assert total == "들임 58 · 실패 2 · 거의 같은 글 58"
    assert pending() == 1


def test_an_earlier_run_without_analysis_is_made_good(mitjul: Mitjul, quick: None, pages: Path) -> None:
    assert mitjul("add", str(pages), "--no-analysis").code == 0
    assert pending() == 60
    assert mitjul("add", str(pages)).code == 0
    assert pending() == 0


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Programs that are started can be interrupted, though the suite runs in the background of a shell, where that is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_stopped_in_the_middle_it_goes_on_from_there(
    mitjul: Mitjul, quick: None, pages: Path, interruptible: None
) -> None:
    for number in range(200):
        write(pages, number, "번째 호의 " + "길고 긴 " * 9 + "물때표")
    command = [sys.executable, "-u", "-m", "tui.cli", "add", str(pages), "--no-analysis"]
    # The pipe holds less than what is told of all: it waits for its reader, and cannot have come to the end before it is stopped.
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, pipesize=4096
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        told = [process.stdout.readline() for _ in range(30)]
        process.send_signal(signal.SIGINT)
        told += process.stdout.readlines()
        said = process.stderr.read()
    assert process.returncode == 130
    assert "같은 명령을 다시 하면 이어서 합니다" in said
    assert 30 <= len(told) < 200
    listed = mitjul("list", "--json").json
    assert len(told) <= len(listed) < 200
    statuses = [item["status"] for item in mitjul("add", str(pages), "--json").json]
    assert statuses.count("duplicate") == len(listed)
    assert statuses.count("added") == 200 - len(listed)


@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize(
    "end", [StorageError("디스크에 빈자리가 없습니다.", "The disk is full."), KeyboardInterrupt()]
)
def test_what_came_of_the_first_is_told_when_the_rest_cannot_be(
    mitjul: Mitjul,
    quick: None,
    pages: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: list[str],
    end: BaseException,
) -> None:
    (pages / "001.txt").write_bytes(b"")
    real, calls = Intake.add, []

    def add(self: Intake, data: bytes, **rest: Any) -> list[Added]:
        calls.append(data)
        if len(calls) == 4:
            raise end
        return real(self, data, **rest)

    monkeypatch.setattr(Intake, "add", add)
    done = mitjul("add", str(pages), *form)
    assert done.code == (130 if isinstance(end, KeyboardInterrupt) else 1)
    assert "001.txt: " in done.err
    assert "들임 2 · 실패 1. 들인 글은 서가에 있습니다." in done.err
    if form:
        assert [item["status"] for item in done.json] == ["added", "failed", "added"]
    else:
        assert len(done.out.splitlines()) == 2
    monkeypatch.setattr(Intake, "add", real)
    assert len(mitjul("list", "--json").json) == 2


def test_left_early_nothing_hangs_and_what_is_in_stays(quick: None, pages: Path) -> None:
    def stopped(library: Library) -> None:
        with library.alongside() as analysing:
            for item in library.add_paths([str(pages)]):
                assert item.id is not None
                analysing.put(item.id)
            raise KeyboardInterrupt

    with Library.open(Path(os.environ["MITJUL_LIBRARY"])) as library:
        with pytest.raises(KeyboardInterrupt):
            stopped(library)
        assert len(library.list()) == 60


def test_what_stands_beside_pages_in_a_folder_is_no_page(mitjul: Mitjul, quick: None, pages: Path) -> None:
    for name in ("README.md", "style.css", "photo.JPG", "data.json"):
        (pages / name).write_text("값싼 배의 물때표는 이 폴더에 있다. 배를 타려면 표를 사야 한다.\n", "utf-8")
    done = mitjul("add", str(pages))
    assert done.code == 0
    assert done.err.startswith(
        "글이 아닌 것으로 보고 건너뛴 파일 4개: README.md, data.json, photo.JPG, style.css."
        " 글자 파일은 따로 주면 들입니다."
    )
    for name in ("README.md", "style.css", "data.json"):
        (pages / name).unlink()
    done = mitjul("add", str(pages))
    assert done.err.splitlines()[0] == "글이 아닌 것으로 보고 건너뛴 파일 1개: photo.JPG."
    (pages / "README.md").write_text(
        "값싼 배의 물때표는 이 폴더에 있다. 배를 타려면 표를 사야 한다.\n", "utf-8"
    )
    assert len(mitjul("list", "--json").json) == 60
    assert mitjul("add", str(pages / "README.md")).code == 0
    assert len(mitjul("list", "--json").json) == 61


def test_a_damaged_file_of_one_article_stops_no_other(mitjul: Mitjul, quick: None, pages: Path) -> None:
    first, second, address = str(pages / "001.txt"), str(pages / "other.txt"), "https://sori.example/tide/1"
    Path(second).write_text(
        "등대지기의 겨울\n\n섬에는 눈이 무릎까지 쌓였다. 우편은 열흘에 한 번 온다.\n", "utf-8"
    )
    (added,) = mitjul("add", first, "--source-url", address, "--json").json
    mitjul("annotate", added["id"], "--range", "0:5")
    (marks,) = Path(os.environ["MITJUL_LIBRARY"], "annotations").rglob(f"{added['id']}.json")
    marks.write_bytes(b"{ not json")
    with open(first, "a", encoding="utf-8") as file:
        file.write("\n저녁 물때에는 바람이 불어 배가 돌아오지 못했다고 항구의 사람들이 말했다.\n")
    done = mitjul("add", first, second, "--source-url", address, "--json")
    assert [item["status"] for item in done.json] == ["failed", "added"]
    assert str(marks) in done.json[0]["error"]
    assert done.code == 1
    assert marks.read_bytes() == b"{ not json"


STORY = """마을이 쉰 해 만에 염전을 다시 열었다. 소금을 거두는 일은 마을 사람 열두 명이 나누어 맡는다.

첫 소금은 지난 토요일 새벽에 나왔다. 볕이 모자라 예정보다 나흘이 늦었지만 알이 굵고 쓴맛이 적었다.

이장은 올해 스무 가마를 거두면 마을 회관의 지붕을 고치겠다고 말했다. 남는 소금은 학교 급식에 보낸다.
"""


def test_what_is_nearly_the_same_as_another_is_said(
    mitjul: Mitjul, quick: None, tmp_path: Path, own_home: Path
) -> None:
    first, second, third = (tmp_path / f"{number}.txt" for number in range(3))
    first.write_text(
        f"다시 열린 염전\n\n입력 2025.02.01\n\n{STORY}\n저작권자 © 가온신문 무단 전재 금지\n", "utf-8"
    )
    second.write_text(f"쉰 해 만의 소금\n\n{STORY}\n", "utf-8")
    write(tmp_path, 2)
    third = tmp_path / "002.txt"
    assert "거의" not in mitjul("add", str(first), str(third)).out
    one = mitjul("list", "염전", "--json").json[0]["id"]
    (said,) = mitjul("add", str(second)).out.splitlines()
    assert said.endswith(f"(거의 같은 글: {one})")
    two = said.split()[1]
    assert "거의 같은 글: 쉰 해 만의 소금 (" in mitjul("show", one).out
    assert "거의 같은 글: 가온신문 · 2025-02-01 (" in mitjul("show", two).out
    assert "near" not in mitjul("show", two, "--json").out
