"""The library beside SQLite (synchronous=FULL) and plain TinyDB, in one run, on articles of 8 KB.

python -m tests.bench store [--articles 10000] [--tinydb 10000] [--search 5000] [--marks]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from store import ingest
from store.anchoring import drift, place, select
from store.library import Library
from store.model import Annotation, Block, BlockType, Page, Raw, Span, Summary
from tests.bench._marks import marks
from tests.bench._table import milliseconds, row
from tests.bench._texts import article


def page_of(number: int) -> tuple[bytes, Page]:
    """An article's bytes, and what a parser makes of it."""
    title, paragraphs = article(number)
    blocks: list[Block] = []
    sentences: list[Span] = []
    at = 0
    for paragraph in paragraphs:
        blocks.append(Block(type=BlockType.PARAGRAPH, start=at, end=at + len(paragraph)))
        start = at
        for sentence in paragraph.split(". "):
            end = min(start + len(sentence) + 1, at + len(paragraph))
            sentences.append(Span(start=start, end=end))
            start = end + 1
        at += len(paragraph) + 2
    text = "\n\n".join(paragraphs)
    page = Page(
        title=title,
        text=text,
        blocks=tuple(blocks),
        sentences=tuple(sentences),
        publisher=title.split()[0],
        authors=(title.split()[1],),
        published="2025-02-14",
        url=f"https://news.example/{number}",
    )
    return f"{title}\n{text}".encode(), page


@contextmanager
def no_parsing() -> Iterator[dict[bytes, Page]]:
    """Taking in without parsing: pages are looked up."""
    pages: dict[bytes, Page] = {}

    def parse(data: bytes, *, name: str = "", **_: Any) -> list[tuple[Page, Raw]]:
        sha256 = hashlib.sha256(data).hexdigest()
        return [
            (
                pages[data],
                Raw(sha256=sha256, encoding="utf-8", media_type="text/plain", name=name, size=len(data)),
            )
        ]

    old = ingest.parse if hasattr(ingest, "parse") else None
    ingest.parse = parse
    try:
        yield pages
    finally:
        if old is not None:
            ingest.parse = old


def build(folder: Path, number: int) -> float:
    """A library of so many articles; seconds it took, parsing excluded."""
    took = 0.0
    with no_parsing() as pages, Library.open(folder) as library, library._intake.bulk():
        for i in range(number):
            data, page = page_of(i)
            pages[data] = page
            start = time.perf_counter()
            library.add(data, name=f"{i}.txt")
            took += time.perf_counter() - start
            pages.clear()
    return took


def build_sqlite(path: Path, number: int) -> float:
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute(
        "CREATE TABLE articles (id TEXT PRIMARY KEY, title TEXT, publisher TEXT, authors TEXT, published TEXT, url TEXT,"
        " added TEXT, body TEXT)"
    )
    db.execute(
        "CREATE TABLE marks (id TEXT PRIMARY KEY, article TEXT, start INTEGER, end INTEGER, exact TEXT, tags TEXT)"
    )
    took = 0.0
    for i in range(number):
        data, page = page_of(i)
        start = time.perf_counter()
        id = hashlib.sha256(data).hexdigest()[:12]
        values = (
            id,
            page.title,
            page.publisher,
            page.authors[0],
            page.published,
            page.url,
            "2025",
            page.text,
        )
        with db:
            db.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        took += time.perf_counter() - start
    db.close()
    return took


def build_tinydb(path: Path, number: int) -> None:
    documents = {}
    for i in range(number):
        _, page = page_of(i)
        documents[str(i + 1)] = {
            "title": page.title,
            "publisher": page.publisher,
            "url": page.url,
            "text": page.text,
        }
    path.write_text(json.dumps({"articles": documents, "marks": {}}))


