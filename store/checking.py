"""Is every file whole? What can be mended is; what cannot is set aside, never written over."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from store import layout as folders
from store.conflicts import came_in, find, merge, set_aside
from store.database import Database, load
from store.desk import Desk, Problem
from store.errors import MitjulError, StorageError
from store.files import DamagedError, Words, read_bytes
from store.intake import Intake
from store.layout import is_id
from store.marks import Marks, reanchor
from store.merging import git_sides, has_git_markers, merge_tables
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
        for path in find(self._layout):
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

    def _damaged(self, error: DamagedError, done: Words, *, repaired: bool = True) -> None:
        """Say that a file is damaged, and what has been done about it; what to do, where nothing has been tried."""
        if not self._repair:
            self._say(error.path, error.korean, error.english)
            return
        (korean, english), found = done, error.found
        self._say(error.path, f"{found[0]} {korean}", f"{found[1]} {english}", repaired=repaired)

    @property
    def _moved(self) -> Words:
        aside = self._layout.aside
        return f"원래 파일은 {aside}에 옮겨 두었습니다.", f"The file as it was is now in {aside}."

    # ── index ────────────────────────────────────────────────────────────────────────────────────

    def _index(self) -> None:
        if not self._desk.index.is_whole():
            if self._repair:
                self._upkeep.remake()
            korean, english = (
                (
                    "손상된 찾아보기를 파일에서 다시 만들었습니다.",
                    "The index was damaged, and has been made again.",
                )
                if self._repair
                else (
                    "찾아보기가 손상되었습니다. `mitjul reindex`로 다시 만드세요.",
                    "The index is damaged. Make it again with `mitjul reindex`.",
                )
            )
            self._say(self._layout.index, korean, english, repaired=self._repair)

    # ── conflict copies ──────────────────────────────────────────────────────────────────────────

    def _conflict_copy(self, path: Path) -> None:
        if not self._repair:
            self._say(
                path,
                f"다른 기기와 엇갈린 사본이 있습니다: {path.name}. `mitjul check --repair`로 합치세요.",
                f"A conflict copy from another machine: {path.name}. Merge it with `mitjul check --repair`.",
            )
            return
        try:
            korean, english = came_in([merge(self._layout, path)])
        except DamagedError as error:
            words = ("합치지 못해 그대로 두었습니다.", "It could not be merged, and is left as it was.")
            self._damaged(error, words, repaired=False)
        except StorageError as error:
            self._say(path, error.korean, error.english)
        else:
            self._say(
                path,
                f"다른 기기와 엇갈린 사본을 합쳤습니다: {path.name} ({korean})",
                f"Merged a conflict copy from another machine: {path.name} ({english})",
                repaired=True,
            )

    # ── files ────────────────────────────────────────────────────────────────────────────────────

    def _small_file(self, path: Path) -> None:
        try:
            with Database(path) as database:
                database.file.read()
        except DamagedError as error:
            if self._repair and self._git_conflict(path):
                return
            if self._repair:
                set_aside(self._layout, path)
            self._damaged(error, self._moved)
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
        set_aside(self._layout, path)
        with Database(path) as database:
            database.file.write(merge_tables(ours, theirs))
        self._say(
            path,
            f"git이 남긴 충돌을 합쳤습니다: {path.name}",
            f"Merged what git left in conflict: {path.name}",
            repaired=True,
        )
        return True

    def _marks_of(self, id: str) -> None:
        path = self._layout.marks(id)
        try:
            self._marks.read(id)
        except DamagedError as error:
            if self._repair and self._git_conflict(path):
                return
            count = self._marks.recover(id) if self._repair else 0
            korean, english = self._moved
            self._damaged(
                error, (f"{korean} 밑줄 {count}개를 되살렸습니다.", f"{english} Marks recovered: {count}.")
            )
        except StorageError as error:
            self._say(path, error.korean, error.english)

    def _article(self, id: str) -> None:
        path = self._layout.article(id)
        try:
            article, _ = self._shelf.load(id)
        except DamagedError as error:
            if again := self._repair and self._remake(id):
                words = ("원본에서 글을 다시 만들었습니다.", "The article has been made again of its page.")
            else:
                korean, english = self._moved
                words = (
                    f"원본이 없어 다시 만들지 못했습니다. {korean}",
                    f"There is no page of which to make it again. {english}",
                )
            self._damaged(error, words, repaired=again)
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
            korean, english = (
                (
                    f"글과 어긋난 밑줄 {len(wrong)}개의 자리를 다시 찾았습니다",
                    f"{len(wrong)} marks were found again",
                )
                if self._repair
                else (
                    f"글과 어긋난 밑줄이 {len(wrong)}개 있습니다",
                    f"{len(wrong)} marks do not fit their article",
                )
            )
            path = self._layout.marks(article.id)
            self._say(
                path, f"{korean}: {article.title}", f"{english}: {article.title}", repaired=self._repair
            )

    def _remake(self, id: str) -> bool:
        """Make a damaged or missing article again from the bytes as they came."""
        path = self._layout.article(id)
        if path.exists():
            set_aside(self._layout, path)
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
                again = self._repair and self._remake(id)
                korean, english = (
                    (
                        "밑줄만 있던 글을 원본에서 다시 만들었습니다",
                        "An article that had only marks was made again",
                    )
                    if again
                    else ("밑줄은 있는데 글 파일이 없습니다", "There are marks, but no article")
                )
                self._say(self._layout.article(id), f"{korean}: {id}", f"{english}: {id}", repaired=again)
        known = {row[0][:12] for row in self._desk.index.rows("SELECT sha FROM articles")} | self._earlier
        for shard in self._layout.shards(folders.RAW):
            for path in sorted(shard.iterdir()):
                id = path.stem
                if is_id(id) and id not in known and not self._layout.article(id).exists():
                    again = self._repair and self._remake(id)
                    korean, english = (
                        (
                            "원본만 있던 글을 다시 만들었습니다",
                            "An article that had only its page was made again",
                        )
                        if again
                        else ("원본만 있고 글이 없습니다", "There is an original file, but no article")
                    )
                    self._say(path, f"{korean}: {path.name}", f"{english}: {path.name}", repaired=again)
