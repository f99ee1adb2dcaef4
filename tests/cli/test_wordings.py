"""What the command line says of colours, and of changes that nobody could be asked about."""

from __future__ import annotations

from pathlib import Path

from store.exchange.spreadsheet import codebook_markdown
from store.model import Tag
from tests.cli.conftest import Mitjul

PAGE = "물때표를 읽는 법\n\n물때표는 달력 옆에 걸려 있다. 배를 타려면 표를 먼저 읽어야 한다.\n"


def test_colours_are_named_in_the_readers_language(mitjul: Mitjul) -> None:
    done = mitjul("tags", "colour", "비용", "green")
    assert "풀빛" in done.out
    assert "풀빛" in mitjul("tags").out
    assert mitjul("tags", "--json").json[0]["colour"] == "green"
    book = codebook_markdown([Tag(name="비용", colour="yellow")], [], {}, {"a": ["비용"]}).decode()
    assert "노랑" in book
    assert "yellow" not in book


def test_markdown_import_says_what_is_missing_and_gives_new_tags_their_look(
    mitjul: Mitjul, tmp_path: Path
) -> None:
    (tmp_path / "물때.txt").write_text(PAGE, "utf-8")
    (added,) = mitjul("add", str(tmp_path / "물때.txt"), "--no-analysis", "--json").json
    out = tmp_path / "나감"
    mitjul("export", "--to", str(out))
    (bare,) = out.glob("*.md")
    assert "## 밑줄" not in bare.read_text("utf-8"), "there is none"
    mitjul("annotate", added["id"], "--quote", "물때표는 달력 옆에 걸려 있다.", "--tag", "달력")
    mitjul("export", "--to", str(out))
    (file,) = out.glob("*.md")
    file.write_text(file.read_text("utf-8").replace("#달력", "#달력 #바다"), "utf-8")
    done = mitjul("import", str(file))
    assert done.code == 1
    assert "--yes" in done.err
    assert "바다" not in [tag["name"] for tag in mitjul("tags", "--json").json]
    assert mitjul("import", str(file), "--yes").code == 0
    sea = next(tag for tag in mitjul("tags", "--json").json if tag["name"] == "바다")
    assert sea["colour"]
    assert sea["hotkey"]
