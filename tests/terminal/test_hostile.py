"""Untrusted text stays text: nothing in an article, a mark, a tag, a file's name or a mistake is obeyed by the terminal or by what reads
the exports."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from store.errors import IngestError
from store.ingest import parse
from store.model import Tag
from store.text import clean
from tests.terminal.hostile import FAMILIES, MARKER, MARKUP, as_read, hostile, make_hostile
from tests.terminal.program import PROGRAM, environment
from tests.terminal.raw import Pty, printed
from tui.tagtree import tree

COMMANDS = """
import json, sys
from tui.cli import prepare, run
prepare()
for number, arguments in enumerate(json.load(open(sys.argv[1], encoding="utf-8"))):
    print(f"@@{number}", flush=True)
    print(f"={run(arguments)}", flush=True)
"""
"""Runs many command lines in one process."""


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a hostile library."""
    home = tmp_path_factory.mktemp("hostile")
    make_hostile(home / "library")
    (home / "config.toml").write_text("tour = false\n", encoding="utf-8")
    return home


@pytest.fixture
def home(stocked: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(stocked, tmp_path / "home"))


# ── the way in ───────────────────────────────────────────────────────────────────────────────────


def strings(value: Any) -> Iterator[str]:
    """Every string in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from strings(part)
    elif fields := getattr(value, "__struct_fields__", ()):
        for field in fields:
            yield from strings(getattr(value, field))


def inputs(family: str) -> dict[str, bytes]:
    """A page in each form that has names of its own, with hostile text wherever one can stand."""

    def escaped(where: str) -> str:
        return "".join(f"&#{ord(c)};" for c in hostile(family, where) if c != "\0")

    def allowed(where: str) -> str:
        # XML has no way to write most control characters.
        return "".join(
            f"&#{ord(c)};"
            for c in hostile(family, where)
            if (c >= " " and ord(c) < 0xFFFE) or ord(c) > 0xFFFF
        )

    body = "연구소는 훈련에 든 돈이 오백만 달러라고 밝혔다. 경쟁사의 십분의 일에 그친다는 뜻이라고 한다. " * 3
    html = (
        f'<html><head><title>{escaped("제목")}</title><meta property="og:title" content="{escaped("제목")}">'
        f'<meta property="og:site_name" content="{escaped("매체")}"><meta name="author" content="{escaped("글쓴이")}">'
        f'<meta name="description" content="{escaped("요약")}"></head><body><article><h1>{escaped("제목")}</h1>'
        f"<p>{escaped('본문')} {body}</p><p>{body}</p></article></body></html>"
    )
    feed = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{allowed('매체')}</title><item><title>{allowed('제목')}</title><author>{allowed('글쓴이')}</author>"
        f"<link>http://example.org/{allowed('주소')}</link><description>{allowed('본문')} {body}</description></item></channel></rss>"
    )
    front = (
        f"---\ntitle: {json.dumps(hostile(family, '제목'))}\nauthor: {json.dumps(hostile(family, '글쓴이'))}\n"
        f"publisher: {json.dumps(hostile(family, '매체'))}\nurl: {json.dumps('http://example.org/' + hostile(family, '주소'))}\n---\n\n"
        f"# {hostile(family, '제목')}\n\n{hostile(family, '본문')} {body}\n\n{body}\n"
    )
    dump = f"{hostile(family, '제목')}\n{hostile(family, '글쓴이')} 기자\n{hostile(family, '본문')} {body}\n{body}\n"
    return {
        "page.html": html.encode("utf-8", "surrogatepass"),
        "feed.xml": feed.encode("utf-8", "surrogatepass"),
        "page.md": front.encode("utf-8", "surrogatepass"),
        "page.txt": dump.encode("utf-8", "surrogatepass"),
    }


@pytest.mark.parametrize("family", [*FAMILIES, "surrogates"])
def test_nothing_unseen_comes_in(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FAMILIES, "surrogates", "\ud800\udc9b\udfff가\ud83d")
    for name, data in inputs(family).items():
        try:
            pages = parse(
                data, name=hostile(family, name), source_url=f"http://example.org/{FAMILIES[family]}"
            )
        except IngestError as problem:
            said = problem.korean
        else:
            said = ""
        if said:
            # So many control characters are no text at all, and half a character breaks a feed.
            assert family == "surrogates" or (
                family in ("controls", "osc") and name in ("page.md", "page.txt")
            )
            assert clean(said) == said
            continue
        for page, raw in pages:
            for text in (*strings(page), *strings(raw)):
                assert clean(text) == text, f"{name}: {text!r}"
            assert page.title.count("\n") == 0


# ── the command line ─────────────────────────────────────────────────────────────────────────────


def command_lines(home: Path) -> list[list[str]]:
    """Every command, on hostile records, and with hostile arguments that make it complain."""
    lines: list[list[str]] = [
        ["list"], ["list", "--json"], ["list", "--trash"], ["search", "본문"], ["search", "본문", "--json"],
        ["search", "제목"], ["figures"], ["figures", "--json"], ["annotations"], ["annotations", "--json"],
        ["tags"], ["tags", "--json"], ["check"], ["check", "--json"], ["reindex"], ["keys"], ["help-me"],
    ]  # fmt: skip
    out = str(home / "out")
    forms = ("md", "jsonld", "csv", "readwise", "codebook", "figures", "html")
    lines += [
        *(["export", "--to", out, "--format", form] for form in forms),
        ["export", "--to", out, "--preset", "logseq", "--by", "tag", "--dry-run"],
        ["export", "--to", out, "--preset", "commonmark", "--by", "mark", "--json"],
        ["export", "--to", out, "--by", "one"],
        ["import", str(home / "out" / "annotations.jsonld")],
    ]
    for number in range(len(FAMILIES)):
        id = f"{number:02x}" * 6
        lines += [
            ["show", id], ["show", id, "--json"], ["show", id, "--removed"], ["show", id, "--removed", "--json"],
            ["extracts", id], ["extracts", id, "--json"], ["related", id], ["related", id, "--json"],
            ["remove", id], ["restore", id],
        ]  # fmt: skip
    for bad in (MARKUP + "잘못", "".join(FAMILIES.values()).replace("\0", "")):
        id = "05" * 6
        lines += [
            ["show", bad], ["list", f"after:{bad}"], ["list", f"is:{bad}"], ["search", f'"{bad}'], ["list", f"{bad}:x"],
            ["search", "--", bad], [bad], [f"--{bad}"], ["list", f"--{bad}"], ["add", bad], ["add", "x", "--encoding", bad],
            ["annotate", id, "--quote", bad], ["annotate", id, "--range", bad], ["annotate", id, "--range", "0:5", "--tag", bad, "--note", bad],
            ["tags", "rename", bad, "x"], ["tags", "merge", bad, "y"], ["tags", "delete", bad], ["tags", "hotkey", bad, bad], ["tags", "colour", "z", bad],
            ["export", "--to", out, "--template", bad], ["export", bad, "--to", out], ["export", "--to", out, "--format", bad],
            ["import", bad], ["import", str(home / "edited.md"), "--yes"], ["import", str(home / "foreign.json")], ["template", "check", bad],
            ["backup", bad + "/x.zip"], ["remove", bad], ["restore", bad], ["--library", str(home / bad[:40]), "list"],
        ]  # fmt: skip
    lines += [
        ["show", "\udc9b\udcff"],
        ["add", "\udc9b\udcff.txt"],
        ["list", "--trash"],
        ["add", str(home / "pages")],
    ]
    lines += [["add", str(home / "pages"), "--json", "--no-analysis"], ["list"]]
    return lines


def hostile_files(home: Path) -> None:
    """Pages with hostile names and content, and marks from elsewhere."""
    pages = home / "pages"
    pages.mkdir()
    for number, family in enumerate(FAMILIES):
        name = FAMILIES[family].replace("/", "").replace("\0", "")[:40] + f"{number}"
        for end in (".txt", ".pdf"):  # the latter fails, and says which
            (pages / (name + end)).write_bytes(b"" if end == ".pdf" else b"\0\0")
    # A name that is no UTF-8 at all, of a page that is good.
    good = "쓸 만한 글의 제목\n\n" + "연구소는 훈련에 든 돈이 오백만 달러라고 밝혔다.\n\n" * 3
    (pages / os.fsdecode(b"\x9b7007m\xff.txt")).write_text(good, encoding="utf-8")
    foreign = [
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": f"urn:{hostile(family, 'id')}",
            "type": "Annotation",
            "body": [{"type": "TextualBody", "value": hostile(family, "몸"), "purpose": "commenting"}],
            "target": {
                "source": hostile(family, "곳"),
                "selector": {"type": "TextQuoteSelector", "exact": hostile(family, "없는 말")},
            },
        }
        for family in FAMILIES
    ]
    (home / "foreign.json").write_text(json.dumps(foreign), encoding="utf-8")
    (home / "edited.md").write_text("".join(FAMILIES.values()), encoding="utf-8")


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
def test_the_command_line(home: Path, terminal: bool) -> None:
    hostile_files(home)
    lines = command_lines(home)
    script = home / "commands.json"
    script.write_text(json.dumps(lines), encoding="utf-8")
    command = [sys.executable, "-c", COMMANDS, str(script)]
    if terminal:
        with Pty(command, home, width=400) as shell:
            code, sent = shell.end(), bytes(shell.sent)
    else:
        done = subprocess.run(
            command,
            env=environment(home),
            cwd=home,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=120,
        )
        code, sent = done.returncode, done.stdout
    assert code == 0, sent[-3000:].decode("utf-8", "replace")
    if not terminal:
        assert b"\x1b" not in sent
    answers = re.split(r"^@@\d+\n", printed(sent, MARKER), flags=re.MULTILINE)[1:]
    assert len(answers) == len(lines)
    by_line = {tuple(line): answer for line, answer in zip(lines, answers, strict=True)}
    assert not any("Traceback" in answer for answer in answers)
    # Nothing was swallowed for markup: the words stand there as they are.
    number = list(FAMILIES).index("markup")
    id = f"{number:02x}" * 6
    for where, arguments in {
        "제목": ["list"], "매체": ["list"], "태그": ["tags"], "메모": ["annotations"], "부제": ["show", id], "요약": ["show", id],
        "글쓴이": ["show", id], "원출처": ["show", id], "본문": ["search", "본문"], "빠진줄": ["show", id, "--removed"], "핵심어": ["extracts", id],
        "수치": ["figures"], "이름": ["extracts", id],
    }.items():  # fmt: skip
        assert MARKUP + where in by_line[tuple(arguments)], (where, by_line[tuple(arguments)])
    assert MARKUP + "잘못" in by_line["show", MARKUP + "잘못"]
    for line in lines:
        if line[-1] == "--json" and line[0] != "add":
            json.loads(by_line[tuple(line)].rpartition("=")[0])
    check_exports(home / "out")


def check_exports(folder: Path) -> None:
    """Names, cells and specials of what was exported."""
    assert not list((folder.parent).rglob(f"*{MARKER}/*")), "a name became a path"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".md", ".csv", ".jsonld", ".html"}
    for path in files:
        assert clean(path.name) == path.name
        assert len(path.name.encode()) <= 143
        assert not set(path.name) & set('\\:*?"<>|\0')
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".md":
            shown = clean(text)
            assert shown == text, path
            check_markdown(text)
        elif path.suffix == ".csv":
            for row in csv.reader(text.splitlines(keepends=True)):
                for cell in row:
                    assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")), cell
                    assert clean(cell) == cell
        elif path.suffix == ".jsonld":
            json.loads(text)
        elif path.suffix == ".html":
            assert clean(text) == text
            assert "<script>alert" not in text
            assert "<img src=x" not in text
            assert "javascript:" not in text


def check_markdown(text: str) -> None:
    """As a reader of Markdown sees it, there is no HTML and no address but the articles' own."""
    body = text.partition("\n---\n")[2] if text.startswith("---\n") else text
    assert "%%7007%%" not in re.sub(r"\\.", "", body)
    for token in MarkdownIt("commonmark").parse(body):
        for part in (token, *(token.children or ())):
            if part.type in ("html_block", "html_inline"):
                assert re.fullmatch(r"\s*<!-- (?:mj|mitjul|밑줄)[^<>]*-->\s*", part.content), part.content
            if part.type == "link_open":
                assert not str(part.attrs["href"]).startswith(f"http://{MARKER}"), body


