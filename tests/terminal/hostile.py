"""Texts that mean harm, and a library that is full of them: its files were written by somebody else's program."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from msgspec.structs import replace

from store.korean import EXTRACTOR
from store.model import Block, BlockType, Extracts, Figure, KeySentence, Keyword, Name, Raw, Removed, Span
from store.text import clean
from tests.exchange.makers import make_article, make_library

MARKER = "7007"
"""In every control sequence of ours, so that one that gets through is known from those that the program sends."""

MARKUP = f"[red]x[/red][/][link={MARKER}]l[/link][@click=app.bell]c[/]"

FAMILIES: dict[str, str] = {
    "controls": "".join(map(chr, [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)])),
    "csi": f"\x1b[{MARKER}m\x9b{MARKER}m\x1b[{MARKER};{MARKER}H\x1b[?{MARKER}h\x1b[2J\x1bc",
    "osc": "".join(
        f"{start}{body}{end}"
        for start, ends in (("\x1b]", ("\x07", "\x1b\\")), ("\x9d", ("\x07", "\x9c")))
        for body in (f"0;{MARKER}", f"8;;http://{MARKER}", f"52;c;{MARKER}")
        for end in ends
    ),
    "strings": "".join(
        f"{start}{MARKER}{end}"
        for start, end in [*((f"\x1b{c}", "\x1b\\") for c in "P_^X"), *((c, "\x9c") for c in "\x90\x9f\x9e\x98")]
    ),
    "unseen": "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\xad\u180e\u3164\u115f\u034f\u2028\u2029\ufff9\U000e0041",
    "markup": MARKUP,
    "html": f"<script>alert({MARKER})</script><img src=x onerror=alert({MARKER})>",
    "markdown": f"](http://{MARKER}) `{MARKER}` **b** [[{MARKER}]] %%{MARKER}%% $x$ | <!-- {MARKER}",
    "formula": f"=HYPERLINK({MARKER})",
    "path": f"../../../../tmp/{MARKER}/..\\..\\con:{MARKER}\x00@@" + "아" * 300,
}  # fmt: skip
"""What stands in every field of an article of its own."""


def hostile(family: str, where: str) -> str:
    """A value for a field. The word that tells where it stood is after what is dangerous."""
    text = FAMILIES[family]
    return text.replace("@@", where) if "@@" in text else f"{text}{where}"


def make_hostile(folder: Path) -> list[str]:
    """A library with an article for each family, all of its fields hostile, and hostile marks. Nothing was cleaned on the way in.

    Returns:
        The ids of the articles, in the order of `FAMILIES`.
    """
    library = make_library(folder)
    ids = []
    for number, family in enumerate(FAMILIES):
        id = f"{number:02x}" * 6
        ids.append(id)
        parts = [
            (BlockType.HEADING, hostile(family, "소제목")),
            (BlockType.PARAGRAPH, hostile(family, "본문")),
            (BlockType.LIST_ITEM, hostile(family, "항목")),
            (BlockType.PARAGRAPH, f"{family} 번째 글의 마지막 문장이다."),
        ]
        blocks, at = [], 0
        for kind, text in parts:
            blocks.append(
                Block(type=kind, start=at, end=at + len(text), level=int(kind != BlockType.PARAGRAPH))
            )
            at += len(text) + 2
        article = make_article(
            id=id,
            title=hostile(family, "제목"),
            text="\n\n".join(text for _, text in parts),
            blocks=tuple(blocks),
            sentences=tuple(Span(start=block.start, end=block.end) for block in blocks),
            subtitle=hostile(family, "부제"),
            publisher=hostile(family, "매체"),
            authors=(hostile(family, "글쓴이"),),
            original_source=hostile(family, "원출처"),
            url=f"https://example.org/{hostile(family, 'url')}",
            summary=(hostile(family, "요약"),),
            removed=(Removed(text=hostile(family, "빠진줄"), reason="menu", at=0, line=1),),
            added=f"2025-03-{28 - number:02}T00:00:00.000Z",
        )
        body = blocks[1]
        found = Extracts(
            version=EXTRACTOR,
            key_sentences=(
                KeySentence(
                    start=body.start, end=body.end, text=article.slice(body.start, body.end), score=1.0
                ),
            ),
            keywords=(Keyword(text=hostile(family, "핵심어"), score=1.0, count=1),),
            figures=(
                Figure(
                    surface=hostile(family, "수치"),
                    value=1.0,
                    unit=hostile(family, "단위"),
                    kind="count",
                    start=body.start,
                    end=body.end,
                    sentence=1,
                    measures=hostile(family, "잰것"),
                    speaker=hostile(family, "말한이"),
                ),
            ),
            names=(Name(text=hostile(family, "이름"), kind="person", count=1),),
            terms=tuple(("글", "문장", "본문") for _ in blocks),
        )
        data = article.text.encode()
        raw = Raw(
            sha256=hashlib.sha256(data).hexdigest(),
            encoding="utf-8",
            media_type="text/plain",
            name=hostile(family, "파일"),
        )
        article = replace(article, raw=raw)
        library._shelf.save_raw(data, article.raw)
        library._shelf.save(article, found)
        library.annotate(id, body.start, body.end, tags=[f"TAG-{number}"], note=f"NOTE-{number}")
        library.set_article_note(id, f"WHOLE-{number}")
        library.set_tag(f"TAG-{number}", colour="red")
    library.close()
    names = {f'"{kind}-{n}"': hostile(family, word)
             for n, family in enumerate(FAMILIES)
             for kind, word in (("TAG", "태그"), ("NOTE", "메모"), ("WHOLE", "글메모"))}  # fmt: skip
    for path in [*folder.glob("annotations/*/*.json"), folder / "tags.json"]:
        text = path.read_text(encoding="utf-8")
        for name, value in names.items():
            text = text.replace(name, json.dumps(value))
        new = path.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    return ids


def as_read(text: str) -> str:
    """A hostile text as it may be shown: what cannot be seen is gone, all else stands there."""
    return " ".join(clean(text).split())
