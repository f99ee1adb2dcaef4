"""Wrong use in one line of the reader's language, with what to do."""

from __future__ import annotations

import re

import click

from tui.language import say


def explain(error: click.UsageError) -> str:
    """The line for a mistake in the command line."""
    where = error.ctx.command_path if error.ctx else "mitjul"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return f"{say('명령이 빠졌습니다.', 'The command is missing.')} {say(f'쓰는 법은 `{where} --help`', f'See `{where} --help`')}"
    return f"{_what(error)} {say(f'쓰는 법은 `{where} --help`', f'See `{where} --help`')}"


def _what(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            near = ", ".join(error.possibilities or ())
            hint = say(f" 혹시 {near}?", f" Did you mean {near}?") if near else ""
            return (
                say(f"{error.option_name} 옵션은 없습니다.", f"There is no option {error.option_name}.")
                + hint
            )
        case click.MissingParameter():
            name = _name(error.param)
            return say(f"{name} 값이 빠졌습니다.", f"{name} is missing.")
        case click.BadParameter():
            name = _name(error.param)
            return say(f"{name} 값이 맞지 않습니다: {error.message}", f"{name} does not fit: {error.message}")
        case click.BadOptionUsage():
            return say(
                f"{error.option_name} 옵션에 값을 주어야 합니다.", f"{error.option_name} needs a value."
            )
        case _:
            return error.message if error.message.endswith((".", "?")) else f"{error.message}."


def _name(param: click.Parameter | None) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    if param is not None and isinstance(param.type, Choice):
        return param.human_readable_name.upper()
    return param.make_metavar(click.Context(click.Command("mitjul"))).strip("[]") if param else "?"


def wrong(korean: str, english: str) -> click.UsageError:
    """A mistake that a command finds itself."""
    return click.UsageError(say(korean, english), ctx=click.get_current_context(silent=True))


class Choice(click.Choice[str]):
    """One of some words, with the complaint in the reader's language."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        words = ", ".join(self.choices)
        return say(f"{value!r}. {words} 가운데 하나를 쓰세요.", f"{value!r}. Write one of {words}.")


class Range(click.ParamType[tuple[int, int]]):
    """`A:B`, code points into the article's text."""

    name = "A:B"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        match = re.fullmatch(r"([0-9]{1,9}):([0-9]{1,9})", str(value))
        if match is None:
            self.fail(say(f"{value!r}. 120:180처럼 쓰세요.", f"{value!r}. Write it as 120:180."), param, ctx)
        return int(match[1]), int(match[2])