def open_and_list_sqlite(path: Path) -> int:
    db = sqlite3.connect(path)
    rows = db.execute("SELECT id, title, publisher, authors, published, url, added FROM articles").fetchall()
    found = [
        Summary(
            id=id,
            title=title,
            publisher=publisher,
            authors=(authors,),
            published=published,
            url=url,
            added=added,
            annotations=0,
            truncated=False,
        )
        for id, title, publisher, authors, published, url, added in rows
    ]
    db.close()
    return len(found)


def open_and_list(folder: Path) -> int:
    with Library.open(folder) as library:
        return len(library.list())


def open_and_list_tinydb(path: Path) -> int:
    from tinydb import TinyDB

    with TinyDB(path) as database:
        return len([document["title"] for document in database.table("articles")])


def search(folder: Path, articles: int) -> None:
    rng = random.Random(3)
    texts = {}
    with Library.open(folder) as library:
        for summary in library.list():
            record = library.article(summary.id)
            texts[summary.id] = f"{record.text}\n{record.title}".lower()
        queries = []
        for _ in range(300):
            words = rng.choice(list(texts.values())).split()
            word = rng.choice(words)
            queries.append(word[: rng.choice((2, 2, 3, 3, 4))])
        words = [query.strip('.,%-"') or "다" for query in queries]
        rng.shuffle(words)
        phrases = [searched(library, f'"{word}"') for word in words]
        plain = [searched(library, word) for word in words]
        ones = [searched(library, rng.choice("가나다비용")) for _ in range(50)]
        recalls = []
        for word in words:
            wanted = {id for id, text in texts.items() if word in text}
            found = {hit.article for hit in library.search(f'"{word}"', len(texts) * 3)}
            recalls.append(len(found & wanted) / len(wanted) if wanted else 1.0)
    for what, found_times in (
        (f"search, {articles:,} articles: median / p95 / max ms", phrases),
        ("  as words (with names, 초성, the other mode)", plain),
        ("  one syllable", ones),
    ):
        for which, by in ((0, ""), (1, "by CPU")):
            times = sorted(pair[which] for pair in found_times)
            row("" if which else what, statistics.median(times), times[int(len(times) * 0.95)], times[-1], by)
    row("  recall against substring search", min(recalls))


def searched(library: Library, query: str) -> tuple[float, float]:
    """Milliseconds that a search takes, and of these the CPU's."""
    start, cpu = time.perf_counter(), time.thread_time()
    library.search(query, 50)
    return (time.perf_counter() - start) * 1000, (time.thread_time() - cpu) * 1000


def reindex(folder: Path, sqlite_path: Path) -> None:
    with Library.open(folder) as library:
        start, cpu = time.perf_counter(), time.process_time()
        number = library.reindex()
        took, worked = time.perf_counter() - start, time.process_time() - cpu
    other, other_worked = index_sqlite(sqlite_path)
    row("index from nothing, articles a second", number / took, other, "", f"{other / (number / took):.2f} x")
    row("  by CPU (SQLite: its own trigrams)", number / worked, other_worked)


def index_sqlite(path: Path) -> tuple[float, float]:
    """SQLite's own full text of the articles that are in it already: articles a second by wall and by CPU."""
    db = sqlite3.connect(path)
    db.execute("DROP TABLE IF EXISTS found")
    db.execute("CREATE VIRTUAL TABLE found USING fts5(title, body, content='articles', tokenize='trigram')")
    start, cpu = time.perf_counter(), time.process_time()
    with db:
        db.execute("INSERT INTO found (found) VALUES ('rebuild')")
    took, worked = time.perf_counter() - start, time.process_time() - cpu
    (number,) = db.execute("SELECT count(*) FROM articles").fetchone()
    db.close()
    return number / took, number / worked


