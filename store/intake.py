"""Taking articles in: from bytes, files, folders and addresses; the same article again is brought up to date in its place."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from store import corrections
from store.clock import now
from store.desk import Desk
from store.errors import IngestError, InvalidError, MitjulError, NotFoundError, StorageError
from store.files import DamagedError, move, read_bytes
from store.inputs import MAX_INPUT, expand, is_address, read_input, too_large
from store.marks import Marks, reanchor
from store.model import Added, Article, Page, Raw
from store.shelf import Shelf
from store.tags import tidy_all

TOLD = ("subtitle", "publisher", "authors", "published", "url", "original_source", "summary")
"""What a page says about itself, beside its title and text."""

Progress = Callable[[int, int, str], None]


class _Brief(msgspec.Struct):
    """As much of an article as says whether it is the same again: reading the whole takes ten times as long."""

    title: str
    raw: Raw
    parser: int
    url: str | None = None


class _File(msgspec.Struct):
    article: dict[str, _Brief]


class Intake:
    """Parses pages and puts them into the library."""

    def __init__(self, desk: Desk, shelf: Shelf, marks: Marks) -> None:
        self._desk, self._shelf, self._marks = desk, shelf, marks

    # ── bytes ────────────────────────────────────────────────────────────────────────────────────

    def add(
        self,
        data: bytes,
        *,
        name: str,
        path: str = "",
        encoding: str | None = None,
        media_type: str | None = None,
        source_url: str | None = None,
    ) -> list[Added]:
        """Take in one input. What is wrong with it is in the result, not raised; only the library's own trouble is.

        Raises:
            StorageError: the disk said no.
        """
        self._desk.must_write()
        asked = path or name
        try:
            if len(data) > MAX_INPUT:
                raise too_large()
            sha256 = hashlib.sha256(data).hexdigest()
            with self._desk.lock:
                known = self._known(sha256, encoding, source_url)
                if known:
                    return [self._again(id, brief, data, asked) for id, brief in known]
                properties = _properties(data, name, media_type)
                if here := self._exported(properties, asked):
                    return [here]
            from store import ingest

            pages = ingest.parse(
                data, name=name, encoding=encoding, media_type=media_type, source_url=source_url
            )
            if not pages:
                raise IngestError(
                    "글을 찾지 못했습니다. 다른 형식으로 저장해 보세요.",
                    "There is no article in it. Try saving it in another form.",
                )
        except DamagedError as error:
            return [failed(asked, error)]
        except StorageError:
            raise
        except MitjulError as error:
            return [failed(asked, error)]
        except Exception as error:
            # A page that breaks a parser breaks only itself.
            return [
                failed(
                    asked,
                    IngestError(
                        f"이 파일은 해석할 수 없습니다 ({type(error).__name__}). 다른 형식으로 저장해 보세요.",
                        f"This file cannot be parsed ({type(error).__name__}). Try saving it in another form.",
                    ),
                )
            ]
        added: list[Added] = []
        with self._desk.lock:
            self._desk.must_write()
            for number, (page, raw) in enumerate(pages):
                try:
                    added.append(self._put(page, raw, data, number if len(pages) > 1 else None, asked))
                    if properties and added[-1].status == "added":
                        added[-1] = self._with_properties(added[-1], properties)
                except DamagedError as error:
                    # A file of this article's, not of the library as a whole.
                    added.append(failed(asked, error))
        return added

    def _known(self, sha256: str, encoding: str | None, source_url: str | None) -> list[tuple[str, _Brief]]:
        """The articles that were made of these very bytes in this very way."""
        from store import ingest

        found = []
        for id in self._desk.index.by_sha(sha256):
            try:
                article = msgspec.json.decode(
                    read_bytes(self._desk.layout.article(id)) or b"", type=_File
                ).article[id]
            except (msgspec.DecodeError, UnicodeDecodeError, KeyError, StorageError):
                return []
            if (
                article.parser != ingest.VERSION
                or (encoding and encoding.lower() != article.raw.encoding.lower())
                or (source_url and source_url != article.url)
            ):
                return []
            found.append((id, article))
        return found

    def _exported(self, properties: dict[str, Any], asked: str) -> Added | None:
        """What becomes of a file that this library's export wrote: its article is here already."""
        from store.ingest.exported import article_id

        id = article_id(properties)
        if id is None or not self._desk.index.has(id):
            return None
        back = self._out_of_trash(id)
        title = self._shelf.load(id)[0].title
        return Added(path=asked, status="added" if back else "duplicate", id=id, title=title, exported=True)

    def _with_properties(self, item: Added, properties: dict[str, Any]) -> Added:
        """A new article of a Markdown file gets the file's tags; an exported file's are those of its marks."""
        from store.ingest.exported import article_id
        from store.ingest.markdown import tags_of

        if article_id(properties):
            return msgspec.structs.replace(item, exported=True)
        names: list[str] = []
        for name in tags_of(properties):
            with suppress(InvalidError):
                names += tidy_all([name])
        if item.id and names and not self._desk.index.article_tags(item.id):
            self._marks.set(item.id, {}, {"tags": list(dict.fromkeys(names))})
        return item

    def _again(self, id: str, article: _Brief, data: bytes, asked: str) -> Added:
        # Where the bytes that were kept have been damaged, these mend them.
        self._shelf.save_raw(data, article.raw)
        status = self._out_of_trash(id)
        return Added(path=asked, status="added" if status else "duplicate", id=id, title=article.title)

    def _out_of_trash(self, id: str) -> bool:
        if not self._marks.load(id).trashed:
            return False
        self._marks.set(id, {}, {"trashed": ""})
        return True

    def _put(self, page: Page, raw: Raw, data: bytes, number: int | None, asked: str) -> Added:
        from store import ingest

        id = self._same(page, raw, number)
        time = now()
        if id is None:
            self._shelf.save_raw(data, raw)
            id = self._new_id(raw.sha256, number)
            article = build(page, raw, id=id, added=time, updated=time, parser=ingest.VERSION)
            self._shelf.save(article)
            return Added(path=asked, status="added", id=id, title=article.title)
        try:
            old, _ = self._shelf.load(id)
        except (DamagedError, NotFoundError) as error:
            if isinstance(error, DamagedError):
                move(error.path, self._desk.layout.aside / f"{error.path.name}.{time.replace(':', '')}")
            self._shelf.save_raw(data, raw)
            article = self._anew(id, page, raw)
            return Added(path=asked, status="updated", id=id, title=article.title)
        if raw.sha256 != old.raw.sha256 and self._is_copy(old, page):
            known = {name: getattr(old, name) for name in TOLD}
            if all(not getattr(page, name) or getattr(page, name) == known[name] for name in TOLD):
                back = self._out_of_trash(id)
                return Added(path=asked, status="added" if back else "duplicate", id=id, title=old.title)
            # What only the other copy says of the article stays.
            unsaid = {name: value for name, value in known.items() if not getattr(page, name)}
            page = msgspec.structs.replace(page, **unsaid)
        made = self._marks.corrections(id)
        corrected = corrections.apply(page, made) if made else page
        article = build(corrected, raw, id=id, added=old.added, updated=time, parser=ingest.VERSION)
        came_back = self._out_of_trash(id)
        if msgspec.structs.replace(article, updated=old.updated, raw=old.raw) == old:
            return Added(path=asked, status="added" if came_back else "duplicate", id=id, title=old.title)
        self._shelf.save_raw(data, raw)
        self.replace(old, article, page if made else None)
        return Added(path=asked, status="updated", id=id, title=article.title)

    def _same(self, page: Page, raw: Raw, number: int | None) -> str | None:
        """The article in the library that this is again: made of the same bytes, of the same words, or from the same address."""
        catalogue = self._desk.index
        id = self._new_id(raw.sha256, number, free=False)
        if catalogue.has(id):
            return id
        if number is None and (ids := catalogue.by_sha(raw.sha256)):
            return ids[0]
        for id in catalogue.by_title(page.title):
            try:
                if self._is_copy(self._shelf.load(id)[0], page):
                    return id
            except StorageError:
                continue
        if not page.url or not _particular(page.url):
            return None
        for id in catalogue.by_url(page.url):
            try:
                old, _ = self._shelf.load(id)
            except StorageError:
                continue
            if old.title == page.title or _shared(old.text, page.text) >= 0.1:
                return id
        return None

    def _is_copy(self, old: Article, page: Page) -> bool:
        """Whether a page has an article's title and words (as they were parsed), and does not come from another address."""
        if old.title != page.title or (old.url and page.url and old.url != page.url):
            return False
        return page.text.split() in (old.text.split(), (self._shelf.parsed(old.id) or old).text.split())

    def _new_id(self, sha256: str, number: int | None, *, free: bool = True) -> str:
        whole = sha256 if number is None else hashlib.sha256(f"{sha256}#{number}".encode()).hexdigest()
        length = 12
        while free and self._desk.index.has(whole[:length]) and length < 64:
            length += 4
        return whole[:length]

    def replace(self, old: Article, new: Article, parsed: Page | None = None) -> None:
        """Put a new version of an article in its place, and its marks where their passages are now."""
        # Killed between the two, the index still has the old text, and the marks are found again at the next opening.
        with self._desk.index.together():
            self._shelf.save(new, parsed=parsed)
            if old.text != new.text:
                reanchor(self._marks, old.text, new)

    def remake(self, id: str, data: bytes, name: str) -> bool:
        """Make an article again from its bytes; whether there is one of that id in them."""
        from store import ingest

        pages = ingest.parse(data, name=name)
        for number, (page, raw) in enumerate(pages):
            made = self._new_id(raw.sha256, number if len(pages) > 1 else None, free=False)
            if made.startswith(id[:12]) or len(pages) == 1:
                self._anew(id, page, raw)
                return True
        return False

    def _anew(self, id: str, page: Page, raw: Raw) -> Article:
        """Write an article whose earlier text is lost: with the reader's corrections, its marks where their passages are."""
        from store import ingest

        made, time = self._marks.corrections(id), now()
        corrected = corrections.apply(page, made) if made else page
        article = build(corrected, raw, id=id, added=time, updated=time, parser=ingest.VERSION)
        self._shelf.save(article, parsed=page if made else None)
        reanchor(self._marks, "", article)
        return article

    # ── files, folders, addresses ────────────────────────────────────────────────────────────────

    def add_paths(
        self,
        paths: Iterable[str],
        *,
        encoding: str | None = None,
        source_url: str | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
        passed: list[str] | None = None,
    ) -> Iterator[Added]:
        """Take in files, folders (all that is below, in order) and http(s) addresses. One bad input never stops the rest.

        Args:
            passed: gets the files in folders that are left alone because their names say that they are no pages (README, pictures).

        Raises:
            StorageError: the library itself cannot be written.
        """
        self._desk.must_write()
        inputs: list[str | Added] = []
        for path in paths:
            try:
                inputs += expand(path, self._desk.layout.folder, [] if passed is None else passed)
            except IngestError as error:
                inputs.append(failed(path, error))
        with self.bulk() if len(inputs) > 1 else nullcontext():
            for done, item in enumerate(inputs):
                if cancelled is not None and cancelled():
                    return
                if progress is not None:
                    progress(done, len(inputs), item if isinstance(item, str) else item.path)
                if isinstance(item, Added):
                    yield item
                else:
                    yield from self._one(item, encoding, source_url)
        if progress is not None:
            progress(len(inputs), len(inputs), "")

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """For taking in much at once: the index is written in larger pieces. What is acknowledged is on the disk all the same, and
        read from there again should the process be killed."""
        with self._desk.lock:
            self._desk.index.bulk = True
        try:
            yield
        finally:
            with self._desk.lock:
                if not self._desk.closed:
                    self._desk.index.end_bulk()
            self._desk.in_turns(self._desk.index.merge())

    def _one(self, item: str, encoding: str | None, source_url: str | None) -> list[Added]:
        try:
            if is_address(item):
                from store.ingest import address

                fetched = address.fetch(item)
                return self.add(
                    fetched.data,
                    name=fetched.url,
                    path=item,
                    encoding=encoding,
                    media_type=fetched.media_type,
                    source_url=source_url or fetched.url,
                )
            data = read_input(Path(item))
        except IngestError as error:
            return [failed(item, error)]
        return self.add(
            data, name=os.path.basename(item), path=item, encoding=encoding, source_url=source_url
        )


def failed(path: str, error: MitjulError) -> Added:
    """The result for an input that could not be taken in."""
    return Added(path=path, status="failed", error=error.korean, error_en=error.english)


def build(page: Page, raw: Raw, *, id: str, added: str, updated: str, parser: int) -> Article:
    """The article of a page."""
    fields = {name: getattr(page, name) for name in Page.__struct_fields__}
    return Article(**fields, raw=raw, id=id, added=added, updated=updated, parser=parser)


def _properties(data: bytes, name: str, media_type: str | None) -> dict[str, Any]:
    """The properties of a Markdown file; none of anything else."""
    if not data[:8].removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
        return {}
    from store.ingest.detect import detect
    from store.ingest.markdown import properties_of

    return properties_of(data) if detect(data, name, media_type) == "markdown" else {}


def _particular(url: str) -> bool:
    """Whether an address is an article's rather than a site's."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)


def _shared(one: str, other: str) -> float:
    """The part of the smaller text's 5-character shingles that the other has too, 0 to 1."""
    first = {one[i : i + 5] for i in range(len(one) - 4)}
    second = {other[i : i + 5] for i in range(len(other) - 4)}
    return len(first & second) / max(1, min(len(first), len(second)))
