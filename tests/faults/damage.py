"""Torn, truncated, emptied, bit-flipped files of each kind: the library opens, says what is wrong, mends what it can, and writes over nothing;
an export goes on with what is there, and a damaged backup is no library."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from store import ingest
from store.backup import restore_backup
from store.errors import MitjulError, StorageError
from store.exchange.markdown import export_markdown
from store.library import Library
from tests.store import pages

KINDS = (
    "library/raw/*/*", "library/articles/*/*.json", "library/annotations/*/*.json", "library/tags.json", "library/state.json",
    "library/index.sqlite", "export/*.md", "export/.mitjul/export.json", "backup.zip",
)  # fmt: skip


def broken(data: bytes, how: str, rng: random.Random) -> bytes:
    """Bytes as a bad disk, or half a copy, gives them back."""
    at = rng.randrange(1, max(2, len(data)))
    if how == "truncated":
        return data[:at]
    if how == "torn":
        return data[:at] + bytes(len(data) - at)
    if how == "flipped":
        return data[: at - 1] + bytes([data[at - 1] ^ (1 << rng.randrange(8))]) + data[at:]
    if how == "doubled":
        return data + data[at:]
    return b""


WAYS = ("truncated", "torn", "flipped", "doubled", "emptied")


def run(folder: Path, seed: int, each: int = 15, ways: Sequence[str] = WAYS) -> str:
    """Every kind of file, every way; the result in words."""
    parse, ingest.parse = ingest.parse, pages.parse
    rng = random.Random(seed)
    tried = 0
    try:
        _make(folder / "whole")
        for kind in KINDS:
            for how in ways:
                for _ in range(each if how != "emptied" else 1):
                    place = folder / "broken"
                    shutil.copytree(folder / "whole", place)
                    path = rng.choice(sorted(place.glob(kind)))
                    data = broken(path.read_bytes(), how, rng)
                    path.write_bytes(data)
                    try:
                        if kind.startswith("export"):
                            _export_again(place)
                        elif kind == "backup.zip":
                            _restore(place)
                        else:
                            _look(place / "library", again=bool(tried % 2))
                    except AssertionError as error:
                        raise AssertionError(f"{kind} {how}: {error}") from error
                    shutil.rmtree(place)
                    tried += 1
    finally:
        ingest.parse = parse
    return f"{tried} damaged files of {len(KINDS)} kinds: every library opened, and went on"


def _make(place: Path) -> None:
    place.mkdir()
    with Library.open(place / "library") as library:
        for number in range(4):
            id = library.add(pages.dump(number), name="x")[0].id
            assert id is not None
            library.annotate(id, 0, 20, tags=["비용"], note=f"메모 {number}")
            library.set_place(id, 5, 0.5)
        library.set_tag("비용", hotkey="1")
        export_markdown(library, [row.id for row in library.list()], place / "export")
        library.backup(place / "backup.zip")


def _look(folder: Path, again: bool) -> None:
    """`again`: the same pages come in once more, before anything has been mended."""
    for repair in (False, True):
        with Library.open(folder) as library:
            for number in range(4 if again and not repair else 0):
                library.add(pages.dump(number), name="x")
            for row in library.list():
                for ask in (library.article, library.raw, library.extracts):
                    with suppress(MitjulError):
                        ask(row.id)
            library.annotations()
            library.tags()
            library.search("문장")
            library.check(repair=repair)
    with Library.open(folder) as library:
        rows = library.list()
        assert len(rows) == 4, f"{len(rows)} articles"
        notes = {mark.note[:2] for mark in library.annotations()}
        assert notes <= {"메모"} or len(notes) <= 2
        for row in rows:
            library.annotate(row.id, 0, 10)
        left = [problem for problem in library.check() if "raw" not in problem.path]
        assert not left, left


def _export_again(place: Path) -> None:
    """A damaged file is brought up to date or left as it is, and that is said; none is emptied, and the new mark is in one."""
    with Library.open(place / "library") as library:
        ids = [row.id for row in library.list()]
        for _ in range(2):
            library.annotate(ids[0], 20, 40, note="다시 내보낼 때")
            before = {path: path.read_bytes() for path in (place / "export").glob("*.md")}
            failed = [
                one for one in export_markdown(library, ids, place / "export") if one.status == "failed"
            ]
            assert all(one.error and before[one.path] == one.path.read_bytes() for one in failed)
            after = {path: path.read_bytes() for path in (place / "export").glob("*.md")}
            assert all(after.get(path) or not data for path, data in before.items())
            assert failed or any("다시 내보낼 때".encode() in data for data in after.values())


def _restore(place: Path) -> None:
    with suppress(StorageError):
        restore_backup(place / "backup.zip", place / "restored")
    if not (place / "restored").exists():
        assert not list(place.glob(".*")), "half of it is left"
        return
    # What was damaged says nothing: a time, a comment.
    with Library.open(place / "restored") as restored, Library.open(place / "library") as library:
        assert restored.annotations() == library.annotations()
        assert [row.id for row in restored.list()] == [row.id for row in library.list()]
        assert restored.check() == []
