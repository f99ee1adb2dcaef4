"""Having articles analysed by the worker processes, and keeping what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from store.desk import Desk
from store.errors import MitjulError
from store.model import Article, Extracts, Page
from store.shelf import Shelf


def analyse(
    desk: Desk,
    shelf: Shelf,
    ids: Sequence[str],
    workers: int,
    cancelled: Callable[[], bool] | None,
) -> Iterator[tuple[str, Extracts | MitjulError]]:
    """Analyse these articles and keep what is found in each, as they finish. One that fails stops no other."""
    desk.must_write()
    if not ids:
        return
    from store.korean.analyser import Analyser

    texts: dict[str, str] = {}
    failed: list[tuple[str, MitjulError]] = []

    def pages() -> Iterator[tuple[str, Page]]:
        for id in ids:
            if cancelled is not None and cancelled():
                return
            try:
                with desk.lock:
                    article: Article = shelf.load(id)[0]
            except MitjulError as error:
                failed.append((id, error))
                continue
            texts[id] = article.text
            yield id, article

    with Analyser(workers) as analyser:
        for id, found in analyser.analyse(pages()):
            if isinstance(found, MitjulError):
                yield id, found
                continue
            try:
                with desk.lock:
                    # Closed meanwhile (a program that ends waits for nobody): the library may be another process's by now.
                    desk.must_write()
                    article, _ = shelf.load(id)
                    # Taken in again meanwhile: what was found is of another text, and it stays pending.
                    if article.text == texts.pop(id, ""):
                        shelf.save_extracts(id, found)
            except MitjulError as error:
                yield id, error
                continue
            yield id, found
            if cancelled is not None and cancelled():
                break
    yield from failed
