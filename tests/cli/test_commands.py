"""Words, JSON and exit codes of the commands."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar, Self

import pytest

from store.errors import MitjulError
from store.files import local_folder
from store.ingest.reasons import REASONS
from store.korean import EXTRACTOR, analyser
from store.library import Library
from store.model import Extracts, Figure, Keyword, Page, Removed
from tests.cli.conftest import Mitjul
from tests.exchange.makers import make_article, make_library
from tui.article.widths import cells
from tui.cli.group import COMMANDS

ID = "a1b2c3d4e5f6"
QUOTE = "설비를 빌린 값은 빠졌다."


def test_list_json_has_the_contract_s_fields(mitjul: Mitjul, library: Path) -> None:
    listed = mitjul("list", "--json").json
    assert [item["id"] for item in listed] == ["a1ffd3c4d5e6", ID]
    assert list(listed[1]) == [
        "id", "title", "publisher", "authors", "published", "url", "added", "annotations", "truncated",
    ]  # fmt: skip
    assert listed[0]["publisher"] is None
    assert listed[0]["published"] is None
    assert mitjul("list", "source:가온경제", "--json").json[0]["id"] == ID


def test_show_json(mitjul: Mitjul, library: Path) -> None:
    shown = mitjul("show", "a1b2", "--json").json
    assert list(shown) == [
        "id", "title", "subtitle", "publisher", "authors", "published", "url", "original_source", "truncated",
        "summary", "text", "blocks", "sentences", "removed", "raw",
    ]  # fmt: skip
    assert shown["text"] == make_article().text
    first = shown["blocks"][0]
    assert first == {
        "type": "heading",
        "level": 1,
        "start": 0,
        "end": first["end"],
        "text": "값싼 모형이 던진 질문",
    }
    assert set(shown["raw"]) == {"sha256", "encoding", "media_type"}


def test_show_for_people(mitjul: Mitjul, library: Path) -> None:
    shown = mitjul("show", ID).out
    assert "# 값싼 모형이 던진 질문" in shown
    assert "• 설비를 빌린 값은 빠졌다." in shown
    assert "가온경제 · 한서리, 문가람 · 2025-02-14" in shown


def test_of_which_the_page_has_the_first_part_only(mitjul: Mitjul, own_home: Path) -> None:
    folder = Path(os.environ["MITJUL_LIBRARY"])
    make_library(folder, make_article(truncated=True), make_article(id="b" * 12, title="다른 글")).close()
    assert [line.count("앞부분만") for line in mitjul("list").out.splitlines()].count(1) == 1
    assert "(앞부분만 있는 글입니다." in mitjul("show", ID).out
    for value in ("truncated", "절단", "앞부분만"):
        assert [item["id"] for item in mitjul("list", f"is:{value}", "--json").json] == [ID]


def test_no_control_character_gets_through(mitjul: Mitjul, library: Path) -> None:
    assert "\x1b" not in mitjul("list").out
    assert "\x1b" not in mitjul("list", "--json").out
    assert mitjul("list", "--json").json[0]["title"] == "두 번째 글 \x1b[31m"


def test_annotate_by_quote_and_by_range(mitjul: Mitjul, library: Path) -> None:
    by_quote = mitjul(
        "annotate",
        ID,
        "--quote",
        "설비를  빌린\n값은",
        "--tag",
        "비용/설비",
        "--tag",
        "의문",
        "--note",
        "왜?",
        "--json",
    )
    mark = by_quote.json
    assert list(mark) == [
        "id", "article", "start", "end", "exact", "prefix", "suffix", "tags", "note", "status", "created", "updated",
    ]  # fmt: skip
    assert mark["exact"] == "설비를 빌린 값은"
    assert mark["tags"] == ["비용/설비", "의문"]
    assert mark["status"] == "anchored"
    again = mitjul("annotate", ID, "--range", f"{mark['start']}:{mark['end']}", "--json").json
    assert again["exact"] == mark["exact"]
    assert len(mitjul("annotations", "--json").json) == 2
    assert [m["id"] for m in mitjul("annotations", "tag:비용", "--json").json] == [mark["id"]]
    assert len(mitjul("annotations", "--article", "a1ff", "--json").json) == 0
    listed = mitjul("annotations").out
    assert "#비용/설비" in listed
    assert "왜?" in listed


def test_the_id_of_an_article_means_its_marks(mitjul: Mitjul, library: Path) -> None:
    mark = mitjul("annotate", ID, "--quote", "설비를 빌린 값은", "--tag", "비용", "--json").json
    other = mitjul("annotate", "a1ff", "--quote", "딴 이야기", "--json").json

    def ids(*arguments: str) -> list[str]:
        return [m["id"] for m in mitjul("annotations", *arguments, "--json").json]

    assert ids(ID) == ids(ID[:6]) == ids(ID, "tag:비용") == [mark["id"]]
    assert ids("a1ffd3") == [other["id"]]
    assert ids(ID, "tag:의문") == []
    assert ids("tag:비용") == [mark["id"]]
    assert ids(ID[:5]) == ids("abcdef") == [], "too short, or of no article: words to look for"
    assert "설비를 빌린 값은" in mitjul("annotations", ID).out
    mitjul("annotate", ID, "--quote", "그러나", "--note", "값은 2025021에서")
    assert len(ids("2025021")) == 1
    assert "ID" in mitjul("annotations", "--help").out.split("QUERY", 2)[-1]


def test_an_article_without_marks_is_told_from_a_query_without_an_answer(
    mitjul: Mitjul, library: Path
) -> None:
    assert mitjul("annotations", ID[:8]).err.strip() == f"이 글에는 표시가 없습니다: {ID}"
    assert mitjul("annotations", "없는말").err.strip() == "표시가 없습니다."


def test_lines_left_out_stand_in_columns(mitjul: Mitjul, own_home: Path) -> None:
    reasons = ["menu", *sorted(REASONS, key=lambda id: cells(REASONS[id][0]))[-2:]]
    removed = tuple(
        Removed(text=f"빠진 줄 {n}", at=0, line=n, reason=reason) for n, reason in enumerate(reasons)
    )
    make_library(Path(os.environ["MITJUL_LIBRARY"]), make_article(removed=removed)).close()
    lines = mitjul("show", ID, "--removed").out.splitlines()
    assert len(lines) == 3
    assert len({cells(line[: line.index("빠진 줄")]) for line in lines}) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["show", "ffff"], 1, "그런 글이 없습니다: ffff"),
        (["show", "a1"], 1, "더 길게"),
        (["annotate", ID, "--quote", "글에 없는 말"], 1, ""),
        (["annotate", ID, "--range", "5:99999"], 1, ""),
        (["annotate", ID, "--range", "9:5"], 2, "--range"),
        (["annotate", ID], 2, "--quote"),
        (["annotate", ID, "--quote", "값", "--range", "1:2"], 2, "--quote"),
        (["annotate", ID, "--range", "여기"], 2, "120:180"),
        (["nonsense"], 2, "nonsense"),
        (["serch", "값"], 2, "search"),
        (["show"], 2, "ID"),
        (["list", "--josn"], 2, "--josn"),
        (["search", "값", "--limit"], 2, "--limit"),
        (["show", ID, "--raw", "--json"], 2, "--raw"),
        (["tags", "hotkey", "비용", "12"], 2, "1"),
        (["tags", "rename", "없는태그", "새것"], 1, "없는태그"),
        (["tags", "nonsense"], 2, "nonsense"),
        (["add", "x", "--encoding", "klingon"], 2, "klingon"),
        (["add", "x", "--encoding", "base64"], 2, "base64"),
    ],
)
def test_mistakes_are_one_clear_line(
    mitjul: Mitjul, library: Path, arguments: list[str], code: int, words: str
) -> None:
    result = mitjul(*arguments)
    assert result.code == code
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert words in result.err
    assert any("가" <= c <= "힣" for c in result.err)


def test_english(mitjul: Mitjul, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITJUL_LANG", "en")
    assert "No such article: ffff" in mitjul("show", "ffff").err
    assert "ID is missing" in mitjul("show").err


def test_remove_and_restore(mitjul: Mitjul, library: Path) -> None:
    assert mitjul("remove", "a1b2", "--json").json == [ID]
    assert len(mitjul("list", "--json").json) == 1
    assert [item["id"] for item in mitjul("list", "--trash", "--json").json] == [ID]
    assert mitjul("restore", "a1b2").code == 0
    assert len(mitjul("list", "--json").json) == 2


def test_tags(mitjul: Mitjul, library: Path) -> None:
    for words, tag in ((QUOTE, "비용/설비"), ("시험 운영", "비용"), ("문가람", "x")):
        mitjul("annotate", ID, "--quote", words, "--tag", tag)
    assert mitjul("tags", "hotkey", "비용", "3", "--json").json["hotkey"] == "3"
    assert mitjul("tags", "colour", "비용", "green").code == 0
    assert mitjul("tags", "colour", "비용", "mauve").code == 1
    assert mitjul("tags", "--json").json[0] == {"name": "비용", "count": 1, "colour": "green", "hotkey": "3"}
    assert mitjul("tags", "rename", "비용", "돈", "--json").json == {"changed": 2}
    assert {tag["name"] for tag in mitjul("tags", "list", "--json").json} >= {"돈", "돈/설비"}
    assert mitjul("tags", "merge", "돈/설비", "돈", "--json").json == {"changed": 1}
    assert mitjul("tags", "--json", "list").json[0]["count"] == 2
    assert mitjul("tags", "delete", "돈", "--json").json == {"changed": 2}
    assert mitjul("tags", "hotkey", "빈것", "1").code == 0
    assert mitjul("tags", "hotkey", "빈것", "--json").json["hotkey"] == ""


def test_library_may_be_named_before_or_after(mitjul: Mitjul, library: Path, tmp_path: Path) -> None:
    assert len(mitjul("--library", str(library), "list", "--json").json) == 2
    assert mitjul("list", "--library", str(tmp_path / "other"), "--json").json == []


def test_a_folder_that_cannot_be_used(mitjul: Mitjul, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    result = mitjul("--library", str(file), "add", str(file))
    assert result.code == 1
    assert result.err.count("\n") == 1
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.access(locked, os.W_OK):  # root may write there; nobody may there
        locked = Path("/proc/self")
        if not locked.is_dir():
            pytest.skip("this user may write everywhere")
    result = mitjul("--library", str(locked / "library"), "add", str(file))
    assert result.code == 1
    assert result.err.count("\n") == 1


def test_keys_and_check(mitjul: Mitjul, library: Path) -> None:
    assert mitjul("check").code == 0
    assert mitjul("check", "--json").json == []
    assert mitjul("reindex", "--json").json == {"articles": 2}
    assert "밑줄" in mitjul("keys").out
    assert mitjul("keys", "--json").json


class _Again:
    """An analyser that finds one keyword in each page, except in those (by title) it is to fail at."""

    failing: ClassVar[set[str]] = set()

    def __init__(self, workers: int = 1) -> None: ...
    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...
    def analyse(self, pages: Iterable[tuple[str, Page]]) -> Iterator[tuple[str, Extracts | MitjulError]]:
        for id, page in pages:
            word = Keyword(text="다시", score=1.0, count=1)
            failed = MitjulError("못 했습니다.", "It failed.")
            yield id, failed if page.title in self.failing else Extracts(version=EXTRACTOR, keywords=(word,))


def test_extracts_are_made_again(mitjul: Mitjul, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyser, "Analyser", _Again)
    with Library.open(library) as opened:
        ids = [item.id for item in opened.list()]
        titles = [item.title for item in opened.list()]
    for _ in range(2):  # the second time nothing waits, and all are done again nevertheless
        with Library.open(library) as opened:
            for id in ids:
                opened._shelf.save_extracts(id, Extracts(version=EXTRACTOR))
        assert mitjul("reindex", "--extracts", "--json").json == {"articles": 2, "pending": 0}
        with Library.open(library) as opened:
            assert all([k.text for k in opened.extracts(id).keywords] == ["다시"] for id in ids)  # type: ignore[union-attr]
    monkeypatch.setattr(_Again, "failing", {titles[0]})
    failed = mitjul("reindex", "--extracts")
    assert failed.code == 1
    assert ids[0] in failed.err


def test_a_backup_is_restored_as_a_library(mitjul: Mitjul, library: Path, tmp_path: Path) -> None:
    mitjul("annotate", ID, "--quote", QUOTE, "--note", "메모")
    file = tmp_path / "backup.zip"
    made = mitjul("backup", str(file), "--json").json
    assert made["path"] == str(file)
    assert made["files"] >= 4
    again = mitjul("backup", str(file))
    assert again.code == 1
    assert "backup.zip" in again.err
    new = tmp_path / "restored"
    assert mitjul("--library", str(new), "restore", str(file), "--json").json == {
        "path": str(new),
        "files": made["files"],
    }
    assert mitjul("--library", str(new), "annotations", "--json").json[0]["note"] == "메모"
    assert mitjul("--library", str(new), "check").code == 0
    assert [path.name for path in tmp_path.rglob("*") if path.suffix == ".tmp"] == []


def test_what_cannot_be_restored(mitjul: Mitjul, library: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    mitjul("backup", str(file))
    taken = mitjul("restore", str(file))
    assert (taken.code, taken.out) == (1, "")
    assert "--library" in taken.err
    file.write_bytes(file.read_bytes()[:200])
    new = tmp_path / "restored"
    torn = mitjul("--library", str(new), "restore", str(file))
    assert (torn.code, torn.err.count("\n")) == (1, 1)
    assert not new.exists()
    assert mitjul("restore", str(tmp_path / "none.zip")).code == 1


def test_a_backup_into_a_folder_gets_a_name(mitjul: Mitjul, library: Path, tmp_path: Path) -> None:
    made = Path(mitjul("backup", str(tmp_path), "--json").json["path"])
    assert made.parent == tmp_path
    assert made.name.startswith("mitjul-")
    assert made.is_file()


def test_related_and_figures(mitjul: Mitjul, library: Path) -> None:
    from store.korean import EXTRACTOR
    from store.library import Library
    from store.model import Extracts, Span
    from tests.exchange.makers import make_library

    with Library.open(library) as opened:
        figure = Figure(
            surface="$5.6M",
            value=5.6e6,
            unit="USD",
            kind="money",
            start=0,
            end=5,
            sentence=0,
            measures="훈련 비용",
        )
        article = opened.article(ID)
        terms = tuple(
            ("설비", "빌리다", "값") if QUOTE in article.slice(s.start, s.end) else ("딴말",)
            for s in article.sentences
        )
        opened._shelf.save(article, Extracts(version=EXTRACTOR, figures=(figure,), terms=terms))
        second = opened.article("a1ffd3c4d5e6")
        opened._shelf.save(second, Extracts(version=EXTRACTOR))
    third = make_article(
        id="c" * 12, title="셋째 글", text=QUOTE, blocks=(), sentences=(Span(start=0, end=len(QUOTE)),)
    )
    with make_library(library, third) as opened:
        opened._shelf.save(
            opened.article("c" * 12), Extracts(version=EXTRACTOR, terms=(("설비", "빌리다", "값"),))
        )
    figures = mitjul("figures", "--json").json
    assert [(f["surface"], f["article"], f["title"]) for f in figures] == [
        ("$5.6M", ID, make_article().title)
    ]
    assert list(figures[0]) == [
        "surface", "value", "unit", "kind", "qualifier", "measures", "start", "end", "sentence",
        "article", "title",
    ]  # fmt: skip
    assert mitjul("extracts", ID, "--json").json["figures"][0]["measures"] == "훈련 비용"
    related = mitjul("related", ID, "--json").json
    assert [item["passage"]["text"] for item in related] == [QUOTE]
    (match,) = related[0]["matches"]
    assert list(match) == ["article", "start", "end", "text", "score", "relation"]
    assert (match["article"], match["text"], match["relation"]) == ("c" * 12, QUOTE, "related")
    shown = mitjul("related", ID).out
    assert "셋째 글" in shown
    assert "같은 문장" in shown
    assert "관련" not in shown
    start = make_article().text.index("그러나")
    assert mitjul("related", ID, "--range", f"{start}:{start + 5}", "--json").json == []


def test_results_say_where_they_are_from_and_what_is_a_sample(
    mitjul: Mitjul, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title, word = make_article().title, "설비를"
    head = f"{title} · 가온경제 · 2025-02-14  {ID}"
    assert head in mitjul("search", word).out.splitlines()
    assert not any("sample" in item for item in mitjul("search", word, "--json").json)
    assert "견본" not in mitjul("list").out
    at = make_article().text.index("$5.6M")
    with Library.open(library) as opened:
        figure = Figure(
            surface="$5.6M",
            value=5.6e6,
            unit="USD",
            kind="money",
            start=at,
            end=at + 5,
            sentence=1,
            measures="값",
        )
        for item in opened.list():
            mine = (figure,) if item.id == ID else ()
            opened._shelf.save(opened.article(item.id), Extracts(version=EXTRACTOR, figures=mine))
    monkeypatch.setattr("store.samples.sample_ids", lambda: frozenset({ID}))
    assert f"{title} · 견본 · 가온경제 · 2025-02-14  {ID}" in mitjul("search", word).out.splitlines()
    assert f"{title} · 견본  {ID}" in mitjul("figures").out.splitlines()
    for shown in (mitjul("figures").out, mitjul("extracts", ID).out):
        (told,) = (line for line in shown.splitlines() if "$5.6M" in line)
        assert told.endswith("값 · 「값싼 모형이 던진 질문」 1문단")
    (listed,) = [line for line in mitjul("list").out.splitlines() if "견본 · 가온경제" in line]
    assert listed.startswith(ID)
    hits, figures = mitjul("search", word, "--json").json, mitjul("figures", "--json").json
    assert hits
    assert all(item["sample"] is True for item in (*hits, *figures))
    assert {item["id"]: item.get("sample") for item in mitjul("list", "--json").json} == {
        ID: True,
        "a1ffd3c4d5e6": None,
    }


@pytest.mark.parametrize("name", [name for commands in COMMANDS.values() for name in commands])
def test_every_command_helps(mitjul: Mitjul, name: str) -> None:
    answer = mitjul(name, "--help")
    assert answer.code == 0
    assert f"mitjul {name}" in answer.out


def test_nothing_unforeseen_shows_a_traceback(
    mitjul: Mitjul, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("0")

    monkeypatch.setattr("store.library.Library.list", broken)
    answer = mitjul("list")
    assert answer.code == 1
    assert "ZeroDivisionError" in answer.err
    assert len(answer.err.strip().split("\n")) == 1
    monkeypatch.setenv("MITJUL_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        mitjul("list")


def test_a_reversed_range_is_named(mitjul: Mitjul, library: Path) -> None:
    answer = mitjul("annotate", ID, "--range", "20:9")
    assert answer.code == 2
    assert "앞이어야" in answer.err


def test_removing_twice_says_so(mitjul: Mitjul, library: Path) -> None:
    assert mitjul("remove", ID).code == 0
    again = mitjul("remove", ID)
    assert again.code == 0
    assert "이미 휴지통에" in again.err


def test_merging_into_a_named_tag(mitjul: Mitjul, library: Path) -> None:
    mitjul("annotate", ID, "--quote", QUOTE, "--tag", "돈", "--tag", "값")
    answer = mitjul("tags", "merge", "돈", "값", "--into", "비용")
    assert answer.code == 0
    assert "돈, 값 → 비용" in answer.out
    one = mitjul("tags", "merge", "비용")
    assert (one.code, "둘 이상" in one.err) == (2, True)


def test_merging_tags_as_they_are_typed(mitjul: Mitjul, library: Path) -> None:
    mitjul("annotate", ID, "--quote", QUOTE, "--tag", "개발 비용", "--tag", "설비/값")
    assert mitjul("tags", "merge", "개발 비용", "# 설비 / 값", "돈", "--json").json == {"changed": 2}
    assert [tag["name"] for tag in mitjul("tags", "--json").json] == ["돈"]
    none = mitjul("tags", "merge", "없는 것", "돈")
    assert (none.code, "없는 것" in none.err) == (1, True)


def test_a_group_without_its_command_says_so_in_a_line(mitjul: Mitjul) -> None:
    answer = mitjul("template")
    assert answer.code == 2
    assert len(answer.err.strip().split("\n")) == 1
    assert "명령이 빠졌습니다" in answer.err


def test_a_wrong_choice_is_a_whole_sentence(mitjul: Mitjul, library: Path) -> None:
    answer = mitjul("tags", "hotkey", "돈", "12")
    assert answer.code == 2
    assert "가운데 하나를 쓰세요." in answer.err


def test_of_a_library_whose_disk_is_out_no_new_one_is_made_unless_asked(
    mitjul: Mitjul, own_home: Path
) -> None:
    folder = own_home / "usb" / "library"
    kept = local_folder(folder) / "disk"
    kept.parent.mkdir(parents=True)
    kept.write_text("0\n")
    page = own_home / "글.txt"
    page.write_text("새 다리\n\n새 다리가 내년 봄에 열린다고 시청이 밝혔다.\n", "utf-8")
    for command in (["list"], ["add", str(page)]):
        result = mitjul("--library", str(folder), *command)
        assert (result.code, result.out) == (1, "")
        assert result.err.count("\n") == 1
        assert "디스크를 연결하고" in result.err
        assert "--new" in result.err
        assert not folder.parent.exists()
    assert mitjul("--library", str(folder), "add", str(page), "--new").code == 0
    shutil.rmtree(folder)
    kept.write_text("0\n")
    assert mitjul("list", "--library", str(folder)).code == 1
    assert mitjul("--new", "--library", str(folder), "add", str(page)).code == 0
    assert len(mitjul("--library", str(folder), "list", "--json").json) == 1
