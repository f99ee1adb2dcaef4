"""An article with many marks: those around the place where one is come first, the others later or when they are asked for."""

from __future__ import annotations

from store.model import Annotation
from tests.tui.article.build import Stage, article, mark
from tui.article.marks import Rest
from tui.article.view import ArticleView

LONG = article(
    *(
        f"{number}번째 문단이다. 여기에는 문장이 둘 있다. 바닷가 창고의 이야기가 이어진다."
        for number in range(1, 401)
    )
)
ALL = [mark(f"m{n:03}", span.start, span.end, "비용", "주장") for n, span in enumerate(LONG.sentences[::4])]
HERE = LONG.sentences[600].start
NEAR = HERE - 2000, HERE + 2000


class Asked:
    """All marks, and how often they were asked for."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> list[Annotation]:
        self.count += 1
        return ALL


class Later(Stage):
    """Shows an article with the marks around `HERE`."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = Asked()

    def on_mount(self) -> None:
        super().on_mount()
        near = [one for one in ALL if one.start < NEAR[1] and one.end > NEAR[0]]
        rest = Rest(*NEAR, [one.start for one in ALL], self.asked)
        self.view.show(LONG, near, offset=HERE, rest=rest)


def whole(view: ArticleView) -> list[str]:
    """The window with the column at its right edge."""
    return [view.render_line(y).text for y in range(view.size.height)]


async def test_what_is_in_sight_is_right_at_once_and_stays_as_it_is_when_the_others_come() -> None:
    app = Later()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        view = app.view
        texts = app.screen_text()
        assert any("#비용 #주장" in line for line in texts)
        view.mark_at_cursor()
        view.move("sentence", 1)
        view.move("sentence", -1)
        assert app.asked.count == 0
        view.set_annotations(ALL)
        await pilot.pause()
        assert app.screen_text() == texts
        assert app.asked.count == 0


async def test_the_head_tells_of_all_marks() -> None:
    app = Later()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        view = app.view
        assert view._laid is not None
        text = "".join(run.text for line in view._laid.head for run in line.runs)
        assert f"✎ {len(ALL)}" in text
        assert {line[-1] for line in whole(view)} == {"•"}


async def test_jumping_from_mark_to_mark_goes_by_all_of_them() -> None:
    app = Later()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        before = [one for one in ALL if one.start < HERE][-120]
        for _ in range(120):
            found = app.view.next_mark(-1)
        assert found == before
        assert app.asked.count == 1


async def test_elsewhere_the_marks_of_there_are_seen() -> None:
    app = Later()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.view.home()
        await pilot.pause()
        assert app.asked.count == 1
        assert any("#비용 #주장" in line for line in app.screen_text())


async def test_the_wheel_goes_where_marks_are_seen() -> None:
    app = Later()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.view.scroll_to(y=3, animate=False)
        await pilot.pause()
        assert app.asked.count == 1
        assert any("#비용 #주장" in line for line in app.screen_text())
