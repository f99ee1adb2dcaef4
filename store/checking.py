"""Is every file whole? What can be mended is; what cannot is set aside, never written over."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from store import layout as folders
from store.clock import now
from store.database import Database, load
from store.desk import Desk, Problem
from store.errors import MitjulError, StorageError
from store.files import DamagedError, move, read_bytes
from store.intake import Intake
from store.layout import is_id
from store.marks import Marks, reanchor
from store.merging import git_sides, has_git_markers, is_conflict_copy, merge_tables, original
from store.model import Article, Status
from store.shelf import Shelf
from store.upkeep import Upkeep


def check(
    desk: Desk, shelf: Shelf, marks: Marks, intake: Intake, upkeep: Upkeep, *, repair: bool
) -> list[Problem]:
    """Look at everything; see `Checker`."""
    desk.must_be_there()
    if repair:
        desk.must_write()
    return Checker(desk, shelf, marks, intake, upkeep, repair).run()


class Checker:
    """One look at all of a library's files."""

    def __init__(
        self, desk: Desk, shelf: Shelf, marks: Marks, intake: Intake, upkeep: Upkeep, repair: bool
    ) -> None:
        self._desk, self._shelf, self._marks, self._intake, self._upkeep = desk, shelf, marks, intake, upkeep
        self._repair = repair
        self._layout = desk.layout
        self._found: list[Problem] = []
        self._earlier: set[str] = set()

    def run(self) -> list[Problem]:
        """What is wrong, in order; mended things say so."""
        # One thing at a time: others may want the library in between.
        lock = self._desk.lock
        with lock:
            self._desk.problems.clear()
        self._index()
        # What was written and not yet taken note of (an act that the disk refused half way) is settled first.
        with suppress(sqlite3.Error, StorageError):
            self._upkeep.update()
        for path in [*self._strangers()]:
            with lock:
                self._conflict_copy(path)
        for path in (self._layout.tags, self._layout.state):
            with lock:
                self._small_file(path)
        for id in self._layout.ids(folders.MARKS):
            with lock:
                self._marks_of(id)
        for id in self._layout.ids(folders.ARTICLES):
            with lock:
                self._article(id)
        with lock:
            self._missing_articles()
        with suppress(sqlite3.Error):
            self._upkeep.update()
        with lock:
            if self._repair:
                self._desk.problems[:] = [problem for problem in self._found if not problem.repaired]
        return self._found

    def _say(self, path: Path, korean: str, english: str, *, repaired: bool = False) -> None:
        self._found.append(Problem(str(path), korean, english, repaired))

    def _aside(self, path: Path) -> Path:
        """Move a file out of the way, keeping what it has."""
        stamp = now().replace(":", "").replace(".", "")
        aside = self._layout.aside / f"{path.name}.{stamp}"
        move(path, aside)
        return aside

    # ── index ────────────────────────────────────────────────────────────────────────────────────

    def _index(self) -> None:
        if not self._desk.index.is_whole():
            if self._repair:
                self._upkeep.remake()
            self._say(
                self._layout.index,
                "찾아보기가 손상되었습니다. 파일에서 다시 만들 수 있습니다.",
                "The index is damaged. It can be made again from the files.",
                repaired=self._repair,
            )

    # ── conflict copies ──────────────────────────────────────────────────────────────────────────

    def _strangers(self) -> Iterator[Path]:
        for folder in (
            self._layout.folder,
            *self._layout.shards(folders.ARTICLES),
            *self._layout.shards(folders.MARKS),
        ):
            with suppress(FileNotFoundError):
                for name in sorted(os.listdir(folder)):
                    if is_conflict_copy(name):
                        yield folder / name

    def _conflict_copy(self, path: Path) -> None:
        name = original(path.name)
        target = path.with_name(name) if name else None
        merged = False
        if self._repair:
            try:
                if target is not None and path.parent.parent.name != folders.ARTICLES:
                    self._merge_into(target, path)
                # An article is what parsing made of the page: either version will do.
                self._aside(path)
                merged = True
            except StorageError as error:
                self._say(path, error.korean, error.english)
                return
        self._say(
            path,
            f"다른 기기와 엇갈린 사본입니다: {path.name}",
            f"A conflict copy from another machine: {path.name}",
            repaired=merged,
        )

    def _merge_into(self, target: Path, copy: Path) -> None:
        data = read_bytes(copy)
        if data is None:
            return
        theirs = load(data, copy)
        with Database(target) as database:
            database.file.write(merge_tables(database.file.read() or {}, theirs))

    # ── files ────────────────────────────────────────────────────────────────────────────────────

    def _small_file(self, path: Path) -> None:
        try:
            with Database(path) as database:
                database.file.read()
        except DamagedError as error:
            mended = self._repair and (self._git_conflict(path) or bool(self._aside(path)))
            self._say(path, error.korean, error.english, repaired=mended)
        except StorageError as error:
            self._say(path, error.korean, error.english)

    def _git_conflict(self, path: Path) -> bool:
        """Merge a file in which git left its conflict markers."""
        data = read_bytes(path)
        if data is None or not has_git_markers(data):
            return False
        try:
            ours, theirs = (load(side, path) for side in git_sides(data))
        except DamagedError:
            return False
        self._aside(path)
        with Database(path) as database:
            database.file.write(merge_tables(ours, theirs))
        return True

    def _marks_of(self, id: str) -> None:
        path = self._layout.marks(id)
        try:
            self._marks.read(id)
        except DamagedError as error:
            if not self._repair:
                self._say(path, error.korean, error.english)
            elif self._git_conflict(path):
                self._say(
                    path,
                    f"git이 남긴 충돌을 합쳤습니다: {path.name}",
                    f"Merged what git left in conflict: {path.name}",
                    repaired=True,
                )
            else:
                recovered = self._marks.recover(id)
                self._say(
                    path,
                    f"{error.korean} 원래 파일은 {self._layout.aside}에 옮기고, 찾아보기에서 밑줄 {recovered}개를 되살렸습니다.",
                    f"{error.english} The file is now in {self._layout.aside}; {recovered} marks came back from the index.",
                    repaired=True,
                )
        except StorageError as error:
            self._say(path, error.korean, error.english)

    def _article(self, id: str) -> None:
        path = self._layout.article(id)
        try:
            article, _ = self._shelf.load(id)
        except DamagedError as error:
            mended = self._repair and self._remake(id)
            self._say(path, error.korean, error.english, repaired=mended)
            return
        except MitjulError as error:
            self._say(path, error.korean, error.english)
            return
        self._earlier.update(sha256[:12] for sha256 in self._shelf.earlier(id))
        self._raw(article)
        self._places(article)

    def _raw(self, article: Article) -> None:
        path = self._layout.raw(article.raw.sha256, article.raw.media_type)
        try:
            data = read_bytes(path)
        except StorageError as error:
            self._say(path, error.korean, error.english)
            return
        if data is None:
            self._say(path, f"원본 파일이 없습니다: {path}", f"The original file is missing: {path}")
        elif hashlib.sha256(data).hexdigest() != article.raw.sha256:
            self._say(
                path,
                f"원본 파일이 들어올 때와 다릅니다: {path}. 원본을 다시 들이면 고쳐집니다.",
                f"The original file is not what came in: {path}. Taking the page in again mends it.",
            )

    def _places(self, article: Article) -> None:
        """Marks that say they are in place have to be."""
        try:
            marks = self._marks.read(article.id).marks
        except StorageError:
            return
        wrong = [
            mark
            for mark in marks
            if mark.status in (Status.ANCHORED, Status.MOVED)
            and len(mark.exact) == mark.end - mark.start
            and article.text[mark.start : mark.end] != mark.exact
        ]
        if wrong:
            if self._repair:
                reanchor(self._marks, "", article)
            path = self._layout.marks(article.id)
            self._say(
                path,
                f"글과 어긋난 밑줄이 {len(wrong)}개 있습니다: {article.title}",
                f"{len(wrong)} marks do not fit their article: {article.title}",
                repaired=self._repair,
            )

    def _remake(self, id: str) -> bool:
        """Make a damaged or missing article again from the bytes as they came."""
        path = self._layout.article(id)
        if path.exists():
            self._aside(path)
        for data, name in self._sources(id):
            with suppress(MitjulError):
                if self._intake.remake(id, data, name):
                    return True
        return False

    def _sources(self, id: str) -> Iterator[tuple[bytes, str]]:
        rows = self._desk.index.rows("SELECT sha FROM articles WHERE id = ?", (id,))
        for stem in dict.fromkeys([*(row[0][:12] for row in rows), id]):
            for path in sorted((self._layout.folder / folders.RAW / stem[:2]).glob(f"{stem}.*")):
                data = read_bytes(path)
                if data is not None:
                    yield data, path.name

    def _missing_articles(self) -> None:
        """Work on an article, or its bytes, and no article."""
        for id in self._layout.ids(folders.MARKS):
            if not self._layout.article(id).exists():
                mended = self._repair and self._remake(id)
                self._say(
                    self._layout.article(id),
                    f"밑줄은 있는데 글 파일이 없습니다: {id}",
                    f"There are marks, but no article: {id}",
                    repaired=mended,
                )
        known = {row[0][:12] for row in self._desk.index.rows("SELECT sha FROM articles")} | self._earlier
        for shard in self._layout.shards(folders.RAW):
            for path in sorted(shard.iterdir()):
                id = path.stem
                if is_id(id) and id not in known and not self._layout.article(id).exists():
                    mended = self._repair and self._remake(id)
                    self._say(
                        path,
                        f"원본만 있고 글이 없습니다: {path.name}",
                        f"There is an original file, but no article: {path.name}",
                        repaired=mended,
                    )
