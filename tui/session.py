"""What the reading screen knows: the library, the open article with its marks and extracts, the tags. No screen in here."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence

from msgspec import convert

from store.drafts import Drafts, Target
from store.errors import InvalidError, MitjulError, NotFoundError
from store.library import Library
from store.model import Article, Extracts, Listed, Placed, Span, Summary, Tag
from store.steps import Progress
from store.tags import tidy_all
from tui.shelving import Arrangement, arrange
from tui.tags import colours, next_look

FEW = 200
"""Marks of an article that are read at once."""

Shelved = tuple[tuple[str, bool, Arrangement, int], list[tuple[str, list[str]]]]
"""The filter, whether it is the trash, the order, how often the shelf had been read; and the shelf so."""


class Session:
    """State of one reading screen, pushed down to its panels. Methods raise `MitjulError`."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.drafts = Drafts(library.folder)
        self.article: Article | None = None
        self.here: list[Placed] = []
        """The open article's marks, as far as they have been read."""
        self.around: tuple[int, int, list[int]] | None = None
        """Where only those between two offsets have been read: these, and where all of them begin."""
        self.extracts: Extracts | None = None
        self.near: list[tuple[Summary, float]] = []
        """Articles that share much of their text with the open one; see `Library.near_copies`."""
        self._tags: list[Tag] | None = None
        """The tags, once they have been read."""
        self.last_tags: tuple[str, ...] = ()
        """What `.` gives again."""
        self.trail: list[tuple[str, int]] = []
        """Places jumped from: article and offset."""
        self.found = 0
        """Number of places that the last search in the article found."""
        self.query = ""
        """What the shelf is filtered by."""
        self.trash = False
        """Whether the shelf shows the trash."""
        self.how = Arrangement()
        self.chosen: set[str] = set()
        """Ids of articles chosen on the shelf."""
        self.shelf: list[tuple[str, list[str]]] = []
        """Names of groups, and the ids of the articles in them: of thousands, what is not to be seen is not kept. See `line`."""
        self.shelved = 0
        """How often the shelf has been read."""
        self.compared: tuple[str, int, int] | None = None
        """The passage of a figure to which the reader went from the compare screen; that opens there the next time."""
        self.writing: Target | None = None
        """The note that is being written: each saving of it goes on with the one before, and one undo takes all of it back."""

        self.unsaved: set[Target] = set()
        """Notes that could not be saved so far."""

    # ── reading ──────────────────────────────────────────────────────────────────────────────────

    def open(self, id: str, reach: int = 0) -> int:
        """Make an article the open one; its extracts are still to be read. Returns the offset where one left off.

        Args:
            reach: of an article with many marks read only those within so many code points of that offset; see `marks`.
        """
        article, at = self.library.article(id), self.library.place(id).offset
        first, last = max(0, at - reach), at + reach
        here, starts = self.library.marks_around(id, first, last)
        self.article, self.extracts, self.near, self.found = article, None, [], 0
        self.here, self.around, self._tags = here, (first, last, starts), None
        if len(starts) <= FEW or not reach:
            self.marks = self.library.marks_on(id)
        return at

    def close(self) -> None:
        """No article is open."""
        self.article, self.marks, self.extracts, self.near, self.found = None, [], None, [], 0

    @property
    def marks(self) -> list[Placed]:
        """The open article's marks, all of them; those that have not been read yet are read now."""
        if self.around is not None and self.article is not None:
            self.marks = self.library.marks_on(self.article.id)
        return self.here

    @marks.setter
    def marks(self, marks: list[Placed]) -> None:
        self.here, self.around = marks, None

    def read_marks(self) -> tuple[str, list[Placed]]:
        """The open article's id and its marks. Takes a while where there are thousands: not for the loop."""
        id = self.article.id if self.article is not None else ""
        return id, self.library.marks_on(id) if id else []

    def put_marks(self, read: tuple[str, list[Placed]]) -> None:
        """Have what `read_marks` gave, if that article is still the open one and nobody could not wait for them."""
        if self.around is not None and self.article is not None and self.article.id == read[0]:
            self.marks = read[1]

    @property
    def tags(self) -> list[Tag]:
        """The tags: those with a hot key first, then by count, then by name; read when they are asked for."""
        if self._tags is None:
            self._tags = self.library.tags()
        return self._tags

    def refresh_marks(self) -> None:
        """Read the open article's marks anew, and the tags."""
        self.marks = self.library.marks_on(self.article.id) if self.article else []
        self._tags = None

    def put(self, mark: Placed) -> Placed:
        """Have a mark that was made or changed among the marks, without reading thousands of others anew."""
        if self.article is None or mark.article != self.article.id:
            self._tags = None
            return mark
        mark = convert(mark, Placed, from_attributes=True)
        before = [other for other in self.marks if other.id == mark.id]
        self.marks = [other for other in self.marks if other.id != mark.id]
        insort(self.marks, mark, key=lambda mark: (mark.start, mark.end, mark.id))
        if not before or before[0].tags != mark.tags:
            self._retag(mark, *before)
        return mark

    def _retag(self, *marks: Placed) -> None:
        """Count the tags anew, where one of these marks has any."""
        if any(mark.tags for mark in marks):
            self._tags = None

    def delete(self, mark: Placed) -> None:
        """Delete a mark."""
        self.library.delete(mark.id)
        self.marks = [other for other in self.marks if other.id != mark.id]
        self._retag(mark)

    def read_extracts(self) -> tuple[str, Extracts | None]:
        """The open article's id and its extracts. Takes a while in a large library: not for the loop."""
        id = self.article.id if self.article is not None else ""
        return id, self.library.extracts(id, weighed=True) if id else None

    def put_extracts(self, read: tuple[str, Extracts | None]) -> None:
        """Have what `read_extracts` gave, if that article is still the open one."""
        if self.article is not None and self.article.id == read[0]:
            self.extracts = read[1]

    def first_with(self, word: str) -> int | None:
        """Where a keyword or a name first stands in the open article."""
        if self.article is None:
            return None
        names = self.extracts.names if self.extracts is not None else ()
        spans = next((name.spans for name in names if name.text == word), ())
        at = spans[0].start if spans else self.article.text.find(word)
        return at if at >= 0 else None

    def read_shelf(self) -> Shelved:
        """The shelf: filtered, sorted, grouped. Takes a while in a large library: not for the loop.

        Raises:
            InvalidError: the filter is malformed.
        """
        asked = self.query, self.trash, self.how, self.shelved
        if self.how == Arrangement():  # as the library has them: that is all there is to be known
            return asked, [("", self.library.ids("" if self.trash else self.query, trashed=self.trash))]
        articles = self.library.trash() if self.trash else self.library.listed(self.query)
        tags: dict[str, tuple[str, ...]] = {}
        if self.how.group == "tag":
            tags = self.library.tags_by_article()
        groups = arrange(articles, self.how, tags)
        return asked, [(name, [article.id for article in articles]) for name, articles in groups]

    def line(self, id: str) -> Listed | None:
        """What the shelf says of an article; `None` where it is gone, or cannot be asked for."""
        try:
            return self.library.line(id)
        except MitjulError:
            return None

    def put_shelf(self, read: Shelved) -> None:
        """Have what `read_shelf` gave, if the shelf has not been filtered otherwise or read again since."""
        asked, shelf = read
        if asked == (self.query, self.trash, self.how, self.shelved):
            self.shelf = shelf
            self.shelved += 1
            if self.chosen:
                self.chosen &= set(self.order())

    def drop(self, ids: Sequence[str]) -> None:
        """Take articles from the shelf that are no longer on it, until it is read again."""
        gone = set(ids)
        rest = [(name, [id for id in ids if id not in gone]) for name, ids in self.shelf]
        self.shelf = [(name, ids) for name, ids in rest if ids]

    def order(self) -> list[str]:
        """Ids of the articles in the shelf's order, each once."""
        return list(dict.fromkeys(id for _, ids in self.shelf for id in ids))

    def neighbour(self, by: int) -> str | None:
        """The article before or after the open one on the shelf."""
        order = self.order()
        if not order:
            return None
        if self.article is None or self.article.id not in order:
            return order[0]
        at = order.index(self.article.id) + by
        return order[at] if 0 <= at < len(order) else None

    # ── marks and tags ───────────────────────────────────────────────────────────────────────────

    @property
    def own_tags(self) -> tuple[str, ...]:
        """Tags of the open article itself."""
        return self.library.article_tags(self.article.id) if self.article is not None else ()

    @property
    def used(self) -> Counter[str]:
        """Tags of the open article: on how many of its marks each is, and once more where the article itself has it."""
        return Counter([*self.own_tags, *(tag for mark in self.marks for tag in mark.tags)])

    @property
    def colours(self) -> dict[str, str]:
        return colours(self.library.tags(counted=False) if self._tags is None else self._tags)

    def mark_on(self, span: Span) -> Placed | None:
        """The mark of this very range."""
        at = bisect_left(self.marks, (span.start, span.end), key=lambda mark: (mark.start, mark.end))
        mark = self.marks[at] if at < len(self.marks) else None
        return mark if mark is not None and (mark.start, mark.end) == (span.start, span.end) else None

    def hot(self, key: str) -> Tag | None:
        """The tag with this hot key."""
        return next((tag for tag in self.tags if tag.hotkey == key), None)

    def underline(self, span: Span) -> Placed | None:
        """Mark a passage; a bare mark of that very range is taken away instead, and `None` returned.

        Raises:
            InvalidError: there is a mark with tags or a note already.
        """
        article = self._article()
        mark = self.mark_on(span)
        if mark is None:
            return self.put(self.library.annotate(article.id, span.start, span.end))
        if mark.tags or mark.note:
            raise InvalidError(
                "이미 표시한 구절입니다. 지우려면 d를 누르세요.",
                "Marked already. Press d to delete the mark.",
            )
        self.delete(mark)
        return None

    def tag(self, span: Span, names: Sequence[str], *, toggle: bool = False) -> Placed:
        """Give a passage tags, marking it where it is not yet; new tags get a colour and the next free hot key.

        Args:
            toggle: a tag that it has already is taken off.
        """
        article = self._article()
        names = tidy_all(names)
        mark = self.mark_on(span)
        with self.library.together("태그", "tag"):
            self.make_tags(names)
            if mark is None:
                return self.put(self.library.annotate(article.id, span.start, span.end, tags=names))
            kept = [tag for tag in mark.tags if not (toggle and tag in names)]
            added = [name for name in names if name not in mark.tags]
            return self.put(self.library.change(mark.id, tags=[*kept, *added]))

    def make_tags(self, names: Sequence[str]) -> None:
        """Give tags that are new a colour and the next free hot key."""
        known = {tag.name for tag in self.tags}
        for name in names:
            if name not in known:
                colour, key = next_look(self.tags)
                self._tags = [*self.tags, self.library.set_tag(name, colour=colour, hotkey=key)]

    def tag_articles(
        self, ids: Sequence[str], name: str, given: bool, progress: Progress | None = None
    ) -> None:
        """Give articles themselves a tag, or take it off, in one act; a new tag gets a colour and the next free hot key."""
        made: list[Tag] = []
        if given and name not in {tag.name for tag in self.tags}:
            colour, key = next_look(self.tags)
            made.append(Tag(name=name, colour=colour, hotkey=key))
        words = (
            (f"글 {len(ids)}편에 태그", f"tag {len(ids)}")
            if given
            else (f"글 {len(ids)}편에서 태그 떼기", f"untag {len(ids)}")
        )

        def becomes(tags: Sequence[str]) -> Sequence[str]:
            return [*(tag for tag in tags if tag != name), *([name] if given else [])]

        self.library.retag((), becomes, *words, articles=ids, made=made, progress=progress)

    def tags_of(self, ids: Sequence[str]) -> list[str]:
        """The tags that all these articles have themselves."""
        own = [self.library.article_tags(id) for id in ids]
        return [tag for tag in own[0] if all(tag in other for other in own)] if own else []

    def _article(self) -> Article:
        if self.article is None:
            raise NotFoundError("열린 글이 없습니다.", "No article is open.")
        return self.article

    # ── notes ────────────────────────────────────────────────────────────────────────────────────

    def note_target(self, mark: Placed | None) -> tuple[Target, str] | None:
        """What the note panel shows: the note on this mark, or on the article."""
        if self.article is None:
            return None
        if mark is not None:
            return Target("mark", mark.article, mark.id), mark.note
        return Target("article", self.article.id), self.library.article_note(self.article.id)

    def save_note(self, target: Target, text: str) -> Target:
        """Write a note. Returns what it is on now: a passage becomes a mark when its note is first saved, which is an act of its own."""
        self.unsaved.add(target)
        saved, joins = target, target == self.writing
        if target.kind == "article":
            self.library.set_article_note(target.article, text, joins=joins)
        elif target.kind == "mark":
            self.put(self.library.change(target.mark, note=text, joins=joins))
        elif text.strip():
            mark = self._marked(target)
            saved = Target("mark", target.article, mark.id)
            self.put(self.library.change(mark.id, note=text))
        self.drafts.drop(target)
        self.unsaved.discard(target)
        self.writing = saved
        return saved

    def _marked(self, target: Target) -> Placed:
        """The mark on a passage that gets a note: made, unless an earlier run got as far as that."""
        for mark in self.library.annotations(article=target.article):
            if (mark.start, mark.end, mark.note) == (target.start, target.end, ""):
                return mark
        return self.put(self.library.annotate(target.article, target.start, target.end))

    def recover_drafts(self) -> list[Target]:
        """Put the drafts that an earlier run left into their notes. Returns what they are on now."""
        recovered = []
        for target, text in list(self.drafts.left(self._noted)):
            try:
                recovered.append(self.save_note(target, text))
            except MitjulError as error:
                self.unsaved.discard(target)
                if isinstance(error, (NotFoundError, InvalidError)):
                    # Its article, mark or passage is gone. Otherwise the disk says no: the draft stays, however old it is.
                    self.drafts.expire(target)
        return recovered

    def _noted(self, target: Target) -> str:
        return "" if target.kind == "passage" else self.library.noted(target.article, target.mark)
