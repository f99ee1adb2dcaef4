"""The acts of the reading screen by their groups. All but those of reading are loaded when one of them is first asked for, and the
screens that they open when they are opened: most of it nobody needs who reads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from tui.reading import Reading

if TYPE_CHECKING:
    from tui.carrying import Carrying
    from tui.correcting import Correcting
    from tui.going import Going
    from tui.marking import Marking
    from tui.stage import Stage
    from tui.viewing import Viewing


class Acts:
    """What does the acts of one screen. Names of methods of a group are ids of the action registry."""

    def __init__(self, screen: Stage) -> None:
        self.screen = screen
        self.reading = Reading(screen)

    def groups(self) -> Iterator[object]:
        """The groups, each loaded only when those before it do not have what is looked for."""
        yield self.reading
        yield self.viewing
        yield self.marking
        yield self.correcting
        yield self.carrying
        yield self.going

    @cached_property
    def marking(self) -> Marking:
        from tui.marking import Marking

        return Marking(self.screen)

    @cached_property
    def correcting(self) -> Correcting:
        from tui.correcting import Correcting

        return Correcting(self.screen)

    @cached_property
    def carrying(self) -> Carrying:
        from tui.carrying import Carrying

        return Carrying(self.screen)

    @cached_property
    def going(self) -> Going:
        from tui.going import Going

        return Going(self.screen)

    @cached_property
    def viewing(self) -> Viewing:
        from tui.viewing import Viewing

        return Viewing(self.screen)
