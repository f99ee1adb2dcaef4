"""Reading with the whole program: `mitjul` on a library of 10,000 articles, the open one of 1 MB with 5,000 marks, beside a minimal Textual app.

python -m tests.bench reading [--articles 10000] [--library DIR] [--runs 5]

Both run on a pseudo-terminal of 120×40, are typed to there, and their answers are read from it: from a key to the last byte of what it
changes. Nothing is built into either. Where the machine has other work, read the rows of CPU time: they leave out the waiting.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from store.library import Library
from tests.bench._library import FREE, FREE_FROM, MARKS, START, make, sentence_name
from tests.bench._terminal import Terminal
from tests.bench._texts import vocabulary

STEPS = 200
QUEUE = 60
QUEUES = 10
PAGES = 40
NEW = 20
WORDS_FROM, WORDS = 100, 30
"""Words that are searched for, of those the articles are made of: neither the rarest nor the most frequent."""
DOWN, PAGE, MARK = b"\x1b[B", b" ", b"h"
Figures = dict[str, list[float]]


def at_sentence(number: int) -> str:
    """The sign of the cursor's first row, with the beginning of that sentence on it."""
    return rf"❯[^❯\n]*?\b{sentence_name(number)}"


class Program(NamedTuple):
    """What is started, with which variables, and the sign that its text is on the screen."""

    command: Sequence[str]
    environment: Mapping[str, str]
    sign: str


MINIMAL = Program([sys.executable, "-m", "tests.bench._minimal"], {}, r"39 가나다라")


def mitjul(folder: Path) -> Program:
    """`mitjul` on a library made by `_library.make`."""
    environment = {
        "MITJUL_LANG": "ko",
        "MITJUL_CONFIG": str(folder / "config.toml"),
        "MITJUL_LIBRARY": str(folder),
    }
    return Program([str(Path(sys.executable).with_name("mitjul"))], environment, at_sentence(START))


def starts(programs: Sequence[Program], runs: int) -> list[Figures]:
    """Figures of starting each, in turns, as a machine is not equally fast all the time: milliseconds."""
    found: list[Figures] = [{} for _ in programs]
    for one in programs:
        _warm(one)
    for _ in range(runs):
        for one, figures in zip(programs, found, strict=True):
            with Terminal(one.command, one.environment) as terminal:
                _first(terminal, one.sign, figures)
    return found


def minimal(figures: Figures) -> None:
    """Figures of the yardstick: milliseconds, and megabytes for memory."""
    with Terminal(*MINIMAL[:2]) as terminal:
        terminal.until(MINIMAL.sign)
        terminal.settle(0.5)
        count = 0

        def answer(by: int) -> str:
            nonlocal count
            count += by
            return f"#{count}#"

        _steps(terminal, answer, figures)
        _put(figures, "memory", terminal.memory())


def program(folder: Path, figures: Figures) -> None:
    """Figures of `mitjul`."""
    command, environment, _ = mitjul(folder)
    with Terminal(command, environment) as terminal:
        terminal.until(at_sentence(START))
        terminal.settle(2)
        here = START

        def answer(by: int) -> str:
            nonlocal here
            here += by
            return at_sentence(here)

        _steps(terminal, answer, figures)
        _put(figures, "memory", terminal.memory())
        if terminal.loaded("kiwi"):
            raise RuntimeError("Kiwi has been loaded")
        for _ in range(PAGES):
            spent, start = terminal.cpu(), terminal.send(PAGE)
            terminal.until("❯")
            _put(figures, "page", terminal.settle() - start)
            figures.setdefault("page cpu", []).append(terminal.cpu() - spent)
            time.sleep(0.15)
        _put(figures, "memory after", terminal.memory())
        _searches(terminal, figures)
        terminal.quit()
    _marks(command, environment, folder, figures)


def _warm(program: Program) -> None:
    """A start that does not count: it compiles what is not compiled yet."""
    with Terminal(program.command, program.environment) as terminal:
        terminal.until(program.sign)
        terminal.settle(1)
        terminal.quit()


def _first(terminal: Terminal, pattern: str, figures: Figures) -> None:
    done = terminal.until(pattern)
    figures.setdefault("first cpu", []).append(terminal.cpu())
    _put(figures, "first", done - terminal.started)
    terminal.settle(1)
    figures.setdefault("ready cpu", []).append(terminal.cpu())
    terminal.quit()


def _steps(terminal: Terminal, answer: Callable[[int], str], figures: Figures) -> None:
    for _ in range(STEPS):
        spent, start = terminal.cpu(), terminal.send(DOWN)
        _put(figures, "step", terminal.until(answer(1)) - start)
        figures.setdefault("step cpu", []).append(terminal.cpu() - spent)
        time.sleep(0.03)
    for _ in range(QUEUES):
        start = terminal.send(DOWN * QUEUE)
        _put(figures, "queue", terminal.until(answer(QUEUE)) - start)
        time.sleep(0.3)


def _searches(terminal: Terminal, figures: Figures) -> None:
    """Words typed into the search of the library, a syllable a key: from the key to the passages that have what is typed by then."""
    terminal.send(b"s")
    terminal.settle(0.5)
    for word in vocabulary()[0][WORDS_FROM : WORDS_FROM + WORDS]:
        terminal.send(b"\x15")
        terminal.settle(0.5)
        for end in range(1, len(word) + 1):
            start = terminal.send(word[end - 1].encode())
            # In the field, and in two passages.
            found = terminal.until(rf"(?:{word[:end]}[\s\S]*?){{3}}")
            _put(figures, "search", found - start)
            terminal.settle(0.3)
    terminal.send(b"\x1b")
    terminal.settle(0.5)


