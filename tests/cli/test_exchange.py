"""`export`, `import` and `template` on the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Mitjul

ID = "a1b2c3d4e5f6"
QUOTE = "설비를 빌린 값은 빠졌다."


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def mark(mitjul: Mitjul, quote: str = QUOTE, *more: str) -> str:
    return str(mitjul("annotate", ID, "--quote", quote, *more, "--json").json["id"])


def test_export_and_again(mitjul: Mitjul, library: Path, vault: Path) -> None:
    mark(mitjul)
    first = mitjul("export", "--to", str(vault), "--json")
    assert first.code == 0
    assert {item["status"] for item in first.json} == {"written"}
    assert set(first.json[0]) == {"path", "status", "beside", "error"}
    assert {item["status"] for item in mitjul("export", "--to", str(vault), "--json").json} == {"unchanged"}
    assert "1" in mitjul("export", "--to", str(vault)).err


def test_nothing_to_export_is_said(mitjul: Mitjul, library: Path, vault: Path) -> None:
    result = mitjul("export", "--to", str(vault))
    assert result.code == 0
    assert result.err.count("\n") == 1
    assert not vault.exists()


def test_why_there_is_nothing_to_export_is_said(mitjul: Mitjul, library: Path, vault: Path) -> None:
    def said(*query: str) -> str:
        result = mitjul("export", *query, "--to", str(vault))
        assert result.code == 0
        assert result.err.count("\n") == 1
        return result.err

    assert said("없는말", "tag:없음").startswith("맞는 글이 없습니다: 없는말 tag:없음")
    unread = len(mitjul("list", "is:unread", "--json").json)
    assert unread == 2
    assert said("is:unread").startswith(f"글 {unread}편에 내보낼 표시가 없습니다.")
    assert said("is:unread", "--by", "mark").startswith(f"맞는 글은 {unread}편 있지만")
    mark(mitjul)
    assert len(mitjul("export", "is:unread", "--to", str(vault), "--json").json) == 1


@pytest.mark.parametrize("form", ["jsonld", "csv", "readwise", "codebook", "figures", "html"])
def test_a_form_of_one_file_is_not_made_of_nothing(
    mitjul: Mitjul, library: Path, vault: Path, form: str
) -> None:
    for query, words in (("tag:없음", "맞는 글이 없습니다: tag:없음"), ("", "글 2편에 내보낼")):
        result = mitjul("export", query, "--format", form, "--to", str(vault))
        assert (result.code, result.out) == (0, "")
        assert result.err.startswith(words)
        assert result.err.count("\n") == 1
    assert mitjul("export", "--format", form, "--to", str(vault), "--json").json == []
    assert not vault.exists()


def test_a_query_narrows(mitjul: Mitjul, library: Path, vault: Path) -> None:
    mark(mitjul, QUOTE, "--tag", "비용")
    assert len(mitjul("export", "tag:비용", "--to", str(vault), "--json").json) == 1
    assert mitjul("export", "tag:없음", "--to", str(vault), "--json").json == []
    by_tag = mitjul("export", "--by", "tag", "--to", str(vault / "t"), "--json").json
    assert [Path(item["path"]).name for item in by_tag] == ["비용.md"]


def test_dry_run(mitjul: Mitjul, library: Path, vault: Path) -> None:
    mark(mitjul)
    dry = mitjul("export", "source:가온경제", "--to", str(vault), "--dry-run")
    assert f"+> {QUOTE}" in dry.out
    assert not vault.exists()
    assert "diff" in mitjul("export", "--to", str(vault), "--dry-run", "--json").json[0]


@pytest.mark.parametrize("form", ["jsonld", "csv", "readwise", "codebook", "html"])
def test_forms_that_are_one_file(mitjul: Mitjul, library: Path, vault: Path, form: str) -> None:
    mark(mitjul, QUOTE, "--tag", "비용")
    item = mitjul("export", "--format", form, "--to", str(vault), "--json").json[0]
    path = Path(item["path"])
    assert "비용" in path.read_text()
    if form != "html":
        assert (
            mitjul("export", "--format", form, "--to", str(vault), "--json").json[0]["status"] == "unchanged"
        )
    path.write_text("내가 고친 파일\n")
    again = mitjul("export", "--format", form, "--to", str(vault), "--json").json[0]
    assert again["path"] != str(path)
    assert path.read_text() == "내가 고친 파일\n"


def test_where_it_cannot_be_written(mitjul: Mitjul, library: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    mark(mitjul)
    for form in ("md", "csv"):
        result = mitjul("export", "--format", form, "--to", str(file))
        assert result.code == 1
        assert result.err.count("\n") == 1
    assert mitjul("export").code == 2
    assert mitjul("export", "--to", str(tmp_path), "--format", "docx").code == 2
    assert mitjul("export", "--to", str(tmp_path), "--format", "csv", "--by", "tag").code == 2


def test_jsonld_there_and_back(mitjul: Mitjul, library: Path, vault: Path) -> None:
    id = mark(mitjul, QUOTE, "--tag", "비용", "--note", "메모")
    (item,) = mitjul("export", "--format", "jsonld", "--to", str(vault), "--json").json
    assert [came["status"] for came in mitjul("import", item["path"], "--json").json] == ["present"]
    data = json.loads(Path(item["path"]).read_text())
    data["items"].append({"target": {"selector": {"type": "TextQuoteSelector", "exact": "결코 없는 말"}}})
    data["items"][0]["id"] = "urn:x"
    data["items"][0]["body"][1]["value"] = "다른 메모"
    file = vault / "x.json"
    file.write_text(json.dumps(data))
    result = mitjul("import", str(file), "--article", ID)
    assert result.code == 1
    assert "결코 없는 말" in result.err
    notes = {item["id"]: item["note"] for item in mitjul("annotations", "--json").json}
    assert notes.pop(id) == "메모"
    assert list(notes.values()) == ["다른 메모"]


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"\xff\xfe"])
def test_what_is_no_annotation(mitjul: Mitjul, library: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.jsonld"
    file.write_bytes(content)
    result = mitjul("import", str(file))
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert mitjul("import", str(tmp_path / "missing.json")).code == 1
    assert mitjul("import", str(tmp_path / "missing.md")).code == 1


def test_edited_markdown_is_read_back_when_confirmed(
    mitjul: Mitjul, library: Path, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(mitjul, QUOTE, "--note", "처음", "--tag", "비용")
    (item,) = mitjul("export", "tag:비용", "--to", str(vault), "--json").json
    path = Path(item["path"])
    path.write_text(path.read_text().replace("> 처음", "> 고친 것").replace("> #비용", "> #비용 #새것"))
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    shown = mitjul("import", str(path))
    assert "- 처음" in shown.out
    assert "+ 고친 것" in shown.out
    assert "--yes" in shown.err
    assert mitjul("annotations", "--json").json[0]["note"] == "처음"
    assert mitjul("import", str(path), "--json").json["applied"] == 0
    assert mitjul("import", str(path), "--yes", "--dry-run").code == 0
    assert mitjul("annotations", "--json").json[0]["note"] == "처음"
    assert mitjul("import", str(path), "--yes", "--json").json["applied"] == 2
    (after,) = mitjul("annotations", "--json").json
    assert after["note"] == "고친 것"
    assert after["tags"] == ["비용", "새것"]
    assert mitjul("import", str(path), "--json").json["edits"] == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answer", "note"), [("y\n", "고친 것"), ("ㅛ\n", "고친 것"), ("n\n", "처음"), ("\n", "처음")]
)
def test_the_question(
    mitjul: Mitjul, library: Path, vault: Path, monkeypatch: pytest.MonkeyPatch, answer: str, note: str
) -> None:
    mark(mitjul, QUOTE, "--note", "처음")
    path = Path(next(i["path"] for i in mitjul("export", "has:note", "--to", str(vault), "--json").json))
    path.write_text(path.read_text().replace("> 처음", "> 고친 것"))
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    assert "[y/N]" in mitjul("import", str(path)).err
    assert mitjul("annotations", "--json").json[0]["note"] == note


def test_templates(mitjul: Mitjul, library: Path, vault: Path, tmp_path: Path) -> None:
    mark(mitjul)
    good, bad = tmp_path / "good.j2", tmp_path / "bad.j2"
    good.write_text("{% block mark %}* {{ mark.exact | literal }}{% endblock %}")
    bad.write_text("{% block mark %}\n{{ nothing }}{% endblock %}")
    assert "* 연구소는" in mitjul("template", "check", str(good)).out
    result = mitjul("template", "check", str(bad))
    assert result.code == 1
    assert "2번째 줄" in result.err
    assert "mark.exact" not in mitjul("template", "check", str(good)).out
    assert "{% block mark %}" in mitjul("template", "help").out
    assert mitjul("export", "--template", str(bad), "--to", str(vault)).code == 1
    assert list(vault.rglob("*.md")) == []
    assert mitjul("export", "--template", str(tmp_path / "missing"), "--to", str(vault)).code == 1
    assert mitjul("export", "has:marks", "--template", str(good), "--to", str(vault)).code == 0
    assert f"* {QUOTE}" in next(vault.glob("*.md")).read_text()


def test_the_help_names_everything_a_template_sees() -> None:
    from store.exchange.specimen import specimen
    from store.exchange.template import BLOCKS, variables
    from tui.cli.template_help import ENGLISH, KOREAN

    seen = variables(specimen())
    names = [*seen, *seen["article"], *seen["marks"][0], *seen["figures"][0], *BLOCKS]
    for text in (KOREAN, ENGLISH):
        assert [name for name in names if name not in text] == []
