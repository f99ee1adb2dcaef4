"""Acts that carry things in and out: copy, export, addresses, taking in, the trash, the shelf. Method names are ids of the registry."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from store.errors import InvalidError
from store.model import Annotation, Span
from store.query import parse
from tui import clipboard
from tui.actions import keys_of
from tui.config import Config
from tui.language import say, told
from tui.shelving import GROUPS, SORTS, Arrangement

if TYPE_CHECKING:
    from tui.stage import Stage


SOON = 6.0
"""Seconds in which copying the same passage again takes the next form."""


class Carrying:
    def __init__(self, screen: Stage) -> None:
        self.screen = screen
        self.copied: tuple[str, Span, str, float] | None = None
        """What was copied last: article, passage, form and when."""

    # ── out ──────────────────────────────────────────────────────────────────────────────────────

    def copy(self) -> None:
        """Copy the passage in the form of the settings; the same passage again at once, in the next form."""
        from store.exchange.citation import FORMS, cite

        screen = self.screen
        article = screen.session.article
        assert article is not None
        span = screen.view.passage
        mark = screen.session.mark_on(span)
        passage: Annotation | Span = screen.session.library.annotation(mark.id) if mark else span
        forms, form = list(FORMS), screen.config.copy
        last, now = self.copied, time.monotonic()
        if last is not None and last[:2] == (article.id, span) and now - last[3] < SOON:
            form = forms[(forms.index(last[2]) + 1) % len(forms)]
        self.copied = article.id, span, form, now
        text = cite(article, passage, form, say("ko", "en"))
        screen.app.copy_to_clipboard(text)
        screen.run_worker(lambda: clipboard.send(text), thread=True, group="clipboard", exit_on_error=False)
        key = next(iter(keys_of("copy", screen.config.keys)), "")
        after = forms[(forms.index(form) + 1) % len(forms)]
        name, more = say(*FORMS[form]), say(*FORMS[after])
        line = say(f"복사했습니다: {name}.", f"Copied: {name}.")
        if key:
            line += say(f" {key} 키를 다시 누르면 {more}.", f" {key} again: {more}.")
        screen.tell(line)

    def copy_summary(self) -> None:
        """The page's own summary: it is not part of the text, and can be neither marked nor reached by the cursor."""
        screen = self.screen
        article = screen.session.article
        assert article is not None
        if not article.summary:
            screen.tell(say("이 페이지에는 요약이 없습니다.", "This page has no summary of its own."))
            return
        lines = [
            *article.summary,
            "",
            " · ".join(filter(None, [article.title, article.publisher, article.url])),
        ]
        text = "\n".join(lines)
        screen.app.copy_to_clipboard(text)
        screen.run_worker(lambda: clipboard.send(text), thread=True, group="clipboard", exit_on_error=False)
        screen.tell(say("페이지의 요약을 복사했습니다.", "The page's summary has been copied."))

    def export(self) -> None:
        """The export screen, about what the reader has before them."""
        from tui.export import ExportScreen
        from tui.exporting import Around

        screen, session = self.screen, self.screen.session
        screen.flush_note()
        on_shelf = screen.place == "shelf" and not session.trash
        here = session.line(screen.shelf_article or "") if on_shelf else session.article
        around = Around(
            article=(here.id, here.title) if here is not None else None,
            chosen=tuple(id for id in session.order() if id in session.chosen and not session.trash),
            query=session.query,
            tags=tuple(tag.name for tag in session.tags if tag.count),
        )

        def keep(config: Config) -> None:
            screen.config = config

        screen.app.push_screen(
            ExportScreen(session.library, around, screen.config, chosen=on_shelf, keep=keep)
        )

    def _articles(self) -> list[str]:
        """Those chosen on the shelf; else, on the shelf, the one under the cursor; else the open one."""
        screen = self.screen
        if screen.place == "shelf":
            if screen.session.chosen:
                return [id for id in screen.session.order() if id in screen.session.chosen]
            here = screen.shelf_article
            return [here] if here else []
        return [screen.session.article.id] if screen.session.article else []

    def address(self) -> None:
        """The first address in the passage, or else that of the article."""
        url = self.screen.address
        # Addresses come from the page: only the web's schemes are ever handed to the desktop.
        if urlsplit(url).scheme not in ("http", "https"):
            raise InvalidError("웹 주소가 아니어서 열지 않습니다.", "Not opened: it is not a web address.")
        import webbrowser

        if webbrowser.open(url):
            self.screen.tell(say(f"브라우저로 엽니다: {url}", f"Opening in your browser: {url}"))
        else:
            self.screen.app.copy_to_clipboard(url)
            self.screen.tell(
                say("브라우저가 없어 주소를 복사했습니다.", "No browser here: the address has been copied.")
            )

    # ── in ───────────────────────────────────────────────────────────────────────────────────────

    def add(self, typed: str = "") -> None:
        """Ask what to take in, beginning with what was `typed` before; while something is being taken in, stop that."""
        if not typed and self.screen.background.busy("intake"):
            self.screen.background.cancel_intake()
            self.screen.tell(
                say("들이기를 그만둡니다. 들인 글은 남습니다.", "Stopping. What has been taken in stays.")
            )
            return

        def go(path: str | None) -> None:
            if path:
                self.screen.take_in([path])
                self.screen.typed = path

        from tui.paths import AddPicker

        self.screen.app.push_screen(AddPicker(typed), go)

    # ── the shelf ────────────────────────────────────────────────────────────────────────────────

    def choose(self) -> None:
        here = self.screen.shelf_article
        if here:
            self.screen.session.chosen ^= {here}
            self.screen.show_shelf()
            self.screen.shelf.books.move(1)

    def choose_all(self) -> None:
        session = self.screen.session
        everything = set(session.order())
        session.chosen = set() if session.chosen == everything else everything
        self.screen.show_shelf()

    def filter(self) -> None:
        from tui.asking import Ask

        session = self.screen.session

        def go(query: str | None) -> None:
            if query is not None:
                parse(query)  # what is malformed is told, and the shelf stays as it was
                session.query = query
                self.screen.reload_shelf()

        self.screen.app.push_screen(
            Ask(
                say("서가 거르기", "Filter the shelf"),
                say("찾는 말", "Words"),
                session.query,
                say("비용 tag:주장 after:2025-01 is:unread", "cost tag:claim after:2025-01 is:unread"),
                empty=True,
            ),
            self.screen.guarded(go),
        )

    def arrange(self) -> None:
        from tui.asking import Choice

        session = self.screen.session
        groups = [
            (
                say("정렬", "Sort"),
                [(f"sort:{key}", say(*names), key == session.how.sort) for key, names in SORTS.items()],
            ),
            (
                say("묶기", "Group"),
                [(f"group:{key}", say(*names), key == session.how.group) for key, names in GROUPS.items()],
            ),
        ]

        def go(key: str | None) -> None:
            if key is None:
                return
            kind, _, value = key.partition(":")
            how = session.how
            session.how = (
                Arrangement(value, how.group) if kind == "sort" else Arrangement(how.sort, value)  # type: ignore[arg-type]
            )
            self.screen.reload_shelf()

        self.screen.app.push_screen(
            Choice(say("정렬과 묶기", "Sort and group"), groups), self.screen.guarded(go)
        )

    def tag_articles(self) -> None:
        self.screen.marking.tag_each(self._articles())

    def remove(self) -> None:
        """Into the trash with them; or, where that is what the shelf shows, out of it."""
        session, ids = self.screen.session, self._articles()
        if session.trash:
            self._move(
                ids, False, say(f"글 {len(ids)}편을 서가로 되돌렸습니다.", f"{len(ids)} back on the shelf.")
            )
        else:
            self._move(
                ids,
                True,
                say(
                    f"글 {len(ids)}편을 휴지통에 넣었습니다. u로 봅니다.",
                    f"{len(ids)} to the trash. u shows it.",
                ),
            )

    def _move(
        self, ids: Sequence[str], away: bool, line: str, then: Callable[[], object] = lambda: None
    ) -> None:
        screen, session = self.screen, self.screen.session
        move = session.library.remove if away else session.library.restore

        def done(count: int) -> None:
            screen.tell(line)
            session.chosen.difference_update(ids)
            if away and session.article and session.article.id in ids:
                screen.close_article()
            session.drop(ids)  # a key that is pressed before the shelf is read is for what is left
            screen.show_shelf()
            screen.reload_shelf()
            then()

        screen.doing.do(
            say("휴지통에 넣는 중", "moving to the trash") if away else say("꺼내는 중", "restoring"),
            len(ids),
            lambda progress: move(*ids, progress=progress),
            done,
        )

    def samples_away(self) -> None:
        """Put the sample pages into the trash, in one act."""
        from store.samples import is_sample

        screen, session = self.screen, self.screen.session
        ids = [summary.id for summary in session.library.list() if is_sample(summary.id)]
        if not ids:
            screen.tell(say("서가에 견본 글이 없습니다.", "There are no samples on the shelf."))
            return
        screen.flush_note()
        open_ = session.article.id if session.article is not None else None

        def read_on() -> None:
            left = session.order()
            if open_ in ids and left and not session.trash:
                screen.open_article(left[0])

        self._move(
            ids,
            True,
            say(
                f"견본 글 {len(ids)}편을 휴지통에 넣었습니다. z로 되돌립니다.",
                f"{len(ids)} samples to the trash. z takes that back.",
            ),
            read_on,
        )

    def merge_copies(self) -> None:
        """Merge the conflict copies of synchronisers, and say what came in."""
        from store.conflicts import Merged, came_in

        screen, library = self.screen, self.screen.session.library
        screen.flush_note()

        def done(merged: list[Merged]) -> None:
            if not merged:
                screen.tell(say("합칠 사본이 없습니다.", "There are no conflict copies."))
                return
            screen.marks_changed()
            screen.reload_shelf()
            well = [one for one in merged if one.error is None]
            for one in merged:
                if one.error is not None:
                    korean, english = "합치지 못했습니다.", "Not merged."
                    screen.tell(f"{say(korean, english)} {told(one.error)}", bad=True)
            if well:
                korean, english = came_in(well)
                screen.tell(
                    say(
                        f"사본 {len(well)}개를 합쳤습니다: {korean}.",
                        f"Conflict copies merged: {len(well)} ({english}).",
                    )
                )

        if not screen.background.ask("copies", library.merge_copies, done):
            screen.tell(say("아직 합치는 중입니다.", "Still merging."))

    def trash(self) -> None:
        self.screen.session.trash = not self.screen.session.trash
        self.screen.session.chosen.clear()
        self.screen.reload_shelf()
