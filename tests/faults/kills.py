"""`kill -9` at random moments of taking in, marking, tagging, renaming, undoing, removing, importing, exporting, migrating.

A process (`acting`) acts on a library and acknowledges every act in a log, once the call has returned. It is killed; then every file has to
be readable, every acknowledged act there, and no temporary left.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from store import ingest, migrations, model
from store.database import load
from store.library import Library
from store.migrations import schema_of
from tests.faults.acting import EACH_SCHEMA, OLD, Acting, write_schema
from tests.store import pages


class Witness:
    """What has been acknowledged, and which files have been looked at.

    Args:
        folder: the library's.
        log: what the acts say.
    """

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self.log = folder, log
        self.acts = self.aside = 0
        self.marks: dict[str, str] = {}
        """Marks and their notes."""
        self.deleted: set[str] = set()
        self.articles: set[str] = set()
        self.notes: dict[str, str] = {}
        """Notes on articles."""
        self.renamed: set[str] = set()
        """Marks that do not have the tag any more that has been renamed."""
        self._read = 0
        self._seen: dict[str, tuple[int, int, int]] = {}

    def listen(self) -> None:
        """Read what has been acknowledged since the last time."""
        with open(self.log, "rb") as file:
            file.seek(self._read)
            said = file.read()
        whole = said.rfind(b"\n") + 1
        self._read += whole
        for line in said[:whole].splitlines():
            self.acts += 1
            try:
                self._hear(**json.loads(line))
            except (json.JSONDecodeError, UnicodeDecodeError):
                continue  # one killed while it wrote, and what the next wrote behind it

    def _hear(self, act: str, id: str = "", note: str = "") -> None:
        if act == "mark":
            self.marks[id] = note
        elif act in ("changing", "deleting"):
            # From here on either value is right, until the new one is acknowledged.
            self.marks.pop(id, None)
            self.deleted.discard(id)
        elif act == "deleted":
            self.deleted.add(id)
        elif act in ("add", "restored"):
            self.articles.add(id)
        elif act == "removing":
            self.articles.discard(id)
        elif act == "noting":
            self.notes.pop(id, None)
        elif act == "note":
            self.notes[id] = note
        elif act == "renamed":
            self.renamed |= self.marks.keys()

    def judge(self) -> list[str]:
        """What is wrong with the library after a kill; empty when nothing is."""
        wrong = self._files()
        self.listen()
        with Library.open(self.folder) as library:
            wrong += self._lost(library)
            # Bytes that were kept, and the process killed before it had parsed them: never acknowledged, and mended.
            if found := library.check():
                wrong += [f"problem: {one.english}" for one in found if "no article" not in one.english]
                library.check(repair=True)
                wrong += [f"not mended: {problem.english}" for problem in library.check()]
            wrong += [
                f"index and file differ: {row.id}"
                for row in library.list()[:3]
                if library.article(row.id).title != row.title
            ]
        wrong += [f"left: {path}" for path, _ in _within(self.folder) if path.endswith(".tmp")]
        return wrong

    def _files(self) -> list[str]:
        """What is wrong with the files that have changed."""
        wrong: list[str] = []
        for path in self._changed(self.folder):
            schema = re.search(r"\.schema-\d+$", path.name)
            if path.suffix != ".json" and not schema:
                continue
            try:
                tables = load(path.read_bytes(), path)
            except Exception as error:
                wrong.append(f"unreadable: {path.name}: {error}")
                continue
            if schema:
                if schema_of(tables) >= model.SCHEMA:
                    wrong.append(f"not of an older schema: {path.name}")
                self.aside += 1
                path.unlink()  # of thousands, going through them would be all that is done
        return wrong + [
            f"exported by half: {path.name}"
            for path in self._changed(self.folder.with_name("export"))
            if path.suffix == ".md" and not path.read_text(encoding="utf-8").startswith("---\n")
        ]

    def _changed(self, folder: Path) -> Iterator[Path]:
        """The files that are not as they were when they were looked at last; temporary ones are nobody's."""
        for path, stat in _within(folder):
            now = stat.st_ino, stat.st_mtime_ns, stat.st_size
            if self._seen.get(path) != now and not path.endswith(".tmp"):
                self._seen[path] = now
                yield Path(path)

    def _lost(self, library: Library) -> list[str]:
        trashed = {row.id for row in library.trash()}
        shelf = {row.id for row in library.list()} | trashed
        marks = library.annotations()
        marks += [library.annotation(mark.id) for id in trashed for mark in library.annotations(article=id)]
        there = {mark.id: mark for mark in marks}
        kept = self.marks.keys() & there.keys()
        return [
            *(f"lost article {id}" for id in self.articles - shelf),
            *(f"lost mark {id}" for id in self.marks.keys() - there.keys()),
            *(f"deleted mark came back {id}" for id in self.deleted & there.keys()),
            *(f"lost note {id}" for id, note in self.notes.items() if library.article_note(id) != note),
            *(f"lost change of {id}" for id in kept if there[id].note != self.marks[id]),
            *(f"renamed tag came back {id}" for id in kept & self.renamed if OLD in there[id].tags),
        ]


def run(folder: Path, rounds: int, seed: int) -> str:
    """So many kills; the result in words."""
    rng = random.Random(seed)
    library, log = folder / "library", folder / "log"
    log.touch()
    ingest_parse, ingest.parse = ingest.parse, pages.parse
    witness = Witness(library, log)
    try:
        with Acting() as acting:
            for number in range(rounds):
                size = log.stat().st_size
                child = acting.begin(library, log, seed * 1_000_000 + number)
                until = time.monotonic() + 30
                while log.stat().st_size == size and _runs(child) and time.monotonic() < until:
                    time.sleep(0.002)
                time.sleep(rng.random() * 0.3)
                if acting.kill() != -signal.SIGKILL:
                    raise AssertionError(f"round {number}: the child failed: {acting.said()}")
                write_schema(number // EACH_SCHEMA + 1)
                if wrong := witness.judge():
                    raise AssertionError(f"round {number}: {wrong[:5]}")
                if number % 100 == 99:
                    print(f"  {number + 1} kills, nothing lost", flush=True)
        exported = sum(1 for _ in (folder / "export").glob("[!.]*.md"))
    finally:
        ingest.parse = ingest_parse
        write_schema(1)
        migrations.STEPS.clear()
    return f"{rounds} kills over {witness.acts} acknowledged acts, {witness.aside} files migrated, {exported} exported: no unreadable file, nothing lost"


def _within(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The files below a folder."""
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):  # of SQLite, which has just been closed
                yield f"{place}/{name}", os.stat(f"{place}/{name}")


def _runs(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[0] != b"Z"
    except OSError:
        return os.name != "posix" or not os.path.isdir("/proc")
