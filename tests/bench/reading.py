"""Reading an article of 1 MB with 5,000 marks, beside a minimal Textual app.

Each app runs in a process of its own on a pseudo-terminal of 120×40, so that the terminal's driver is part of what is measured. The
minimal app is a `ScrollView` whose lines are ready-made strips; its key repaints two of them. Where the machine has other work, read the
rows of CPU time: they leave out the waiting.
"""

from __future__ import annotations

import asyncio
import json
import os
import pty
import random
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from fcntl import ioctl
from pathlib import Path

import tui  # noqa: F401  (sets what must be set before textual is imported)

SIZE = 1_000_000
MARKS = 5_000
STEPS = 200
PAGES = 60
QUEUE = 60
RUNS = 3
COLUMNS, LINES = 120, 40


# ── the article ──


def make(folder: Path) -> None:
    """An article of `SIZE` bytes and its marks, as files."""
    import msgspec

    from store.model import Annotation, Article, Block, BlockType, Raw, Span

    chance = random.Random(8)
    words = [
        "창고가",
        "바닷가에",
        "있고",
        "비용은",
        "320억",
        "원이다",
        "기계가",
        "사람보다",
        "많다",
        "(가칭)",
        "AI",
        "모델을",
        "“새로”",
        "들였다",
    ]
    blocks, sentences, parts, at, size = [], [], [], 0, 0
    while size < SIZE:
        start, made = at, []
        for _ in range(chance.randint(2, 8)):
            sentence = " ".join(chance.choices(words, k=chance.randint(6, 22))) + "."
            sentences.append(Span(start=at, end=at + len(sentence)))
            at += len(sentence) + 1
            made.append(sentence)
        text = " ".join(made)
        blocks.append(Block(type=BlockType.PARAGRAPH, start=start, end=start + len(text)))
        parts.append(text)
        at = start + len(text) + 2
        size += len(text.encode()) + 2
    raw = Raw(sha256="0" * 64, encoding="utf-8", media_type="text/plain")
    article = Article(
        id="0" * 12, added="", updated="", raw=raw, title="창고", text="\n\n".join(parts), blocks=tuple(blocks), sentences=tuple(sentences)
    )  # fmt: skip
    chosen = [chance.choice(sentences) for _ in range(MARKS)]
    marks = [
        Annotation(
            id=f"{number:012x}", article=article.id, start=span.start, end=span.end, exact="", prefix="", suffix="",
            tags=chance.choice([(), ("비용",), ("비용/개발", "주장")]), note=chance.choice(["", "", "메모"]),
        )
        for number, span in enumerate(chosen)
    ]  # fmt: skip
    (folder / "article.json").write_bytes(msgspec.json.encode(article))
    (folder / "marks.json").write_bytes(msgspec.json.encode(marks))


# ── in the process that is measured ──


def child(kind: str, folder: Path) -> None:
    from textual.app import App
    from textual.events import Key

    app = _minimal() if kind == "minimal" else _reader(folder)
    figures: dict[str, list[float]] = {}
    painted = asyncio.Event()
    display = App._display

    def displayed(self: App[None], screen: object, renderable: object) -> None:
        display(self, screen, renderable)  # type: ignore[arg-type]
        if renderable is not None:
            painted.set()

    App._display = displayed  # type: ignore[assignment,method-assign]

    async def press(*keys: str) -> float:
        painted.clear()
        start = time.perf_counter()
        for key in keys:
            app.post_message(Key(key, None))
        await painted.wait()
        return (time.perf_counter() - start) * 1000

    async def drive() -> None:
        await painted.wait()
        figures["first"] = [(time.time() - float(os.environ["BENCH_START"])) * 1000]
        figures["first cpu"] = [time.process_time() * 1000]
        await asyncio.sleep(0.5)
        if os.environ.get("BENCH_ONLY") != "first":
            for name, key, count in (("step", "down", STEPS), ("page", "space", PAGES)):
                figures[name] = []
                figures[f"{name} cpu"] = []
                for _ in range(count):
                    worked = time.process_time()
                    figures[name].append(await press(key))
                    figures[f"{name} cpu"].append((time.process_time() - worked) * 1000)
                    await asyncio.sleep(0.03)
            figures["queue"] = []
            for _ in range(10):
                start, target = time.perf_counter(), app.handled + QUEUE
                await press(*["down"] * QUEUE)
                while app.handled < target:
                    painted.clear()
                    await painted.wait()
                figures["queue"].append((time.perf_counter() - start) * 1000)
                await asyncio.sleep(0.3)
            if kind != "minimal":
                figures["mark"] = []
                for number in range(20):
                    painted.clear()
                    start = time.perf_counter()
                    app.add_mark(number)  # type: ignore[attr-defined]
                    await painted.wait()
                    figures["mark"].append((time.perf_counter() - start) * 1000)
                    await asyncio.sleep(0.03)
        figures["memory"] = [_resident()]
        (folder / f"{kind}.json").write_text(json.dumps(figures))
        app.exit()

    app.drive = drive
    app.run()


