"""The disk says no (ENOSPC, EIO, EACCES) at each single step of each act: it has to be said, nothing half done, and the library go on."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from store import ingest
from store.errors import StorageError
from store.exchange import jsonld
from store.exchange.bringing import bring_in
from store.exchange.markdown import export_markdown
from store.korean import EXTRACTOR
from store.library import Library, Problem
from store.model import Extracts
from tests.store import pages

CALLS = ("open", "write", "fsync", "replace", "mkdir", "link", "rename")
CODES = (errno.ENOSPC, errno.EIO, errno.EACCES)


@contextmanager
def refusing(step: int, code: int) -> Iterator[list[int]]:
    """The `step`th of the calls that change the disk fails. Yields the number of calls made, in a list."""
    made = [0]
    real = {name: getattr(os, name) for name in CALLS}

    def guarded(name: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if name == "open" and not args[1] & (os.O_WRONLY | os.O_RDWR | os.O_DIRECTORY):
                return real[name](*args, **kwargs)
            made[0] += 1
            if made[0] == step:
                raise OSError(code, os.strerror(code))
            return real[name](*args, **kwargs)

        return call

    for name in CALLS:
        setattr(os, name, guarded(name))
    try:
        yield made
    finally:
        for name in CALLS:
            setattr(os, name, real[name])


def state(library: Library) -> object:
    """All that a reader can see."""
    return (
        [(row.id, row.title) for row in library.list()],
        library.annotations(),
        [library.article_note(row.id) for row in library.list()],
        library.tags(),
    )


def acts(library: Library, id: str) -> list[tuple[str, Callable[[], object]]]:
    """Every act that writes."""
    mark = library.annotations()[0]

    def place() -> None:
        library.set_place(id, 30, 0.5)
        library._places.save()

    again = "\n".join(["글", "새 문장이 앞에 왔다.", *pages.prose(1, 8)])
    return [
        ("annotate", lambda: library.annotate(id, 3, 20, tags=["비용"])),
        ("change", lambda: library.change(mark.id, note="고친 메모")),
        ("delete", lambda: library.delete(mark.id)),
        ("article note", lambda: library.set_article_note(id, "글 메모")),
        ("undo", library.undo),
        ("tag", lambda: library.set_tag("비용", hotkey="1")),
        ("rename", lambda: library.rename_tag("주장", "의견")),
        ("add", lambda: library.add(pages.dump(77), name="x")),
        ("update", lambda: library.add(again.encode(), name="x", source_url="https://news.example/1")),
        ("remove", lambda: library.remove(id)),
        ("correct", lambda: library.correct(id, remove=0)),
        ("redo", lambda: (library.undo(), library.redo())),
        ("remove and restore", lambda: (library.remove(id), library.restore(id))),
        ("delete tag", lambda: library.delete_tag("주장")),
        ("article tags", lambda: library.set_article_tags(id, ["비용", "규제"])),
        ("place", place),
        ("extracts", lambda: library._shelf.save_extracts(id, Extracts(version=EXTRACTOR))),
        ("import", lambda: _bring_in(library, id)),
        ("export", lambda: _export(library, id)),
        ("backup", lambda: library.backup(library.folder / "backup.zip")),
    ]


def _bring_in(library: Library, id: str) -> None:
    article = library.article(id)
    page = jsonld.page(library.annotations(), {id: article}, {id: ("수입",)})
    for item in page["items"]:
        item.pop("id")
        item["body"].append({"type": "TextualBody", "purpose": "tagging", "value": "남의 것"})
    for came in bring_in(library, json.dumps(page).encode(), only=id):
        if came.status == "failed":
            raise StorageError(came.korean, came.english)


def _export(library: Library, id: str) -> None:
    folder = library.folder.with_name(f"{library.folder.name}-export")
    for written in export_markdown(library, [id], folder):
        if written.error:
            raise StorageError(written.error, "")
        assert written.path.read_text(encoding="utf-8").startswith("---\n")


def run(folder: Path, only: Collection[str] = ()) -> str:
    """Every act (or only some), every step, every error; the result in words."""
    parse, ingest.parse = ingest.parse, pages.parse
    tried = refused = 0
    try:
        names = [name for name, _ in _fresh(folder / "names")]
        for number, name in enumerate(names):
            if only and name not in only:
                continue
            for code in CODES:
                step = 0
                while True:
                    step += 1
                    place = folder / f"{number}-{code}-{step}"
                    with Library.open(place) as library:
                        act = _prepare(library)[number][1]
                        before = state(library)
                        with refusing(step, code) as made:
                            said = ""
                            try:
                                act()
                            except StorageError as error:
                                said = error.korean
                        assert "\n" not in said, said
                        tried += 1
                        refused += bool(said)
                        after = state(library)
                        # Refused after the file was in its place: done, if not acknowledged. Nothing else.
                        assert after == before or not said or _is_whole(library), (name, code, step)
                        library.annotate((library.list() or library.trash())[0].id, 0, 5)
                        left = _problems(library)
                        assert not left, (name, code, step, left)
                    with Library.open(place) as library:
                        left = _problems(library)
                        assert not left, (name, code, step, left)
                        assert not list(place.rglob("*.tmp")), (name, code, step)
                    if made[0] < step:
                        break
    finally:
        ingest.parse = parse
    return f"{len(only or names)} acts, {tried} steps tried, {refused} refused: each said, nothing half done"


def _problems(library: Library) -> list[Problem]:
    """What is wrong; bytes whose article was refused are there to be tried again."""
    return [problem for problem in library.check() if "no article" not in problem.english]


def _is_whole(library: Library) -> bool:
    library.reindex()
    return not _problems(library)


def _prepare(library: Library) -> list[tuple[str, Callable[[], object]]]:
    text = "\n".join(["글", *pages.prose(1, 8)])
    id = library.add(text.encode(), name="x", source_url="https://news.example/1")[0].id
    assert id is not None
    library.annotate(id, 30, 60, tags=["주장"], note="메모")
    return acts(library, id)


def _fresh(folder: Path) -> list[tuple[str, Callable[[], object]]]:
    with Library.open(folder) as library:
        return _prepare(library)
