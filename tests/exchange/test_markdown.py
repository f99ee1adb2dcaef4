"""Exported files: their form, their names, what becomes of them when exported again."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from store.errors import InvalidError, StorageError
from store.exchange.markdown import Written, export_markdown
from store.library import Library
from store.model import Extracts, Figure, KeySentence
from tests.exchange.makers import make_article, make_library

ID = "a1b2c3d4e5f6"
QUOTE = "설비를 빌린 값은 빠졌다."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with make_library(tmp_path / "library", make_article()) as library:
        yield library


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def export(library: Library, vault: Path, **settings: Any) -> list[Written]:
    return export_markdown(library, [item.id for item in library.list()], vault, **settings)


def only(vault: Path) -> Path:
    (path,) = vault.glob("**/*.md")
    return path


def properties(path: Path) -> dict[str, Any]:
    parts = path.read_text().split("---\n")
    value = yaml.safe_load(parts[1])
    assert isinstance(value, dict)
    return value


def test_what_obsidian_users_expect(library: Library, vault: Path) -> None:
    mark = library.annotate_quote(
        ID, QUOTE, tags=["비용/설비", "의문"], note="다른 글과 다르다.\n---\n끝 ^id"
    )
    (written,) = export(library, vault)
    assert written.status == "written"
    assert written.path.name == "값싼 모형, 비싼 질문 a1b2c3.md"
    found = properties(written.path)
    assert found == {
        "title": "값싼 모형, 비싼 질문",
        "aliases": ["값싼 모형, 비싼 질문"],
        "source": "https://example.org/a_b?no=1",
        "author": ["한서리", "문가람"],
        "publisher": "가온경제",
        "published": datetime.date(2025, 2, 14),
        "created": found["created"],
        "tags": ["비용/설비", "의문"],
        "mitjul": ID,
    }
    text = written.path.read_text()
    block = (
        f"> {QUOTE}\n>\n> #비용/설비 #의문\n\n^mj-{mark.id}\n\n"
        "> [!note] 메모\n> 다른 글과 다르다.\n> \\---\n> 끝 \\^id\n"
    )
    assert block in text
    assert [p.name for p in vault.rglob("*") if p.name.endswith(".tmp")] == []


def test_what_is_not_known_is_not_there(tmp_path: Path, vault: Path) -> None:
    bare = make_article(publisher=None, authors=(), published="2025-02", url=None)
    with make_library(tmp_path / "l", bare) as library:
        export(library, vault)
    found = properties(only(vault))
    assert found["published"] == "2025-02"
    assert not {"publisher", "author", "source", "tags"} & set(found)


@pytest.mark.parametrize(
    "title",
    [
        "../../x",
        "😀🎉",
        "가" * 300,
        "a: b # c",
        '"quoted"',
        "- list",
        "---",
        "[[링크]]|#^",
        "\u202e뒤집기",
        "null",
    ],
)
def test_awkward_titles(tmp_path: Path, vault: Path, title: str) -> None:
    with make_library(tmp_path / "l", make_article(title=title)) as library:
        for preset in ("obsidian", "commonmark", "logseq"):
            (written,) = export(library, vault / preset, preset=preset)
            assert written.path.parent == vault / preset
            assert written.path.is_file()
        assert properties(vault / "obsidian" / written.path.name)["title"] == title.replace("\u202e", "")
        assert len(list(tmp_path.rglob("*.md"))) == 3


def test_two_articles_with_one_title(tmp_path: Path, vault: Path) -> None:
    same = [make_article(id=f"{number}{'0' * 11}") for number in range(1, 3)]
    alike = [make_article(id=f"aaaaaa{number}{'0' * 5}") for number in range(1, 3)]
    with make_library(tmp_path / "l", *same, *alike) as library:
        for article in (*same, *alike):
            library.annotate_quote(article.id, QUOTE)
        assert len({item.path for item in export(library, vault)}) == 4
        assert {item.status for item in export(library, vault)} == {"unchanged"}


def test_a_file_of_someone_else_is_never_touched(library: Library, vault: Path) -> None:
    vault.mkdir()
    other = vault / "값싼 모형, 비싼 질문 a1b2c3.md"
    other.write_text("내 글\n")
    (written,) = export(library, vault)
    assert written.path.name == "값싼 모형, 비싼 질문 a1b2c3d4e5f6.md"
    assert other.read_text() == "내 글\n"
    assert export(library, vault)[0].status == "unchanged"


def test_nothing_new_writes_nothing(library: Library, vault: Path) -> None:
    library.annotate_quote(ID, QUOTE)
    export(library, vault)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in vault.rglob("*")}
    assert export(library, vault)[0].status == "unchanged"
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in vault.rglob("*")} == before


def test_a_renamed_file_is_found_by_its_id(library: Library, vault: Path) -> None:
    export(library, vault)
    moved = vault / "읽은 것" / "새 이름.md"
    moved.parent.mkdir()
    only(vault).rename(moved)
    library.annotate_quote(ID, QUOTE)
    (written,) = export(library, vault)
    assert written.path == moved
    assert written.status == "updated"
    assert QUOTE in only(vault).read_text()


def test_edits_stay_and_news_come(library: Library, vault: Path) -> None:
    first = library.annotate_quote(ID, QUOTE, note="처음 메모")
    second = library.annotate_quote(ID, "시험 운영", note="둘째 메모")
    export(library, vault)
    path = only(vault)
    path.write_text(path.read_text().replace("처음 메모", "내가 고친 메모") + "\n## 내 생각\n\n결론이다.\n")
    library.change(first.id, note="서가에서 바꾼 메모", tags=["새것"])
    library.change(second.id, note="바뀐 둘째")
    third = library.annotate_quote(ID, "문가람" if "문가람" in make_article().text else "환율이다")
    (written,) = export(library, vault)
    text = path.read_text()
    assert written.beside == (f"mj-{first.id}",)
    assert "내가 고친 메모" in text
    assert "서가에서 바꾼 메모" in text
    assert f"^mj-{first.id}-new" in text
    assert "바뀐 둘째" in text
    assert "둘째 메모" not in text
    assert text.index(f"^mj-{third.id}") < text.index("## 내 생각")
    assert text.endswith("## 내 생각\n\n결론이다.\n")
    assert export(library, vault)[0].status == "unchanged"
    library.delete(second.id)
    library.delete(first.id)
    export(library, vault)
    text = path.read_text()
    assert "바뀐 둘째" not in text
    assert "내가 고친 메모" in text
    assert f"^mj-{first.id}-new" not in text


def test_taking_the_version_beside(library: Library, vault: Path) -> None:
    """Who deletes the version beside an edited block is not offered it again; who puts the block back gets it brought up to date."""
    mark = library.annotate_quote(ID, QUOTE, note="하나")
    export(library, vault)
    path = only(vault)
    as_written = path.read_text()
    path.write_text(as_written.replace("하나", "내 것"))
    edited = path.read_text()
    library.change(mark.id, note="둘")
    export(library, vault)
    assert "둘" in path.read_text()
    path.write_text(edited)
    assert export(library, vault)[0].status == "unchanged"
    path.write_text(as_written)
    export(library, vault)
    assert "> 둘" in path.read_text()
    assert "-new" not in path.read_text()


def test_properties_are_merged_key_by_key(library: Library, vault: Path) -> None:
    mark = library.annotate_quote(ID, QUOTE, tags=["비용", "의문"])
    export(library, vault)
    path = only(vault)
    text = (
        path.read_text()
        .replace("tags:\n", "tags:\n  - 읽음\n")
        .replace('publisher: "가온경제"\n', "publisher: 내가 고침\nrating: 5\n")
    )
    path.write_text(text)
    library.change(mark.id, tags=["비용", "새것"])
    export(library, vault)
    found = properties(path)
    assert found["tags"] == ["읽음", "비용", "새것"]
    assert found["publisher"] == "내가 고침"
    assert found["rating"] == 5


def test_windows_line_ends_and_byte_order_mark_stay(library: Library, vault: Path) -> None:
    export(library, vault)
    path = only(vault)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    library.annotate_quote(ID, QUOTE)
    export(library, vault)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert QUOTE.encode() in data


def test_a_dry_run_writes_nothing_and_shows_a_diff(library: Library, vault: Path) -> None:
    (dry,) = export(library, vault, dry_run=True)
    assert not vault.exists()
    assert "+## 밑줄" in dry.diff
    export(library, vault)
    before = only(vault).read_bytes()
    library.annotate_quote(ID, QUOTE)
    (dry,) = export(library, vault, dry_run=True)
    assert dry.status == "updated"
    assert f"+> {QUOTE}" in dry.diff
    assert only(vault).read_bytes() == before


def test_a_file_that_is_no_text_is_left_and_the_rest_goes_on(tmp_path: Path, vault: Path) -> None:
    with make_library(tmp_path / "l", make_article(), make_article(id="b" * 12, title="다른 글")) as library:
        assert export(library, vault) == [], "articles without marks have no files"
        library.set_article_note(ID, "메모")
        library.annotate_quote("b" * 12, "환율")
        export(library, vault)
        bad = next(vault.glob("값싼*"))
        bad.write_bytes(bad.read_bytes() + b"\xff\xfe")
        library.annotate_quote(ID, QUOTE)
        library.annotate_quote("b" * 12, QUOTE)
        results = {item.path.name: item for item in export(library, vault)}
        assert results[bad.name].status == "failed"
        assert "UTF-8" in (results[bad.name].error or "")
        assert [item.status for name, item in results.items() if name != bad.name] == ["updated"]


def test_a_folder_that_cannot_be_written(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(StorageError):
        export(library, file / "vault")
    with pytest.raises(StorageError):
        export(library, file)


def test_a_folder_that_vanishes(library: Library, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be written is reported for each file, not raised out of the middle."""
    import shutil

    from store.exchange import markdown

    real = markdown.fresh

    def vanish(*arguments: Any) -> Any:
        shutil.rmtree(vault, ignore_errors=True)
        vault.write_text("now a file")
        return real(*arguments)

    monkeypatch.setattr(markdown, "fresh", vanish)
    (written,) = export(library, vault)
    assert written.status == "failed"
    assert written.error
    assert vault.read_text() == "now a file"


