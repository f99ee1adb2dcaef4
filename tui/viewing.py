"""Acts on the screen itself: panels, other screens, settings, help, quitting. Method names are ids of the registry.

Here as in the other groups of acts, what is opened is loaded when it is opened: reading needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui import actions
from tui.language import say

if TYPE_CHECKING:
    from tui.stage import Stage


class Viewing:
    def __init__(self, screen: Stage) -> None:
        self.screen = screen

    def shelf(self) -> None:
        self.screen.to_panel("shelf")

    def extracts(self) -> None:
        self.screen.to_panel("extracts")

    def tags(self) -> None:
        self.screen.to_panel("tags")

    def notes(self) -> None:
        self.screen.to_panel("notes")

    def alone(self) -> None:
        self.screen.to_article()
        self.screen.toggle_class("alone")

    def panel_next(self) -> None:
        self.screen.step_panel(1)

    def panel_previous(self) -> None:
        self.screen.step_panel(-1)

    def palette(self) -> None:
        from tui.palette import Palette

        places = {"reader", "anywhere"} | ({"shelf"} if self.screen.place == "shelf" else set())
        commands = [action for action in actions.ACTIONS if action.place in places and action.id != "palette"]
        self.screen.app.push_screen(
            Palette(commands, keymap=self.screen.config.keys, why_not=self.screen.why_not), self._run
        )

    def help(self) -> None:
        from tui.help import Help

        self.screen.app.push_screen(Help(self.screen.place, keymap=self.screen.config.keys), self._run)

    def _run(self, id: str | None) -> None:
        if id is None:
            return
        if actions.BY_ID[id].place in ("reader", "anywhere", "shelf"):
            self.screen.action_do(id)
        else:
            self.screen.tell(
                say("이 명령은 그 화면에서만 쓸 수 있습니다.", "That command works only on its own screen.")
            )

    def compare(self) -> None:
        from tui.compare import CompareScreen

        screen = self.screen
        screen.flush_note()
        going = screen.going
        compare = CompareScreen(
            screen.session,
            screen.config,
            left=going.done_since,
            analysing=lambda: screen.background.busy("analysis"),
        )
        screen.app.push_screen(compare, going.back)

    def quit(self) -> None:
        """Back one step, and out at the end."""
        screen = self.screen
        if screen.back_out():
            return
        if not screen.outermost:
            screen.remove_class("alone")
            screen.to_article()
        elif screen.background.busy("intake") and not screen.warned:
            screen.warned = True
            key = next(map(actions.shown, actions.keys_of("quit", screen.config.keys)), "")
            screen.tell(
                say(
                    f"들이는 중입니다. {key}를 한 번 더 누르면 끝냅니다.",
                    f"Pages are being taken in. {key} once more quits.",
                )
            )
        else:
            self.quit_now()

    def quit_now(self) -> None:
        self.screen.quit()
