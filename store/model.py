"""The records: frozen, typed, without I/O.

Offsets everywhere are code points into the article's text (NFC), and ranges are half open, `[start, end)`.
Times are UTC in ISO 8601 with a trailing `Z` and milliseconds. What a page does not say is `None`, never a guess.
Unknown fields are ignored on reading, so that an older program can open a newer file. Nothing in a record can refer back to it, so Python's
search for cycles leaves them out (`gc=False`): there are tens of thousands.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from msgspec import Struct

SCHEMA = 1
"""Number of the files' format; a migration goes with every change of it."""


class BlockType(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    REFERENCE = "reference"
    TABLE = "table"


class Block(Struct, frozen=True, kw_only=True, gc=False):
    """A block of the article's text. `level` counts from 1 for headings (1 is the highest) and list items
    (nesting), and is 0 for all others. List and quotation marks are not part of the text, but the numbers are of a list that a
    web page or Markdown counts; a table's rows are lines, its cells separated by ` | `."""

    type: BlockType
    start: int
    end: int
    level: int = 0


class Span(Struct, frozen=True, kw_only=True, gc=False):
    """A range of the article's text; a sentence, for one."""

    start: int
    end: int


class Removed(Struct, frozen=True, kw_only=True, gc=False):
    """A line (or a part of one) of the page that is not part of the article, and why.

    `reason` is an id from `store.ingest.reasons`; `at` is the offset in the article's text before which it stood;
    `line` is its number in the decoded page, from 0.
    """

    text: str
    reason: str
    at: int
    line: int


class Link(Struct, frozen=True, kw_only=True, gc=False):
    """A link in the article's text; `url` is an address of the web (http or https)."""

    start: int
    end: int
    url: str


class Raw(Struct, frozen=True, kw_only=True, gc=False):
    """The page as it came. `encoding` is Python's name of the codec; `media_type` as in IANA's registry."""

    sha256: str
    encoding: str
    media_type: str
    name: str = ""
    size: int = 0


class Page(Struct, frozen=True, kw_only=True, gc=False):
    """What parsing makes of a page: everything about an article that is in the bytes.

    `text` is the blocks' texts joined by one blank line ("\\n\\n"), NFC, without control, bidi-override or
    zero-width characters. `published` is `YYYY-MM-DD`, or `YYYY-MM` where the page says no more.
    `summary` is a box above the article (핵심요약), a line or paragraph each; it is not part of `text`, nor are `title` and
    `subtitle` (whose lines are joined by "\\n"). `truncated`: the page has the beginning of the article alone (a paywall).
    `original_source`: in a repost, the paper that is quoted.
    """

    title: str
    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Span, ...]
    removed: tuple[Removed, ...] = ()
    subtitle: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    original_source: str | None = None
    truncated: bool = False
    summary: tuple[str, ...] = ()
    language: str = "ko"
    links: tuple[Link, ...] = ()
    """In the order of the text."""


FIRST_PART = ("앞부분만", "first part only")
"""What `truncated` is called wherever a reader meets it, in Korean and in English."""


class Article(Page, frozen=True, kw_only=True, gc=False):
    """A page in the library. `id` is lower-case hexadecimal; `added` and `updated` are times."""

    id: str
    added: str
    updated: str
    raw: Raw
    parser: int = 0
    """Version of the parser that made it (`store.ingest.VERSION`)."""

    def slice(self, start: int, end: int) -> str:
        """The text of `[start, end)`."""
        return self.text[start:end]


# ── extracts ─────────────────────────────────────────────────────────────────────────────────────


class KeySentence(Struct, frozen=True, kw_only=True, gc=False):
    start: int
    end: int
    text: str
    score: float


class Keyword(Struct, frozen=True, kw_only=True, gc=False):
    text: str
    score: float
    count: int


NameKind = Literal["person", "organisation", "place", "product"]


class Name(Struct, frozen=True, kw_only=True, gc=False):
    text: str
    kind: NameKind
    count: int
    spans: tuple[Span, ...] = ()


FigureKind = Literal[
    "money", "percent", "ratio", "count", "length", "dimension", "number", "date", "period", "rank"
]


