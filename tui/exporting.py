"""What an export is made of: what, in which form, divided how, where to. And doing it. No screen in here."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec import structs
from platformdirs import user_documents_path

from store.errors import InvalidError, StorageError
from store.library import Library
from tui.config import Config
from tui.language import say

if TYPE_CHECKING:
    from store.exchange.compose import By
    from store.exchange.markdown import Written

Names = tuple[str, str]
Progress = Callable[[int, int, str], None]

MARKDOWN = ("obsidian", "logseq", "commonmark")

FORMS: dict[str, tuple[Names, Names]] = {
    "obsidian": (("마크다운 · 옵시디언", "Markdown · Obsidian"), ("속성, 블록 링크", "properties, block links")),
    "logseq": (("마크다운 · 로그시크", "Markdown · Logseq"), ("블록마다 한 항목", "a block for each")),
    "commonmark": (("마크다운 · CommonMark", "Markdown · CommonMark"), ("어디서나 읽힘", "read anywhere")),
    "template": (("내 틀", "A template of your own"), ("Jinja2 파일. 고친 것을 되읽지는 못합니다", "a Jinja2 file; edits cannot be read back")),
    "html": (("보고서 (HTML)", "Report (HTML)"), ("메일로 보내고 인쇄할 한 파일", "one file to mail or print")),
    "csv": (("표 (CSV)", "Spreadsheet (CSV)"), ("표시마다 한 줄", "a row for each mark")),
    "readwise": (("리드와이즈 (CSV)", "Readwise (CSV)"), ("Readwise로 가져가기", "to import into Readwise")),
    "codebook": (("코드북 (CSV·마크다운)", "Codebook (CSV, Markdown)"), ("태그와 횟수와 보기", "tags, counts, examples")),
    "figures": (("수치 표 (CSV)", "Figures (CSV)"), ("누가 무엇이 얼마라고 어디서 말하나", "who says how much of what, and where")),
    "jsonld": (("웹 주석 (JSON-LD)", "Web annotations (JSON-LD)"), ("다른 프로그램과 주고받기", "for other programs")),
}  # fmt: skip
"""Every form with its names and a word about it."""

DIVIDED: dict[str, Names] = {
    "article": ("글마다 한 파일", "a file for each article"),
    "tag": ("태그마다 한 파일", "a file for each tag"),
    "mark": ("표시마다 한 파일", "a file for each mark"),
    "one": ("모두 한 파일에", "all in one file"),
}


@dataclass(frozen=True)
class Around:
    """What the reader has before them: what there is to choose from.

    Args:
        article: id and title of the open article, or of the one under the shelf's cursor.
        chosen: ids of the articles chosen on the shelf.
        query: what the shelf is filtered by.
        tags: names of the tags.
    """

    article: tuple[str, str] | None = None
    chosen: tuple[str, ...] = ()
    query: str = ""
    tags: tuple[str, ...] = ()

    def whats(self) -> list[str]:
        """What can be exported, the narrowest first."""
        there = {
            "article": self.article is not None,
            "chosen": bool(self.chosen),
            "tag": bool(self.tags),
            "query": bool(self.query),
            "all": True,
        }
        return [what for what, is_there in there.items() if is_there]

    def name(self, what: str, tag: str = "") -> str:
        """What it is called on the screen."""
        match what:
            case "article":
                return say("이 글", "This article") + (f" · {self.article[1]}" if self.article else "")
            case "chosen":
                count = len(self.chosen)
                return say(f"서가에서 고른 글 {count}편", f"The {count} chosen on the shelf")
            case "tag":
                return say("태그 하나", "One tag") + (f" · #{tag}" if tag else "")
            case "query":
                return say("서가에서 거른 것", "What the shelf is filtered by") + f" · {self.query}"
            case _:
                return say("서가 전체", "The whole library")


@dataclass(frozen=True)
class Choices:
    """What the reader has chosen. `form` is one of `FORMS`, `by` of `DIVIDED`."""

    what: str
    tag: str
    form: str
    by: str
    extras: bool
    template: Path | None
    folder: Path

    @classmethod
    def last(cls, config: Config, around: Around, *, chosen: bool = False) -> Choices:
        """Those of last time, as far as they can be had here.

        Args:
            chosen: articles have just been chosen on the shelf: it is about them.
        """
        there = around.whats()
        what = "chosen" if chosen and "chosen" in there else config.export_what
        tag = config.export_tag if config.export_tag in around.tags else next(iter(around.tags), "")
        if what not in there or (what == "tag" and tag != config.export_tag):
            what = there[0]
        form = config.export_preset if config.export_format == "md" else config.export_format
        return cls(
            what,
            tag,
            form,
            config.export_by,
            config.export_extras,
            config.export_template,
            default_folder(config),
        ).fitting()

    def ways(self) -> list[str]:
        """How it can be divided into files; empty where the form is one file.

        Files by tag, and the one for all, belong to a query: with a few articles they would lose the marks of all others.
        """
        if self.form not in (*MARKDOWN, "template"):
            return []
        few = self.what in ("article", "chosen") or self.form == "template"
        return ["article", "mark"] if few else list(DIVIDED)

    def fitting(self) -> Choices:
        """The same, divided in a way that can be had."""
        ways = self.ways()
        return replace(self, by="article") if ways and self.by not in ways else self

    def settings(self) -> dict[str, str | bool]:
        """As `config.toml` has them, in `[export]`."""
        markdown = self.form in MARKDOWN
        return {
            "folder": shown(self.folder),
            "format": "md" if markdown else self.form,
            **({"preset": self.form} if markdown else {}),
            **({"by": self.by} if self.ways() else {}),
            "what": self.what,
            **({"tag": self.tag} if self.what == "tag" else {}),
            **({"extras": self.extras} if markdown else {}),
            **({"template": shown(self.template)} if self.template else {}),
        }

    def kept(self, config: Config) -> Config:
        """The settings with these choices in them."""
        markdown = self.form in MARKDOWN
        return structs.replace(
            config,
            export_folder=self.folder,
            export_format="md" if markdown else self.form,
            export_preset=self.form if markdown else config.export_preset,
            export_by=self.by if self.ways() else config.export_by,
            export_what=self.what,
            export_tag=self.tag if self.what == "tag" else config.export_tag,
            export_extras=self.extras,
            export_template=self.template,
        )


def default_folder(config: Config) -> Path:
    """Where is exported to unless the reader says otherwise."""
    return config.export_folder or user_documents_path() / "mitjul"


def shown(path: Path) -> str:
    """A path as people write it, with `~` for the home folder."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)