def _resident() -> float:
    """Resident memory in MB."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _minimal():  # type: ignore[no-untyped-def]
    from rich.segment import Segment
    from textual.app import App, ComposeResult
    from textual.geometry import Size
    from textual.scroll_view import ScrollView
    from textual.strip import Strip

    class Lines(ScrollView, can_focus=True, inherit_bindings=False):
        def on_mount(self) -> None:
            self.strips = [Strip([Segment(f"{number} " + "가나다라마바사 " * 5)]) for number in range(64)]
            self.virtual_size = Size(80, 10_000)

        def render_line(self, y: int) -> Strip:
            return self.strips[(self.scroll_offset.y + y) % 64].adjust_cell_length(self.size.width)

    class Minimal(App[None]):
        BINDINGS = [("down", "step"), ("space", "page")]  # noqa: RUF012
        handled = 0
        drive: Callable[[], Coroutine[None, None, None]]

        def on_load(self) -> None:
            self.run_worker(self.drive())

        def compose(self) -> ComposeResult:
            yield Lines()

        def on_mount(self) -> None:
            self.lines = self.query_one(Lines)
            self.lines.focus()

        def action_step(self) -> None:
            self.handled += 1
            self.lines.refresh_lines(self.lines.scroll_offset.y + self.handled % 30, 2)

        def action_page(self) -> None:
            self.lines.scroll_to(y=self.lines.scroll_offset.y + LINES - 2, animate=False)

    return Minimal()


def _reader(folder: Path):  # type: ignore[no-untyped-def]
    import msgspec
    from textual.app import App, ComposeResult

    from store.model import Annotation, Article
    from tui import themes
    from tui.article.view import ArticleView

    class Reader(App[None]):
        BINDINGS = [("down", "step"), ("space", "page")]  # noqa: RUF012
        handled = 0
        drive: Callable[[], Coroutine[None, None, None]]

        def on_load(self) -> None:
            self.run_worker(self.drive())

        def get_theme_variable_defaults(self) -> dict[str, str]:
            return themes.defaults(self.current_theme.dark)

        def compose(self) -> ComposeResult:
            yield ArticleView()

        def on_mount(self) -> None:
            self.article = msgspec.json.decode((folder / "article.json").read_bytes(), type=Article)
            self.marks = msgspec.json.decode((folder / "marks.json").read_bytes(), type=list[Annotation])
            self.view = self.query_one(ArticleView)
            self.view.set_tag_colours({"비용": "yellow", "주장": "blue"})
            self.view.show(self.article, self.marks)
            self.view.focus()

        def action_step(self) -> None:
            self.handled += 1
            self.view.move("sentence", 1)

        def action_page(self) -> None:
            self.view.page(1)

        def add_mark(self, number: int) -> None:
            span = self.view.passage
            one = Annotation(
                id=f"f{number:011x}", article=self.article.id, start=span.start, end=span.end - number, exact="", prefix="", suffix=""
            )  # fmt: skip
            self.marks = [*self.marks, one]
            self.view.set_annotations(self.marks)

    return Reader()


# ── in the process that measures ──


def run(kind: str, folder: Path, only: str = "") -> dict[str, list[float]]:
    """Run one of the apps on a pseudo-terminal and take its figures: milliseconds, and megabytes for memory."""
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    env = os.environ | {
        "TERM": "xterm-256color", "COLORTERM": "truecolor", "BENCH_START": str(time.time()), "BENCH_ONLY": only, "MITJUL_LANG": "ko",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.reading", kind, str(folder)],
        stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    said = bytearray()

    def drain() -> None:
        while True:
            try:
                data = os.read(master, 65536)
            except OSError:
                return
            if not data:
                return
            said.extend(data)

    thread = threading.Thread(target=drain, daemon=True)
    thread.start()
    try:
        process.wait(timeout=180)
    finally:
        if process.poll() is None:
            process.kill()
    thread.join(timeout=2)
    os.close(master)
    result = folder / f"{kind}.json"
    if not result.exists():
        raise RuntimeError(said.decode("utf-8", "replace")[-2000:])
    figures: dict[str, list[float]] = json.loads(result.read_text())
    result.unlink()
    return figures


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main(arguments: Sequence[str] = ()) -> None:
    if arguments:
        raise SystemExit("python -m tests.bench reading")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder)
        first: dict[str, list[float]] = {"minimal": [], "view": []}
        worked: dict[str, list[float]] = {"minimal": [], "view": []}
        for _ in range(RUNS):
            for kind in first:
                figures = run(kind, folder, only="first")
                first[kind] += figures["first"]
                worked[kind] += figures["first cpu"]
        minimal, view = run("minimal", folder), run("view", folder)
    middle: Callable[[list[float]], float] = statistics.median
    rows = [
        ("first paint, ms", middle(first["view"]), middle(first["minimal"]), 1.5),
        ("first paint, CPU ms", middle(worked["view"]), middle(worked["minimal"]), 1.5),
        ("sentence step, ms", middle(view["step"]), middle(minimal["step"]), 2.0),
        ("sentence step, CPU ms", middle(view["step cpu"]), middle(minimal["step cpu"]), 2.0),
        ("sentence step p99, ms", _percentile(view["step"], 0.99), _percentile(minimal["step"], 0.99), None),
        ("page, ms", middle(view["page"]), middle(minimal["step"]), 6.0),
        ("page, CPU ms", middle(view["page cpu"]), middle(minimal["step cpu"]), 6.0),
        (f"{QUEUE} queued keys, ms", middle(view["queue"]), middle(minimal["queue"]), None),
        ("a new mark on the screen, ms", middle(view["mark"]), None, None),
        ("resident memory, MB", view["memory"][0], minimal["memory"][0], 1.6),
    ]
    print(
        f"article of {SIZE / 1e6:g} MB, {MARKS} marks, {COLUMNS}x{LINES}; yardstick: a minimal Textual app in the same run"
    )
    print(f"{'':30} {'view':>9} {'minimal':>9} {'ratio':>7} {'limit':>7}")
    for label, ours, theirs, limit in rows:
        ratio = f"{ours / theirs:7.2f}" if theirs else " " * 7
        print(
            f"{label:30} {ours:9.2f} {theirs if theirs is None else round(theirs, 2)!s:>9} {ratio} {limit or '':>7}"
        )


if __name__ == "__main__":
    child(sys.argv[1], Path(sys.argv[2]))
