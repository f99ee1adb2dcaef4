"""Export of many marks to Markdown, again with nothing new, and again with one mark changed; plain file writing beside it.

python -m tests.bench export [--articles 500] [--marks 20]
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from store.exchange.bundle import make
from store.exchange.markdown import export_markdown
from store.files import write_bytes
from store.library import Library
from tests.bench.store import no_parsing, page_of


def timed(name: str, act: Callable[[], Any]) -> Any:
    """Do it, and print how long it took and how long the processor was busy with it (less, where others wanted it too)."""
    started, cpu = time.perf_counter(), time.process_time()
    result = act()
    took, busy = time.perf_counter() - started, time.process_time() - cpu
    print(f"{name:<44} {took:8.2f} s  (processor {busy:6.2f} s)", flush=True)
    return result


def fill(library: Library, articles: int, marks: int) -> None:
    """Articles with marks, every third with a note, spread over five tags."""
    with no_parsing() as pages:
        for number in range(articles):
            data, page = page_of(number)
            pages[data] = page
            (added,) = library.add(data, name=f"{number}.txt")
            assert added.id is not None
            spans = page.sentences
            for mark in range(marks):
                span = spans[mark % len(spans)]
                library.annotate(
                    added.id,
                    span.start,
                    span.end,
                    tags=[f"갈래/{mark % 5}"],
                    note=f"메모 {mark}\n둘째 줄" if mark % 3 == 0 else "",
                )


def written(folder: Path) -> dict[str, int]:
    """The files below a folder with the times of their last change."""
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def main(arguments: list[str]) -> None:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench export")
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--marks", type=int, default=20)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        with Library.open(root / "library") as library:
            print(f"{options.articles} articles, {options.articles * options.marks} marks", flush=True)
            timed("(making the library)", lambda: fill(library, options.articles, options.marks))
            ids = [item.id for item in library.list()]
            for preset in ("obsidian", "logseq", "commonmark"):
                folder = root / preset
                results = timed(
                    f"export, {preset}", partial(export_markdown, library, ids, folder, preset=preset)
                )
                assert {item.status for item in results} == {"written"}
            folder = root / "obsidian"
            before = written(folder)
            results = timed("again, nothing new", lambda: export_markdown(library, ids, folder))
            assert {item.status for item in results} == {"unchanged"}
            assert written(folder) == before, "an export with nothing new wrote a file"
            library.change(library.annotations()[0].id, note="바뀐 메모")
            results = timed("again, one mark changed", lambda: export_markdown(library, ids, folder))
            assert sum(item.status == "updated" for item in results) == 1
            timed("export, all in one file", lambda: export_markdown(library, ids, root / "one", by="one"))
            timed("again, nothing new", lambda: export_markdown(library, ids, root / "one", by="one"))
            timed(
                "export, a file for each tag", lambda: export_markdown(library, ids, root / "tag", by="tag")
            )
            timed(
                "export, a file for each mark",
                lambda: export_markdown(library, ids, root / "mark", by="mark"),
            )
            before = written(root / "mark")
            timed("again, nothing new", lambda: export_markdown(library, ids, root / "mark", by="mark"))
            assert written(root / "mark") == before, "an export with nothing new wrote a file"
            for form in ("csv", "jsonld", "html"):
                timed(f"export, {form}", partial(make, library, "", form))
            files = [path.read_bytes() for path in folder.glob("*.md")]
            plain = root / "plain"
            plain.mkdir()
            timed(
                f"for comparison: writing those {len(files)} files",
                lambda: [write_bytes(plain / f"{n}.md", data, durable=False) for n, data in enumerate(files)],
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform != "darwin" else 1024 * 1024
    )
    print(f"{'peak memory':<44} {peak:8.0f} MB")
