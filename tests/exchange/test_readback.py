"""Edits made in exported files come back: tags and notes, in every preset, and only those that somebody made."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import InvalidError, NotFoundError
from store.exchange.escape import tidy_note
from store.exchange.markdown import export_markdown
from store.exchange.presets import PRESETS
from store.exchange.readback import apply, read_markdown
from store.library import Library
from tests.exchange.conftest import ID, QUOTE


def exported(library: Library, folder: Path, preset: str = "obsidian") -> Path:
    return export_markdown(library, [ID], folder, preset=preset)[0].path


@pytest.mark.parametrize("preset", PRESETS)
def test_edits_come_back_and_the_next_export_is_as_edited(
    library: Library, tmp_path: Path, preset: str
) -> None:
    mark = library.annotate_quote(ID, QUOTE, tags=["비용/설비", "의문"], note="처음 메모\n\n둘째 문단")
    library.annotate_quote(ID, "시험 운영", tags=["의문"], note="그대로")
    library.set_article_note(ID, "글 메모다")
    path = exported(library, tmp_path, preset)
    assert read_markdown(library, path).edits == ()
    text = (
        path.read_text()
        .replace("처음 메모", "**고친** 메모 $5")
        .replace("#비용/설비 #의문", "#비용/설비 #새것")
    )
    path.write_text(text.replace("글 메모다", "고친 글 메모"))
    reading = read_markdown(library, path)
    assert {edit.kind for edit in reading.edits} == {"tags", "note", "article_note"}
    assert not any(edit.contested for edit in reading.edits)
    assert {error for _, error in apply(library, reading.edits)} == {None}
    after = library.annotation(mark.id)
    assert after.tags == ("비용/설비", "새것")
    assert after.note == "**고친** 메모 $5\n\n둘째 문단"
    assert library.article_note(ID) == "고친 글 메모"
    assert read_markdown(library, path).edits == ()
    export_markdown(library, [ID], tmp_path, preset=preset)
    text = path.read_text()
    assert "-new" not in text
    assert text.count("**고친** 메모") == 1
    assert export_markdown(library, [ID], tmp_path, preset=preset)[0].status == "unchanged"
    assert library.undo() is not None


notes = st.text("가나 ab-*_#>`~[]()<!\\^%$:1.\n\t", max_size=40)


@pytest.mark.parametrize("preset", PRESETS)
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(note=notes, tags=st.lists(st.sampled_from(["비용", "비용/설비", "R&D", "2025", "a-b"]), unique=True))
def test_any_note_reads_back_as_it_is(preset: str, note: str, tags: list[str]) -> None:
    form = PRESETS[preset]
    note = tidy_note(note.strip())
    piece = form.mark("mj-0123456789ab", "인용 #태그\n둘째 줄", tags, note)
    lines = ["앞의 글", "", *piece.lines, "", "## 뒤"] if form.gap else ["- 앞", *piece.lines, "- 뒤"]
    assert piece.marker is not None
    at = lines.index(piece.lines[piece.marker])
    back = form.read(lines, at)
    assert back.note == note
    assert back.tags == tuple(dict.fromkeys(_shown(tag) for tag in tags))
    assert form.extent(lines, at) == (
        lines.index(piece.lines[0]),
        lines.index(piece.lines[0]) + len(piece.lines),
    )


def _shown(tag: str) -> str:
    from store.exchange.names import hashtag

    return hashtag(tag)


def test_the_library_has_moved_on(library: Library, tmp_path: Path) -> None:
    """A block that nobody edited is no edit, though it is not what the library says now; one that both changed is contested."""
    first = library.annotate_quote(ID, QUOTE, note="하나")
    second = library.annotate_quote(ID, "시험 운영", note="둘")
    path = exported(library, tmp_path)
    library.change(first.id, note="서가에서")
    assert read_markdown(library, path).edits == ()
    path.write_text(path.read_text().replace("> 둘", "> 파일에서"))
    library.change(second.id, note="서가에서도")
    export_markdown(library, [ID], tmp_path)
    (edit,) = read_markdown(library, path).edits
    assert (edit.id, edit.after, edit.contested) == (second.id, "파일에서", True)


def test_a_note_may_be_added_and_taken_away(library: Library, tmp_path: Path) -> None:
    first = library.annotate_quote(ID, QUOTE)
    second = library.annotate_quote(ID, "시험 운영", note="지울 것", tags=["비용"])
    path = exported(library, tmp_path)
    text = path.read_text().replace(f"^mj-{first.id}\n", f"^mj-{first.id}\n\n> [!note]\n> 새 메모\n")
    text = text.replace("\n> [!note] 메모\n> 지울 것", "").replace(">\n> #비용\n", "")
    path.write_text(text + "\n내 글은 메모가 아니다.\n")
    apply(library, read_markdown(library, path).edits)
    assert library.annotation(first.id).note == "새 메모"
    assert library.annotation(second.id).note == ""
    assert library.annotation(second.id).tags == ()


def test_missing_and_unknown_blocks(library: Library, tmp_path: Path) -> None:
    mark = library.annotate_quote(ID, QUOTE)
    path = exported(library, tmp_path)
    text = path.read_text()
    path.write_text(text.replace(f"^mj-{mark.id}", "^mj-000000000000"))
    reading = read_markdown(library, path)
    assert reading.missing == (mark.id,)
    assert reading.unknown == ("000000000000",)
    assert reading.edits == ()


def test_a_copy_elsewhere_reads_back_without_its_ledger(library: Library, tmp_path: Path) -> None:
    mark = library.annotate_quote(ID, QUOTE, note="메모")
    copy = tmp_path / "sent.md"
    copy.write_text(exported(library, tmp_path / "vault").read_text().replace("> 메모", "> 동료의 말"))
    (edit,) = read_markdown(library, copy).edits
    assert (edit.id, edit.before, edit.after) == (mark.id, "메모", "동료의 말")


def test_not_exported_files(library: Library, tmp_path: Path) -> None:
    (tmp_path / "own.md").write_text("# 내 글\n")
    (tmp_path / "bad.md").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(InvalidError):
        read_markdown(library, tmp_path / "own.md")
    with pytest.raises(InvalidError):
        read_markdown(library, tmp_path / "bad.md")
    for missing in (tmp_path / "missing.md", tmp_path):
        with pytest.raises(NotFoundError):
            read_markdown(library, missing)


@pytest.mark.parametrize("preset", PRESETS)
def test_marks_that_the_library_does_not_have_are_offered(
    library: Library, tmp_path: Path, preset: str
) -> None:
    library.annotate_quote(ID, QUOTE, tags=["비용/설비", "의문"], note="처음 *메모*\n\n둘째 문단")
    library.annotate_quote(ID, "시험 운영", tags=["의문"])
    library.set_article_note(ID, "글 메모다")
    path = exported(library, tmp_path, preset)
    before = {(mark.start, mark.end, mark.tags, mark.note) for mark in library.annotations()}
    for mark in library.annotations():
        library.delete(mark.id)
    library.set_article_note(ID, "")
    reading = read_markdown(library, path)
    assert sorted(edit.kind for edit in reading.edits) == ["article_note", "mark", "mark"]
    assert {error for _, error in apply(library, reading.edits)} == {None}
    assert {(mark.start, mark.end, mark.tags, mark.note) for mark in library.annotations()} == before
    assert library.article_note(ID) == "글 메모다"
    assert read_markdown(library, path).edits == (), "nothing comes in twice"


def test_of_some_marks_the_others_were_deleted(library: Library, tmp_path: Path) -> None:
    library.annotate_quote(ID, QUOTE)
    gone = library.annotate_quote(ID, "시험 운영")
    path = exported(library, tmp_path)
    library.delete(gone.id)
    assert read_markdown(library, path).edits == ()


@pytest.mark.parametrize("preset", ["obsidian", "commonmark"])
def test_an_exported_file_is_no_second_article(library: Library, tmp_path: Path, preset: str) -> None:
    library.annotate_quote(ID, QUOTE, tags=["비용"], note="메모")
    path = exported(library, tmp_path / "vault", preset)
    (item,) = library.add(path.read_bytes(), name=path.name)
    assert (item.status, item.id, item.exported) == ("duplicate", ID, True)
    library.remove(ID)
    (item,) = library.add_paths([str(path)])
    assert (item.status, item.id) == ("added", ID)
    with Library.open(tmp_path / "other") as other:
        (item,) = other.add(path.read_bytes(), name=path.name)
        assert (item.status, item.exported) == ("added", True)
        assert item.id is not None
        article = other.article(item.id)
        assert (article.title, article.text) == (library.article(ID).title, QUOTE)
        assert {block.type for block in article.blocks} == {"quotation"}
        assert (article.publisher, article.published, article.url) == (
            library.article(ID).publisher,
            library.article(ID).published,
            library.article(ID).url,
        )
        assert other.article_tags(item.id) == ()
        apply(other, read_markdown(other, path).edits)
        assert [(mark.exact, mark.tags, mark.note) for mark in other.annotations()] == [
            (QUOTE, ("비용",), "메모")
        ]


def test_tags_of_a_foreign_file_are_the_articles(library: Library) -> None:
    text = "---\ntitle: 남의 글\ntags:\n  - 바다\n  - '#비용/개발'\n  - '  '\n---\n\n등대가 다시 켜졌다. 배가 들어왔다.\n"
    (item,) = library.add(text.encode(), name="남.md")
    assert item.id is not None
    assert library.article_tags(item.id) == ("바다", "비용/개발")
    library.set_article_tags(item.id, ["내것"])
    assert library.add(text.encode(), name="남.md")[0].status == "duplicate"
    library.add(text.replace("배가", "큰 배가").encode(), name="남.md", source_url=None)
    assert library.article_tags(item.id) == ("내것",)
    (line,) = library.add(
        text.replace("남의 글", "또 남의 글").replace("tags:\n  - 바다", "tags: 강, 산\nx:").encode(),
        name="b.md",
    )
    assert line.id is not None
    assert library.article_tags(line.id) == ("강", "산")
