"""The process that analyses, and its client. Kiwi is loaded by one analyser for all tests here."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from store.errors import MitjulError
from store.korean import EXTRACTOR, worker
from store.korean.analyser import Analyser
from store.model import Extracts, Page
from tests.korean.pages import page

ROOT = Path(__file__).resolve().parents[2]

StandIn = Callable[[str], None]


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> StandIn:
    """A function that has a program of a few lines take the place of the worker, for what is the client's part alone."""

    def put(code: str) -> None:
        program = tmp_path / "program"
        program.write_text(f"#!{sys.executable}\nimport json, sys\n{code}")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(program))

    return put


ANSWERING = """
for line in sys.stdin:
    id = json.loads(line)["id"]
    if id == "bad":
        sys.exit(1)
    print(json.dumps({"id": id, "extracts": {"version": 1}}), flush=True)
"""
"""Finds nothing in any page, at once; a bad one kills it."""


@pytest.fixture(scope="module")
def analyser() -> Iterator[Analyser]:
    with Analyser() as one:
        yield one


def test_extracts_come_back_by_id(analyser: Analyser) -> None:
    pages = [
        ("a", page("한강 물값이 올랐다. 서울시는 물값을 3% 올렸다. 시민들은 물값 인상에 반대했다.")),
        ("b", page("하나")),
    ]
    found = dict(analyser.analyse(pages))
    assert set(found) == {"a", "b"}
    first = found["a"]
    assert isinstance(first, Extracts)
    assert first.version == EXTRACTOR
    assert len(first.terms) == 3
    assert first.key_sentences


def test_one_bad_page_does_not_stop_the_rest(analyser: Analyser) -> None:
    bad = Page(title="", text="가", blocks=(), sentences=(), authors=("가",))
    broken = msgspec.structs.replace(bad, title=5)
    found = dict(analyser.analyse([("bad", broken), ("good", page("물값이 올랐다."))]))
    assert isinstance(found["bad"], MitjulError)
    assert "읽을 수" in found["bad"].korean
    assert isinstance(found["good"], Extracts)


def test_pages_that_wait_together_are_analysed_like_those_that_come_alone(analyser: Analyser) -> None:
    broken = msgspec.structs.replace(page("물값이 올랐다."), title=5)
    pages = [
        ("a", page("한강 물값이 올랐다. 서울시는 물값을 3% 올렸다.")),
        ("none", page("ㅋ" * 700)),
        ("broken", broken),
        ("b", page("부산시는 " + "물값을 2% 올렸고, " * 90 + "시민들은 반대했다.")),
        ("empty", Page(title="", text="", blocks=(), sentences=())),
    ]
    together = list(analyser.analyse(pages))
    assert [name for name, _ in together] == [name for name, _ in pages]
    assert isinstance(dict(together)["broken"], MitjulError)
    for name, each in pages:
        ((_, alone),) = analyser.analyse([(name, each)])
        assert isinstance(alone, MitjulError) or alone == dict(together)[name]


def test_a_source_may_have_nothing_for_a_while(analyser: Analyser) -> None:
    came = iter([None, ("a", page("물값이 올랐다.")), None, None, ("b", page("물값이 내렸다.")), None])
    assert [name for name, _ in analyser.analyse(came)] == ["a", "b"]


def test_of_pages_that_wait_together_only_the_one_that_kills_is_lost(stand_in: StandIn) -> None:
    stand_in(ANSWERING)
    names = ["a", "b", "bad", "c", "d"]
    with Analyser() as one:
        found = list(one.analyse([(name, page("물값이 올랐다.")) for name in names]))
    assert [name for name, _ in found] == names
    assert [name for name, result in found if isinstance(result, MitjulError)] == ["bad"]


def test_a_process_that_dies_idle_costs_no_page(stand_in: StandIn) -> None:
    stand_in(ANSWERING)
    with Analyser() as one:
        processes = []
        for _ in range(2):
            found = dict(one.analyse([("a", page("물값이 올랐다."))]))
            assert isinstance(found["a"], Extracts)
            process = one._workers[0]._process
            assert process is not None
            process.kill()
            process.wait()
            processes.append(process.pid)
        assert processes[0] != processes[1]


def test_the_source_s_own_error_reaches_the_caller(analyser: Analyser) -> None:
    def pages() -> Iterator[tuple[str, Page]]:
        yield "a", page("물값이 올랐다.")
        raise RuntimeError("out of pages")

    with pytest.raises(RuntimeError, match="out of pages"):
        list(analyser.analyse(pages()))


def test_close_from_another_thread_ends_it_and_its_process() -> None:
    one = Analyser()
    threading.Timer(0.4, one.close).start()
    found = list(one.analyse((str(n), page("물값이 올랐다.")) for n in range(100_000)))
    assert len(found) < 100_000
    assert one._workers[0]._process is None
    assert list(one.analyse([("a", page("끝"))])) == []
    one.close()


def test_an_analyser_that_is_not_asked_starts_nothing() -> None:
    with Analyser(3) as idle:
        assert list(idle.analyse([])) == []
        assert all(each._process is None for each in idle._workers)


def test_the_worker_answers_each_line_and_ends_with_its_input() -> None:
    source = io.BytesIO(b'not json\n\n{"id": "x"}\n{"id": "y", "page": {"title": 3}}\n')
    target = io.BytesIO()
    worker.serve(source, target)
    answers = [msgspec.json.decode(line) for line in target.getvalue().splitlines()]
    assert [answer["id"] for answer in answers] == ["", "x", "y"]
    assert all(answer["error"]["korean"] and answer["error"]["english"] for answer in answers)


def test_the_process_ends_when_its_input_closes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "store.korean.worker"], input=b"", capture_output=True, timeout=120, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (0, b"")


def test_the_process_ends_with_the_one_that_started_it() -> None:
    launch = (
        "import os, subprocess, sys;"
        "subprocess.Popen([sys.executable, '-m', 'store.korean.worker', str(os.getpid())])"
    )
    source, held = os.pipe()  # its input stays open
    try:
        with subprocess.Popen(
            [sys.executable, "-c", launch], stdin=source, stdout=subprocess.PIPE, cwd=ROOT
        ) as launcher:
            assert launcher.communicate(timeout=120)[0] == b"", (
                "the pipe has been closed by the last to have it"
            )
    finally:
        os.close(source)
        os.close(held)


def test_half_an_answer_costs_one_page_only(stand_in: StandIn) -> None:
    stand_in("sys.stdin.readline()\nprint('{\"id\": \"a', end='')\n")
    with Analyser() as one:
        found = dict(one.analyse([("a", page("물값이 올랐다.")), ("b", page("물값이 내렸다."))]))
    assert set(found) == {"a", "b"}
    assert all(isinstance(result, MitjulError) for result in found.values())


def test_the_client_loads_no_kiwi() -> None:
    code = (
        "import sys, store.korean.analyser, store.korean.sentences, store.korean.choseong;"
        "print([m for m in sys.modules if 'kiwi' in m and m.split('.')[0] != 'store' or m == 'numpy'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
