"""The desktop's clipboard program is found and fed."""

from __future__ import annotations

from pathlib import Path

from tui import clipboard


def fake(folder: Path, name: str, code: int = 0) -> None:
    path = folder / name
    path.write_text(f'#!/bin/sh\n/bin/cat > "{folder}/got"\nexit {code}\n')
    path.chmod(0o755)


def test_none_without_a_desktop(tmp_path: Path) -> None:
    fake(tmp_path, "xclip")
    assert clipboard.program({"PATH": str(tmp_path)}) is None
    assert not clipboard.send("밑줄", {"PATH": str(tmp_path)})


def test_wayland_before_x(tmp_path: Path) -> None:
    fake(tmp_path, "xclip")
    fake(tmp_path, "wl-copy")
    env = {"PATH": str(tmp_path), "DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    assert clipboard.program(env) == [str(tmp_path / "wl-copy")]


def test_it_is_fed_utf8(tmp_path: Path) -> None:
    fake(tmp_path, "xclip")
    assert clipboard.send("밑줄 – “친 말”", {"PATH": str(tmp_path), "DISPLAY": ":0"})
    assert (tmp_path / "got").read_text("utf-8") == "밑줄 – “친 말”"


def test_windows_is_fed_utf16(tmp_path: Path) -> None:
    fake(tmp_path, "clip.exe")
    assert clipboard.send("밑줄", {"PATH": str(tmp_path), "WSL_DISTRO_NAME": "Ubuntu"})
    assert (tmp_path / "got").read_bytes().decode("utf-16") == "밑줄"


def test_a_failing_program_is_told(tmp_path: Path) -> None:
    fake(tmp_path, "xclip", code=1)
    assert not clipboard.send("밑줄", {"PATH": str(tmp_path), "DISPLAY": ":0"})
