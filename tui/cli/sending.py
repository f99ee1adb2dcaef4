"""What goes out: `export template`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from store.paths import meant
from tui.cli.group import Group, command, json_option
from tui.cli.opening import opened
from tui.cli.output import complain, emit, line, notice, out, progress
from tui.cli.usage import Choice, wrong
from tui.language import say

if TYPE_CHECKING:
    from store.exchange.markdown import Written

FORMATS = ("md", "jsonld", "csv", "readwise", "codebook", "figures", "html")

_RULES_KO = """\
다시 내보낼 때: (1) 손대지 않은 블록은 새로 고치고, 지운 표시의 블록은 없앱니다. (2) 고친 블록은 그대로 두고, 서가에서 바뀐 내용은 그 곁에
`-new` 블록으로 한 번 적습니다. (3) 파일에서 지운 표시는 다시 들어갑니다. 없애려면 서가에서 지우세요. 지우거나 고친 제목·요약·표는 건드리지
않습니다. (4) 블록 사이에 쓴 글은 바꾸거나 옮기지 않습니다. (5) 이름을 바꾸거나 옮긴 파일은 mitjul 속성으로 찾습니다.
고친 태그와 메모는 `mitjul import FILE.md`로 서가에 되돌려 읽습니다."""
_RULES_EN = """\
Exported again: (1) blocks nobody touched are brought up to date, and go when their mark is deleted. (2) An edited block stays; what
changed in the library is put beside it once, as a `-new` block. (3) A mark deleted from the file comes back: delete it in the library.
Headings, summaries and tables that were deleted or edited are left alone. (4) What is written between blocks is never changed or moved.
(5) Renamed or moved files are found by their mitjul property. Edited tags and notes are read back by `mitjul import FILE.md`."""


@command(
    "export",
    "표시를 내보냅니다. 다시 내보내면 파일에서 고친 것은 그대로 두고 새것만 더합니다.",
    "Export marks. Exported again, what was edited in the files stays, and only news come in.",
    context_settings={"ignore_unknown_options": True},
    epilog=say(_RULES_KO, _RULES_EN),
)
@click.argument("query", nargs=-1)
@click.option(
    "--to", "folder", required=True, metavar="DIR", help=say("내보낼 폴더", "The folder to write into")
)
@click.option(
    "--format",
    "form",
    type=Choice(FORMATS),
    metavar="FORM",
    default="md",
    help=say(
        "md(기본) jsonld csv readwise codebook figures(수치 표) html(보고서)",
        "md (default) jsonld csv readwise codebook figures (a table) html (a report)",
    ),
)
@click.option(
    "--preset",
    type=Choice(("obsidian", "logseq", "commonmark")),
    metavar="NAME",
    default="obsidian",
    help=say(
        "마크다운의 양식: obsidian(기본) logseq commonmark",
        "Form of the Markdown: obsidian (default) logseq commonmark",
    ),
)
@click.option(
    "--by",
    type=Choice(("article", "tag", "mark", "one")),
    metavar="WHAT",
    default="article",
    help=say(
        "파일을 나누는 법: article(기본) tag mark one", "A file for each: article (default) tag mark, or one"
    ),
)
@click.option(
    "--template",
    "template",
    metavar="FILE",
    help=say("직접 만든 틀(Jinja2)로 내보냅니다", "A template of one's own (Jinja2)"),
)
@click.option(
    "--marks-only",
    is_flag=True,
    help=say("요약·핵심 문장·수치 없이", "Without summary, key sentences, figures"),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=say("쓰지 않고 달라질 것만 보입니다", "Write nothing, show what would change"),
)
@json_option
@click.pass_context
def export_command(
    ctx: click.Context,
    query: tuple[str, ...],
    folder: str,
    form: str,
    preset: str,
    by: Any,
    template: str | None,
    marks_only: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    if form != "md" and (template or by != "article"):
        raise wrong(
            "--template과 --by는 --format md에만 씁니다.", "--template and --by go with --format md only."
        )
    words = " ".join(query)
    to = meant(folder)
    nothing = ""
    with opened() as library:
        if form != "md":
            from store.exchange.bundle import export_bundle

            results = export_bundle(library, form, to, query=words, language=say("ko", "en"), dry_run=dry_run)
            if not results:
                nothing = _nothing(words, len(library.list(words)), form)
        else:
            from store.exchange.markdown import export_markdown
            from store.exchange.template import read_template

            text = read_template(meant(template)) if template else None
            ids = [item.id for item in library.list(words)]
            with progress("내보내기", "Exporting", quiet=as_json) as advance:
                results = export_markdown(
                    library,
                    ids,
                    to,
                    preset=preset,
                    by=by,
                    query=words,
                    template=text,
                    extras=not marks_only,
                    language=say("ko", "en"),
                    dry_run=dry_run,
                    progress=advance,
                )
            nothing = _nothing(words, len(ids), by)
    _report(results, as_json, dry_run, nothing)
    if any(item.status == "failed" for item in results):
        ctx.exit(1)


_STATUS = {"written": ("새로", "new"), "updated": ("고침", "updated"), "unchanged": ("그대로", "unchanged")}


def _nothing(query: str, articles: int, by: str) -> str:
    """Why there is nothing to export, where there is nothing: so many articles answer the query. `by`: how files are divided, or the
    form that is one file."""
    if not articles and query:
        return say(
            f"맞는 글이 없습니다: {query} (찾는 말을 줄이거나 바꿔서 `mitjul list`로 먼저 확인하세요.)",
            f"No article fits: {query} (Try fewer or other words with `mitjul list` first.)",
        )
    if not articles:
        return say("글이 없습니다. `mitjul add`로 들이세요.", "No articles. Take some in with `mitjul add`.")
    if by == "figures":
        return say(
            f"글 {articles}편에 내보낼 수치가 없습니다. 아직 살피지 않은 글이면 `mitjul figures`가 살핍니다.",
            f"There are no figures to export. Articles looked at: {articles}; `mitjul figures` analyses those that were not yet.",
        )
    if by != "article" and query:
        return say(
            f"맞는 글은 {articles}편 있지만, 그 글에 이 말에 맞는 표시가 없습니다.",
            f"Articles that fit: {articles}; but no mark in them answers the query.",
        )
    return say(
        f"글 {articles}편에 내보낼 표시가 없습니다. {_only(by)}",
        f"There are no marks to export. Articles looked at: {articles}; {_only(by)}",
    )


def _only(by: str) -> str:
    if by == "article":
        return say(
            "밑줄이나 메모나 태그가 있는 글만 내보냅니다.",
            "only those with marks, a note or tags are exported.",
        )
    return say(
        "읽기 화면에서 h를 누르거나 `mitjul annotate`로 밑줄을 그으세요.",
        "mark passages with h in the reader, or with `mitjul annotate`.",
    )


def _report(results: list[Written], as_json: bool, dry_run: bool, nothing: str) -> None:
    if as_json:
        emit(
            [
                {
                    "path": str(item.path),
                    "status": item.status,
                    "beside": [id.removeprefix("mj-") for id in item.beside],
                    "error": say(item.error or "", item.error_en or "") or None,
                    **({"diff": item.diff} if dry_run else {}),
                }
                for item in results
            ]
        )
        return
    for item in results:
        if item.status == "failed":
            complain(f"{item.path}: {say(item.error or '', item.error_en or '')}")
        elif item.status != "unchanged":
            line((say(*_STATUS[item.status]), "dim"), "  ", str(item.path))
            if item.diff:
                out(item.diff)
        if item.beside:
            count = len(item.beside)
            notice(
                say(
                    f"고친 표시 {count}개는 그대로 두고 새 내용을 곁에 적었습니다: {item.path.name}",
                    f"Marks you edited: {count}; what is new stands beside them: {item.path.name}",
                )
            )
    if not results:
        notice(nothing)
    same = sum(item.status == "unchanged" for item in results)
    if same:
        notice(say(f"그대로인 파일 {same}개", f"Files unchanged: {same}"))


@click.group(
    "template", cls=Group, help=say("내보내기 틀(Jinja2)을 살펴봅니다.", "Check an export template (Jinja2).")
)
def template_command() -> None:
    pass


@command(
    "check",
    "견본 글로 틀을 돌려 보고, 나온 것을 보입니다.",
    "Try a template on a made-up article, and show what comes out.",
)
@click.argument("file")
def check_template_command(file: str) -> None:
    from store.exchange.template import check_template, read_template

    out(check_template(read_template(meant(file))))


@command("help", "틀에서 쓸 수 있는 것.", "What a template can use.")
def help_template_command() -> None:
    from tui.cli.template_help import ENGLISH, KOREAN

    out(say(KOREAN, ENGLISH).rstrip())


template_command.add_command(check_template_command)
template_command.add_command(help_template_command)