def check_folder(folder: Path) -> None:
    """See beforehand whether a folder can be written into, or made.

    Raises:
        StorageError: it cannot.
    """
    for place in (folder, *folder.parents):
        try:
            if not os.path.lexists(place):
                continue
            folds, writes = place.is_dir(), os.access(place, os.W_OK | os.X_OK)
        except (OSError, ValueError):
            folds, writes = False, False
        if not folds:
            raise StorageError(f"폴더가 아닙니다: {shown(place)}", f"Not a folder: {shown(place)}")
        if not writes:
            raise StorageError(
                f"쓸 수 없는 폴더입니다: {shown(place)}. 다른 폴더를 고르세요.",
                f"This folder cannot be written to: {shown(place)}. Choose another.",
            )
        return


def run(
    library: Library,
    around: Around,
    choices: Choices,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Written]:
    """Export, or see what would be exported. Slow: call it in a thread.

    Raises:
        MitjulError: why nothing can be exported.
    """
    check_folder(choices.folder)
    query = {"tag": f"tag:{choices.tag}", "query": around.query}.get(choices.what, "")
    if choices.what == "article" and around.article is not None:
        ids: Sequence[str] = [around.article[0]]
    elif choices.what == "chosen":
        ids = around.chosen
    else:
        ids = [summary.id for summary in library.list(query)]
    language = say("ko", "en")
    if choices.form in (*MARKDOWN, "template"):
        # Loaded when it is wanted: reading needs none of it.
        from store.exchange.markdown import export_markdown

        return export_markdown(
            library,
            ids,
            choices.folder,
            preset=choices.form if choices.form in MARKDOWN else "obsidian",
            by=cast("By", choices.by),
            query=query,
            template=_template(choices) if choices.form == "template" else None,
            extras=choices.extras,
            language=language,
            dry_run=dry_run,
            progress=progress,
            cancelled=cancelled,
        )
    from store.exchange.bundle import export_bundle

    labels = {
        "article": around.article[1] if around.article else "",
        "chosen": say("고른 글", "chosen"),
        "tag": choices.tag,
        "query": around.query,
    }
    few = choices.what in ("article", "chosen")
    return export_bundle(
        library,
        choices.form,
        choices.folder,
        query=query,
        articles=set(ids) if few else None,
        label=labels.get(choices.what, ""),
        language=language,
        dry_run=dry_run,
    )


