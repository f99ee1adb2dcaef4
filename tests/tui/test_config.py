"""Settings: good ones are taken, bad ones are named, and what is written back leaves the rest alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from store.errors import StorageError
from tui import config, language


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITJUL_LANG", "en")
    language.choose(None)


def load(tmp_path: Path, text: str) -> config.Config:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return config.load(path)


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    assert config.load(tmp_path / "config.toml") == config.Config(tmp_path / "config.toml")


def test_good_settings_are_taken(tmp_path: Path) -> None:
    got = load(
        tmp_path,
        'theme = "nord"\nwidth = 60\nspacing = 1\nlanguage = "en"\ntour = false\n'
        '[export]\nfolder = "~/notes"\nformat = "csv"\n[keys]\nunderline = ["u", "f12"]\nnote = ";"\n',
    )
    assert got.problems == ()
    assert (got.theme, got.width, got.spacing, got.language, got.tour) == ("nord", 60, 1, "en", False)
    assert got.export_folder == Path("~/notes").expanduser()
    assert got.export_format == "csv"
    assert got.keys == {"underline": ("u", "f12"), "note": (";",)}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("wdith = 3", "wdith"),
        ("width = 7", "width"),
        ("width = true", "width"),
        ('theme = "없는것"', "theme"),
        ("theme = 3", "theme"),
        ('language = "fr"', "language"),
        ('tour = "yes"', "tour"),
        ("export = 3", "export"),
        ('[export]\nformat = "pdf"', "export.format"),
        ('[export]\nfoldr = "x"', "export.foldr"),
        ('[keys]\nunderlin = "u"', "keys.underlin"),
        ('[keys]\nunderline = "U"', "keys.underline"),
        ('[keys]\nunderline = "hyper+q"', "keys.underline"),
        ('[keys]\nunderline = "dwon"', "keys.underline"),
        ("[keys]\nunderline = 3", "keys.underline"),
        ('[keys]\nunderline = "t"', "keys.underline"),
        ('[keys]\nunderline = "f1"', "keys.underline"),
        ("width = ", "TOML"),
    ],
)
def test_each_bad_entry_is_named_and_the_rest_holds(tmp_path: Path, text: str, named: str) -> None:
    got = load(tmp_path, text)
    assert len(got.problems) == 1, got.problems
    assert named in got.problems[0]
    assert (got.width, got.theme, got.keys) == (76, "", {})


def test_two_acts_may_swap_their_keys(tmp_path: Path) -> None:
    got = load(tmp_path, '[keys]\nunderline = "t"\ntag = "h"\n')
    assert got.problems == ()
    assert got.keys == {"underline": ("t",), "tag": ("h",)}


def test_saving_keeps_comments_order_and_tables(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "config.toml"
    path.parent.mkdir()
    path.write_text('# mine\nwidth = 60  # narrow\n\n[keys]\n# width = 9\nwidth = "w"\n', "utf-8")
    config.save(path, width=80, theme="nord", tour=False)
    text = path.read_text("utf-8")
    assert text.startswith("# mine\nwidth = 80\n")
    assert text.endswith('[keys]\n# width = 9\nwidth = "w"\n')
    assert tomllib.loads(text) == {"width": 80, "theme": "nord", "tour": False, "keys": {"width": "w"}}


def test_saving_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    config.save(path, theme='a"b')
    assert tomllib.loads(path.read_text("utf-8")) == {"theme": 'a"b'}


def test_a_broken_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("width = \n", "utf-8")
    with pytest.raises(StorageError, match="고치지 않았습니다"):
        config.save(path, width=80)
    assert path.read_text("utf-8") == "width = \n"


def test_a_link_to_the_settings_stays_one(tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "mitjul.toml"
    kept.parent.mkdir()
    kept.write_text("width = 60\n", "utf-8")
    path = tmp_path / "config.toml"
    path.symlink_to(kept)
    config.save(path, width=80)
    assert path.is_symlink()
    assert kept.read_text("utf-8") == "width = 80\n"


def test_the_environment_names_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MITJUL_CONFIG", str(tmp_path / "mine.toml"))
    assert config.config_path() == tmp_path / "mine.toml"