class Figure(Struct, frozen=True, kw_only=True, gc=False):
    """A figure as written, and what it says.

    `value` is a number, `(low, high)` for a range, or an ISO string for a date (`2025-02`, `2025-02-01`) and `None` where it
    cannot be known; money in whole units of its currency, percentages as written (17% is 17), ratios as fractions.
    `unit` is an ISO 4217 code for money, `%` for percentages, else the unit as written (`명`, `nm`), or `None`.
    `qualifier`: 약, 이상, 안팎 …; `measures`: what it measures, in the article's words; `speaker`: who says so, where the
    sentence tells. `sentence` is the index into the article's sentences.
    """

    surface: str
    value: float | tuple[float, float] | str | None
    unit: str | None
    kind: FigureKind
    start: int
    end: int
    sentence: int
    qualifier: str | None = None
    measures: str | None = None
    speaker: str | None = None


class Extracts(Struct, frozen=True, kw_only=True, gc=False):
    """What was found in an article, with the version of the extractor that found it.

    `terms` has for each sentence its content terms (lemma-like, lower case), so that similarity, related passages and tag
    suggestions need no Kiwi while reading.
    """

    version: int
    key_sentences: tuple[KeySentence, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    figures: tuple[Figure, ...] = ()
    names: tuple[Name, ...] = ()
    terms: tuple[tuple[str, ...], ...] = ()


# ── the reader's own work ────────────────────────────────────────────────────────────────────────


class Status(StrEnum):
    """Where an annotation stands after its article changed."""

    ANCHORED = "anchored"
    MOVED = "moved"
    UNCERTAIN = "uncertain"
    LOST = "lost"


class Placed(Struct, frozen=True, kw_only=True, gc=False):
    """A marked passage by its place: what a screen needs of thousands of them, whose words stand in the article.

    `tags` keep the order in which they were given. A mark without tags and note is an underline.
    """

    id: str
    article: str
    start: int
    end: int
    tags: tuple[str, ...] = ()
    note: str = ""
    status: Status = Status.ANCHORED
    created: str = ""
    updated: str = ""


class Annotation(Placed, frozen=True, kw_only=True, gc=False):
    """A marked passage with its selectors (W3C Web Annotation: TextPositionSelector and TextQuoteSelector).

    `prefix` and `suffix` are up to 32 code points.
    """

    exact: str
    prefix: str
    suffix: str


class Tag(Struct, frozen=True, kw_only=True, gc=False):
    """A tag. `name` is a path with `/` (`비용/개발`), `hotkey` one of "1" to "9", `colour` a name from `COLOURS`; `count` is how many marks
    and articles have it."""

    name: str
    colour: str = ""
    hotkey: str = ""
    count: int = 0


COLOURS = ("yellow", "green", "blue", "pink", "purple", "orange", "teal", "red", "grey")


# ── what lists show ──────────────────────────────────────────────────────────────────────────────


class Listed(Struct, frozen=True, kw_only=True, gc=False):
    """A line of the shelf: what a screen needs of thousands of articles."""

    id: str
    title: str
    publisher: str | None
    authors: tuple[str, ...]
    published: str | None
    annotations: int
    truncated: bool
    unread: bool = True
    progress: float = 0.0
    """How far it has been read, 0 to 1."""


class Summary(Listed, frozen=True, kw_only=True, gc=False):
    """What lists say of an article."""

    url: str | None
    added: str


class Hit(Struct, frozen=True, kw_only=True, gc=False):
    """A passage found by a search."""

    article: str
    title: str
    start: int
    end: int
    text: str
    score: float


AddStatus = Literal["added", "updated", "duplicate", "failed"]


class Added(Struct, frozen=True, kw_only=True, gc=False):
    """What became of one thing taken in. `path` is what was asked for: a path, an address or `-`."""

    path: str
    status: AddStatus
    id: str | None = None
    title: str | None = None
    error: str | None = None
    """One line in Korean; `error_en` has it in English."""
    error_en: str | None = None
    exported: bool = False
    """It is a file that this program exported: the marks in it are read by `import`, not here."""
