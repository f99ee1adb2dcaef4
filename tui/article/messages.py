"""What the article view tells whoever shows it."""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget

from store.model import Span


class FromView(Message, namespace="article_view"):
    """A message of an article view, which is its `control`."""

    def __init__(self, view: Widget) -> None:
        super().__init__()
        self.view = view

    @property
    def control(self) -> Widget:
        return self.view


class Moved(FromView, namespace="article_view"):
    """The cursor or the window moved. `progress` is how far the article has been read, 0 to 1."""

    def __init__(self, view: Widget, passage: Span, progress: float) -> None:
        super().__init__(view)
        self.passage = passage
        self.progress = progress

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Moved) and message.view is self.view


class Selected(FromView, namespace="article_view"):
    """The free selection changed; None when there is none any more."""

    def __init__(self, view: Widget, span: Span | None) -> None:
        super().__init__(view)
        self.span = span


class MarkPicked(FromView, namespace="article_view"):
    """A mark was clicked; `annotation` is its id."""

    def __init__(self, view: Widget, annotation: str) -> None:
        super().__init__(view)
        self.annotation = annotation


class RemovedPicked(FromView, namespace="article_view"):
    """Enter, or a second click, on a line that was left out; `index` counts in `Article.removed`."""

    def __init__(self, view: Widget, index: int) -> None:
        super().__init__(view)
        self.index = index