def test_a_damaged_ledger_loses_nothing(library: Library, vault: Path) -> None:
    mark = library.annotate_quote(ID, QUOTE, note="메모")
    export(library, vault)
    path = only(vault)
    path.write_text(path.read_text().replace("> 메모", "> 내 메모"))
    (vault / ".mitjul" / "export.json").write_text("{broken")
    export(library, vault)
    text = path.read_text()
    assert "> 내 메모" in text
    assert text.count(f"^mj-{mark.id}\n") == 1


def test_a_ledger_s_path_is_not_believed_outside_the_folder(
    library: Library, vault: Path, tmp_path: Path
) -> None:
    export(library, vault)
    only(vault).rename(tmp_path / "outside.md")
    ledger = vault / ".mitjul" / "export.json"
    ledger.write_text(ledger.read_text().replace("값싼 모형, 비싼 질문 a1b2c3.md", "../outside.md"))
    before = (tmp_path / "outside.md").read_bytes()
    library.annotate_quote(ID, QUOTE)
    export(library, vault)
    assert (tmp_path / "outside.md").read_bytes() == before
    assert only(vault).parent == vault


def test_by_tag_mark_and_one(library: Library, vault: Path) -> None:
    library.annotate_quote(ID, QUOTE, tags=["비용/설비", "의문"])
    library.annotate_quote(ID, "시험 운영", tags=["의문"])
    assert {item.path.name for item in export(library, vault / "tag", by="tag")} == {
        "비용 설비.md",
        "의문.md",
    }
    assert (vault / "tag" / "의문.md").read_text().count("\n^mj-") == 2
    assert len(export(library, vault / "mark", by="mark")) == 2
    (one,) = export(library, vault / "one", by="one")
    assert one.path.name == "밑줄.md"
    assert "[[값싼 모형, 비싼 질문 a1b2c3|값싼 모형, 비싼 질문]]" in one.path.read_text()
    (query,) = export(library, vault / "one", by="one", query="tag:비용")
    assert query.path.read_text().count("\n^mj-") == 1
    for folder, by in (("tag", "tag"), ("mark", "mark"), ("one", "one")):
        assert {item.status for item in export(library, vault / folder, by=by)} == {"unchanged"}


