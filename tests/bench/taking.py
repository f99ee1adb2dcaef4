"""Taking in a folder, parsing and analysis included, beside Kiwi alone tokenising the same texts with two workers.

    python -m tests.bench taking [--articles 300] [--characters 6000] [--rounds 1]

Both rates are characters of article text a second, in the same run: by the clock, and by the time that the processors were at it, which
other programs on the machine change less. The model is loaded on both sides: the ratios are given with its loading counted on both, and
with that of ours alone counted. The command's analyser makes way for other programs (`nice`), so Kiwi alone does here, too. Kiwi alone
runs as it comes; the analyser has it search less widely (`store.korean.kiwi`).
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
start, used = time.perf_counter(), time.process_time()
kiwi = Kiwi(num_workers=2)
kiwi.tokenize("시동")
loading, loading_used = time.perf_counter() - start, time.process_time() - used
start, used = time.perf_counter(), time.process_time()
for _ in kiwi.tokenize(texts):
    pass
print(sum(map(len, texts)), time.perf_counter() - start, time.process_time() - used, loading, loading_used)
"""


def main(arguments: list[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench taking")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--characters", type=int, default=6000, help="of each article, about")
    parser.add_argument("--rounds", type=int, default=1, help="of both, in turns; the sums are told")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        pages = Path(temporary, "pages")
        pages.mkdir()
        for number in range(options.articles):
            (pages / f"{number:05}.txt").write_text(_page(number, options.characters), "utf-8")
        ours = used = alone = alone_used = loading = loading_used = characters = 0.0
        for number in range(options.rounds):
            library = Path(temporary, f"library{number}")
            start, before = time.perf_counter(), _used()
            subprocess.run(
                [sys.executable, "-m", "tui.cli", "--library", str(library), "add", str(pages)],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            ours += time.perf_counter() - start
            used += _used() - before
            kiwi = subprocess.run(
                [sys.executable, "-c", _KIWI, str(library)], check=True, capture_output=True, text=True
            )
            told = [float(word) for word in kiwi.stdout.split()]
            characters += told[0]
            alone += told[1]
            alone_used += told[2]
            loading += told[3]
            loading_used += told[4]
    print(
        f"{options.articles} articles, {characters / options.rounds / 1e6:.2f} million characters, "
        f"{os.cpu_count()} cores, {options.rounds} rounds"
    )
    print(f"{'':32}{'seconds':>9}{'characters/s':>14}{'CPU seconds':>13}")
    for name, seconds, cpu in (
        ("Kiwi alone, two workers", alone, alone_used),
        ("loading its model", loading, loading_used),
        ("mitjul add, all of it", ours, used),
    ):
        rate = f"{characters / seconds:,.0f}" if "model" not in name else ""
        print(f"{name:32}{seconds:>9.1f}{rate:>14}{cpu:>13.1f}")
    print(f"{'of Kiwi alone (wanted: 0.70)':32}{'by clock':>9}{'by CPU time':>14}")
    print(
        f"{'loading counted on both sides':32}{(alone + loading) / ours:>9.2f}"
        f"{(alone_used + loading_used) / used:>14.2f}"
    )
    print(f"{'loading counted on ours alone':32}{alone / ours:>9.2f}{alone_used / used:>14.2f}")
    print(f"{'loading counted on neither':32}{'':>9}{alone_used / (used - loading_used):>14.2f}")


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
