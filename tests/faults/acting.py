"""A process that acts on a library until it is killed, and writes down each act once the call has returned.

It is forked from one that has loaded all that acts load, so that a kill costs no start of an interpreter: `Acting`.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import store.marks
import store.places
import store.shelf
import store.tags
from store import ingest, migrations, model
from store.exchange import jsonld
from store.exchange.bringing import bring_in
from store.exchange.markdown import export_markdown
from store.library import Library
from tests.store import pages

ROOT = Path(__file__).resolve().parents[2]

EACH_SCHEMA = 10
"""Rounds until the files' schema goes up: what is older is brought up to date, and set aside, as it is written."""

MOST = 30
"""Articles."""

MOST_MARKS = 30
"""On an article."""

OLD, NEW = "비용", "경비"
"""A tag that is given, and what it is renamed."""

_LOADED = (
    "store.acts", "store.analysis", "store.backup", "store.checking", "store.conflicts", "store.correcting", "store.intake",
    "store.salvage", "store.tagging", "store.takingback", "store.korean.choseong", "platformdirs", "rapidfuzz.fuzz",
)  # fmt: skip


def write_schema(number: int) -> None:
    """Go on as a program whose files have this schema, which differs from the one before in a count of its steps."""

    def step(tables: migrations.Tables) -> migrations.Tables:
        for record in tables.get("marks", {}).values():
            record["steps"] = record.get("steps", 0) + 1
        return tables

    migrations.STEPS.update(dict.fromkeys(range(1, number), step))
    for module in (model, store.marks, store.places, store.shelf, store.tags):
        module.SCHEMA = number  # type: ignore[attr-defined]


class Acts:
    """What may be done with a library, at random, and the log of what has been."""

    def __init__(self, library: Library, folder: Path, rng: random.Random, did: Callable[..., None]) -> None:
        self.library, self.folder, self.rng, self.did = library, folder, rng, did
        self.kinds = (
            self.mark, self.mark, self.mark, self.add, self.change, self.delete, self.note, self.tag, self.remove, self.update,
            self.backup, self.inbox, self.correct, self.export, self.undo, self.rename, self.bring,
        )  # fmt: skip

    def one(self) -> None:
        """Do something."""
        self.ids = [row.id for row in self.library.list()]
        kind = self.rng.choice(self.kinds)
        if self.ids:
            self.id = self.rng.choice(self.ids)
            self.marks = self.library.annotations(article=self.id)
            if len(self.marks) > MOST_MARKS:
                kind = self.delete
        if len(self.ids) < 3:
            kind = self.add
        kind()

    def add(self) -> None:
        if len(self.ids) < MOST:
            page = pages.dump(self.rng.randrange(10**9))
            self.did("add", id=self.library.add(page, name="x")[0].id)

    def inbox(self) -> None:
        inbox = self.folder.with_name("inbox")
        inbox.mkdir(exist_ok=True)
        for number in range(8):
            (inbox / f"{number}.txt").write_bytes(pages.dump(self.rng.randrange(10**9)))
        if len(self.ids) < MOST:
            for added in self.library.add_paths([str(inbox)]):
                self.did("add", id=added.id)

    def update(self) -> None:
        seed = self.rng.randrange(5)
        text = [f"글 {seed}", *pages.prose(seed, 20), *pages.prose(self.rng.randrange(10**6), 2)]
        url = f"https://news.example/{self.rng.randrange(5)}"
        self.library.add("\n".join(text).encode(), name="u", source_url=url)

    def mark(self) -> str:
        start = self.rng.randrange(100)
        tags = [self.rng.choice((OLD, "규제"))]
        mark = self.library.annotate(self.id, start, start + 20, tags=tags, note=str(self.rng.random()))
        self.did("mark", id=mark.id, note=mark.note)
        return mark.id

    def change(self) -> None:
        changed = self.rng.choice(self.marks).id if self.marks else self.mark()
        self.did("changing", id=changed)
        mark = self.library.change(changed, note=str(self.rng.random()))
        self.did("mark", id=mark.id, note=mark.note)

    def delete(self) -> None:
        if len(self.marks) > 2:
            gone = self.rng.choice(self.marks).id
            self.did("deleting", id=gone)
            self.library.delete(gone)
            self.did("deleted", id=gone)

    def undo(self) -> None:
        mark = self.mark()
        self.did("deleting", id=mark)
        self.library.undo()
        self.did("deleted", id=mark)
        if self.rng.random() < 0.5:
            self.did("changing", id=mark)
            self.library.redo()
            self.did("mark", id=mark, note=self.library.annotation(mark).note)

    def bring(self) -> None:
        """Import marks as another library exported them."""
        if not self.marks:
            return
        page = jsonld.page(self.marks[:5], {self.id: self.library.article(self.id)})
        for item in page["items"]:
            item.pop("id", None)
            item["body"] = [{"purpose": "commenting", "value": str(self.rng.random())}]
        for came in bring_in(self.library, json.dumps(page).encode(), only=self.id):
            if came.mark is not None:
                self.did("mark", id=came.mark.id, note=came.mark.note)

    def note(self) -> None:
        note = str(self.rng.random())
        self.did("noting", id=self.id)
        self.library.set_article_note(self.id, note)
        self.did("note", id=self.id, note=note)

    def tag(self) -> None:
        self.library.set_tag(OLD, hotkey=str(self.rng.randint(1, 9)))

    def rename(self) -> None:
        if any(tag.name == OLD for tag in self.library.tags()):
            self.library.rename_tag(OLD, NEW)
            self.did("renamed")

    def remove(self) -> None:
        self.did("removing", id=self.id)
        self.library.remove(self.id)
        self.library.restore(self.id)
        self.did("restored", id=self.id)

    def correct(self) -> None:
        article = self.library.article(self.id)
        if len(article.text) > 500:
            self.library.correct(self.id, remove=article.blocks[-1].start)

    def export(self) -> None:
        export_markdown(self.library, self.ids[:5], self.folder.with_name("export"))

    def backup(self) -> None:
        if self.rng.random() < 0.05:
            self.library.backup(self.folder.with_name(f"backup-{self.rng.randrange(10**9)}.zip"))


