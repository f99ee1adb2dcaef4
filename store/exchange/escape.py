"""Text into Markdown so that it reads as it was written, and notes into Markdown so that they stay inside their block.

Two different things:

- `literal` is for other people's words (quotations, titles, names). Every character reads as itself: no emphasis, link, tag,
  formula, comment or HTML comes out of it.
- `guard` is for the reader's own note, which is Markdown: emphasis, links, `[[links]]` and lists keep working, and only what would
  break out of the block is disarmed: rules and underlined headings, headings, quotations, fences, block ids, HTML, comments, formulas,
  link definitions. `unguard` is its inverse, so that a note comes back from a file as it was.
"""

from __future__ import annotations

import re

from store.text import clean

_URL = re.compile(r"https?://[^\s<>\"'`*\[\]\\)]+")
_SPECIAL = re.compile(r"[\\`*_\[\]<>#$=%&~^]|^[-+:|]|^\d{1,9}[.)]")
"""What a line must have for any of the rules below to apply."""
_ALWAYS = re.compile(r"[\\`*_\[\]<>#$]")
_PAIRS = re.compile(r"==|%%")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BLOCK_ID = re.compile(r"(?<!\S)\^(?=[\w-]+[ \t]*$)")
# List marks, rules, underlines of headings, the second line of a table.
_LINE_START = re.compile(r"^(?:[-+](?=\s|$)|=+$|-{2,}|(?=[|:])(?=[|: -]+$))")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def literal(text: str, *, cell: bool = False) -> str:
    """`text` as Markdown that reads exactly as written, line by line.

    Args:
        text: any text; control and zero-width characters are dropped, leading and trailing blanks of lines too.
        cell: for a table's cell: on one line, and `|` is escaped.
    """
    text = clean(text)
    if cell:
        return _line(" ".join(text.split())).replace("|", "\\|")
    return "\n".join(_line(" ".join(line.split())) for line in text.split("\n"))


def _line(line: str) -> str:
    if not _SPECIAL.search(line):
        return line
    # One tilde alone is a range (1~3); two can strike out what is between them.
    tildes = line.count("~") > 1
    pieces: list[str] = []
    at = 0
    for url in _URL.finditer(line) if "://" in line else ():
        pieces += [
            _escape(line[at : url.start()], tildes),
            _PAIRS.sub(_backslash, url[0].replace("$", "\\$")),
        ]
        at = url.end()
    pieces.append(_escape(line[at:], tildes))
    out = "".join(pieces)
    if "^" in out:
        out = _BLOCK_ID.sub(r"\\^", out)
    out = _NUMBERED.sub(r"\1\\\2", out)
    return _LINE_START.sub(_backslash, out)


def _backslash(match: re.Match[str]) -> str:
    return "\\" + "\\".join(match[0]) if match.re is _PAIRS else "\\" + match[0]


def _escape(text: str, tildes: bool) -> str:
    text = _ALWAYS.sub(r"\\\g<0>", text)
    if "=" in text or "%" in text:
        text = _PAIRS.sub(_backslash, text)
    if "&" in text:
        text = _ENTITY.sub(r"\\&", text)
    return text.replace("~", "\\~") if tildes else text


# ── notes ────────────────────────────────────────────────────────────────────────────────────────

# A character is disarmed where it could break out, and wherever backslashes stand before it already: n of them become 2n + 1,
# which reads as n of them and the character, and can be undone without knowing why it was done.
_RULE = r"[-_*=](?:[ \t]*[-_*=])*[ \t]*$"
_AT_START = re.compile(
    rf"^(?P<indent> {{0,3}})(?P<slashes>\\*)(?=(?P<danger>{_RULE}|#{{1,6}}(?:[ \t]|$)|>|```|~~~|\[[^\]]*\]:)|[-_*=#>`~\[])"
)
_INSIDE = re.compile(
    r"(?P<slashes>\\*)(?P<danger>(?=<[A-Za-z/!?]|\$|%%|(?<=%)%|(?<!\S)\^[\w-]+[ \t]*$|(?<=:):(?:\s|$)))?(?P<char>[<$%^:])"
)
_GUARDED_AT_START = re.compile(r"^(?P<indent> {0,3})(?P<slashes>\\+)(?=[-_*=#>`~\[])")
_GUARDED_INSIDE = re.compile(r"(?P<slashes>\\+)(?=[<$%^:])")


def guard(note: str) -> str:
    """A note (Markdown) that stays inside its block. Blanks at line ends and blank lines around it are dropped."""
    return "\n".join(
        _INSIDE.sub(_arm_inside, _AT_START.sub(_arm, line)) for line in tidy_note(note).split("\n")
    )


def unguard(text: str) -> str:
    """The note as its writer wrote it: `unguard(guard(note)) == tidy_note(note)`."""
    return "\n".join(
        _GUARDED_AT_START.sub(_disarm, _GUARDED_INSIDE.sub(_disarm, line))
        for line in tidy_note(text).split("\n")
    )


def tidy_note(note: str) -> str:
    """A note without control characters, blanks at line ends and blank lines around it."""
    return "\n".join(line.rstrip() for line in clean(note).split("\n")).strip("\n")


def _arm(match: re.Match[str]) -> str:
    count = len(match["slashes"])
    return match[0] if not count and match["danger"] is None else match["indent"] + "\\" * (2 * count + 1)


def _arm_inside(match: re.Match[str]) -> str:
    count = len(match["slashes"])
    return match[0] if not count and match["danger"] is None else "\\" * (2 * count + 1) + match["char"]


def _disarm(match: re.Match[str]) -> str:
    count = len(match["slashes"])
    if count % 2 == 0:
        return match[0]
    return (match["indent"] if "indent" in match.re.groupindex else "") + "\\" * ((count - 1) // 2)