def test_extracts_come_where_there_are_some(tmp_path: Path, vault: Path) -> None:
    article = make_article(summary=("한 줄 요약 [1]",), truncated=True)
    with make_library(tmp_path / "l", article) as library:
        extracts = Extracts(
            version=1,
            key_sentences=(KeySentence(start=0, end=3, text="값은 $5.6M이다.", score=1.0),),
            figures=(
                Figure(
                    surface="$5.6M",
                    value=5.6e6,
                    unit="USD",
                    kind="money",
                    start=0,
                    end=5,
                    sentence=0,
                    measures="훈련|비용",
                ),
                Figure(
                    surface="2025년",
                    value="2025",
                    unit=None,
                    kind="date",
                    start=0,
                    end=5,
                    sentence=0,
                    measures="때",
                ),
            ),
        )
        library._shelf.save(article, extracts)
        export(library, vault)
        text = only(vault).read_text()
        assert "| 훈련\\|비용 | \\$5.6M |" in text
        assert "- 값은 \\$5.6M이다." in text
        assert "> [!abstract] 요약\n> 한 줄 요약 \\[1\\]" in text
        assert "2025년" not in text
        export(library, vault / "bare", extras=False)
        assert "핵심 문장" not in next((vault / "bare").glob("*.md")).read_text()