def act(folder: Path, log: Path, seed: int, parent: int) -> None:
    """Act until killed, or until nobody is there to do it."""
    ingest.parse = pages.parse
    write_schema(seed % 1_000_000 // EACH_SCHEMA + 1)
    with open(log, "a", buffering=1) as out, Library.open(folder) as library:

        def did(act: str, **what: Any) -> None:
            print(json.dumps({"act": act, **what}), file=out)

        did("opened")
        acts = Acts(library, folder, random.Random(seed), did)
        while os.getppid() == parent:
            acts.one()


def serve() -> None:
    """Fork one that acts for each line (folder, log and seed as JSON); the next line ends it. Says its number, and how it ended."""
    for name in _LOADED:
        importlib.import_module(name)
    parent = os.getpid()
    for line in sys.stdin:
        folder, log, seed = json.loads(line)
        child = os.fork()
        if not child:
            try:
                act(Path(folder), Path(log), seed, parent)
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(1)
        print(child, flush=True)
        sys.stdin.readline()
        # Nobody else can have its number: it has not been waited for.
        os.kill(child, signal.SIGKILL)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


class Acting:
    """The process from which those that act are forked. A context manager."""

    def __enter__(self) -> Acting:
        self._said = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.acting"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
        )
        return self

    def begin(self, folder: Path, log: Path, seed: int) -> int:
        """Have one act on a library; its number."""
        return int(self._ask([str(folder), str(log), seed]))

    def kill(self) -> int:
        """Kill it; how it ended (-9, where it had not ended by itself)."""
        return int(self._ask([]))

    def _ask(self, what: list[str | int]) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(what), file=self._process.stdin, flush=True)
        return self._process.stdout.readline()

    def said(self) -> str:
        """The last that was said of errors."""
        self._said.seek(0)
        return self._said.read().decode()[-1000:]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # At the end of what it is asked it kills the one that acts, and ends.
        self._process.communicate()
        self._said.close()


if __name__ == "__main__":
    serve()
