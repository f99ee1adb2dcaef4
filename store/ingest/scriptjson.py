"""Pages that keep their article only in the data of their scripts (Next.js, Nuxt and the like)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from store.ingest.dates import find_date
from store.ingest.htmlmeta import day_of
from store.ingest.people import names_in
from store.ingest.scriptvalues import assigned_values, referred, rendered
from store.text import clean_line

_SCRIPT = re.compile(r"<script\b([^>]{0,600})>(.*?)</script\s*>", re.I | re.S)
_FLIGHT = re.compile(
    r"^\s*(?:[\w.$]{3,40}\s*=\s*[\w.$]{3,40}\s*\|\|\s*\[\]\s*;)?\s*\(?[\w.$]{3,40}(?:\s*=\s*[\w.$]{3,40}\s*\|\|\s*\[\]\))?\.push\(\s*(\[.*\])\s*\)\s*;?\s*$",
    re.S,
)
_ROW = re.compile(r"(?:^|\n)([0-9a-f]{1,6}):(T([0-9a-f]{1,8}),)?")
_TAGGED = re.compile(r"<(?:p|div|br|h[1-6]|span|figure|strong)\b", re.I)
_HANGUL = re.compile(r"[가-힣]")
_TAG = re.compile(r"<[^>]{0,2000}>")
_BODY_KEY = re.compile(r"content|body|article|text|html|story|desc|paragraph", re.I)
_TITLE_KEYS = ("title", "headline", "subject", "articleTitle", "newsTitle", "arttitle", "headlines")
_SUBTITLE_KEYS = ("subTitle", "subtitle", "sub_title", "subheadline", "deck", "subheadlines")
_DATE_KEYS = re.compile(
    r"^(?:datePublished|publish(?:ed)?(?:At|Date|_at|_date|Time|_time)?|pub(?:Date|_date)|reg(?:ist)?(?:Date|Dt|_date|_dt|DateTime)|created?(?:At|Date|_at|_date)?|deployDt|first_publish_date|display_date|inputDate|serviceDate|writeDate)$",
    re.I,
)
_AUTHOR_KEYS = re.compile(r"writer|author|byline|reporter|journalist|^credits$", re.I)
_MOST = 8_000_000
_NODES = 200_000


@dataclass(slots=True)
class Scripted:
    """An article found in a script. `line` is the line of the page's source on which the script begins, from 0."""

    text: str
    is_html: bool
    line: int
    title: str = ""
    size: int = 0
    """Code points of its text without markup."""
    subtitle: list[str] = field(default_factory=list)
    published: str | None = None
    authors: list[str] = field(default_factory=list)


def find(page: str) -> Scripted | None:
    """The longest Korean text among the data of the page's scripts, with what stands beside it; `None` when there is none."""
    if len(page) > _MOST or not re.search(
        r"__next_f|\.push\(\s*\[|application/(?:ld\+)?json|__[A-Z_]{4,}__|articleBody|initialState|preloaded|globalContent|JSON\.parse\(",
        page,
        re.I,
    ):
        return None
    best: Scripted | None = None
    best_size = 60.0
    for line, value, texts in _values(page):
        for holder, key, text in _strings(value, texts):
            bare = _TAG.sub(" ", text) if "<" in text else text
            hangul = len(_HANGUL.findall(bare))
            size = hangul * (1.3 if _BODY_KEY.search(key) else 0.8)
            if size <= best_size or hangul * 4 < len(bare):
                continue
            best_size = size
            best = _scripted(holder, text, line)
            best.size = len(bare)
    return best


def _values(page: str) -> Iterator[tuple[int, Any, dict[str, str]]]:
    """The JSON values of the page's scripts, with the texts that they refer to."""
    flight: list[str] = []
    flight_line = 0
    for match in _SCRIPT.finditer(page):
        attributes, source = match.group(1).lower(), match.group(2)
        line = page.count("\n", 0, match.start())
        if "json" in attributes:
            value = _load(source)
            if value is not None:
                yield line, referred(value) if "nuxt" in attributes else value, {}
            continue
        pushed = _FLIGHT.match(source)
        if pushed:
            value = _load(pushed.group(1))
            if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
                flight.append(value[1])
                flight_line = line
            continue
        for value in assigned_values(source):
            yield line, value, {}
    if flight:
        rows, texts = _rows("".join(flight))
        for value in rows:
            yield flight_line, value, texts


