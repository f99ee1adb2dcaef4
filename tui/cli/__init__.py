"""The command line: everything that the reader does can be scripted.

One module for each group of commands, imported when one of its commands is called, so that `mitjul --help` and
`mitjul list` answer at once. `mitjul` alone opens the reader.
"""

from __future__ import annotations

import gc
import os
import sys

from tui.cli.output import complain, prepare


def main() -> None:
    """Run the command line and leave with its exit code: 0 done, 1 failure, 2 wrong use, 130 interrupted."""
    prepare()
    try:
        code = run(sys.argv[1:])
    except BrokenPipeError:
        # The reader of our output has gone (`mitjul list | head`). Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code."""
    from store.errors import MitjulError
    from tui.language import say, told

    try:
        _speak()
        return _command(arguments) if arguments else _read()
    except KeyboardInterrupt:
        complain(say("멈추었습니다.", "Interrupted."))
        return 130
    except MitjulError as error:
        complain(told(error))
        return 1
    except BrokenPipeError:
        raise
    except Exception as error:
        return _failed(error)


def terminal() -> bool:
    """Whether there is a terminal to read in; complains when there is none. In a browser the framework's own driver is one."""
    from tui.language import say

    if os.environ.get("TEXTUAL_DRIVER") or (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    complain(
        say(
            "읽기 화면은 터미널에서 열립니다. 파이프나 파일로는 `mitjul list`처럼 명령을 쓰세요.",
            "The reader needs a terminal. In pipes and scripts use commands such as `mitjul list`.",
        )
    )
    return False


def _read() -> int:
    """`mitjul` alone: the reader. What a command line needs is not loaded for it."""
    if not terminal():
        return 2
    gc.disable()  # nothing of what is loaded is garbage; the reader has it looked for once it is on the screen
    from tui.lean import without_openssl

    without_openssl()
    from store.files import default_folder
    from tui.app import run

    run(default_folder())
    sys.stdout.flush()
    return 0


def _command(arguments: list[str]) -> int:
    """A command line with anything on it."""
    import click

    from tui.cli.group import root
    from tui.cli.usage import explain
    from tui.language import say

    try:
        # Not `root.main`, which turns a broken pipe into exit code 1.
        with root.make_context("mitjul", list(arguments)) as context:
            root.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.exceptions.Abort:
        complain(say("멈추었습니다.", "Interrupted."))
        return 130
    except click.UsageError as error:
        complain(explain(error))
        return 2
    except click.ClickException as error:
        complain(error.format_message())
        return 1
    return 0


def _failed(error: Exception) -> int:
    """What no command foresaw, in one line; `MITJUL_DEBUG` shows where it came from."""
    if os.environ.get("MITJUL_DEBUG"):
        raise error
    from tui.language import say

    if isinstance(error, OSError):
        why = f"{error.strerror or error}: {error.filename}" if error.filename else str(error)
        complain(say(f"운영 체제가 거절했습니다: {why}", f"The operating system refused: {why}"))
    else:
        complain(
            say(
                f"뜻밖의 오류로 멈췄습니다: {type(error).__name__}: {error}. MITJUL_DEBUG=1을 주고 다시 하면 까닭이 보입니다.",
                f"An unexpected error: {type(error).__name__}: {error}. Run again with MITJUL_DEBUG=1 to see where.",
            )
        )
    return 1


def _speak() -> None:
    """The language of the reader's settings, before any help is put into words."""
    if os.environ.get("MITJUL_LANG"):
        return
    from tui import config, language

    if config.config_path().is_file():
        language.choose(config.load().language)