def test_logseq_and_commonmark(library: Library, vault: Path) -> None:
    mark = library.annotate_quote(ID, QUOTE, tags=["비용/설비"], note="첫 줄\nid:: 훔침\n둘째")
    library.set_article_note(ID, "글 메모다")
    (written,) = export(library, vault / "l", preset="logseq")
    text = written.path.read_text()
    assert text.startswith("title:: 값싼 모형, 비싼 질문\n")
    assert (
        f"- > {QUOTE}\n  #비용/설비\n  id:: 6d69746a-756c-8000-8000-{mark.id}\n\t- 첫 줄\n\t  id:\\: 훔침\n"
        in text
    )
    (written,) = export(library, vault / "c", preset="commonmark")
    text = written.path.read_text()
    html = MarkdownIt().render(text.split("---\n", 2)[2])
    assert "<h1>값싼 모형, 비싼 질문</h1>" in html
    assert f"<blockquote>\n<p>{QUOTE}</p>" in html


def test_wrong_preset(library: Library, vault: Path) -> None:
    with pytest.raises(InvalidError):
        export(library, vault, preset="word")


def test_an_unreadable_file(library: Library, vault: Path) -> None:
    export(library, vault)
    path = only(vault)
    path.chmod(0)
    if os.access(path, os.R_OK):
        path.chmod(0o644)
        pytest.skip("this user may read everything")
    library.annotate_quote(ID, QUOTE)
    (written,) = export(library, vault)
    path.chmod(0o644)
    assert written.status == "failed"


def test_one_file_sets_figures_side_by_side(tmp_path: Path, vault: Path) -> None:
    first, second = make_article(), make_article(id="b" * 12, title="다른 글", publisher="나루|신문")
    with make_library(tmp_path / "l", first, second) as library:
        for article, value, surface in ((first, 5.6e6, "560만 달러"), (second, 9.9e6, "990만 달러")):
            figure = Figure(
                surface=surface,
                value=value,
                unit="USD",
                kind="money",
                start=0,
                end=5,
                sentence=0,
                measures="R1 개발 비용",
            )
            library._shelf.save(article, Extracts(version=1, figures=(figure,)))
            library.annotate_quote(article.id, QUOTE)
        (written,) = export(library, vault, by="one")
        text = written.path.read_text()
        assert (
            "| 무엇 | 나루\\|신문 | 가온경제 |  |" in text or "| 무엇 | 가온경제 | 나루\\|신문 |  |" in text
        )
        assert "560만 달러" in text.split("## 같은 것을 두고 하는 말")[1].split("## 수치")[0]
        assert "| R1 개발 비용 | 990만 달러 |  | 나루\\|신문 |" in text
        assert export(library, vault, by="one")[0].status == "unchanged"
        (bare,) = export(library, vault / "bare", by="one", extras=False)
        assert "달러 |" not in bare.path.read_text()