def _template(choices: Choices) -> str:
    from store.exchange.template import read_template

    if choices.template is None:
        raise InvalidError("먼저 틀 파일을 고르세요.", "Choose the template's file first.")
    return read_template(choices.template)


def nothing_there(choices: Choices) -> str:
    """Why there is nothing to export, and what to do about it."""
    if choices.form == "figures":
        return say(
            "내보낼 수치가 없습니다. ‘무엇을’에서 다른 글이나 서가 전체를 고르세요.",
            "There are no figures to export. Choose other articles or the whole library under “What”.",
        )
    match choices.what:
        case "tag":
            return say(
                "이 태그가 달린 표시가 없습니다. ‘태그’에서 다른 태그를 고르세요.",
                "No mark has this tag. Choose another under “Tag”.",
            )
        case "query":
            return say(
                "서가에서 거른 것에 맞는 표시가 없습니다. ‘무엇을’에서 다른 것을 고르거나, 서가(F2)에서 찾는 말을 바꾸세요.",
                "No mark answers what the shelf is filtered by. Choose something else under “What”, "
                "or change the filter on the shelf (F2).",
            )
        case "all":
            return say(
                "서가에 아직 표시가 없습니다. Esc로 돌아가 글에서 h로 밑줄을 긋고 다시 오세요.",
                "There are no marks in the library yet. Go back with Esc and underline something with h.",
            )
        case what:
            here = (
                say("이 글에는", "in this article")
                if what == "article"
                else say("고른 글에는", "in these articles")
            )
            return say(
                f"{here} 아직 표시가 없습니다. Esc로 돌아가 h로 밑줄을 긋거나, ‘무엇을’에서 ←→로 서가 전체를 고르세요.",
                f"There are no marks {here} yet. Go back with Esc and underline something with h, "
                "or choose the whole library under “What”.",
            )


def counts(written: Sequence[Written]) -> Mapping[str, int]:
    """How many files there are of each status; `beside`: marks that keep what was edited, with what is new beside them."""
    found = dict.fromkeys(("written", "updated", "unchanged", "failed"), 0)
    for file in written:
        found[file.status] += 1
    return {**found, "beside": sum(len(file.beside) for file in written)}


def summary(written: Sequence[Written], *, done: bool) -> str:
    """The same in a line; what there is none of is left out.

    Args:
        done: they have been written, and are not only to be.
    """
    words = {
        "written": ("새 파일", "new"),
        "updated": ("고친 파일", "updated") if done else ("고칠 파일", "to update"),
        "unchanged": ("그대로", "unchanged"),
        "beside": ("곁에 둔 곳", "kept beside") if done else ("곁에 둘 곳", "to keep beside"),
        "failed": ("쓰지 못한 파일", "failed") if done else ("쓰지 못할 파일", "to fail"),
    }
    found = counts(written)
    return " · ".join(
        say(f"{korean} {found[name]}", f"{found[name]} {english}")
        for name, (korean, english) in words.items()
        if found[name]
    )
