"""The articles on disk: what parsing made of a page, its extracts, and the bytes as they came."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from store.database import Database
from store.errors import NotFoundError, StorageError
from store.files import (
    MALFORMED,
    NO_ARTICLE,
    OUTSIDE,
    DamagedError,
    make_folder,
    read_bytes,
    storage_error,
    write_bytes,
)
from store.migrations import schema_of
from store.model import SCHEMA, Article, Block, Extracts, Page, Raw, Span
from store.tabletext import Tables

if TYPE_CHECKING:
    from store.desk import Desk

_FILE = {"schema": SCHEMA}


# Of a long article's file most is found in it, or most is the article: what is not asked for is not decoded, and what is, is decoded
# into records at once.


class _Lines(Article, frozen=True, kw_only=True, gc=False):
    """An article as its file has it; see `encode`."""

    text: tuple[str, ...]  # type: ignore[assignment]


class _File(msgspec.Struct):
    file: dict[str, dict[str, Any]] = {}
    article: Mapping[str, object] = {}


class _ArticleFile(_File):
    article: dict[str, _Lines] = {}


class _ExtractsFile(_File):
    article: dict[str, msgspec.Raw] = {}
    extracts: dict[str, Extracts] = {}


class _Bare(Extracts, frozen=True, kw_only=True, gc=False):
    """Extracts without the terms of the sentences, which are most of them."""

    terms: msgspec.Raw = msgspec.Raw()  # type: ignore[assignment]


class _BareFile(_File):
    article: dict[str, msgspec.Raw] = {}
    extracts: dict[str, _Bare] = {}


class _WholeFile(_ArticleFile):
    extracts: dict[str, Extracts] = {}


_article_file = msgspec.json.Decoder(_ArticleFile)
_extracts_file = msgspec.json.Decoder(_ExtractsFile)
_bare_file = msgspec.json.Decoder(_BareFile)
_whole_file = msgspec.json.Decoder(_WholeFile)
F = TypeVar("F", bound=_File)


def encode(article: Page) -> dict[str, Any]:
    """An article (or page) as its file has it: the text by lines, so that a difference between two versions can be read."""
    fields: dict[str, Any] = msgspec.to_builtins(article)
    fields["text"] = article.text.split("\n")
    return fields


def decode(fields: dict[str, Any], path: Path) -> Article:
    """The article of a file's record.

    Raises:
        DamagedError: it is none.
    """
    try:
        text = "\n".join(fields["text"])
        article = msgspec.convert({**fields, "text": text}, Article)
    except (KeyError, TypeError, msgspec.ValidationError) as error:
        raise DamagedError(path, MALFORMED) from error
    return _checked(article, path)


def _joined(lines: _Lines, path: Path) -> Article:
    fields = {name: getattr(lines, name) for name in lines.__struct_fields__}
    return _checked(Article(**{**fields, "text": "\n".join(lines.text)}), path)


def _checked(article: Article, path: Path) -> Article:
    limit = len(article.text)
    parts: tuple[Block | Span, ...] = (*article.blocks, *article.sentences)
    if not all(0 <= part.start <= part.end <= limit for part in parts):
        raise DamagedError(path, OUTSIDE)
    return article


def decode_extracts(fields: dict[str, Any] | None) -> Extracts | None:
    """The extracts of a file's record; `None` when there are none that can be read (they are computed anew then)."""
    if fields is None:
        return None
    try:
        return msgspec.convert(fields, Extracts)
    except msgspec.ValidationError:
        return None


