"""The export screen: what, in which form, where to; and below it, before anything is written, what would be."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer

from store.errors import MitjulError, StorageError
from store.files import storage_error
from store.library import Library
from store.paths import meant
from tui import actions
from tui.asking import Choice
from tui.beside import beside
from tui.config import Config, save
from tui.exportdiff import Diff
from tui.exportfiles import file_rows, in_order
from tui.exportform import HEADS, Form
from tui.exporting import DIVIDED, FORMS, Around, Choices, nothing_there, run, shown, summary
from tui.frame import KeyLine, Rule
from tui.help import Help
from tui.language import say, told
from tui.leaving import Over
from tui.paths import PathPicker
from tui.rows import RowList

if TYPE_CHECKING:
    from store.exchange.markdown import Written

PAUSE = 0.15
"""Seconds without a change after which is looked what would be written."""
OFTEN = 0.05
"""Seconds between two signs of progress."""


@dataclass
class Looked:
    """What would be written, or (with `done`) what has been."""

    turn: int
    written: list[Written] = field(default_factory=list)
    problem: MitjulError | None = None
    done: bool = False


@dataclass
class Going(Message):
    turn: int
    done: int
    total: int


class ExportScreen(Over[None], inherit_bindings=False):
    """Chosen by arrows and Enter; Tab goes down to the files."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings("export", also=("close", "quit", "help"))
    CSS_PATH = "export.tcss"

    def __init__(
        self,
        library: Library,
        around: Around,
        config: Config,
        *,
        chosen: bool = False,
        keep: Callable[[Config], None] = lambda config: None,
    ) -> None:
        """
        Args:
            chosen: it is about the articles chosen on the shelf.
            keep: called with the settings once something has been exported.
        """
        super().__init__()
        self.library = library
        self.around = around
        self.config = config
        self.keep = keep
        self.choices = Choices.last(config, around, chosen=chosen)
        self.rule = Rule(say("내보내기", "Export"))
        self.form = Form(id="form")
        self.edge = Rule(say("달라질 것", "What will change"))
        self.files = RowList(id="files")
        self.keys = KeyLine("export", keymap=config.keys)
        self.turn = 0
        self.state = "looking"
        """`looking`, `ready`, `writing`, `done` or `failed`."""
        self.written: list[Written] = []
        self.diffs: dict[Path, str] = {}
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield self.rule
        yield self.form
        yield self.edge
        yield self.files
        yield self.keys

    def on_mount(self) -> None:
        self.form.focus()
        self.show_form("go")
        self.look()

    def on_resize(self) -> None:
        self.show_form()

    def on_descendant_focus(self) -> None:
        below = self.files.has_focus
        self.rule.set_class(not below, "lit")
        self.edge.set_class(below, "lit")
        self.keys.place = "exported" if below else "export"

    # ── showing ──────────────────────────────────────────────────────────────────────────────────

    def show_form(self, key: str | None = None) -> None:
        roomy = self.app.size.height >= 20
        rows = self.form.rows_of(self.choices, self.around, self.state, roomy=roomy, told=self.result)
        self.form.styles.height = min(sum(row.height or 1 for row in rows), max(self.app.size.height - 5, 3))
        self.form.show(rows, key)

    @property
    def result(self) -> str:
        return summary(self.written, done=self.state == "done")

    def show_files(self, problem: str = "") -> None:
        done = self.state == "done"
        self.edge.name_ = (
            say("내보낸 것", "What was exported") if done else say("달라질 것", "What will change")
        )
        self.edge.info = shown(self.choices.folder) if done else ""
        self.written = in_order(self.written)
        nothing = (
            nothing_there(self.choices)
            if self.state in ("ready", "done")
            else say("살펴보고 있습니다…", "Looking …")
        )
        self.files.show(file_rows(self.written, self.choices.folder, problem=problem, nothing=nothing), "")

    # ── looking, and writing ─────────────────────────────────────────────────────────────────────

    def change(self, **to: object) -> None:
        """Other choices: see what they would do."""
        if self.state == "writing":
            return
        self.choices = replace(self.choices, **to).fitting()  # type: ignore[arg-type]
        self.state = "looking"
        self.written, self.diffs = [], {}
        self.show_form()
        self.show_files()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self.look)

    def look(self) -> None:
        """See what would be written, beside the choosing."""
        self.state = "looking"
        self.show_files()
        self._start(dry_run=True)

    def write(self) -> None:
        """Write the files."""
        if self.state == "writing":
            return
        if self.state == "ready" and not self.written:
            self.tell(nothing_there(self.choices))
            return
        if self._timer is not None:
            self._timer.stop()
        self.state = "writing"
        self.show_form("go")
        self._start(dry_run=False)

    def _start(self, *, dry_run: bool) -> None:
        self.turn += 1
        turn, choices, last = self.turn, self.choices, 0.0
        app = self.app  # once the screen is gone, it can no longer be asked for it
        event = Looked(turn, done=not dry_run)

        def given_up() -> bool:
            return turn != self.turn or not self.is_attached

        def progress(done: int, total: int, name: str) -> None:
            nonlocal last
            if (now := time.monotonic()) - last > OFTEN:
                last = now
                self.post_message(Going(turn, done, total))

        def look() -> None:
            try:
                event.written = run(
                    self.library,
                    self.around,
                    choices,
                    dry_run=dry_run,
                    progress=None if dry_run else progress,
                    cancelled=given_up,
                )
            except OSError as error:
                raise storage_error(error, choices.folder) from error

        def failed(error: MitjulError) -> None:
            event.problem = error
            self._looked(event)

        def left(error: MitjulError | None) -> None:
            if not dry_run:
                app.notify(stopped(event.written) if error is None else told(error))

        beside(self, look, lambda _: self._looked(event), failed, left=left)

    @on(Going)
    def _going(self, event: Going) -> None:
        if event.turn == self.turn and self.state == "writing":
            self.form.progress = event.done, event.total
            self.show_form()

    def _looked(self, event: Looked) -> None:
        if event.turn != self.turn:
            return
        self.written = event.written
        if event.problem is not None:
            self.state = "failed"
        elif event.done and event.written:
            self.state = "done"
            self.remember()
        else:
            self.state = "ready"
            self.diffs = {file.path: file.diff for file in event.written if file.diff}
        self.form.progress = 0, 0
        self.show_form("go" if event.done else None)
        self.show_files(told(event.problem) if event.problem is not None else "")

    def remember(self) -> None:
        """Keep the choices for next time."""
        self.config = self.choices.kept(self.config)
        self.keep(self.config)
        try:
            save(self.config.path, "export", **self.choices.settings())
        except StorageError as error:
            self.tell(told(error), bad=True)

    # ── acts ─────────────────────────────────────────────────────────────────────────────────────

    @on(RowList.Chosen, "#form")
    def _chosen(self, event: RowList.Chosen) -> None:
        match event.key:
            case "go":
                if self.state == "done":
                    self.dismiss(None)
                else:
                    self.write()
            case "extras":
                self.step(1)
            case "folder":
                self._ask_path(say("내보낼 폴더", "Folder to export into"), self.choices.folder)
            case "template":
                self._ask_path(
                    say("틀 파일", "Template file"), self.choices.template or Path.home(), files=True
                )
            case key:
                self._ask_choice(key)

    def _ask_path(self, title: str, now: Path, *, files: bool = False) -> None:
        def go(path: str | None) -> None:
            if path is None:
                return
            try:
                self.change(**{"template" if files else "folder": meant(path).absolute()})
            except MitjulError as error:
                self.tell(told(error), bad=True)

        value = shown(now) + ("/" if files and now.is_dir() else "")
        self.app.push_screen(PathPicker(title, value, files=files), go)

    def _ask_choice(self, key: str) -> None:
        values = self.values(key)
        now = getattr(self.choices, key)

        def go(value: str | None) -> None:
            if value is not None:
                self.change(**{key: value})

        groups = [("", [(value, self.value_name(key, value), value == now) for value in values])]
        self.app.push_screen(Choice(say(*HEADS[key]), groups), go)

    def values(self, key: str) -> list[str]:
        """What a row can be set to."""
        return {
            "what": self.around.whats(),
            "tag": list(self.around.tags),
            "form": list(FORMS),
            "by": self.choices.ways(),
        }.get(key, [])

    def value_name(self, key: str, value: str) -> str:
        match key:
            case "what":
                return self.around.name(value)
            case "form":
                return say(*FORMS[value][0])
            case "by":
                return say(*DIVIDED[value])
            case _:
                return f"#{value}"

    def step(self, by: int) -> None:
        """The next or previous value of the row under the cursor."""
        key = self.form.key or ""
        if key == "extras":
            self.change(extras=not self.choices.extras)
        elif values := self.values(key):
            at = values.index(getattr(self.choices, key))
            self.change(**{key: values[(at + by) % len(values)]})

    @on(RowList.Chosen, "#files")
    def _file_chosen(self, event: RowList.Chosen) -> None:
        file = self.written[int(event.key)]
        diff = self.diffs.get(file.path, "")
        if diff:
            self.app.push_screen(Diff(file.path.name, diff))
        elif file.status == "unchanged":
            self.tell(say("달라지는 것이 없는 파일입니다.", "Nothing changes in this file."))
        else:
            self.tell(shown(file.path))

    @on(KeyLine.Pressed)
    def _pressed(self, event: KeyLine.Pressed) -> None:
        self.action_do(event.id)

    def action_do(self, id: str) -> None:
        match id:
            case "close" | "quit":
                self.dismiss(None)
            case "help":
                self.app.push_screen(Help("export", keymap=self.keys.keymap))
            case "value_next":
                self.step(1)
            case "value_previous":
                self.step(-1)
            case "export_now":
                if self.state == "done":
                    self.dismiss(None)
                else:
                    self.write()
            case "export_files":
                (self.form if self.files.has_focus else self.files).focus()
            case _:
                (self.files if self.files.has_focus else self.form).action_do(id)

    def tell(self, line: str, *, bad: bool = False) -> None:
        self.app.notify(
            line, severity="error" if bad else "information", timeout=6 if bad else 2.5, markup=False
        )


def stopped(written: Sequence[Written]) -> str:
    """How far an export got that was left while files were being written."""
    got = summary(written, done=True)
    return say("내보내기를 그만두었습니다", "The export was stopped") + (f" ({got})." if got else ".")
