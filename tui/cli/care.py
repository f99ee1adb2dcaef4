"""Housekeeping: `check reindex backup keys`."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.group import command, json_option
from tui.cli.opening import analyse, opened
from tui.cli.output import cells, emit, line, notice, out, progress
from tui.language import say, told


@command(
    "check",
    "모든 파일이 온전한지 살핍니다. 문제가 남으면 1로 끝납니다.",
    "Check that every file is whole; exit 1 when something is amiss.",
)
@click.option("--repair", is_flag=True, help=say("고칠 수 있는 것은 고칩니다", "Mend what can be mended"))
@json_option
@click.pass_context
def check_command(ctx: click.Context, repair: bool, as_json: bool) -> None:
    with opened(write=repair) as library:
        problems = library.check(repair=repair)
        folder, aside = library.folder, library.set_aside()
    if as_json:
        emit([{"path": str(p.path), "problem": told(p), "repaired": p.repaired} for p in problems])
    else:
        for problem in problems:
            line(told(problem))
        if not problems:
            notice(say(f"모두 온전합니다: {folder}", f"All is whole: {folder}"))
        if aside:
            notice(
                say(
                    f"손상되었거나 합친 파일 {len(aside)}개를 그대로 두었습니다: {aside[0].parent}",
                    f"Files that were damaged or merged are kept as they were ({len(aside)}): {aside[0].parent}",
                )
            )
    if any(not problem.repaired for problem in problems):
        ctx.exit(1)


@command(
    "reindex",
    "찾아보기를 다시 만듭니다. --extracts는 모든 글을 다시 분석합니다.",
    "Remake the index; with --extracts, analyse every article again.",
)
@click.option(
    "--extracts",
    is_flag=True,
    help=say(
        "핵심 문장, 핵심어, 수치, 이름도 다시 찾습니다",
        "Find key sentences, keywords, figures and names again",
    ),
)
@json_option
@click.pass_context
def reindex_command(ctx: click.Context, extracts: bool, as_json: bool) -> None:
    well = True
    with opened(write=True) as library:
        count = library.reindex()
        if extracts:
            well = analyse(library, again=True, quiet=as_json)
        left = len(library.pending())
    if as_json:
        emit({"articles": count, "pending": left} if extracts else {"articles": count})
    else:
        out(say(f"글 {count}편을 다시 엮었습니다.", f"Articles indexed: {count}"))
        if extracts and not left:
            out(say("모두 다시 분석했습니다.", "All of them analysed again."))
    if not well:
        ctx.exit(1)


@command(
    "backup",
    "서가를 zip 파일 하나로 묶습니다. 풀어 놓으면 그대로 서가가 됩니다. FILE은 덮어쓰지 않습니다.",
    "Put the library into one zip file; unpacked, it is a library again. FILE is never overwritten.",
)
@click.argument("file", required=False)
@json_option
def backup_command(file: str | None, as_json: bool) -> None:
    with opened() as library, progress("묶기", "Packing", quiet=as_json) as advance:
        written = library.backup(Path(file) if file else None, progress=advance)
    if as_json:
        emit({"path": str(written.path), "files": written.files, "bytes": written.size})
    else:
        out(
            say(
                f"{written.path} (파일 {written.files}개, {written.size / 1e6:.1f} MB)",
                f"{written.path} ({written.files} files, {written.size / 1e6:.1f} MB)",
            )
        )


@command("keys", "읽기 화면의 단축키.", "The keys of the reader.")
@json_option
def keys_command(as_json: bool) -> None:
    from tui import config
    from tui.actions import keys_json, table

    keymap = config.load().keys
    if as_json:
        emit(keys_json(keymap))
        return
    groups = table(keymap)
    widest = max(cells(keys) for _, rows in groups for keys, _ in rows)
    for number, (heading, rows) in enumerate(groups):
        if number:
            out()
        line((heading, "bold"))
        for keys, what in rows:
            line("  ", (keys + " " * (widest - cells(keys)), "yellow"), "  ", what)
