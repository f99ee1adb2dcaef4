"""Taking in a folder, parsing and analysis included, beside Kiwi alone tokenising the same texts with two workers.

    python -m tests.bench taking [--articles 300] [--characters 6000]

Both rates are characters of article text a second, in the same run: by the clock, and by the time that the processors were at it, which
other programs on the machine change less. Kiwi's is without loading its model; ours is the whole command, with it. The command's analyser
makes way for other programs (`nice`), so Kiwi alone does here, too.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from store.ingest import parse
from store.samples import sample_pages

_KIWI = """
import os, sys, time
from pathlib import Path
from kiwipiepy import Kiwi
from store.library import Library
with Library.open(Path(sys.argv[1]), write=False) as library:
    texts = [library.article(item.id).text for item in library.list()]
os.nice(5)
used = time.process_time()
kiwi = Kiwi(num_workers=2)
kiwi.tokenize("시동")
loading = time.process_time() - used
start, used = time.perf_counter(), time.process_time()
for _ in kiwi.tokenize(texts):
    pass
print(sum(map(len, texts)), time.perf_counter() - start, time.process_time() - used, loading)
"""


def main(arguments: list[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench taking")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--characters", type=int, default=6000, help="of each article, about")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        pages = Path(temporary, "pages")
        pages.mkdir()
        for number in range(options.articles):
            (pages / f"{number:05}.txt").write_text(_page(number, options.characters), "utf-8")
        library = Path(temporary, "library")
        start, before = time.perf_counter(), _used()
        subprocess.run(
            [sys.executable, "-m", "tui.cli", "--library", str(library), "add", str(pages)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ours, used = time.perf_counter() - start, _used() - before
        kiwi = subprocess.run(
            [sys.executable, "-c", _KIWI, str(library)], check=True, capture_output=True, text=True
        )
        characters, alone, alone_used, loading = (float(word) for word in kiwi.stdout.split())
    print(f"{options.articles} articles, {characters / 1e6:.2f} million characters, {os.cpu_count()} cores")
    print(f"{'':28}{'seconds':>9}{'characters/s':>14}{'CPU seconds':>13}")
    print(f"{'Kiwi alone, two workers':28}{alone:>9.1f}{characters / alone:>14,.0f}{alone_used:>13.1f}")
    print(f"{'mitjul add, all of it':28}{ours:>9.1f}{characters / ours:>14,.0f}{used:>13.1f}")
    print(f"{'loading the model':28}{'':>9}{'':>14}{loading:>13.1f}")
    print(
        f"ratio {alone / ours:.2f} by the clock (wanted: 0.70), {alone_used / used:.2f} by CPU time, "
        f"{alone_used / (used - loading):.2f} without the loading"
    )


def _used() -> float:
    """Seconds of processors that the processes started here have used, when they have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _page(number: int, characters: int) -> str:
    """A page with menus and a foot around paragraphs of our sample articles, in an order of its own."""
    rng = random.Random(number)
    paragraphs = _paragraphs()
    body: list[str] = []
    while sum(map(len, body)) < characters:
        body.append(rng.choice(paragraphs))
    menu = "로그인\n회원가입\n전체메뉴\n\n"
    foot = f"\n\n공유하기\n인쇄하기\n\n저작권자 ⓒ 가온경제 무단전재 및 재배포 금지\n많이 본 뉴스\n{number}\n"
    return (
        f"{menu}{number}번째 이야기: 값싼 모델과 비싼 칩\n\n2025-02-{number % 28 + 1:02}\n\n"
        + "\n\n".join(body)
        + foot
    )


def _paragraphs() -> list[str]:
    found = []
    for name, data in sample_pages():
        for page, _ in parse(data, name=name):
            found += [
                page.text[block.start : block.end] for block in page.blocks if block.type == "paragraph"
            ]
    return found
