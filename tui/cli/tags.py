"""Tags: `tags list|rename|merge|delete|hotkey|colour`."""

from __future__ import annotations

from typing import Any

import click

from tui.cli.group import Group, command, json_option
from tui.cli.opening import opened
from tui.cli.output import emit, line, notice, out
from tui.cli.usage import Choice, wrong
from tui.language import say


def _shape(tag: Any) -> dict[str, Any]:
    return {"name": tag.name, "count": tag.count, "colour": tag.colour, "hotkey": tag.hotkey}


@click.group(
    "tags",
    cls=Group,
    invoke_without_command=True,
    help=say("태그를 보고 다듬습니다. 명령 없이 부르면 목록.", "See and tidy the tags; alone, list them."),
)
@json_option
@click.pass_context
def tags_command(ctx: click.Context, as_json: bool) -> None:
    if ctx.invoked_subcommand is None:
        _list(as_json)


def _list(as_json: bool) -> None:
    with opened() as library:
        tags = library.tags()
    if as_json:
        emit([_shape(tag) for tag in tags])
        return
    for tag in tags:
        line(
            (tag.hotkey or " ", "yellow"),
            f" {tag.count:>5}  ",
            tag.name,
            (f"  {_colour(tag)}" if tag.colour else "", "dim"),
        )
    if not tags:
        notice(say("태그가 없습니다.", "No tags."))


def _colour(tag: Any) -> str:
    from store.tags import COLOUR_NAMES

    return say(*COLOUR_NAMES.get(tag.colour, (tag.colour, tag.colour)))


def _answers_json(as_json: bool) -> bool:
    """`--json` may stand before or after the subcommand."""
    parent = click.get_current_context().parent
    return as_json or bool(parent and parent.params.get("as_json"))


def _changed(what: str, count: int, as_json: bool) -> None:
    if _answers_json(as_json):
        emit({"changed": count})
    else:
        out(say(f"{what}: 표시와 글 {count}개를 고쳤습니다.", f"{what}: marks and articles changed: {count}"))


@command("list", "태그 목록: 바로 키, 쓰인 수, 이름.", "List tags: hot key, count, name.")
@json_option
def list_tags(as_json: bool) -> None:
    _list(_answers_json(as_json))


@command(
    "rename",
    "이름을 바꿉니다. 아래 태그도 따라가고, NEW가 있으면 합칩니다.",
    "Rename a tag and those below; merges when NEW is there.",
)
@click.argument("old")
@click.argument("new")
@json_option
def rename_tag(old: str, new: str, as_json: bool) -> None:
    with opened(write=True) as library:
        count = library.rename_tag(old, new)
    _changed(f"{old} → {new}", count, as_json)


@command("merge", "OLD들을 INTO 하나로 합칩니다.", "Make one tag, INTO, out of several.")
@click.argument("old", nargs=-1, required=True, metavar="OLD... [INTO]")
@click.option(
    "--into", metavar="INTO", help=say("합칠 태그 (없으면 마지막 것)", "The tag to be (else the last one)")
)
@json_option
def merge_tags(old: tuple[str, ...], into: str | None, as_json: bool) -> None:
    from store.errors import NotFoundError
    from store.tags import tidy

    if into is None:
        *names, into = old
        old = tuple(names)
    if not old:
        raise wrong("합칠 태그를 둘 이상 주세요.", "Give two tags or more.")
    with opened(write=True) as library:
        known = [tag.name for tag in library.tags()]
        for name in old:
            if not any(tag == tidy(name) or tag.startswith(f"{tidy(name)}/") for tag in known):
                raise NotFoundError(f"그런 태그가 없습니다: {name}", f"No such tag: {name}")
        count = sum(library.rename_tag(name, into) for name in old)
    _changed(f"{', '.join(old)} → {into}", count, as_json)


@command("delete", "표시에서 태그를 뗍니다. 표시는 남습니다.", "Take a tag off all marks; the marks stay.")
@click.argument("name")
@json_option
def delete_tag(name: str, as_json: bool) -> None:
    with opened(write=True) as library:
        count = library.delete_tag(name)
    _changed(name, count, as_json)


@command(
    "hotkey",
    "바로 키 1–9를 줍니다. KEY 없이 부르면 거둡니다.",
    "Give a hot key, 1 to 9; without KEY take it away.",
)
@click.argument("name")
@click.argument("key", required=False, type=Choice([str(n) for n in range(1, 10)]))
@json_option
def hotkey_tag(name: str, key: str | None, as_json: bool) -> None:
    with opened(write=True) as library:
        tag = library.set_tag(name, hotkey=key or "")
    _told(tag, as_json)


@command("colour", "색을 줍니다. COLOUR 없이 부르면 거둡니다.", "Give a colour; without COLOUR take it away.")
@click.argument("name")
@click.argument("colour", required=False)
@json_option
def colour_tag(name: str, colour: str | None, as_json: bool) -> None:
    with opened(write=True) as library:
        tag = library.set_tag(name, colour=colour or "")
    _told(tag, as_json)


def _told(tag: Any, as_json: bool) -> None:
    if _answers_json(as_json):
        emit(_shape(tag))
    else:
        line(
            (tag.hotkey or " ", "yellow"),
            f" {tag.count:>5}  ",
            tag.name,
            (f"  {_colour(tag)}" if tag.colour else "", "dim"),
        )


for _command in (list_tags, rename_tag, merge_tags, delete_tag, hotkey_tag, colour_tag):
    tags_command.add_command(_command)
