"""What comes in: `import`."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from store.paths import meant
from tui.cli import shapes
from tui.cli.group import command, json_option
from tui.cli.opening import opened
from tui.cli.output import complain, emit, line, notice, out, shorten
from tui.cli.usage import wrong
from tui.language import say, told

if TYPE_CHECKING:
    from store.exchange.jsonld import Came
    from store.exchange.readback import Edit, Reading


@command(
    "import",
    "표시를 읽어 들입니다: W3C JSON-LD, Hypothesis JSON, 또는 내보낸 마크다운(FILE.md)에서 고친 태그와 메모.",
    "Read marks: W3C JSON-LD, Hypothesis JSON, or tags and notes edited in exported Markdown (FILE.md).",
)
@click.argument("file")
@click.option("--article", metavar="ID", help=say("이 글의 표시", "They are on this article"))
@click.option(
    "--yes", is_flag=True, help=say("묻지 않고 고칩니다 (마크다운)", "Change without asking (Markdown)")
)
@click.option("--dry-run", is_flag=True, help=say("바꾸지 않고 보이기만 합니다", "Change nothing, only show"))
@json_option
@click.pass_context
def import_command(
    ctx: click.Context, file: str, article: str | None, yes: bool, dry_run: bool, as_json: bool
) -> None:
    path = meant(file)
    if path.suffix.lower() in (".md", ".markdown"):
        if article:
            raise wrong("--article은 마크다운에는 쓰지 않습니다.", "--article does not go with Markdown.")
        well = _markdown(path, yes, dry_run, as_json)
    else:
        well = _annotations(path, article, dry_run, as_json)
    if not well:
        ctx.exit(1)


def _annotations(path: Path, article: str | None, dry_run: bool, as_json: bool) -> bool:
    from store.exchange.bringing import bring_in
    from store.inputs import read_input

    data = read_input(path)
    with opened(write=not dry_run) as library:
        only = library.find(article) if article else None
        results = bring_in(library, data, only=only, dry_run=dry_run)
    if as_json:
        emit([_came(item) for item in results])
    else:
        _tell(results)
    return not any(item.status == "failed" for item in results)


def _came(item: Came) -> dict[str, Any]:
    return {
        "status": item.status,
        "exact": item.exact,
        "annotation": shapes.annotation(item.mark) if item.mark else None,
        "error": say(item.korean, item.english) or None,
    }


def _tell(results: list[Came]) -> None:
    for item in results:
        if item.status == "failed":
            name = shorten(item.exact, 40) or say("글 전체의 태그", "tags of a whole article")
            complain(f"{name}: {say(item.korean, item.english)}")
        elif item.status == "new":
            line((say("들임", "new"), "dim"), "  ", shorten(item.exact, 70))
    new = sum(item.status == "new" for item in results)
    present = sum(item.status == "present" for item in results)
    notice(say(f"새 표시 {new}개, 이미 있는 것 {present}개", f"New marks: {new}; already here: {present}"))


def _markdown(path: Path, yes: bool, dry_run: bool, as_json: bool) -> bool:
    from store.exchange.readback import apply, read_markdown

    with opened() as library:
        reading = read_markdown(library, path)
    if not as_json:
        _differences(reading)
    asked = bool(reading.edits) and not dry_run
    go = asked and (yes or _agreed(as_json))
    failed: list[tuple[Edit, Any]] = []
    if go:
        with opened(write=True) as library:
            failed = [(edit, error) for edit, error in apply(library, reading.edits) if error is not None]
        for edit, error in failed:
            complain(f"{shorten(edit.exact, 40)}: {told(error)}")
    if as_json:
        emit(
            {
                "edits": [
                    {
                        "kind": e.kind,
                        "id": e.id,
                        "before": e.before,
                        "after": e.after,
                        "contested": e.contested,
                    }
                    for e in reading.edits
                ],
                "missing": list(reading.missing),
                "unknown": list(reading.unknown),
                "applied": len(reading.edits) - len(failed) if go else 0,
            }
        )
    elif go:
        notice(
            say(
                f"고친 것 {len(reading.edits) - len(failed)}개",
                f"Changed: {len(reading.edits) - len(failed)}",
            )
        )
    # Where nobody could be asked, what was to be done has not been done.
    return not failed and (go or not asked or (not as_json and sys.stdin.isatty()))


def _agreed(as_json: bool) -> bool:
    """Ask; where nobody can answer, no. Scripts say `--yes`."""
    if as_json or not sys.stdin.isatty():
        complain(
            say(
                "바꾼 것이 없습니다. 바꾸려면 --yes를 붙이세요.",
                "Nothing was changed. Add --yes to make these changes.",
            )
        )
        return False
    sys.stderr.write(say("이대로 바꿀까요? [y/N] ", "Make these changes? [y/N] "))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "ㅛ", "예", "네")


def _differences(reading: Reading) -> None:
    names = {
        "mark": ("새 표시", "new mark"),
        "tags": ("태그", "tags"),
        "note": ("메모", "note"),
        "article_note": ("글 메모", "article note"),
    }
    for edit in reading.edits:
        contested = say("  (서가에서도 바뀜)", "  (changed in the library too)") if edit.contested else ""
        line((shorten(edit.exact, 60), "bold"), (f"  {say(*names[edit.kind])}{contested}", "dim"))
        diff = difflib.ndiff(
            edit.before.split("\n") if edit.before else [], edit.after.split("\n") if edit.after else []
        )
        for part in diff:
            if not part.startswith("?"):
                out("  " + part)
    if reading.unknown:
        count = len(reading.unknown)
        notice(
            say(
                f"서가에 없는 표시 {count}개는 그냥 둡니다.", f"Marks not in the library, left alone: {count}"
            )
        )
    if reading.missing:
        count = len(reading.missing)
        notice(
            say(
                f"파일에서 지워진 표시 {count}개는 서가에 남아 있습니다. 지우려면 읽기 화면에서 지우세요.",
                f"Marks gone from the file stay in the library: {count}. Delete them in the reader.",
            )
        )
    if not reading.edits:
        notice(
            say(
                f"고친 것이 없습니다 (표시 {reading.marks}개).",
                f"Nothing was edited (marks: {reading.marks}).",
            )
        )
