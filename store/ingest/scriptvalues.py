"""The values in a page's scripts: what is assigned, parsed or handed to a function there; lists of pieces as one text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_ASSIGNED = re.compile(
    r"(?<![\w$])([\w.$\[\]\"']{3,60})\s*=\s*(?=[\[{])|JSON\.parse\(\s*(?=[\"'])|\}\s*\((?=\s*(?:[\"\[{]|null|true|false|void 0|-?\d))"
)
_SINGLE = re.compile(r"'((?:[^'\\]|\\.){2,})'", re.S)
_TRIES = 200
_LEAST = 200
"""Code points; shorter scripts hold no article."""
_KIND_KEYS = ("type", "_type", "kind", "component", "blockType", "tag", "name", "t")
_TEXT_KEYS = ("content", "text", "value", "html", "body", "paragraph", "contents", "data", "v")
_HEADING = re.compile(
    r"^(?:head|header|heading|title|sub-?_?head(?:er|ing|line)?|sub-?_?title|h[1-6])$", re.I
)
_PIECE = re.compile(r"text|para|^p$|quote|list|head|html|sub|block|content|raw|body|^title$|^h[1-6]$", re.I)
_BLOCK = re.compile(r"^\s*<(?:p|h[1-6]|ul|ol|div|blockquote|table|figure)\b", re.I)
_TAGS = frozenset(
    ("p", "h2", "h3", "h4", "h5", "li", "blockquote", "ul", "ol", "figure", "figcaption", "div")
)
_DEPTH = 12
_MOST_REFERRED = 200_000


def assigned_values(source: str) -> Iterator[Any]:
    """The JSON values in a script: behind an equals sign, as a string for `JSON.parse`, or handed to a function called at once."""
    if len(source) < _LEAST or ("\\u" not in source and re.search(r"[가-힣]", source) is None):
        return
    position = tries = 0
    while tries < _TRIES:
        match = _ASSIGNED.search(source, position)
        if match is None:
            return
        tries += 1
        position = match.end()
        text = match.group(0)
        if text.startswith("JSON.parse"):
            value, end = _parsed(source, match.end())
        elif text.startswith("}"):
            value, end = _handed(source, match.end())
        else:
            value, end = _value(source, match.end())
        if end > position:
            position = end
            if end - match.end() >= _LEAST:
                yield value


def _value(source: str, start: int) -> tuple[Any, int]:
    try:
        return json.JSONDecoder(strict=False).raw_decode(source, start)
    except (ValueError, RecursionError):
        return None, start


def _parsed(source: str, start: int) -> tuple[Any, int]:
    """What is in the string that `JSON.parse` is given."""
    if source[start] == "'":
        match = _SINGLE.match(source, start)
        if match is None:
            return None, start
        text, end = match.group(1).replace("\\'", "'").replace("\\\\", "\\"), match.end()
    else:
        text, end = _value(source, start)
    try:
        return json.loads(text, strict=False), end
    except (ValueError, TypeError, RecursionError):
        return None, start


def _handed(source: str, start: int) -> tuple[Any, int]:
    """The arguments, by their number, each on its own."""
    found: dict[str, Any] = {}
    position = start
    while len(found) < 5000:
        if source.startswith("void 0", position):
            position += 6
        else:
            value, end = _value(source, position)
            if end == position:
                return None, start
            found[str(len(found))], position = value, end
        while source[position : position + 1].isspace():
            position += 1
        if source[position : position + 1] != ",":
            break
        position += 1
    return (found, position) if found and source[position : position + 1] == ")" else (None, start)


def rendered(items: list[Any], texts: dict[str, str]) -> str:
    """A list of pieces of an article (objects with a kind and a text, or a tree of elements) as one source in HTML, or empty."""
    if len(items) < 3:
        return ""
    pieces = [piece for piece in (_piece(item, texts, 0) for item in items[:3000]) if piece]
    return "\n".join(pieces) if len(pieces) >= 3 and sum(map(len, pieces)) > _LEAST else ""


def _piece(item: Any, texts: dict[str, str], depth: int) -> str:
    if isinstance(item, dict):
        return _object(item)
    if not isinstance(item, list) or len(item) < 4 or item[0] != "$" or item[1] not in _TAGS:
        return ""
    inner = _inner(item[3], texts, depth)
    return f"<{item[1]}>{inner}</{item[1]}>" if inner else ""


def _inner(props: Any, texts: dict[str, str], depth: int) -> str:
    """What an element holds: markup given as such, or its children."""
    if depth > _DEPTH or not isinstance(props, dict):
        return ""
    markup = props.get("dangerouslySetInnerHTML")
    if isinstance(markup, dict) and isinstance(markup.get("__html"), str):
        source = markup["__html"]
        return str(texts.get(source[1:], source) if source.startswith("$") else source)
    children = props.get("children")
    found = []
    for child in children if isinstance(children, list) and children[:1] != ["$"] else [children]:
        if isinstance(child, str):
            found.append(
                html.escape(texts.get(child[1:], child) if child.startswith("$") else child, quote=False)
            )
        elif isinstance(child, list) and len(child) >= 4 and child[0] == "$":
            found.append(_piece(child, texts, depth + 1) or _inner(child[3], texts, depth + 1))
    return "".join(found)


def _object(item: dict[str, Any]) -> str:
    kind = next((item[name] for name in _KIND_KEYS if isinstance(item.get(name), str)), "")
    if not _PIECE.search(kind):
        return ""
    text = next((item[name] for name in _TEXT_KEYS if isinstance(item.get(name), str | dict)), "")
    if isinstance(text, dict):
        text = next((text[name] for name in _TEXT_KEYS if isinstance(text.get(name), str)), "")
    if not isinstance(text, str) or not text.strip():
        return ""
    if _BLOCK.match(text):
        return text
    if "<" not in text:
        text = html.escape(html.unescape(text), quote=False)
    return f"<h3>{text}</h3>" if _HEADING.match(kind) else f"<p>{text}</p>"


def referred(value: Any) -> Any:
    """A flat list of values that refer to one another by their places in it (Nuxt's payload), as objects that hold their values, each
    with what it holds to two levels."""
    if not isinstance(value, list) or len(value) < 3:
        return value
    left = _MOST_REFERRED

    def at(index: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0 or isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < len(value):
            return None
        one = value[index]
        if isinstance(one, dict):
            return {name: at(item, depth - 1) for name, item in one.items()} if depth else None
        if isinstance(one, list):
            if len(one) == 2 and isinstance(one[0], str):
                return at(one[1], depth)  # ["Reactive", 3]
            return [at(item, depth - 1) for item in one] if depth else None
        return one

    return [at(index, 2) for index, one in enumerate(value) if isinstance(one, dict) and left > 0]