# ── the reader ───────────────────────────────────────────────────────────────────────────────────


def test_the_reader(home: Path) -> None:
    """The real app through all its screens on the hostile library."""
    pasted = MARKUP + FAMILIES["unseen"] + "".join(map(chr, range(0x80, 0xA0)))
    with Pty([*PROGRAM], home) as reader:

        def do(keys: str, *texts: str) -> None:
            before = reader.press(keys)
            reader.wait(*texts, since=before)

        def escape(*texts: str) -> None:
            time.sleep(0.1)
            do("\x1b", *texts)
            time.sleep(0.2)  # a key that follows at once would be taken for Alt and that key

        reader.wait("제목", "원출처", "요약", "핵심어", "글메모")
        for _ in range(1, len(FAMILIES)):
            do("\x1b[19~", "원출처")  # F8, the next article
            do(")", "메모")
        reader.wait(*(MARKUP + where for where in ("제목", "부제", "본", "요약", "원출처", "소제목", "항목")))
        do("l", "빠진줄", "l 감추기")
        do("l", "↑↓ 문장")
        do("i", "소제목 찾기")
        escape("↑↓ 문장")
        do("x", "달라질 것")
        reader.press("x")
        reader.wait_until(lambda: any(home.rglob("*.md")), "a file exported")
        escape("↑↓ 문장")
        do("y", "복사했습니다")
        do("t", "달고 닫기")
        do(f"\x1b[200~{pasted}\x1b[201~", "+ 새 태그")
        escape("↑↓ 문장")
        do("/", "찾을 말")
        do(f"\x1b[200~{pasted}\x1b[201~", MARKUP[-20:])
        escape("↑↓ 문장")
        do("m", "Esc 마치기")
        do(f"\x1b[200~{pasted}\x1b[201~", "저장됨")
        escape("↑↓ 문장")
        do("s", "치는 동안")
        do("본문", "제목")
        do(f"\x1b[200~{pasted}\x1b[201~", "구절이 없습니다")
        escape("↑↓ 문장")
        do("g", "Tab 구절로")
        paths = [path for path, _, _ in tree([Tag(name=hostile(family, "태그")) for family in FAMILIES])]
        at = next(n for n, path in enumerate(paths) if path.startswith("[red]"))
        do("j" * at, "#[red]x[")
        do("n", "#[red]x[ 이름 바꾸기")
        escape("Tab 구절로")
        escape("↑↓ 문장")
        do("a", "파일, 폴더, 주소")
        do("없는[red]길[b]", "없는[red]길[b]", "그런 파일이 없습니다")
        escape("↑↓ 문장")
        do("?", "키나 명령을")
        escape("↑↓ 문장")
        do("\x1bOQ", "Enter 읽기")  # F2, the shelf
        do("/", "서가 거르기")
        do("is:[red]x[b]\r", ": [red]x[b]")
        do("\x11")
        assert reader.end() == 0
        text = printed(bytes(reader.sent), MARKER)
    assert as_read(hostile("csi", "제목"))[:20] in text
