"""Copying: through the terminal (OSC 52), and through the desktop's own program where there is one.

Not every terminal obeys OSC 52, and none tells whether it did, so both are tried.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping


def program(environment: Mapping[str, str] | None = None) -> list[str] | None:
    """The command that takes the clipboard's text on its standard input, or None."""
    env = os.environ if environment is None else environment
    candidates: list[tuple[bool, list[str]]] = [
        (sys.platform == "darwin", ["pbcopy"]),
        ("WAYLAND_DISPLAY" in env, ["wl-copy"]),
        ("DISPLAY" in env, ["xclip", "-selection", "clipboard"]),
        ("WSL_DISTRO_NAME" in env, ["clip.exe"]),
    ]
    for wanted, command in candidates:
        if wanted and (path := shutil.which(command[0], path=env.get("PATH"))):
            return [path, *command[1:]]
    return None


def send(text: str, environment: Mapping[str, str] | None = None) -> bool:
    """Give the text to the desktop's clipboard. Waits up to two seconds: call it in a thread.

    Returns:
        Whether a program took it.
    """
    command = program(environment)
    if command is None:
        return False
    # clip.exe reads UTF-16; the others UTF-8.
    data = text.encode("utf-16" if command[0].endswith("clip.exe") else "utf-8")
    try:
        # xclip stays in the background with its output open, so that a pipe on it would never end.
        done = subprocess.run(
            command, input=data, timeout=2, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
