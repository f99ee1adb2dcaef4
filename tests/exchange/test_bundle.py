"""Forms that are one file: their names, whose marks are in them, another language; and the comparison as a page in English."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import InvalidError
from store.exchange import spreadsheet
from store.exchange.bundle import FILES, export_bundle, make
from store.exchange.comparison import comparison_page, export_comparison
from store.korean.compare import compare
from store.library import Library
from store.model import Extracts, Figure

PAGES = {
    "하나.txt": "다리값을 두고 하는 말\n\n시청은 다리의 건설 비용이 120만 달러라고 적었다. 다리는 내년 봄에 열린다.\n",
    "둘.txt": "다리 장부를 펴 보니\n\n장부에는 다리의 건설 비용이 119만 달러로 나온다. 통행료는 아직 정해지지 않았다.\n",
}


@pytest.fixture
def marked(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "library")
    for name, text in PAGES.items():
        (added,) = library.add(text.encode(), name=name)
        assert added.id is not None
        article = library.article(added.id)
        sentence = article.sentences[0]
        words = "120만 달러" if name == "하나.txt" else "119만 달러"
        at = article.text.index(words)
        figure = Figure(
            surface=words,
            value=1.0,
            unit="USD",
            kind="money",
            start=at,
            end=at + len(words),
            sentence=0,
            measures="값",
        )
        library._shelf.save(article, Extracts(version=1, figures=(figure,)))
        library.annotate(added.id, sentence.start, sentence.end, tags=["비용"])
    return library


def test_each_form_has_its_files(marked: Library, tmp_path: Path) -> None:
    with marked:
        for form, parts in FILES.items():
            written = export_bundle(marked, form, tmp_path / form)
            assert [file.path.name for file in written] == list(parts.values())
            assert {file.status for file in written} == {"written"}
            again = export_bundle(marked, form, tmp_path / form)
            assert {file.status for file in again} == {"unchanged"}
        with pytest.raises(InvalidError):
            export_bundle(marked, "pdf", tmp_path)


@pytest.mark.parametrize("form", FILES)
def test_where_nothing_answers_nothing_is_written(marked: Library, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    with marked:
        assert export_bundle(marked, form, out, query="없는낱말") == []
        assert export_bundle(marked, form, out, articles=["f" * 12]) == []
        assert not out.exists()
        one = marked.list()[0]
        for mark in marked.annotations():
            marked.delete(mark.id)
        made = [file.path.name for file in export_bundle(marked, form, out)]
        assert made == (["figures.csv"] if form == "figures" else [])
        marked.set_article_tags(one.id, ["값"])
        made = [file.path.name for file in export_bundle(marked, form, out, query="tag:값", dry_run=True)]
        assert made == (list(FILES[form].values()) if form in ("jsonld", "codebook", "figures") else [])


def test_a_codebook_may_have_tags_alone(marked: Library, tmp_path: Path) -> None:
    with marked:
        for mark in marked.annotations():
            marked.delete(mark.id)
        marked.set_tag("빈것")
        assert len(export_bundle(marked, "codebook", tmp_path / "out")) == 2


def test_only_the_marks_of_the_articles_named(marked: Library) -> None:
    with marked:
        one = marked.list()[0]
        rows = spreadsheet.read(make(marked, "", "csv", articles=[one.id]))
        assert len(rows) == 1
        assert one.title in rows[0].values()
        assert len(spreadsheet.read(make(marked, "", "csv"))) == 2


def test_what_is_exported_names_the_file(marked: Library, tmp_path: Path) -> None:
    with marked:
        (file,) = export_bundle(marked, "html", tmp_path, query="tag:비용", label="#비용/../개발")
        assert file.path == tmp_path / "report 비용 .. 개발.html"


def test_a_dry_run_writes_nothing(marked: Library, tmp_path: Path) -> None:
    with marked:
        (file,) = export_bundle(marked, "html", tmp_path / "out", dry_run=True)
        assert file.status == "written"
        assert not (tmp_path / "out").exists()


def test_the_comparison_in_english(marked: Library, tmp_path: Path) -> None:
    with marked:
        read = []
        for summary, (words, value) in zip(
            marked.list(), [("119만 달러", 1_190_000.0), ("120만 달러", 1_200_000.0)], strict=True
        ):
            article = marked.article(summary.id)
            start = article.text.index(words)
            figure = Figure(surface=words, value=value, unit="USD", kind="money", start=start, end=start + len(words),
                            sentence=0, measures="건설 비용")  # fmt: skip
            read.append((article.id, article, Extracts(version=1, figures=(figure,))))
        found = compare(read)
        articles = {id: article for id, article, _ in read}
        page = comparison_page(found, articles, "en")
        assert page.startswith("# Articles compared\n")
        assert "## What several articles give" in page
        assert "| What |" in page
        assert "may conflict" in page
        assert "글 견주기" not in page
        assert comparison_page(found, articles).startswith("# 글 견주기\n")
        written = export_comparison(found, articles, tmp_path / "out", language="en")
        assert written.path.name.startswith("Compared ")
        assert written.path.read_text("utf-8") == page
