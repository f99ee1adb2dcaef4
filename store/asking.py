"""What one may ask an open library. Nothing here changes anything on the disk."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from store.desk import Problem
from store.errors import GoneError, NotFoundError, StorageError
from store.finding import Finder
from store.model import Annotation, Article, Extracts, Figure, Hit, Listed, Placed, Summary, Tag
from store.naming import article_named, mark_named, must_have
from store.opening import Opened
from store.places import Place, Places
from store.query import parse
from store.samples import is_sample
from store.tags import Tags

List = list
"""The built-in; within the class `list` is a method."""


class Asking:
    """The questions of a library; see `Library`, which is how one has it. Each waits for the library's lock."""

    def __init__(self, opened: Opened) -> None:
        self._desk = desk = opened.desk
        self.folder = desk.layout.folder
        self.writable = desk.writable
        self._shelf = opened.shelf
        self._marks = opened.marks
        self._upkeep = opened.upkeep
        self._tags = Tags(desk)
        self._places = Places(desk)
        self._finder = Finder(desk.index, self._places)

    @property
    def catching_up(self) -> tuple[int, int] | None:
        """How many files have been read of how many (0 of 0 while that is not known), while articles and marks that the index does
        not know yet are read in the background; lists and searches have them as they come, and `changed` tells them. `None` when
        everything is known."""
        return self._upkeep.progress

    @property
    def problems(self) -> List[Problem]:
        """What was found wrong with files, in the order in which it was: damaged ones, and those set aside."""
        with self._desk.lock:
            return list(self._desk.problems)

    def set_aside(self) -> List[Path]:
        """The files that were damaged, merged or of an older schema, and are kept as they were; in order of their names."""
        try:
            return sorted(self._desk.layout.aside.iterdir())
        except OSError:
            return []

    def copies(self) -> List[Path]:
        """The conflict copies of synchronisers in the library's folder, as far as they have been seen; see `changed`."""
        with self._desk.lock:
            return self._upkeep.copies()

    @property
    def refused(self) -> StorageError | None:
        """Why the library is open for reading only, where one would have written."""
        return self._desk.refused

    @property
    def gone(self) -> bool:
        """Whether the library's folder was not there (or another in its place) when it was needed last. Everything raises `GoneError`
        then, but for what the index knows; nothing is written, and nothing is taken for deleted. It goes on when it is back."""
        return self._desk.gone

    def is_there(self) -> bool:
        """Whether the library's folder is there now; see `gone`."""
        with self._desk.lock, suppress(GoneError):
            self._desk.must_be_there()
        return not self._desk.gone

    def changed(self) -> set[str]:
        """The articles that something else changed since this was asked last (or since opening). Cheap enough to ask every second.

        Raises:
            GoneError: the library's folder is not there.
        """
        return self._upkeep.changed()

    # ── reading ──────────────────────────────────────────────────────────────────────────────────

    def list(self, query: str = "") -> List[Summary]:
        """The articles that answer a query, newest first.

        Raises:
            InvalidError: the query is malformed.
        """
        conditions = parse(query)
        with self._desk.lock:
            return self._finder.articles(conditions)

    def listed(self, query: str = "") -> List[Listed]:
        """As `list`, what the shelf shows of them."""
        conditions = parse(query)
        with self._desk.lock:
            return self._finder.listed(conditions)

    def ids(self, query: str = "", *, trashed: bool = False) -> List[str]:
        """The articles that answer a query, or those of them in the trash, newest first."""
        conditions = parse(query)
        with self._desk.lock:
            return self._finder.ids(conditions, trashed=trashed)

    def line(self, id: str) -> Listed | None:
        """What the shelf shows of one article; `None` where there is none."""
        with self._desk.lock:
            return self._finder.summary(id)

    def spare(self) -> None:
        """Keep in memory nothing of what opening and listing took: what of it is wanted again is read again."""
        with self._desk.lock:
            self._desk.index.spare(500, empty=True)

    def find(self, prefix: str) -> str:
        """The whole id of an article, from its beginning; of one in the trash, too.

        Raises:
            NotFoundError: there is none.
            AmbiguousError: there are several.
        """
        with self._desk.lock:
            return article_named(self._desk.index, prefix)

    def article(self, id: str) -> Article:
        """An article.

        Raises:
            NotFoundError: there is none.
            StorageError: its file cannot be read.
        """
        with self._desk.lock:
            return self._shelf.article(id)

    def read(self, id: str) -> tuple[Article, Extracts | None]:
        """An article and what was found in it, which are one file. Errors as of `article`."""
        with self._desk.lock:
            return self._shelf.load(id)

    def raw(self, id: str) -> bytes:
        """The bytes of an article as they came."""
        with self._desk.lock:
            return self._shelf.raw(id)

    def extracts(self, id: str, *, weighed: bool = False) -> Extracts | None:
        """What was found in an article; `None` while it has not been analysed.

        `weighed`: its keywords weighed against the library, those that every article has last. That looks at the keywords of
        all articles, so it is for the one article that is shown; and it leaves out `terms`, which nobody is shown.
        """
        with self._desk.lock:
            found = self._shelf.extracts(id, terms=not weighed)
            if found is None or not weighed:
                return found
            from store.korean.weighing import weighed as against

            return self._desk.index.with_names(lambda lists: against(found, lists))

    def pending(self) -> List[str]:
        """The articles that the present extractor has not seen, newest first."""
        from store.korean import EXTRACTOR

        with self._desk.lock:
            rows = self._desk.index.rows(
                "SELECT id FROM articles WHERE extractor IS NOT ? AND trashed = '' ORDER BY added DESC, n DESC",
                (EXTRACTOR,),
            )
            return [row[0] for row in rows]

    def search(self, query: str, limit: int = 50) -> List[Hit]:
        """Passages that answer a query, best first.

        Raises:
            InvalidError: the query is malformed.
        """
        conditions = parse(query)
        with self._desk.lock:
            return self._finder.passages(conditions, limit)

    def figures(self, query: str = "") -> List[tuple[Summary, Figure]]:
        """Every figure in the articles that answer a query, those of sample pages last."""
        conditions = parse(f"{query} has:figures")
        found: list[tuple[Summary, Figure]] = []
        with self._desk.lock:
            summaries = self._finder.articles(conditions)
        for summary in sorted(summaries, key=lambda summary: is_sample(summary.id)):
            # One by one: others may want the library in between.
            with self._desk.lock, suppress(NotFoundError):
                extracts = self._shelf.extracts(summary.id)
                found += [(summary, figure) for figure in (extracts.figures if extracts else ())]
        return found

    def near_copies(self, id: str) -> List[tuple[Summary, float]]:
        """Articles that share much of their text with this one (a repost, an agency's story in another paper), likest first.

        Returns:
            Each with the share of 5-character shingles that the two have in common, 0 to 1.
        """
        from store.copies import near_copies

        found = near_copies(self._desk.index, id, self._desk.lock)
        with self._desk.lock:
            return [(summary, share) for copy, share in found if (summary := self._finder.summary(copy))]

    def repeated(self, ids: Iterable[str], share: float) -> set[str]:
        """Those of these articles that seem to share at least so much with another; see `store.copies.repeated`."""
        from store.copies import repeated

        return repeated(self._desk.index, ids, share, self._desk.lock)

    def trash(self) -> List[Summary]:
        """The articles in the trash."""
        with self._desk.lock:
            return self._finder.articles(parse(""), trashed=True)

    # ── marks ────────────────────────────────────────────────────────────────────────────────────

    def annotations(self, query: str = "", *, article: str | None = None) -> List[Annotation]:
        """The marks that answer a query, by article (newest first), then by place."""
        conditions = parse(query)
        with self._desk.lock:
            if article is not None:
                must_have(self._desk.index, article)
            return self._finder.marks(conditions, article)

    def marks_on(self, article: str) -> List[Placed]:
        """The marks on an article, by their place."""
        with self._desk.lock:
            must_have(self._desk.index, article)
            return self._desk.index.placed(article)

    def marks_around(self, article: str, start: int, end: int) -> tuple[List[Placed], List[int]]:
        """Of an article with many marks those that touch `[start, end)`, by their place; and where all of them begin, ascending, but for
        those that are lost."""
        with self._desk.lock:
            must_have(self._desk.index, article)
            return self._desk.index.placed_on(article, start, end), self._desk.index.starts(article)

    def tagged_lately(self, limit: int) -> List[Annotation]:
        """Of the marks that have tags, those that changed last, the newest first."""
        with self._desk.lock:
            return self._desk.index.marks_tagged_lately(limit)

    def annotation(self, prefix: str) -> Annotation:
        """A mark, from the beginning of its id.

        Raises:
            NotFoundError: there is none.
            AmbiguousError: there are several.
        """
        with self._desk.lock:
            return mark_named(self._desk.index, prefix)

    def article_note(self, article: str) -> str:
        """The note on an article; empty when there is none."""
        with self._desk.lock:
            must_have(self._desk.index, article)
            return self._desk.index.work(article)[0]

    def noted(self, article: str, mark: str = "") -> str:
        """When the note on an article, or on one of its marks, was changed last; empty when it never was."""
        with self._desk.lock:
            return self._marks.noted(article, mark)

    def reach(self, *, redo: bool = False) -> int:
        """How many files the next `undo` (or `redo`) writes."""
        with self._desk.lock:
            return self._desk.history.reach(redo=redo)

    # ── tags ─────────────────────────────────────────────────────────────────────────────────────

    def tags(self, *, counted: bool = True) -> List[Tag]:
        """The tags: those with a hot key first (1 to 9), then by count, then by name. Not `counted`: only those that have a colour or hot
        key, or had one; that takes no look at the marks."""
        with self._desk.lock:
            return self._tags.listed(self._desk.index.tag_counts() if counted else {})

    def article_tags(self, article: str) -> tuple[str, ...]:
        """The tags of an article itself; its marks have their own."""
        with self._desk.lock:
            must_have(self._desk.index, article)
            return self._desk.index.article_tags(article)

    def tagged_articles(self, query: str = "") -> dict[str, tuple[str, ...]]:
        """The articles that answer a query and have tags of their own, with these; newest first."""
        conditions = parse(query)
        with self._desk.lock:
            tags = self._desk.index.tagged_articles()
            return {
                row.id: tags[row.id]
                for row in (self._finder.articles(conditions) if tags else ())
                if row.id in tags
            }

    def tags_by_article(self) -> dict[str, tuple[str, ...]]:
        """The tags of each article, its own and those of its marks."""
        with self._desk.lock:
            return self._desk.index.tags_by_article()

    # ── where one left off ───────────────────────────────────────────────────────────────────────

    def place(self, article: str) -> Place:
        """Where one left off in an article."""
        with self._desk.lock:
            return self._places.get(article)

    def last_article(self, *, known: bool = True) -> str | None:
        """The article last read, while it is there. Without `known` also one that is not known (yet; see `catching_up`)."""
        with self._desk.lock:
            id = self._places.last
            if not known:
                return id or None
            return id if id and self._desk.index.has(id) and not self._desk.index.work(id)[1] else None
