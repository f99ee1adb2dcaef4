"""`kill -9` at random moments of taking in, marking, tagging, undoing, removing, exporting, migrating.

A child process acts on a library and acknowledges every act in a log, once the call has returned. It is killed; then every file has to be readable, every
acknowledged act there, and no temporary left.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import store.marks
import store.places
import store.shelf
import store.tags
from store import ingest, migrations, model
from store.database import load
from store.exchange.markdown import export_markdown
from store.library import Library
from store.migrations import schema_of
from tests.store import pages

ROOT = Path(__file__).resolve().parents[2]


EACH_SCHEMA = 10
"""Rounds until the files' schema goes up: what is older is brought up to date, and set aside, as it is written."""


def write_schema(number: int) -> None:
    """Go on as a program whose files have this schema, which differs from the one before in a count of its steps."""

    def step(tables: migrations.Tables) -> migrations.Tables:
        for record in tables.get("marks", {}).values():
            record["steps"] = record.get("steps", 0) + 1
        return tables

    migrations.STEPS.update(dict.fromkeys(range(1, number), step))
    for module in (model, store.marks, store.places, store.shelf, store.tags):
        module.SCHEMA = number  # type: ignore[attr-defined]


def child(folder: Path, log: Path, seed: int) -> None:
    """Act until killed."""
    ingest.parse = pages.parse  # type: ignore[assignment]
    rng = random.Random(seed)
    write_schema(seed % 1_000_000 // EACH_SCHEMA + 1)
    with open(log, "a", buffering=1) as out, Library.open(folder) as library:
        print(json.dumps({"act": "opened"}), file=out)

        def did(act: str, **what: Any) -> None:
            print(json.dumps({"act": act, **what}), file=out)

        while True:
            ids = [row.id for row in library.list()]
            kind = rng.choice(
                (
                    "add",
                    "mark",
                    "mark",
                    "mark",
                    "change",
                    "delete",
                    "note",
                    "tag",
                    "remove",
                    "update",
                    "backup",
                    "folder",
                    "correct",
                    "export",
                )
            )
            if kind == "add" or len(ids) < 3:
                if len(ids) < 60:
                    did("add", id=library.add(pages.dump(rng.randrange(10**9)), name="x")[0].id)
                continue
            id = rng.choice(ids)
            marks = library.annotations(article=id)
            if kind == "mark" or not marks:
                start = rng.randrange(100)
                mark = library.annotate(
                    id, start, start + 20, tags=[rng.choice(("비용", "규제"))], note=str(rng.random())
                )
                did("mark", id=mark.id, note=mark.note)
            elif kind == "change":
                changed = rng.choice(marks).id
                did("changing", id=changed)
                mark = library.change(changed, note=str(rng.random()))
                did("mark", id=mark.id, note=mark.note)
            elif kind == "delete" and len(marks) > 2:
                gone = rng.choice(marks).id
                did("deleting", id=gone)
                library.delete(gone)
                did("delete", id=gone)
            elif kind == "note":
                note = str(rng.random())
                did("noting", id=id)
                library.set_article_note(id, note)
                did("note", id=id, note=note)
            elif kind == "tag":
                library.set_tag("비용", hotkey=str(rng.randint(1, 9)))
            elif kind == "remove":
                did("removing", id=id)
                library.remove(id)
                library.restore(id)
                did("restored", id=id)
            elif kind == "update":
                url = f"https://news.example/{rng.randrange(5)}"
                seed = rng.randrange(5)
                text = "\n".join(
                    [f"글 {seed}", *pages.prose(seed, 20), *pages.prose(rng.randrange(10**6), 2)]
                )
                library.add(text.encode(), name="u", source_url=url)
            elif kind == "folder" and len(ids) < 60:
                inbox = folder.with_name("inbox")
                inbox.mkdir(exist_ok=True)
                for number in range(8):
                    (inbox / f"{number}.txt").write_bytes(pages.dump(rng.randrange(10**9)))
                for added in library.add_paths([str(inbox)]):
                    did("add", id=added.id)
            elif kind == "correct" and len(library.article(id).blocks) > 3:
                library.correct(id, remove=library.article(id).blocks[-1].start)
            elif kind == "export":
                export_markdown(library, ids[:5], folder.with_name("export"))
            elif kind == "backup" and rng.random() < 0.05:
                library.backup(folder.with_name(f"backup-{rng.randrange(10**9)}.zip"))


def acknowledged(log: Path) -> tuple[dict[str, str], set[str], set[str], dict[str, str]]:
    """Marks with their notes, deleted ones, articles, notes on articles, as far as they were acknowledged."""
    marks: dict[str, str] = {}
    deleted: set[str] = set()
    articles: set[str] = set()
    notes: dict[str, str] = {}
    for line in log.read_text().splitlines():
        try:
            what = json.loads(line)
        except json.JSONDecodeError:
            continue
        if what["act"] == "mark":
            marks[what["id"]] = what["note"]
        elif what["act"] in ("changing", "deleting"):
            # From here on either value is right, until the new one is acknowledged.
            marks.pop(what["id"], None)
        elif what["act"] == "delete":
            deleted.add(what["id"])
        elif what["act"] == "add":
            articles.add(what["id"])
        elif what["act"] == "removing":
            articles.discard(what["id"])
        elif what["act"] == "restored":
            articles.add(what["id"])
        elif what["act"] == "noting":
            notes.pop(what["id"], None)
        elif what["act"] == "note":
            notes[what["id"]] = what["note"]
    return marks, deleted, articles, notes


def judge(folder: Path, log: Path) -> list[str]:
    """What is wrong with a library after a kill; empty when nothing is."""
    wrong: list[str] = []
    for path in folder.rglob("*.json"):
        try:
            load(path.read_bytes(), path)
        except Exception as error:
            wrong.append(f"unreadable: {path.name}: {error}")
    wrong += [
        f"not of an older schema: {path.name}"
        for path in (folder / "set-aside").glob("[!.]*.schema-*")
        if schema_of(load(path.read_bytes(), path)) >= model.SCHEMA
    ]
    wrong += [
        f"exported by half: {path.name}"
        for path in folder.with_name("export").glob("[!.]*.md")
        if not path.read_text(encoding="utf-8").startswith("---\n")
    ]
    marks, deleted, articles, notes = acknowledged(log)
    with Library.open(folder) as library:
        there = {mark.id: mark.note for mark in library.annotations()}
        shelf = {row.id for row in library.list()} | {row.id for row in library.trash()}
        trashed = {row.id for row in library.trash()}
        hidden = {mark.id for id in trashed for mark in library.annotations(article=id)}
        for id in hidden:
            there[id] = library.annotation(id).note
        wrong += [f"lost article {id}" for id in articles - shelf]
        wrong += [f"lost mark {id}" for id in marks.keys() - there.keys()]
        wrong += [f"deleted mark came back {id}" for id in deleted & there.keys()]
        wrong += [f"lost note {id}" for id, note in notes.items() if library.article_note(id) != note]
        wrong += [f"lost change of {id}" for id, note in marks.items() if id in there and there[id] != note]
        # Bytes that were kept, and the process killed before it had parsed them: never acknowledged, and mended.
        found = [problem for problem in library.check() if "no article" not in problem.english]
        wrong += [f"problem: {problem.english}" for problem in found]
        library.check(repair=True)
        wrong += [f"not mended: {problem.english}" for problem in library.check()]
        for row in library.list()[:3]:
            if library.article(row.id).title != row.title:
                wrong.append(f"index and file differ: {row.id}")
    wrong += [f"left: {path.name}" for path in folder.rglob("*.tmp")]
    return wrong


def run(folder: Path, rounds: int, seed: int) -> str:
    """So many kills; the result in words."""
    rng = random.Random(seed)
    library, log = folder / "library", folder / "log"
    log.touch()
    ingest_parse, ingest.parse = ingest.parse, pages.parse  # type: ignore[assignment]
    acts = 0
    wrong: list[str] = []
    try:
        for number in range(rounds):
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.faults.kills",
                    str(library),
                    str(log),
                    str(seed * 1_000_000 + number),
                ],
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            try:
                size = log.stat().st_size
                until = time.monotonic() + 30
                while log.stat().st_size == size and process.poll() is None and time.monotonic() < until:
                    time.sleep(0.01)
                time.sleep(rng.random() * 0.3)
            finally:  # however this ends, the child does
                process.send_signal(signal.SIGKILL)
                _, said = process.communicate()
            if process.returncode != -signal.SIGKILL:
                wrong.append(f"round {number}: the child failed: {said.decode()[-500:]}")
                break
            write_schema(number // EACH_SCHEMA + 1)
            found = judge(library, log)
            if found:
                wrong.append(f"round {number}: {found[:5]}")
                break
            if number % 100 == 99:
                print(f"  {number + 1} kills, nothing lost", flush=True)
        acts = sum(1 for _ in log.open())
        aside = sum(1 for _ in (library / "set-aside").glob("[!.]*.schema-*"))
        exported = sum(1 for _ in (folder / "export").glob("[!.]*.md"))
    finally:
        ingest.parse = ingest_parse
        write_schema(1)
        migrations.STEPS.clear()
    if wrong:
        raise AssertionError("\n".join(wrong))
    return f"{rounds} kills over {acts} acknowledged acts, {aside} files migrated, {exported} exported: no unreadable file, nothing lost"


if __name__ == "__main__":
    child(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    os._exit(0)
