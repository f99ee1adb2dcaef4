"""How much of the right text comes out: dumps by converter and saved pages, beside libraries and simple line rules.

Tokens are runs of letters and digits; F1 of the multiset of 4-token shingles against the gold body.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

from store.errors import IngestError
from store.ingest import parse
from store.ingest.titles import bare
from tests.places import EVAL

_TOKEN = re.compile(r"[0-9A-Za-z가-힣一-鿿]+")
CONVERTERS = {"inscriptis": ".inscriptis.txt", "textnodes": ".textnodes.txt", "html2text": ".html2text.md"}
SHORTEST = 500
"""Bytes under which a dump is not counted: its page kept the text where converters do not see it."""


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[i : i + size]) for i in range(max(0, len(tokens) - size + 1)))


def f1(text: str, gold: str) -> float:
    got, want = shingles(text), shingles(gold)
    common = sum((got & want).values())
    if not common:
        return 0.0
    precision, recall = common / sum(got.values()), common / sum(want.values())
    return 2 * precision * recall / (precision + recall)


def ours(data: bytes, name: str) -> str:
    try:
        return parse(data, name=name)[0][0].text
    except IngestError:
        return ""


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _every_line(data: bytes, name: str) -> str:
    return _text(data)


def _long_lines(data: bytes, name: str) -> str:
    return "\n".join(line for line in _text(data).split("\n") if len(line.strip()) >= 40)


def _sentences(data: bytes, name: str) -> str:
    lines = (line.strip() for line in _text(data).split("\n"))
    return "\n".join(line for line in lines if len(line) >= 20 and re.search(r"[.!?][\"'”’)]*$", line))


def _trafilatura(data: bytes, name: str) -> str:
    import trafilatura

    return trafilatura.extract(data) or ""


def _readability(data: bytes, name: str) -> str:
    import lxml.html
    from readability import Document

    html = Document(data.decode("utf-8", "replace")).summary()
    return str(lxml.html.fromstring(html).text_content())


System = Callable[[bytes, str], str]
DUMP_SYSTEMS: dict[str, System] = {
    "밑줄": ours,
    "every line": _every_line,
    "lines of 40+": _long_lines,
    "20+ ending in . ! ?": _sentences,
}
PAGE_SYSTEMS: dict[str, System] = {"밑줄": ours, "trafilatura": _trafilatura, "readability": _readability}


def gold() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((EVAL / "pages" / "gold.json").read_text("utf-8"))
    return found


def score_dumps(system: System, converter: str) -> dict[str, float]:
    """F1 by document of one converter's dumps."""
    found = {}
    for name, item in gold().items():
        path = EVAL / "dumps" / (name + CONVERTERS[converter])
        if path.stat().st_size >= SHORTEST:
            found[name] = f1(system(path.read_bytes(), path.name), item["body"])
    return found


def score_pages(system: System) -> dict[str, float]:
    """F1 by document of the saved pages."""
    return {
        name: f1(system(path.read_bytes(), path.name), item["body"])
        for name, item in gold().items()
        for path in [EVAL / "pages" / f"{name}.html"]
    }


def metadata() -> dict[str, tuple[bool, bool, bool]]:
    """By page: are title, date and author as in the gold?"""
    found = {}
    for name, item in gold().items():
        path = EVAL / "pages" / f"{name}.html"
        page, _ = parse(path.read_bytes(), name=path.name)[0]
        found[name] = (
            bare(page.title) == bare(item["title"]),
            page.published == item["date"].rstrip("?"),
            list(page.authors) == [item["author"]],
        )
    return found


def _row(label: str, scores: dict[str, float]) -> str:
    values = list(scores.values())
    return f"{label:<24}{statistics.mean(values):>8.3f}{min(values):>8.3f}{len(values):>4}"


def main() -> None:
    if not EVAL.is_dir():
        sys.exit(f"No evaluation data at {EVAL}; set MITJUL_EVAL.")
    print(f"{'F1':<24}{'mean':>8}{'worst':>8}{'n':>4}")
    for converter in CONVERTERS:
        print(f"dumps by {converter}")
        for label, system in DUMP_SYSTEMS.items():
            print("  " + _row(label, score_dumps(system, converter)))
    print("pages")
    for label, system in PAGE_SYSTEMS.items():
        print("  " + _row(label, score_pages(system)))
    print("metadata of pages: title, date, author right")
    for name, right in metadata().items():
        print(f"  {name:<34}" + " ".join("yes" if one else "NO" for one in right))


if __name__ == "__main__":
    main()
