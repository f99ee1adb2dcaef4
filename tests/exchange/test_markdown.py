"""Exported files: their form, their names, what becomes of them when exported again."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from store.errors import InvalidError
from store.library import Library
from store.model import Extracts, Figure, FigureKind, KeySentence
from tests.exchange.conftest import ID, QUOTE, export, only, properties
from tests.exchange.makers import make_article, make_library


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
        f"> {QUOTE}\n>\n> #비용/설비 #의문\n>\n> — 「남은 문제」 1문단\n\n^mj-{mark.id}\n\n"
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
            key_sentences=(
                KeySentence(
                    start=article.text.index("그러나"),
                    end=article.text.index("그러나") + 3,
                    text="값은 $5.6M이다.",
                    score=1.0,
                ),
            ),
            figures=(
                Figure(
                    surface="$5.6M",
                    value=5.6e6,
                    unit="USD",
                    kind="money",
                    start=article.text.index("$5.6M"),
                    end=article.text.index("$5.6M") + 5,
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
        assert "| 훈련\\|비용 | \\$5.6M | 「값싼 모형이 던진 질문」 1문단 |" in text
        assert "- 값은 \\$5.6M이다. (「값싼 모형이 던진 질문」 2문단)" in text
        assert "2025-02-14 · 앞부분만 · [원문]" in text
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
        f"- > {QUOTE}\n  #비용/설비\n  — 「남은 문제」 1문단\n  id:: 6d69746a-756c-8000-8000-{mark.id}\n\t- 첫 줄\n\t  id:\\: 훔침\n"
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
                start=article.text.index("시험 운영"),
                end=article.text.index("시험 운영") + 5,
                sentence=5,
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
        assert "| R1 개발 비용 | 990만 달러 |  | 나루\\|신문 | 「남은 문제」 2문단 |" in text
        assert export(library, vault, by="one")[0].status == "unchanged"
        (bare,) = export(library, vault / "bare", by="one", extras=False)
        assert "달러 |" not in bare.path.read_text()


@pytest.mark.parametrize("preset", ["obsidian", "logseq", "commonmark"])
def test_english_and_back(library: Library, vault: Path, preset: str) -> None:
    """The program's words are in the language asked for; changing it is no edit, and notes still read back."""
    from store.exchange.readback import read_markdown

    library.annotate_quote(ID, QUOTE, note="a note")
    library.set_article_note(ID, "on the whole")
    (written,) = export(library, vault, preset=preset, language="en")
    text = written.path.read_text()
    assert "## Marks" in text
    assert not any(word in text for word in ("밑줄", "메모", "원문"))
    assert read_markdown(library, written.path).edits == ()
    written.path.write_text(text.replace("on the whole", "on all of it"))
    assert [edit.after for edit in read_markdown(library, written.path).edits] == ["on all of it"]
    written.path.write_text(text)
    export(library, vault, preset=preset)
    assert "## 밑줄" in written.path.read_text()
    assert "## Marks" not in written.path.read_text()
    assert "-new" not in written.path.read_text()


def test_an_article_that_is_only_tagged_has_a_file_with_its_tags(tmp_path: Path, vault: Path) -> None:
    other = make_article(id="b" * 12, title="다른 글")
    with make_library(tmp_path / "library", make_article(), other) as library:
        library.set_article_tags(ID, ["비용/개발", "주장"])
        export(library, vault)
        assert properties(only(vault))["tags"] == ["비용/개발", "주장"]
        library.set_article_tags(ID, ["주장"])
        assert [item.status for item in export(library, vault)] == ["updated"]
        assert properties(only(vault))["tags"] == ["주장"]
        assert [item.status for item in export(library, vault)] == ["unchanged"]


def test_figures_stand_as_the_article_has_them_and_small_numbers_of_anything_do_not(
    tmp_path: Path, vault: Path
) -> None:
    def figure(
        surface: str, value: float, kind: FigureKind, measures: str, qualifier: str | None = None
    ) -> Figure:
        start = article.text.index(surface)
        return Figure(
            surface=surface, value=value, unit=None, kind=kind, start=start, end=start + len(surface),
            sentence=1, measures=measures, qualifier=qualifier,
        )  # fmt: skip

    article = make_article()
    figures = (
        figure("$5.6M", 5.6e6, "money", "훈련 비용", "이상"),
        figure("1", 1, "count", "경쟁사"),
    )
    with make_library(tmp_path / "l", article) as library:
        library._shelf.save(article, Extracts(version=1, figures=figures))
        export(library, vault)
        text = only(vault).read_text()
        assert "| 훈련 비용 | \\$5.6M 이상 |" in text
        assert "| 경쟁사 |" not in text


def test_files_of_several_articles_have_those_tagged_as_a_whole(tmp_path: Path, vault: Path) -> None:
    other = make_article(id="b" * 12, title="다른 글", publisher="나루신문")
    third = make_article(id="c" * 12, title="셋째 글")
    with make_library(tmp_path / "library", make_article(), other, third) as library:
        library.annotate_quote(ID, QUOTE, tags=["비용"])
        library.set_article_tags(other.id, ["비용", "유료"])
        export(library, vault, by="tag")
        assert sorted(path.name for path in vault.glob("*.md")) == ["비용.md", "유료.md"]
        text = (vault / "비용.md").read_text()
        assert QUOTE in text
        assert "|다른 글]]\n\n한서리, 문가람 · 나루신문" in text
        assert " · #비용\n" in text
        assert "셋째 글" not in text
        assert [item.status for item in export(library, vault, by="tag")] == ["unchanged"] * 2
        (written,) = export(library, vault / "one", by="one", query="tag:유료")
        text = written.path.read_text()
        assert "#비용 #유료" in text
        assert QUOTE not in text
        library.set_article_tags(other.id, [])
        export(library, vault, by="tag")
        assert "다른 글" not in (vault / "비용.md").read_text()