def _marks(command: Sequence[str], environment: Mapping[str, str], folder: Path, figures: Figures) -> None:
    """New marks, where there are none; then the program is killed, and they have to be there."""
    with Library.open(folder) as library:
        article = library.last_article()
        assert article is not None
        before = len(library.annotations(article=article))
        at = library.article(article).sentences[FREE_FROM].start
        library.set_place(article, at, 0.4)
    with Terminal(command, environment) as terminal:
        terminal.until(at_sentence(FREE_FROM))
        terminal.settle(2)
        for number in range(NEW):
            spent, start = terminal.cpu(), terminal.send(MARK)
            _put(figures, "mark", terminal.until(r"[▌▐┃] *❯") - start)
            figures.setdefault("mark cpu", []).append(terminal.cpu() - spent)
            terminal.settle(0.1)
            if number < NEW - 1:
                terminal.send(DOWN)
                terminal.until(at_sentence(FREE_FROM + number + 1))
            terminal.settle(0.1)
        terminal.kill()
    with Library.open(folder) as library:
        marks = library.annotations(article=article)
        assert len(marks) == before + NEW, f"{len(marks) - before} of {NEW} marks are there"
        for mark in marks:
            if FREE_FROM <= _sentence(library, article, mark.start) < FREE_FROM + FREE:
                library.delete(mark.id)
        _go_to_start(library)


def _go_to_start(library: Library) -> None:
    article = library.last_article()
    assert article is not None
    library.set_place(article, library.article(article).sentences[START].start, 0.4)


def _sentence(library: Library, article: str, offset: int) -> int:
    global _sentences
    if not _sentences:
        _sentences = {span.start: number for number, span in enumerate(library.article(article).sentences)}
    return _sentences.get(offset, -1)


_sentences: dict[int, int] = {}


def _put(figures: Figures, name: str, value: float) -> None:
    figures.setdefault(name, []).append(value if name.startswith("memory") else value * 1000)


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def measure(folder: Path, articles: int, runs: int) -> None:
    """Measure and print the table. Of starts, the middle of how one compares with the other's just before: the processors of some machines
    run at two speeds, and the quickest start of each may be at another."""
    with Library.open(folder) as library:
        _go_to_start(library)
    theirs, ours = starts([MINIMAL, mitjul(folder)], runs)
    minimal(theirs)
    program(folder, ours)
    middle: Callable[[Sequence[float]], float] = statistics.median

    def start(name: str) -> tuple[float, float]:
        """Milliseconds in the middle, and these by the middle ratio: what the other would have taken beside it."""
        mine = middle(ours[name])
        return mine, mine / middle([a / b for a, b in zip(ours[name], theirs[name], strict=True)])

    rows: list[tuple[str, float, float | None, str]] = [
        ("first paint of the text, ms", *start("first"), "1.5 x"),
        ("first paint of the text, CPU ms", *start("first cpu"), "1.5 x"),
        ("everything on the screen, CPU ms", *start("ready cpu"), ""),
        ("sentence step, ms", middle(ours["step"]), middle(theirs["step"]), "2 x"),
        ("sentence step, CPU ms", middle(ours["step cpu"]), middle(theirs["step cpu"]), "2 x"),
        (
            "sentence step p99, ms",
            _percentile(ours["step"], 0.99),
            _percentile(theirs["step"], 0.99),
            "16 ms",
        ),
        ("page, ms", middle(ours["page"]), middle(theirs["step"]), "6 x"),
        ("page, CPU ms", middle(ours["page cpu"]), middle(theirs["step cpu"]), "6 x"),
        (f"{QUEUE} queued keys, ms", min(ours["queue"]), min(theirs["queue"]), "100 ms"),
        ("a new mark on screen and durable, ms", middle(ours["mark"]), None, "30 ms"),
        ("a new mark, CPU ms", middle(ours["mark cpu"]), None, ""),
        ("passages after a key in search, ms", middle(ours["search"]), None, "20 ms"),
        ("resident memory, MB", ours["memory"][0], theirs["memory"][0], "1.6 x"),
        (f"resident memory {PAGES} pages on, MB", ours["memory after"][0], theirs["memory"][0], "1.6 x"),
    ]
    print(
        f"library of {articles:,} articles, the open one of 1 MB with {MARKS:,} marks, 120x40; CPUs: {os.cpu_count()};"
        f" {sys.version.split()[0]}; yardstick: a minimal Textual app in the same run"
    )
    print(f"{'':38} {'밑줄':>7} {'minimal':>9} {'ratio':>7} {'limit':>8}")
    for label, mine, other, limit in rows:
        beside = f"{other:9.2f} {mine / other:7.2f}" if other else " " * 17
        print(f"{label:38} {mine:9.2f} {beside} {limit:>8}")


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench reading")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument(
        "--library", type=Path, help="where to make the library, or where one was made before"
    )
    parser.add_argument("--runs", type=int, default=9, help="starts of each program")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = options.library or Path(name) / "library"
        if not folder.exists():
            make(folder, options.articles)
        with Library.open(folder) as library:
            articles = len(library.list()) - 1
            if library.pending():
                raise SystemExit(f"{folder} was made for another extractor: delete it, and it is made again")
        measure(folder, articles, options.runs)