def anchoring() -> None:
    rng = random.Random(4)
    paragraphs = [paragraph for i in range(40) for paragraph in article(i)[1]]
    text = "\n\n".join(paragraphs)[:100_000]
    made = []
    for i in range(200):
        start = rng.randrange(len(text) - 200)
        made.append(
            Annotation(id=str(i), article="a", **select(text, start, start + rng.randint(20, 150))._asdict())
        )
    for what, new in (
        ("a paragraph before", "새로 온 문단이다.\n\n" + text),
        ("every 20th paragraph changed", _edited(text, 20)),
        ("every 5th paragraph changed", _edited(text, 5)),
    ):

        def again(new: str = new) -> None:
            expect = drift(text, new)
            for mark in made:
                place(new, mark, expect(mark.start, mark.end))

        row(f"200 marks again in 100 KB, ms: {what}", statistics.median(milliseconds(again, 5)))


def _edited(text: str, every: int) -> str:
    parts = text.split("\n\n")
    for i in range(0, len(parts), every):
        words = parts[i].split(" ")
        words[len(words) // 2] = "고친말이"
        parts[i] = " ".join(words)
    return "\n\n".join(parts)


_MEMORY = """
import sys, resource
from pathlib import Path
from store.library import Library
with Library.open(Path(sys.argv[1])) as library:
    rows = library.list()
    library.search("가나")
    library.tags()
    with open("/proc/self/status") as status:
        print(next(line.split()[1] for line in status if line.startswith("VmRSS")))
"""


def memory(folder: Path, empty: Path) -> None:
    sizes = []
    for one in (folder, empty):
        done = subprocess.run(
            [sys.executable, "-c", _MEMORY, str(one)], capture_output=True, text=True, check=True
        )
        sizes.append(int(done.stdout) / 1024)
    row("memory above an empty library's, MB", sizes[0] - sizes[1], "", "", f"{sizes[1]:.0f} empty")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench store")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument(
        "--tinydb", type=int, default=None, help="articles for plain TinyDB; 0 to leave it out"
    )
    parser.add_argument("--search", type=int, default=5_000)
    parser.add_argument(
        "--folder", type=Path, default=None, help="where to build; a temporary folder otherwise"
    )
    parser.add_argument("--marks", action="store_true", help="measure one durable mark, and nothing else")
    options = parser.parse_args(arguments)
    tiny = options.articles if options.tinydb is None else options.tinydb
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        base = Path(name)
        print(
            f"{options.articles:,} articles of 8 KB; CPUs: {os.cpu_count()}; {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
        )
        row("", "밑줄", "SQLite FULL", "TinyDB", "to SQLite", "to TinyDB")
        ours = build(base / "library", options.articles) / options.articles * 1000
        theirs = build_sqlite(base / "plain.sqlite", options.articles) / options.articles * 1000
        row("take in an article (parsing excluded), ms", ours, theirs, "", f"{ours / theirs:.2f} x")
        tinydb_path = base / "plain.json" if tiny else None
        if tinydb_path is not None:
            build_tinydb(tinydb_path, tiny)
        if options.marks:
            marks(base / "library", base / "plain.sqlite", tinydb_path)
            return
        lists = statistics.median(milliseconds(lambda: open_and_list(base / "library"), 9))
        plain = statistics.median(milliseconds(lambda: open_and_list_sqlite(base / "plain.sqlite"), 9))
        tiny_list = (
            statistics.median(milliseconds(lambda: open_and_list_tinydb(tinydb_path), 3))
            if tinydb_path
            else float("nan")
        )
        row(
            "open and list, ms",
            lists,
            plain,
            tiny_list,
            f"{lists / plain:.2f} x",
            f"1/{tiny_list / lists:,.0f}",
        )
        with Library.open(base / "library") as library:
            again = statistics.median(milliseconds(library.list, 9))
        row("list again, ms", again)
        marks(base / "library", base / "plain.sqlite", tinydb_path)
        with Library.open(base / "empty"):
            pass
        memory(base / "library", base / "empty")
        reindex(base / "library", base / "plain.sqlite")
        if options.search == options.articles:
            search(base / "library", options.search)
        else:
            build(base / "searched", options.search)
            search(base / "searched", options.search)
        anchoring()
        row("peak memory of this run, MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