def _rows(stream: str) -> tuple[list[Any], dict[str, str]]:
    """The rows of React's stream: `id:json` lines, and `id:Tlength,text` whose length counts bytes."""
    rows: list[Any] = []
    texts: dict[str, str] = {}
    position = 0
    while position < len(stream):
        match = _ROW.search(stream, position)
        if not match:
            break
        start = match.end()
        if match.group(2):
            length = int(match.group(3), 16)
            # At most as many characters as bytes.
            text = stream[start : start + length].encode("utf-8")[:length].decode("utf-8", "ignore")
            texts[match.group(1)] = text
            position = start + len(text)
            # The next row follows without a line end.
            following = re.match(r"([0-9a-f]{1,6}):", stream[position : position + 8])
            if following:
                stream = stream[:position] + "\n" + stream[position:]
            continue
        end = stream.find("\n", start)
        end = len(stream) if end < 0 else end
        value = _load(stream[start:end])
        if value is not None:
            rows.append(value)
        position = end
    return rows, texts


def _load(source: str) -> Any:
    source = source.strip().removeprefix("<!--").removesuffix("-->").strip()
    if source[:1] not in ("{", "["):
        return None
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None


def _strings(value: Any, texts: dict[str, str]) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Every long string, with the object that holds it and its key there."""
    stack: list[tuple[dict[str, Any], str, Any]] = [({}, "", value)]
    seen = 0
    while stack and seen < _NODES:
        holder, key, one = stack.pop()
        seen += 1
        if isinstance(one, dict):
            stack += [(one, str(name), item) for name, item in one.items()]
        elif isinstance(one, list):
            whole = rendered(one, texts)
            if whole:
                yield holder, key if _BODY_KEY.search(key) else "content", whole
            parts = [item for item in one if isinstance(item, str) and len(item) > 20]
            if len(parts) >= 3 and len(parts) * 2 > len(one):
                yield holder, key, "\n".join(parts)
            stack += [(holder, key, item) for item in one]
        elif isinstance(one, str):
            text = texts.get(one[1:], one) if one.startswith("$") else one
            if len(text) > 100:
                yield holder, key, text


def _scripted(holder: dict[str, Any], text: str, line: int) -> Scripted:
    if "&lt;" in text and "<" not in text:
        text = html.unescape(text)
    is_html = _TAGGED.search(text) is not None
    found = Scripted(text=text, is_html=is_html, line=line)
    found.title = _plain(_first(holder, _TITLE_KEYS))
    subtitle = _first(holder, _SUBTITLE_KEYS)
    found.subtitle = [part for part in map(_plain, re.split(r"<br\s*/?>|\n|\\n", subtitle)) if part]
    for name, value in holder.items():
        if isinstance(value, str | int) and _DATE_KEYS.match(name) and not found.published:
            found.published = day_of(str(value)) or find_date(str(value))
        if _AUTHOR_KEYS.search(name) and not found.authors:
            found.authors = _people(value)
    return found


def _first(holder: dict[str, Any], names: Sequence[str]) -> str:
    """The first of these fields that says something; some sites keep it one level down."""
    for name in names:
        value = holder.get(name)
        if isinstance(value, dict):
            value = value.get("basic") or value.get("main") or value.get("text")
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _people(value: Any) -> list[str]:
    if isinstance(value, str):
        return names_in(value) or ([value.strip()] if re.fullmatch(r"[가-힣]{2,4}", value.strip()) else [])
    if isinstance(value, list):
        return list(dict.fromkeys(name for one in value[:10] for name in _people(one)))
    if isinstance(value, dict):
        for name, one in value.items():
            if isinstance(one, list) and name == "by":
                return _people(one)
            if isinstance(one, str) and re.search(r"name", name, re.I):
                people = _people(one)
                if people:
                    return people
    return []


def _plain(text: str) -> str:
    return clean_line(html.unescape(_TAG.sub("", text)))