class Shelf:
    """Reads and writes the articles' files."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._layout = desk.layout
        self._text: tuple[object, str] = None, ""
        """The text that was asked for last, with its article and the index's state then."""
        self._begun: object = None
        """The same of which only the beginning was asked for last."""

    def load(self, id: str) -> tuple[Article, Extracts | None]:
        """An article with its extracts.

        Raises:
            NotFoundError: there is none.
            StorageError: its file cannot be read.
        """
        found = self._file(id, _whole_file)
        if found is None:
            return self._decoded(id, self._tables(id))
        return _joined(found.article[id], self._layout.article(id)), found.extracts.get(id)

    def article(self, id: str) -> Article:
        """An article without its extracts. Errors as of `load`."""
        found = self._file(id, _article_file)
        if found is None:
            return self._decoded(id, self._tables(id))[0]
        return _joined(found.article[id], self._layout.article(id))

    def extracts(self, id: str, *, terms: bool = True) -> Extracts | None:
        """An article's extracts, where it has any; without `terms` of the sentences on demand. Errors as of `load`, but that the article is
        not looked at."""
        found = self._file(id, _extracts_file) if terms else self._file(id, _bare_file)
        extracts = self._decoded(id, self._tables(id))[1] if found is None else found.extracts.get(id)
        if terms or extracts is None:
            return extracts
        return Extracts(
            **{name: getattr(extracts, name) for name in Extracts.__struct_fields__ if name != "terms"}
        )

    def _file(self, id: str, decoder: msgspec.json.Decoder[F]) -> F | None:
        """An article's file, decoded; `None` where it has to be looked at more closely: of an older schema, damaged, not there."""
        try:
            found = decoder.decode(read_bytes(self._layout.article(id)) or b"")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        return found if schema_of({"file": found.file}) >= SCHEMA and id in found.article else None

    def _tables(self, id: str) -> Tables:
        with Database(self._layout.article(id), aside=self._layout.aside) as database:
            return database.file.read() or {}

    def _decoded(self, id: str, tables: Tables) -> tuple[Article, Extracts | None]:
        if not tables:
            self._desk.must_be_there()
            raise NotFoundError(f"그런 글이 없습니다: {id}", f"No such article: {id}")
        path = self._layout.article(id)
        record = tables.get("article", {}).get(id)
        if record is None:
            raise DamagedError(path, NO_ARTICLE)
        return decode(record, path), decode_extracts(tables.get("extracts", {}).get(id))

    def text(self, id: str) -> str:
        """An article's text, from the index while it has it."""
        # One of a megabyte takes longer to fetch than to mark.
        now = (id, self._desk.index.state())
        if self._text[0] != now:
            text = self._desk.index.text(id)
            self._text = now, self.article(id).text if text is None else text
        return self._text[1]

    def text_until(self, id: str, end: int) -> str:
        """At least what stands before an offset in an article's text: less work than all of it, if it is not asked for again."""
        now = (id, self._desk.index.state())
        if now in (self._text[0], self._begun):
            return self.text(id)
        self._begun = now
        text = self._desk.index.text(id, end)
        return self.article(id).text if text is None else text

    def parsed(self, id: str) -> Page | None:
        """What parsing gave of an article that the reader has corrected; `None` while it is as parsed."""
        return self._parsed(id, self._tables(id))

    def _parsed(self, id: str, tables: Tables) -> Page | None:
        record = tables.get("parsed", {}).get(id)
        if record is None:
            return None
        try:
            return msgspec.convert({**record, "text": "\n".join(record["text"])}, Page)
        except (KeyError, TypeError, msgspec.ValidationError) as error:
            raise DamagedError(self._layout.article(id), MALFORMED) from error

    def save(self, article: Article, extracts: Extracts | None = None, parsed: Page | None = None) -> None:
        """Write an article; extracts of an earlier text go. `parsed`: what parsing gave, where the reader has corrected it."""
        try:
            tables = self._tables(article.id)
        except DamagedError:
            tables = {}
        self._save(article, extracts, parsed, _earlier(article.id, tables, article.raw.sha256))

    def _save(
        self,
        article: Article,
        extracts: Extracts | None,
        parsed: Page | None,
        earlier: dict[str, dict[str, Any]],
    ) -> None:
        path = self._layout.article(article.id)
        try:
            # Beforehand, so that no mark has to wait for its folder to be made durable.
            make_folder(self._layout.marks(article.id).parent)
        except OSError as error:
            raise storage_error(error, path) from error
        with Database(path, aside=self._layout.aside) as database:
            with database.file.together(anew=True):
                database.keyed("file").put("1", _FILE)
                for sha256, raw in earlier.items():
                    database.keyed("earlier").put(sha256, raw)
                database.keyed("article").put(article.id, encode(article))
                if parsed is not None:
                    database.keyed("parsed").put(article.id, encode(parsed))
                if extracts is not None:
                    database.keyed("extracts").put(article.id, msgspec.to_builtins(extracts))
            stat = database.file.stat
        assert stat is not None
        self._desk.index.put_article(article, extracts, stat)

    def earlier(self, id: str) -> dict[str, dict[str, Any]]:
        """The bytes that an article was and is made of, by their checksums."""
        try:
            return _earlier(id, self._tables(id))
        except DamagedError:
            return {}

    def save_extracts(self, id: str, extracts: Extracts, text: str | None = None) -> bool:
        """Write what was found in an article; not where its text is no longer `text`. Whether it was written."""
        path = self._layout.article(id)
        with Database(path, aside=self._layout.aside) as database:
            with database.file.together():
                record = database.keyed("article").fetch(id)
                if record is None:
                    self._desk.must_be_there()
                    raise NotFoundError(f"그런 글이 없습니다: {id}", f"No such article: {id}")
                article = decode(record, path)
                if text is not None and article.text != text:
                    return False
                database.keyed("extracts").put(id, msgspec.to_builtins(extracts))
            stat = database.file.stat
        assert stat is not None
        self._desk.index.put_article(article, extracts, stat)
        return True

    def save_raw(self, data: bytes, raw: Raw) -> None:
        """Keep the bytes as they came; bytes that are kept already are left alone."""
        path = self._layout.raw(raw.sha256, raw.media_type)
        kept = read_bytes(path)
        if kept is None or hashlib.sha256(kept).hexdigest() != raw.sha256:
            write_bytes(path, data)

    def raw(self, id: str) -> bytes:
        """The bytes of an article as they came.

        Raises:
            NotFoundError: no such article, or its bytes are gone.
            StorageError: they are not the bytes that came.
        """
        raw = self.load(id)[0].raw
        path = self._layout.raw(raw.sha256, raw.media_type)
        data = read_bytes(path)
        if data is None:
            self._desk.must_be_there()
            raise NotFoundError(f"원본 파일이 없습니다: {path}", f"The original file is missing: {path}")
        if hashlib.sha256(data).hexdigest() != raw.sha256:
            raise StorageError(
                f"원본 파일이 손상되었습니다: {path}", f"The original file has been damaged: {path}"
            )
        return data


def _earlier(id: str, tables: Tables, present: str = "") -> dict[str, dict[str, Any]]:
    """The bytes that an article was made of before those with the checksum `present`, by their checksums."""
    earlier = dict(tables.get("earlier", {}))
    raw = tables.get("article", {}).get(id, {}).get("raw")
    if isinstance(raw, dict) and isinstance(raw.get("sha256"), str):
        earlier[raw["sha256"]] = raw
    earlier.pop(present, None)
    return earlier
