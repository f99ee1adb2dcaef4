"""The palette: every command by its name, 초성 and the wrong keyboard mode included."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store.korean.choseong import choseong, matches
from tui import actions
from tui.chooser import Chooser
from tui.language import say
from tui.rows import Row, Run, spread, text_row


class Palette(Chooser):
    """Dismissed with the id of the command."""

    def __init__(
        self,
        commands: Sequence[actions.Action],
        *,
        keymap: actions.Keymap | None = None,
        why_not: Callable[[actions.Action], str] = lambda action: "",
    ) -> None:
        """
        Args:
            why_not: why a command cannot be done just now; empty when it can.
        """
        super().__init__(
            say("명령", "Commands"), placeholder=say("무엇을 할까요?", "What would you like to do?")
        )
        self.commands = list(commands)
        self.keymap = keymap
        self.why_not = why_not

    def rows(self, query: str) -> list[Row]:
        found = [action for action in self.commands if not query or found_by(query, action)]
        found.sort(key=lambda action: (bool(self.why_not(action)), nearness(query, action)))
        if not found:
            none = say("그런 명령이 없습니다. 다른 말로 찾아보세요.", "No such command. Try another word.")
            return [text_row("none", (none, "muted"), pickable=False)]
        return [self._row(action) for action in found]

    def _row(self, action: actions.Action) -> Row:
        why = self.why_not(action)
        keys = " ".join(actions.shown(key) for key in actions.keys_of(action.id, self.keymap))
        left: list[Run] = [(action.name, "muted" if why else ""), (f"  {why}" if why else "", "muted")]
        return Row(action.id, lambda width: [spread(left, [(keys, "muted" if why else "accent")], width)], 1)


def nearness(query: str, action: actions.Action) -> int:
    """0 when the name begins with what was typed (by 초성 too), 1 when it holds it, 2 when only the description does."""
    if not query:
        return 0
    heads = (action.name.casefold(), choseong(action.name))
    if any(head.startswith(query.casefold()) for head in heads):
        return 0
    return 1 if matches(query, action.name) else 2


def found_by(query: str, action: actions.Action) -> bool:
    """Whether a command answers what was typed: its Korean or English name, its description, its id."""
    texts = (action.korean, action.english, *action.more, action.id)
    return any(matches(query, text) for text in texts if text)
