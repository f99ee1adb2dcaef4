"""The root command: the table of commands, options for all of them, help in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from store.paths import meant
from tui.language import say

COMMANDS: dict[str, dict[str, tuple[str, str, str]]] = {
    "글": {
        "add": ("adding", "파일·폴더·주소에서 글을 들입니다", "Take in files, folders, addresses"),
        "list": ("articles", "글 목록", "List articles"),
        "show": ("articles", "글을 보입니다", "Show an article"),
        "remove": ("articles", "글을 휴지통에 넣습니다", "Move an article to the trash"),
        "restore": (
            "articles",
            "휴지통이나 묶은 파일에서 되살립니다",
            "Bring back an article from the trash, or a backup",
        ),
    },
    "찾기": {
        "search": ("finding", "서가에서 구절을 찾습니다", "Search passages in the library"),
        "extracts": ("finding", "핵심 문장, 핵심어, 수치, 이름", "Key sentences, keywords, figures, names"),
        "figures": ("finding", "서가의 모든 수치", "Every figure in the library"),
        "related": ("finding", "다른 글의 관련 구절", "Related passages in other articles"),
    },
    "표시": {
        "annotate": (
            "marks",
            "구절에 밑줄을 긋고 태그와 메모를 답니다",
            "Mark a passage, with tags and a note",
        ),
        "annotations": ("marks", "표시 목록", "List marks"),
        "tags": (
            "tags",
            "태그 보기, 이름 바꾸기, 합치기, 지우기, 바로 키",
            "Tags: list, rename, merge, delete, hot key",
        ),
    },
    "주고받기": {
        "export": (
            "sending",
            "마크다운·JSON-LD·CSV·보고서로 내보냅니다",
            "Export Markdown, JSON-LD, CSV, a report",
        ),
        "import": ("taking", "표시와 고친 메모를 읽어 들입니다", "Read marks and edited notes back"),
        "template": ("sending", "내보내기 틀을 살펴봅니다", "Check an export template"),
    },
    "살림": {
        "check": ("care", "모든 파일이 온전한지 살핍니다", "Check that every file is whole"),
        "reindex": ("care", "찾아보기를 다시 만듭니다", "Remake the index"),
        "backup": ("care", "서가를 파일 하나로 묶습니다", "Put the library into one file"),
        "keys": ("care", "단축키", "The keys"),
        "serve": ("serve", "브라우저에서 읽습니다", "The reader in a browser"),
    },
}
"""Groups of commands: name → module, what it does in Korean and English. Nothing of a module is imported for the help."""

_GROUPS_EN = {
    "글": "Articles",
    "찾기": "Finding",
    "표시": "Marks",
    "주고받기": "In and out",
    "살림": "Housekeeping",
}
_HEADINGS = {"Options": "옵션", "Arguments": "인자", "Commands": "명령"}


class Formatter(click.HelpFormatter):
    """Help with its headings in the reader's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, say("쓰는 법: ", "Usage: "))

    def write_heading(self, heading: str) -> None:
        super().write_heading(say(_HEADINGS.get(heading, heading), heading))


class Context(click.Context):
    formatter_class = Formatter


class Spoken:
    """Commands whose `--help` speaks the reader's language."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = say("이 도움말", "This help")
        return option  # type: ignore[no-any-return]


class Command(Spoken, click.Command):
    """One command."""

    context_class = Context


class Group(Spoken, click.Group):
    """A group of commands that are all at hand."""

    context_class = Context
    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(_no_command(args[0], self.list_commands(ctx)), ctx)
        return super().resolve_command(ctx, args)


class Root(Group):
    """The commands of the table, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for commands in COMMANDS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for commands in COMMANDS.values():
            if cmd_name in commands:
                module = import_module(f"tui.cli.{commands[cmd_name][0]}")
                command = getattr(module, f"{cmd_name}_command")
                assert isinstance(command, click.Command)
                return command
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for heading, commands in COMMANDS.items():
            with formatter.section(say(heading, _GROUPS_EN[heading])):
                formatter.write_dl(
                    [(name, say(korean, english)) for name, (_, korean, english) in commands.items()]
                )


def _no_command(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = ", ".join(get_close_matches(name, known, 2))
    hint = say(f" 혹시 {near}?", f" Did you mean {near}?") if near else ""
    return say(f"{name} 명령은 없습니다.", f"There is no command {name}.") + hint


def folder(ctx: click.Context | None = None) -> Path:
    """The library's folder: `--library`, else `MITJUL_LIBRARY`, else the platform's data folder. With `--new` it may be a new one."""
    options = (ctx or click.get_current_context()).find_root().params
    if options.get("library"):
        found = meant(str(options["library"]))
    else:
        from store.files import default_folder

        found = default_folder()
    if options.get("afresh"):
        from store.disks import forget

        forget(found)
    return found


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"mitjul {version('mitjul')}")
        ctx.exit()


@click.command(
    "mitjul",
    cls=Root,
    invoke_without_command=True,
    help=say(
        "한국어 웹 글을 읽고, 밑줄 긋고, 태그를 달고, 내보냅니다. 명령 없이 부르면 읽기 화면이 열립니다.",
        "Read Korean web articles, mark, tag and export them. Without a command, the reader opens.",
    ),
)
@click.option(
    "--library",
    metavar="DIR",
    help=say("서가 폴더 (환경 변수 MITJUL_LIBRARY)", "The library's folder (also MITJUL_LIBRARY)"),
)
@click.option(
    "--new",
    "afresh",
    is_flag=True,
    help=say(
        "서가가 있던 디스크가 빠져 있어도 그 자리에 새 서가를 만듭니다",
        "Make a new library though the disk is out that one was on",
    ),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help=say("판 번호", "The version"),
)
@click.pass_context
def root(ctx: click.Context, library: str | None, afresh: bool) -> None:
    if ctx.invoked_subcommand is None:
        from tui.app import run
        from tui.cli import terminal

        if not terminal():
            ctx.exit(2)
        run(folder(ctx))


def _after(ctx: click.Context, param: click.Parameter, value: str | bool | None) -> None:
    if value and param.name:
        ctx.find_root().params[param.name] = value


def command(
    name: str, korean: str, english: str, **settings: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of `COMMANDS`, with its help in the reader's language. `--library` and `--new` may stand after it too."""

    def made(function: Callable[..., Any]) -> click.Command:
        library = click.option("--library", metavar="DIR", expose_value=False, hidden=True, callback=_after)
        new = click.option("--new", "afresh", is_flag=True, expose_value=False, hidden=True, callback=_after)
        return click.command(name, cls=Command, help=say(korean, english), **settings)(library(new(function)))

    return made


json_option = click.option("--json", "as_json", is_flag=True, help=say("JSON으로 답합니다", "Answer in JSON"))
